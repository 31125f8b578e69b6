"""A sector's data add to what is known of a person, each with its source and the day it holds from."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from lienthong.audit.public import Entry
from lienthong.identity.public import NotAllowed, system
from lienthong.population.models import Attribute
from lienthong.population.public import NewAttribute, Purpose, attach_attributes, attributes_of
from lienthong.registries.actions import enriching as enriching_module
from lienthong.registries.actions.enriching import enrich_people, enriching
from lienthong.registries.public import Record, take_back, tie_record
from registries.test_run import ROWS, finished, workbook
from registries.world import BAY, HANH, LOC, NAM, World, duplicate, matched, possible, stored

pytestmark = pytest.mark.django_db
WORKER = system("registries")


def known(world: World, number: str) -> dict[str, str]:
    told = attributes_of(number, purpose=Purpose.REVIEW, basis="thử", by=world.actor("nation"))
    assert {one.source for one in told} <= {"register:lao-dong"}
    return {one.name: one.value for one in told}


def test_a_run_adds_what_a_sector_says_to_its_people_and_to_nobody_in_doubt(world: World) -> None:
    batch = finished(world)
    assert known(world, HANH) == {"activity": "employed", "occupation": "Giáo viên"}
    assert known(world, LOC) == {}  # the two registers conflict: a person decides first
    line = Attribute.objects.get(person=HANH, name="occupation")
    assert (line.valid_from, line.actor) == (timezone.localdate(), "system:registries")
    assert line.basis == "tệp lao-dong.xlsx của nguồn Người lao động"
    entry = Entry.objects.filter(event="population.AttributesAttached").get()
    assert HANH not in entry.facts

    enrich_people(batch, lambda _done, _total: None)
    assert Attribute.objects.filter(person=HANH).count() == 2


def test_it_holds_from_the_day_the_sector_looked_at_the_row_but_from_no_day_to_come(world: World) -> None:
    values = {"activity": "employed", "updated_on": "2025-03-09"}
    batch = stored(
        world,
        [
            matched(values=values),
            matched(personal_number=HANH, values={**values, "updated_on": "2999-01-01"}),
        ],
    )
    enrich_people(batch, lambda _done, _total: None)
    days = dict(Attribute.objects.values_list("person_id", "valid_from"))
    assert days == {LOC: date(2025, 3, 9), HANH: timezone.localdate()}


def test_the_dead_and_what_a_record_repeats_get_nothing(world: World) -> None:
    values = {"full_name": "Nguyễn Văn Bảy", "activity": "employed"}
    batch = stored(
        world, [matched(verdict="dead", personal_number=BAY, values=values), duplicate("2", values=values)]
    )
    enrich_people(batch, lambda _done, _total: None)
    assert not Attribute.objects.exists()


def test_whom_a_newer_file_names_no_more_it_says_no_more_of(world: World) -> None:
    finished(world)
    finished(world, content=workbook(ROWS[1:3]), name="moi.xlsx")
    assert known(world, HANH) == {}
    assert Attribute.objects.filter(person=HANH, name="activity").count() == 2


def test_whom_a_newer_file_still_names_it_still_says_of(world: World) -> None:
    finished(world)
    finished(world, content=workbook(ROWS[:1]), name="moi.xlsx")
    assert known(world, HANH) == {"activity": "employed", "occupation": "Giáo viên"}


def test_every_piece_of_a_long_file_is_added(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(enriching_module, "PIECE", 1)
    values = {"occupation": "Thợ may"}
    people = [matched(personal_number=number, values=values) for number in (HANH, LOC, NAM)]
    heard: list[tuple[int, int | None]] = []
    enrich_people(stored(world, people), lambda done, total: heard.append((done, total)))
    assert set(Attribute.objects.values_list("person_id", flat=True)) == {HANH, LOC, NAM}
    assert heard == [(1, 3), (2, 3), (3, 3)]


def test_a_steward_who_ties_a_record_brings_what_it_says_and_takes_it_back(world: World) -> None:
    batch = stored(world, [possible(values={"full_name": "Nguyễn Thị Minh Hạnh", "occupation": "Thợ may"})])
    record, keeper = Record.objects.get(batch=batch), world.actor("keeper")
    enrich_people(batch, lambda _done, _total: None)
    assert known(world, HANH) == {}
    tie_record(record=record.pk, personal_number=HANH, ground="Đã gọi điện", ref="case:1/1", by=keeper)
    assert known(world, HANH) == {"occupation": "Thợ may"}
    tie_record(record=record.pk, personal_number=NAM, ground="Nhầm người", ref="case:1/2", by=keeper)
    assert (known(world, HANH), known(world, NAM)) == ({}, {"occupation": "Thợ may"})
    take_back(record=record.pk, of="case:1/2", ground="Đúng là bà Hạnh", ref="case:1/3", by=keeper)
    assert (known(world, HANH), known(world, NAM)) == ({"occupation": "Thợ may"}, {})


@pytest.mark.parametrize(
    ("code", "fields"),
    [("farmers", ()), ("elderly", ()), ("veterans", ()), ("people", ()), ("telecom", None), ("merit", None)],
)
def test_what_is_voluntary_is_added_to_nobody(code: str, fields: tuple[str, ...] | None) -> None:
    """Membership of associations: matching answers right, wrong, dead or not found, and no more."""
    assert enriching(code) == () if fields is not None else len(enriching(code)) > 2
    assert not {"full_name", "personal_number", "phone", "address"} & set(enriching(code))


def test_many_attributes_at_once_say_only_what_is_new(world: World) -> None:
    def told(*rows: tuple[str, str, int]) -> int:
        given = [NewAttribute(number, "occupation", value, date(year, 1, 1)) for number, value, year in rows]
        return attach_attributes(given, source="register:lao-dong", basis="thử", by=WORKER)

    assert told((HANH, "Giáo viên", 2024), ("099199999999", "Không ai", 2024), (LOC, "", 2024)) == 1
    assert told((HANH, "Giáo viên", 2024)) == 0
    assert told((HANH, "Giáo viên", 2025)) == 0
    assert told((HANH, "Thợ may", 2025)) == 1
    assert told((HANH, "Giáo viên", 2024)) == 0  # of that year it is what was said
    assert told((HANH, "", 2026)) == 1
    assert known(world, HANH) == {}


def test_an_attribute_of_nobody_is_refused_in_every_partition(world: World) -> None:
    """Sixteen keys, each to the partition of people that the same numbers fall into."""
    row = "INSERT INTO population_attribute (person_number, name, source, valid_from, basis, actor) VALUES (%s, 'a', 'register:a', '2026-01-01', 'b', 'c')"
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT tableoid::regclass::text FROM population_person")
        assert len(cursor.fetchall()) > 1
        for number in (HANH, LOC, BAY, NAM):
            cursor.execute(row, [number])
        for serial in range(64):
            with pytest.raises(IntegrityError), transaction.atomic():
                cursor.execute(row, [f"0991990{serial:05d}"])


@pytest.mark.parametrize("who", ["leader", "committee"])
def test_only_a_steward_or_the_platform_adds_to_people(world: World, who: str) -> None:
    facts: dict[str, Any] = {"source": "register:x", "basis": "thử", "by": world.actor(who)}
    with pytest.raises(NotAllowed):
        attach_attributes([NewAttribute(HANH, "phone", "1", date(2026, 1, 1))], **facts)
