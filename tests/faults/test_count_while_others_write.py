"""Refreshing is exact while others write: nothing is missed, nothing counted twice."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from indicators.test_count import as_counted, counted_by_hand
from lienthong.dossiers.public import receive_dossier
from lienthong.indicators.public import Mark, refresh_tally
from makers import World, file_birth_dossier

pytestmark = pytest.mark.fault


def test_an_older_transaction_that_commits_after_the_count_is_seen_the_next_time(world: World) -> None:
    """The open one has the lower id: a mark set at the newest id would have passed it for ever."""
    first, second = file_birth_dossier(world), file_birth_dossier(world)
    refresh_tally()
    written, counted = threading.Event(), threading.Event()

    def slow() -> None:
        try:
            with transaction.atomic():
                receive_dossier(dossier=first.pk, by=world.actor("reception"))
                written.set()
                assert counted.wait(30)
        finally:
            connection.close()

    thread = threading.Thread(target=slow)
    thread.start()
    assert written.wait(30)
    receive_dossier(dossier=second.pk, by=world.actor("reception"))
    refresh_tally()
    assert sum(cell["received"] for cell in as_counted().values()) == 1, "the open one is not there yet"
    counted.set()
    thread.join()
    refresh_tally()
    assert as_counted() == counted_by_hand()
    assert sum(cell["received"] for cell in as_counted().values()) == 2


def test_many_who_count_and_write_at_once_agree_in_the_end(world: World) -> None:
    dossiers = [file_birth_dossier(world).pk for _ in range(12)]

    def work(number: int) -> None:
        try:
            receive_dossier(dossier=dossiers[number], by=world.actor("reception"))
            refresh_tally()
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, range(12)))
    refresh_tally()
    assert as_counted() == counted_by_hand()
    assert Mark.objects.count() == 1


def test_whoever_comes_while_another_counts_is_not_kept_waiting(world: World) -> None:
    file_birth_dossier(world)
    refresh_tally()
    before = Mark.objects.get()
    holding, done = threading.Event(), threading.Event()

    def hold() -> None:
        try:
            with transaction.atomic():
                refresh_tally()
                holding.set()
                assert done.wait(30)
        finally:
            connection.close()

    thread = threading.Thread(target=hold)
    thread.start()
    assert holding.wait(30)
    assert refresh_tally().seen == before.seen
    done.set()
    thread.join()
