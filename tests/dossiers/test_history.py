"""Past dossiers entered in bulk are what the live acts would have made of them."""

import json
from collections import Counter
from datetime import date, timedelta
from typing import Any, Final

import pytest
from django.db import connection, transaction
from psycopg.errors import CheckViolation

from lienthong.audit.public import Entry
from lienthong.dossiers.public import (
    Act,
    Channel,
    Dossier,
    History,
    Movement,
    MoveNotAllowed,
    Outcome,
    PastAct,
    apologise,
    ask_for_supplement,
    assign_dossier,
    decide_dossier,
    enter_histories,
    propose_decision,
    receive_dossier,
    refuse_dossier,
    return_result,
    send_back,
    submit_dossier,
    supplement_dossier,
    terms_of,
    withdraw_dossier,
)
from lienthong.dossiers.rules import Life, advance, begin
from lienthong.identity.public import NotAllowed, system
from lienthong.kit.calendar import Calendar
from lienthong.procedures.public import versions_in_force
from lienthong.site.demo.lives import Asker, Player
from makers import (
    BORN_PAPER,
    FLAW,
    World,
    at,
    birth_filing,
    counter_filing,
    keep_paper,
    moment,
    nothing_saved,
    seen,
)

pytestmark = pytest.mark.django_db

# ---- one life, told twice


class Live:
    """One dossier by its live acts, each at its minute."""

    def __init__(self, world: World, channel: Channel) -> None:
        self.world = world
        with at("09/11/2026 08:00"):
            online = channel is Channel.ONLINE
            filing = (birth_filing if online else counter_filing)(world)
            self.pk = submit_dossier(filing=filing, by=world.actor("hanh" if online else "reception")).pk

    def do(self, minute: str, action: Any, who: str, **facts: Any) -> "Live":
        with at(f"{minute[:2]}/11/2026 {minute[3:]}"):
            action(dossier=self.pk, by=self.world.actor(who), **facts)
        return self

    @property
    def dossier(self) -> Dossier:
        return Dossier.objects.get(pk=self.pk)


def examined(live: Live) -> Live:
    live.do("09 09:00", receive_dossier, "reception")
    live.do("09 09:30", assign_dossier, "leader", handler=live.world.account("handler"))
    seen(live.world, live.dossier)
    return live


def happy(world: World) -> Live:
    live = examined(Live(world, Channel.ONLINE))
    live.do("09 10:00", propose_decision, "handler", proposal=Outcome.APPROVED, opinion="Đủ điều kiện.")
    return live.do("09 11:00", decide_dossier, "leader", outcome=Outcome.APPROVED, opinion="Đủ điều kiện.")


def late_at_the_counter(world: World) -> Live:
    """Asked, answered, apologised, sent back, denied late, handed over."""
    live = examined(Live(world, Channel.COUNTER))
    live.do("09 10:00", ask_for_supplement, "handler", flaws=[FLAW], respond_by=None)
    with at("11/11/2026 09:00"):
        paper = keep_paper(world.actor("reception"))
    live.do("11 09:00", supplement_dossier, "reception", papers={BORN_PAPER: paper})
    with at("11/11/2026 09:05"):
        seen(world, live.dossier)
    live.do("11 10:00", propose_decision, "handler", proposal=Outcome.DENIED, opinion="Chưa đủ.")
    live.do("11 11:00", apologise, "leader", reason="Chờ xác minh.", new_day=date(2026, 11, 13))
    live.do("12 08:00", send_back, "leader", reason="Làm rõ.")
    live.do("12 09:00", propose_decision, "handler", proposal=Outcome.DENIED, opinion="Không đủ.")
    live.do("16 09:00", decide_dossier, "leader", outcome=Outcome.DENIED, opinion="Không đủ điều kiện.")
    return live.do("17 09:00", return_result, "reception", handed=Channel.COUNTER)


def refused(world: World) -> Live:
    """Asked before receipt, not answered, refused: no clock ever ran."""
    live = Live(world, Channel.ONLINE)
    live.do("09 09:00", ask_for_supplement, "reception", flaws=[FLAW], respond_by=None)
    why = {"component": "Giấy chứng sinh", "rule": "123/2015/NĐ-CP điều 16", "reason": "Không bổ sung."}
    return live.do("30 09:00", refuse_dossier, "centre_leader", **why)


