"""For what data are read, and which accesses stand out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from lienthong.kit.calendar import Calendar, OfficeHours, local
from lienthong.population.words import Oddity, Purpose


@dataclass(frozen=True)
class ForDossier:
    """The dossier that data are read or written for, and the agencies that have it in hand.

    Codes of agencies, the one that received the dossier first: a machine reads in its name.
    """

    code: str
    organisations: tuple[str, ...]


@dataclass(frozen=True)
class Wish:
    """To read the record under `number`. `kin`: the register says the reader is close family."""

    number: str
    purpose: Purpose
    dossier: ForDossier | None = None
    kin: bool = False


@dataclass(frozen=True)
class Sweep:
    """To read everybody of a unit at once: the keys of that unit and those above it; none: the country."""

    purpose: Purpose
    scope: tuple[int, ...] = ()


@dataclass(frozen=True)
class Reading:
    """An access as the detector sees it. Provinces are unit codes, empty for the whole country."""

    at: datetime
    purpose: Purpose
    organisation: str = ""
    organisation_province: str = ""
    home_province: str = ""
    dossier: str = ""
    keeps_hours: bool = True
    """False for machines, and for family at home."""


def is_tied(reading: Reading, readings: Iterable[Reading]) -> bool:
    """Whether a reading belongs to a dossier: its own, or the one the same counter made that day."""
    if reading.dossier:
        return True
    day = local(reading.at).date()
    return reading.purpose is Purpose.COUNTER and any(
        other.dossier and other.organisation == reading.organisation and local(other.at).date() == day
        for other in readings
    )


def oddities(reading: Reading, *, tied: bool, calendar: Calendar, hours: OfficeHours) -> tuple[Oddity, ...]:
    """What a person may want to ask about.

    A dossier may be filed anywhere (Decree 118/2025/NĐ-CP): another province is odd only without one.
    """
    found = []
    if not tied:
        found.append(Oddity.NO_DOSSIER)
    if reading.keeps_hours and hours.next_open(reading.at, calendar) != local(reading.at):
        found.append(Oddity.OUTSIDE_HOURS)
    provinces = {reading.organisation_province, reading.home_province}
    if not tied and "" not in provinces and len(provinces) == 2:
        found.append(Oddity.OTHER_PROVINCE)
    return tuple(found)
