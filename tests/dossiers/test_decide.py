"""Deciding: the result is signed, kept, and anybody can verify it."""

import pytest

from lienthong.documents.public import read_file
from lienthong.dossiers.actions.decision import PapersUnseen, ReasonForDenial
from lienthong.dossiers.public import MoveNotAllowed, Outcome, State, decide_dossier
from lienthong.identity.public import NotAllowed
from lienthong.signatures.public import Finding, verify_pdf
from makers import (
    World,
    assigned,
    decided,
    events_of,
    line_of,
    nothing_saved,
    proposed,
    received,
    seen,
)
from pdf_text import text_of

pytestmark = pytest.mark.django_db


def decide(
    world: World,
    dossier: int,
    who: str = "leader",
    outcome: Outcome = Outcome.APPROVED,
    opinion: str = "Đủ điều kiện.",
) -> object:
    return decide_dossier(dossier=dossier, outcome=outcome, opinion=opinion, by=world.actor(who))


def test_the_result_is_a_signed_paper_that_verifies(world: World) -> None:
    dossier = decided(world)

    assert dossier.result is not None
    content = read_file(dossier.result)
    verdict = verify_pdf(content)
    assert verdict.finding == Finding.SOUND, verdict
    assert verdict.known_to_us
    text = text_of(content)
    assert "GIẤY KHAI SINH" in text.upper()
    assert "Trần Minh An" in text or "TRẦN MINH AN" in text
    assert verify_pdf(content.replace(b"%%EOF", b"%%EOG", 1)).finding != Finding.SOUND


def test_an_electronic_result_is_returned_at_once(world: World) -> None:
    dossier = decided(world)
    assert (dossier.state, dossier.outcome, dossier.digitised) == (State.RETURNED, Outcome.APPROVED, True)
    assert dossier.returned_at == dossier.closed_at
    assert line_of(dossier).actor == "system:delivery"
    assert events_of(dossier)[-2:] == ["dossiers.DossierDecided", "dossiers.ResultReturned"]


def test_a_denial_needs_its_reason(world: World) -> None:
    dossier = proposed(world)
    with nothing_saved(ReasonForDenial):
        decide(world, dossier.pk, outcome=Outcome.DENIED, opinion=" ")
    done = decide_dossier(
        dossier=dossier.pk,
        outcome=Outcome.DENIED,
        opinion="Trẻ đã được đăng ký khai sinh tại nơi khác (Luật 60/2014/QH13, điều 12).",
        by=world.actor("leader"),
    )
    assert done.result is not None
    assert "không giải quyết" in text_of(read_file(done.result)).lower()


def test_nothing_is_signed_unseen(world: World) -> None:
    dossier = assigned(world)
    with nothing_saved(PapersUnseen) as refused:
        decide(world, dossier.pk)
    assert "Giấy chứng sinh" in str(refused.value)


@pytest.mark.parametrize(
    "who", ["handler", "reception", "centre_leader", "police_leader", "far_leader", "hanh", "committee"]
)
def test_only_the_authority_s_leader_decides(world: World, who: str) -> None:
    dossier = proposed(world)
    with nothing_saved(NotAllowed):
        decide(world, dossier.pk, who)


def test_not_before_it_is_in_progress_nor_twice(world: World) -> None:
    for dossier in (received(world), decided(world)):
        with nothing_saved(MoveNotAllowed):
            decide(world, dossier.pk)


def test_the_leader_may_decide_without_a_proposal(world: World) -> None:
    dossier = seen(world, assigned(world))
    decide(world, dossier.pk)
    dossier.refresh_from_db()
    assert dossier.outcome == Outcome.APPROVED