def withdrawn(world: World) -> Live:
    live = examined(Live(world, Channel.ONLINE))
    live.do("09 10:00", ask_for_supplement, "handler", flaws=[FLAW], respond_by=None)
    return live.do("10 10:00", withdraw_dossier, "hanh", reason="Không còn nhu cầu.")


def waiting(world: World) -> Live:
    live = examined(Live(world, Channel.ONLINE))
    return live.do("09 10:00", ask_for_supplement, "handler", flaws=[FLAW], respond_by=None)


REFERENCES: Final = frozenset({"id", "code", "changed", "dossier_id", "result_id", "document_id"})
NOT_IN_HISTORIES: Final = frozenset({"contact", "sources"})
"""Nobody looked anything up in the past, and old dossiers come without a telephone number."""


def told_again(dossier: Dossier) -> History:
    """The history that a live dossier's ledger tells."""
    acts = [
        PastAct(
            Act(line.act),
            line.at,
            line.actor,
            line.actor_name,
            line.note,
            line.facts | (digital(dossier) if line.act == Act.DECIDE else {}),
            new_due=line.due_after if line.act == Act.APOLOGISE else None,
            outcome=Outcome(line.facts["outcome"]) if line.act == Act.DECIDE else None,
            handler=line.facts.get("handler"),
        )
        for line in dossier.movements.order_by("number")
    ]
    return History(
        version=dossier.version_id,
        procedure_code=dossier.procedure_code,
        variant=dossier.variant,
        channel=dossier.channel,
        delivery=dossier.delivery,
        helped_at=dossier.helped_at_id,
        reception=dossier.reception_id,
        reception_code=dossier.reception.code,
        authority=dossier.authority_id,
        applicant_number=dossier.applicant_number,
        applicant_name=dossier.applicant_name,
        answers=dossier.answers,
        fee=dossier.fee,
        acts=acts,
        device=dossier.device,
    )


def digital(dossier: Dossier) -> dict[str, Any]:
    """What a history tells of a result beside the live act's own facts."""
    at = dossier.digitised_at
    return {"digitised": dossier.digitised} | ({"digitised_at": at.isoformat()} if at else {})


def table(name: str, key: str, dossier: int) -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {name} WHERE {key} = %s ORDER BY 2, 1", [dossier])
        columns = [column.name for column in cursor.description]
        rows = [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]
    return [{k: read(k, v) for k, v in row.items() if k not in REFERENCES | NOT_IN_HISTORIES} for row in rows]


def read(column: str, value: Any) -> Any:
    """JSON is compared as what it says, whatever the order of its keys."""
    return json.loads(value) if column in {"facts", "items", "answers"} else value


def everything(dossier: int) -> dict[str, list[dict[str, Any]]]:
    lines = table("dossiers_movement", "dossier_id", dossier)
    for line in lines:
        line["facts"].pop("digitised", None)
        line["facts"].pop("digitised_at", None)
    return {
        "dossier": table("dossiers_dossier", "id", dossier),
        "movements": sorted(lines, key=lambda line: line["number"]),
        "requests": table("dossiers_supplement_request", "dossier_id", dossier),
    }


@pytest.mark.parametrize("story", [happy, late_at_the_counter, refused, withdrawn, waiting])
def test_both_ways_write_the_same_rows(world: World, story: Any) -> None:
    with transaction.atomic():
        live = story(world).dossier
    enter_histories(histories=[told_again(live)], batch="test/1", by=system("test"))
    again = Dossier.objects.exclude(pk=live.pk).get()

    assert everything(again.pk) == everything(live.pk)
    assert again.life == live.life
    assert again.code == live.code.replace("-0001", "-0002")


# ---- a sample of the demo's own histories


