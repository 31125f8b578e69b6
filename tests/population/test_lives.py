"""What the events of a life come to, and which cannot have happened; no database."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lienthong.kit.partial_dates import PartialDate
from lienthong.population import rules
from lienthong.population.rules import BLANK, LifeEvent, check_life, check_marriage_age, fold, unknown_on
from lienthong.population.words import EventKind, Status

LOC, OTHER = "099091000938", "099194004471"
ACT = UUID(int=7)
TODAY = date(2026, 11, 20)
ENTERED = datetime(2026, 11, 1, 3, tzinfo=UTC)


def told(event_id, kind, day, *, at=ENTERED, **more):
    return LifeEvent(
        id=event_id, kind=EventKind(kind), day=PartialDate.from_iso(day), recorded_at=at, act=ACT, **more
    )


def entry(**more):
    changes = {"full_name": "Nguyễn Thị Minh Hạnh", "birth": "1994-02-14", "sex": "female", **more}
    return told(0, "entry", "2026-11-01", changes=changes)


def after(*events, **times):
    return fold([entry(), *events], **times).values


@pytest.mark.parametrize(
    ("kind", "more", "outcome"),
    [
        ("marriage", {"other": LOC}, {"spouse_number": LOC}),
        ("move", {"changes": {"residence_unit": 5, "residence_detail": "Ấp 3"}},
         {"residence_unit": 5, "residence_detail": "Ấp 3", "residence_since": "2020-05-06"}),
        ("household", {"changes": {"head_number": LOC, "relation_to_head": "wife"}},
         {"head_number": LOC, "relation_to_head": "wife"}),
        ("naming", {"changes": {"full_name": "Nguyễn Minh Hạnh"}}, {"full_name": "Nguyễn Minh Hạnh"}),
        ("death", {}, {"status": "dead", "died_on": "2020-05-06"}),
        ("missing", {}, {"status": "missing"}),
        ("emigration", {}, {"status": "emigrated", "residence_unit": None}),
        ("continuation", {"other": LOC}, {"continued_as": LOC}),
    ],
)  # fmt: skip
def test_each_kind_sets_what_its_row_of_the_table_says(kind, more, outcome):
    values = after(told(1, kind, "2020-05-06", **more))
    assert {name: values[name] for name in outcome} == outcome


def test_every_kind_has_an_effect_and_every_kind_with_a_place_a_status_it_admits():
    assert set(rules.EFFECTS) == set(EventKind)
    assert set(rules.ADMITS) == set(EventKind) - rules.NOTES


def test_death_ends_marriage_and_household():
    married = entry(spouse_number=LOC, head_number=LOC, relation_to_head="wife")
    values = fold([married, told(1, "death", "2026-11-10")]).values
    assert (values["spouse_number"], values["head_number"], values["relation_to_head"]) == ("", "", "")


def test_the_day_counts_and_not_the_order_of_entering():
    moved_last = told(1, "move", "2024-03-01", changes={"residence_unit": 2})
    told_late = told(2, "move", "2019-03-01", changes={"residence_unit": 1})
    assert after(moved_last, told_late)["residence_unit"] == 2
    assert after(moved_last, told_late, day=date(2020, 1, 1))["residence_unit"] == 1


def test_what_is_told_late_does_not_change_what_was_known():
    told_late = told(1, "death", "2026-11-05", at=datetime(2026, 11, 15, 3, tzinfo=UTC))
    then = {"day": date(2026, 11, 10), "known_at": datetime(2026, 11, 10, tzinfo=UTC)}
    assert after(told_late, **then)["status"] == Status.ALIVE
    assert after(told_late, day=date(2026, 11, 10))["status"] == Status.DEAD


def test_a_correction_holds_from_where_the_error_began_and_a_later_naming_stays_later():
    """Law 60/2014/QH13, article 4: cải chính is of an error, thay đổi is from a day on."""
    naming = told(1, "naming", "2024-05-01", changes={"full_name": "Nguyễn Minh Hạnh"})
    correction = told(2, "correction", "2023-01-01", changes={"full_name": "Nguyễn Thị Mính Hạnh"})
    assert after(naming, correction, day=date(2000, 1, 1))["full_name"] == "Nguyễn Thị Mính Hạnh"
    assert after(naming, correction)["full_name"] == "Nguyễn Minh Hạnh"


def test_a_correction_leaves_alone_what_was_recorded_after_it():
    correction = told(1, "correction", "2026-11-10", changes={"residence_unit": 4})
    told_later = told(2, "move", "2020-03-01", changes={"residence_unit": 7})
    assert after(correction, told_later)["residence_unit"] == 7
    assert after(correction, told_later, day=date(2019, 1, 1))["residence_unit"] == 4


def test_each_value_names_the_event_that_gave_it():
    correction = told(3, "correction", "2026-11-10", changes={"ethnicity": "05"})
    life = fold([entry(ethnicity="01"), told(1, "marriage", "2020-01-01", other=LOC), correction])
    kinds = {name: life.givers[name].kind for name in ("full_name", "spouse_number", "ethnicity")}
    assert kinds == {"full_name": "entry", "spouse_number": "marriage", "ethnicity": "correction"}


def test_a_corrected_day_of_death_moves_the_death():
    death = told(1, "death", "2025-03-01")
    correction = told(2, "correction", "2026-11-10", changes={"died_on": "2024-03-01"})
    assert after(death, correction, day=date(2024, 6, 1))["status"] == Status.DEAD
    assert after(death, day=date(2024, 6, 1))["status"] == Status.ALIVE


def test_what_is_undone_never_was_yet_was_known():
    undoing = datetime(2026, 11, 16, tzinfo=UTC)
    death = told(1, "death", "2026-11-05", at=datetime(2026, 11, 6, tzinfo=UTC))
    undo = told(2, "annulment", "2026-11-16", at=undoing, undoes=1)
    assert after(death, undo)["status"] == Status.ALIVE
    assert after(death, undo, known_at=datetime(2026, 11, 10, tzinfo=UTC))["status"] == Status.DEAD


def test_a_death_known_to_the_year_ends_that_year_but_not_in_the_future():
    assert after(told(1, "death", "2020"), day=date(2020, 7, 1))["status"] == Status.ALIVE
    assert after(told(1, "death", "2020"), day=date(2020, 12, 31))["status"] == Status.DEAD
    this_year = told(1, "death", "2026", at=datetime(2026, 11, 15, 3, tzinfo=UTC))
    assert after(this_year, day=date(2026, 11, 15))["status"] == Status.DEAD


def test_before_the_entry_nobody_knows_what_was_taken_over_without_its_day():
    life = entry(spouse_number=LOC, residence_unit=3, residence_since="2010", mother_name="Thạch Thị Sa Rây")
    assert unknown_on(fold([life], day=date(2015, 1, 1)), date(2015, 1, 1)) == {"spouse_number"}
    before = fold([life], day=date(2005, 1, 1))
    assert unknown_on(before, date(2005, 1, 1)) == {"spouse_number", *rules.RESIDENCE}
    assert before.values["mother_name"] == "Thạch Thị Sa Rây"
    assert unknown_on(fold([life], day=TODAY), TODAY) == frozenset()


def test_of_a_dead_person_taken_over_without_a_day_nobody_knows_since_when():
    life = fold([entry(status="dead")], day=date(2015, 1, 1))
    assert unknown_on(life, date(2015, 1, 1)) == {"status"}


DIED = told(1, "death", "2020-01-01")
MARRIED = told(1, "marriage", "2018-01-01", other=LOC)


@pytest.mark.parametrize(
    ("before", "event", "refusal"),
    [
        (DIED, told(2, "death", "2021-01-01"), rules.DiesTwice),
        (DIED, told(2, "marriage", "2021-01-01", other=LOC), rules.MarriesTheDead),
        (DIED, told(2, "move", "2021-01-01"), rules.ActsAfterDeath),
        (DIED, told(2, "naming", "2021-01-01"), rules.ActsAfterDeath),
        (MARRIED, told(2, "marriage", "2019-01-01", other=OTHER), rules.MarriesTwice),
        (MARRIED, told(2, "marriage", "2019-01-01", other=LOC), rules.MarriesTwice),
        (MARRIED, told(2, "marriage", "2016-01-01", other=OTHER), rules.MarriesTwice),
        (MARRIED, told(2, "death", "2017-01-01"), rules.MarriesTheDead),
        (MARRIED, told(2, "divorce", "2019-01-01", other=OTHER), rules.NotMarriedToEachOther),
        (MARRIED, told(2, "divorce", "2017-01-01", other=LOC), rules.NotMarriedToEachOther),
        (MARRIED, told(2, "marriage", "2012-02-13", other=OTHER), rules.UnderMarriageAge),
        (MARRIED, told(2, "move", "1994-02-13"), rules.EventBeforeBirth),
        (MARRIED, told(2, "move", "2026-11-21"), rules.EventInFuture),
        (MARRIED, told(2, "found", "2020-01-01"), rules.NotMissing),
        (MARRIED, told(2, "return", "2020-01-01"), rules.NotAbroad),
        (told(1, "missing", "2020-01-01"), told(2, "move", "2021-01-01"), rules.ActsWhileMissing),
        (told(1, "missing", "2020-01-01"), told(2, "marriage", "2021-01-01", other=LOC), rules.MarriesTheDead),
        (told(1, "emigration", "2020-01-01"), told(2, "move", "2021-01-01"), rules.ActsWhileAbroad),
        (told(1, "continuation", "2020-01-01", other=LOC), told(2, "move", "2021-01-01"), rules.ContinuedElsewhere),
    ],
)  # fmt: skip
def test_what_cannot_follow_is_refused(before, event, refusal):
    check_life([entry(), before], today=TODAY)
    with pytest.raises(refusal) as refused:
        check_life([entry(), before, event], today=TODAY)
    assert refused.value.sentence.endswith(".")


@pytest.mark.parametrize(
    "events",
    [
        [told(1, "missing", "2020-01-01"), told(2, "found", "2021-01-01"), told(3, "move", "2022-01-01")],
        [told(1, "death", "2020-01-01"), told(2, "found", "2021-01-01"), told(3, "death", "2022-01-01")],
        [MARRIED, told(2, "divorce", "2019-01-01", other=LOC), told(3, "marriage", "2019-01-01", other=OTHER)],
        [MARRIED, told(2, "widowing", "2019-01-01", other=LOC), told(3, "marriage", "2020-01-01", other=OTHER)],
        [told(1, "emigration", "2020-01-01"), told(2, "return", "2021-01-01"), told(3, "move", "2021-01-02")],
        [told(1, "missing", "2020-01-01"), told(2, "death", "2024-01-01")],
    ],
)  # fmt: skip
def test_what_may_follow_is_accepted(events):
    check_life([entry(), *events], today=TODAY)


def test_a_marriage_taken_over_may_get_its_day_later():
    known = entry(spouse_number=LOC)
    check_life([known, told(1, "marriage", "2018-01-01", other=LOC)], today=TODAY)
    with pytest.raises(rules.MarriesTwice):
        check_life([known, told(1, "marriage", "2018-01-01", other=OTHER)], today=TODAY)


@pytest.mark.parametrize(
    ("sex", "born", "on", "admitted"),
    [
        ("male", "2004-05-10", "2024-05-10", True),
        ("male", "2004-05-10", "2024-05-09", False),
        ("female", "2006-05-10", "2024-05-10", True),
        ("female", "2006-05-10", "2024-05-09", False),
        ("female", "2004-02-29", "2022-02-28", False),
        ("female", "2004-02-29", "2022-03-01", True),
        ("male", "2004", "2024-01-01", True),
        ("male", "2004", "2023-12-31", False),
        ("undetermined", "2006-05-10", "2024-05-10", False),
    ],
)
def test_men_marry_from_20_and_women_from_18(sex, born, on, admitted):
    """Law 52/2014/QH13, article 8, 1 a; a year alone counts from its first day."""
    people = (sex, PartialDate.from_iso(born))
    if admitted:
        check_marriage_age(*people, on=PartialDate.from_iso(on))
    else:
        with pytest.raises(rules.UnderMarriageAge):
            check_marriage_age(*people, on=PartialDate.from_iso(on))


def test_who_may_not_marry_each_other():
    """Law 52/2014/QH13, articles 5 and 8."""
    she = {"sex": "female", "mother_number": OTHER, "father_number": ""}
    he = {"sex": "male", "mother_number": "", "father_number": ""}
    rules.check_couple(she, he, ("a", "b"))
    for one, other, numbers, refusal in (
        (she, he, ("a", "a"), rules.MarriesOneself),
        (she, she | {"mother_number": ""}, ("a", "b"), rules.SameSexNotRecognised),
        (she, he | {"mother_number": OTHER}, ("a", "b"), rules.MarriesKin),
        (she | {"mother_number": "b"}, he, ("a", "b"), rules.MarriesKin),
        (she, he | {"father_number": "a"}, ("a", "b"), rules.MarriesKin),
    ):
        with pytest.raises(refusal):
            rules.check_couple(one, other, numbers)


@pytest.mark.parametrize(
    ("valid_from", "valid_to", "on", "there"),
    [
        (date(2025, 7, 1), None, "2025-07-01", True),
        (date(2025, 7, 1), None, "2025-06-30", False),
        (date(2025, 3, 1), date(2025, 7, 1), "2025-06-30", True),
        (date(2025, 3, 1), date(2025, 7, 1), "2025-07-01", False),
        (date(2025, 3, 1), date(2025, 7, 1), "1998", True),
        (date(2025, 7, 1), None, "1998", False),
        (date(2025, 7, 1), None, "2025", True),
    ],
)
def test_nobody_moves_to_a_commune_that_did_not_exist_then(valid_from, valid_to, on, there):
    place = {"on": PartialDate.from_iso(on), "known_since": date(2025, 3, 1)}
    if there:
        rules.check_place("Phường Bến Sen", valid_from, valid_to, **place)
    else:
        with pytest.raises(rules.PlaceNotThere):
            rules.check_place("Phường Bến Sen", valid_from, valid_to, **place)


@pytest.mark.parametrize(
    "source", ["dossier:H20.47-261120-0031", "register:social_insurance", "court:12/2026"]
)
def test_a_source_names_its_kind_and_itself(source):
    rules.check_source(source)
    for wrong in ("", "bhxh", "register:", "rumour:x", source.replace(":", "")):
        with pytest.raises(rules.SourceUnclear):
            rules.check_source(wrong)


DAYS = st.dates(date(1995, 1, 1), TODAY).map(lambda day: day.isoformat())
FREE = st.one_of(
    st.tuples(st.just("move"), DAYS, st.fixed_dictionaries({"residence_unit": st.integers(1, 9)})),
    st.tuples(st.just("naming"), DAYS, st.fixed_dictionaries({"full_name": st.sampled_from("ABC")})),
    st.tuples(
        st.just("correction"), DAYS, st.fixed_dictionaries({"ethnicity": st.sampled_from(["01", "05"])})
    ),
)


@given(st.lists(FREE, max_size=6), st.randoms())
def test_a_life_is_the_same_in_whatever_order_its_rows_are_read(free, dice):
    events = [entry(), *(told(n, kind, day, changes=c) for n, (kind, day, c) in enumerate(free, 1))]
    shuffled = dice.sample(events, len(events))
    assert fold(events).values == fold(shuffled).values
    assert set(fold(events).values) == set(BLANK)


@given(st.lists(FREE, max_size=6))
def test_undoing_all_gives_back_the_record_as_taken_over(free):
    events = [entry(), *(told(n, kind, day, changes=c) for n, (kind, day, c) in enumerate(free, 1))]
    undoing = [told(100 + n, "annulment", "2026-11-20", undoes=n) for n in range(1, len(events))]
    assert fold([*events, *undoing]).values == fold([entry()]).values
