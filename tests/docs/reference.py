"""docs/reference.md as it should be: permissions and events, read from the code."""

from importlib import import_module
from importlib.util import find_spec

from lienthong.audit.public import KINDS
from lienthong.identity.public import permissions
from lienthong.site.config import ROOT

SOURCE = ROOT / "src" / "lienthong"

HEAD = """# Reference

Made from the code by `UPDATE_DOCS=1 make docs`; a test compares. Rooms are in the
[map](../README.md#a-map), settings in [operating.md](operating.md#settings).
"""


def rooms() -> list[str]:
    return sorted(path.parent.name for path in SOURCE.glob("*/__init__.py"))


def load() -> None:
    """Import whatever declares permissions or events, in whichever order tests run."""
    for room in rooms():
        for part in ("permissions", "events", "actions"):
            if find_spec(f"lienthong.{room}.{part}"):
                import_module(f"lienthong.{room}.{part}")


def one_line(text: str | None) -> str:
    return " ".join((text or "").split("\n\n")[0].split()).replace("|", "\\|")


def permission_rows() -> list[str]:
    declared = [p for p in permissions().values() if p.check.__module__.startswith("lienthong.")]
    return [
        f"| `{p.name}` | {one_line(p.doc)} | {', '.join(_marks(p.system, p.private))} |"
        for p in sorted(declared, key=lambda p: p.name)
    ]


def _marks(system: bool, private: bool) -> list[str]:
    return [word for word, is_so in (("the platform too", system), ("refusal is a 404", private)) if is_so]


def event_rows() -> list[str]:
    declared = [kind for kind in KINDS.values() if kind.__module__.startswith("lienthong.")]
    said_here = [kind for kind in declared if "sentence" in vars(kind)]
    return [
        f"| `{kind.kind()}` | {one_line(kind.__doc__)} | {kind.sentence} |"
        for kind in sorted(said_here, key=lambda kind: kind.kind())
    ]


def as_markdown() -> str:
    load()
    parts = [
        ("Permissions", "| name | who or what | |\n|---|---|---|", permission_rows()),
        ("Events", "| kind | meaning | in the log |\n|---|---|---|", event_rows()),
    ]
    return HEAD + "".join(f"\n## {title}\n{head}\n" + "\n".join(rows) + "\n" for title, head, rows in parts)
