import pytest

from lienthong.dossiers.actions.examination import NoSuchPaper, OpinionMissing
from lienthong.dossiers.public import (
    MoveNotAllowed,
    Outcome,
    State,
    propose_decision,
    receive_dossier,
    resume_dossier,
    review_paper,
    send_back,
    stop_dossier,
)
from lienthong.identity.public import NotAllowed
from makers import World, assigned, at, file_birth_dossier, line_of, moment, nothing_saved, proposed, rows

pytestmark = pytest.mark.django_db


def test_a_proposal_waits_for_the_leader(world: World) -> None:
    dossier = proposed(world)
    assert (dossier.state, dossier.step, dossier.proposal) == (State.IN_PROGRESS, "signature", "approved")
    assert line_of(dossier).note == "Hồ sơ đủ điều kiện."


def test_without_an_opinion_nothing_is_proposed(world: World) -> None:
    dossier = assigned(world)
    with nothing_saved(OpinionMissing):
        propose_decision(dossier=dossier.pk, proposal=Outcome.DENIED, opinion="  ", by=world.actor("handler"))


def test_the_leader_sends_it_back_with_a_reason(world: World) -> None:
    dossier = proposed(world)
    with nothing_saved(OpinionMissing):
        send_back(dossier=dossier.pk, reason="", by=world.actor("leader"))
    back = send_back(dossier=dossier.pk, reason="Làm rõ nơi sinh.", by=world.actor("leader"))
    assert (back.state, back.step, back.proposal) == (State.IN_PROGRESS, "examination", None)


def test_looking_at_a_paper_is_noted_and_is_no_act(world: World) -> None:
    dossier = assigned(world)
    before = rows()
    review_paper(dossier=dossier.pk, number=1, verdict="flawed", remark="mờ", by=world.actor("handler"))
    paper = dossier.papers.get(number=1)
    assert (paper.verdict, paper.remark, paper.seen_at) == ("flawed", "mờ", moment("09/11/2026 08:41"))
    assert rows() == before
    with nothing_saved(NoSuchPaper):
        review_paper(dossier=dossier.pk, number=9, verdict="good", remark="", by=world.actor("handler"))


def test_stopping_is_reversible_and_moves_the_due_moment(world: World) -> None:
    """Form 05: the clock stands still from 09:00 to 09:00 the next working day."""
    dossier = assigned(world)
    with at("09/11/2026 09:00"):
        stopped = stop_dossier(
            dossier=dossier.pk, reason="Chờ kết luận.", basis="QĐ 5/QĐ-TA", by=world.actor("leader")
        )
    assert stopped.state == State.STOPPED
    with at("10/11/2026 09:00"):
        resumed = resume_dossier(
            dossier=dossier.pk, reason="Đã có kết luận.", basis="KL 7", by=world.actor("leader")
        )
    assert resumed.due_at == moment("10/11/2026 17:00")


def test_what_was_not_received_is_not_examined(world: World) -> None:
    dossier = file_birth_dossier(world)
    with nothing_saved(MoveNotAllowed):
        propose_decision(
            dossier=dossier.pk, proposal=Outcome.APPROVED, opinion="Đủ.", by=world.actor("handler")
        )


def test_nobody_examines_a_dossier_of_his_own(world: World) -> None:
    """An officer is a citizen too: his own dossier is for another (Luật Phòng, chống tham nhũng)."""
    dossier = assigned(world)
    account = world.account("handler")
    account.personal_number = dossier.applicant_number
    type(account).objects.filter(pk=account.pk).update(personal_number="099194004471")
    with nothing_saved(NotAllowed):
        propose_decision(
            dossier=dossier.pk, proposal=Outcome.APPROVED, opinion="Đủ.", by=world.actor("handler")
        )
    assert receive_dossier
