"""Corrections append and never overwrite; each value says where it comes from."""

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest
from django.utils import timezone

from lienthong.identity.public import NotAllowed
from lienthong.kit.partial_dates import DateNotUnderstood, PartialDate
from lienthong.population import rules
from lienthong.population.models import Attribute, LifeRow, Person
from lienthong.population.public import (
    CORRECTABLE,
    NewPerson,
    NumberTaken,
    Purpose,
    Relation,
    Sex,
    accesses_of,
    add_people,
    apply_correction,
    attach_attribute,
    attributes_of,
    correct_person,
    departures,
    find_person,
    known_facts,
    life_of,
    merge_people,
    person_as_of,
    read_person,
    register_move,
    renumber_person,
    undo_act,
)

HANH, LOC, NGOC = "099194004471", "099091000938", "099321001206"
SA_RAY, BAY, NAM = "099168000315", "099062000214", "099088001234"
BASIS = "Luật Hộ tịch 60/2014/QH13, điều 28"

pytestmark = pytest.mark.usefixtures("family")


@pytest.fixture
def telling(actors):
    return {"source": "register:social_insurance", "basis": BASIS, "by": actors.system}


@pytest.fixture
def asking(actors):
    return {"purpose": Purpose.REVIEW, "basis": "Kế hoạch 42", "by": actors.steward_elsewhere}


def person(number: str) -> Person:
    return Person.objects.get(pk=number)


def test_one_event_corrects_many_fields_and_each_says_where_it_comes_from(telling, asking):
    act = apply_correction(NAM, {"ethnicity": "05", "mother_name": "Lê  Thị Tư"}, **telling)
    apply_correction(NAM, {"ethnicity": "06"}, **{**telling, "source": "book:12/1988"})
    assert LifeRow.objects.filter(person=NAM, kind="correction").count() == 2
    then = person_as_of(NAM, timezone.localdate(), **asking)
    assert (then.record.ethnicity, then.record.mother_name) == ("06", "Lê Thị Tư")
    sources = {name: given.source for name, given in then.provenance.items()}
    assert sources["ethnicity"] == "book:12/1988"
    assert sources["mother_name"] == "register:social_insurance"
    assert sources["full_name"] == "register:population"
    assert LifeRow.objects.filter(act=act).count() == 1


def test_a_correction_undone_gives_back_the_value_before(telling):
    act = apply_correction(NAM, {"full_name": "Lê Hoàng Năm"}, **telling)
    assert (person(NAM).full_name, person(NAM).search_key) == ("Lê Hoàng Năm", "le hoang nam")
    undo_act(act, **telling)
    assert person(NAM).full_name == "Lê Hoàng Nam"


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"status": "dead"}, rules.FieldNotCorrectable),
        ({"personal_number": NGOC}, rules.FieldNotCorrectable),
        ({"full_name": "Lê Hoàng Nam"}, rules.NothingToChange),
        ({"full_name": "Nam 2"}, rules.NameUnusable),
        ({"full_name": ""}, rules.NameUnusable),
        ({"birth": "1989-12-02"}, rules.BirthContradictsNumber),
        ({"birth": "2/12/1988"}, DateNotUnderstood),
        ({"sex": "female"}, rules.SexContradictsNumber),
        ({"ethnicity": "99"}, rules.EthnicityUnknown),
        ({"mother_number": BAY}, rules.ParentOfOtherSex),
        ({"residence_unit": 0}, rules.ValueUnusable),
        ({"old_numbers": "123456789"}, rules.ValueUnusable),
        ({"old_number": "12345678"}, rules.OldNumberMalformed),
        ({"died_on": "2020"}, rules.DiedAndAlive),
    ],
)
def test_a_faulty_correction_is_refused_and_nothing_is_written(telling, changes, refusal):
    with pytest.raises(refusal):
        apply_correction(NAM, changes, **telling)
    assert not LifeRow.objects.exists()


def test_every_field_but_status_and_continuation_can_be_corrected():
    assert set(rules.BLANK) - CORRECTABLE == {"status", "continued_as"}


def test_the_day_of_a_death_taken_over_without_one_can_be_added(telling, asking):
    correct_person(BAY, "died_on", "2019-05", **telling)
    assert str(person(BAY).died) == "05/2019 (chỉ biết tháng và năm)"
    assert person_as_of(BAY, date(2019, 4, 1), **asking).record.status == "alive"
    assert person_as_of(BAY, date(2019, 6, 1), **asking).record.status == "dead"


