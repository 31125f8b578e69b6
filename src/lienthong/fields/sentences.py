"""Marked sentences in the reader's language."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.forms import BaseForm
from django.utils.translation import gettext

from lienthong.kit.errors import Refused


def told(template: str, facts: Mapping[str, Any] | None = None) -> str:
    """A marked sentence, translated, with its facts."""
    return gettext(template).format(**(facts or {}))


def sentence_of(refused: Refused) -> str:
    return told(refused.sentence, refused.facts)


@contextmanager
def refusals_at(form: BaseForm) -> Iterator[None]:
    """What is refused for what stands (409) is said at the form; who may not, and what is not there, goes on up."""
    try:
        yield
    except Refused as why:
        if why.status != 409:
            raise
        form.add_error(None, sentence_of(why))
