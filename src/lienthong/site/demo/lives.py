"""Half a year of invented dossiers: who asks for what where, and how its agency deals with it.

Only what happened is invented here. States, deadlines and constraints are the dossiers room's:
each history is replayed through its rules when it is entered.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from lienthong.dossiers.public import (
    Act,
    Channel,
    History,
    NoAuthorityThere,
    Outcome,
    PastAct,
    PastPaper,
    Route,
    route,
)
from lienthong.kit.calendar import Calendar, OfficeHours, at_time, local
from lienthong.kit.deadlines import Counting, Limit, due_at, resume_due
from lienthong.procedures.public import ProcedureVersion, agency_limit, fee_for
from lienthong.site.demo.officers import officer_name
from lienthong.territory.public import Unit

Officer = tuple[str, str, int | None]
"""Reference, name, and the account's id where there is one."""

WEIGHTS = {"commune": 30, "province": 5, "social_insurance": 4, "school": 2, "utility": 1, "ministry": 4}
"""How often the procedures of a level are asked for, each."""
BUSY = {"1.001193": 4, "2.000815": 6, "2.000635": 3, "1.004222": 3, "1.004873": 2, "1.001612": 2}
"""Procedures asked for more often than others of their level."""


@dataclass(frozen=True, slots=True)
class Service:
    """A procedure version as it is asked for: its first case, limit and papers."""

    version: ProcedureVersion
    limit: Limit | None
    counting: Counting
    channels: tuple[str, ...]
    papers: tuple[PastPaper, ...]
    fee: int | None
    weight: int


@dataclass(frozen=True, slots=True)
class Asker:
    number: str
    name: str
    unit: int
    province: str


@dataclass(frozen=True, slots=True)
class Manner:
    """How the agencies of a province work: shares from 0 to 1."""

    online: float
    late: float
    supplement: float
    digitised: float


def manner_of(province: str, seed: int) -> Manner:
    """The same for a province and a seed; provinces differ, so that a ranking has something to show."""
    dice = Random(f"{seed} {province}")
    return Manner(
        online=dice.uniform(0.38, 0.93),
        late=dice.uniform(0.01, 0.11),
        supplement=dice.uniform(0.04, 0.13),
        digitised=dice.uniform(0.55, 0.99),
    )


def service(version: ProcedureVersion, on: datetime) -> Service:
    content = version.typed
    limit, cut_off = agency_limit(content)
    quote = fee_for(content, on=on.date(), channel="direct")
    given = [p for p in content.papers.items if p.action != "present" and not p.reading.circumstance]
    papers = tuple(
        PastPaper(p.key, p.name, "looked_up" if p.action == "looked_up" else "submit") for p in given[:4]
    )
    return Service(
        version=version,
        limit=limit,
        counting=Counting(cut_off=cut_off),
        channels=content.channels.items,
        papers=papers,
        fee=quote.total,
        weight=WEIGHTS[content.authority.deciding_level] * BUSY.get(content.code, 1),
    )


