"""Rules read from data: the general ones for each field of a schema, and the schema's own."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any, Final, Self

import yaml

from lienthong.data.intake.sql import ident
from lienthong.data.sources import Field, Schema
from lienthong.kit.errors import said


class Criterion(StrEnum):
    """Đúng, đủ, sạch, sống, thống nhất (NĐ 278/2025/NĐ-CP art. 15)."""

    CORRECT = "correct"
    COMPLETE = "complete"
    CLEAN = "clean"
    LIVE = "live"
    CONSISTENT = "consistent"

    @property
    def label(self) -> str:
        return _CRITERIA[self]


_CRITERIA: Final = {
    Criterion.CORRECT: said("Đúng"),
    Criterion.COMPLETE: said("Đủ"),
    Criterion.CLEAN: said("Sạch"),
    Criterion.LIVE: said("Sống"),
    Criterion.CONSISTENT: said("Thống nhất"),
}


class Sentence(str):
    """A rule's sentence with its field's name in it; other languages have the `pattern` and the `label` by themselves."""

    __slots__ = ("label", "pattern")
    pattern: str
    label: str

    @classmethod
    def of(cls, pattern: str, label: str) -> Self:
        filled = cls(pattern.replace("{label}", label))
        filled.pattern, filled.label = pattern, label
        return filled


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule about one field. `applies` and `satisfied` are SQL conditions; null counts as no.

    `unique` instead of them: the columns whose values together may stand in one row only.
    """

    code: str
    fields: tuple[str, ...]
    criterion: Criterion
    weight: Fraction
    law: str
    sentence: Sentence
    applies: str = ""
    satisfied: str = ""
    unique: tuple[str, ...] = ()
    needs: frozenset[str] = frozenset()

    @property
    def field(self) -> str:
        """The field that the rule counts for."""
        return self.fields[0]


def rules_for(schema: Schema) -> tuple[Rule, ...]:
    """All rules of a schema, in the order of its fields."""
    general = [
        _general(row, field, schema)
        for field in schema.fields
        for row in _rows()
        if _is_for(row, field, schema)
    ]
    own = [
        _rule(row, row["code"], row["fields"], schema, schema.field(row["fields"][0]))
        for row in schema.checks
    ]
    order = {name: place for place, name in enumerate(schema.names)}
    return tuple(sorted((*general, *own), key=lambda rule: order[rule.field]))


@cache
def _rows() -> tuple[Mapping[str, Any], ...]:
    return tuple(
        yaml.load(Path(__file__).with_name("general.yaml").read_text("utf-8"), Loader=yaml.CSafeLoader)
    )


def _is_for(row: Mapping[str, Any], field: Field, schema: Schema) -> bool:
    if schema.code in row.get("not_for", ()):
        return False
    what, _, which = row["for"].partition(":")
    answers: dict[str, bool] = {
        "any": True,
        "required": field.required,
        "identifier": field.identifier,
        "kind": field.kind.code == which,
        "field": field.name == which,
    }
    return answers[what]


def _general(row: Mapping[str, Any], field: Field, schema: Schema) -> Rule:
    return _rule(row, f"{row['code']}:{field.name}", row.get("fields", [field.name]), schema, field)


def _rule(row: Mapping[str, Any], code: str, fields: list[str], schema: Schema, field: Field) -> Rule:
    names = {name: ident(name) for name in schema.names}
    places = {
        **names,
        "field": ident(field.name),
        "was": ident(f"{field.name}__was"),
        "mark": ident(f"{field.name}__mark"),
    }
    return Rule(
        code=code,
        fields=tuple(fields),
        criterion=Criterion(row["criterion"]),
        weight=Fraction(str(row["weight"])),
        law=row["law"],
        sentence=Sentence.of(row["sentence"], field.label),
        applies=_filled(row.get("applies", ""), places),
        satisfied=_filled(row.get("satisfied", ""), places),
        unique=tuple(name.replace("{name}", field.name) for name in row.get("unique", ())),
        needs=frozenset(row.get("needs", ())),
    )


_PLACE: Final = re.compile(r"\{([a-z_]+)\}")


def _filled(sql: str, places: Mapping[str, str]) -> str:
    """{name} becomes a column; {12} stays the quantifier of a pattern."""
    return _PLACE.sub(lambda match: places[match[1]], sql)
