"""What the list of merges and the page of one show."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from lienthong.cleaning.public import (
    LABELS,
    MERGE_STATE_KINDS,
    Merge,
    MergeState,
    Row,
    as_renumbered,
    compare_two,
    evidence_of,
    merge_counts,
    merge_past,
    merge_state_name,
    summary,
    takeable,
)
from lienthong.data.duplicates import Evidence
from lienthong.identity.public import Actor
from lienthong.population.public import Purpose, may_be_one, read_person
from lienthong.steward.queries.people import masked, source_words
from lienthong.steward.queries.words import who

ASKED = frozenset({MergeState.OPEN, MergeState.PROPOSED})


@dataclass(frozen=True)
class MergePage:
    merge: Merge
    state: str
    kind: str
    rows: list[Row]
    summary: str
    acts: list[str]
    history: list[dict[str, Any]]
    kept_is: int
    """1 or 2: which record would go on; 0 while nobody has said."""
    taken: list[str]
    """Labels of what would be taken over from the other record."""
    takeable: list[str]
    needs_paper: bool
    """They contradict each other in what stands in their numbers: only a paper makes them one."""
    paper: str
    proposed_by_me: bool
    found: list[dict[str, Any]]
    """What the machine found, field by field, with its weight; empty where a person asked."""

    @property
    def heading(self) -> str:
        if self.merge.renumbers:
            return _("Người này đã được cấp số định danh khác?")
        return _("Hai bản ghi này có phải một người?")

    @property
    def sides(self) -> tuple[str, str]:
        if self.merge.renumbers:
            return _("Đang ghi"), _("Theo giấy tờ")
        return _("Bản ghi 1"), _("Bản ghi 2")

    @property
    def new_number(self) -> str:
        """Of a renumbering: the number that is given, masked, or that the rule will give one."""
        return masked(self.merge.kept) if self.merge.kept else _("cấp theo quy tắc khi được xác nhận")


def merge_rows(merges: Iterable[Merge]) -> list[dict[str, Any]]:
    """The list: what agrees and what differs is said in words; values of either record are not in it."""
    return [
        {
            "merge": one,
            "state": _(merge_state_name(one.state, renumbers=one.renumbers)),
            "kind": MERGE_STATE_KINDS[MergeState(one.state)],
            "agrees": _in_one(each for each in evidence_of(one) if each.agrees and each.field != "sex"),
            "differs": _in_one(each for each in evidence_of(one) if not each.agrees),
            "paper": paper_words(one),
        }
        for one in merges
    ]


def _in_one(found: Iterable[Evidence]) -> str:
    """ "Họ tên trùng, ngày sinh trùng, họ tên mẹ chỉ khác dấu"."""
    said = ", ".join(_(each.sentence)[:1].lower() + _(each.sentence)[1:] for each in found)
    return said[:1].upper() + said[1:]


def merge_chips(by: Actor, current: str) -> list[dict[str, Any]]:
    """Counts by state, which add up to the first; each is a filter."""
    counts = merge_counts(by)
    every = {
        "label": _("tất cả"),
        "count": sum(counts.values()),
        "url": "?",
        "current": not current,
        "kind": "",
    }
    return [
        every,
        *(
            {
                "label": _(merge_state_name(state, renumbers=False)).lower(), "count": count, "url": f"?trang-thai={state.value}",
                "current": current == state.value, "kind": CHIP_KINDS.get(MERGE_STATE_KINDS[state], ""),
            }
            for state, count in counts.items()
            if count or current == state.value
        ),
    ]  # fmt: skip


CHIP_KINDS = {"soon": "soon", "done": "done"}


def merge_page(merge: Merge, *, by: Actor) -> MergePage:
    """While it is asked both people are read; afterwards only what was done is shown."""
    state = MergeState(merge.state)
    rows, differing, needs_paper = _side_by_side(merge, by) if state in ASKED else ([], [], False)
    return MergePage(
        merge=merge,
        state=_(merge_state_name(state, renumbers=merge.renumbers)),
        kind=MERGE_STATE_KINDS[state],
        rows=rows,
        summary=summary(rows),
        acts=_acts(merge, by),
        history=_history(merge),
        kept_is=1 if merge.kept == merge.one else 2 if merge.kept else 0,
        taken=[str(LABELS[name]).lower() for name in merge.taken],
        takeable=differing,
        needs_paper=needs_paper,
        paper=paper_words(merge) if merge.kept or merge.renumbers else "",
        proposed_by_me=merge.proposed_by == by.reference,
        found=_weights(merge),
    )


def _weights(merge: Merge) -> list[dict[str, Any]]:
    """Field by field, and what is taken off because any two records are nearly always two people: the sum is the weight."""
    found = evidence_of(merge)
    if merge.weight is None:
        return []
    lines = [
        {
            "bits": each.bits,
            "sentence": _(each.sentence),
            "note": _(each.note).format(bearers=each.bearers) if each.note else "",
        }
        for each in found
    ]
    off = {
        "bits": round(merge.weight - sum(each.bits for each in found), 1),
        "sentence": _("Bù cho cỡ của dân cư: hai bản ghi bất kỳ hầu như luôn là hai người"),
        "note": "",
    }
    return [*lines, off]


def paper_words(merge: Merge) -> str:
    """ "Quyết định 12/QĐ-UBND, ngày 05/11/2026"; empty where none is named."""
    if not merge.paper:
        return ""
    words = source_words(merge.paper, {})
    return _("{paper}, ngày {on}").format(
        paper=words[:1].upper() + words[1:], on=f"{merge.paper_on:%d/%m/%Y}"
    )


def _side_by_side(merge: Merge, by: Actor) -> tuple[list[Row], list[str], bool]:
    if merge.renumbers:
        basis = _("137/2015/NĐ-CP, điều 14: đề nghị đổi số {merge}").format(merge=merge.pk)
        person = read_person(merge.one, purpose=Purpose.REVIEW, basis=basis, by=by)
        return compare_two(person, as_renumbered(person, merge)), [], True
    basis = _("278/2025/NĐ-CP, điều 15: đề nghị gộp số {merge}").format(merge=merge.pk)
    one, other = (
        read_person(number, purpose=Purpose.REVIEW, basis=basis, by=by) for number in (merge.one, merge.other)
    )
    return compare_two(one, other), takeable(one, other), not may_be_one(one, other)


def _acts(merge: Merge, by: Actor) -> list[str]:
    """What this steward may do now, by its name in the address."""
    match MergeState(merge.state):
        case MergeState.OPEN:
            return ["doi-so" if merge.renumbers else "de-nghi", "khac-nhau"]
        case MergeState.PROPOSED if merge.proposed_by == by.reference:
            return ["khong-dong-y"]
        case MergeState.PROPOSED:
            return ["xac-nhan", "khong-dong-y"]
        case MergeState.LAPSED:
            return []
        case _:
            return ["hoan-tac"]


def _history(merge: Merge) -> list[dict[str, Any]]:
    return [
        {
            "title": f"{who(line)} {_(merge_past(line.act, renumbers=merge.renumbers))}",
            "when": line.at,
            "text": line.ground,
            "kind": "done",
        }
        for line in merge.ledger.order_by("-number")
    ]