class Player:
    """Plays dossiers one after another from one seed, up to the present moment."""

    def __init__(
        self,
        *,
        seed: int,
        now: datetime,
        versions: Sequence[ProcedureVersion],
        askers: Sequence[Asker],
        days: int = 183,
    ) -> None:
        self.dice = Random(seed)
        self.seed, self.now, self.days = seed, local(now), days
        self.calendar, self.office = Calendar.official(), OfficeHours()
        self.askers = askers
        self.units = {
            u.pk: u for u in Unit.objects.filter(pk__in={a.unit for a in askers}).select_related("parent")
        }
        self.manners = {a.province: manner_of(a.province, seed) for a in askers}
        self.routes: dict[tuple[int, int], Route] = {}
        self.services = [s for s in (service(v, now) for v in versions) if self._has_route(s)]
        self.weights = [s.weight for s in self.services]

    def histories(self, count: int) -> Iterator[History]:
        for _ in range(count):
            yield self.history(
                self.dice.choice(self.askers), self.dice.choices(self.services, self.weights)[0]
            )

    def _in_force(self, asked: Service, filed: datetime) -> datetime:
        """A version cannot be filed under before its first day: such a request comes later."""
        first = asked.version.valid_from
        if first is None or filed.date() >= first:
            return filed
        opening = at_time(first, self.office.opens)
        return min(opening + (self.now - opening) * self.dice.random(), self.now)

    def history(
        self,
        asker: Asker,
        asked: Service,
        *,
        officers: Mapping[str, Officer] | None = None,
        filed: datetime | None = None,
    ) -> History:
        """One dossier's past. `officers` names real accounts for a role: reference, name, id."""
        manner = self.manners[asker.province]
        way = self._route(asker, asked)
        life = Telling(self, asked, manner, way, officers or {})
        channel = self._channel(asked, manner)
        life.tell(self._in_force(asked, min(filed or self._filed(channel), self.now)), asker)
        return History(
            version=asked.version.pk,
            procedure_code=asked.version.typed.code,
            variant="",
            channel=channel.value,
            delivery=(Channel.ONLINE if channel is Channel.ONLINE else Channel.COUNTER).value,
            helped_at=None if channel is Channel.ONLINE else way.reception,
            reception=way.reception,
            reception_code=way.reception_code,
            authority=way.authority,
            applicant_number=asker.number,
            applicant_name=asker.name,
            answers={"requester_name": asker.name, "requester_id_number": asker.number},
            fee=asked.fee,
            acts=[act for act in life.acts if act.at <= self.now],
            papers=list(asked.papers),
        )

    def _route(self, asker: Asker, asked: Service) -> Route:
        key = (asked.version.pk, asker.unit)
        if key not in self.routes:
            self.routes[key] = route(asked.version.typed, self.units[asker.unit], self.now.date())
        return self.routes[key]

    def _has_route(self, asked: Service) -> bool:
        """Electricity companies are no State agencies: their procedure is described, not played."""
        try:
            self._route(self.askers[0], asked)
        except NoAuthorityThere:
            return False
        return True

    def _channel(self, asked: Service, manner: Manner) -> Channel:
        if "online" in asked.channels and (self.dice.random() < manner.online or len(asked.channels) == 1):
            return Channel.ONLINE
        return Channel.POST if "post" in asked.channels and self.dice.random() < 0.03 else Channel.COUNTER

    def _filed(self, channel: Channel) -> datetime:
        """Some minute of the last `days` days; a counter is open in office hours only."""
        back = timedelta(minutes=self.dice.randrange(1, self.days * 24 * 60))
        moment = self.now - back
        if channel is Channel.ONLINE:
            return (
                moment.replace(
                    hour=6 + self.dice.randrange(17), second=self.dice.randrange(60), microsecond=0
                )
                if moment.date() < self.now.date()
                else moment.replace(microsecond=0)
            )
        return self.office.next_open(moment.replace(microsecond=0), self.calendar) + timedelta(
            minutes=self.dice.randrange(60)
        )


