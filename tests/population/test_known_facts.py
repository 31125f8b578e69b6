"""What the register fills in, and whose record that touches."""

from pathlib import Path

import pytest
import yaml

from lienthong.identity.public import NotAllowed
from lienthong.population.public import (
    FACTS,
    Access,
    Purpose,
    RequesterNotAlive,
    correct_person,
    known_facts,
)

HANH, LOC, NGOC = "099194004471", "099091000938", "099321001206"
SA_RAY, BAY, NAM = "099168000315", "099062000214", "099088001234"
BASIS = "Luật Hộ tịch, điều 16"

REQUESTER = ("requester_name", "requester_birth_date", "requester_id_number", "requester_residence")
PARENTS = tuple(
    f"{parent}_{field}"
    for parent in ("mother", "father")
    for field in ("name", "birth", "ethnicity", "nationality", "residence", "personal_id")
)

pytestmark = pytest.mark.usefixtures("family")


def texts(facts):
    return {key: fact.text for key, fact in facts.items()}


def test_a_birth_form_is_filled_from_the_records_of_both_parents(actors):
    facts = known_facts(HANH, keys=[*REQUESTER, *PARENTS, "child_name"], basis=BASIS, by=actors.hanh)
    home = "Khu phố 4, Phường Bến Sen, Tỉnh Đồng Tháp"
    assert texts(facts) == {
        "requester_name": "Nguyễn Thị Minh Hạnh",
        "requester_birth_date": "14/02/1994",
        "requester_id_number": HANH,
        "requester_residence": home,
        "mother_name": "Nguyễn Thị Minh Hạnh",
        "mother_birth": "14/02/1994",
        "mother_ethnicity": "Khmer",
        "mother_nationality": "Việt Nam",
        "mother_residence": home,
        "mother_personal_id": HANH,
        "father_name": "Trần Văn Lộc",
        "father_birth": "20/06/1991",
        "father_ethnicity": "Kinh",
        "father_nationality": "Việt Nam",
        "father_residence": home,
        "father_personal_id": LOC,
    }
    assert facts["mother_birth"].value == "1994-02-14"
    assert facts["father_name"].source == "Cơ sở dữ liệu quốc gia về dân cư"
    assert facts["father_name"].read_at.tzinfo is not None


def test_each_person_read_sees_it_once_with_the_parts_read(actors):
    known_facts(HANH, keys=[*REQUESTER, *PARENTS], basis=BASIS, by=actors.hanh)
    own, husbands = Access.objects.get(person=HANH), Access.objects.get(person=LOC)
    assert Access.objects.count() == 2
    assert own.by_self
    assert (husbands.by_self, husbands.actor_display) == (False, "Người trong gia đình, khi lập tờ khai")
    assert husbands.groups == ["birth", "ethnicity", "name", "nationality", "number", "residence"]


def test_only_what_is_asked_is_read(actors):
    facts = known_facts(HANH, keys=["requester_name"], basis=BASIS, by=actors.hanh)
    assert list(facts) == ["requester_name"]
    access = Access.objects.get()
    assert (access.person_id, access.groups) == (HANH, ["name"])


def test_when_the_father_asks_the_mother_is_his_wife(actors, dossier):
    facts = known_facts(
        LOC, keys=["mother_name", "father_name"], basis=BASIS, by=actors.system, dossier=dossier
    )
    assert texts(facts) == {"mother_name": "Nguyễn Thị Minh Hạnh", "father_name": "Trần Văn Lộc"}


def test_a_spouse_counts_only_when_both_records_say_so(actors):
    correct_person(LOC, "spouse_number", "", source="court:12/2026/HNGĐ", basis=BASIS, by=actors.system)
    facts = known_facts(HANH, keys=PARENTS, basis=BASIS, by=actors.hanh)
    assert {key for key in facts if key.startswith("father_")} == set()
    assert not Access.objects.filter(person=LOC).exists()


def test_family_needs_assurance_level_two(actors):
    """Decree 69/2024/NĐ-CP."""
    facts = known_facts(HANH, keys=["mother_name", "father_name"], basis=BASIS, by=actors.hanh_at_level_one)
    assert list(facts) == ["mother_name"]


def test_household_and_parents_for_form_ct01_and_criminal_record(actors):
    keys = ["head_name", "head_personal_id", "relation_to_head", "mother", "father", "spouse"]
    facts = known_facts(HANH, keys=keys, basis=BASIS, by=actors.hanh)
    assert texts(facts) == {
        "head_name": "Trần Văn Lộc",
        "head_personal_id": LOC,
        "relation_to_head": "Vợ",
        "mother": "Thạch Thị Sa Rây, sinh 03/1968 (chỉ biết tháng và năm)",
        "father": "Nguyễn Văn Bảy, sinh 1962 (chỉ biết năm)",
        "spouse": "Trần Văn Lộc, sinh 20/06/1991",
    }


