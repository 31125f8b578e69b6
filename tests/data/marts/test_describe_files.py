"""docs/indicator-files.md names every column, its type, and what needs it. `UPDATE_DOCS=1` writes it."""

import os
from pathlib import Path

from lienthong.data.marts.columns import KINDS, TABLES, Table
from lienthong.data.marts.counters import COUNTERS, SERVICE_COUNTERS
from lienthong.indicators.formulas.definitions import Version, load

PAGE = Path(__file__).parents[3] / "docs" / "indicator-files.md"
BEGIN, END = "<!-- tables: made from the code -->\n", "<!-- end of tables -->\n"


def needed_by(table: str, column: str, version: Version) -> str:
    """The components that are not computable without a column; in brackets those that it makes finer."""
    hard, soft = [], []
    for component in version.components:
        wanted = {name for counter in version.counters_of(component) for name in _plain(counter)}
        counters = [COUNTERS[name] for name in wanted if COUNTERS[name].table == table]
        if any(column in counter.needs for counter in counters) or (
            column == "procedure"
            and any(name in SERVICE_COUNTERS for name in version.counters_of(component))
            and counters
        ):
            hard.append(component.code)
        elif any(column in counter.refines for counter in counters):
            soft.append(f"({component.code})")
    return ", ".join(hard + soft)


def _plain(counter: str) -> tuple[str, ...]:
    return SERVICE_COUNTERS[counter].needs if counter in SERVICE_COUNTERS else (counter,)


def described(table: Table, version: Version) -> str:
    lines = [
        f"## {table.name}",
        "",
        table.doc,
        "",
        "| column | type | meaning | also read as | needed by |",
        "|---|---|---|---|---|",
    ]
    for column in table.columns:
        kind = KINDS[column.kind].replace("timestamp(6)", "timestamp")
        by = "**always**" if column.needed else needed_by(table.name, column.name, version)
        wire = f"`{column.wire}`" if column.wire else ""
        lines.append(f"| `{column.name}` | {kind} | {column.doc} | {wire} | {by} |")
    return "\n".join(lines) + "\n"


def test_the_page_names_every_column() -> None:
    version = load([*COUNTERS, *SERVICE_COUNTERS]).versions[0]
    made = BEGIN + "\n" + "\n".join(described(table, version) for table in TABLES.values()) + "\n" + END
    before, rest = PAGE.read_text("utf-8").split(BEGIN)
    after = rest.split(END)[1]
    if os.environ.get("UPDATE_DOCS"):
        PAGE.write_text(before + made + after, "utf-8")
    assert PAGE.read_text("utf-8") == before + made + after
