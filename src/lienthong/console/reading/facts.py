"""What the pages of documents being read show."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from lienthong.console.reading.forms import FORMS, FactForm
from lienthong.data.reading import DateBasis
from lienthong.identity.public import Actor
from lienthong.steering.public import (
    BASIS_WORDS,
    CHANGE_WORDS,
    JUDGEMENT_NAMES,
    PROPOSAL_NAMES,
    TIER_WORDS,
    Judgement,
    Proposal,
    Reading,
    readings_of,
    told_words,
)

KINDS = {Judgement.WAITING: "running", Judgement.CONFIRMED: "done", Judgement.DROPPED: "stopped"}
CERTAIN, DOUBTFUL = 0.75, 0.5


def of_readings(by: Actor) -> list[dict[str, Any]]:
    return [
        {
            "reading": each,
            "url": reverse("console_reading", args=[each.pk]),
            "waiting": each.count(Judgement.WAITING),
            "confirmed": each.count(Judgement.CONFIRMED),
            "dropped": each.count(Judgement.DROPPED),
        }
        for each in readings_of(by)
    ]


def of_reading(reading: Reading) -> dict[str, Any]:
    """The proposals in the document's order, and how many wait."""
    counted = {judged: reading.count(judged) for judged in Judgement}
    return {
        "reading": reading,
        "rows": [row_of(reading, each) for each in reading.proposals],
        "chips": [
            {"count": number, "label": _(JUDGEMENT_NAMES[judged]).lower()}
            for judged, number in counted.items()
        ],
        "sum": " + ".join(str(n) for n in counted.values()) + f" = {len(reading.proposals)}.",
        "next_url": next_of(reading, 0),
    }


def row_of(reading: Reading, each: dict[str, Any]) -> dict[str, Any]:
    judged, kind = Judgement(each["judged"]), Proposal(each["kind"])
    return {
        "number": each["number"],
        "url": reverse("console_proposal", args=[reading.pk, each["number"]]),
        "kind_name": _(PROPOSAL_NAMES[kind]),
        "words": each["words"],
        "told": told_words(each["values"]) if kind is not Proposal.TASK else "",
        "date": each["values"].get("date", ""),
        "certainty": certainty_words(each["certainty"]),
        "state": KINDS[judged],
        "state_name": _(JUDGEMENT_NAMES[judged]),
        "result_url": result_url(each),
    }


def result_url(each: dict[str, Any]) -> str:
    result = each["result"]
    if not result:
        return ""
    if result["kind"] == Proposal.TASK:
        return reverse("console_task", args=[result["key"]])
    return reverse("console_target", args=[result["key"]]) if result["kind"] == Proposal.TARGET else ""


def certainty_words(certainty: float) -> str:
    """A weight of cues, not a probability: in words, so that nobody multiplies it."""
    if certainty >= CERTAIN:
        return _("rõ")
    return _("khá rõ") if certainty >= DOUBTFUL else _("chưa rõ, xem kỹ")


def next_of(reading: Reading, after: int) -> str:
    """The next proposal that waits, else the first; empty: none does."""
    waiting = [each["number"] for each in reading.waiting]
    if not waiting:
        return ""
    number = next((n for n in waiting if n > after), waiting[0])
    return reverse("console_proposal", args=[reading.pk, number])


def proposal_of(reading: Reading, number: int) -> dict[str, Any] | None:
    return next((each for each in reading.proposals if each["number"] == number), None)


def form_for(each: dict[str, Any], kind: Proposal, *args: Any) -> FactForm:
    return FORMS[kind](each["values"], *args)


def of_proposal(reading: Reading, each: dict[str, Any], kind: Proposal) -> dict[str, Any]:
    """The words in their context, how each field was found, and what else it could be."""
    values, change = each["values"], each["change"]
    address = reverse("console_proposal", args=[reading.pk, each["number"]])
    others = [
        (_(PROPOSAL_NAMES[other]).lower(), f"{address}?la={other.value}")
        for other in Proposal
        if other is not kind
    ]
    return {
        "reading": reading,
        "each": each,
        "row": row_of(reading, each),
        "kind": kind,
        "kind_name": _(PROPOSAL_NAMES[kind]),
        "others": others,
        "total": len(reading.proposals),
        "warning": _(CHANGE_WORDS[change]) if change else "",
        "found": [
            (_("Đọc là"), _(PROPOSAL_NAMES[Proposal(each["kind"])])),
            (
                _("Mức độ rõ"),
                f"{certainty_words(each['certainty'])} ({str(each['certainty']).replace('.', ',')})",
            ),
            (
                _("Cấp"),
                ", ".join(_(TIER_WORDS[t]) for t in values.get("tier", "").split("+") if t in TIER_WORDS),
            ),
            (_("Ngày"), _(BASIS_WORDS[DateBasis(each["date_basis"])])),
            (_("Chữ nêu ngày"), each["date_text"]),
            (_("Đoạn thứ"), str(each["paragraph"])),
        ],
        "judged": Judgement(each["judged"]),
        "next_url": next_of(reading, each["number"]),
    }
