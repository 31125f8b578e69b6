"""What the list of merges and the page of one show."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from lienthong.cleaning.public import (
    MERGE_MOVES,
    MERGE_STATE_KINDS,
    MERGE_STATE_NAMES,
    Merge,
    MergeAct,
    MergeState,
    Row,
    compare_two,
    summary,
)
from lienthong.identity.public import Actor
from lienthong.population.public import Purpose, read_person

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
    proposed_by_me: bool


def merge_rows(merges: Iterable[Merge]) -> list[dict[str, Any]]:
    return [
        {
            "merge": one,
            "state": _(MERGE_STATE_NAMES[MergeState(one.state)]),
            "kind": MERGE_STATE_KINDS[MergeState(one.state)],
        }
        for one in merges
    ]


def merge_page(merge: Merge, *, by: Actor) -> MergePage:
    """While it is asked both people are read; afterwards only what was done is shown."""
    state = MergeState(merge.state)
    rows = _side_by_side(merge, by) if state in ASKED else []
    return MergePage(
        merge=merge,
        state=_(MERGE_STATE_NAMES[state]),
        kind=MERGE_STATE_KINDS[state],
        rows=rows,
        summary=summary(rows),
        acts=_acts(merge, by),
        history=_history(merge),
        kept_is=1 if merge.kept == merge.one else 2 if merge.kept else 0,
        proposed_by_me=merge.proposed_by == by.reference,
    )


def _side_by_side(merge: Merge, by: Actor) -> list[Row]:
    basis = _("278/2025/NĐ-CP, điều 15: đề nghị gộp số {merge}").format(merge=merge.pk)
    one, other = (
        read_person(number, purpose=Purpose.REVIEW, basis=basis, by=by) for number in (merge.one, merge.other)
    )
    return compare_two(one, other)


def _acts(merge: Merge, by: Actor) -> list[str]:
    """What this steward may do now, by its name in the address."""
    match MergeState(merge.state):
        case MergeState.OPEN:
            return ["de-nghi", "khac-nhau"]
        case MergeState.PROPOSED if merge.proposed_by == by.reference:
            return ["khong-dong-y"]
        case MergeState.PROPOSED:
            return ["xac-nhan", "khong-dong-y"]
        case _:
            return ["hoan-tac"]


def _history(merge: Merge) -> list[dict[str, Any]]:
    return [
        {
            "title": f"{line.actor_name} {_(MERGE_MOVES[MergeAct(line.act)].past)}",
            "when": line.at,
            "text": line.ground,
            "kind": "done",
        }
        for line in merge.ledger.order_by("-number")
    ]
