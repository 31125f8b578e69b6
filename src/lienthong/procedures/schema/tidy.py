"""From what was typed to what is stored. What cannot be read stays as typed, for the check to name."""

import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date, datetime
from typing import Any

from lienthong.kit.errors import Refused
from lienthong.kit.names import nfc, tidy
from lienthong.kit.partial_dates import PartialDate, Precision
from lienthong.kit.words import words_of_date
from lienthong.procedures.content import Content, Field
from lienthong.procedures.schema.lists import columns

YES = {"true", "on", "1", "có", "co", "yes"}
NO = {"false", "off", "0", "không", "khong", "no"}
MOMENT = re.compile(r"(\d{1,2})[:hg.](\d{2})\s*(?:ngày|,)?\s*(\d{1,2}/\d{1,2}/\d{4})")


def tidy_answers(content: Content, typed: Mapping[str, Any]) -> dict[str, Any]:
    """The answers as they are stored: NFC, dates ISO, numbers numbers, nothing empty.

    Fields that the machine writes are written here. Fields never asked for stay, to be refused by name.
    """
    fields = {f.key: f for f in content.form.fields}
    answers = {}
    for key, value in typed.items():
        field = fields.get(key)
        tidied = _plain(value) if field is None else _tidied(field, value)
        if not _is_empty(tidied):
            answers[key] = tidied
    for field in fields.values():
        _write_computed(field, answers)
    return answers


def _is_empty(value: Any) -> bool:
    return value is None or value in ("", [], {})


def _write_computed(field: Field, answers: dict[str, Any]) -> None:
    if field.reading.words_of is None:
        return
    answers.pop(field.key, None)
    source = answers.get(field.reading.words_of)
    if isinstance(source, str):
        with suppress(ValueError):
            answers[field.key] = words_of_date(date.fromisoformat(source))


def _plain(value: Any) -> Any:
    return tidy(value) if isinstance(value, str) else value


def _tidied(field: Field, value: Any) -> Any:
    if field.type in {"list", "files"} or (field.type == "table" and not field.columns):
        return _lines(value)
    if field.type == "table":
        return _rows(value)
    if isinstance(value, Mapping):
        return _parts(field, value)
    return _by_type(field.type, value)


def _lines(value: Any) -> Any:
    rows = value.splitlines() if isinstance(value, str) else value
    return (
        [tidy(row) if isinstance(row, str) else row for row in rows if row]
        if isinstance(rows, list)
        else rows
    )


def _rows(value: Any) -> Any:
    """Empty cells and empty rows are left out."""
    if not isinstance(value, list):
        return value
    rows = []
    for row in value:
        if isinstance(row, Mapping):
            cells = {k: _by_type(columns()[k].type if k in columns() else "text", v) for k, v in row.items()}
            kept: Any = {k: v for k, v in cells.items() if not _is_empty(v)}
        else:
            kept = row
        if not _is_empty(kept):
            rows.append(kept)
    return rows


def _parts(field: Field, value: Mapping[str, Any]) -> dict[str, Any]:
    kinds = {"agreed": "boolean", "name": "text", "personal_id": "personal_id", "from": "date", "to": "date"}
    parts = {k: _by_type(kinds.get(k, "text"), v) for k, v in value.items()}
    kept = {k: v for k, v in parts.items() if not _is_empty(v)}
    return {} if field.type == "consent" and kept == {"agreed": False} and not field.required else kept


def _by_type(kind: str, value: Any) -> Any:
    if not isinstance(value, str):
        return value
    text = nfc(value).strip() if kind in {"long_text", "group", "address"} else tidy(value)
    reader = READERS.get(kind)
    return reader(text) if reader and text else text


def _date(text: str) -> str:
    with suppress(Refused):
        found = PartialDate.parse(text)
        return found.iso() if found.precision is Precision.DAY else text
    return text


def _partial(text: str) -> str:
    with suppress(Refused):
        return PartialDate.parse(text).iso()
    return text


def _moment(text: str) -> str:
    found = MOMENT.fullmatch(text)
    if found:
        with suppress(ValueError):
            moment = datetime.strptime(f"{found[3]} {found[1]}:{found[2]}", "%d/%m/%Y %H:%M")  # noqa: DTZ007 - a wall clock time, stored without zone
            return moment.strftime("%Y-%m-%dT%H:%M")
    return text


def _boolean(text: str) -> bool | str:
    word = text.casefold()
    return True if word in YES else False if word in NO else text


def _integer(text: str) -> int | str:
    bare = re.sub(r"[.\s]", "", text)
    return int(bare) if re.fullmatch(r"-?[0-9]{1,18}", bare) else text


def _number(text: str) -> float | int | str:
    """Vietnamese decimals: 1.234,5; a single point before fewer than three digits is decimal too."""
    bare = text.replace(" ", "")
    bare = (
        bare.replace(".", "").replace(",", ".")
        if "," in bare or re.fullmatch(r"\d{1,3}(\.\d{3})+", bare)
        else bare
    )
    if not re.fullmatch(r"-?[0-9]{1,15}(\.[0-9]{1,6})?", bare):
        return text
    return float(bare) if "." in bare else int(bare)


READERS: dict[str, Callable[[str], Any]] = {
    "date": _date,
    "date_or_year": _partial,
    "datetime": _moment,
    "boolean": _boolean,
    "integer": _integer,
    "money": _integer,
    "number": _number,
    "phone": lambda text: re.sub(r"[\s.\-()]", "", text),
    "personal_id": lambda text: re.sub(r"[\s.\-]", "", text).upper(),
}