class Telling:
    """What is done to one dossier, act by act, in office hours."""

    def __init__(
        self,
        player: Player,
        asked: Service,
        manner: Manner,
        way: Route,
        officers: Mapping[str, Officer],
    ) -> None:
        self.player, self.asked, self.manner, self.way, self.officers = player, asked, manner, way, officers
        self.dice = player.dice
        self.acts: list[PastAct] = []

    def tell(self, filed: datetime, asker: Asker) -> None:
        self.asker = (f"person-of:{self.way.reception_code}", asker.name, None)
        self.add(Act.FILE, filed, self.asker)
        seen = self.open_after(filed, self.dice.randrange(5, 240))
        fate = self.dice.random()
        if fate < 0.02:
            facts = {"component": "Thành phần hồ sơ", "rule": "118/2025/NĐ-CP"}
            self.add(
                Act.REFUSE,
                seen,
                self.officer("centre_leader"),
                "Không thuộc thẩm quyền tiếp nhận của trung tâm.",
                facts,
            )
            return
        self.add(Act.RECEIVE, seen, self.officer("reception"))
        if fate < 0.035:
            self.add(
                Act.WITHDRAW,
                self.open_after(seen, self.dice.randrange(60, 900)),
                self.asker,
                "Người nộp không còn nhu cầu.",
            )
            return
        self.examine(seen)

    def examine(self, received: datetime) -> None:
        handler = self.officer("handler")
        given = self.open_after(received, self.dice.randrange(3, 90))
        self.add(
            Act.ASSIGN, given, self.officer("leader"), facts={"handler_name": handler[1]}, handler=handler[2]
        )
        limit = self.asked.limit
        due = (
            due_at(received, limit, calendar=self.player.calendar, counting=self.asked.counting)
            if limit
            else given + timedelta(days=12)
        )
        if self.dice.random() < self.manner.supplement and due - given > timedelta(hours=20):
            given, due = self.supplement(given, due, handler)
        self.finish(given, due, handler)

    def supplement(self, given: datetime, due: datetime, handler: Officer) -> tuple[datetime, datetime]:
        asked_at = self.open_after(
            given, int((due - given).total_seconds() / 60 * self.dice.uniform(0.1, 0.5))
        )
        asked_at = min(asked_at, due)
        paper = self.asked.papers[0].name if self.asked.papers else "Tờ khai"
        items = [
            {
                "key": "to_khai",
                "name": paper,
                "flaw": "Chưa đủ thông tin, cần khai lại",
                "rule": "118/2025/NĐ-CP",
            }
        ]
        self.add(
            Act.ASK_SUPPLEMENT,
            asked_at,
            handler,
            f"{paper}: chưa đủ thông tin, cần khai lại",
            {"items": items},
        )
        answered = asked_at + timedelta(minutes=self.dice.randrange(200, 9000))
        self.add(Act.SUPPLEMENT, answered, self.asker, facts={"papers": ["to_khai"]})
        if self.asked.limit:
            due = resume_due(
                due,
                stopped_at=asked_at,
                resumed_at=answered,
                calendar=self.player.calendar,
                counting=self.asked.counting,
                unit=self.asked.limit.unit,
            )
        return answered, max(due, answered + timedelta(hours=1))

    def finish(self, given: datetime, due: datetime, handler: Officer) -> None:
        late = self.dice.random() < self.manner.late
        if late:
            decided = self.open_after(due, self.dice.randrange(30, 9 * 24 * 60))
            if self.dice.random() < 0.5:
                self.apologise(given, due, decided)
        else:
            decided = given + (due - given) * self.dice.betavariate(4, 2.2)
            opened = self.player.office.next_open(decided, self.player.calendar)
            decided = (
                opened if opened <= due else max(given, due - timedelta(minutes=self.dice.randrange(1, 50)))
            )
        proposed = given + (decided - given) * self.dice.uniform(0.6, 0.99)
        approved = self.dice.random() > 0.03
        outcome = Outcome.APPROVED if approved else Outcome.DENIED
        note = "Hồ sơ đủ điều kiện." if approved else "Hồ sơ không đủ điều kiện theo quy định."
        self.add(Act.PROPOSE, proposed, handler, note, {"proposal": outcome.value})
        digitised = approved and self.dice.random() < self.manner.digitised
        self.add(Act.DECIDE, decided, self.officer("leader"), note, {"digitised": digitised}, outcome=outcome)
        self.add(Act.RETURN, self.open_after(decided, self.dice.randrange(1, 600)), self.officer("reception"))

    def apologise(self, given: datetime, due: datetime, decided: datetime) -> None:
        """Said before the day is over; a slow agency promises a day and keeps it or not."""
        told = max(given, due - timedelta(minutes=self.dice.randrange(10, 400)))
        day = self.player.calendar.add_working_days(due.date(), self.dice.randrange(1, 6))
        new_due = at_time(day, due.timetz().replace(tzinfo=None))
        if told < min(due, decided) and new_due > due and self.asked.limit:
            self.add(
                Act.APOLOGISE,
                told,
                self.officer("leader"),
                "Chờ kết quả xác minh của nơi đăng ký cũ.",
                new_due=new_due,
            )

    def officer(self, role: str) -> Officer:
        if role in self.officers:
            return self.officers[role]
        code = self.way.reception_code
        return f"post:{code}/{role}", officer_name(code, role, self.player.seed), None

    def open_after(self, moment: datetime, minutes: int) -> datetime:
        return self.player.office.next_open(moment + timedelta(minutes=minutes), self.player.calendar)

    def add(
        self,
        act: Act,
        at: datetime,
        who: Officer,
        note: str = "",
        facts: dict[str, Any] | None = None,
        **more: Any,
    ) -> None:
        if self.acts and at < self.acts[-1].at:
            at = self.acts[-1].at
        self.acts.append(PastAct(act, at, who[0], who[1], note, facts or {}, **more))
