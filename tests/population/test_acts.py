"""Acts of civil status and residence: events append, the record follows, nothing changes silently."""

from dataclasses import replace
from datetime import date

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction

from lienthong.audit.public import Entry
from lienthong.identity.public import NotAllowed, SignInNeeded
from lienthong.identity.rules import ANONYMOUS
from lienthong.kit.partial_dates import PartialDate
from lienthong.population import rules
from lienthong.population.models import LifeRow, Person
from lienthong.population.models.columns import columns_of, entry_of, values_of
from lienthong.population.public import (
    NewPerson,
    Purpose,
    Relation,
    Sex,
    add_people,
    change_household,
    change_name,
    declare_missing,
    find_person,
    household_of,
    life_of,
    mark_found,
    person_as_of,
    register_death,
    register_divorce,
    register_emigration,
    register_marriage,
    register_move,
    register_return,
    undo_act,
)
from lienthong.population.queries.checking import departures
from lienthong.population.queries.lives import events_of

HANH, LOC, NGOC = "099194004471", "099091000938", "099321001206"
SA_RAY, BAY, NAM = "099168000315", "099062000214", "099088001234"
LAN = "099193000777"
BASIS = "Luật Hộ tịch 60/2014/QH13"

pytestmark = pytest.mark.usefixtures("family")


@pytest.fixture
def telling(actors):
    return {"source": "dossier:H20.47-261120-0031", "basis": BASIS, "by": actors.system}


@pytest.fixture
def lan(actors, places):
    """Somebody whom Nam may marry."""
    person = NewPerson(
        personal_number=LAN,
        full_name="Phạm Thị Lan",
        birth=PartialDate(1993, 5, 2),
        sex=Sex.FEMALE,
        residence_unit=places.other.pk,
    )
    add_people([person], by=actors.system)
    return LAN


def day(text: str) -> PartialDate:
    return PartialDate.from_iso(text)


def person(number: str) -> Person:
    return Person.objects.get(pk=number)


def test_a_marriage_is_one_act_and_an_event_in_each_life(telling, lan):
    act = register_marriage(NAM, lan, on=day("2026-11-02"), **telling)
    assert (person(NAM).spouse_number, person(lan).spouse_number) == (lan, NAM)
    rows = LifeRow.objects.filter(act=act)
    assert {(row.person_id, row.kind, row.other_number) for row in rows} == {
        (NAM, "marriage", lan),
        (lan, "marriage", NAM),
    }
    assert {row.source for row in rows} == {"dossier:H20.47-261120-0031"}


def test_the_first_event_finds_the_record_as_taken_over_written_down(telling, lan):
    """What the database writes is what Python defines, field for field."""
    before = {number: entry_of(person(number)) for number in (NAM, lan)}
    register_marriage(NAM, lan, on=day("2026-11-02"), **telling)
    for number, defined in before.items():
        written = events_of(person(number))[0]
        told = {name: value for name, value in defined.changes.items() if value not in ("", None, ())}
        assert written.changes == told
        assert (written.kind, written.day, written.recorded_at) == ("entry", defined.day, defined.recorded_at)


def test_both_ways_in_give_the_same_life(telling, actors, family):
    """A person entered in bulk and one entered by an event fold to the same record."""
    for number in family:
        one = person(number)
        assert columns_of(rules.fold([entry_of(one)]).values) == {
            name: getattr(one, name) for name in columns_of(values_of(one))
        }


def test_married_people_do_not_marry(telling):
    with pytest.raises(rules.MarriesTwice):
        register_marriage(HANH, NAM, on=day("2026-11-02"), **telling)
    with pytest.raises(rules.MarriesTheDead):
        register_marriage(SA_RAY, BAY, on=day("2026-11-02"), **telling)
    with pytest.raises(rules.UnderMarriageAge):
        register_marriage(NGOC, NAM, on=day("2026-11-02"), **telling)
    assert not LifeRow.objects.exists()


def test_divorce_and_marriage_to_another(telling):
    register_divorce(HANH, LOC, on=day("2026-11-02"), **telling)
    register_marriage(HANH, NAM, on=day("2026-11-03"), **telling)
    assert (person(HANH).spouse_number, person(LOC).spouse_number) == (NAM, "")
    with pytest.raises(rules.NotMarriedToEachOther):
        register_divorce(HANH, LOC, on=day("2026-11-04"), **telling)


def test_a_death_widows_and_leaves_the_household(telling):
    register_death(LOC, on=day("2026-11"), **telling)
    loc = person(LOC)
    assert (loc.status, str(loc.died), loc.head_number) == ("dead", "11/2026 (chỉ biết tháng và năm)", "")
    assert person(HANH).spouse_number == ""
    with pytest.raises(rules.DiesTwice):
        register_death(LOC, on=day("2026-11-03"), **telling)


