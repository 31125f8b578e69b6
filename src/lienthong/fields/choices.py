"""Radios and checkboxes whose choices carry a hint."""

from collections.abc import Mapping
from typing import Any

from django import forms


class _Hinted:
    def __init__(self, *args: Any, hints: Mapping[str, str] | None = None, **kwargs: Any) -> None:
        self.hints = hints or {}
        super().__init__(*args, **kwargs)

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option: dict[str, Any] = super().create_option(name, value, *args, **kwargs)  # type: ignore[misc]  # of the widget it is mixed into
        option["hint"] = self.hints.get(str(value))
        return option


class Radios(_Hinted, forms.RadioSelect):
    """`hints`: choice → the line beneath it."""


class Checkboxes(_Hinted, forms.CheckboxSelectMultiple):
    """`hints`: choice → the line beneath it."""
