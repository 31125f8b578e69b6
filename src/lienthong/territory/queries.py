"""Reads: which units were in force on a day, what became of them, what a search finds."""

import json
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lienthong.kit.names import fold, match_key
from lienthong.territory.models import Kind, Level, Unit, UnitQuerySet
from lienthong.territory.rules import LEVEL_OF_LENGTH, UnitUnknown, without_type_word

REGISTER_BEGINS = date(2025, 3, 1)
"""Earlier days find nothing: which units were in force then is not in our sources."""

MAP_CAPTION = _("Sơ đồ vị trí các tỉnh, thành phố; không phải bản đồ địa giới hành chính.")

CANDIDATES = 200

Ring = list[tuple[float, float]]


class ProvinceShape(NamedTuple):
    """A schematic outline: polygons of rings of (longitude, latitude), the first ring outermost."""

    code: str
    name: str
    polygons: list[list[Ring]]


def units_on(day: date, *, level: Level | None = None) -> UnitQuerySet:
    """Units in force on a day, in alphabetical order."""
    units = Unit.objects.on(day).select_related("parent").by_name()
    return units.filter(level=level) if level else units


def provinces(on: date) -> UnitQuerySet:
    return units_on(on, level=Level.PROVINCE)


def unit(code: str, on: date) -> Unit:
    """The unit that had this code on that day; the code's length tells its level. Raises UnitUnknown."""
    level = LEVEL_OF_LENGTH.get(len(code))
    found = Unit.objects.on(on).select_related("parent").filter(level=level, code=code).first()
    if found is None:
        raise UnitUnknown(code=code, day=f"{on:%d/%m/%Y}")
    return found


def successors(unit: Unit) -> UnitQuerySet:
    """What this unit became next: none while in force, several if it was split."""
    return Unit.objects.filter(successions_in__predecessor=unit).select_related("parent").by_name()


def predecessors(unit: Unit) -> UnitQuerySet:
    """What this unit was made of, whole or in part."""
    return Unit.objects.filter(successions_out__successor=unit).select_related("parent").by_name()


def units_now(unit: Unit, on: date) -> list[Unit]:
    """The units that stand on a later day where this one stood: itself, one, or the parts of a split."""
    standing: dict[int, Unit] = {}
    ahead = [unit]
    while ahead:
        one = ahead.pop()
        if one.valid_to is None or one.valid_to > on:
            standing[one.pk] = one
        else:
            ahead.extend(successors(one))
    return sorted(standing.values(), key=lambda u: (u.sort_key, u.code))


def children(unit: Unit, on: date | None = None) -> UnitQuerySet:
    """Units directly under this one on a day: today, or its last day if it is no longer in force.

    None on a day when the unit was not in force: its code may have been another's.
    """
    day = on or last_day(unit)
    below = Unit.objects.on(day).filter(parent_id__in=versions(unit)).by_name()
    in_force = unit.valid_from <= day and (unit.valid_to is None or day < unit.valid_to)
    return below.select_related("parent") if in_force else below.none()


def versions(unit: Unit) -> list[int]:
    """Ids of all units that ever had this code: at most one of them is in force on a day.

    Read apart from the query that uses them: joins by code are slow until the tables are analysed.
    """
    return list(Unit.objects.filter(level=unit.level, code=unit.code).values_list("pk", flat=True))


def last_day(unit: Unit) -> date:
    today = timezone.localdate()
    return today if unit.valid_to is None or unit.valid_to > today else unit.valid_to - timedelta(days=1)


def parent_on(unit: Unit, day: date) -> Unit | None:
    """The unit above, under the name it had on that day."""
    if unit.parent is None:
        return None
    return Unit.objects.on(day).filter(level=unit.parent.level, code=unit.parent.code).first()


def full_name(unit: Unit, on: date) -> str:
    """'Phường Ba Đình, Thành phố Hà Nội': the names of the day, from the smallest unit up."""
    names, above = [unit.name], parent_on(unit, on)
    while above:
        names.append(above.name)
        above = parent_on(above, on)
    return ", ".join(names)


def find_units(
    text: str, on: date | None = None, *, level: Level | None = None, limit: int = 20
) -> list[Unit]:
    """Units by name, with or without accents and type word; 'Tân Tiến, Cà Mau' narrows to a province.

    `on` None searches every version. Names spelled with the very accents come first. One name may
    belong to many units, so the caller lets a person choose.
    """
    name, _, within = text.partition(",")
    key = without_type_word(fold(name))
    if not key:
        return []
    units: QuerySet[Unit] = Unit.objects.all() if on is None else Unit.objects.on(on)
    if level:
        units = units.filter(level=level)
    above = without_type_word(fold(within))
    if above:
        units = units.filter(
            Q(parent__search_key__startswith=above) | Q(parent__parent__search_key__startswith=above)
        )
    found = units.filter(search_key__contains=key).select_related("parent__parent")
    ranked = found.annotate(rank=closeness(key)).order_by("rank", "sort_key", "code", "-valid_from")
    wanted, folded = match_key(name), fold(name)
    best: list[Unit] = [*ranked[:CANDIDATES]]
    best.sort(key=lambda u: (accents_differ(u, wanted), not fold(u.name).startswith(folded)))
    return best[:limit]


def closeness(key: str) -> Case:
    """0 the whole name, 1 its beginning, 2 the beginning of a word in it, 3 anywhere."""
    return Case(
        When(search_key=key, then=Value(0)),
        When(search_key__startswith=key, then=Value(1)),
        When(search_key__contains=f" {key}", then=Value(2)),
        default=Value(3),
        output_field=IntegerField(),
    )


def accents_differ(unit: Unit, wanted: str) -> bool:
    """Whether the unit's name is not spelled as asked; tone placement (hoà, hòa) does not count."""
    return not (match_key(unit.name).startswith(wanted) or match_key(unit.short_name).startswith(wanted))


def special_zones(on: date) -> UnitQuerySet:
    """The special zones, Hoàng Sa and Trường Sa among them: points that every map of provinces shows."""
    return units_on(on, level=Level.COMMUNE).filter(kind=Kind.SPECIAL_ZONE)


@lru_cache(maxsize=1)
def province_shapes() -> dict[str, ProvinceShape]:
    """Schematic outlines of today's 34 provinces by code; print MAP_CAPTION under any map of them."""
    file = Path(__file__).parent / "data" / "vn34.geo.json"
    shapes = {}
    for feature in json.loads(file.read_text(encoding="utf-8"))["features"]:
        facts, geometry = feature["properties"], feature["geometry"]
        polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
        rings = [[[(x, y) for x, y in ring] for ring in polygon] for polygon in polygons]
        shapes[facts["code"]] = ProvinceShape(facts["code"], facts["name"], rings)
    return shapes