def test_who_was_thought_dead_is_married_again_unless_the_other_has_remarried(telling, lan):
    """Civil Code 91/2015/QH13, article 73."""
    register_death(LOC, on=day("2026-11-01"), **telling)
    mark_found(LOC, on=day("2026-11-05"), **telling)
    assert (person(LOC).status, person(LOC).spouse_number, person(HANH).spouse_number) == ("alive", HANH, LOC)
    register_death(LOC, on=day("2026-11-06"), **telling)
    register_marriage(HANH, NAM, on=day("2026-11-07"), **telling)
    mark_found(LOC, on=day("2026-11-08"), **telling)
    assert (person(LOC).spouse_number, person(HANH).spouse_number) == ("", NAM)


def test_a_move_leaves_the_old_household_and_may_join_another(telling, places):
    register_move(
        HANH, unit=places.other.pk, detail="Số 5", since=day("2026-11"), head_number=NAM,
        relation=Relation.OTHER, **telling,
    )  # fmt: skip
    moved = Person.objects.select_related("residence_unit__parent").get(pk=HANH)
    assert (moved.residence, moved.residence_precision) == (
        "Số 5, Phường Thành Đông, Tỉnh Hải Phòng".replace("Tỉnh", "Thành phố"),
        "address",
    )
    assert (str(moved.lives_there_since), moved.head_number) == ("11/2026 (chỉ biết tháng và năm)", NAM)
    register_move(HANH, unit=places.other.pk, detail="", since=day("2026-11-20"), **telling)
    assert (person(HANH).head_number, person(HANH).residence_precision) == ("", "commune")


def test_nobody_moves_to_a_ward_before_it_was_made(telling, places):
    with pytest.raises(rules.PlaceNotThere) as refused:
        register_move(NAM, unit=places.ben_sen.pk, detail="", since=day("2025-06-30"), **telling)
    assert "Phường Bến Sen" in str(refused.value)


def test_the_head_of_a_household_is_alive_and_its_head(telling):
    for wrong in (BAY, HANH):
        with pytest.raises((rules.HeadNotThere, rules.HouseholdUnclear)):
            change_household(NAM, head_number=wrong, relation=Relation.OTHER, on=day("2026-11-02"), **telling)
    change_household(HANH, head_number=HANH, relation=Relation.HEAD, on=day("2026-11-02"), **telling)
    assert (person(HANH).head_number, person(HANH).relation_to_head) == (HANH, "head")


def test_a_household_is_read_head_first_and_each_member_sees_it(actors):
    found = household_of(NGOC, purpose=Purpose.REVIEW, basis="Kế hoạch 42", by=actors.steward_elsewhere)
    assert [one.pk for one in found] == [LOC, HANH, NGOC]
    assert all(one.accesses.count() == 1 for one in found)
    with pytest.raises(NotAllowed):
        household_of(HANH, purpose=Purpose.OWN, basis=BASIS, by=actors.hanh)


def test_a_new_name_holds_from_its_day_and_is_found_by_it(telling, actors):
    change_name(NAM, full_name="Lê Hoàng Nam Anh", on=day("2026-11-10"), **telling)
    assert person(NAM).search_key == "le hoang nam anh"
    then = person_as_of(
        NAM, date(2026, 11, 9), purpose=Purpose.REVIEW, basis="x", by=actors.steward_elsewhere
    )
    assert then.record.full_name == "Lê Hoàng Nam"
    (found,) = find_person("le hoang nam anh", birth=PartialDate(1988), basis="x", by=actors.reception)
    assert found.pk == NAM
    with pytest.raises(rules.NameUnusable):
        change_name(NAM, full_name="Nam 2", on=day("2026-11-10"), **telling)


def test_missing_found_abroad_and_back(telling, places):
    declare_missing(NAM, on=day("2026-11-02"), **telling)
    assert person(NAM).status == "missing"
    with pytest.raises(rules.ActsWhileMissing):
        register_move(NAM, unit=places.other.pk, detail="", since=day("2026-11-03"), **telling)
    mark_found(NAM, on=day("2026-11-04"), **telling)
    register_emigration(NAM, on=day("2026-11-05"), **telling)
    assert (person(NAM).status, person(NAM).residence_unit_id) == ("emigrated", None)
    register_return(NAM, on=day("2026-11-06"), **telling)
    assert person(NAM).status == "alive"


