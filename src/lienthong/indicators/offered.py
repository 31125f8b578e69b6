"""What stands published and offered: one row a procedure of an agency, in the shape of the table `procedures`.

An agency offers what the law lets it decide, whether or not anybody asked for it (766/QĐ-TTg, 3.1, 3.2).
"""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, Final

from lienthong.dossiers.public import decides
from lienthong.organisations.public import Kind, Organisation
from lienthong.procedures.public import Content, ProcedureVersion, completeness

PARTS: Final = 7
"""NĐ 63/2010/NĐ-CP art. 8.2. Papers and their number of sets are one part."""
POPULATION: Final = frozenset({"population_db", "residence_db"})
NOT_PEOPLE: Final = ("tổ chức", "cơ quan", "doanh nghiệp", "chủ đầu tư")
COLUMNS: Final = {
    "agency": "VARCHAR",
    "procedure": "VARCHAR",
    "unit": "VARCHAR",
    "valid_from": "DATE",
    "valid_to": "DATE",
    "online_level": "VARCHAR",
    "is_public": "BOOLEAN",
    "mandatory_parts": "INTEGER",
    "has_fee": "BOOLEAN",
    "for_people": "BOOLEAN",
    "uses_population_data": "BOOLEAN",
}
DECIDING: Final = (
    Kind.MINISTRY,
    Kind.DEPARTMENT,
    Kind.POLICE,
    Kind.SOCIAL_INSURANCE,
    Kind.COMMUNE_COMMITTEE,
    Kind.PROVINCE_COMMITTEE,
)


def offered(agencies: Iterable[Organisation]) -> Iterator[tuple[Any, ...]]:
    """Rows under COLUMNS, of all published versions. The agencies come with their units."""
    versions = [
        (v, _facts(v.typed)) for v in ProcedureVersion.objects.published().order_by("procedure_id", "pk")
    ]
    for agency in agencies:
        for version, facts in versions:
            if decides(version.typed, agency):
                unit = agency.unit.code if agency.unit else None
                yield (agency.code, version.typed.code, unit, version.valid_from, version.valid_to, *facts)


def deciding_agencies(day: date) -> Iterable[Organisation]:
    return Organisation.objects.on(day).filter(kind__in=DECIDING).select_related("unit").order_by("code")


def _facts(content: Content) -> tuple[Any, ...]:
    missing = {"papers" if one.part == "sets_of_papers" else one.part for one in completeness(content)}
    online = "online" in content.channels.items
    return (
        content.delivery.value or ("partial" if online else ""),
        True,
        PARTS - len(missing),
        any(fee.amount or fee.set_by for fee in content.fees.items),
        any(not who.startswith(NOT_PEOPLE) for who in content.applicants.who),
        bool(_registers(content) & POPULATION),
    )


def _registers(content: Content) -> set[str]:
    return {str(field.known_to) for field in content.form.fields}
