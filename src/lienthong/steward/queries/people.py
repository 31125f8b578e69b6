"""A person of the register as a steward reads it: on a day, with where each value comes from; the life, household, attributes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lienthong.cleaning.public import shown
from lienthong.data.sources import Field, schema
from lienthong.identity.public import Account, Actor
from lienthong.kit.errors import said
from lienthong.kit.identifiers import PersonalNumber
from lienthong.population.public import (
    EVENT_NAMES,
    RELATION_NAMES,
    SEX_NAMES,
    STATUS_NAMES,
    EventKind,
    Given,
    NewPerson,
    Person,
    PersonThen,
    Purpose,
    attributes_of,
    ethnicities,
    household_of,
    life_of,
    person_as_of,
)
from lienthong.registries.public import Source
from lienthong.steward.queries.records import MASKED

FIELDS: Final[Mapping[str, Any]] = {
    "personal_number": gettext_lazy("Số định danh"),
    "full_name": gettext_lazy("Họ và tên"),
    "birth": gettext_lazy("Ngày sinh"),
    "sex": gettext_lazy("Giới tính"),
    "status": gettext_lazy("Tình trạng"),
    "died_on": gettext_lazy("Ngày chết"),
    "residence_unit": gettext_lazy("Nơi thường trú"),
    "residence_since": gettext_lazy("Thường trú từ"),
    "head_number": gettext_lazy("Chủ hộ"),
    "mother_name": gettext_lazy("Họ và tên mẹ"),
    "father_name": gettext_lazy("Họ và tên cha"),
    "spouse_number": gettext_lazy("Vợ hoặc chồng"),
    "old_numbers": gettext_lazy("Số chứng minh nhân dân cũ"),
    "ethnicity": gettext_lazy("Dân tộc"),
    "home_town": gettext_lazy("Quê quán"),
    "card_issued_on": gettext_lazy("Ngày cấp thẻ"),
}
"""In the order of a paper, by the names that population's provenance uses."""
SOURCES: Final[Mapping[str, str]] = {
    "dossier": said("hồ sơ {code}"),
    "register": said("cơ sở dữ liệu {code}"),
    "decision": said("quyết định {code}"),
    "court": said("bản án, quyết định của tòa án {code}"),
    "book": said("sổ {code}"),
    "file": said("tệp {code}"),
    "batch": said("đợt nhập {code}"),
}
QUESTIONS: Final[Mapping[str, str]] = {
    "merge": said("đề nghị gộp số {merge}"),
    "renumbering": said("đề nghị đổi số {merge}"),
}
REGISTER: Final = "register:population"


@dataclass(frozen=True)
class Line:
    """One field on a day: its value, or that nobody knows it for that day; and where it comes from."""

    label: str
    value: str
    unknown: bool
    given: Given | None
    source: str
    who: str

    @property
    def as_entered(self) -> bool:
        """Nothing happened to it since the record was entered."""
        return self.given is not None and self.given.kind in ORIGINS


ORIGINS: Final = (EventKind.ENTRY, EventKind.BIRTH)
NUMBERS: Final = (EventKind.RENUMBERING, EventKind.CONTINUATION)
"""Events between two numbers of one person: each names the other."""


def person_then(number: str, day: date, *, basis: str, by: Actor) -> tuple[PersonThen, list[Line]]:
    """Raises UnknownPerson also for a day before the birth."""
    then = person_as_of(number, day, purpose=Purpose.REVIEW, basis=basis, by=by)
    values = values_of(then)
    givers = {name: then.provenance.get(name) for name in FIELDS}
    names = writers(given.by for given in givers.values() if given)
    sources = source_names(given.source for given in givers.values() if given)
    lines = [
        Line(
            label=str(label),
            value=values[name],
            unknown=name in then.unknown,
            given=givers[name],
            source=sources[given.source] if (given := givers[name]) else "",
            who=names.get(given.by, _("Máy")) if given else "",
        )
        for name, label in FIELDS.items()
        if values[name] or name in then.unknown
    ]
    return then, lines


def values_of(then: PersonThen) -> dict[str, str]:
    one = then.record
    held = masked(then.number)
    places = [one.residence_detail, *([then.residence.name] if then.residence else [])]
    if then.residence and then.residence.parent:
        places.append(then.residence.parent.name)
    return {
        "personal_number": _("{number}, đã hủy").format(number=held) if then.continued_as else held,
        "full_name": one.full_name,
        "birth": str(one.birth),
        "sex": _(SEX_NAMES[one.sex]),
        "status": _(STATUS_NAMES[one.status]),
        "died_on": str(one.died_on or ""),
        "residence_unit": ", ".join(part for part in places if part) if then.residence else "",
        "residence_since": day_words(one.residence_since),
        "head_number": head_words(one),
        "mother_name": one.mother_name,
        "father_name": one.father_name,
        "spouse_number": masked(one.spouse_number),
        "old_numbers": ", ".join(
            f"•••• {old[-4:]}" for old in (one.old_number, *one.other_old_numbers) if old
        ),
        "ethnicity": ethnicities().get(one.ethnicity, ""),
        "home_town": one.home_town,
        "card_issued_on": day_words(one.card_issued_on),
    }


