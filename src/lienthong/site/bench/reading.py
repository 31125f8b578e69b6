"""Precision and recall of reading, by kind of fact, on both halves of the corpus."""

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import yaml

from lienthong.data.reading import Fact, Kind, facts_in
from lienthong.kit.names import fold
from lienthong.site.config import ROOT

CORPUS: Final = ROOT / "tests" / "data" / "reading" / "corpus"
HALVES: Final = ("seen", "unseen")
_EXACT: Final = ("kind", "value", "to", "of", "tier", "comparator", "change", "unit", "date")


@dataclass(frozen=True, slots=True)
class Answered:
    """A text of the corpus with the facts that it holds."""

    id: str
    text: str
    facts: tuple[dict[str, Any], ...]

    @property
    def half(self) -> str:
        """Fixed by the id, so that nobody chooses which texts are looked at while rules are written."""
        return HALVES[hashlib.sha256(self.id.encode()).digest()[0] % 2]


@dataclass(frozen=True, slots=True)
class Score:
    """Of one kind ("all" for every kind) in one half: answers, findings, and pairs of both."""

    half: str
    kind: str
    strict: bool
    answers: int
    found: int
    right: int

    @property
    def precision(self) -> float | None:
        return self.right / self.found if self.found else None

    @property
    def recall(self) -> float | None:
        return self.right / self.answers if self.answers else None


def corpus(folder: Path = CORPUS) -> Iterator[Answered]:
    """The texts in order of file and place."""
    for path in sorted(folder.glob("*.yaml")):
        for text in yaml.safe_load(path.read_text(encoding="utf-8")):
            yield Answered(text["id"], text["text"], tuple(text["facts"]))


def measure(folder: Path = CORPUS, halves: Iterable[str] = HALVES) -> list[Score]:
    """A score for each half, kind and strictness. What counts as found is told in the corpus's README."""
    scores = []
    texts = list(corpus(folder))
    for half in halves:
        read = [(text, list(facts_in(text.text.splitlines()))) for text in texts if text.half == half]
        for strict in (True, False):
            for kind in ("all", *Kind):
                scores.append(_score(read, half, str(kind), strict=strict))
    return scores


def lines(scores: Iterable[Score]) -> Iterator[str]:
    """The scores as a table: half, kind, answers, then precision and recall, strict and lenient."""
    strict, lenient = ({(s.half, s.kind): s for s in scores_of} for scores_of in _by_strictness(list(scores)))
    yield f"{'half':<8}{'kind':<14}{'answers':>8}  {'strict p':>9}{'r':>6}  {'lenient p':>10}{'r':>6}"
    for key, one in strict.items():
        other = lenient[key]
        yield (
            f"{one.half:<8}{one.kind:<14}{one.answers:>8}  {_share(one.precision):>9}{_share(one.recall):>6}"
            f"  {_share(other.precision):>10}{_share(other.recall):>6}"
        )


def _by_strictness(scores: list[Score]) -> tuple[list[Score], list[Score]]:
    return [s for s in scores if s.strict], [s for s in scores if not s.strict]


def _share(share: float | None) -> str:
    return "-" if share is None else f"{share:.2f}"


def _score(read: list[tuple[Answered, list[Fact]]], half: str, kind: str, *, strict: bool) -> Score:
    answers = found = right = 0
    for text, facts in read:
        wanted = [a for a in text.facts if kind in ("all", a["kind"])]
        given = [f for f in facts if kind in ("all", f.kind)]
        answers, found = answers + len(wanted), found + len(given)
        right += len(pairs(wanted, given, strict=strict))
    return Score(half, kind, strict, answers, found, right)


def pairs(answers: list[dict[str, Any]], found: list[Fact], *, strict: bool) -> list[tuple[int, int]]:
    """Which answer goes with which finding, each at most once; those with most words in common first."""
    candidates = sorted(
        (
            (-_overlap(a.get("subject", ""), f.subject), i, j)
            for i, a in enumerate(answers)
            for j, f in enumerate(found)
            if agrees(a, f, strict=strict)
        )
    )
    taken: list[tuple[int, int]] = []
    for _, i, j in candidates:
        if all(i != one and j != other for one, other in taken):
            taken.append((i, j))
    return taken


def agrees(answer: dict[str, Any], fact: Fact, *, strict: bool) -> bool:
    """Whether a finding is this answer, strictly or leniently."""
    given, wanted = _plain(fact), _wanted(answer)
    subject = _overlap(answer.get("subject", ""), fact.subject) >= 0.5
    lead = _overlap(answer.get("lead", ""), fact.lead) >= 0.5 if answer["kind"] == Kind.TASK else True
    if strict:
        return all(given[name] == wanted[name] for name in _EXACT) and subject and lead
    if any(given[name] != wanted[name] for name in ("kind", "value", "unit")):
        return False
    return subject or lead if answer["kind"] == Kind.TASK else True


def _wanted(answer: dict[str, Any]) -> dict[str, Any]:
    figure = answer["kind"] != Kind.TASK
    wanted = {name: answer.get(name) for name in _EXACT}
    wanted["tier"] = answer.get("tier", "country")
    wanted["comparator"] = answer.get("comparator", "exactly" if figure else None)
    for name in ("value", "to", "of"):
        wanted[name] = None if answer.get(name) is None else Decimal(str(answer[name]))
    return wanted


def _plain(fact: Fact) -> dict[str, Any]:
    return {name: getattr(fact, name) for name in _EXACT}


def _overlap(one: str, other: str) -> float:
    """F1 of the words, without marks and case; 1 where both are empty."""
    ours, theirs = (re.findall(r"\w+", fold(words)) for words in (one, other))
    if not ours and not theirs:
        return 1.0
    common = sum(min(ours.count(word), theirs.count(word)) for word in set(ours))
    return 2 * common / (len(ours) + len(theirs))