def test_as_of_any_day_and_as_known_at_any_moment(telling, actors):
    register_death(LOC, on=day("2026-11-12"), **telling)
    recorded = LifeRow.objects.get(person=LOC, kind="death").recorded_at
    ask = {"purpose": Purpose.REVIEW, "basis": "Kế hoạch 42", "by": actors.steward_elsewhere}
    entered = person(LOC).entered_at
    assert person_as_of(LOC, date(2026, 11, 11), **ask).record.status == "alive"
    dead = person_as_of(LOC, date(2026, 11, 12), **ask)
    assert (dead.record.status, dead.provenance["status"].kind) == ("dead", "death")
    assert person_as_of(LOC, date(2026, 11, 12), known_at=entered, **ask).record.status == "alive"
    assert person_as_of(LOC, date(2026, 11, 12), known_at=recorded, **ask).record.status == "dead"
    with pytest.raises(rules.UnknownPerson):
        person_as_of(LOC, date(1990, 1, 1), **ask)
    assert person(LOC).accesses.count() == 4


def test_what_was_taken_over_names_its_batch_as_source(actors, lan):
    then = person_as_of(
        lan, date(2026, 11, 20), purpose=Purpose.REVIEW, basis="x", by=actors.steward_elsewhere
    )
    given = then.provenance["full_name"]
    assert (given.kind, given.source, given.by) == ("entry", "register:population", "system:test")


def test_a_life_is_read_in_the_order_of_days_and_undone_events_say_so(telling, actors):
    act = register_death(LOC, on=day("2026-11-12"), **telling)
    undo_act(act, **telling)
    lines = life_of(LOC, purpose=Purpose.OWN, basis="x", by=replace(actors.hanh, personal_number=LOC))
    assert [(line.kind, line.is_undone) for line in lines if line.kind != "annulment"] == [
        ("entry", False),
        ("death", True),
    ]
    assert (person(LOC).status, person(LOC).spouse_number, person(HANH).spouse_number) == ("alive", HANH, LOC)


def test_what_later_events_stand_on_is_not_undone_alone(telling, lan):
    death = register_death(LOC, on=day("2026-11-01"), **telling)
    marriage = register_marriage(HANH, NAM, on=day("2026-11-07"), **telling)
    with pytest.raises(rules.LaterEventsDepend):
        undo_act(death, **telling)
    undo_act(marriage, **telling)
    undo_act(death, **telling)
    assert person(HANH).spouse_number == LOC
    with pytest.raises(rules.AlreadyUndone):
        undo_act(death, **telling)


def test_nobody_changes_a_person_without_an_event():
    """The live table follows the events; the database itself refuses a silent change."""
    with pytest.raises(DatabaseError, match="only by an event"), transaction.atomic():
        Person.objects.filter(pk=NAM).update(full_name="Người Khác")
    with pytest.raises(DatabaseError, match="only by an event"), transaction.atomic():
        Person.objects.filter(pk=NAM).update(last_event=1)


@pytest.mark.parametrize("statement", ["UPDATE {} SET basis = 'x'", "DELETE FROM {}"])
@pytest.mark.parametrize("table", ["population_life_event", "population_attribute", "population_batch"])
def test_events_only_grow(telling, application_role, statement, table):
    register_death(LOC, on=day("2026-11-12"), **telling)
    if table == "population_life_event":
        with pytest.raises(DatabaseError, match="only grows"), transaction.atomic():
            connection.cursor().execute(statement.format(table))
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        application_role.execute(statement.format(table))


def test_the_record_of_events_holds_no_personal_data(telling):
    register_death(LOC, on=day("2026-11-12"), **telling)
    entries = Entry.objects.filter(event="population.LifeEventRecorded")
    assert entries.count() == 2
    assert not any(LOC in entry.facts or HANH in entry.facts for entry in entries)


def test_the_check_finds_a_record_that_departs_from_its_events(telling):
    register_death(LOC, on=day("2026-11-12"), **telling)
    assert list(departures()) == []
    with connection.cursor() as cursor:
        cursor.execute("UPDATE population_person SET home_town = 'x' WHERE personal_number = %s", [LOC])
    (found,) = departures()
    assert (found.person, found.fields) == (person(LOC).ref, ("home_town",))


@pytest.mark.parametrize("who", ["hanh", "reception", "handler", "leader", "leader_elsewhere"])
def test_only_the_steward_the_deciding_leader_or_the_machine_writes(telling, actors, dossier, who):
    by = {**telling, "by": getattr(actors, who)}
    with pytest.raises(NotAllowed):
        register_death(NAM, on=day("2026-11-12"), **by)
    with pytest.raises(SignInNeeded):
        register_death(NAM, on=day("2026-11-12"), **{**telling, "by": ANONYMOUS})
    register_death(NAM, on=day("2026-11-12"), dossier=dossier, **{**telling, "by": actors.leader})


def test_a_source_and_a_basis_are_needed(telling):
    with pytest.raises(rules.SourceUnclear):
        register_death(NAM, on=day("2026-11-12"), **{**telling, "source": "hearsay"})
    with pytest.raises(rules.BasisNeeded):
        register_death(NAM, on=day("2026-11-12"), **{**telling, "basis": " "})
