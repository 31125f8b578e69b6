"""From a procedure's fields to a Django form, for the halls that ask: read and checked by `schema`."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django import forms
from django.forms.utils import ErrorDict
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lienthong.fields.public import DayMonthYear, PersonalNumberInput, Radios, told
from lienthong.kit.errors import said
from lienthong.procedures.content import Content, FactQuestion
from lienthong.procedures.schema import (
    Column,
    FieldHint,
    check_answers,
    form_hints,
    is_shown,
    tidy_answers,
)
from lienthong.procedures.words import section_of

YES_NO: Final = [("true", gettext_lazy("Có")), ("false", gettext_lazy("Không"))]
FEWEST_ROWS: Final = 2
MOST_ROWS: Final = 50
NEVER_ASKED: Final = said("Biểu mẫu không hỏi mục “{name}”. Hãy bỏ mục này.")


class Day(DayMonthYear):
    """A stored date in three inputs; what could not be read stays as it was typed."""

    def decompress(self, value: object) -> list[str | None]:
        text = str(value or "")
        if text[:4].isdigit() and "/" not in text:
            year, month, day = [*text.split("-"), *[None] * 3][:3]
            return [day, month, year]
        parts = text.split("/") if text else []
        return [*[None] * (3 - len(parts)), *parts]


@dataclass(frozen=True)
class Input:
    """One input of a question: its name in the form, where its value stands in the answer."""

    name: str
    field: forms.Field
    part: str = ""
    row: int | None = None


@dataclass(frozen=True)
class Question:
    hint: FieldHint
    inputs: tuple[Input, ...]


OPTION_NAMES: Final[Mapping[str, str]] = {
    "commune": said("Ủy ban nhân dân xã, phường, đặc khu"),
    "mission": said("cơ quan đại diện Việt Nam ở nước ngoài"),
    "notary": said("tổ chức hành nghề công chứng"),
}
"""Answers to questions about the case that the record keeps as keys."""
MOST_COUNTED: Final = 1000


def question_field(question: FactQuestion) -> forms.Field:
    """A question about the case, as it is drawn; `question_value` reads what was answered."""
    match question.kind:
        case "integer":
            return forms.IntegerField(
                label=question.question,
                min_value=0,
                max_value=MOST_COUNTED,
                widget=forms.TextInput({"class": "govuk-input--width-3", "inputmode": "numeric"}),
                error_messages={
                    "invalid": _("Nhập một số, ví dụ 2"),
                    "min_value": _("Nhập một số từ 0 trở lên"),
                    "max_value": _("Nhập một số không quá {most}").format(most=MOST_COUNTED),
                },
            )
        case "choice":
            options = [(o, told(OPTION_NAMES[o]) if o in OPTION_NAMES else o) for o in question.options]
            return choice_field(question.question, "", options)
    return forms.ChoiceField(
        label=question.question,
        choices=[("yes", _("Có")), ("no", _("Không"))],
        widget=Radios({"class": "govuk-radios--inline"}),
        error_messages={"required": _("Chọn có hoặc không")},
    )


def question_value(question: FactQuestion, posted: object) -> bool | int | str | None:
    """What was answered; None for nothing, or nothing that the question knows."""
    text = "" if posted is None else str(posted).strip()
    match question.kind:
        case "integer":
            return int(text) if text.isdigit() and int(text) <= MOST_COUNTED else None
        case "choice":
            return text if text in question.options else None
    return {"yes": True, "no": False}.get(text)


def question_initial(value: object) -> object:
    """A kept answer, as its field wants it."""
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else value


def text_field(label: str, help_text: str = "", width: str = "", **attrs: str) -> forms.Field:
    classes = {"class": f"govuk-input--width-{width}"} if width else {}
    return forms.CharField(label=label, help_text=help_text, widget=forms.TextInput({**classes, **attrs}))


def choice_field(label: str, help_text: str, choices: list[tuple[str, Any]]) -> forms.Field:
    return forms.ChoiceField(label=label, help_text=help_text, choices=choices, widget=Radios())


def list_field(label: str, help_text: str, options: Iterable[str]) -> forms.Field:
    choices = [("", _("Chọn một mục")), *((option, option) for option in options)]
    return forms.ChoiceField(label=label, help_text=help_text, choices=choices)


def long_field(label: str, help_text: str) -> forms.Field:
    return forms.CharField(label=label, help_text=help_text, widget=forms.Textarea({"rows": 3}))


def number_field(label: str, help_text: str) -> forms.Field:
    return forms.CharField(label=label, help_text=help_text, widget=PersonalNumberInput())


MAKERS: Final[Mapping[str, Callable[[str, str, FieldHint], forms.Field]]] = {
    "textarea": lambda label, said, _hint: long_field(label, said),
    "lines": lambda label, said, _hint: long_field(label, said),
    "date": lambda label, said, _hint: forms.Field(label=label, help_text=said, widget=Day()),
    "date_or_year": lambda label, said, _hint: forms.Field(label=label, help_text=said, widget=Day()),
    "radios": lambda label, said, hint: choice_field(label, said, [(o, o) for o in hint.options]),
    "yes_no": lambda label, said, _hint: choice_field(label, said, YES_NO),
    "select": lambda label, said, hint: list_field(label, said, hint.options),
    "personal_id": lambda label, said, _hint: number_field(label, said),
    "number": lambda label, said, _hint: text_field(label, said, "5", inputmode="decimal"),
    "money": lambda label, said, _hint: text_field(label, said, "10", inputmode="numeric"),
    "phone": lambda label, said, _hint: text_field(label, said, "10", inputmode="tel", autocomplete="tel"),
    "email": lambda label, said, _hint: text_field(
        label, said, "20", inputmode="email", autocomplete="email"
    ),
    "suggest": lambda label, said, hint: text_field(
        label, said, "20", list=f"list_{hint.key}", autocomplete="off"
    ),
}


def plain_field(hint: FieldHint) -> forms.Field:
    """One input for one answer."""
    help_text = told(hint.hint) if hint.hint else ""
    make = MAKERS.get(hint.widget)
    return (
        make(hint.label, help_text, hint) if make else text_field(hint.label, help_text, autocomplete="off")
    )


def cell_field(column: Column) -> forms.Field:
    if column.options:
        return list_field(column.label, "", column.options)
    if column.type in {"date", "date_or_year"}:
        return forms.Field(label=column.label, widget=Day())
    return number_field(column.label, "") if column.type == "personal_id" else text_field(column.label)


def question_of(hint: FieldHint, rows: int) -> Question:
    match hint.widget:
        case "date_range":
            ends = (("from", _("Từ ngày")), ("to", _("Đến ngày")))
            parts = [(end, forms.Field(label=label, widget=Day())) for end, label in ends]
            return Question(hint, tuple(Input(f"{hint.key}__{p}", f, part=p) for p, f in parts))
        case "consent":
            agreed = forms.BooleanField(label=hint.label)
            inputs = [Input(f"{hint.key}__agreed", agreed, part="agreed")]
            if hint.names_giver:
                inputs += [
                    Input(
                        f"{hint.key}__name",
                        text_field(_("Họ, chữ đệm và tên người đồng ý"), "", "20"),
                        part="name",
                    ),
                    Input(
                        f"{hint.key}__personal_id",
                        forms.CharField(
                            label=_("Số định danh của người đồng ý"), widget=PersonalNumberInput()
                        ),
                        part="personal_id",
                    ),
                ]
            return Question(hint, tuple(inputs))
        case "table":
            return Question(
                hint,
                tuple(
                    Input(f"{hint.key}__{row}__{column.key}", cell_field(column), part=column.key, row=row)
                    for row in range(rows)
                    for column in hint.columns
                ),
            )
    return Question(hint, (Input(hint.key, plain_field(hint)),))


class AnswersForm(forms.Form):
    """The questions that only the person can answer, as far as the answers so far ask them.

    What was typed is read by `tidy_answers` and judged by `check_answers`; each sentence stands at
    its field, and a field never asked for is refused by name. `answers` holds what was read, right
    or wrong, with None where a question was left empty or is no longer asked. `newly`: questions
    that the answers just given bring up, to be asked before going on. `beside`: names of other
    forms that are sent together with this one.
    """

    use_required_attribute = False
    NOT_ANSWERS: Final = frozenset({"csrfmiddlewaretoken", "next", "act", "more", "asked"})

    def __init__(
        self,
        content: Content,
        known: Mapping[str, Any],
        *,
        on: date,
        kept: Mapping[str, Any],
        data: QueryDict | None = None,
        beside: Collection[str] = (),
    ) -> None:
        super().__init__(data)
        self.content, self.known, self.on, self.kept = content, known, on, kept
        self.beside = frozenset(beside)
        every = [question_of(hint, self._rows(hint)) for hint in open_hints(content, known)]
        self.answers = self._read(every) if data is not None else dict(kept)
        shown = self._shown()
        self.questions = [question for question in every if question.hint.key in shown]
        self.strangers = self._strangers(every)
        asked = self.data.get("asked", "").split()
        self.newly = [q.hint.key for q in self.questions if asked and q.hint.key not in asked]
        for question in self.questions:
            self._add(question)
        for question in every:
            if question.hint.key not in shown:
                self.answers[question.hint.key] = None

    def _add(self, question: Question) -> None:
        for each in question.inputs:
            each.field.required = question.hint.required and each.part in {"", "agreed"} and each.row is None
            each.field.say_nothing_of_optional = bool(each.part)  # type: ignore[attr-defined]  # read by forms/_label.html
            self.fields[each.name] = each.field
            self.initial[each.name] = _initial(self.kept.get(question.hint.key), each)

    def _shown(self) -> set[str]:
        answers = {k: v for k, v in tidy_answers(self.content, self.answers).items() if v is not None}
        whole = {**answers, **self.known}
        return {field.key for field in self.content.form.fields if is_shown(field, whole)}

    def _rows(self, hint: FieldHint) -> int:
        """As many rows as were posted, or stand in the draft; one more when asked for."""
        if hint.widget != "table":
            return 0
        kept = self.kept.get(hint.key)
        posted = [name.split("__")[1] for name in self.data if name.startswith(f"{hint.key}__")]
        numbers = [int(number) for number in posted if number.isdigit() and int(number) < MOST_ROWS]
        rows = max([FEWEST_ROWS, len(kept) if isinstance(kept, list) else 0, *(n + 1 for n in numbers)])
        return min(MOST_ROWS, rows + (self.data.get("more") == hint.key))

    def _read(self, questions: Iterable[Question]) -> dict[str, Any]:
        """What was typed, by question, as `tidy_answers` leaves it; None where nothing was."""
        typed = {question.hint.key: _typed(question, self) for question in questions}
        tidied = tidy_answers(self.content, typed)
        return {key: tidied.get(key) for key in typed}

    def _strangers(self, questions: Iterable[Question]) -> list[str]:
        """Names that were posted and that this form never asked: the State's own answers among them.

        What the page had asked and the register answers since (the relation was changed) is passed over.
        """
        withdrawn = [key for key in self.data.get("asked", "").split() if key in self.known]
        mine = (
            self.NOT_ANSWERS | self.beside | {n for n in self.data for key in withdrawn if n.startswith(key)}
        )
        for question in questions:
            for each in question.inputs:
                parts = (
                    {f"{each.name}_{i}" for i in range(3)} if isinstance(each.field.widget, Day) else set()
                )
                mine |= {each.name, *parts}
        return sorted(set(self.data) - mine)

    def full_clean(self) -> None:
        """Django's cleaning gives way to the procedure's own check."""
        self._errors = ErrorDict()
        self.cleaned_data: dict[str, Any] = {}
        if not self.is_bound:
            return
        typed = {key: value for key, value in self.answers.items() if value is not None}
        problems = check_answers(
            self.content, tidy_answers(self.content, {**typed, **self.known}), on=self.on
        )
        questions = {question.hint.key: question for question in self.questions}
        for problem in problems:
            if problem.field in questions and problem.field not in self.newly:
                self.add_error(questions[problem.field].inputs[0].name, told(problem.template, problem.facts))
        for name in self.strangers:
            self.add_error(None, told(NEVER_ASKED, {"name": name}))

    def sections(self) -> Iterator[tuple[str, list["Drawn"]]]:
        """Questions under their headings, in the form's order."""
        found: dict[str, list[Drawn]] = {}
        for question in self.questions:
            found.setdefault(section_of(question.hint.key), []).append(Drawn(question, self))
        yield from found.items()


