"""Scores, verdicts and states as parts of a page take them."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from lienthong.cleaning.public import CaseAct, MergeLine
from lienthong.data.quality import Colour, Score, Scores
from lienthong.registries.public import VERDICT_KINDS, VERDICT_NAMES, Verdict, words_of

KINDS: Mapping[Colour, str] = {
    Colour.GREEN: "done",
    Colour.AMBER: "soon",
    Colour.RED: "late",
    Colour.NONE: "none",
}


def who(line: CaseAct | MergeLine) -> str:
    """By whom a line of a ledger is: a person by name, the platform as the machine."""
    return _("Máy") if line.actor.startswith("system:") else line.actor_name


def kind_of(score: Score) -> str:
    return KINDS[score.colour]


def figure(score: Score, *, url: str = "", note: str = "") -> dict[str, Any]:
    """A score for parts/_figure.html: the fraction beneath it are the checks satisfied."""
    return {
        "title": words_of(score.label).capitalize(),
        "value": score.value,
        "target": score.target,
        "target_words": f"≥ {score.target}%",
        "numerator": score.numerator,
        "denominator": score.denominator,
        "url": url,
        "kind": kind_of(score),
        "verdict": _(score.colour.label).capitalize(),
        "note": note,
    }


def criteria(scores: Scores | None, url: str = "") -> list[dict[str, Any]]:
    return [figure(score, url=url) for score in scores.criteria] if scores else []


def verdict_rows(verdicts: Mapping[str, int], *, batch: int | None = None) -> list[dict[str, Any]]:
    """Chips of verdicts in the order of the list, those that occur; each opens its cases or records."""
    return [
        {
            "count": verdicts[verdict],
            "label": _(VERDICT_NAMES[verdict]),
            "kind": VERDICT_KINDS[verdict] if VERDICT_KINDS[verdict] in {"late", "soon", "done"} else "",
            "url": f"{reverse('steward:file_records', args=[batch])}?ket-luan={verdict.value}"
            if batch
            else "",
        }
        for verdict in Verdict
        if verdicts.get(verdict)
    ]


def rules_below(scores: Scores, url: str) -> list[dict[str, Any]]:
    """Rules that some record breaks, worst first, each leading to those records."""
    broken = [rule for rule in scores.rules if rule.denominator > rule.numerator]
    broken.sort(key=lambda rule: (rule.value if rule.value is not None else 0, rule.code))
    return [
        {
            "sentence": words_of(rule.label),
            "score": rule,
            "kind": kind_of(rule),
            "criterion": _(rule.criterion.label) if rule.criterion else "",
            "broken": rule.denominator - rule.numerator,
            "url": f"{url}{'&' if '?' in url else '?'}quy-tac={rule.code}",
        }
        for rule in broken
    ]


def adds_up(counts: Iterable[int]) -> str:
    """ "214 + 31 + 49 = 294"."""
    every = [count for count in counts if count]
    return f"{' + '.join(map(str, every))} = {sum(every)}" if len(every) > 1 else ""
