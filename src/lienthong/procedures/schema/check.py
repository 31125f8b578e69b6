"""Checking answers: what is wrong, in sentences that say what to type."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

import jsonschema_rs

from lienthong.kit.errors import Refused, said
from lienthong.kit.identifiers import PersonalNumber, Sex
from lienthong.kit.names import is_persons
from lienthong.kit.partial_dates import PartialDate
from lienthong.kit.words import format_date
from lienthong.procedures.conditions import holds
from lienthong.procedures.content import Content, Field, Form
from lienthong.procedures.schema.build import condition_of, form_schema, is_wanted, options_of

EARLIEST_YEAR = 1900
NAME = re.compile("Họ(, chữ đệm)?( và|,)? tên")
SEXES = {"Nam": Sex.MALE, "Nữ": Sex.FEMALE}


@dataclass(frozen=True, slots=True)
class AnswerProblem:
    """What to correct in one field. `template` with `facts` is for a translator, `sentence` is Vietnamese."""

    field: str
    template: str
    facts: Mapping[str, Any]

    @property
    def sentence(self) -> str:
        return self.template.format(**self.facts)


def check_answers(content: Content, answers: Mapping[str, Any], *, on: date) -> list[AnswerProblem]:
    """All that must be corrected before the form can be filed on a day, in the form's order.

    `answers` are tidy (see `tidy_answers`) and hold what registers know beside what was typed. At most
    one problem a field; fields never asked for come last, each refused by name.
    """
    form = content.form
    fields = {f.key: f for f in form.fields}
    hidden = {f.key for f in form.fields if not is_shown(f, answers)}
    found: dict[str, AnswerProblem] = {}
    for problem in (
        *_hidden_problems(fields, hidden, answers),
        *_schema_problems(form, answers),
        *_missing_problems(fields, hidden, answers),
        *_name_problems(fields, answers),
        *_date_problems(fields, answers, on),
        *_consent_problems(fields, answers),
        *_number_problems(fields, answers),
    ):
        found.setdefault(problem.field, problem)
    order = {key: n for n, key in enumerate(fields)}
    return sorted(found.values(), key=lambda p: order.get(p.field, len(order)))


def is_shown(field: Field, answers: Mapping[str, Any]) -> bool:
    """Whether the field is asked, given the other answers; while these are missing it is not."""
    condition = condition_of(field)
    return condition is None or holds(condition, answers) is True


@lru_cache(maxsize=1024)
def _validator(form: Form) -> jsonschema_rs.Draft202012Validator:
    return jsonschema_rs.Draft202012Validator(form_schema(form))


def _schema_problems(form: Form, answers: Mapping[str, Any]) -> Iterator[AnswerProblem]:
    fields = {f.key: f for f in form.fields}
    for error in _validator(form).iter_errors(dict(answers)):
        kind = type(error.kind).__name__.rpartition("_")[2]
        path = list(error.instance_path)
        if not path and kind == "AdditionalProperties":
            for name in sorted(error.kind.as_dict()["unexpected"]):
                yield AnswerProblem(
                    name, said("Biểu mẫu không hỏi mục “{name}”. Hãy bỏ mục này."), {"name": name}
                )
        elif not path and kind == "Required":
            yield missing(fields[error.kind.as_dict()["property"]])
        elif path:
            yield _malformed(fields[str(path[0])], kind, path, error.kind.as_dict())


def missing(field: Field) -> AnswerProblem:
    """Nothing was said where something must be."""
    written = field.type == "choice" and (field.reading.open_list or not options_of(field))
    template = said("Nhập {label}") if written else MISSING.get(field.type, said("Nhập {label}"))
    return AnswerProblem(field.key, template, {"label": _inside(field.label)})


MISSING = {
    "choice": said("Chọn {label}"),
    "boolean": said("Chọn có hoặc không: {label}"),
    "consent": said("Đánh dấu để đồng ý: {label}"),
    "table": said("Nhập ít nhất một dòng: {label}"),
    "list": said("Nhập ít nhất một mục: {label}"),
}


def _inside(label: str) -> str:
    """The label as in the middle of a sentence; abbreviations keep their capitals."""
    return label if label[:2].isupper() else label[:1].lower() + label[1:]


def _malformed(field: Field, kind: str, path: list[Any], facts: Mapping[str, Any]) -> AnswerProblem:
    if kind == "MinLength":
        return missing(field)
    if field.type == "choice" and kind != "MaxLength":
        return _not_an_option(field)
    label: dict[str, Any] = {"label": field.label}
    if kind in LIMITED:
        return AnswerProblem(field.key, LIMITED[kind], {**label, "limit": facts["limit"]})
    if kind in {"Minimum", "Maximum"}:
        template = said("{label}: nhập một số từ 0 đến {most}.")
        return AnswerProblem(field.key, template, {**label, "most": BOUNDS[field.type]})
    if len(path) > 1 and field.type in {"table", "list"}:
        return AnswerProblem(
            field.key, said("{label}: xem lại dòng {row}."), {**label, "row": int(path[1]) + 1}
        )
    other_papers = field.type == "personal_id" and field.reading.other_papers
    return AnswerProblem(
        field.key, OTHER_PAPERS if other_papers else SHAPES.get(field.type, UNREADABLE), label
    )


LIMITED = {
    "MaxLength": said("{label}: viết gọn lại, nhiều nhất {limit} ký tự."),
    "MaxItems": said("{label}: nhiều nhất {limit} dòng."),
}
BOUNDS = {"integer": "1.000.000", "number": "1.000.000.000", "money": "1.000.000.000.000.000"}
UNREADABLE = said("{label}: nhập lại, chưa đọc được nội dung này.")


def _not_an_option(field: Field) -> AnswerProblem:
    options = options_of(field)
    if len(options) > 8:
        return AnswerProblem(field.key, said("{label}: chọn trong danh sách."), {"label": field.label})
    template = said("{label}: chọn một trong các mục {options}.")
    return AnswerProblem(field.key, template, {"label": field.label, "options": ", ".join(options)})


OTHER_PAPERS = said("{label}: nhập 12 chữ số trên thẻ căn cước, hoặc số hộ chiếu, ví dụ C1234567.")
SHAPES = {
    "date": said("{label}: ghi đủ ngày, tháng, năm có trên lịch, ví dụ 15/03/2026."),
    "date_or_year": said("{label}: ghi ngày dạng 15/03/1958; chỉ biết năm thì ghi 1958."),
    "datetime": said("{label}: ghi giờ từ 00:00 đến 23:59 và ngày, ví dụ 14:05 15/03/2026."),
    "date_range": said("{label}: ghi đủ từ ngày và đến ngày, ví dụ 15/03/2026."),
    "personal_id": said("{label}: nhập đúng 12 chữ số, ví dụ 099204012345."),
    "phone": said("{label}: nhập số điện thoại bắt đầu bằng 0 hoặc +84, ví dụ 0912 345 678."),
    "email": said("{label}: nhập địa chỉ có dạng ten@example.vn."),
    "integer": said("{label}: nhập một số nguyên, ví dụ 2."),
    "number": said("{label}: nhập một số, ví dụ 85,5."),
    "money": said("{label}: nhập số đồng, ví dụ 50.000.000."),
    "boolean": said("{label}: chọn có hoặc không."),
    "consent": said("{label}: đánh dấu đồng ý; nếu ghi số định danh thì đủ 12 chữ số."),
}


def _hidden_problems(
    fields: Mapping[str, Field], hidden: set[str], answers: Mapping[str, Any]
) -> Iterator[AnswerProblem]:
    for key in sorted(hidden & set(answers)):
        template = said("Bỏ trống mục “{label}”: trường hợp đã khai không hỏi mục này.")
        yield AnswerProblem(key, template, {"label": fields[key].label})


def _missing_problems(
    fields: Mapping[str, Field], hidden: set[str], answers: Mapping[str, Any]
) -> Iterator[AnswerProblem]:
    """Conditional fields that are shown and must be answered."""
    for key, field in fields.items():
        if is_wanted(field) and key not in hidden and key not in answers:
            yield missing(field)


def _name_problems(fields: Mapping[str, Field], answers: Mapping[str, Any]) -> Iterator[AnswerProblem]:
    """Forms ask for a person's name as "Họ, chữ đệm, tên" or "Họ và tên", in a field of its own."""
    for key, field in fields.items():
        value = answers.get(key)
        if (
            field.type == "text"
            and NAME.match(field.label)
            and isinstance(value, str)
            and not is_persons(value)
        ):
            template = said("{label}: viết bằng chữ cái, không có chữ số hay ký hiệu.")
            yield AnswerProblem(key, template, {"label": field.label})


