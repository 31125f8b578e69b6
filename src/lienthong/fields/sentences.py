"""Marked sentences in the reader's language."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext

from lienthong.kit.errors import Refused


def told(template: str, facts: Mapping[str, Any] | None = None) -> str:
    """A marked sentence, translated, with its facts."""
    return gettext(template).format(**(facts or {}))


def sentence_of(refused: Refused) -> str:
    return told(refused.sentence, refused.facts)