def test_a_person_has_several_old_numbers_and_is_found_by_each(telling, actors):
    correct_person(LOC, "old_number", "000954321", **telling)
    correct_person(LOC, "old_number", "000777777", **telling)
    with pytest.raises(rules.NothingToChange):
        correct_person(LOC, "old_number", "000954321", **telling)
    assert person(LOC).old_numbers == ("000912345", "000954321", "000777777")
    for old in ("000912345", "000954321", "000 777 777"):
        (found,) = find_person(old, basis="x", by=actors.reception)
        assert found.pk == LOC


def test_attributes_are_added_and_the_newest_of_each_source_holds(telling, asking):
    facts = {"basis": BASIS, "by": telling["by"]}
    attach_attribute(
        NAM, "phone", "0900 000 001", source="register:telecom", valid_from=date(2020, 1, 1), **facts
    )
    attach_attribute(
        NAM, "phone", "0900 000 002", source="register:telecom", valid_from=date(2024, 1, 1), **facts
    )
    attach_attribute(
        NAM, "phone", "0900 000 003", source="register:tax", valid_from=date(2024, 1, 1), **facts
    )
    attach_attribute(
        NAM, "union", "Hội Nông dân", source="register:farmers", valid_from=date(2023, 1, 1), **facts
    )
    now = attributes_of(NAM, names=["phone"], **asking)
    assert [(line.source, line.value) for line in now] == [
        ("register:tax", "0900 000 003"),
        ("register:telecom", "0900 000 002"),
    ]
    then = attributes_of(NAM, on=date(2021, 1, 1), **asking)
    assert [(line.name, line.value) for line in then] == [("phone", "0900 000 001")]
    attach_attribute(NAM, "phone", "", source="register:tax", valid_from=date(2025, 1, 1), **facts)
    assert [line.source for line in attributes_of(NAM, names=["phone"], **asking)] == ["register:telecom"]
    assert Attribute.objects.count() == 5
    assert person(NAM).accesses.count() == 3


def test_an_attribute_needs_a_plain_name_and_a_source(telling, actors):
    facts = {"valid_from": date(2024, 1, 1), "basis": BASIS}
    with pytest.raises(rules.AttributeUnclear):
        attach_attribute(NAM, "Số điện thoại", "1", source="register:x", by=actors.system, **facts)
    with pytest.raises(rules.SourceUnclear):
        attach_attribute(NAM, "phone", "1", source="x", by=actors.system, **facts)
    with pytest.raises(NotAllowed):
        attach_attribute(NAM, "phone", "1", source="register:x", by=actors.handler, **facts)


@pytest.fixture
def double(family, actors):
    """Nam, entered a second time under a number of his own, with an old number and a child's memory."""
    twice = replace(
        family[NAM],
        personal_number="099088007777",
        head_number="099088007777",
        old_number="000111222",
        mother_name="Lê Thị Tư",
        birth=PartialDate(1988),
    )
    child = replace(
        family[NGOC],
        personal_number="099321009999",
        father_number="099088007777",
        father_name="Lê Hoàng Nam",
        head_number="099088007777",
        relation_to_head=Relation.CHILD,
    )
    add_people([twice, child], by=actors.system)
    return "099088007777"


def test_merging_cancels_one_record_which_goes_on_as_the_other(telling, actors, double, asking):
    merge_people(NAM, double, **telling)
    assert (person(double).continued_as, person(NAM).old_numbers) == (NAM, ("000111222",))
    assert person(NAM).mother_name == "Lê Thị Tư"
    child = person("099321009999")
    assert (child.father_number, child.head_number) == (NAM, NAM)
    (found,) = find_person(double, basis="x", by=actors.reception)
    (by_old,) = find_person("000111222", basis="x", by=actors.reception)
    (by_name,) = find_person("Lê Hoàng Nam", birth=PartialDate(1988), basis="x", by=actors.reception)
    assert found.pk == by_old.pk == by_name.pk == NAM
    assert read_person(double, **asking).pk == double
    facts = known_facts(double, keys=["requester_id_number"], basis="x", by=actors.system)
    assert facts["requester_id_number"].value == NAM
    with pytest.raises(rules.ContinuedElsewhere):
        register_move(
            double, unit=person(NAM).residence_unit_id, detail="", since=PartialDate(2026, 11), **telling
        )


