"""Asking for papers: each with its flaw and its rule (form 02); the clock stops."""

from dataclasses import replace
from datetime import date

import pytest

from lienthong.dossiers.actions.examination import NothingAsked
from lienthong.dossiers.public import (
    Flaw,
    MoveNotAllowed,
    State,
    SupplementRequest,
    ask_for_supplement,
)
from lienthong.dossiers.rules import SupplementAlreadyAsked
from lienthong.identity.public import NotAllowed
from makers import (
    FLAW,
    World,
    asked,
    assigned,
    at,
    decided,
    file_birth_dossier,
    line_of,
    moment,
    nothing_saved,
    supplemented,
)

pytestmark = pytest.mark.django_db


def ask(world: World, dossier: int, who: str, flaws: list[Flaw] | None = None) -> object:
    return ask_for_supplement(
        dossier=dossier, flaws=[FLAW] if flaws is None else flaws, respond_by=None, by=world.actor(who)
    )


def test_the_clock_stops_and_the_request_says_what_is_wrong(world: World) -> None:
    dossier = assigned(world)
    with at("09/11/2026 10:00"):
        ask(world, dossier.pk, "handler")
    dossier.refresh_from_db()
    assert dossier.state == State.AWAITING_SUPPLEMENT
    assert dossier.stopped_at == moment("09/11/2026 10:00")
    assert dossier.due_at == moment("09/11/2026 17:00"), (
        "a stopped clock keeps its due moment until it goes on"
    )
    request = SupplementRequest.objects.get(dossier=dossier)
    assert request.stage == "examination"
    assert request.items[0]["rule"] == "123/2015/NĐ-CP điều 16"
    assert line_of(dossier).note == "Giấy chứng sinh: ảnh mờ, không đọc được số"


def test_before_receipt_the_centre_asks_and_no_clock_runs(world: World) -> None:
    dossier = file_birth_dossier(world)
    with nothing_saved(NotAllowed):
        ask(world, dossier.pk, "handler")
    ask(world, dossier.pk, "reception")
    dossier.refresh_from_db()
    assert dossier.stopped_at is None
    assert SupplementRequest.objects.get(dossier=dossier).stage == "receipt"


def test_after_receipt_the_centre_no_longer_asks(world: World) -> None:
    dossier = assigned(world)
    with nothing_saved(NotAllowed):
        ask(world, dossier.pk, "reception")


@pytest.mark.parametrize("part", ["name", "flaw", "rule"])
def test_name_flaw_and_rule_are_all_needed(world: World, part: str) -> None:
    dossier = assigned(world)
    with nothing_saved(NothingAsked):
        ask(world, dossier.pk, "handler", [replace(FLAW, **{part: " "})])
    with nothing_saved(NothingAsked):
        ask(world, dossier.pk, "handler", [])


def test_once_during_examination_766_qd_ttg(world: World) -> None:
    dossier = supplemented(world)
    with nothing_saved(SupplementAlreadyAsked):
        ask(world, dossier.pk, "handler")


def test_not_while_one_request_is_open_nor_after_the_decision(world: World) -> None:
    for dossier in (asked(world), decided(world)):
        with nothing_saved(MoveNotAllowed):
            ask(world, dossier.pk, "handler")


def test_the_day_to_answer_by_is_kept(world: World) -> None:
    assert asked(world).requests.get().respond_by == date(2026, 11, 23)
