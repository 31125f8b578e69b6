"""Many people read at once: one line among each one's accesses; and a whole register loaded."""

import json
from dataclasses import replace
from datetime import date, timedelta

import psycopg
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from lienthong.audit.public import Entry
from lienthong.identity.public import Duty, NotAllowed, Role
from lienthong.kit.errors import Refused
from lienthong.kit.partial_dates import PartialDate
from lienthong.population import rules
from lienthong.population.models import Batch, BulkRead, Person
from lienthong.population.models.columns import values_of
from lienthong.population.public import (
    PEOPLE,
    NewPerson,
    Oddity,
    Purpose,
    Sex,
    Status,
    accesses_of,
    add_people,
    correct_person,
    export_for_duplicates,
    export_register,
    load_register,
    merge_people,
    person_as_of,
    register_move,
)
from lienthong.territory.public import Kind, Level, Succession, Unit

HANH, LOC, NGOC = "099194004471", "099091000938", "099321001206"
SA_RAY, BAY, NAM = "099168000315", "099062000214", "099088001234"
PLAN = {"purpose": Purpose.REVIEW, "basis": "Kế hoạch 42/KH-UBND"}


@pytest.fixture
def steward(actors):
    """The country's."""
    return replace(actors.steward_elsewhere, duties=frozenset({Duty(Role.STEWARD, "VN")}))


def rows(path):
    return {row["personal_number"]: row for row in pq.read_table(path).to_pylist()}


def test_people_are_written_in_the_shape_linkage_reads(family, steward, tmp_path):
    path = tmp_path / "people.parquet"
    exported = export_register(path, by=steward, **PLAN)
    assert pq.read_schema(path).equals(PEOPLE)
    found = rows(path)
    assert (exported.count, len(found)) == (6, 6)
    assert found[SA_RAY] == {
        "personal_number": SA_RAY,
        "old_number": "",
        "full_name": "Thạch Thị Sa Rây",
        "birth_date": date(1968, 3, 1),
        "birth_precision": "month",
        "sex": "female",
        "commune_code": "28249",
        "mother_name": "",
        "status": "alive",
    }
    assert (found[LOC]["old_number"], found[BAY]["status"]) == ("000912345", "dead")
    assert path.stat().st_mode & 0o077 == 0
    assert list(tmp_path.iterdir()) == [path]


def test_what_people_has_no_place_for_is_counted_and_said(family, steward, actors, places, tmp_path, capsys):
    """A second old number, and a cancelled number, whose person is written under the one that goes on."""
    twice = replace(
        family[NAM], personal_number="099088007777", head_number="099088007777", old_number="000111222"
    )
    add_people([twice], by=actors.system)
    merge_people(NAM, "099088007777", source="decision:1", basis="x", by=actors.system)
    correct_person(NAM, "old_number", "000111333", source="book:1", basis="x", by=actors.system)
    exported = export_register(tmp_path / "p.parquet", by=steward, **PLAN)
    assert (exported.count, exported.further_old_numbers, exported.cancelled) == (6, 1, 1)
    assert rows(tmp_path / "p.parquet")[NAM]["old_number"] == "000111222"
    there = export_register(tmp_path / "q.parquet", by=steward, commune=places.ben_sen, **PLAN)
    assert (there.further_old_numbers, there.cancelled) == (0, 0)
    call_command("register", "export", str(tmp_path / "r.parquet"), basis="x")
    said = capsys.readouterr().out
    assert "of 1 people who hold several the first is written. 1 cancelled numbers are left out" in said


def test_the_search_for_duplicates_reads_every_old_number_and_nobody_cancelled(
    family, steward, actors, tmp_path
):
    twice = replace(
        family[NAM], personal_number="099088007777", head_number="099088007777", old_number="000111222"
    )
    add_people([twice], by=actors.system)
    merge_people(NAM, "099088007777", source="decision:1", basis="x", by=actors.system)
    correct_person(NAM, "old_number", "000111333", source="book:1", basis="x", by=actors.system)
    export_for_duplicates(tmp_path / "p.parquet", basis="x", by=steward)
    found = rows(tmp_path / "p.parquet")
    assert set(found) == set(family)
    assert found[NAM]["old_numbers"] == "000111222 000111333"
    assert found[SA_RAY]["old_numbers"] == ""
    assert (found[NAM]["search_key"], found[NAM]["commune"] != "") == ("le hoang nam", True)
    with pytest.raises(NotAllowed):
        export_for_duplicates(tmp_path / "q.parquet", basis="x", by=actors.steward_elsewhere)


