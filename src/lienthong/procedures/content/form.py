"""The form's fields, before they become JSON Schema."""

from typing import Literal

from lienthong.procedures.content.base import Certainty, Part

FieldType = Literal[
    "text",
    "long_text",
    "date",
    "date_or_year",
    "date_range",
    "datetime",
    "choice",
    "boolean",
    "integer",
    "number",
    "money",
    "phone",
    "email",
    "address",
    "personal_id",
    "consent",
    "group",
    "table",
    "list",
    "file",
    "files",
]


class FieldReading(Part, frozen=True, kw_only=True):
    """What the platform adds to a field so that a machine can check it. None of it comes from the form.

    `code_list` names a list of data/code_lists.yaml; `open_list`: other words are taken too.
    `shown_if` is CEL over the answers. `same_person` names the fields that the personal number must
    agree with. `not_after_today`: the date is of something past. `other_papers`: a passport will do.
    """

    code_list: str | None = None
    open_list: bool = False
    shown_if: str | None = None
    birth_field: str | None = None
    sex_field: str | None = None
    sex: Literal["Nam", "Nữ"] | None = None
    not_after_today: bool = False
    other_papers: bool = False
    words_of: str | None = None
    """The machine writes this field: the date of that other field in words."""
    names_giver: bool = False
    """A consent that also says who gives it, with the personal number."""


class Field(Part, frozen=True, kw_only=True):
    key: str
    label: str
    type: FieldType
    required: bool
    known_to: str | None
    """The register that holds it, "account", "computed", or None: only the applicant knows."""
    options: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    shown_if: str | None = None
    """The condition as the source prints it."""
    check: str | None = None
    note: str | None = None
    sensitive: bool = False
    field_set: str | None = None
    """The shared block it was taken from ("requester", "residence_form_ct01")."""
    reading: FieldReading = FieldReading()


class Form(Part, frozen=True, kw_only=True):
    name: str | None
    basis: str | None = None
    fields: tuple[Field, ...]
    field_sets: tuple[str, ...] = ()
    field_set_certainty: Certainty | None = None
    note: str | None = None
    certainty: Certainty
