"""Lists of words for choices, with how sure we are of each."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from lienthong.procedures.content import Certainty, Part

DATA = Path(__file__).parents[1] / "data"


class CodeList(Part, frozen=True, kw_only=True):
    name: str
    items: tuple[str, ...]
    basis: str | None = None
    certainty: Certainty


class Column(Part, frozen=True, kw_only=True):
    key: str
    label: str
    type: str
    options: tuple[str, ...] = ()


@cache
def _raw() -> dict[str, Any]:
    raw: dict[str, Any] = yaml.safe_load((DATA / "code_lists.yaml").read_text(encoding="utf-8"))
    return raw


@cache
def code_lists() -> Mapping[str, CodeList]:
    return {
        name: CodeList(
            name=name,
            items=tuple(raw["items"]),
            basis=raw.get("basis"),
            certainty=Certainty(level=raw["certainty"], degree=raw.get("degree")),
        )
        for name, raw in _raw()["lists"].items()
    }


@cache
def columns() -> Mapping[str, Column]:
    """What the columns of tables are called and hold; the source names only their keys."""
    return {
        key: Column(
            key=key,
            label=raw["label"],
            type=raw["type"],
            options=code_lists()[raw["list"]].items if "list" in raw else (),
        )
        for key, raw in _raw()["columns"].items()
    }
