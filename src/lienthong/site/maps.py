"""The 34 provinces as a sketch map and as a tile grid, drawn on the server.

Every map of Viet Nam shows Hoàng Sa (Đà Nẵng), Trường Sa (Khánh Hòa) and the other islands. The
polygons are a sketch from the centres of communes: never a boundary map, and captioned so.
"""

import json
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from lienthong.kit.errors import said
from lienthong.kit.numbers import format_number, percent

WIDTH, HEIGHT = 408, 482
WEST, NORTH = 102.0, 23.49  # degrees at the map's corner
EAST_STEP, SOUTH_STEP = 30.0, 30.94  # map units a degree
SHAPES = Path(__file__).parents[1] / "territory" / "data" / "vn34.geo.json"


@dataclass(frozen=True)
class Islands:
    """Islands drawn as points. `owner` prints the province beneath the name."""

    name: str
    province: str
    points: tuple[tuple[float, float], ...]  # longitude, latitude
    label: tuple[float, float]  # on the map
    owner: str = ""
    anchor: str = "start"
    radius: float = 2.6


def _isle(name: str, province: str, longitude: float, latitude: float, anchor: str = "start") -> Islands:
    x, y = place(longitude, latitude)
    label = (x + 6, y + 4) if anchor == "start" else (x - 5, y + 14)
    return Islands(name, province, ((longitude, latitude),), label, anchor=anchor)


def place(longitude: float, latitude: float) -> tuple[float, float]:
    return round((longitude - WEST) * EAST_STEP, 1), round((NORTH - latitude) * SOUTH_STEP, 1)


ISLANDS = (
    Islands(
        "QĐ. Hoàng Sa",
        "48",
        ((111.4, 16.7), (112.0, 16.92), (112.62, 16.62), (111.7, 16.3), (112.4, 16.22)),
        (300, 180.3),
        owner="(TP. Đà Nẵng)",
        radius=3,
    ),
    Islands(
        "QĐ. Trường Sa",
        "56",
        (
            (112.7, 10.61),
            (113.1, 9.81),
            (113.7, 10.31),
            (114.3, 10.81),
            (114.6, 9.91),
            (113.9, 9.51),
            (112.7, 9.31),
        ),
        (348, 455.4),
        owner="(Khánh Hòa)",
        radius=3,
    ),
    _isle("Bạch Long Vĩ", "31", 107.72, 20.13),
    _isle("Cô Tô", "22", 107.77, 20.97),
    _isle("Cồn Cỏ", "44", 107.34, 17.16),
    _isle("Lý Sơn", "51", 109.12, 15.38),
    _isle("Phú Quý", "68", 108.94, 10.53),
    _isle("Côn Đảo", "79", 106.61, 8.7),
    _isle("Phú Quốc", "91", 103.98, 10.23, "middle"),
    _isle("Thổ Châu", "91", 103.48, 9.31, "middle"),
)

