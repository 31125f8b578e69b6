"""Which words are spelled like a Vietnamese syllable: how a wrong character set is told from a right one."""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from typing import Final

_ONSETS: Final = "b|c|ch|d|đ|g|gh|gi|h|k|kh|l|m|n|ng|ngh|nh|p|ph|q|qu|r|s|t|th|tr|v|x"
_RIMES: Final = (
    "a|ac|ach|ai|am|an|ang|anh|ao|ap|at|au|ay|ă|ăc|ăm|ăn|ăng|ăp|ăt|â|âc|âm|ân|âng|âp|ât|âu|ây|e|ec|"
    "em|en|eng|eo|ep|et|ê|êch|êm|ên|ênh|êp|êt|êu|i|ia|ich|iêc|iêm|iên|iêng|iêp|iêt|iêu|im|in|inh|ip|"
    "it|iu|iê|o|oa|oac|oach|oai|oam|oan|oang|oanh|oao|oap|oat|oay|oăc|oăm|oăn|oăng|oăt|oe|oen|oeo|"
    "oet|oi|om|on|ong|ooc|oong|op|ot|oc|ô|ôc|ôi|ôm|ôn|ông|ôp|ôt|ơ|ơi|ơm|ơn|ơp|ơt|u|ua|uân|uâng|uât|"
    "uây|uc|uê|uêch|uênh|ui|um|un|ung|uôc|uôi|uôm|uôn|uông|uôt|uơ|up|ut|uy|uya|uych|uyên|uyêt|uynh|"
    "uyt|uyu|uyp|ư|ưa|ưc|ưi|ưm|ưn|ưng|ươc|ươi|ươm|ươn|ương|ươp|ươt|ươu|ưt|ưu|y|yêm|yên|yêng|yêt|yêu|"
    "ya|ych|yn|ynh|yt|yê"
)
_SHAPE: Final = re.compile(f"(?:{_ONSETS})?(?:{_RIMES})")
_TONES: Final = frozenset("\u0300\u0309\u0303\u0301\u0323")
_ALPHABET: Final = frozenset("bcdđghklmnpqrstvx") | {
    unicodedata.normalize("NFC", vowel + tone) for vowel in "aăâeêioôơuưy" for tone in ("", *_TONES)
}
_CLOSED: Final = re.compile(r"(?:[cpt]|ch)$")
_OPEN_TONES: Final = frozenset("\u0300\u0309\u0303")
# Several marks of one word are never signs of punctuation; apostrophes and dashes part words of names.
_PARTS: Final = re.compile(r"[\s.,;:/()\[\]'’\"0-9_+&-]+")


def share_of_syllables(texts: Iterable[str]) -> float:
    """Of the words that carry a letter beyond ASCII, the share that is a Vietnamese syllable."""
    good = all_of_them = 0
    for value in texts:
        some, words = syllables_in(value)
        good, all_of_them = good + some, all_of_them + words
    return good / all_of_them if all_of_them else 0.0


def syllables_in(text: str) -> tuple[int, int]:
    """Syllables among the words that carry a letter beyond ASCII, and how many words those are."""
    words = [word for word in _PARTS.split(text) if word and not word.isascii()]
    return sum(is_syllable(word) for word in words), len(words)


@cache
def is_syllable(word: str) -> bool:
    """Whether the word is spelled by the rules: one onset, one rime, one tone that the rime can bear."""
    if not (word.islower() or word.isupper() or word.istitle() or word[0].isupper()):
        return False
    if word[1:] not in {word[1:].lower(), word[1:].upper()}:
        return False
    if not _ALPHABET.issuperset(unicodedata.normalize("NFC", word.lower())):
        return False
    letters = unicodedata.normalize("NFD", word.lower())
    tones = [char for char in letters if char in _TONES]
    bare = unicodedata.normalize("NFC", "".join(char for char in letters if char not in _TONES))
    if len(tones) > 1 or not _SHAPE.fullmatch(bare):
        return False
    return not (tones and _CLOSED.search(bare) and tones[0] in _OPEN_TONES)
