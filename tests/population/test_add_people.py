"""People in bulk: the same rules as one by one, all or none."""

from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction

from lienthong.audit.public import Entry
from lienthong.identity.public import ANONYMOUS, NotAllowed, SignInNeeded
from lienthong.kit import names
from lienthong.kit.partial_dates import PartialDate
from lienthong.population import rules
from lienthong.population.public import NumberTaken, Person, add_people
from lienthong.population.words import Sex

BAY, HANH, NAM, SA_RAY = "099062000214", "099194004471", "099088001234", "099168000315"


def test_every_field_arrives(family):
    person = Person.objects.select_related("residence_unit").get(pk=HANH)
    entered = family[HANH]
    for name in (
        "full_name",
        "ethnicity",
        "nationality",
        "mother_number",
        "mother_name",
        "father_number",
        "father_name",
        "spouse_number",
        "head_number",
        "old_number",
        "residence_detail",
        "card_issued_on",
        "card_issued_by",
    ):
        assert getattr(person, name) == getattr(entered, name)
    assert (person.birth, person.sex, person.status) == (entered.birth, "female", "alive")
    assert person.residence_unit_id == entered.residence_unit
    assert person.relation_to_head == "wife"


def test_keys_are_the_kits(family):
    for person in Person.objects.all():
        assert person.search_key == names.fold(person.full_name)
        assert person.sort_key == names.sort_key(person.full_name)


def test_births_are_kept_and_printed_as_far_as_known(family):
    births = {number: str(Person.objects.get(pk=number).birth) for number in (BAY, SA_RAY, HANH)}
    assert births == {
        BAY: "1962 (chỉ biết năm)",
        SA_RAY: "03/1968 (chỉ biết tháng và năm)",
        HANH: "14/02/1994",
    }


def test_the_database_refuses_a_day_where_only_the_year_is_known(family):
    with pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.filter(pk=HANH).update(birth_precision="year")


@pytest.mark.parametrize(
    "change",
    [
        {"full_name": ""},
        {"full_name": "Ha\u0323nh"},
        {"sex": "x"},
        {"ethnicity": "Kinh"},
        {"spouse_number": "12"},
        {"head_number": ""},
        {"old_number": "1"},
        {"nationality": "VNM"},
        {"status": ""},
    ],
)
def test_the_database_holds_the_same_line(family, change):
    with pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.filter(pk=HANH).update(**change)


def test_one_faulty_row_and_none_is_entered(family, actors):
    good = replace(family[NAM], personal_number="099088009999", head_number="099088009999")
    bad = replace(good, personal_number="099088009998", sex=Sex.FEMALE)
    with pytest.raises(rules.SexContradictsNumber):
        add_people([good, bad], by=actors.system)
    assert Person.objects.count() == len(family)


def test_a_number_taken_is_said_so_and_none_is_entered(family, actors):
    good = replace(family[NAM], personal_number="099088009999", head_number="099088009999")
    with pytest.raises(NumberTaken):
        add_people([good, family[NAM]], by=actors.system)
    assert Person.objects.count() == len(family)


def test_the_record_says_how_many(family, actors):
    entry = Entry.objects.get(event="population.PeopleAdded")
    assert '"count":6' in entry.facts


@pytest.mark.parametrize("who", ["hanh", "leader", "steward_elsewhere"])
def test_only_the_machine_adds_in_bulk(family, actors, who):
    with pytest.raises(NotAllowed):
        add_people([], by=getattr(actors, who))
    with pytest.raises(SignInNeeded):
        add_people([], by=ANONYMOUS)


def test_names_sort_by_given_name_in_vietnamese_order(family, actors):
    base = replace(family[NAM], head_number="", relation_to_head=None, birth=PartialDate(1988))
    words = ["Lê Văn Ánh", "Trần Văn An", "Lê Văn Đào", "Bùi Văn Dung", "Lê Văn Ân"]
    add_people(
        [replace(base, personal_number=f"09908800{n:04d}", full_name=name) for n, name in enumerate(words)],
        by=actors.system,
    )
    found = Person.objects.filter(full_name__in=words).order_by("sort_key")
    assert [person.full_name for person in found] == [
        "Trần Văn An",
        "Lê Văn Ánh",
        "Lê Văn Ân",
        "Bùi Văn Dung",
        "Lê Văn Đào",
    ]
