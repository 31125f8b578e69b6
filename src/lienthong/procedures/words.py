"""A form's answers as people read them, and the headings they stand under."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, Final

from django.utils.translation import gettext

from lienthong.fields.public import told
from lienthong.kit.errors import Refused, said
from lienthong.kit.money import format_dong
from lienthong.kit.numbers import format_number
from lienthong.kit.partial_dates import PartialDate
from lienthong.procedures.rules import PaperDemand
from lienthong.procedures.schema import FieldHint

SECTIONS: Final[tuple[tuple[str, str], ...]] = (
    ("requester_", said("Người yêu cầu")),
    ("child_", said("Về con")),
    ("relation_to_child", said("Về con")),
    ("mother", said("Người mẹ")),
    ("father", said("Người cha")),
    ("marriage_", said("Đăng ký kết hôn của cha mẹ")),
    ("deceased_", said("Người đã chết")),
    ("relation_to_deceased", said("Người đã chết")),
    ("death_", said("Việc chết")),
    ("owner_", said("Chủ hộ kinh doanh")),
    ("investor_", said("Chủ đầu tư")),
    ("lot_", said("Thửa đất")),
    ("pupil_", said("Học sinh")),
    ("beneficiary_", said("Người hưởng")),
    ("head_", said("Chủ hộ")),
    ("business_", said("Hộ kinh doanh")),
    ("copies_", said("Bản sao")),
)
OTHER_SECTION: Final = said("Nội dung đề nghị")


def section_of(key: str) -> str:
    """Under which heading a form's field stands: by its key, since the record has no headings."""
    return next((title for prefix, title in SECTIONS if key.startswith(prefix)), OTHER_SECTION)


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
        exact = Decimal(str(value))
        return format_number(exact, max(0, -int(exact.normalize().as_tuple().exponent)))
    return text_in_words(hint.widget, str(value))


def text_in_words(widget: str, value: str) -> str:
    if widget in {"date", "date_or_year"}:
        return _date(value)
    if widget == "datetime" and "T" in value:
        day, _, clock = value.partition("T")
        return f"{clock} {_date(day)}"
    return value


def _date(value: str) -> str:
    try:
        known = PartialDate.from_iso(value)
    except Refused:
        return value
    return told(known.template, known.facts)


def reason_in_words(demand: PaperDemand) -> str:
    """Why a paper is asked, or who looks it up and where; the register's name is translated too."""
    facts = {key: told(fact) if key == "register" else fact for key, fact in demand.facts.items()}
    return told(demand.reason, facts)


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
