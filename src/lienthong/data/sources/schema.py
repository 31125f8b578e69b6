"""A source's schema, read from its YAML file."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any, Final

import yaml

from lienthong.kit.errors import Refused, said
from lienthong.kit.names import fold

FOLDER: Final = Path(__file__).parent / "schemas"
SCHEMAS: Final = (
    "workers", "merit", "farmers", "elderly", "veterans",
    "health_insurance", "taxpayers", "telecom", "land_users",
)  # fmt: skip
OWN: Final = ("people",)
"""Schemas of the platform's own registers, which nobody sends: measured by the same rules."""
LINKAGE_FIELDS: Final = (
    "record_id", "personal_number", "old_number", "full_name",
    "birth_date", "sex", "commune_code", "mother_name",
)  # fmt: skip
DECEASED: Final = "deceased"
"""The term by which any vocabulary says that the person has died."""
CLEAR: Final = 0.5
"""Share of a schema's own required columns that a header must hold to be taken for it."""


class SchemaUnknown(Refused):
    sentence = said("Không có mẫu dữ liệu {code}. Các mẫu đang dùng: {known}.")
    status = 404


@dataclass(frozen=True, slots=True)
class Kind:
    """What values of a field look like. `width` and `lost` count characters; 0 where they vary."""

    code: str
    label: str
    example: str = ""
    width: int = 0
    lost: tuple[int, ...] = ()
    digits: bool = False


@dataclass(frozen=True)
class Vocabulary:
    """Codes and the spellings that stand for them; the first spelling is the one printed."""

    name: str
    terms: Mapping[str, tuple[str, ...]]

    @property
    def labels(self) -> tuple[str, ...]:
        return tuple(spellings[0] for spellings in self.terms.values())

    def code_of(self, text: str) -> str | None:
        return self.spellings.get(fold(text))

    @cached_property
    def spellings(self) -> dict[str, str]:
        """Folded spelling -> code; the code itself is a spelling too."""
        found = {fold(code): code for code in self.terms}
        for code, spellings in self.terms.items():
            found |= {fold(spelling): code for spelling in spellings}
        return found


@dataclass(frozen=True, slots=True)
class Field:
    name: str
    label: str
    kind: Kind
    required: bool = False
    identifier: bool = False
    """Must be right in every row: its score is green at 100 only."""
    weight: str = "1"
    hint: str = ""
    synonyms: tuple[str, ...] = ()
    vocabulary: Vocabulary | None = None


@dataclass(frozen=True, slots=True)
class Schema:
    code: str
    title: str
    owner: str
    law: str
    certain: bool
    """False where a text that the law refers to was not read; screens say so."""
    sensitive: bool
    fresh_months: int
    fields: tuple[Field, ...]
    checks: tuple[Mapping[str, Any], ...] = ()
    own: bool = False
    """Of the platform's own register: no file of it is sent."""

    def field(self, name: str) -> Field:
        return next(field for field in self.fields if field.name == name)

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(field.name for field in self.fields)

    @property
    def telling_deaths(self) -> tuple[str, ...]:
        """Fields that may say that the person has died."""
        return tuple(one.name for one in self.fields if one.vocabulary and DECEASED in one.vocabulary.terms)

    def says_died(self, values: Mapping[str, Any]) -> bool:
        """Whether a record itself says that its person has died."""
        return any(values.get(name) == DECEASED for name in self.telling_deaths)


def schema(code: str) -> Schema:
    """The schema of that code. Raises SchemaUnknown."""
    if code not in SCHEMAS + OWN:
        raise SchemaUnknown(code=code, known=", ".join(SCHEMAS))
    return _schema(code)


def schemas() -> tuple[Schema, ...]:
    return tuple(_schema(code) for code in SCHEMAS)


def header_key(text: str) -> str:
    """A column heading as it is compared: folded, without stars, numbering and trailing signs."""
    return fold(text.replace("*", " ").replace("\n", " ")).strip(" .:;-()") or ""


def guess(headers: Iterable[str]) -> Schema | None:
    """The one schema whose own required columns these headings hold; None where that is not clear."""
    keys = {header_key(heading) for heading in headers}
    ranked = sorted(((_likeness(one, keys), one.code) for one in schemas()), reverse=True)
    (best, code), (second, _) = ranked[0], ranked[1]
    return schema(code) if best[0] >= CLEAR and best > second else None


def _likeness(one: Schema, keys: set[str]) -> tuple[float, int]:
    """Share of the schema's own required columns that the headings hold, and how many of its own in all."""
    shared = {field["name"] for field in _read("person")["fields"]}
    own = [field for field in one.fields if field.name not in shared]
    held = [field for field in own if keys & set(field.synonyms)]
    required = [field for field in own if field.required]
    return sum(field in held for field in required) / len(required), len(held)


@cache
def _read(name: str) -> dict[str, Any]:
    content = yaml.load((FOLDER / f"{name}.yaml").read_text("utf-8"), Loader=yaml.CSafeLoader)
    return dict(content)


@cache
def _schema(code: str) -> Schema:
    own, shared = _read(code), _read("shared")
    above = [] if own.get("own") else [_read("person")]
    parts = [*above, *([_read(own["include"])] if "include" in own else []), own]
    vocabularies = {k: v for part in (shared, *parts) for k, v in part.get("vocabularies", {}).items()}
    return Schema(
        code=code,
        title=own["title"],
        owner=own["owner"],
        law=own["law"],
        certain=own["certain"],
        sensitive=own.get("sensitive", False),
        fresh_months=own["fresh_months"],
        fields=tuple(_field(row, vocabularies) for part in parts for row in part["fields"]),
        checks=tuple(check for part in parts for check in part.get("checks", ())),
        own=own.get("own", False),
    )


def _field(row: dict[str, Any], vocabularies: dict[str, Any]) -> Field:
    vocabulary = row.get("vocabulary")
    return Field(
        name=row["name"],
        label=row["label"],
        kind=_kind(row["kind"]),
        required=row.get("required", False),
        identifier=row.get("identifier", False),
        weight=str(row.get("weight", 1)),
        hint=row.get("hint", ""),
        synonyms=tuple({header_key(text): None for text in (row["label"], *row["synonyms"], row["name"])}),
        vocabulary=_vocabulary(vocabulary, vocabularies[vocabulary]) if vocabulary else None,
    )


def _vocabulary(name: str, terms: dict[str, list[str]]) -> Vocabulary:
    return Vocabulary(name, {code: tuple(spellings) for code, spellings in terms.items()})


@cache
def _kind(code: str) -> Kind:
    row = _read("shared")["kinds"][code]
    return Kind(code, row["label"], row.get("example", ""), row.get("width", 0),
                tuple(row.get("lost", ())), row.get("digits", False))  # fmt: skip
