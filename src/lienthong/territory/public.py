"""All that other rooms may import from territory."""

from lienthong.territory.actions import load_units
from lienthong.territory.events import UnitsLoaded
from lienthong.territory.models import Kind, Level, Succession, Unit
from lienthong.territory.queries import (
    MAP_CAPTION,
    REGISTER_BEGINS,
    ProvinceShape,
    children,
    find_units,
    full_name,
    parent_on,
    predecessors,
    province_shapes,
    provinces,
    special_zones,
    successors,
    unit,
    units_now,
    units_on,
    versions,
)
from lienthong.territory.rules import UnitUnknown

__all__ = [
    "MAP_CAPTION",
    "REGISTER_BEGINS",
    "Kind",
    "Level",
    "ProvinceShape",
    "Succession",
    "Unit",
    "UnitUnknown",
    "UnitsLoaded",
    "children",
    "find_units",
    "full_name",
    "load_units",
    "parent_on",
    "predecessors",
    "province_shapes",
    "provinces",
    "special_zones",
    "successors",
    "unit",
    "units_now",
    "units_on",
    "versions",
]