def test_a_parent_who_is_not_in_this_register_is_known_by_name(actors):
    correct_person(HANH, "father_number", "", source="book:1/1994", basis=BASIS, by=actors.system)
    facts = known_facts(HANH, keys=["father"], basis=BASIS, by=actors.hanh)
    assert texts(facts) == {"father": "Nguyễn Văn Bảy"}


def test_a_birth_known_to_the_year_is_never_filled_in_as_a_day(actors):
    facts = known_facts(HANH, keys=["deceased_birth_date"], about=BAY, basis=BASIS, by=actors.hanh)
    assert (facts["deceased_birth_date"].value, facts["deceased_birth_date"].text) == (
        "1962",
        "1962 (chỉ biết năm)",
    )


@pytest.mark.parametrize(
    ("about", "known"), [(NGOC, True), (LOC, True), (BAY, True), (NAM, False), ("", False)]
)
def test_a_form_about_somebody_else_is_filled_for_close_family_only(actors, about, known):
    """Civil Code 91/2015/QH13, article 136: parents act for a child under 18."""
    facts = known_facts(HANH, keys=["pupil_name"], about=about, basis=BASIS, by=actors.hanh)
    assert bool(facts) is known
    assert Access.objects.filter(person=about).exists() is known


def test_a_grown_child_is_not_filled_in_by_the_parents(actors, dossier):
    facts = known_facts(
        SA_RAY, keys=["pupil_name"], about=HANH, basis=BASIS, by=actors.system, dossier=dossier
    )
    assert facts == {}


def test_what_the_register_does_not_hold_is_left_out(actors, dossier):
    facts = known_facts(
        LOC,
        keys=["requester_id_issued_on", "mother", "ethnicity"],
        basis=BASIS,
        by=actors.system,
        dossier=dossier,
    )
    assert list(facts) == ["ethnicity"]


def test_the_dead_file_nothing(actors, dossier):
    with pytest.raises(RequesterNotAlive):
        known_facts(BAY, keys=REQUESTER, basis=BASIS, by=actors.system, dossier=dossier)


def test_permissions(actors, dossier):
    for who in (actors.nam, actors.handler, actors.handler_elsewhere, actors.leader_elsewhere):
        with pytest.raises(NotAllowed):
            known_facts(HANH, keys=REQUESTER, basis=BASIS, by=who)
    with pytest.raises(NotAllowed):
        known_facts(HANH, keys=REQUESTER, basis=BASIS, by=actors.handler_elsewhere, dossier=dossier)
    assert known_facts(HANH, keys=REQUESTER, basis=BASIS, by=actors.handler, dossier=dossier)
    assert known_facts(
        HANH, keys=[*REQUESTER, *PARENTS], basis=BASIS, by=actors.reception, purpose=Purpose.COUNTER
    )


def test_prefilling_asks_the_database_no_more_for_more_fields(actors, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        known_facts(HANH, keys=FACTS, basis=BASIS, by=actors.hanh)


NOT_HELD = {
    "birth_place",
    "candidate",
    "declarant",
    "dependants",
    "ethnicity_religion",
    "family_members",
    "household_members",
    "households",
    "last_passport",
    "legal_representative",
    "members",
    "new_residence",
    "other_names",
    "owner",
    "parent",
    "parents_spouse",
    "past_residence",
    "residence_history",
    "spouses",
    "subject_personal_id",
    "temporary_residence",
    "usage_address",
}
"""Fields that the procedures' data think known, and that the first cut does not answer."""


def test_every_field_said_to_be_known_is_known_or_named_here():
    """The vocabulary is that of the procedures' data, so a field renamed there is noticed here."""
    data = Path(__file__).parents[2] / "src/lienthong/procedures/data/procedures.yaml"
    if not data.exists():
        pytest.skip("the procedures' data are not there")
    asked = set(_known_to_the_register(yaml.safe_load(data.read_text(encoding="utf-8"))))
    assert asked - set(FACTS) - NOT_HELD == set()
    assert asked >= NOT_HELD


def _known_to_the_register(node):
    if isinstance(node, dict):
        if node.get("known_to") in {"population_db", "residence_db"}:
            yield node["key"]
        node = list(node.values())
    if isinstance(node, list):
        for item in node:
            yield from _known_to_the_register(item)
