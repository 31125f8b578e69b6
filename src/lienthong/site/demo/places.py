"""Where invented people live: the communes of a day."""

from dataclasses import dataclass
from datetime import date

from lienthong.territory.public import Kind, Level, units_on


@dataclass(frozen=True, slots=True)
class Commune:
    """A place to live: a commune of today, with its unit's primary key."""

    unit: int
    code: str
    name: str
    province: str
    province_name: str
    is_urban: bool


def communes(on: date) -> list[Commune]:
    """The communes in force on a day, in the order of their codes."""
    units = units_on(on, level=Level.COMMUNE).order_by("code")
    found = []
    for unit in units:
        province = unit.parent
        if province is not None:
            urban = unit.kind == Kind.WARD
            found.append(Commune(unit.pk, unit.code, unit.name, province.code, province.name, urban))
    return found
