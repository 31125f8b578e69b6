"""Which units stand above which: from a table of code and parent, checked for circles."""

from collections.abc import Iterable, Mapping

from lienthong.data.marts.errors import CircularUnits, TwoParents


def parents_of(rows: Iterable[tuple[str, str | None]]) -> dict[str, str]:
    """code -> parent. A parent of empty text is none. Raises TwoParents, CircularUnits."""
    parents: dict[str, str] = {}
    for code, parent in rows:
        above = parent or ""
        if parents.setdefault(code, above) != above:
            raise TwoParents(code=code, first=parents[code], second=above)
    found = {code: parent for code, parent in parents.items() if parent}
    _refuse_circles(found)
    return found


def _refuse_circles(parents: Mapping[str, str]) -> None:
    sound: set[str] = set()
    for start in parents:
        path: list[str] = []
        code = start
        while code in parents and code not in sound:
            if code in path:
                raise CircularUnits(chain=" → ".join([*path[path.index(code) :], code]))
            path.append(code)
            code = parents[code]
        sound.update(path)


def ancestors(codes: Iterable[str], parents: Mapping[str, str]) -> list[tuple[str, str]]:
    """(code, itself or a unit above it) for every code, however deep."""
    pairs = []
    for code in codes:
        above: str | None = code
        while above:
            pairs.append((code, above))
            above = parents.get(above)
    return pairs
