"""From a form's fields to JSON Schema (2020-12) and to the hints a page draws it by."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from lienthong.kit.errors import said
from lienthong.procedures.content import Field, Form
from lienthong.procedures.schema.lists import Column, code_lists, columns

Schema = dict[str, Any]

ISO_DATE: Final = r"^\d{4}-\d{2}-\d{2}$"
ISO_PARTIAL: Final = r"^\d{4}(-\d{2}(-\d{2})?)?$"
ISO_MINUTE: Final = r"^\d{4}-\d{2}-\d{2}T([01]\d|2[0-3]):[0-5]\d$"
PERSONAL_NUMBER: Final = r"^\d{12}$"
OTHER_PAPER: Final = r"^[A-Z0-9]{6,20}$"
PHONE: Final = r"^(\+84|0)\d{8,10}$"
EMAIL: Final = r"^[^@\s]+@[^@\s]+\.[^@\s]+$"
SHORT, LONG, ROWS, LINE = 255, 4000, 50, 500
CONDITION: Final = re.compile(r"^(\w+)\s*=\s*(.+)$")


def _text(length: int) -> Schema:
    return {"type": "string", "minLength": 1, "maxLength": length}


def _pattern(pattern: str) -> Schema:
    return {"type": "string", "pattern": pattern}


PLAIN: Final[Mapping[str, Schema]] = {
    "text": _text(SHORT),
    "long_text": _text(LONG),
    "group": _text(LONG),
    "address": _text(LINE),
    "date": _pattern(ISO_DATE),
    "date_or_year": _pattern(ISO_PARTIAL),
    "datetime": _pattern(ISO_MINUTE),
    "date_range": {
        "type": "object",
        "properties": {"from": _pattern(ISO_DATE), "to": _pattern(ISO_DATE)},
        "required": ["from", "to"],
        "additionalProperties": False,
    },
    "boolean": {"type": "boolean"},
    "integer": {"type": "integer", "minimum": 0, "maximum": 1_000_000},
    "number": {"type": "number", "minimum": 0, "maximum": 1_000_000_000},
    "money": {"type": "integer", "minimum": 0, "maximum": 10**15},
    "phone": _pattern(PHONE),
    "email": {"type": "string", "pattern": EMAIL, "maxLength": SHORT},
    "list": {"type": "array", "items": _text(LINE), "minItems": 1, "maxItems": ROWS},
    "file": _text(SHORT),
    "files": {"type": "array", "items": _text(SHORT), "maxItems": ROWS},
}
CONSENT: Final[Schema] = {
    "type": "object",
    "properties": {
        "agreed": {"type": "boolean"},
        "name": _text(SHORT),
        "personal_id": _pattern(PERSONAL_NUMBER),
    },
    "required": ["agreed"],
    "additionalProperties": False,
}


def _personal_id(field: Field) -> Schema:
    return _pattern(OTHER_PAPER if field.reading.other_papers else PERSONAL_NUMBER)


def _choice(field: Field) -> Schema:
    options = options_of(field)
    if options and not field.reading.open_list:
        return {"type": "string", "enum": list(options)}
    return _text(SHORT)


def _table(field: Field) -> Schema:
    if not field.columns:
        return PLAIN["list"]
    row = {key: _cell(columns()[key]) for key in field.columns}
    item = {"type": "object", "properties": row, "minProperties": 1, "additionalProperties": False}
    return {"type": "array", "items": item, "minItems": 1, "maxItems": ROWS}


def _cell(column: Column) -> Schema:
    if column.options:
        return {"type": "string", "enum": list(column.options)}
    return _pattern(PERSONAL_NUMBER) if column.type == "personal_id" else PLAIN[column.type]


MADE: Final[Mapping[str, Callable[[Field], Schema]]] = {
    "personal_id": _personal_id,
    "choice": _choice,
    "table": _table,
    "consent": lambda _: CONSENT,
}


def options_of(field: Field) -> tuple[str, ...]:
    """The words to choose from: the form's own, or a list of ours; empty: anything may be written."""
    if field.options:
        return field.options
    return code_lists()[field.reading.code_list].items if field.reading.code_list else ()


