"""What must hold of the register of people itself: each rule broken, kept, and not asked (Luật Căn cước 26/2023/QH15, 9)."""

import pytest

from data.checks.test_rules import verdicts
from lienthong.data import sources
from lienthong.data.checks import Criterion, rules_for

ALIVE, DEAD = {"status": "alive"}, {"status": "dead"}
BORN = {"birth_date": "1990-06-20"}
BROKEN, KEPT, NOT_ASKED = (True, False), (True, True), (False, None)


@pytest.mark.parametrize(
    ("code", "row", "expected"),
    [
        ("residence_known", ALIVE, BROKEN),
        ("residence_known", ALIVE | {"commune_code": "28249"}, KEPT),
        ("residence_known", DEAD, NOT_ASKED),
        ("residence_to_the_house", ALIVE | {"commune_code": "28249"}, BROKEN),
        ("residence_to_the_house", ALIVE | {"commune_code": "28249", "address": "Tổ 1"}, KEPT),
        ("residence_to_the_house", ALIVE, NOT_ASKED),
        ("birth_to_the_day", {"birth_date": "1990"}, BROKEN),
        ("birth_to_the_day", {"birth_date": "1990-06"}, BROKEN),
        ("birth_to_the_day", BORN, KEPT),
        ("mother_known", {}, BROKEN),
        ("mother_known", {"mother_name": "Lê Thị Út"}, KEPT),
        ("ethnicity_known", {}, BROKEN),
        ("ethnicity_known", {"ethnicity": "01"}, KEPT),
        ("day_of_death_known", DEAD, BROKEN),
        ("day_of_death_known", DEAD | {"died_on": "2020"}, KEPT),
        ("day_of_death_known", ALIVE, NOT_ASKED),
        ("died_after_birth", BORN | {"died_on": "1989-01-01"}, BROKEN),
        ("died_after_birth", BORN | {"died_on": "2026-11-23"}, BROKEN),
        ("died_after_birth", BORN | {"died_on": "1990"}, KEPT),
        ("died_after_birth", BORN | {"died_on": "2026-11-22"}, KEPT),
        ("alive_within_a_lifetime", ALIVE | {"birth_date": "1915"}, BROKEN),
        ("alive_within_a_lifetime", ALIVE | {"birth_date": "1916"}, KEPT),
        ("alive_within_a_lifetime", DEAD | {"birth_date": "1900"}, NOT_ASKED),
        ("dead_left_household", DEAD | {"household": "self"}, BROKEN),
        ("dead_left_household", DEAD, KEPT),
        ("dead_left_household", ALIVE | {"household": "self"}, NOT_ASKED),
        ("household_in_one_place", {"household": "apart"}, BROKEN),
        ("household_in_one_place", {"household": "together"}, KEPT),
        ("household_in_one_place", {"household": "self"}, NOT_ASKED),
        ("married_both_ways", {"spouse": "other"}, BROKEN),
        ("married_both_ways", {"spouse": "unknown"}, BROKEN),
        ("married_both_ways", {"spouse": "mutual"}, KEPT),
        ("married_both_ways", {}, NOT_ASKED),
        ("mother_named_alike", {"mother_name": "Lê Thị Út", "mother_registered": "Lê Thị Ut"}, BROKEN),
        ("mother_named_alike", {"mother_name": "LÊ THỊ ÚT", "mother_registered": "Lê Thị Út"}, KEPT),
        ("mother_named_alike", {"mother_name": "Lê Thị Út"}, NOT_ASKED),
        ("mother_old_enough", BORN | {"mother_born": "1979"}, BROKEN),
        ("mother_old_enough", BORN | {"mother_born": "1978"}, KEPT),
        ("mother_old_enough", BORN, NOT_ASKED),
        ("lives_there_after_birth", BORN | {"residence_since": "1989-12-31"}, BROKEN),
        ("lives_there_after_birth", BORN | {"residence_since": "2026-11-23"}, BROKEN),
        ("lives_there_after_birth", BORN | {"residence_since": "1990"}, KEPT),
    ],
)
def test_rules_of_the_register(
    code: str, row: dict[str, str | None], expected: tuple[bool, bool | None]
) -> None:
    applies, satisfied = verdicts(f"people.{code}", row, schema="people")[0]
    assert (applies, satisfied if applies else None) == expected


def test_the_register_is_asked_by_every_criterion_and_is_no_source_of_a_sender() -> None:
    people = sources.schema("people")
    assert {rule.criterion for rule in rules_for(people)} == set(Criterion)
    assert people.own
    assert people not in sources.schemas()
    assert not any(one.own for one in sources.schemas())
    for rule in rules_for(people):
        assert rule.law
        assert rule.sentence.endswith(".")
        assert set(rule.fields) <= set(people.names)