def day_words(day: Any) -> str:
    return f"{day:%d/%m/%Y}" if isinstance(day, date) else str(day or "")


def head_words(one: NewPerson) -> str:
    if not one.head_number:
        return ""
    if one.head_number == one.personal_number:
        return _("chính người này")
    relation = RELATION_NAMES[one.relation_to_head] if one.relation_to_head else ""
    return f"{masked(one.head_number)} ({_(relation).lower()})" if relation else masked(one.head_number)


def masked(number: str) -> str:
    return PersonalNumber(number).masked if number else ""


def writers(references: Iterable[str]) -> dict[str, str]:
    """Names of the accounts among who wrote; the platform itself is not there."""
    ids = {int(one.partition(":")[2]) for one in references if one.startswith("account:")}
    return {one.reference: one.name for one in Account.objects.filter(pk__in=ids)} if ids else {}


def source_names(sources: Iterable[str]) -> dict[str, str]:
    """Each source as people say it: a sector's register by its name."""
    every = set(sources)
    codes = [one.partition(":")[2] for one in every if one.startswith("register:")]
    names = dict(Source.objects.filter(code__in=codes).values_list("code", "name")) if codes else {}
    return {one: source_words(one, names) for one in every}


def source_words(source: str, names: Mapping[str, str]) -> str:
    if source == REGISTER:
        return _("cơ sở dữ liệu dân cư trước đây")
    kind, _colon, code = source.partition(":")
    if kind == "register" and code in names:
        return names[code]
    ours, _slash, merge = code.partition("/")
    if kind == "decision" and ours in QUESTIONS:
        return _(QUESTIONS[ours]).format(merge=merge)
    return _(SOURCES.get(kind, "{code}")).format(code=code)


def life_lines(number: str, *, basis: str, by: Actor) -> list[dict[str, Any]]:
    """The newest first; what was undone is there and says so."""
    lines = life_of(number, purpose=Purpose.REVIEW, basis=basis, by=by)
    names, sources = writers(one.by for one in lines), source_names(one.source for one in lines)
    return [
        {
            "kind": one.kind.value, "name": _(EVENT_NAMES[one.kind]), "day": str(one.day), "recorded_at": one.recorded_at,
            "fields": ""
            if one.kind in {*ORIGINS, EventKind.RENUMBERING}
            else ", ".join(str(FIELDS[name]).lower() for name in FIELDS if name in one.changes),
            "source": sources[one.source], "basis": one.basis, "who": names.get(one.by, _("Máy")),
            "is_undone": one.is_undone, "other": masked(one.other) if one.kind in NUMBERS else "",
        }
        for one in reversed(lines)
    ]  # fmt: skip


def refs_of(*numbers: str) -> dict[str, UUID]:
    """How addresses name these numbers; nothing of their people is read."""
    return dict(Person.objects.filter(pk__in=[one for one in numbers if one]).values_list("pk", "ref"))


def household_lines(number: str, *, basis: str, by: Actor) -> list[Person]:
    return household_of(number, purpose=Purpose.REVIEW, basis=basis, by=by)


def attribute_lines(number: str, *, basis: str, by: Actor) -> list[dict[str, Any]]:
    """What other registers say, in the words of their schemas; identifiers are masked."""
    found = attributes_of(number, purpose=Purpose.REVIEW, basis=basis, by=by)
    known = {one.code: one for one in Source.objects.all()}
    names = source_names(one.source for one in found)
    lines = []
    for one in found:
        source = known.get(one.source.partition(":")[2])
        told = field_of(source, one.name)
        lines.append(
            {
                "label": _(told.label) if told else one.name,
                "value": shown_safely(told, one.value),
                "source": names[one.source],
                "valid_from": one.valid_from,
                "basis": one.basis,
            }
        )
    return lines


def field_of(source: Source | None, name: str) -> Field | None:
    return next((one for one in schema(source.schema).fields if one.name == name), None) if source else None


def shown_safely(told: Field | None, value: str) -> str:
    if told is not None and told.kind.code in MASKED:
        return f"•••• {value[-4:]}"
    return shown(told, value) if told else value
