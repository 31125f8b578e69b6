"""Recording: inside the act's transaction or not at all; hearing of it: after commit only."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import pytest
from django.db import connection, transaction

from audit.conftest import write
from lienthong.audit.actions import REACTIONS
from lienthong.audit.public import KINDS, Entry, OutsideTransaction, entries_about, on, record, verify
from lienthong.dossiers.events import DossierFiled
from lienthong.identity.public import system
from lienthong.steering.events import TargetsLoaded

BY = system("test")
EVENT = TargetsLoaded(source="a.csv", targets=7)


@pytest.fixture
def heard() -> Iterator[list[Any]]:
    """What a reaction to TargetsLoaded heard; a first reaction always fails."""
    known = list(REACTIONS.get(TargetsLoaded, []))
    got: list[Any] = []

    @on(TargetsLoaded)
    def stumble(event: TargetsLoaded) -> None:
        raise RuntimeError("a reaction that fails")

    on(TargetsLoaded)(got.append)
    yield got
    REACTIONS[TargetsLoaded] = known


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_nothing_is_recorded() -> None:
    with pytest.raises(OutsideTransaction):
        record(EVENT, by=BY)
    assert not Entry.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_an_act_rolled_back_leaves_no_event_no_gap_and_no_reaction(heard: list[Any]) -> None:
    write(2)
    del heard[:]
    with transaction.atomic():
        record(EVENT, by=BY)
        transaction.set_rollback(True)
    write(2, start=3)
    assert [e.fields["targets"] for e in Entry.objects.order_by("id")] == [1, 2, 3, 4]
    assert EVENT not in heard
    assert verify().broken is None


@pytest.mark.django_db
def test_reactions_run_after_commit_and_a_failing_one_harms_nobody(
    heard: list[Any], django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    with django_capture_on_commit_callbacks(execute=False) as callbacks:
        record(EVENT, by=BY)
    assert heard == []
    assert len(callbacks) == 2
    callbacks[1]()
    assert heard == [EVENT]


@pytest.mark.django_db
def test_an_entry_says_who_what_about_whom_and_how_in_words() -> None:
    filed = DossierFiled(dossier=17, number=1, before=None, after=1)
    record(filed, by=BY)
    (entry,) = entries_about("dossier:17")
    assert (entry.actor, entry.event) == ("system:test", "dossiers.DossierFiled")
    assert (
        entry.facts == '{"after":1,"before":null,"dossier":17,"due_after":null,"due_before":null,"number":1}'
    )
    assert KINDS[entry.event].sentence == "Hồ sơ được nộp."


@pytest.mark.django_db(transaction=True)
def test_parallel_writers_keep_every_chain_whole() -> None:
    """Eight at once, each twelve transactions of two events; every third is rolled back."""

    def work(worker: int) -> None:
        try:
            for turn in range(12):
                with transaction.atomic():
                    record(TargetsLoaded(source=f"{worker}", targets=turn), by=BY)
                    record(TargetsLoaded(source=f"{worker}", targets=turn + 100), by=BY)
                    if turn % 3 == 2:
                        transaction.set_rollback(True)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(work, range(8)))
    result = verify()
    assert result.broken is None
    assert result.entries == 8 * 8 * 2
    pairs = Entry.objects.order_by("lane", "seq").values_list("lane", "facts")
    assert len(pairs) == result.entries


def test_no_event_names_a_field_that_could_hold_a_person() -> None:
    """Logs hold ids and codes: no names, numbers, addresses (13/2023/NĐ-CP, Luật 91/2025/QH15)."""
    personal = {
        "personal_number",
        "full_name",
        "applicant_name",
        "name",
        "phone",
        "email",
        "address",
        "birth_date",
    }
    found = {
        f"{kind}.{name}"
        for kind, event in KINDS.items()
        for name in event.__dataclass_fields__
        if name in personal
    }
    assert found == set()
    assert date
