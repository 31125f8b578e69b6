"""Two records side by side: which fields are alike, nearly alike, different, missing, and why."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lienthong.cleaning.rules import differing, one_letter_apart
from lienthong.data.sources import schema
from lienthong.kit.errors import Refused
from lienthong.kit.identifiers import PersonalNumber
from lienthong.kit.names import fold, match_key
from lienthong.kit.partial_dates import PartialDate
from lienthong.population.public import SEX_NAMES, STATUS_NAMES, Person, Sex, Status
from lienthong.registries.public import Record

Pieces = list[tuple[str, bool]]

KIND_WORDS = {
    "done": gettext_lazy("Khớp"),
    "soon": gettext_lazy("Gần khớp"),
    "late": gettext_lazy("Khác"),
    "none": gettext_lazy("Thiếu"),
}
CLASSES = {"soon": "near", "late": "differs"}


@dataclass(frozen=True)
class Row:
    """One field of both: pieces of text with whether they differ, the verdict's shape, and a word on why."""

    label: str
    ours: Pieces
    theirs: Pieces
    kind: str
    note: str = ""

    @property
    def word(self) -> str:
        return str(KIND_WORDS[self.kind])

    @property
    def shade(self) -> str:
        return CLASSES.get(self.kind, "")


def summary(rows: Iterable[Row]) -> str:
    """ "9 mục: 5 khớp, 2 gần khớp, 1 khác, 1 thiếu"."""
    every = list(rows)
    counts = {kind: sum(row.kind == kind for row in every) for kind in KIND_WORDS}
    parts = [f"{count} {str(KIND_WORDS[kind]).lower()}" for kind, count in counts.items() if count]
    return _("{count} mục: {parts}").format(count=len(every), parts=", ".join(parts))


def compare_people(record: Record, person: Person) -> list[Row]:
    """A sector's record beside the register's, in the order of a paper; what neither knows is left out."""
    values = record.values
    rows = [
        names(_("Họ và tên"), values.get("full_name"), person.full_name),
        births(values.get("birth_date"), person.birth),
        words(_("Giới tính"), sex_word(values.get("sex")), _(SEX_NAMES[Sex(person.sex)])),
        numbers(_("Số định danh"), values.get("personal_number"), person.personal_number),
        numbers(_("Số chứng minh nhân dân cũ"), values.get("old_number"), person.old_number),
        names(_("Họ và tên mẹ"), values.get("mother_name"), person.mother_name),
        places(record, person),
        statuses(record, person),
    ]
    return [row for row in rows if row.ours or row.theirs]


def compare_records(record: Record, other: Record) -> list[Row]:
    """Two records of one source, field by field of its schema; empty in both is left out."""
    rows = []
    for field in schema(record.source.schema).fields:
        ours, theirs = record.values.get(field.name), other.values.get(field.name)
        if not ours and not theirs:
            continue
        label = _(field.label)
        if field.kind.code in {"personal_number", "old_number"}:
            rows.append(numbers(label, ours, theirs))
        elif field.kind.code == "name":
            rows.append(names(label, ours, theirs))
        else:
            rows.append(words(label, shown(field, ours), shown(field, theirs)))
    return rows


def shown(field: Any, value: str | None) -> str:
    """A value as people write it: words of a vocabulary by their first spelling, dates day first."""
    if not value:
        return ""
    if field.vocabulary and value in field.vocabulary.terms:
        return str(field.vocabulary.terms[value][0])
    if field.kind.code == "date":
        return date_words(value)
    return value


def date_words(iso: str) -> str:
    try:
        return str(PartialDate.from_iso(iso))
    except Refused:
        return iso


def sex_word(code: str | None) -> str:
    return _(SEX_NAMES[Sex(code)]) if code in set(Sex) else (code or "")


def statuses(record: Record, person: Person) -> Row:
    """A record that does not speak of a death takes it for granted that its person lives."""
    died = schema(record.source.schema).says_died(record.values)
    said_there = STATUS_NAMES[Status.DEAD if died else Status.ALIVE]
    row = words(_("Tình trạng"), _(said_there), _(STATUS_NAMES[Status(person.status)]))
    return replace(row, note=_("mất {day}").format(day=person.died)) if person.died else row


