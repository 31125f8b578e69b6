"""All agencies that the data files and the register of units tell of, as rows of the table."""

import csv
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

from django.db.models import Q

from lienthong.kit.names import fold, phrase_key
from lienthong.organisations.rules import (
    CODES_FROM,
    CODES_LAW,
    INSURANCE,
    KEPT_NOTE,
    MERGED_SEEN,
    MODEL_NOTE,
    SIGNED_NOTE,
    TWO_LEVELS,
    Agency,
    Place,
    committee,
    commune_agencies,
    commune_suffixes,
    path_of,
    provincial_agencies,
)
from lienthong.territory.public import Level, Unit

DATA = Path(__file__).parent / "data"
LEVEL_OF_LENGTH = {2: Level.PROVINCE, 5: Level.COMMUNE}

Row = dict[str, object]


def organisation_rows() -> list[list[Row]]:
    """Rows by depth of the code, ministries and provinces first."""
    agencies = with_successors([*ministries(), *local_agencies()])
    versions: dict[str, list[Agency]] = defaultdict(list)
    for agency in agencies:
        versions[agency.code].append(agency)
    depths: dict[int, list[Row]] = defaultdict(list)
    for agency in agencies:
        above = newest_overlapping(agency, versions[agency.code.rpartition(".")[0]])
        heir = bearer_on(agency.valid_to, versions[agency.successor])
        depths[agency.code.count(".")].append(row_of(agency, above, heir))
    return [depths[depth] for depth in sorted(depths)]


def newest_overlapping(agency: Agency, above: list[Agency]) -> Agency | None:
    """The newest row of the agency above that was in force on some day of this row's validity."""
    overlapping = [
        one
        for one in above
        if (agency.valid_to is None or one.valid_from < agency.valid_to)
        and (one.valid_to is None or one.valid_to > agency.valid_from)
    ]
    return max(overlapping, key=lambda one: one.valid_from, default=None)


def bearer_on(day: date | None, versions: list[Agency]) -> Agency | None:
    """Who bore a code on the day on which another agency ended."""
    if day is None:
        return None
    return next(
        (v for v in versions if v.valid_from <= day and (v.valid_to is None or day < v.valid_to)), None
    )


def row_of(agency: Agency, above: Agency | None, heir: Agency | None) -> Row:
    return {
        **vars(agency),
        "valid_from": agency.valid_from.isoformat(),
        "valid_to": agency.valid_to and agency.valid_to.isoformat(),
        "unit_from": agency.unit_from and agency.unit_from.isoformat(),
        "unit_level": LEVEL_OF_LENGTH.get(len(agency.unit_code)),
        "parent_code": above.code if above else None,
        "parent_from": above.valid_from.isoformat() if above else None,
        "successor": heir.code if heir else None,
        "successor_from": heir.valid_from.isoformat() if heir else None,
        "path": path_of(agency.code),
        "search_key": by_words(folded_word, f"{agency.name} {agency.short_name}"),
        "sort_key": by_words(sorted_word, agency.name),
    }


def by_words(key: Callable[[str], str], name: str) -> str:
    """A key of the whole name, made word by word: 10,000 names use few words."""
    return " ".join(map(key, name.split()))


folded_word = cache(fold)
sorted_word = cache(phrase_key)


def with_successors(agencies: list[Agency]) -> list[Agency]:
    """A row that ended on the day its code got another name is succeeded by that name."""
    begins = {(agency.code, agency.valid_from) for agency in agencies}
    return [
        replace(agency, successor=agency.code)
        if not agency.successor and agency.valid_to and (agency.code, agency.valid_to) in begins
        else agency
        for agency in agencies
    ]


def read(name: str) -> Iterator[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def ministries() -> Iterator[Agency]:
    for row in read("ministries.csv"):
        yield Agency(
            code=row["code"],
            name=row["name"],
            short_name=row["name"],
            kind="ministry",
            valid_from=date.fromisoformat(row["valid_from"]),
            valid_to=date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
            successor=row["successor"],
            source=row["source"],
            code_is_official=True,
            is_certain=False,
            source_note=row["source_note"],
        )
    insurance = "Bảo hiểm xã hội Việt Nam"
    yield Agency(
        code=INSURANCE,
        name=insurance,
        short_name=insurance,
        kind="social_insurance",
        valid_from=date(2025, 3, 1),
        valid_to=None,
        source="176/2025/QH15, 18/02/2025",
        is_certain=False,
        source_note=MODEL_NOTE,
    )


def local_agencies() -> Iterator[Agency]:
    """Committees of the 63 provinces of before, and all agencies of the units since 1 July 2025."""
    units = Unit.objects.filter(Q(level=Level.PROVINCE) | Q(level=Level.COMMUNE, valid_from__gte=TWO_LEVELS))
    places = [place_of(unit) for unit in units.select_related("parent")]
    before = {p.code: p for p in places if len(p.code) == 2 and p.valid_to == TWO_LEVELS}
    provinces = [p for p in places if len(p.code) == 2 and p.valid_from >= TWO_LEVELS]
    communes: dict[str, list[Place]] = defaultdict(list)
    for place in places:
        if len(place.code) == 5:
            communes[place.parent_code].append(place)

    codes = {row["unit_code"]: row["code"] for row in read("provinces.csv")}
    code_of_name = {before[unit_code].short_name: code for unit_code, code in codes.items()}
    code_today = {p.code: code_of_name[p.short_name] for p in provinces}
    heirs = {old.code: new.code for old, new in province_successions()}
    for unit_code, code in codes.items():
        yield committee(
            before[unit_code],
            code,
            "province_committee",
            valid_from=CODES_FROM,
            source=CODES_LAW,
            successor=code_today[heirs[unit_code]],
            code_is_official=True,
            is_certain=False,
            source_note=SIGNED_NOTE,
        )
    merged = {p.code for p in provinces if list(heirs.values()).count(p.code) > 1}
    for province in provinces:
        yield from agencies_of_province(
            province, code_today[province.code], is_merged=province.code in merged
        )
    for unit_code, code in code_today.items():
        suffixes = commune_suffixes(communes[unit_code])
        for commune in communes[unit_code]:
            yield from commune_agencies(commune, code, suffixes[commune.code])


def agencies_of_province(province: Place, code: str, *, is_merged: bool) -> Iterator[Agency]:
    inferred = is_merged and code not in MERGED_SEEN
    yield committee(
        province,
        code,
        "province_committee",
        code_is_official=True,
        is_certain=province.is_certain and not inferred,
        source_note=KEPT_NOTE if inferred else "",
    )
    yield from provincial_agencies(province, code)


def place_of(unit: Unit) -> Place:
    return Place(
        code=unit.code,
        name=unit.name,
        short_name=unit.short_name,
        parent_code=unit.parent.code if unit.parent else "",
        valid_from=unit.valid_from,
        valid_to=unit.valid_to,
        is_certain=unit.is_certain,
        source=unit.source,
    )


def province_successions() -> Iterator[tuple[Unit, Unit]]:
    """The provinces of before 1 July 2025, each with what it became then."""
    ended = Unit.objects.filter(level=Level.PROVINCE, valid_to=TWO_LEVELS)
    for unit in ended.prefetch_related("successions_out__successor"):
        yield unit, unit.successions_out.get().successor