def test_a_reading_of_many_is_one_row_and_one_event(family, steward, tmp_path):
    exported = export_register(tmp_path / "p.parquet", by=steward, **PLAN)
    read = BulkRead.objects.get()
    assert (read.ref, read.count, read.basis) == (exported.ref, 6, "Kế hoạch 42/KH-UBND")
    facts = json.loads(Entry.objects.get(event="population.RegisterExported").facts)
    assert (facts["count"], facts["scope"], facts["export"]) == (6, "VN", str(exported.ref))


def test_each_person_covered_sees_it_among_the_accesses(family, actors, places, steward, tmp_path):
    export_register(tmp_path / "p.parquet", by=steward, commune=places.ben_sen, **PLAN)
    (line,) = accesses_of(HANH, by=actors.hanh).lines
    assert (line.is_bulk, line.purpose, line.basis) == (True, "Rà soát theo kế hoạch", "Kế hoạch 42/KH-UBND")
    assert "Cha, mẹ" in line.groups
    assert Oddity.NO_DOSSIER in line.oddities
    assert accesses_of(NAM, by=actors.nam).lines == ()


def test_who_moved_away_since_still_sees_it_and_who_came_does_not(family, actors, places, steward, tmp_path):
    export_register(tmp_path / "p.parquet", by=steward, commune=places.ben_sen, **PLAN)
    telling = {"source": "dossier:x", "basis": "x", "by": actors.system}
    since = PartialDate.of(timezone.localdate())
    register_move(HANH, unit=places.other.pk, detail="", since=since, **telling)
    register_move(NAM, unit=places.ben_sen.pk, detail="", since=since, **telling)
    assert len(accesses_of(HANH, by=actors.hanh).lines) == 1
    assert len(accesses_of(NAM, by=actors.nam).lines) == 0


def test_who_was_entered_later_was_not_read(family, actors, places, steward, tmp_path):
    export_register(tmp_path / "p.parquet", by=steward, **PLAN)
    BulkRead.objects.bulk_create(
        [
            BulkRead(
                **{**row, "id": None, "ref": row["ref"].__class__(int=9), "at": row["at"] - timedelta(days=1)}
            )
            for row in BulkRead.objects.values()
        ]
    )
    assert len(accesses_of(HANH, by=actors.hanh).lines) == 1


def test_a_province_covers_its_communes_and_what_they_were_made_of(family, actors, places, steward, tmp_path):
    old = Unit.objects.create(
        code="11299",
        level=Level.COMMUNE,
        kind=Kind.COMMUNE,
        name="Xã Cũ",
        short_name="Cũ",
        search_key="cu",
        sort_key="cu",
        valid_from=date(2025, 3, 1),
        valid_to=date(2025, 7, 1),
        parent=places.ben_sen.parent,
        source="test",
    )
    Succession.objects.create(predecessor=old, successor=places.other, source="test")
    add_people([person("099088007001", residence_unit=old.pk)], by=actors.system)
    path = tmp_path / "p.parquet"
    export_register(path, by=steward, province=places.other.parent, **PLAN)
    assert set(rows(path)) == {NAM, "099088007001"}
    export_register(path, by=steward, commune=places.ben_sen, **PLAN)
    assert NAM not in rows(path)


def person(number, **more):
    facts = {"full_name": "Lê An", "birth": PartialDate(1988), "sex": Sex.MALE, **more}
    return NewPerson(personal_number=number, **facts)


def test_nobody_yields_an_empty_file_of_the_same_shape(places, steward, tmp_path):
    path = tmp_path / "p.parquet"
    assert export_register(path, by=steward, **PLAN).count == 0
    assert pq.read_schema(path).equals(PEOPLE)


def test_cancelled_numbers_are_left_out(family, actors, steward, tmp_path):
    add_people([person("099088007002", full_name="Lê Hoàng Nam")], by=actors.system)
    merge_people(NAM, "099088007002", source="register:x", basis="x", by=actors.system)
    path = tmp_path / "p.parquet"
    export_register(path, by=steward, **PLAN)
    assert "099088007002" not in rows(path)


