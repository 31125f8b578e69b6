"""Dossiers as an agency might enter them to look better than it is: invented, so that the detectors have something to find.

Each begins as an honest history of the player's and is bent in one way only. `bend` is used by the demo and by
the detectors' tests.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Final

from lienthong.dossiers.public import Act, Channel, History, PastAct
from lienthong.kit.calendar import VIETNAM, at_time
from lienthong.kit.deadlines import due_at
from lienthong.procedures.public import ProcedureVersion
from lienthong.site.demo.lives import Asker, Player, Service

PLAIN: Final = (Act.FILE, Act.RECEIVE, Act.ASSIGN, Act.PROPOSE, Act.DECIDE, Act.RETURN)
TRIES: Final = 400
RESIDENCE: Final = "Đăng ký, quản lý cư trú"


def is_of_the_committee(version: ProcedureVersion) -> bool:
    """Decided by a commune's People's Committee: not by its police, nor above."""
    content = version.typed
    return content.authority.deciding_level == "commune" and content.sector.name != RESIDENCE


@dataclass
class Planter:
    """Plays dossiers of some askers and services in one month, honest or bent."""

    player: Player
    askers: Sequence[Asker]
    services: Sequence[Service]
    month: date
    seed: int

    def __post_init__(self) -> None:
        self.dice = Random(f"{self.seed} {self.month}")
        self.device = f"{self.dice.getrandbits(64):016x}"
        self.numbers = iter(range(1, 100_000))

    def honest(self, count: int) -> Iterator[History]:
        for _ in range(count):
            yield self._any()

    def bent(self, code: str, count: int) -> Iterator[History]:
        """`count` dossiers, each bent in the way that the detector of this code looks for."""
        for _ in range(count):
            history, due = self._plain()
            yield BEND[code](self, history, due)

    def _any(self) -> History:
        filed = at_time(self.month + timedelta(days=self.dice.randrange(18)), time(8))
        filed = self.player.office.next_open(
            filed + timedelta(minutes=self.dice.randrange(480)), self.player.calendar
        )
        asker, asked = self.dice.choice(self.askers), self.dice.choice(self.services)
        history = self.player.history(asker, asked, filed=filed)
        device = f"{Random(f'{asker.number} {self.month}').getrandbits(64):016x}"
        return replace(history, device=device if history.channel == Channel.ONLINE else None)

    def _plain(self) -> tuple[History, datetime]:
        """One that was received, decided in time and returned, with its due moment."""
        limits = {s.version.pk: s for s in self.services}
        for _ in range(TRIES):
            history = self._any()
            asked = limits[history.version]
            if tuple(act.act for act in history.acts) != PLAIN or asked.limit is None:
                continue
            received = history.acts[1].at
            due = due_at(received, asked.limit, calendar=self.player.calendar, counting=asked.counting)
            if due - received >= timedelta(days=2) and due + timedelta(days=8) < self.player.now:
                return history, due
        raise LookupError("no service here has a limit of two days and more")

    def ended(self, history: History, decided: datetime, *between: PastAct) -> History:
        """The same with other acts between assignment and proposal, decided at another moment."""
        filed, received, assigned, proposed, decision, returned = history.acts
        last = max([assigned.at, *(act.at for act in between)])
        proposal = proposed._replace(at=max(last, decided - timedelta(minutes=20)))
        handed = self.player.office.next_open(decided + timedelta(minutes=90), self.player.calendar)
        acts = [filed, received, assigned, *between, proposal, decision._replace(at=decided)]
        return replace(history, acts=[*acts, returned._replace(at=handed)])


def closed_at_deadline(planter: Planter, history: History, due: datetime) -> History:
    return planter.ended(history, due - timedelta(minutes=planter.dice.randrange(1, 40)))


def due_moved(planter: Planter, history: History, due: datetime) -> History:
    """Said in the last hours of most dossiers, and kept."""
    leader = history.acts[4]
    told = max(history.acts[2].at, due - timedelta(minutes=planter.dice.randrange(60, 300)))
    later = at_time(
        planter.player.calendar.add_working_days(due.date(), 3), due.timetz().replace(tzinfo=None)
    )
    said = PastAct(
        Act.APOLOGISE, told, leader.actor, leader.actor_name, "Chờ kết quả xác minh.", new_due=later
    )
    return planter.ended(history, later - timedelta(hours=5), said)


def one_device(planter: Planter, history: History, due: datetime) -> History:
    filed = history.acts[0]._replace(actor=f"person-of:{history.reception_code}/{next(planter.numbers)}")
    return replace(
        history,
        channel=Channel.ONLINE.value,
        delivery=Channel.ONLINE.value,
        helped_at=None,
        device=planter.device,
        acts=[filed, *history.acts[1:]],
    )


def placeholder_number(planter: Planter, history: History, due: datetime) -> History:
    return replace(history, applicant_number=f"{next(planter.numbers):012}")


def asked_on_last_day(planter: Planter, history: History, due: datetime) -> History:
    """The clock stops hours before the end, for a paper that was missing from the start."""
    handler = history.acts[3]
    asked = max(history.acts[2].at, due - timedelta(minutes=planter.dice.randrange(20, 200)))
    answered = planter.player.office.next_open(asked + timedelta(days=2), planter.player.calendar)
    item = {"key": "to_khai", "name": "Tờ khai", "flaw": "Chưa rõ nội dung", "rule": "118/2025/NĐ-CP"}
    ask = PastAct(Act.ASK_SUPPLEMENT, asked, handler.actor, handler.actor_name, "Tờ khai: chưa rõ", {"items": [item]})  # fmt: skip
    filer = history.acts[0]
    answer = PastAct(Act.SUPPLEMENT, answered, filer.actor, filer.actor_name, facts={"papers": ["to_khai"]})
    return planter.ended(history, answered + timedelta(minutes=10), ask, answer)


def digitised_at_month_end(planter: Planter, history: History, due: datetime) -> History:
    """Decided on paper some day, scanned with all the others on a month's last afternoon."""
    decision = history.acts[4]
    month = decision.at.date().replace(day=1)
    last = (month + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    if decision.at.date() >= last:
        last = (last + timedelta(days=33)).replace(day=1) - timedelta(days=1)
    scanned = datetime.combine(last, time(16, planter.dice.randrange(60)), VIETNAM)
    facts = {**decision.facts, "digitised": True, "digitised_at": scanned.isoformat()}
    acts = [*history.acts[:4], decision._replace(facts=facts), history.acts[5]]
    return replace(history, acts=acts)


BEND: Final[dict[str, Callable[[Planter, History, datetime], History]]] = {
    way.__name__: way
    for way in (
        closed_at_deadline, due_moved, one_device, placeholder_number, asked_on_last_day, digitised_at_month_end,
    )
}  # fmt: skip
"""By the detector's code. Ratings and official scores are no dossiers: they are planted by their own actions."""