def condition_of(field: Field) -> str | None:
    """When the field is shown, as CEL: our reading, or the source's `name` and `name = word`."""
    if field.reading.shown_if:
        return field.reading.shown_if
    if field.shown_if is None:
        return None
    equal = CONDITION.match(field.shown_if)
    return f'same({equal[1]}, "{equal[2]}")' if equal else field.shown_if


def is_wanted(field: Field) -> bool:
    """Whether an answer must be there: files travel as papers, the machine's own words are the machine's."""
    return field.required and field.type not in {"file", "files"} and field.reading.words_of is None


@lru_cache(maxsize=1024)
def form_schema(form: Form) -> Schema:
    """The JSON Schema of the answers, as they are stored. Conditional fields are never in `required`."""
    properties = {f.key: {"title": f.label, **_property(f)} for f in form.fields}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "properties": properties,
        "required": [f.key for f in form.fields if is_wanted(f) and condition_of(f) is None],
        "additionalProperties": False,
    }


def _property(field: Field) -> Schema:
    made = MADE.get(field.type)
    return made(field) if made else PLAIN[field.type]


@dataclass(frozen=True, slots=True)
class FieldHint:
    """How a page draws one field. `known_to`: the register to fill it from; None: the person says it.

    `shown_if` is CEL over the answers. `computed`: the machine writes it, nobody is asked.
    """

    key: str
    label: str
    widget: str
    required: bool
    known_to: str | None
    hint: str | None = None
    options: tuple[str, ...] = ()
    columns: tuple[Column, ...] = ()
    shown_if: str | None = None
    computed: bool = False
    names_giver: bool = False
    sensitive: bool = False
    autocomplete: str | None = None
    field_set: str | None = None


WIDGETS: Final = {
    "text": "input",
    "long_text": "textarea",
    "group": "textarea",
    "address": "textarea",
    "date": "date",
    "date_or_year": "date_or_year",
    "date_range": "date_range",
    "datetime": "datetime",
    "boolean": "yes_no",
    "integer": "number",
    "number": "number",
    "money": "money",
    "phone": "phone",
    "email": "email",
    "personal_id": "personal_id",
    "consent": "consent",
    "list": "lines",
    "file": "file",
    "files": "files",
}
HINTS: Final = {
    "date": said("Ví dụ: 15/03/2026"),
    "date_or_year": said("Ví dụ: 15/03/1958; chỉ biết năm thì ghi 1958"),
    "datetime": said("Ví dụ: 14:05 ngày 15/03/2026"),
    "date_range": said("Từ ngày, đến ngày; ví dụ 15/03/2026"),
    "money": said("Số đồng, ví dụ 50.000.000"),
    "phone": said("Ví dụ: 0912 345 678"),
    "personal_id": said("12 chữ số trên thẻ căn cước"),
    "list": said("Mỗi dòng một mục"),
}


@lru_cache(maxsize=1024)
def form_hints(form: Form) -> tuple[FieldHint, ...]:
    """One hint for each field, in the form's order."""
    return tuple(_hint(field) for field in form.fields)


def _hint(field: Field) -> FieldHint:
    return FieldHint(
        key=field.key,
        label=field.label,
        widget=_widget(field),
        required=is_wanted(field),
        known_to=field.known_to if field.known_to != "computed" else None,
        hint=field.note or _usual_hint(field),
        options=options_of(field),
        columns=tuple(columns()[key] for key in field.columns),
        shown_if=condition_of(field),
        computed=field.reading.words_of is not None,
        names_giver=field.reading.names_giver,
        sensitive=field.sensitive,
        autocomplete={"phone": "tel", "email": "email"}.get(field.type),
        field_set=field.field_set,
    )


def _widget(field: Field) -> str:
    if field.type == "choice":
        options = options_of(field)
        if not options:
            return "input"
        return "suggest" if field.reading.open_list else "radios" if len(options) <= 6 else "select"
    if field.type == "table":
        return "table" if field.columns else "lines"
    return WIDGETS[field.type]


def _usual_hint(field: Field) -> str | None:
    if field.type == "personal_id" and field.reading.other_papers:
        return said("12 chữ số trên thẻ căn cước, hoặc số hộ chiếu")
    if field.type == "table" and not field.columns:
        return HINTS["list"]
    return HINTS.get(field.type)
