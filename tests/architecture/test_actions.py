"""Permissions are asked in the action: a page, an import and a job meet there.

Each function that a room's door lends and that acts for somebody (`by`) comes, itself or through what it calls, to
`require`. What does not is listed with its reason.
"""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Final

ROOMS: Final = Path(__file__).parents[2] / "src" / "lienthong"

ASKED: Final = {"require", "allowed", "visible_to"}
BELOW: Final = "stands below identity, which owns require(): whoever calls it asks"
WITHOUT: Final = {
    "audit.record": BELOW,
    "audit.record_all": BELOW,
    "territory.load_units": BELOW,
    "organisations.load_organisations": BELOW,
    "organisations.appoint_holder": BELOW,
    "organisations.end_holding": BELOW,
    "documents.keep_file": "anybody may bring a file; who may read it is asked by the room that refers to it",
    "documents.keep_data": "as keep_file",
    "dossiers.fee_facts": "reads nothing: `by` tells the level of assurance",
    "documents.sweep_orphans": "removes only what no row names; the operator's command",
}


def functions(room: Path) -> dict[str, ast.FunctionDef]:
    """Every function of a room by name; methods are not actions."""
    files = [one for one in room.rglob("*.py") if "migrations" not in one.parts]
    return {
        one.name: one
        for file in files
        for one in ast.parse(file.read_text(encoding="utf-8")).body
        if isinstance(one, ast.FunctionDef)
    }


def lent(room: Path) -> set[str]:
    """The names in `__all__` of the door."""
    door = room / "public.py"
    tree = ast.parse(door.read_text(encoding="utf-8")) if door.exists() else ast.Module([], [])
    return {
        word.value
        for one in tree.body
        if isinstance(one, ast.Assign) and getattr(one.targets[0], "id", "") == "__all__"
        for word in ast.walk(one.value)
        if isinstance(word, ast.Constant) and isinstance(word.value, str)
    }


def calls(one: ast.FunctionDef) -> set[str]:
    return {
        node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        for node in ast.walk(one)
        if isinstance(node, ast.Call)
    }


ALL: Final = {
    name: one
    for room in sorted(ROOMS.iterdir())
    for name, one in functions(room).items()
    if name in lent(room)
}


def asks(name: str, known: dict[str, ast.FunctionDef], seen: frozenset[str] = frozenset()) -> bool:
    if name in ASKED:
        return True
    if name in seen or name not in known:
        return False
    return any(asks(one, known, seen | {name}) for one in calls(known[name]))


def acting() -> Iterator[tuple[str, str, bool]]:
    """Room, action lent, and whether it asks."""
    for room in sorted(ROOMS.iterdir()):
        known = functions(room)
        for name in sorted(lent(room) & known.keys()):
            if "by" in {a.arg for a in known[name].args.kwonlyargs}:
                yield room.name, name, asks(name, ALL | known)


def test_an_action_asks_whether_its_actor_may() -> None:
    assert {f"{room}.{name}" for room, name, asked in acting() if not asked} == WITHOUT.keys()
