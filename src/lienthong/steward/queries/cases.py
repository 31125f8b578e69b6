"""The queue's rows and chips, and all that the page of one case shows."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from lienthong.cleaning.public import (
    MOVES,
    OPTIONS,
    STATE_KINDS,
    STATE_NAMES,
    Act,
    Case,
    CaseState,
    Choice,
    Queue,
    Row,
    Wanted,
    compare_people,
    compare_records,
    summary,
)
from lienthong.data.sources import schema
from lienthong.identity.public import Actor, allowed
from lienthong.kit.errors import said
from lienthong.population.public import Person, Purpose, UnknownPerson, number_going_on, read_person
from lienthong.registries.public import VERDICT_KINDS, VERDICT_NAMES, Verdict
from lienthong.steward.queries.address import address_of
from lienthong.steward.queries.records import own_values
from lienthong.steward.queries.words import who


def chips_of(queue: Queue, wanted: Wanted) -> list[dict[str, Any]]:
    """Verdicts with their counts; each a filter, and together the whole."""

    def chip(verdict: str, label: str, count: int, kind: str = "") -> dict[str, Any]:
        query = urlencode(address_of(replace(wanted, verdict=verdict)))
        current = wanted.verdict == verdict
        return {"count": count, "label": label, "url": f"?{query}", "current": current, "kind": kind}

    every = [chip("", _("Tất cả"), sum(queue.verdicts.values()))]
    return every + [
        chip(verdict.value, _(VERDICT_NAMES[verdict]), queue.verdicts[verdict], shade(verdict))
        for verdict in Verdict
        if queue.verdicts.get(verdict)
    ]


def shade(verdict: Verdict) -> str:
    kind = VERDICT_KINDS[verdict]
    return kind if kind in {"late", "soon", "done"} else ""


def rows_of(cases: Iterable[Case], query: str) -> list[dict[str, Any]]:
    now = timezone.now()
    return [
        {
            "case": case,
            "url": reverse("steward:case", args=[case.pk]) + (f"?{query}" if query else ""),
            "verdict": _(VERDICT_NAMES[Verdict(case.verdict)]),
            "state": _(STATE_NAMES[CaseState(case.state)]),
            "kind": STATE_KINDS[CaseState(case.state)],
            "late": case.due_at is not None and case.due_at < now,
            "points": points_of(case),
            "differs": labels_of(case),
        }
        for case in cases
    ]


def points_of(case: Case) -> int | None:
    """How sure the machine is that they are one, in points of 100; said only where it is not sure enough to decide."""
    if case.verdict != Verdict.POSSIBLE or case.score is None:
        return None
    return min(int(100 * case.score), 99)


WHY: Final[Mapping[Verdict, str]] = {
    Verdict.POSSIBLE: said(
        "Thiếu số định danh, hoặc các mục còn lại chưa đủ chắc: họ tên và ngày sinh trùng chưa đủ để máy tự ghép."
    ),
    Verdict.CONFLICT: said(
        "Số định danh có trong dân cư nhưng thông tin khác nhau: một trong hai nơi ghi sai."
    ),
    Verdict.CORRECTED: said(
        "Máy đã sửa số định danh để khớp; người xem lại vì số trong nguồn khác số trong dân cư."
    ),
    Verdict.DUPLICATE: said("Hai dòng của cùng nguồn nói về một người; chỉ nên tính một."),
    Verdict.DEAD: said(
        "Dân cư ghi người này đã mất, nguồn vẫn còn ghi: nguồn cần cập nhật, hoặc ghép nhầm người."
    ),
}
"""Why the machine does not decide this by itself."""


@dataclass(frozen=True)
class CasePage:
    """One case: the comparison, what may be done, what was done."""

    case: Case
    verdict: str
    kind: str
    state: str
    state_kind: str
    rows: list[Row]
    summary: str
    theirs: str
    acts: list[str]
    history: list[dict[str, Any]]
    points: int | None
    person_at: int = 0
    others: list[dict[str, Any]] = field(default_factory=list)
    late: bool = False
    proposal: str = ""
    proposed_by_me: bool = False
    missing: str = ""
    own: list[dict[str, str]] = field(default_factory=list)
    differs: list[str] = field(default_factory=list)

    @property
    def heading(self) -> str:
        titles: dict[str, str] = {
            Verdict.DUPLICATE: _("Có phải một bản ghi?"),
            Verdict.DEAD: _("Người này đã mất?"),
        }
        return titles.get(self.case.verdict, _("Có phải một người?"))

    @property
    def why(self) -> str:
        return _(WHY[Verdict(self.case.verdict)])

    @property
    def weights(self) -> list[dict[str, Any]]:
        """The machine's reasons that weigh, heaviest first."""
        weighed = [one for one in self.case.record.reasons if one["bits"] is not None]
        return sorted(weighed, key=lambda one: -abs(one["bits"]))

    @property
    def remarks(self) -> list[dict[str, Any]]:
        return [one for one in self.case.record.reasons if one["bits"] is None]