def test_a_steward_reads_the_own_unit_and_nobody_else_reads_many(family, actors, places, steward, tmp_path):
    path = tmp_path / "p.parquet"
    export_register(path, by=actors.steward_elsewhere, commune=places.other, **PLAN)
    for scope in ({}, {"commune": places.ben_sen}, {"province": places.other.parent}):
        with pytest.raises(NotAllowed):
            export_register(path, by=actors.steward_elsewhere, **scope, **PLAN)
    for who in ("hanh", "handler", "leader", "reception"):
        with pytest.raises(NotAllowed):
            export_register(path, by=getattr(actors, who), commune=places.other, **PLAN)
    with pytest.raises(NotAllowed):
        export_register(path, by=steward, purpose=Purpose.EXAMINE, basis="x")
    with pytest.raises(rules.BasisNeeded):
        export_register(path, by=steward, purpose=Purpose.REVIEW, basis=" ")
    assert set(rows(path)) == {NAM}


GOOD = {
    "personal_number": "099088001234",
    "old_number": "000912345",
    "full_name": "Lê Hoàng Nam",
    "birth_date": date(1988, 12, 2),
    "birth_precision": "day",
    "sex": "male",
    "commune_code": "11296",
    "mother_name": "Lê Thị Tư",
    "status": "alive",
}


def people_file(path, *changes):
    pq.write_table(pa.Table.from_pylist([{**GOOD, **change} for change in changes], schema=PEOPLE), path)
    return path


TELLING = {"source": "file:people.parquet", "basis": "Đề án 06"}


def test_a_register_loaded_is_the_register_entered_one_by_one(places, actors, tmp_path):
    """The same person by both ways in: the same columns, keys and history."""
    path = people_file(
        tmp_path / "p.parquet",
        {},
        {"personal_number": "099188001235", "sex": "female", "birth_date": date(1988, 1, 1), "birth_precision": "year",
         "status": "dead", "old_number": "", "mother_name": None, "commune_code": None, "full_name": "H’Lan Niê"},
    )  # fmt: skip
    loaded = load_register(path, by=actors.system, **TELLING)
    assert (loaded.count, Batch.objects.get(pk=loaded.batch).source) == (2, "file:people.parquet")
    add_people(
        [
            person("099088001236", full_name="Lê Hoàng Nam", birth=PartialDate(1988, 12, 2), old_number="000912345",
                   mother_name="Lê Thị Tư", residence_unit=places.other.pk),
            person("099188001237", full_name="H’Lan Niê", sex=Sex.FEMALE, status=Status.DEAD),
        ],
        by=actors.system,
    )  # fmt: skip
    keep = ("search_key", "sort_key", "last_event", "residence_since_precision")
    for one, other in (("099088001234", "099088001236"), ("099188001235", "099188001237")):
        first, second = Person.objects.get(pk=one), Person.objects.get(pk=other)
        assert values_of(first) == values_of(second)
        assert [getattr(first, name) for name in keep] == [getattr(second, name) for name in keep]
    then = person_as_of("099088001234", timezone.localdate(), **PLAN, by=actors.steward_elsewhere)
    assert then.provenance["full_name"].source == "file:people.parquet"


def test_after_a_load_every_index_and_key_stands_as_before(places, actors, tmp_path):
    def schema():
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_get_indexdef(indexrelid), indisvalid FROM pg_index i JOIN pg_class c ON c.oid = indrelid "
                "WHERE c.relname LIKE 'population_person%' UNION ALL "
                "SELECT conname || pg_get_constraintdef(oid), convalidated FROM pg_constraint "
                "WHERE conrelid = 'population_person'::regclass ORDER BY 1"
            )
            return cursor.fetchall()

    before = schema()
    load_register(people_file(tmp_path / "p.parquet", {}), by=actors.system, **TELLING)
    assert schema() == before
    with pytest.raises(rules.RegisterNotEmpty):
        load_register(tmp_path / "p.parquet", by=actors.system, **TELLING)


