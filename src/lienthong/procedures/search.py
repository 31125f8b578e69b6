"""Finding a procedure by everyday words: folded, whole phrases before single words, best first.

Plain Python over an index in memory: 5,600 procedures are a few hundred kilobytes of words.
"""

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from heapq import nsmallest
from pathlib import Path
from typing import Final

import yaml

from lienthong.kit.names import fold

DATA = Path(__file__).parent / "data"
FIELDS: Final = ("short_name", "phrases", "name", "sector")
WEIGHTS: Final = {"short_name": 5.0, "phrases": 4.0, "name": 2.0, "sector": 1.0}
WORTH_SHOWING: Final = 0.08
"""Of the best score: below it a hit shares a word by chance."""
SCORED_AT_MOST: Final = 300
WORDS_READ: Final = 30
STOP_WORDS: Final = frozenset(
    fold("xin làm cho của và ở tại thủ tục đăng ký cấp giấy thì là muốn tôi cần cách như thế nào").split()
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One procedure as the search sees it; every text is folded words."""

    code: str
    old_codes: tuple[str, ...]
    short_name: str
    name: str
    sector: str
    phrases: tuple[str, ...]

    def words(self) -> dict[str, frozenset[str]]:
        return {
            "short_name": frozenset(self.short_name.split()),
            "phrases": frozenset(" ".join(self.phrases).split()),
            "name": frozenset(self.name.split()),
            "sector": frozenset(self.sector.split()),
        }


@dataclass(frozen=True)
class Match:
    """`replaced_code`: the old code that was asked for, when it was one."""

    code: str
    score: float
    replaced_code: str | None = None


@cache
def everyday_words() -> Mapping[str, tuple[str, ...]]:
    raw = yaml.safe_load((DATA / "search_words.yaml").read_text(encoding="utf-8"))
    return {code: tuple(words) for code, words in raw["words"].items()}


def search_key(*, code: str, short_name: str, name: str, sector: str) -> str:
    """What is stored with a procedure: folded short name, name, sector and everyday words, a line each."""
    texts = (short_name, name, sector, *everyday_words().get(code, ()))
    return "\n".join(_words(text) for text in texts)


def entry(code: str, old_codes: Iterable[str], key: str) -> Entry:
    """From a stored `search_key`."""
    short_name, name, sector, *phrases = key.split("\n")
    return Entry(code, tuple(old_codes), short_name, name, sector, tuple(phrases))


class Index:
    """All procedures, and which of them hold a word."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.entries = [(e, e.words()) for e in entries]
        self.holders: dict[str, set[int]] = {}
        for number, (_, words) in enumerate(self.entries):
            for word in frozenset().union(*words.values()):
                self.holders.setdefault(word, set()).add(number)
        self.vocabulary = sorted(self.holders)

    def find(self, text: str) -> list[Match]:
        """Best first; equal scores in the order of codes. Empty text finds nothing."""
        asked = _words(text)
        if not asked:
            return []
        by_code = self._by_code(asked)
        if by_code:
            return by_code
        scored = [
            Match(e.code, score) for e, words in self._worth(asked) if (score := _score(asked, e, words)) > 0
        ]
        best = max((m.score for m in scored), default=0.0)
        worth = [m for m in scored if m.score >= best * WORTH_SHOWING]
        return sorted(worth, key=lambda m: (-m.score, m.code))

    def _worth(self, asked: str) -> list[tuple[Entry, dict[str, frozenset[str]]]]:
        """The procedures that share the most and the rarest words with what was asked."""
        shared: dict[int, float] = {}
        for word in _telling(asked):
            holders = self._holders(word)
            for number in holders:
                shared[number] = shared.get(number, 0.0) + 1 + 1 / len(holders)
        first = nsmallest(SCORED_AT_MOST, shared, key=lambda n: (-shared[n], self.entries[n][0].code))
        return [self.entries[n] for n in first]

    def _holders(self, word: str) -> set[int]:
        """Procedures with the word, or with one that begins so when it is still being typed."""
        if word in self.holders or len(word) < 3:
            return self.holders.get(word, set())
        found: set[int] = set()
        for known in self.vocabulary[bisect_left(self.vocabulary, word) :]:
            if not known.startswith(word):
                break
            found |= self.holders[known]
        return found

    def _by_code(self, asked: str) -> list[Match]:
        code = asked.replace(" ", "")
        if not code[:1].isdigit() or "." not in code:
            return []
        found = [Match(e.code, 100.0) for e, _ in self.entries if _same_code(code, e.code)]
        for e, _ in self.entries:
            found += [Match(e.code, 90.0, old) for old in e.old_codes if _same_code(code, old)]
        return found


def _same_code(asked: str, code: str) -> bool:
    """ "1.001193" is also asked for as "1.001193.H56", and by its beginning."""
    code = code.casefold()
    return asked == code or asked.startswith(code + ".") or (len(asked) >= 5 and code.startswith(asked))


def _words(text: str) -> str:
    """Folded words and codes, nothing between them but a space."""
    return " ".join("".join(c if c.isalnum() or c == "." else " " for c in fold(text)).split())


def _score(asked: str, e: Entry, words: Mapping[str, frozenset[str]]) -> float:
    return _phrase_score(asked, e) + _word_score(asked, words)


def _telling(asked: str) -> list[str]:
    words = asked.split()[:WORDS_READ]
    return [w for w in words if w not in STOP_WORDS] or words


def _phrase_score(asked: str, e: Entry) -> float:
    """What was typed is a known phrase, stands in one, or contains one."""
    best = 0.0
    for text, weight in [(e.short_name, 1.2), *((p, 1.0) for p in e.phrases), (e.name, 0.6)]:
        if asked == text:
            best = max(best, 40 * weight)
        elif _stands_in(asked, text):
            best = max(best, (15 + 10 * len(asked) / len(text)) * weight)
        elif _stands_in(text, asked):
            best = max(best, (12 + 10 * len(text) / len(asked)) * weight)
    return best


def _stands_in(part: str, whole: str) -> bool:
    return len(part) > 2 and f" {part} " in f" {whole} "


def _word_score(asked: str, words: Mapping[str, frozenset[str]]) -> float:
    """Each word counts once, where it weighs most; two thirds of the telling words must be there."""
    telling = _telling(asked)
    found = [_weight(word, words) for word in telling]
    hits = [w for w in found if w]
    if len(hits) * 3 < len(telling) * 2:
        return 0.0
    return sum(hits) / len(telling) * (len(hits) / len(telling))


def _weight(word: str, words: Mapping[str, frozenset[str]]) -> float:
    for field in FIELDS:
        if word in words[field]:
            return WEIGHTS[field]
    for field in FIELDS:  # still being typed
        if len(word) >= 3 and any(known.startswith(word) for known in words[field]):
            return WEIGHTS[field] * 0.5
    return 0.0