def case_page(case: Case, *, person: int, by: Actor, reading: bool = True) -> CasePage:
    """`reading` False: an act is being carried out, and nobody's record is opened for that."""
    keeps = allowed(by, "cleaning.decide", case)
    rows: list[Row] = []
    missing = ""
    theirs = _("Cơ sở dữ liệu dân cư")
    if case.verdict == Verdict.DUPLICATE and case.other is not None:
        rows, theirs = (
            compare_records(case.record, case.other),
            _("Bản ghi đã có, dòng {row}").format(row=case.other.row),
        )
    elif keeps and reading and case.candidates:
        found = the_person(case, person, by=by)
        rows = compare_people(case.record, found) if found else []
        missing = "" if found else _("Người này không còn dưới số định danh ấy trong cơ sở dữ liệu dân cư.")
    state = CaseState(case.state)
    return CasePage(
        case=case,
        verdict=_(VERDICT_NAMES[Verdict(case.verdict)]),
        kind=VERDICT_KINDS[Verdict(case.verdict)],
        state=_(STATE_NAMES[state]),
        state_kind=STATE_KINDS[state],
        rows=rows,
        summary=summary(rows),
        theirs=theirs,
        acts=acts_for(case, by),
        history=history_of(case),
        points=points_of(case),
        person_at=person,
        others=[
            {"at": n, "points": round(100 * (one["score"] or 0))}
            for n, one in enumerate(case.candidates)
            if n != person
        ],
        late=case.due_at is not None and case.due_at < timezone.now(),
        proposal=_(OPTIONS[Choice(case.choice)].label) if case.choice else "",
        proposed_by_me=case.proposed_by == by.reference,
        missing=missing,
        own=own_values(case.record),
        differs=labels_of(case),
    )


def labels_of(case: Case) -> list[str]:
    names = {one.name: _(one.label) for one in schema(case.source.schema).fields}
    return [names[name] for name in case.fields if name in names]


def the_person(case: Case, at: int, *, by: Actor) -> Person | None:
    candidates = case.candidates
    number = candidates[at if at < len(candidates) else 0]["number"]
    basis = _("278/2025/NĐ-CP, điều 15: làm sạch dữ liệu, nguồn {source}").format(source=case.source.name)
    try:
        return read_person(number_going_on(number, by=by), purpose=Purpose.REVIEW, basis=basis, by=by)
    except UnknownPerson:
        return None


def acts_for(case: Case, by: Actor) -> list[str]:
    """What this steward may do now, by its name in the address: the table of states and the permissions."""
    state = CaseState(case.state)

    def may(act: Act, permission: str) -> bool:
        return state in MOVES[act].sources and allowed(by, permission, case)

    acts = []
    if may(Act.DECIDE, "cleaning.decide"):
        acts.append("quyet-dinh")
    if may(Act.CONFIRM, "cleaning.confirm"):
        acts += ["khong-dong-y"] if case.proposed_by == by.reference else ["xac-nhan", "khong-dong-y"]
    if may(Act.ANSWER, "cleaning.answer"):
        acts.append("tra-loi")
    if may(Act.WILL_FIX, "cleaning.answer"):
        acts.append("nhan-sua")
    if may(Act.UNDO, "cleaning.undo"):
        acts.append("hoan-tac")
    return acts


def history_of(case: Case) -> list[dict[str, Any]]:
    lines = case.ledger.order_by("-number")
    told = [
        {
            "title": f"{who(line)} {_(MOVES[Act(line.act)].past)}"
            + (
                f": {_(OPTIONS[Choice(line.choice)].label)}"
                if line.choice and line.act != Act.ASK_OWNER
                else ""
            ),
            "when": line.at,
            "text": line.ground,
            "kind": "done",
        }
        for line in lines
    ]
    return [*told, {"title": _(MOVES[Act.OPEN].past).capitalize(), "when": case.opened_at, "kind": "done"}]