WRONG = [
    ({"personal_number": "99088001234"}, "PersonalNumberMalformed"),
    ({"personal_number": "000088001234"}, "PersonalNumberMalformed"),
    ({"full_name": ""}, "NameUnusable"),
    ({"full_name": "Lê 2"}, "NameUnusable"),
    ({"full_name": "Lê  Nam"}, "NameUnusable"),
    ({"full_name": "Lê - Nam"}, "NameUnusable"),
    ({"full_name": " Lê"}, "NameUnusable"),
    ({"full_name": "Ha\u0323nh"}, "NameUnusable"),
    ({"full_name": "Lê\u200bNam"}, "NameUnusable"),
    ({"birth_date": date(2199, 1, 1)}, "BirthInFuture"),
    ({"birth_date": date(1890, 1, 1)}, "BirthTooLongAgo"),
    ({"birth_date": date(1989, 12, 2)}, "BirthContradictsNumber"),
    ({"sex": "female"}, "SexContradictsNumber"),
    ({"old_number": "12345678"}, "OldNumberMalformed"),
]


@pytest.mark.parametrize(("change", "rule"), WRONG)
def test_the_rules_of_entry_hold_for_a_file_too(places, actors, tmp_path, change, rule):
    """And `check_person` refuses the same row by the same rule."""
    with pytest.raises(rules.RowsRefused) as refused:
        load_register(people_file(tmp_path / "p.parquet", {}, change), by=actors.system, **TELLING)
    assert refused.value.facts == {"count": 1, "row": 2, "rule": rule}
    row = {**GOOD, **change}
    with pytest.raises(Refused) as one:
        rules.check_person(
            NewPerson(
                personal_number=row["personal_number"],
                full_name=row["full_name"],
                birth=PartialDate.of(row["birth_date"]),
                sex=Sex(row["sex"]),
                old_number=row["old_number"],
            ),
            today=timezone.localdate(),
        )
    assert type(one.value).__name__ == rule
    assert not Person.objects.exists()


@pytest.mark.parametrize("name", ["Y Bhin Niê", "K'Brăh", "H’Lan Niê", "Ayŭn Hmŏk", "Lê-An", "Đỗ Thị Ước"])
def test_names_that_pass_one_by_one_pass_in_a_file(places, actors, tmp_path, name):
    rules.check_name(name)
    load_register(people_file(tmp_path / "p.parquet", {"full_name": name}), by=actors.system, **TELLING)
    assert Person.objects.get().full_name == name


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"birth_precision": "year"}, "BirthPrecisionUnclear"),
        ({"birth_precision": ""}, "BirthPrecisionUnclear"),
        ({"status": "gone"}, "StatusUnknown"),
        ({"commune_code": "99999"}, "CommuneUnknown"),
        ({"birth_date": None}, "BirthInFuture"),
    ],
)
def test_what_a_file_can_get_wrong_beside(places, actors, tmp_path, change, rule):
    with pytest.raises(rules.RowsRefused) as refused:
        load_register(people_file(tmp_path / "p.parquet", change), by=actors.system, **TELLING)
    assert refused.value.facts["rule"] == rule


def test_a_number_twice_in_a_file_is_said_so(places, actors, tmp_path):
    with pytest.raises(rules.NumberTaken):
        load_register(people_file(tmp_path / "p.parquet", {}, {}), by=actors.system, **TELLING)


def test_only_the_machine_loads_and_only_as_owner(places, actors, steward, tmp_path, application_role):
    path = people_file(tmp_path / "p.parquet", {})
    with pytest.raises(NotAllowed):
        load_register(path, by=steward, **TELLING)
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        application_role.execute("DROP INDEX population_person_ref")


def test_an_operator_loads_writes_out_and_checks_a_register(places, tmp_path, capsys):
    given, written = people_file(tmp_path / "p.parquet", {}), tmp_path / "out.parquet"
    call_command("register", "load", str(given), "--basis", "Đề án 06")
    call_command("register", "export", str(written), "--basis", "Kế hoạch 42", "--unit", "31")
    call_command("register", "check")
    said = capsys.readouterr().out
    assert "1 people entered" in said
    assert "1 people written" in said
    assert "Every record stands" in said
    assert rows(written) == rows(given)


def test_what_is_loaded_is_what_is_written_out(places, actors, steward, tmp_path):
    given = people_file(
        tmp_path / "p.parquet",
        {},
        {"personal_number": "099088001299", "status": "missing", "mother_name": ""},
    )
    load_register(given, by=actors.system, **TELLING)
    export_register(tmp_path / "out.parquet", by=steward, **PLAN)
    assert rows(tmp_path / "out.parquet") == rows(given)
