"""What all parts of a procedure's content share: frozen, closed to unknown fields, sure to a degree."""

from typing import Literal

import msgspec

Level = Literal["seen", "second_hand", "memory"]
Degree = Literal["high", "medium", "low"]
Unit = Literal["hour", "day", "working_day", "same_day", "month", "other"]
"""`other` is what portal records print when they print no unit at all."""


class Part(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """A piece of content. A field left None was not stated by the source, and stays so."""


class Certainty(Part, frozen=True, kw_only=True):
    """How well a fact is known: `seen` in the record or the law, `second_hand`, or from `memory`."""

    level: Level
    degree: Degree | None = None
    note: str | None = None


class Sentences(Part, frozen=True, kw_only=True):
    """A list of sentences of the source, under one certainty."""

    items: tuple[str, ...]
    note: str | None = None
    certainty: Certainty


class Remark(Part, frozen=True, kw_only=True):
    note: str
    certainty: Certainty


class Rule(Part, frozen=True, kw_only=True):
    """One rule in the source's words, with its basis."""

    rule: str
    basis: str | None = None
    certainty: Certainty


class Duration(Part, frozen=True, kw_only=True):
    """An amount of time as the source prints it; not yet a limit that can be counted."""

    value: int | float | None = None
    unit: Unit | None = None
    rule: str | None = None
    note: str | None = None
