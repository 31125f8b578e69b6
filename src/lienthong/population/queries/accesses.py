"""Who read a person's data: the page "Ai đã xem dữ liệu của tôi"."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from lienthong.identity.public import Actor, require
from lienthong.kit.calendar import Calendar, OfficeHours
from lienthong.kit.identifiers import PersonalNumber
from lienthong.population.models import Access, BulkRead, Person
from lienthong.population.queries.export import units_within
from lienthong.population.queries.lives import events_of
from lienthong.population.queries.people import number_now, numbers_of
from lienthong.population.rules import Reading, fold, is_tied, oddities
from lienthong.population.words import GROUP_NAMES, PURPOSE_NAMES, Oddity, Purpose

MOST_LINES = 1000


@dataclass(frozen=True)
class AccessLine:
    """One access as its person sees it; names are Vietnamese message ids."""

    key: str
    """Such as "access:17" or "bulk_read:5": names the line for good."""
    at: datetime
    organisation: str
    organisation_name: str
    actor_display: str
    groups: tuple[str, ...]
    purpose: str
    basis: str
    dossier: str
    is_tied: bool
    oddities: tuple[Oddity, ...]
    is_bulk: bool = False
    """One reading of many people by a plan, of whom this person was one."""


@dataclass(frozen=True)
class AccessBook:
    """Newest first. `own` are the readings by oneself, shown apart and counted apart."""

    lines: tuple[AccessLine, ...]
    own: tuple[AccessLine, ...]
    is_cut: bool
    """There are more than MOST_LINES; the oldest are not here."""

    @property
    def organisations(self) -> Mapping[str, str]:
        """Name by code of those who read, the latest name first found."""
        found: dict[str, str] = {}
        for line in self.lines:
            if line.organisation:
                found.setdefault(line.organisation, line.organisation_name or line.organisation)
        return found

    @property
    def tied(self) -> int:
        return sum(line.is_tied for line in self.lines)

    @property
    def untied(self) -> int:
        return len(self.lines) - self.tied

    @property
    def odd(self) -> tuple[AccessLine, ...]:
        return tuple(line for line in self.lines if line.oddities)


def accesses_of(
    number: str, *, by: Actor, since: datetime | None = None, organisation: str = ""
) -> AccessBook:
    """Every access to one's own data since a moment, of all agencies or of one; under whichever of one's numbers,
    also where the one signed in with was cancelled. Raises NotAllowed."""
    digits = PersonalNumber.parse(number).digits
    require(by, "population.accesses", digits)
    found = Access.objects.filter(person__in=numbers_of(number_now(digits))).order_by("-at", "-id")
    if since is not None:
        found = found.filter(at__gte=since)
    one_by_one: list[Access | BulkRead] = list(found[: MOST_LINES + 1])
    accesses = sorted([*one_by_one, *_bulk_reads(digits, since)], key=lambda one: one.at, reverse=True)
    readings = [_reading(access) for access in accesses]
    shown = [
        (access, _line(access, reading, readings))
        for access, reading in zip(accesses[:MOST_LINES], readings, strict=False)
        if not organisation or access.organisation == organisation
    ]
    return AccessBook(
        lines=tuple(line for access, line in shown if not _by_self(access)),
        own=tuple(line for access, line in shown if _by_self(access)),
        is_cut=len(accesses) > MOST_LINES,
    )


def _by_self(access: Access | BulkRead) -> bool:
    return isinstance(access, Access) and access.by_self


def _bulk_reads(number: str, since: datetime | None) -> list[BulkRead]:
    """Those that covered the person: known then, and with a residence in their scope as known then."""
    person = Person.objects.filter(pk=number).first()
    if person is None:
        return []
    found = BulkRead.objects.select_related("scope").filter(
        at__gte=max(filter(None, [person.entered_at, since]))
    )
    reads = list(found.order_by("-at")[: MOST_LINES + 1])
    scoped = {read.scope_id: units_within(read.scope) for read in reads if read.scope is not None}
    life = events_of(person) if scoped else []
    return [
        read
        for read in reads
        if read.scope_id is None
        or fold(life, known_at=read.at).values["residence_unit"] in scoped[read.scope_id]
    ]


def _reading(access: Access | BulkRead) -> Reading:
    return Reading(
        at=access.at,
        purpose=Purpose(access.purpose),
        organisation=access.organisation,
        organisation_province=access.organisation_province,
        home_province="" if isinstance(access, BulkRead) else access.home_province,
        dossier="" if isinstance(access, BulkRead) else access.dossier,
        keeps_hours=bool(access.organisation) and not access.actor.startswith("system:"),
    )


def _line(access: Access | BulkRead, reading: Reading, readings: list[Reading]) -> AccessLine:
    tied = is_tied(reading, readings)
    odd = oddities(reading, tied=tied, calendar=Calendar.official(), hours=OfficeHours())
    return AccessLine(
        key=f"{'bulk_read' if isinstance(access, BulkRead) else 'access'}:{access.pk}",
        at=access.at,
        organisation=access.organisation,
        organisation_name=access.organisation_name,
        actor_display=access.actor_display,
        groups=tuple(GROUP_NAMES[group] for group in access.groups),
        purpose=PURPOSE_NAMES[access.purpose],
        basis=access.basis,
        dossier=reading.dossier,
        is_tied=tied,
        oddities=() if _by_self(access) else odd,
        is_bulk=isinstance(access, BulkRead),
    )