def open_hints(content: Content, known: Mapping[str, Any]) -> list[FieldHint]:
    """What a person may have to answer: not known to the State, not the machine's own words, no file."""
    return [
        hint
        for hint in form_hints(content.form)
        if hint.key not in known and not hint.computed and hint.widget not in {"file", "files"}
    ]


@dataclass(frozen=True)
class Drawn:
    """A question with its bound inputs, for the template."""

    question: Question
    form: AnswersForm

    @property
    def hint(self) -> FieldHint:
        return self.question.hint

    @property
    def inputs(self) -> list[forms.BoundField]:
        return [self.form[each.name] for each in self.question.inputs]

    @property
    def is_composed(self) -> bool:
        return len(self.question.inputs) > 1

    @property
    def rows(self) -> list[list[forms.BoundField]]:
        rows: dict[int, list[forms.BoundField]] = {}
        for each in self.question.inputs:
            if each.row is not None:
                rows.setdefault(each.row, []).append(self.form[each.name])
        return list(rows.values())


def _typed(question: Question, form: AnswersForm) -> Any:
    values = {each: _value(each, form) for each in question.inputs}
    if question.hint.widget == "table":
        rows: dict[int, dict[str, str]] = {}
        for each, value in values.items():
            rows.setdefault(each.row or 0, {})[each.part] = value
        return list(rows.values())
    if question.inputs[0].part:
        return {each.part: value for each, value in values.items()}
    return values[question.inputs[0]]


def _value(each: Input, form: AnswersForm) -> Any:
    value = each.field.widget.value_from_datadict(form.data, form.files, each.name)
    if isinstance(each.field.widget, Day):
        parts = [str(part or "").strip() for part in value or []]
        return _joined(parts)
    if isinstance(each.field, forms.BooleanField):
        return bool(value)
    return value or ""


def _joined(parts: list[str]) -> str:
    """dd/mm/yyyy, mm/yyyy or yyyy; a gap stays visible, so that nobody's date is guessed."""
    while parts and not parts[0]:
        parts = parts[1:]
    return "/".join(parts)


def _initial(answer: Any, each: Input) -> Any:
    if each.row is not None:
        row = answer[each.row] if isinstance(answer, list) and each.row < len(answer) else {}
        return row.get(each.part, "") if isinstance(row, Mapping) else ""
    if each.part:
        return answer.get(each.part, "") if isinstance(answer, Mapping) else ""
    if isinstance(answer, bool):
        return "true" if answer else "false"
    return "\n".join(map(str, answer)) if isinstance(answer, list) else answer
