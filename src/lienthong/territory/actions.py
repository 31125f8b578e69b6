"""Bring the register of units up to the committed data files."""

import csv
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from django.db import transaction

from lienthong.audit.public import By, record
from lienthong.kit.names import fold, phrase_key
from lienthong.territory.events import UnitsLoaded
from lienthong.territory.models import Level, Succession, Unit
from lienthong.territory.rules import short_name

DATA = Path(__file__).parent / "data"
LEVEL_OF_LENGTH = {2: Level.PROVINCE, 3: Level.DISTRICT, 5: Level.COMMUNE}
CHANGEABLE = [
    "kind",
    "name",
    "short_name",
    "search_key",
    "sort_key",
    "parent",
    "valid_to",
    "is_certain",
    "source",
    "source_note",
    "latitude",
    "longitude",
]
BATCH = 4000

Key = tuple[str, date]
"""Code (its length tells the level) and first day in force."""


def load_units(*, by: By) -> UnitsLoaded:
    """Add what the data files have and the register lacks, correct what differs; delete nothing.

    Does the same once or many times. A system act: no permission is asked in this room.
    """
    with transaction.atomic():
        known = {(unit.code, unit.valid_from): unit for unit in Unit.objects.all()}
        added = changed = 0
        for rows in by_level():
            fresh, altered = merge(rows, known)
            Unit.objects.bulk_update(altered, CHANGEABLE, batch_size=500)
            Unit.objects.bulk_create(fresh, batch_size=BATCH)
            added += len(fresh)
            changed += len(altered)
        event = UnitsLoaded(
            edition=max(day for _, day in known).isoformat(),
            units_added=added,
            units_changed=changed,
            successions_added=load_successions(known),
        )
        record(event, by=by)
    return event


def by_level() -> Iterator[list[dict[str, str]]]:
    """Rows of units.csv, provinces first: a parent is known before its members."""
    rows: dict[int, list[dict[str, str]]] = defaultdict(list)
    with (DATA / "units.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            rows[len(row["code"])].append(row)
    for length in sorted(rows):
        yield rows[length]


def merge(rows: list[dict[str, str]], known: dict[Key, Unit]) -> tuple[list[Unit], list[Unit]]:
    """The units to create and the units to correct; both are put among the `known`."""
    versions: dict[str, list[Unit]] = defaultdict(list)
    for unit in known.values():
        versions[unit.code].append(unit)
    fresh, altered = [], []
    for row in rows:
        parent = newest_parent(row, versions[row["parent_code"]]) if row["parent_code"] else None
        wanted = unit_from(row, parent)
        found = known.setdefault((wanted.code, wanted.valid_from), wanted)
        if found is wanted:
            fresh.append(wanted)
        elif differs(found, wanted):
            wanted.pk = found.pk
            known[wanted.code, wanted.valid_from] = wanted
            altered.append(wanted)
    return fresh, altered


def newest_parent(row: dict[str, str], versions: list[Unit]) -> Unit:
    """The newest version of the unit above that was in force on some day of this row's validity."""
    return max(
        (
            v
            for v in versions
            if (not row["valid_to"] or v.valid_from.isoformat() < row["valid_to"])
            and (v.valid_to is None or v.valid_to.isoformat() > row["valid_from"])
        ),
        key=lambda v: v.valid_from,
    )


def unit_from(row: dict[str, str], parent: Unit | None) -> Unit:
    short = short_name(row["name"], row["kind"])
    return Unit(
        code=row["code"],
        level=LEVEL_OF_LENGTH[len(row["code"])],
        kind=row["kind"],
        name=row["name"],
        short_name=short,
        search_key=fold(short),
        sort_key=phrase_key(short),
        parent=parent,
        valid_from=date.fromisoformat(row["valid_from"]),
        valid_to=date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
        is_certain=row["is_certain"] == "1",
        source=row["source"],
        source_note=row["source_note"],
        latitude=float(row["latitude"]),
        longitude=float(row["longitude"]),
    )


def differs(found: Unit, wanted: Unit) -> bool:
    columns = [Unit._meta.get_field(name).attname for name in CHANGEABLE]
    return any(getattr(found, column) != getattr(wanted, column) for column in columns)


def load_successions(known: dict[Key, Unit]) -> int:
    """Add the successions that the table lacks, and say how many."""
    said = set(Succession.objects.values_list("predecessor_id", "successor_id"))
    fresh = []
    with (DATA / "successions.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            predecessor = known[row["predecessor"], date.fromisoformat(row["predecessor_from"])]
            successor = known[row["successor"], date.fromisoformat(row["successor_from"])]
            if (predecessor.pk, successor.pk) not in said:
                fresh.append(
                    Succession(
                        predecessor=predecessor,
                        successor=successor,
                        is_partial=row["is_partial"] == "1",
                        source=row["source"],
                    )
                )
    Succession.objects.bulk_create(fresh, batch_size=BATCH)
    return len(fresh)
