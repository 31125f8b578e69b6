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


@dataclass(frozen=True, kw_only=True)
class LifeEventRecorded(Event):
    """An event of a person's life was written down, and the record follows."""

    sentence = said("Ghi sự kiện {what} của người {person}, việc {act}, nguồn {source}, theo {basis}.")

    person: UUID
    what: str
    act: UUID
    source: str
    basis: str


@dataclass(frozen=True, kw_only=True)
class AttributeAttached(Event):
    """Another register's word about a person was added."""

    sentence = said("Bổ sung thông tin {attribute} cho người {person} từ {source}, theo {basis}.")

    person: UUID
    attribute: str
    source: str
    basis: str


@dataclass(frozen=True, kw_only=True)
class AttributesAttached(Event):
    """Another register's word about many people was added."""

    sentence = said("Bổ sung {count} thông tin từ {source}, theo {basis}.")

    source: str
    count: int
    basis: str


@dataclass(frozen=True, kw_only=True)
class RegisterExported(Event):
    """Many people's data were read at once by a plan."""

    sentence = said("Đọc dữ liệu của {count} người theo {basis}, lần {export}, phạm vi {scope}.")

    export: UUID
    purpose: str
    basis: str
    scope: str
    groups: str
    count: int
