"""The shape of the house, checked.

import-linter (pyproject.toml) checks the tiers. What it cannot see is checked here: that rooms
talk only through `public`, that foreign keys, written as strings, also point down, and that each
room has its README.
"""

import tomllib
from pathlib import Path

import grimp
import pytest
from django.apps import apps

ROOT = Path(__file__).parents[2]
OPEN = {"lienthong.kit", "lienthong.data"}  # plain libraries, no door


def tiers() -> dict[str, int]:
    """Room name -> height, read from the one place it is written."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    layers = next(c["layers"] for c in contracts if c["id"] == "tiers")
    return {room.strip(" ()"): -i for i, layer in enumerate(layers) for room in layer.split("|")}


def room_of(module: str) -> str:
    return ".".join(module.split(".")[:2])


def test_rooms_talk_only_through_public() -> None:
    graph = grimp.build_graph("lienthong", exclude_type_checking_imports=True)
    wrong = [
        f"{a} imports {b}"
        for a in sorted(graph.modules)
        for b in sorted(graph.find_modules_directly_imported_by(a))
        if room_of(a) != room_of(b)
        and room_of(b) not in OPEN
        and b != f"{room_of(b)}.public"
        and room_of(a) != "lienthong.site"
    ]
    assert wrong == []


def test_foreign_keys_point_down() -> None:
    height = tiers()
    wrong = [
        f"{model._meta.label}.{f.name} -> {f.related_model._meta.label}"
        for model in apps.get_models()
        for f in model._meta.get_fields()
        if f.is_relation
        and not f.auto_created
        and f.related_model
        and model._meta.app_label in height
        and f.related_model._meta.app_label in height
        and height[f.related_model._meta.app_label] > height[model._meta.app_label]
    ]
    assert wrong == []


ROOMS = sorted(p.name for p in (ROOT / "src" / "lienthong").iterdir() if p.is_dir() and p.name in tiers())


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_says_what_it_owns(room: str) -> None:
    readme = ROOT / "src" / "lienthong" / room / "README.md"
    assert readme.exists()
    assert len(readme.read_text().splitlines()) <= 80, "one screen"


def test_no_room_reaches_sideways_by_signals_or_saves() -> None:
    """Writes stand in actions: no save() override, no post_save receiver, no lazy import of a room."""
    wrong = []
    for path in (ROOT / "src" / "lienthong").rglob("*.py"):
        text = path.read_text()
        if "def save(self" in text or "post_save" in text:
            wrong.append(str(path.relative_to(ROOT)))
    assert wrong == []