def missing(label: str, ours: str, theirs: str, note: str = "") -> Row:
    return Row(label, [(ours, False)] if ours else [], [(theirs, False)] if theirs else [], "none", note)


def words(label: str, ours: str | None, theirs: str | None) -> Row:
    if not ours or not theirs:
        return missing(label, ours or "", theirs or "")
    if fold(ours) == fold(theirs):
        return Row(label, [(ours, False)], [(theirs, False)], "done")
    left, right = differing(ours, theirs)
    return Row(label, left, right, "late")


def names(label: str, ours: str | None, theirs: str | None) -> Row:
    if not ours or not theirs:
        return missing(label, ours or "", theirs or "")
    if match_key(ours) == match_key(theirs):
        note = "" if ours == theirs else _("cách viết, cách bỏ dấu")
        return Row(label, [(ours, False)], [(theirs, False)], "done", note)
    left, right = differing(ours, theirs)
    if fold(ours) == fold(theirs):
        return Row(label, left, right, "soon", _("chỉ khác dấu"))
    if one_letter_apart(fold(ours), fold(theirs)):
        return Row(label, left, right, "soon", _("khác một chữ cái"))
    return Row(label, left, right, "late")


def births(ours: str | None, theirs: PartialDate) -> Row:
    label = _("Ngày sinh")
    if not ours:
        return missing(label, "", str(theirs))
    try:
        born = PartialDate.from_iso(ours)
    except Refused:
        return Row(label, [(ours, True)], [(str(theirs), True)], "late", _("không đọc được ngày"))
    if born == theirs:
        return Row(label, [(str(born), False)], [(str(theirs), False)], "done")
    left, right = [(str(born), True)], [(str(theirs), True)]
    if born.may_be(theirs):
        return Row(label, left, right, "soon", _("một bên chỉ biết năm hoặc tháng"))
    if (born.year, born.month, born.day) == (theirs.year, theirs.day, theirs.month):
        return Row(label, left, right, "soon", _("ngày và tháng đổi chỗ"))
    note = _("cùng năm") if born.year == theirs.year else ""
    return Row(label, left, right, "late", note)


def masked(digits: str) -> str:
    try:
        return PersonalNumber.parse(digits).masked
    except Refused:
        return f"•••• {digits[-4:]}" if len(digits) > 4 else digits


def numbers(label: str, ours: str | None, theirs: str | None) -> Row:
    """Identifiers stay masked; how far they are apart is said in words."""
    if not ours or not theirs:
        return missing(label, masked(ours) if ours else "", masked(theirs) if theirs else "")
    if ours == theirs:
        return Row(label, [(masked(ours), False)], [(masked(theirs), False)], "done")
    left, right = [(masked(ours), True)], [(masked(theirs), True)]
    if len(ours) != len(theirs):
        return Row(label, left, right, "late", _("khác số chữ số"))
    apart = [i for i, (a, b) in enumerate(zip(ours, theirs, strict=True)) if a != b]
    if len(apart) == 1:
        return Row(label, left, right, "soon", _("lệch một chữ số"))
    swapped = len(apart) == 2 and apart[1] == apart[0] + 1
    if swapped and (ours[apart[0]], ours[apart[1]]) == (theirs[apart[1]], theirs[apart[0]]):
        return Row(label, left, right, "soon", _("hai chữ số đổi chỗ"))
    return Row(label, left, right, "late", _("lệch {count} chữ số").format(count=len(apart)))


def places(record: Record, person: Person) -> Row:
    label = _("Nơi ở")
    ours = record.unit.name if record.unit else record.values.get("address") or ""
    theirs = person.residence_unit.name if person.residence_unit else ""
    if record.unit and person.residence_unit and record.unit_id == person.residence_unit_id:
        return Row(label, [(ours, False)], [(theirs, False)], "done")
    if not ours or not theirs:
        return missing(label, ours, theirs)
    left, right = differing(ours, theirs)
    same_province = (
        record.unit and person.residence_unit and record.unit.parent_id == person.residence_unit.parent_id
    )
    return Row(label, left, right, "soon", _("cùng tỉnh") if same_province else _("có thể đã chuyển nơi ở"))
