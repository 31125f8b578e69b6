"""Intake: a file of any sector -> one canonical Parquet of text, with row numbers and marks.

    content_hash(path) -> str                    SHA-256 of the bytes: the same file twice is known by it
    inspect(path, limits=LIMITS) -> FileKind     what the file really is; raises a subclass of Unsafe or Unreadable
    preview(path, schema=None, *, remembered=None, limits=LIMITS) -> Preview
        columns with suggested fields, what the text looks like before and after, nothing applied
    Preview.plan(accept=None) -> Plan            accept: ids of proposals; None takes none, ALL takes all
    Plan.to_dict() / Plan.from_dict(d)           kept with the source, as JSON
    Plan.with_mapping({column index: field})     what the steward chose instead
    read(path, plan, out_parquet, *, limits=LIMITS) -> Reading
    records(reading, out_parquet, *, source) -> Path     the columns that `linkage` reads (RECORDS)
    marked_workbook(path, reading, findings, out_xlsx) -> Path   the sender's own sheet, cells marked, sheet "Lỗi"
    safe_cell(text) -> str                       a text that no spreadsheet takes for a formula
    write_csv(rows, out) -> Path                 every cell through `safe_cell`

Columns of the Parquet: `row` (number of the line as the sender's program shows it), then for each
field of the schema `f` (text or null), `f__was` (as received, where it differs), `f__mark` (comma
separated, see `MARKS`). A field that the file lacks is there, all null. Dates are ISO as far as they are known
(1958, 1958-03, 1958-03-14); words of a vocabulary are their codes; placeholders are null and marked.
"""

from lienthong.data.fonts.charmaps import CHARMAPS, decode, detect, encode
from lienthong.data.intake.errors import (
    EmptyFile,
    ExtensionLies,
    HasEmbeddedObjects,
    HasEntities,
    HasMacros,
    IsProtected,
    NothingMapped,
    PlanDoesNotFit,
    TooBigUnpacked,
    Unreadable,
    Unsafe,
    UnsupportedKind,
)
from lienthong.data.intake.inspecting import LIMITS, FileKind, Inspected, Limits, content_hash, inspect
from lienthong.data.intake.marked import marked_workbook
from lienthong.data.intake.marks import MARKS
from lienthong.data.intake.plan import ALL, Column, Plan, Preview, Proposal
from lienthong.data.intake.previewing import preview
from lienthong.data.intake.reading import Reading, read, records
from lienthong.data.intake.safe import safe_cell, write_csv

__all__ = [
    "ALL",
    "CHARMAPS",
    "LIMITS",
    "MARKS",
    "Column",
    "EmptyFile",
    "ExtensionLies",
    "FileKind",
    "HasEmbeddedObjects",
    "HasEntities",
    "HasMacros",
    "Inspected",
    "IsProtected",
    "Limits",
    "NothingMapped",
    "Plan",
    "PlanDoesNotFit",
    "Preview",
    "Proposal",
    "Reading",
    "TooBigUnpacked",
    "Unreadable",
    "Unsafe",
    "UnsupportedKind",
    "content_hash",
    "decode",
    "detect",
    "encode",
    "inspect",
    "marked_workbook",
    "preview",
    "read",
    "records",
    "safe_cell",
    "write_csv",
]
