"""The keys that names are searched and sorted by."""

from functools import lru_cache

from lienthong.kit import names

# Vietnamese names repeat their words: a key a word, kept, is many times cheaper than a key a name.
_folded = lru_cache(maxsize=100_000)(names.fold)
_word_key = lru_cache(maxsize=100_000)(names.sort_key)


def search_key(name: str) -> str:
    return " ".join(filter(None, map(_folded, name.split())))


def sort_key(name: str) -> str:
    family, *rest = name.split()
    words = [rest[-1], family, *rest[:-1]] if rest else [family]
    return " ".join(map(_word_key, words))