def test_a_merge_undone_gives_back_both_records(telling, double):
    numbers = (NAM, double, "099321009999")
    before = [Person.objects.filter(pk=number).values().get() for number in numbers]
    undo_act(merge_people(NAM, double, **telling), **telling)
    after = [Person.objects.filter(pk=number).values().get() for number in numbers]
    for row in (*before, *after):
        del row["last_event"]
    assert before == after


def test_two_people_are_not_merged(telling, double):
    for other in (HANH, LOC, NAM):
        with pytest.raises(rules.CannotMerge):
            merge_people(NAM, other, **telling)


@pytest.mark.parametrize(
    ("birth", "one_day"),
    [
        (PartialDate(1988, 2, 12), True),  # day and month changed places
        (PartialDate(1988, 12, 3), True),  # a figure slipped
        (PartialDate(1988, 12, 31), False),
        (PartialDate(1988, 11, 30), False),
        (PartialDate(1988, 11), False),  # the month differs, and nothing tells that a figure slipped
        (PartialDate(1989, 12, 2), False),  # another year is another number
    ],
)
def test_births_written_apart_by_a_slip_are_one_birth(birth, one_day):
    assert rules.may_be_one_birth(PartialDate(1988, 12, 2), birth) is one_day


def test_the_kept_record_takes_what_the_cancelled_one_has_right(telling, family, actors):
    """The day of birth and the mother's name of the other; what is not taken stays. Each field says from where."""
    twice = replace(
        family[NAM], personal_number="099088007777", head_number="099088007777", full_name="Lê Hoàng Namm",
        birth=PartialDate(1988, 2, 12), mother_name="Lê Thị Tư",
    )  # fmt: skip
    add_people([twice], by=actors.system)
    act = merge_people(NAM, "099088007777", taken=["birth", "mother_name"], **telling)
    kept = person(NAM)
    assert (kept.birth, kept.full_name, kept.mother_name) == (
        PartialDate(1988, 2, 12),
        "Lê Hoàng Nam",
        "Lê Thị Tư",
    )
    then = person_as_of(
        NAM, timezone.localdate(), purpose=Purpose.REVIEW, basis="x", by=actors.steward_elsewhere
    )
    assert then.provenance["birth"].source == telling["source"]
    undo_act(act, **telling)
    assert person(NAM).birth == PartialDate(1988, 12, 2)
    with pytest.raises(rules.FieldNotCorrectable):
        merge_people(NAM, "099088007777", taken=["residence_unit"], **telling)


def test_what_was_noted_under_the_cancelled_number_is_still_the_persons(telling, actors, double, asking):
    facts = {"source": "register:health", "valid_from": date(2024, 1, 1), "basis": BASIS, "by": actors.system}
    attach_attribute(double, "blood_group", "O", **facts)
    read_person(double, **asking)
    assert attributes_of(NAM, **asking) == []
    act = merge_people(NAM, double, **telling)
    assert [(one.name, one.value) for one in attributes_of(NAM, **asking)] == [("blood_group", "O")]
    seen = accesses_of(NAM, by=actors.nam).lines
    assert len(seen) == 3  # twice the attributes, once the record that is cancelled now
    undo_act(act, **telling)
    assert attributes_of(NAM, **asking) == []


def test_a_corrected_sex_or_birth_year_gives_a_new_number_and_the_old_one_stays_cancelled(
    telling, family, actors, asking
):
    """Decree 137/2015/NĐ-CP, article 14."""
    told = renumber_person(LOC, {"birth": "1992-06-20"}, on=PartialDate(2026, 11, 2), **telling)
    new = person(told.number)
    assert new.pk[:6] == "099092"
    assert (person(LOC).continued_as, person(HANH).spouse_number) == (new.pk, new.pk)
    assert (person(NGOC).father_number, person(NGOC).head_number, new.head_number) == (new.pk, new.pk, new.pk)
    (found,) = find_person(LOC, basis="x", by=actors.reception)
    assert found.pk == new.pk
    with pytest.raises(NumberTaken):
        add_people([family[LOC]], by=actors.system)
    lines = life_of(new.pk, **asking)
    assert [(line.kind, str(line.day), line.other) for line in lines] == [("renumbering", "02/11/2026", LOC)]
    with pytest.raises(rules.NoNewNumberNeeded):
        renumber_person(NAM, {"birth": "1988-12-03"}, **telling)
    with pytest.raises(rules.SexNeededForNumber):
        renumber_person(NAM, {"sex": Sex.UNDETERMINED.value, "birth": "1990"}, **telling)


