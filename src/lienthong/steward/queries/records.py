"""What a record says, as a list of facts, its numbers masked."""

from typing import Final

from django.utils.translation import gettext as _

from lienthong.cleaning.public import shown
from lienthong.data.sources import schema
from lienthong.identity.public import Actor
from lienthong.population.public import SEX_NAMES, STATUS_NAMES, Purpose, Sex, Status, read_person
from lienthong.registries.public import Record

MASKED: Final = frozenset(
    {"personal_number", "old_number", "phone", "tax_code", "insurance_number", "card_code"}
)
"""Kinds of values of which a page shows the end only."""


def register_values(record: Record, *, by: Actor) -> list[dict[str, str]]:
    """Of a record of the register itself nothing is copied: its person is read now, and sees it."""
    if not schema(record.source.schema).own:
        return []
    basis = _("278/2025/NĐ-CP, điều 15: chất lượng cơ sở dữ liệu dân cư")
    person = read_person(record.personal_number, purpose=Purpose.REVIEW, basis=basis, by=by)
    told = [
        (_("Họ và tên"), person.full_name),
        (_("Ngày sinh"), str(person.birth)),
        (_("Giới tính"), _(SEX_NAMES[Sex(person.sex)])),
        (_("Số định danh"), f"•••• {person.personal_number[-4:]}"),
        (_("Số chứng minh nhân dân cũ"), f"•••• {person.old_number[-4:]}" if person.old_number else ""),
        (_("Họ và tên mẹ"), person.mother_name),
        (_("Họ và tên cha"), person.father_name),
        (_("Nơi thường trú"), person.residence),
        (_("Dân tộc"), person.ethnicity_name),
        (_("Tình trạng"), _(STATUS_NAMES[Status(person.status)])),
        (_("Ngày chết"), str(person.died or "")),
    ]
    return [{"term": term, "detail": detail} for term, detail in told if detail]


TWICE: Final = "people.one_record_a_person"


def twins_of(record: Record) -> list[Record]:
    """Of a record that stands twice in the register: those under its name that do so too."""
    if TWICE not in record.failed:
        return []
    found = Record.objects.filter(batch=record.batch, name=record.name, failed__contains=[TWICE])
    return list(found.exclude(pk=record.pk).select_related("unit").order_by("row")[:5])


def own_values(record: Record) -> list[dict[str, str]]:
    """term and detail for parts/_keys.html, in the order of the schema; what is empty is left out."""
    return [
        {
            "term": _(field.label),
            "detail": f"•••• {record.values[field.name][-4:]}"
            if field.kind.code in MASKED
            else shown(field, record.values[field.name]),
        }
        for field in schema(record.source.schema).fields
        if record.values.get(field.name)
    ]