# Tile grid: code → column, row, lines of the name. Neighbours stay neighbours as far as a grid allows.
TILES: Mapping[str, tuple[float, float, tuple[str, ...]]] = {
    "12": (1, 0, ("Lai", "Châu")),
    "15": (2, 0, ("Lào Cai",)),
    "08": (3, 0, ("Tuyên", "Quang")),
    "04": (4, 0, ("Cao", "Bằng")),
    "11": (0, 1, ("Điện", "Biên")),
    "14": (1, 1, ("Sơn La",)),
    "25": (2, 1, ("Phú Thọ",)),
    "19": (3, 1, ("Thái", "Nguyên")),
    "20": (4, 1, ("Lạng", "Sơn")),
    "22": (5, 1, ("Quảng", "Ninh")),
    "01": (2, 2, ("Hà Nội",)),
    "24": (3, 2, ("Bắc", "Ninh")),
    "31": (4, 2, ("Hải", "Phòng")),
    "37": (2, 3, ("Ninh", "Bình")),
    "33": (3, 3, ("Hưng", "Yên")),
    "38": (2, 4, ("Thanh", "Hóa")),
    "40": (2, 5, ("Nghệ An",)),
    "42": (3, 5, ("Hà Tĩnh",)),
    "44": (3, 6, ("Quảng", "Trị")),
    "46": (4, 6, ("Huế",)),
    "48": (4, 7, ("Đà Nẵng",)),
    "51": (4, 8, ("Quảng", "Ngãi")),
    "52": (4, 9, ("Gia Lai",)),
    "66": (4, 10, ("Đắk Lắk",)),
    "56": (5, 10, ("Khánh", "Hòa")),
    "80": (2, 11, ("Tây", "Ninh")),
    "75": (3, 11, ("Đồng", "Nai")),
    "68": (4, 11, ("Lâm", "Đồng")),
    "91": (1, 12, ("An", "Giang")),
    "82": (2, 12, ("Đồng", "Tháp")),
    "79": (3, 12, ("TP. Hồ", "Chí Minh")),
    "92": (1, 13, ("Cần Thơ",)),
    "86": (2, 13, ("Vĩnh", "Long")),
    "96": (1, 14, ("Cà Mau",)),
}
ISLAND_TILES = (
    ("48", said("Hoàng Sa (TP. Đà Nẵng)"), (5.3, 7, ("Hoàng", "Sa"))),
    ("56", said("Trường Sa (Khánh Hòa)"), (5.3, 12.2, ("Trường", "Sa"))),
)


@dataclass(frozen=True)
class Scale:
    """Five steps: two below the target, three from it upwards. Values and target in points (of 100)."""

    target: Fraction

    @property
    def cuts(self) -> tuple[Fraction, ...]:
        room = 100 - self.target
        return (
            Fraction(round(self.target * 2 / 3)),
            self.target,
            self.target + room * 3 / 8,
            self.target + room * 3 / 4,
        )

    def step(self, value: Fraction | None) -> int:
        """1 to 5, or 0 where figures are missing. The value is compared unrounded."""
        return 0 if value is None else bisect_right(self.cuts, value) + 1

    def words(self, step: int) -> str:
        cuts = [format_number(cut, 0 if cut.denominator == 1 else 1) for cut in self.cuts]
        if step == 0:
            return _("chưa đủ số liệu")
        if step == 1:
            return _("dưới {cut}% (chưa đạt)").format(cut=cuts[0])
        if step == 5:
            return _("từ {cut}%").format(cut=cuts[3])
        text = _("{low} đến dưới {high}% (chưa đạt)") if step == 2 else _("{low} đến dưới {high}%")
        return text.format(low=cuts[step - 2], high=cuts[step - 1])


@dataclass(frozen=True)
class Area:
    """A province and its figure, ready to print."""

    code: str
    name: str
    value: Fraction | None
    step: int
    below: bool
    target: Fraction
    url: str = ""

    @property
    def short(self) -> str:
        return "–" if self.value is None else format_number(self.value)

    @property
    def words(self) -> str:
        return self.said_of(self.name)

    def said_of(self, name: str) -> str:
        if self.value is None:
            return _("{name}: chưa đủ số liệu").format(name=name)
        text = _("{name}: {value}, dưới mức giao") if self.below else _("{name}: {value}")
        return text.format(name=name, value=points(self.value, self.target))


def areas(figures: Iterable[Any], scale: Scale) -> dict[str, Area]:
    """All 34 by code; those without a figure are missing.

    A figure is a mapping or an object with code, value (points, or None) and url.
    """
    given = {str(_fact(figure, "code")): figure for figure in figures}
    return {code: _area(code, name, given.get(code), scale) for code, name in names().items()}


def _area(code: str, name: str, figure: Any, scale: Scale) -> Area:
    value = exact(_fact(figure, "value"))
    below = value is not None and value < scale.target
    return Area(code, name, value, scale.step(value), below, scale.target, str(_fact(figure, "url") or ""))


def _fact(figure: Any, name: str) -> Any:
    return figure.get(name) if isinstance(figure, Mapping) else getattr(figure, name, None)


