"""Facts in words, in the reader's language."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext

from lienthong.kit.errors import Refused
from lienthong.kit.money import format_dong
from lienthong.kit.numbers import format_number
from lienthong.kit.partial_dates import PartialDate
from lienthong.procedures.public import FieldHint, TimeLimit, limit_words


def told(template: str, facts: Mapping[str, Any] | None = None) -> str:
    """A marked sentence, translated, with its facts."""
    return gettext(template).format(**(facts or {}))


def sentence_of(refused: Refused) -> str:
    return told(refused.sentence, refused.facts)


def limit_in_words(case: TimeLimit | None) -> str:
    """ "10 ngày làm việc"; what the source leaves out is said."""
    template, facts = limit_words(case)
    return told(template, facts)


def answer_in_words(hint: FieldHint, value: Any) -> str:
    """A stored answer as people read it."""
    if isinstance(value, bool):
        return gettext("Có") if value else gettext("Không")
    if isinstance(value, Mapping):
        return _parts(hint, value)
    if isinstance(value, list):
        return "; ".join(_row(hint, row) if isinstance(row, Mapping) else str(row) for row in value)
    if hint.widget == "money":
        return format_dong(int(value))
    if isinstance(value, int | float):
        return _number(value)
    return text_in_words(hint.widget, str(value))


def text_in_words(widget: str, value: str) -> str:
    if widget in {"date", "date_or_year"}:
        return _date(value)
    if widget == "datetime" and "T" in value:
        day, _, clock = value.partition("T")
        return f"{clock} {_date(day)}"
    return value


def _number(value: float) -> str:
    exact = Decimal(str(value))
    decimals = max(0, -int(exact.normalize().as_tuple().exponent))
    return format_number(exact, decimals)


def _date(value: str) -> str:
    try:
        return str(PartialDate.from_iso(value))
    except Refused:
        return value


def _parts(hint: FieldHint, value: Mapping[str, Any]) -> str:
    if hint.widget == "date_range":
        return " – ".join(_date(str(value.get(end, ""))) for end in ("from", "to"))
    agreed = gettext("Đồng ý") if value.get("agreed") else gettext("Không đồng ý")
    return ", ".join([agreed, *_filled(value.get(part) for part in ("name", "personal_id"))])


def _row(hint: FieldHint, row: Mapping[str, Any]) -> str:
    return ", ".join(
        _filled(text_in_words(column.type, str(row.get(column.key, ""))) for column in hint.columns)
    )


def _filled(parts: Iterable[Any]) -> list[str]:
    return [str(part) for part in parts if part]


__all__ = ["answer_in_words", "limit_in_words", "sentence_of", "text_in_words", "told"]
