"""The first step: look at a file and say what is in it. Nothing is changed and nothing is kept."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Final

from lienthong.data.intake.errors import EmptyFile
from lienthong.data.intake.headers import Heading, Match, find_heading, known_headings, suggest
from lienthong.data.intake.inspecting import LIMITS, FileKind, Limits, content_hash
from lienthong.data.intake.opening import Opened, open_file
from lienthong.data.intake.plan import Column, Plan, Preview
from lienthong.data.intake.proposing import propose
from lienthong.data.intake.rows import WIDEST, Row, fit
from lienthong.data.sources import Schema, guess
from lienthong.data.sources import schema as schema_of
from lienthong.kit.errors import said

LOOKED_AT: Final = 5000
"""Rows that a preview looks at."""
SHOWN: Final = 8
SAMPLES: Final = 5


def preview(
    path: Path,
    schema: str | None = None,
    *,
    name: str | None = None,
    sheet: str | None = None,
    remembered: Mapping[str, str] | None = None,
    limits: Limits = LIMITS,
) -> Preview:
    """What the file holds and how it could be read.

    `schema` is guessed from the heading where it is not given; `remembered` is heading (`header_key`) -> field
    from an earlier plan of the same source. Raises what `inspect` raises, EmptyFile.
    """
    opened = open_file(path, name, limits)
    sheet = sheet or _best_sheet(opened)
    rows = list(islice(opened.rows(sheet), LOOKED_AT))
    if not any(any(row.cells) for row in rows):
        raise EmptyFile(name=opened.name)
    heading = _heading(opened, rows)
    chosen = schema_of(schema) if schema else guess(heading.names)
    matches = suggest(heading.names, chosen, remembered) if chosen else {}
    data = [row for row in rows if row.number >= heading.first and row.broken is None]
    plan = _plan(opened, sheet, heading, chosen, matches)
    return Preview(
        name=opened.name,
        kind=opened.kind,
        schema=chosen.code if chosen else None,
        content_hash=content_hash(path),
        size=opened.inspected.size,
        seen=len(data),
        columns=_columns(heading, data, matches),
        proposals=propose(plan, chosen, data, opened) if chosen else (),
        notices=_notices(opened, sheet, rows),
        rows=tuple(tuple(cell or "" for cell in fit(row.cells, len(heading.texts))) for row in data[:SHOWN]),
        base=plan,
        sheets=opened.sheet_names,
        missing=tuple(n for n in chosen.names if n not in plan.mapping.values()) if chosen else (),
    )


def _best_sheet(opened: Opened) -> str:
    """The visible sheet whose heading knows most fields; the first one among equals."""
    best, most = "", -1
    for name in opened.sheet_names[:20]:
        rows = list(islice(opened.rows(name), 60))
        heading = find_heading(rows, _width(rows)) if rows else None
        known = known_headings(heading.names) if heading else 0
        filled = sum(bool(text) for text in heading.texts) if heading else 0
        score = known * 1000 + min(filled, 100) + min(len(rows), 60)
        if score > most:
            best, most = name, score
    return best


def _width(rows: Sequence[Row]) -> int:
    return min(max((len(row.cells) for row in rows[:200]), default=0), WIDEST)


def _heading(opened: Opened, rows: list[Row]) -> Heading:
    if opened.kind in (FileKind.PARQUET, FileKind.JSONL):
        return Heading(0, 1, opened.names, opened.names)
    found = find_heading(rows, _width(rows))
    width = _named_width(found, rows)
    return replace(found, texts=found.texts[:width], names=found.names[:width])


def _named_width(heading: Heading, rows: Sequence[Row]) -> int:
    """Columns but for those at the end that have no heading and are mostly empty: cells too many of few rows."""
    width = len(heading.texts)
    data = [row for row in rows if row.number >= heading.first]
    while width > 1 and not heading.texts[width - 1]:
        filled = sum(1 for row in data if len(row.cells) >= width and row.cells[width - 1])
        if filled * 2 > len(data):
            break
        width -= 1
    return width


def _plan(
    opened: Opened, sheet: str, heading: Heading, chosen: Schema | None, matches: Mapping[int, Match]
) -> Plan:
    dialect = opened.dialect
    return Plan(
        kind=opened.kind,
        schema=chosen.code if chosen else "",
        headers=heading.texts,
        mapping={index: match.field for index, match in sorted(matches.items())},
        header_row=heading.row,
        first_row=heading.first,
        sheet=sheet,
        encoding=dialect.encoding if dialect else "",
        delimiter=dialect.delimiter if dialect else "",
    )


def _columns(heading: Heading, data: Sequence[Row], matches: Mapping[int, Match]) -> tuple[Column, ...]:
    columns = []
    for index, header in enumerate(heading.names):
        cells = (row.cells[index] for row in data if index < len(row.cells))
        samples = tuple(islice((cell for cell in cells if cell and cell.strip()), SAMPLES))
        match = matches.get(index)
        columns.append(
            Column(index, header, samples, match.field, match.confidence, match.remembered)
            if match
            else Column(index, header, samples)
        )
    return tuple(columns)


def _notices(opened: Opened, sheet: str, rows: Sequence[Row]) -> tuple[str, ...]:
    notices = list(opened.inspected.notices)
    if opened.book and opened.book.hidden:
        notices.append(
            said("Sổ tính có trang ẩn, không được đọc: {sheets}.").format(
                sheets=", ".join(opened.book.hidden)
            )
        )
    if opened.book and len(opened.sheet_names) > 1:
        notices.append(said("Sổ tính có nhiều trang; đang xem trang {sheet}.").format(sheet=sheet))
    if opened.dialect and opened.dialect.encoding == "latin-1":
        notices.append(said("Tệp không ở bảng mã UTF-8. Hãy xem đề nghị về bảng mã của từng cột."))
    broken = sum(row.broken is not None for row in rows)
    if broken:
        notices.append(said("Có {count} dòng không đọc được trong phần xem trước.").format(count=broken))
    if any("quote" in row.marks for row in rows):
        notices.append(said("Có dòng mở dấu nháy kép mà không đóng."))
    return tuple(notices)
