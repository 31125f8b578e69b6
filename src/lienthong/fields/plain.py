"""Forms that ask in words: an empty field says what to type, not that it is "required"."""

from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _


class PlainForm(forms.Form):
    """Django's Form with sentences from the labels and without the browser's own bubbles.

    A field's own `error_messages={"required": …}` wins.
    """

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            say_what_to_do(name, field)


def say_what_to_do(name: str, field: forms.Field) -> None:
    if field.error_messages.get("required") == forms.Field.default_error_messages["required"]:
        field.error_messages["required"] = format_lazy(
            _verb(field), label=_begin_small(str(field.label or name))
        )


def _verb(field: forms.Field) -> Any:
    if isinstance(field, forms.FileField):
        return _("Đính kèm {label}")
    if isinstance(field, forms.BooleanField):
        return _("Đánh dấu: {label}")
    if isinstance(field, forms.ChoiceField):
        return _("Chọn {label}")
    return _("Nhập {label}")


def _begin_small(label: str) -> str:
    first = label.split(" ", 1)[0]
    return label if first.isupper() and len(first) > 1 else label[:1].lower() + label[1:]
