"""Dates known only to the month or the year, as many older people's births are."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from lienthong.kit.errors import Refused, said


class DateNotUnderstood(Refused):
    sentence = said("Ghi ngày dạng 14/03/1958; chỉ biết tháng thì ghi 03/1958; chỉ biết năm thì ghi 1958.")


class DateDoesNotExist(Refused):
    sentence = said("Trên lịch không có ngày {typed}. Hãy xem lại ngày và tháng.")


class Precision(StrEnum):
    DAY = "day"
    MONTH = "month"
    YEAR = "year"


TEMPLATES: Final = {
    Precision.DAY: "{figures}",
    Precision.MONTH: said("{figures} (chỉ biết tháng và năm)"),
    Precision.YEAR: said("{figures} (chỉ biết năm)"),
}
_TYPED = re.compile(r"(?:(?:(\d{1,2})[/.-])?(\d{1,2})[/.-])?(\d{4})")
_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date as far as it is known. A part that is not known is None and is never filled in."""

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        if self.month is None and self.day is not None:
            raise DateNotUnderstood
        try:
            date(self.year, 1 if self.month is None else self.month, 1 if self.day is None else self.day)
        except ValueError:
            raise DateDoesNotExist(typed=self._figures()) from None

    @classmethod
    def parse(cls, typed: str) -> "PartialDate":
        """From dd/mm/yyyy, mm/yyyy or yyyy. Raises DateNotUnderstood, DateDoesNotExist."""
        match = _TYPED.fullmatch(typed.strip())
        if match is None:
            raise DateNotUnderstood
        day, month, year = match.groups()
        return cls(int(year), int(month) if month else None, int(day) if day else None)

    @classmethod
    def from_iso(cls, text: str) -> "PartialDate":
        """From the stored form: 1958, 1958-03 or 1958-03-14."""
        match = _ISO.fullmatch(text)
        if match is None:
            raise DateNotUnderstood
        year, month, day = match.groups()
        return cls(int(year), int(month) if month else None, int(day) if day else None)

    @classmethod
    def of(cls, day: date) -> "PartialDate":
        return cls(day.year, day.month, day.day)

    @property
    def precision(self) -> Precision:
        if self.day is not None:
            return Precision.DAY
        return Precision.YEAR if self.month is None else Precision.MONTH

    @property
    def earliest(self) -> date:
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def latest(self) -> date:
        month = self.month or 12
        return date(self.year, month, self.day or monthrange(self.year, month)[1])

    def may_be(self, other: "PartialDate") -> bool:
        """Whether both could be the same day, as far as each is known."""
        return self.earliest <= other.latest and other.earliest <= self.latest

    def iso(self) -> str:
        """1958, 1958-03 or 1958-03-14: sorts and round-trips with `from_iso`."""
        parts = [f"{self.year:04d}"]
        parts += [f"{part:02d}" for part in (self.month, self.day) if part is not None]
        return "-".join(parts)

    def _figures(self) -> str:
        parts = [f"{part:02d}" for part in (self.day, self.month) if part is not None]
        return "/".join([*parts, f"{self.year:04d}"])

    @property
    def template(self) -> str:
        """A sentence for a translator, with `facts`."""
        return TEMPLATES[self.precision]

    @property
    def facts(self) -> dict[str, str]:
        return {"figures": self._figures()}

    def __str__(self) -> str:
        return self.template.format(**self.facts)