def test_as_of_a_day_before_a_new_number_it_is_the_old_one_and_nothing_forgets_where_it_came_from(
    telling, asking
):
    correct_person(LOC, "ethnicity", "05", **{**telling, "source": "book:3/1991"})
    paper = {**telling, "source": "decision:12/QĐ-UBND"}
    told = renumber_person(LOC, {"birth": "1992-06-20"}, on=PartialDate(2026, 11, 22), **paper)
    before = person_as_of(told.number, date(2026, 11, 21), **asking)
    assert (before.number, before.record.birth.year, before.before) == (LOC, 1991, "")
    after = person_as_of(told.number, date(2026, 11, 22), **asking)
    assert (after.number, after.record.birth.year, after.before) == (told.number, 1992, LOC)
    sources = {name: given.source for name, given in after.provenance.items()}
    assert (sources["birth"], sources["personal_number"]) == ("decision:12/QĐ-UBND",) * 2
    assert sources["ethnicity"] == "book:3/1991"
    assert {sources[name] for name in ("full_name", "status", "head_number")} == {"register:population"}
    old = person_as_of(LOC, date(2026, 11, 22), **asking)
    assert (old.number, old.continued_as) == (LOC, told.number)
    assert {line.person_id for line in person(LOC).accesses.all()} == {LOC}


def test_the_number_that_a_paper_names_is_taken_if_it_fits_and_nobody_has_it(telling):
    with pytest.raises(rules.BirthContradictsNumber):
        renumber_person(LOC, {"birth": "1992-06-20"}, given="099093000001", **telling)
    with pytest.raises(rules.NumberInRegister):
        renumber_person(LOC, {"birth": "1988-06-20"}, given=NAM, **telling)
    assert person(LOC).continued_as == ""
    told = renumber_person(LOC, {"birth": "1992-06-20"}, given="099092000001", **telling)
    assert (told.number, person(LOC).continued_as) == ("099092000001", "099092000001")


def test_a_new_number_holds_from_no_day_before_what_stands_under_the_old_one(telling):
    move = {"unit": person(LOC).residence_unit_id, "detail": "Số 9", "since": PartialDate(2026, 10, 5)}
    register_move(LOC, **move, **telling)
    with pytest.raises(rules.NewNumberBeforeEvents, match="05/10/2026"):
        renumber_person(LOC, {"birth": "1992-06-20"}, on=PartialDate(2026, 10, 4), **telling)
    with pytest.raises(rules.EventInFuture):
        renumber_person(LOC, {"birth": "1992-06-20"}, on=PartialDate(2999, 1, 1), **telling)
    renumber_person(LOC, {"birth": "1992-06-20"}, on=PartialDate(2026, 10, 5), **telling)


def test_a_new_number_undone_is_cancelled_in_its_turn_and_relatives_name_the_old_one(telling, asking, actors):
    before = [Person.objects.filter(pk=one).values().get() for one in (LOC, HANH, NGOC)]
    told = renumber_person(LOC, {"birth": "1992-06-20"}, **telling)
    correct_person(BAY, "spouse_number", told.number, **telling)  # who came to name it meanwhile
    undo_act(told.act, **telling)
    after = [Person.objects.filter(pk=one).values().get() for one in (LOC, HANH, NGOC)]
    for one, other in zip(before, after, strict=True):
        assert {**one, "last_event": None} == {**other, "last_event": None}
    assert (person(told.number).continued_as, person(BAY).spouse_number) == (LOC, LOC)
    kinds = Counter(LifeRow.objects.filter(person=HANH).values_list("kind", flat=True))
    assert kinds == {"entry": 1, "correction": 2, "annulment": 2}
    assert person_as_of(told.number, timezone.localdate(), **asking).continued_as == LOC
    (found,) = find_person(told.number, basis="x", by=actors.reception)
    assert found.pk == LOC
    with pytest.raises(rules.AlreadyUndone):
        undo_act(told.act, **telling)


