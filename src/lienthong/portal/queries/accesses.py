"""Readings of one's data as rows of a page."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from lienthong.population.public import ODDITY_NAMES, AccessLine


@dataclass(frozen=True)
class AccessRow:
    at: datetime
    agency: str
    who: str
    what: str
    purpose: str
    basis: str
    dossier: str
    oddities: tuple[str, ...]
    key: str
    askable: bool
    """An agency of this platform answers for it."""

    @property
    def kind(self) -> str:
        return self.key.partition(":")[0]

    @property
    def number(self) -> int:
        return int(self.key.partition(":")[2])


def access_rows(lines: Iterable[AccessLine], *, organisation: str = "", dossier: str = "") -> list[AccessRow]:
    """Unusual readings first, each group newest first."""
    rows = [
        _row(line)
        for line in lines
        if (not organisation or line.organisation == organisation)
        and (not dossier or line.dossier == dossier)
    ]
    return sorted(rows, key=lambda row: not row.oddities)


def worth_a_look(lines: Iterable[AccessLine], *, most: int = 3) -> list[AccessRow]:
    """Unusual readings, those that an agency answers for first; the like of one day are told once."""
    told = {(row.agency, row.purpose, row.at.date()): row for row in map(_row, lines)}
    return sorted(told.values(), key=lambda row: not row.askable)[:most]


def _row(line: AccessLine) -> AccessRow:
    return AccessRow(
        at=line.at,
        agency=line.organisation_name or _("Hệ thống"),
        who=line.actor_display,
        what=", ".join(_(group) for group in line.groups),
        purpose=_(line.purpose),
        basis=line.basis,
        dossier=line.dossier,
        oddities=tuple(_(ODDITY_NAMES[odd]) for odd in line.oddities),
        key=line.key,
        askable=bool(line.organisation),
    )


def as_table(lines: Iterable[AccessLine]) -> list[list[str]]:
    """For a spreadsheet, with its head."""
    head = [
        _("Lúc"),
        _("Cơ quan"),
        _("Ai xem"),
        _("Xem gì"),
        _("Để làm gì"),
        _("Theo đâu"),
        _("Gắn với"),
        _("Lưu ý"),
    ]
    return [head, *(_cells(_row(line)) for line in lines)]


def _cells(row: AccessRow) -> list[str]:
    at = f"{timezone.localtime(row.at):%H:%M %d/%m/%Y}"
    cells = [at, row.agency, row.who, row.what, row.purpose, row.basis, row.dossier, "; ".join(row.oddities)]
    return [harmless(cell) for cell in cells]


def harmless(cell: str) -> str:
    """A spreadsheet must not take text for a formula."""
    return f"'{cell}" if cell[:1] in {"=", "+", "-", "@"} else cell