def player(world: World) -> Player:
    askers = [Asker(f"0990900000{n:02}", f"Người thử {n}", world.ward.pk, "82") for n in range(10, 40)]
    now = moment("20/11/2026 16:00")
    return Player(seed=7, now=now, versions=versions_in_force(now.date()), askers=askers)


def replayed(dossier: Dossier, lines: list[Movement]) -> Life:
    """The life that the rules give to these lines; each line's own columns are checked on the way."""
    life = begin(lines[0].at)
    before: Life | None = None
    for number, line in enumerate(lines, 1):
        if number > 1:
            before = life
            life = advance(
                life,
                Act(line.act),
                at=line.at,
                terms=terms_of(dossier),
                calendar=Calendar.official(),
                new_due=line.due_after if line.act == Act.APOLOGISE else None,
                outcome=Outcome(dossier.outcome) if dossier.outcome else None,
            )
        assert line.number == number
        assert line.before == (before.state if before else None)
        assert (line.after, line.due_after) == (life.state, life.due_at)
        assert line.due_before == (before.due_at if before else None)
    return life


def test_a_sample_of_the_demo_stands_up_to_the_rules(world: World) -> None:
    histories = list(player(world).histories(300))
    assert enter_histories(histories=histories, batch="test/300", by=system("test")) == 300

    for dossier in Dossier.objects.prefetch_related("movements").select_related("reception"):
        lines = sorted(dossier.movements.all(), key=lambda line: line.number)
        assert dossier.acts == len(lines)
        assert replayed(dossier, lines) == dossier.life
        assert lines[0].act == Act.FILE
        open_requests = dossier.requests.filter(answered_at__isnull=True).count()
        assert open_requests == (1 if dossier.state == 5 else 0)
    states = Counter(Dossier.objects.values_list("state", flat=True))
    assert {3, 7, 10} <= set(states), "the sample holds refused, withdrawn and returned ones"


def test_codes_of_a_batch_follow_those_given_live_without_gaps(world: World) -> None:
    with at("09/11/2026 08:00"):
        live = submit_dossier(filing=birth_filing(world), by=world.actor("hanh"))
    enter_histories(histories=[told_again(live)] * 3, batch="test/2", by=system("test"))
    with at("09/11/2026 17:00"):
        last = submit_dossier(filing=birth_filing(world), by=world.actor("hanh"))
    assert last.code == "H20.48-261109-0005"
    codes = Dossier.objects.order_by("code").values_list("code", flat=True)
    assert list(codes) == [f"H20.48-261109-{n:04}" for n in range(1, 6)]


def test_one_event_a_batch_counts_what_was_entered(world: World) -> None:
    live = waiting(world).dossier
    before = Entry.objects.count()
    enter_histories(histories=[told_again(live)] * 2, batch="test/3", by=system("test"))
    event = Entry.objects.latest("id")
    assert Entry.objects.count() == before + 1
    assert event.event == "dossiers.HistoryEntered"
    assert (event.fields["dossiers"], event.fields["movements"]) == (2, 2 * live.acts)


# ---- what is refused


def test_a_history_the_law_does_not_have_is_not_entered_nor_those_beside_it(world: World) -> None:
    good = told_again(waiting(world).dossier)
    acts = [good.acts[0], PastAct(Act.DECIDE, good.acts[0].at + timedelta(days=1), "x", "x")]
    bad = History(**{name: getattr(good, name) for name in History.__slots__} | {"acts": acts})
    with nothing_saved(MoveNotAllowed):
        enter_histories(histories=[good, bad], batch="test/4", by=system("test"))


def test_the_table_s_own_constraints_hold_for_the_bulk_path_too(world: World) -> None:
    good = told_again(waiting(world).dossier)
    bad = History(**{name: getattr(good, name) for name in History.__slots__} | {"applicant_number": "12"})
    with pytest.raises(CheckViolation), transaction.atomic():
        enter_histories(histories=[bad], batch="test/5", by=system("test"))


@pytest.mark.parametrize("who", ["hanh", "leader", "administrator"])
def test_nobody_but_the_platform_enters_history(world: World, who: str) -> None:
    with nothing_saved(NotAllowed):
        enter_histories(histories=[], batch="test/6", by=world.actor(who))
