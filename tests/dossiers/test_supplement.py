"""Adding the papers asked for: all of them, those and no others; the clock goes on."""

import pytest

from lienthong.dossiers.actions.filing import FileNotOurs
from lienthong.dossiers.public import (
    MoveNotAllowed,
    NotAskedFor,
    State,
    StillMissing,
    ask_for_supplement,
    supplement_dossier,
)
from lienthong.identity.public import NotAllowed
from makers import (
    BORN_PAPER,
    FLAW,
    World,
    asked,
    assigned,
    at,
    file_birth_dossier,
    keep_paper,
    moment,
    nothing_saved,
)

pytestmark = pytest.mark.django_db


def test_the_clock_goes_on_by_the_time_it_stood(world: World) -> None:
    """Received Monday 08:41, due 17:00; stopped 10:00, answered Tuesday 10:00: a working day later."""
    dossier = assigned(world)
    with at("09/11/2026 10:00"):
        ask_for_supplement(dossier=dossier.pk, flaws=[FLAW], respond_by=None, by=world.actor("handler"))
    with at("10/11/2026 10:00"):
        paper = keep_paper(world.actor("hanh"))
        done = supplement_dossier(dossier=dossier.pk, papers={BORN_PAPER: paper}, by=world.actor("hanh"))
    assert done.state == State.IN_PROGRESS
    assert done.stopped_at is None
    assert done.due_at == moment("10/11/2026 17:00")
    assert done.first_due_at == moment("09/11/2026 17:00")


def test_the_old_paper_stays_and_the_new_one_stands_in_its_place(world: World) -> None:
    dossier = asked(world)
    paper = keep_paper(world.actor("hanh"))
    supplement_dossier(dossier=dossier.pk, papers={BORN_PAPER: paper}, by=world.actor("hanh"))
    rows = dossier.papers.filter(key=BORN_PAPER).order_by("number").values_list("replaced", "seen_at", "file")
    assert [row[0] for row in rows] == [True, False]
    assert rows[1][2] == paper.pk
    assert rows[1][1] is None
    assert dossier.requests.get().answered_at == moment("09/11/2026 08:41")


def test_before_receipt_it_goes_back_to_the_centre(world: World) -> None:
    dossier = file_birth_dossier(world)
    ask_for_supplement(dossier=dossier.pk, flaws=[FLAW], respond_by=None, by=world.actor("reception"))
    paper = keep_paper(world.actor("hanh"))
    done = supplement_dossier(dossier=dossier.pk, papers={BORN_PAPER: paper}, by=world.actor("hanh"))
    assert done.state == State.FILED
    assert done.due_at is None


def test_what_is_missing_and_what_was_not_asked_for_is_named(world: World) -> None:
    dossier = asked(world)
    by = world.actor("hanh")
    with nothing_saved(StillMissing) as refused:
        supplement_dossier(dossier=dossier.pk, papers={}, by=by)
    assert "Giấy chứng sinh" in str(refused.value)
    paper = keep_paper(by)
    with nothing_saved(NotAskedFor):
        supplement_dossier(dossier=dossier.pk, papers={BORN_PAPER: paper, "so_do": paper}, by=by)


def test_nothing_is_added_that_nobody_asked_for(world: World) -> None:
    dossier = assigned(world)
    by = world.actor("hanh")
    paper = keep_paper(by)
    with nothing_saved(NotAskedFor):
        supplement_dossier(dossier=dossier.pk, papers={BORN_PAPER: paper}, by=by)
    with nothing_saved(MoveNotAllowed):
        supplement_dossier(dossier=dossier.pk, papers={}, by=by)


def test_the_counter_may_add_for_the_person_a_stranger_may_not(world: World) -> None:
    dossier = asked(world)
    paper = keep_paper(world.actor("reception"))
    for who in ("nam", "handler", "far_reception"):
        with nothing_saved(NotAllowed):
            supplement_dossier(dossier=dossier.pk, papers={BORN_PAPER: paper}, by=world.actor(who))
    done = supplement_dossier(dossier=dossier.pk, papers={BORN_PAPER: paper}, by=world.actor("reception"))
    assert done.state == State.IN_PROGRESS


def test_somebody_else_s_file_is_not_added(world: World) -> None:
    dossier = asked(world)
    stolen = keep_paper(world.actor("nam"))
    with nothing_saved(FileNotOurs):
        supplement_dossier(dossier=dossier.pk, papers={BORN_PAPER: stolen}, by=world.actor("hanh"))