def exact(value: Any) -> Fraction | None:
    """A number as it was meant: a float as it prints, "" and None as missing."""
    if value is None or value == "":
        return None
    return Fraction(value) if isinstance(value, int | Decimal | Fraction) else Fraction(str(value))


def points(value: Fraction, target: Fraction | None = None) -> str:
    """59,9%: cut, and never printed on another side of the target than it stands."""
    goal = None if target is None else Decimal(target.numerator) / target.denominator
    return percent(value.numerator, value.denominator * 100, goal)


def drawing(figures: Iterable[Any], scale: Scale) -> dict[str, Any]:
    """The map: width, height and shapes, each with its area and either a path or dots and a label."""
    by_code = areas(figures, scale)
    land = [{"area": by_code[code], "path": path} for code, path in paths().items()]
    sea = [
        {
            "area": by_code[isles.province],
            "words": by_code[isles.province].said_of(f"{isles.name} {isles.owner}".strip()),
            "dots": [place(*point) for point in isles.points],
            "radius": isles.radius,
            "name": isles.name,
            "owner": isles.owner,
            "anchor": isles.anchor,
            "x": isles.label[0],
            "y": isles.label[1],
        }
        for isles in ISLANDS
    ]
    return {"width": WIDTH, "height": HEIGHT, "shapes": [*land, *sea]}


def grid(figures: Iterable[Any], scale: Scale) -> list[dict[str, Any]]:
    by_code = areas(figures, scale)
    tiles = [_tile(by_code[code], by_code[code].words, at) for code, at in TILES.items()]
    return tiles + [
        _tile(by_code[code], by_code[code].said_of(_(name)), at) for code, name, at in ISLAND_TILES
    ]


def _tile(area: Area, words: str, at: tuple[float, float, tuple[str, ...]]) -> dict[str, Any]:
    column, row, lines = at
    x, y = round(1.5 + 72 * column, 1), round(1.5 + 58 * row, 1)
    middle = round(x + 34.5, 1)
    first = y + (20.5 if len(lines) == 1 else 14.5)
    figure_y = round(first + (22 if len(lines) == 1 else 33), 1)
    shift = 8 if area.below else 0
    return {
        "area": area,
        "words": words,
        "x": x,
        "y": y,
        "middle": middle,
        "lines": [(line, round(first + 13 * i, 1)) for i, line in enumerate(lines)],
        "figure_x": middle + shift,
        "figure_y": figure_y,
        "mark": f"M{middle - 17:.1f} {figure_y - 11:.1f}h12l-6 11z",
    }


def legend(figures: Iterable[Any], scale: Scale) -> list[dict[str, Any]]:
    """The steps with the number of provinces in each; "missing" only where something is."""
    steps = [area.step for area in areas(figures, scale).values()]
    shown = [1, 2, 3, 4, 5] + ([0] if 0 in steps else [])
    return [{"step": step, "words": scale.words(step), "count": steps.count(step)} for step in shown]


@lru_cache(maxsize=1)
def _features() -> tuple[Mapping[str, Any], ...]:
    path = Path(getattr(settings, "PROVINCE_SHAPES", None) or SHAPES)
    return tuple(json.loads(path.read_text(encoding="utf-8"))["features"])


@lru_cache(maxsize=1)
def names() -> Mapping[str, str]:
    return {feature["properties"]["code"]: feature["properties"]["name"] for feature in _features()}


@lru_cache(maxsize=1)
def paths() -> Mapping[str, str]:
    """SVG path data by province code."""
    return {feature["properties"]["code"]: _path(feature["geometry"]) for feature in _features()}


def _path(geometry: Mapping[str, Any]) -> str:
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    return "".join(_ring(ring) for polygon in polygons for ring in polygon)


def _ring(ring: Iterable[tuple[float, float]]) -> str:
    return "M" + "L".join("{:.1f} {:.1f}".format(*place(*point)) for point in ring) + "Z"
