"""What an act wrote, or did not."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection

from lienthong.audit.public import Entry, entries_about
from lienthong.dossiers.public import (
    Dossier,
    Movement,
    Paper,
    SupplementRequest,
)
from lienthong.kit.errors import Refused
from lienthong.population.public import Access


def rows() -> dict[str, int]:
    """How many rows each table of an act holds, and the last numbers given."""
    counts = {
        model.__name__: model._default_manager.count()
        for model in (Dossier, Movement, Paper, SupplementRequest, Entry, Access)
    }
    with connection.cursor() as cursor:
        cursor.execute("SELECT COALESCE(sum(last), 0) FROM dossiers_daily_number")
        return counts | {"numbers": cursor.fetchone()[0]}


@contextmanager
def nothing_saved(refusal: type[Refused]) -> Iterator[pytest.ExceptionInfo[Refused]]:
    """What is done inside is refused with this error, its sentence is whole, and no table has changed."""
    before = rows()
    with pytest.raises(refusal) as refused:
        yield refused
    assert rows() == before
    sentence = str(refused.value)
    assert sentence
    assert not {"{", "}"} & set(sentence)


def line_of(dossier: Dossier) -> Movement:
    """The last line of its ledger."""
    return Movement.objects.get(dossier=dossier, number=Dossier.objects.get(pk=dossier.pk).acts)


def events_of(dossier: Dossier) -> list[str]:
    return [entry.event for entry in entries_about(f"dossier:{dossier.pk}")]