def _date_problems(
    fields: Mapping[str, Field], answers: Mapping[str, Any], on: date
) -> Iterator[AnswerProblem]:
    for key, field in fields.items():
        value = answers.get(key)
        if field.type == "date_range" and isinstance(value, Mapping):
            yield from _range_problem(field, value)
        elif field.type in {"date", "date_or_year", "datetime"} and isinstance(value, str):
            yield from _date_problem(field, value, on)


def _date_problem(field: Field, value: str, on: date) -> Iterator[AnswerProblem]:
    try:
        day = PartialDate.from_iso(value.partition("T")[0])
    except Refused:
        yield AnswerProblem(field.key, SHAPES[field.type], {"label": field.label})
        return
    if not field.reading.not_after_today:
        return
    if day.earliest > on:
        template = said("{label} không thể sau hôm nay, {today}. Hãy xem lại ngày đã nhập.")
        yield AnswerProblem(field.key, template, {"label": field.label, "today": format_date(on)})
    elif day.year < EARLIEST_YEAR:
        template = said("{label}: nhập năm từ 1900 trở lại đây.")
        yield AnswerProblem(field.key, template, {"label": field.label})


def _range_problem(field: Field, value: Mapping[str, Any]) -> Iterator[AnswerProblem]:
    try:
        first, last = date.fromisoformat(str(value.get("from"))), date.fromisoformat(str(value.get("to")))
    except ValueError:
        yield AnswerProblem(field.key, SHAPES["date_range"], {"label": field.label})
        return
    if last < first:
        template = said("{label}: ngày kết thúc phải từ {first} trở đi.")
        yield AnswerProblem(field.key, template, {"label": field.label, "first": format_date(first)})


