"""Many at once: codes without gaps, one decision, the loser told who won."""

import re
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from lienthong.audit.public import verify
from lienthong.documents.public import StoredFile
from lienthong.dossiers.public import (
    ChangedMeanwhile,
    Dossier,
    Draft,
    Movement,
    MoveNotAllowed,
    Outcome,
    begin_draft,
    decide_dossier,
    submit_dossier,
)
from lienthong.kit.errors import Refused
from makers import World, birth_filing, proposed

pytestmark = pytest.mark.fault


def test_200_submissions_at_one_centre_get_200_codes_without_a_gap(world: World) -> None:
    filing = birth_filing(world)
    gate = threading.Barrier(20)

    def file_ten(_: int) -> list[str]:
        try:
            gate.wait(30)
            return [submit_dossier(filing=filing, by=world.actor("hanh")).code for _ in range(10)]
        finally:
            connection.close()

    with ThreadPoolExecutor(20) as pool:
        codes = [code for some in pool.map(file_ten, range(20)) for code in some]

    assert sorted(codes) == [f"H20.48-261109-{n:04}" for n in range(1, 201)]
    assert Dossier.objects.count() == Movement.objects.count() == 200
    assert verify().broken is None


def test_one_draft_sent_twenty_times_at_once_is_one_dossier(world: World) -> None:
    hanh = world.actor("hanh")
    filing = birth_filing(world)
    draft = begin_draft(version=world.version, by=hanh)
    gate = threading.Barrier(20)

    def send(_: int) -> int:
        try:
            gate.wait(30)
            return submit_dossier(filing=filing, by=hanh, draft=draft.pk).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(20) as pool:
        ids = set(pool.map(send, range(20)))
    assert ids == {Dossier.objects.get().pk} == {Draft.objects.get().dossier_id}


@pytest.mark.parametrize("both_saw_the_page", [True, False])
def test_of_two_leaders_who_decide_at_once_one_wins_and_the_other_is_told(
    world: World, both_saw_the_page: bool
) -> None:
    dossier = proposed(world)
    seen = dossier.acts if both_saw_the_page else None
    papers = StoredFile.objects.count()
    gate = threading.Barrier(2)

    def decide(outcome: Outcome) -> str:
        try:
            gate.wait(30)
            decide_dossier(
                dossier=dossier.pk, outcome=outcome, opinion="Lý do.", by=world.actor("leader"), seen=seen
            )
        except Refused as refused:
            return f"{refused.code}: {refused}"
        finally:
            connection.close()
        return "decided"

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(decide, [Outcome.APPROVED, Outcome.DENIED]))

    assert Counter(answers)["decided"] == 1
    loser = next(answer for answer in answers if answer != "decided")
    if both_saw_the_page:
        assert loser.startswith(ChangedMeanwhile.__name__)
        assert re.search(r"vừa (trả kết quả|quyết định) lúc 08:41 09/11/2026", loser)
    else:
        assert loser.startswith(MoveNotAllowed.__name__)
    winner = Outcome.APPROVED if answers[0] == "decided" else Outcome.DENIED
    dossier.refresh_from_db()
    assert dossier.outcome == winner
    assert Movement.objects.filter(dossier=dossier, act="decide").count() == 1
    assert StoredFile.objects.count() == papers + 1, "the loser's paper was never signed, or is gone"
    assert verify().broken is None
