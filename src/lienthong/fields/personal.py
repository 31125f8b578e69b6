"""The personal number: typed in full, shown masked."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from lienthong.kit.errors import Refused
from lienthong.kit.identifiers import PersonalNumber


class PersonalNumberInput(forms.TextInput):
    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        kept = {
            "inputmode": "numeric",
            "autocomplete": "off",
            "spellcheck": "false",
            "class": "govuk-input--width-10 lt-secret",
        }
        super().__init__(kept | (attrs or {}))


class PersonalNumberField(forms.CharField):
    """Cleans to the 12 digits, or "" when left empty.

    `known`: the number the State already has. It is shown masked, never in full; posting the mask
    back means the known number.
    """

    widget = PersonalNumberInput

    def __init__(self, *, known: str = "", **kwargs: Any) -> None:
        self.known = known
        super().__init__(initial=known, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return PersonalNumber(self.known).masked if self.known and value == self.known else value

    def to_python(self, value: Any) -> str:
        typed = super().to_python(value) or ""
        if not typed:
            return ""
        if self.known and typed == PersonalNumber(self.known).masked:
            return self.known
        try:
            return str(PersonalNumber.parse(typed))
        except Refused as refused:
            raise ValidationError(
                _(refused.sentence).format(**refused.facts), code="personal_number"
            ) from refused

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(self.prepare_value(initial) != data)