def _consent_problems(fields: Mapping[str, Field], answers: Mapping[str, Any]) -> Iterator[AnswerProblem]:
    """A consent that the form needs is given, not merely answered."""
    for key, field in fields.items():
        value = answers.get(key)
        if (
            field.type == "consent"
            and field.required
            and isinstance(value, Mapping)
            and not value.get("agreed")
        ):
            yield missing(field)


def _number_problems(fields: Mapping[str, Field], answers: Mapping[str, Any]) -> Iterator[AnswerProblem]:
    """A personal number says a sex and a year of birth: the form may not say another."""
    for key, field in fields.items():
        number = _number_in(field, answers.get(key))
        if isinstance(number, AnswerProblem):
            yield number
        elif number is not None:
            yield from _disagreements(field, number, fields, answers)


def _number_in(field: Field, value: Any) -> PersonalNumber | AnswerProblem | None:
    if field.type != "personal_id" or not isinstance(value, str):
        return None
    if field.reading.other_papers and not (value.isdigit() and len(value) == 12):
        return None
    try:
        return PersonalNumber(value)
    except Refused:
        return AnswerProblem(field.key, SHAPES["personal_id"], {"label": field.label})


def _disagreements(
    field: Field, number: PersonalNumber, fields: Mapping[str, Field], answers: Mapping[str, Any]
) -> Iterator[AnswerProblem]:
    birth = answers.get(field.reading.birth_field or "")
    year = int(birth[:4]) if isinstance(birth, str) and birth[:4].isdigit() else None
    if year is not None and number.disagreements(birth=year):
        facts = {"label": field.label, "year": year, "other": fields[str(field.reading.birth_field)].label}
        template = said(
            "{label}: số này là của người sinh năm khác với năm {year} đã khai. Xem lại số, hoặc “{other}”."
        )
        yield AnswerProblem(field.key, template, facts)
        return
    stated = answers.get(field.reading.sex_field or "") or field.reading.sex
    sex = SEXES.get(stated) if isinstance(stated, str) else None
    if sex is not None and number.disagreements(sex=sex):
        template = said("{label}: số này không phải của người có giới tính {sex}. Hãy xem lại số đã nhập.")
        yield AnswerProblem(field.key, template, {"label": field.label, "sex": stated})
