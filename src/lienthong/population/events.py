"""What population records. Persons appear by their opaque reference, never by number or name."""

from dataclasses import dataclass
from uuid import UUID

from lienthong.audit.public import Event
from lienthong.kit.errors import said


@dataclass(frozen=True, kw_only=True)
class PersonRead(Event):
    """Somebody read a person's data."""

    sentence = said("Đọc dữ liệu của người {person}: {purpose}, theo {basis}.")

    person: UUID
    purpose: str
    basis: str
    groups: str
    dossier: str


@dataclass(frozen=True, kw_only=True)
class BirthRegistered(Event):
    """A birth decided by a dossier was entered and given a personal number."""

    sentence = said("Ghi người {person} theo việc khai sinh của hồ sơ {dossier}.")

    person: UUID
    dossier: str
    basis: str


@dataclass(frozen=True, kw_only=True)
class PeopleAdded(Event):
    """Many people were entered at once."""

    sentence = said("Ghi {count} người vào cơ sở dữ liệu, đợt {batch}.")

    batch: UUID
    count: int
