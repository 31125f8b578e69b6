"""Bring the register of units up to the committed data files."""

import csv
import json
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

from django.db import connection, transaction

from lienthong.audit.public import By, record
from lienthong.kit.names import fold, phrase_key
from lienthong.territory.events import UnitsLoaded
from lienthong.territory.rules import LEVEL_OF_LENGTH, short_name

DATA = Path(__file__).parent / "data"
SQL = Path(__file__).parent / "sql"


def load_units(*, by: By) -> UnitsLoaded:
    """Add what the data files have and the register lacks, correct what differs; delete nothing.

    Does the same once or many times. A system act: no permission is asked in this room. The rows
    go to the database as one document a level, since 14,000 model instances take many seconds.
    """
    levels = unit_rows()
    with transaction.atomic():
        changed = added = 0
        for rows in levels:
            changed += run("correct_units", rows)
            added += run("add_units", rows)
        event = UnitsLoaded(
            edition=max(str(row["valid_from"]) for rows in levels for row in rows),
            units_added=added,
            units_changed=changed,
            successions_added=run("add_successions", list(read("successions.csv"))),
        )
        if added:
            analyse()
        record(event, by=by)
    return event


def analyse() -> None:
    """Let the planner see the new rows at once; a role that may not is answered with a mere warning."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE territory_unit, territory_succession")


def unit_rows() -> list[list[dict[str, object]]]:
    """Rows of units.csv by level, provinces first: the row above is there before its members."""
    levels: dict[int, list[dict[str, object]]] = defaultdict(list)
    for row in read("units.csv"):
        short = short_name(row["name"], row["kind"])
        levels[len(row["code"])].append(
            {
                **row,
                "level": LEVEL_OF_LENGTH[len(row["code"])],
                "parent_level": LEVEL_OF_LENGTH.get(len(row["parent_code"])),
                "valid_to": row["valid_to"] or None,
                "short_name": short,
                "search_key": by_words(folded_word, short),
                "sort_key": by_words(sorted_word, short),
            }
        )
    return [levels[length] for length in sorted(levels)]


def by_words(key: Callable[[str], str], name: str) -> str:
    """A key of the whole name, made word by word: 14,000 names use few words."""
    return " ".join(map(key, name.split()))


folded_word = cache(fold)
sorted_word = cache(phrase_key)


def read(name: str) -> Iterator[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def run(statement: str, rows: list[dict[str, object]] | list[dict[str, str]]) -> int:
    """Run sql/<statement>.sql on the rows; how many rows it wrote."""
    sql = (SQL / f"{statement}.sql").read_text(encoding="utf-8")
    with connection.cursor() as cursor:
        cursor.execute(sql, [json.dumps(rows)])
        return int(cursor.rowcount)