def test_a_new_number_under_which_something_happened_is_not_undone(telling):
    told = renumber_person(LOC, {"birth": "1992-06-20"}, **telling)
    correct_person(told.number, "ethnicity", "05", **telling)
    with pytest.raises(rules.LaterEventsDepend):
        undo_act(told.act, **telling)


def test_records_of_two_years_are_one_only_by_a_paper(telling, family, actors):
    twice = replace(family[NAM], personal_number="099086001234", birth=PartialDate(1986, 12, 2), head_number="",
                    relation_to_head=None)  # fmt: skip
    add_people([twice], by=actors.system)
    with pytest.raises(rules.CannotMerge):
        merge_people(NAM, "099086001234", **telling)
    merge_people(NAM, "099086001234", by_paper=True, **telling)
    assert (person("099086001234").continued_as, person(NAM).birth.year) == (NAM, 1988)
    with pytest.raises(rules.CannotMerge):
        merge_people(NAM, NAM, by_paper=True, **telling)


def test_a_merge_is_not_undone_while_the_record_that_goes_on_was_merged_itself(
    telling, double, family, actors
):
    """Who took over from it what it took over would keep a stranger's old number."""
    first = merge_people(NAM, double, **telling)
    third = replace(family[NAM], personal_number="099088003333", head_number="", relation_to_head=None)
    add_people([third], by=actors.system)
    second = merge_people("099088003333", NAM, **telling)
    assert person("099088003333").old_numbers == ("000111222",)
    with pytest.raises(rules.LaterEventsDepend):
        undo_act(first, **telling)
    undo_act(second, **telling)
    undo_act(first, **telling)
    assert (person(NAM).old_numbers, person("099088003333").old_numbers) == ((), ())


def test_what_happened_after_a_merge_outlives_its_undoing(telling, double):
    child = "099321009999"
    act = merge_people(NAM, double, **telling)
    register_move(
        NAM, unit=person(NAM).residence_unit_id, detail="Số 9", since=PartialDate(2026, 10, 5), **telling
    )
    apply_correction(NAM, {"mother_name": "Lê Thị Tư Em"}, **telling)
    correct_person(child, "father_number", LOC, **telling)
    undo_act(act, **telling)
    kept = person(NAM)
    assert (kept.residence_detail, kept.mother_name, kept.old_numbers) == ("Số 9", "Lê Thị Tư Em", ())
    assert (person(child).father_number, person(child).head_number) == (LOC, double)
    assert person(double).continued_as == ""
    assert list(departures()) == []


def test_who_signs_in_with_a_cancelled_number_sees_who_reads_the_one_that_goes_on(
    telling, actors, double, asking
):
    merge_people(double, NAM, **telling)
    read_person(double, **asking)
    assert [line.basis for line in accesses_of(NAM, by=actors.nam).lines] == ["Kế hoạch 42"]


def test_a_relative_whose_own_number_is_cancelled_does_not_stand_in_the_way_of_a_merge(
    telling, double, family, actors
):
    """A family entered twice, the child merged before its father: the child's cancelled record still names him."""
    again = replace(family[NGOC], personal_number="099321008888", head_number="", relation_to_head=None,
                    father_number="")  # fmt: skip
    add_people([again], by=actors.system)
    merge_people("099321008888", "099321009999", **telling)
    merge_people(NAM, double, **telling)
    assert person("099321008888").father_number == NAM


def test_who_lived_in_the_household_of_his_own_second_record_is_its_head(telling, double):
    other = "099088005555"
    held = person(NAM)
    add_people(
        [NewPerson(personal_number=other, full_name=held.full_name, birth=held.birth, sex=Sex.MALE,
                   residence_unit=held.residence_unit_id, head_number=double, relation_to_head=Relation.OTHER)],
        by=telling["by"],
    )  # fmt: skip
    merge_people(other, double, **telling)
    assert (person(other).head_number, person(other).relation_to_head) == (other, "head")


@pytest.mark.parametrize("who", ["hanh", "reception", "handler", "leader"])
def test_only_the_steward_or_the_machine_corrects_without_a_dossier(telling, actors, who):
    with pytest.raises(NotAllowed):
        correct_person(NAM, "ethnicity", "05", **{**telling, "by": getattr(actors, who)})
    correct_person(NAM, "ethnicity", "05", **{**telling, "by": actors.steward_elsewhere})
