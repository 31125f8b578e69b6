"""What a document is made of: paragraphs, and rows of tables under their headings."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table; `headings` are the cells of its first row."""

    headings: tuple[str, ...]
    cells: tuple[str, ...]


Block = str | Row
