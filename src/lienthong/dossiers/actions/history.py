"""Entering past dossiers in bulk: the same rules as live acts, written by COPY.

Each history is replayed through `rules.advance`, so a dossier entered here has passed the same
moves and deadlines, and lands in the same tables under the same constraints. The record keeps one
event a batch, with a digest over every ledger line, instead of one an act: nobody saw them happen.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, NamedTuple

import msgspec
from django.db import connection, transaction

from lienthong.audit.public import record
from lienthong.dossiers.events import HistoryEntered
from lienthong.dossiers.models import YEAR
from lienthong.dossiers.queries import terms
from lienthong.dossiers.rules import Life, Outcome, advance, begin
from lienthong.dossiers.states import Act
from lienthong.identity.public import Actor, require
from lienthong.kit.calendar import Calendar, local
from lienthong.kit.identifiers import AgencyCode, DossierCode
from lienthong.kit.names import fold


class PastAct(NamedTuple):
    """One act of a history. `facts` goes into the ledger; `new_due`, `outcome`, `handler` as in the live act.

    Of a decision `facts` may tell `digitised`, and `digitised_at` (ISO) where that was later than the decision.
    """

    act: Act
    at: datetime
    actor: str
    actor_name: str
    note: str = ""
    facts: dict[str, Any] = {}
    new_due: datetime | None = None
    outcome: Outcome | None = None
    handler: int | None = None


class PastPaper(NamedTuple):
    key: str
    name: str
    action: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class History:
    """A past dossier: what was filed, then what was done, oldest first. The first act is the filing."""

    version: int
    procedure_code: str
    variant: str
    channel: str
    delivery: str
    helped_at: int | None
    reception: int
    reception_code: str
    authority: int
    applicant_number: str
    applicant_name: str
    answers: dict[str, Any]
    fee: int | None
    acts: list[PastAct]
    papers: list[PastPaper] = field(default_factory=list)
    device: str | None = None
    """As `dossiers_dossier.device`; None: the source does not tell."""


DOSSIER: Final = (
    "id", "code", "version_id", "procedure_code", "variant", "channel", "helped_at_id", "reception_id",
    "authority_id", "applicant_number", "applicant_name", "applicant_key", "contact", "filed_by", "device", "answers",
    "sources", "delivery", "fee", "state", "filed_at", "last_at", "received_at", "due_at", "first_due_at",
    "stopped_at", "closed_at", "returned_at", "outcome", "supplements", "apologies", "step", "handler_id",
    "proposal", "result_id", "digitised", "digitised_at", "acts",
)  # fmt: skip
MOVEMENT: Final = (
    "dossier_id", "number", "act", "at", "before", "after", "actor", "actor_name", "note", "due_before",
    "due_after", "facts", "document_id",
)  # fmt: skip
PAPER: Final = (
    "dossier_id", "number", "key", "name", "action", "file_id", "source", "given_at", "replaced", "seen_at",
    "verdict", "remark",
)  # fmt: skip
REQUEST: Final = ("dossier_id", "asked_at", "stage", "items", "respond_by", "answered_at", "due_at")

ANSWERS: Final = frozenset({Act.SUPPLEMENT, Act.SUPPLEMENT_BEFORE_RECEIPT, Act.WITHDRAW, Act.REFUSE})
"""Acts that end an open supplement request."""

STEP_AFTER: Final = {
    Act.RECEIVE: "examination",
    Act.ASSIGN: "examination",
    Act.PROPOSE: "signature",
    Act.SEND_BACK: "examination",
    Act.DECIDE: "return",
    Act.REFUSE: "",
    Act.RETURN: "",
    Act.WITHDRAW: "",
}


def enter_histories(*, histories: Iterable[History], batch: str, by: Actor) -> int:
    """Enter histories in one transaction and give their number. All or nothing.

    Raises the errors of states and rules for a history the law does not allow.
    """
    require(by, "dossiers.enter_history")
    with transaction.atomic():
        tables = Tables()
        histories = list(histories)
        ids = _ids(len(histories))
        numbers = _Numbers(histories)
        for history, sequence in zip(histories, ids, strict=True):
            tables.add(history, sequence, numbers)
        tables.copy()
        event = HistoryEntered(
            batch=batch,
            dossiers=len(histories),
            movements=len(tables.movements),
            digest=tables.digest.hexdigest(),
        )
        record(event, by=by)
    return len(histories)


class Tables:
    """Rows of the four tables, filled history by history, then copied."""

    def __init__(self) -> None:
        self.dossiers: list[list[Any]] = []
        self.movements: list[list[Any]] = []
        self.papers: list[list[Any]] = []
        self.requests: list[list[Any]] = []
        self.digest = hashlib.sha256()

    def add(self, history: History, sequence: int, numbers: "_Numbers") -> None:
        filing = history.acts[0]
        dossier_id = local(filing.at).year * YEAR + sequence
        life, tail = self._replay(history, dossier_id)
        code = numbers.code(history.reception_code, filing.at)
        self.dossiers.append(
            [
                dossier_id, code, history.version, history.procedure_code, history.variant, history.channel,
                history.helped_at, history.reception, history.authority, history.applicant_number,
                history.applicant_name, fold(history.applicant_name), "{}", filing.actor, history.device, dump(history.answers), "{}",
                history.delivery, history.fee, int(life.state), life.filed_at, life.last_at, life.received_at, life.due_at,
                life.first_due_at, life.stopped_at, life.closed_at, life.returned_at, life.outcome, life.supplements,
                life.apologies, tail.step, tail.handler, tail.proposal, None, tail.digitised, tail.digitised_at, len(history.acts),
            ]
        )  # fmt: skip
        for number, paper in enumerate(history.papers, 1):
            seen = life.received_at
            row = [dossier_id, number, paper.key, paper.name, paper.action, None, paper.source, life.filed_at]
            self.papers.append([*row, False, seen, "good" if seen else None, ""])

    def _replay(self, history: History, dossier_id: int) -> tuple[Life, "_Tail"]:
        granted = terms(history.version, history.variant)
        calendar = Calendar.official()
        life = begin(history.acts[0].at)
        tail = _Tail()
        before: Life | None = None
        for number, past in enumerate(history.acts, 1):
            if past.act is not Act.FILE:
                before = life
                life = advance(
                    life,
                    past.act,
                    at=past.at,
                    terms=granted,
                    calendar=calendar,
                    new_due=past.new_due,
                    outcome=past.outcome,
                )
            told = past._replace(facts={**_facts(history, past, life), **past.facts})
            self._line(dossier_id, number, told, before, life)
            tail.follow(past)
        return life, tail

    def _line(self, dossier_id: int, number: int, past: PastAct, before: Life | None, after: Life) -> None:
        row = [
            dossier_id, number, past.act.value, past.at, int(before.state) if before else None, int(after.state),
            past.actor, past.actor_name, past.note, before.due_at if before else None, after.due_at, dump(past.facts), None,
        ]  # fmt: skip
        self.movements.append(row)
        self.digest.update(msgspec.json.encode(row))
        if past.act is Act.ASK_SUPPLEMENT:
            stage, items = past.facts["stage"], dump(past.facts.get("items", []))
            self.requests.append([dossier_id, past.at, stage, items, None, None, after.due_at])
        elif past.act in ANSWERS and self.requests and self.requests[-1][0] == dossier_id:
            self.requests[-1][5] = self.requests[-1][5] or past.at

    def copy(self) -> None:
        for table, columns, rows in (
            ("dossiers_dossier", DOSSIER, self.dossiers),
            ("dossiers_movement", MOVEMENT, self.movements),
            ("dossiers_paper", PAPER, self.papers),
            ("dossiers_supplement_request", REQUEST, self.requests),
        ):
            with (
                connection.cursor() as cursor,
                cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as out,
            ):
                for row in rows:
                    out.write_row(row)


def _facts(history: History, past: PastAct, after: Life) -> dict[str, Any]:
    """What the live act writes into its ledger line, as far as the history itself tells it."""
    match past.act:
        case Act.FILE:
            return {"channel": history.channel}
        case Act.ASSIGN if past.handler is not None:
            return {"handler": past.handler}
        case Act.ASK_SUPPLEMENT:
            return {"stage": "examination" if after.received_at else "receipt"}
        case Act.DECIDE:
            return {"outcome": after.outcome}
        case Act.RETURN:
            return {"handed": history.delivery}
    return {}


class _Tail:
    """The columns that the live acts set beside the life: step, handler, proposal."""

    def __init__(self) -> None:
        self.step = "receipt"
        self.handler: int | None = None
        self.proposal: str | None = None
        self.digitised = False
        self.digitised_at: datetime | None = None

    def follow(self, past: PastAct) -> None:
        self.step = STEP_AFTER.get(past.act, self.step)
        if past.act is Act.ASSIGN:
            self.handler = past.handler
        elif past.act is Act.PROPOSE:
            self.proposal = str(past.facts["proposal"])
        elif past.act is Act.SEND_BACK:
            self.proposal = None
        elif past.act is Act.DECIDE:
            self.digitised = bool(past.facts.get("digitised"))
            told = past.facts.get("digitised_at")
            self.digitised_at = (
                (datetime.fromisoformat(told) if told else past.at) if self.digitised else None
            )


class _Numbers:
    """Codes for a whole batch: one upsert an agency and day, then counted here."""

    def __init__(self, histories: list[History]) -> None:
        wanted: dict[tuple[int, str, Any], int] = {}
        for history in histories:
            key = (history.reception, history.reception_code, local(history.acts[0].at).date())
            wanted[key] = wanted.get(key, 0) + 1
        self.next: dict[tuple[str, Any], int] = {}
        with connection.cursor() as cursor:
            for (organisation, code, day), count in sorted(wanted.items()):
                cursor.execute(TAKE_NUMBERS, [organisation, day, count])
                self.next[code, day] = cursor.fetchone()[0] - count + 1

    def code(self, reception_code: str, at: datetime) -> str:
        key = (reception_code, local(at).date())
        number = self.next[key]
        self.next[key] = number + 1
        return str(DossierCode.make(AgencyCode.parse(reception_code), key[1], number))


TAKE_NUMBERS: Final = """
INSERT INTO dossiers_daily_number AS n (organisation_id, day, last) VALUES (%s, %s, %s)
ON CONFLICT (organisation_id, day) DO UPDATE SET last = n.last + EXCLUDED.last RETURNING last
"""


def _ids(count: int) -> Iterator[int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('dossiers_dossier_id') FROM generate_series(1, %s)", [count])
        return iter([row[0] for row in cursor.fetchall()])


def dump(value: Any) -> str:
    return msgspec.json.encode(value).decode()
