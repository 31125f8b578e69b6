"""The register of people is measured by its own rules: 278/2025/NĐ-CP, article 15; đúng, đủ, sạch, sống, thống nhất."""

from pathlib import Path

import pytest

from lienthong.audit.public import Entry
from lienthong.cleaning.public import Merge
from lienthong.documents.public import open_file
from lienthong.identity.public import Actor, NotAllowed, system
from lienthong.kit.partial_dates import PartialDate
from lienthong.organisations.public import Kind
from lienthong.population.public import (
    GROUP_NAMES,
    Access,
    Group,
    NewPerson,
    Purpose,
    Relation,
    Sex,
    accesses_of,
    add_people,
    export_for_checks,
    register_move,
)
from lienthong.registries.public import (
    REGISTER,
    Batch,
    Record,
    RuleCount,
    Source,
    measure_register,
    readings,
    readings_by_place,
    receive_batch,
    records_behind,
)
from registries.world import HANH, LOC, NAM, World, agency, opened_by

pytestmark = pytest.mark.django_db
TWIN = "099091000947"
CHILD = "099310000119"
WORKER = system("registries")


@pytest.fixture(autouse=True)
def _ministry(world: World) -> None:
    agency("G01", "Bộ Công an", Kind.MINISTRY, None)


def entered(world: World, number: str, name: str, birth: PartialDate, sex: Sex, **more: object) -> None:
    facts = {"residence_unit": world.ward.pk, "residence_detail": "Tổ 1", "ethnicity": "01", **more}
    add_people([NewPerson(personal_number=number, full_name=name, birth=birth, sex=sex, **facts)], by=WORKER)


def broken(rule: str) -> set[str]:
    batch = Batch.objects.filter(source__code=REGISTER).latest("pk")
    return set(
        Record.objects.filter(batch=batch, failed__contains=[rule]).values_list("personal_number", flat=True)
    )


def test_each_rule_is_counted_by_commune_and_opens_down_to_the_people(world: World) -> None:
    nation = world.actor("nation")
    batch = measure_register(by=nation)

    source = Source.objects.get(code=REGISTER)
    assert batch.run.rows == 4
    assert broken("people.birth_to_the_day") == {"099062000214"}
    assert broken("people.day_of_death_known") == {"099062000214"}
    assert broken("people.mother_known") == {"099062000214"}
    known = RuleCount.objects.get(batch=batch, rule="people.mother_known", commune="28249")
    assert (known.satisfied, known.assessed) == (2, 3)
    assert (found := readings(by=nation)[source.pk].scores) is not None
    assert {one.code for one in found.criteria if one.denominator} == {
        "correct", "complete", "clean", "live", "consistent",
    }  # fmt: skip
    places = readings_by_place(source, {"28249": "82", "11296": "31"}, by=nation)
    sums = [reading.scores.database.denominator for reading in places.values() if reading.scores]
    assert sum(sums) == found.database.denominator
    behind = records_behind(source, by=nation, rules=["people.mother_known"], communes=["28249"])
    assert [one.name for one in behind] == ["Nguyễn Văn Bảy"]


def test_what_is_kept_of_a_person_is_not_what_the_record_says(world: World) -> None:
    batch = measure_register(by=world.actor("nation"))
    assert all(one == {} for one in Record.objects.filter(batch=batch).values_list("values", flat=True))
    with open_file(batch.file) as kept:
        words = kept.read().decode()
    assert "Nguyễn" not in words
    assert HANH not in words


def test_two_records_of_one_person_are_found(world: World) -> None:
    """Same name, day of birth and mother's name: a question for a steward, not an answer."""
    entered(world, TWIN, "Trần Văn Lộc", PartialDate(1991, 6, 20), Sex.MALE, mother_name="Lê Thị Út")
    measure_register(by=WORKER)
    assert broken("people.one_record_a_person") == {LOC, TWIN}


def test_relatives_records_are_asked(world: World) -> None:
    """A mother under another name, a husband who is not married to her, a head who heads no household."""
    entered(
        world, CHILD, "Nguyễn Thị Bé", PartialDate(2010, 5, 1), Sex.FEMALE, mother_number=HANH,
        mother_name="Nguyễn Thị Hạnh", spouse_number=NAM,
        head_number=NAM, relation_to_head=Relation.OTHER,
    )  # fmt: skip
    measure_register(by=WORKER)
    assert broken("people.household_in_one_place") == {CHILD}
    assert broken("people.mother_named_alike") == {CHILD}
    assert broken("people.married_both_ways") == {CHILD}


def test_a_move_changes_the_communes_figures_and_the_older_measure_stays_readable(world: World) -> None:
    """Law 68/2020/QH14, article 22: a residence registered elsewhere."""
    first = measure_register(by=WORKER)
    register_move(
        LOC, unit=world.far.pk, detail="Ngõ 3", since=PartialDate(2026, 3, 1), source="book:cư trú", basis="Điều 22",
        by=world.actor("ward"),
    )  # fmt: skip
    second = measure_register(by=WORKER)

    def people(batch: Batch) -> dict[str, int]:
        rows = RuleCount.objects.filter(batch=batch, rule="people.mother_known")
        return dict(rows.values_list("commune", "assessed"))

    assert (people(first), people(second)) == ({"28249": 3, "11296": 1}, {"28249": 2, "11296": 2})
    first.refresh_from_db()
    assert (first.replaced_by, second.replaced_on) == (second, None)
    assert not Record.objects.filter(batch=first, superseded=False).exists()


def test_each_measured_person_sees_the_reading_once(world: World, tmp_path: Path) -> None:
    measure_register(by=world.actor("nation"))
    read = Entry.objects.filter(event="population.RegisterExported")
    assert read.count() == 1
    assert not Access.objects.filter(person=HANH).exists()
    account = world.accounts["citizen"]
    herself = Actor(account.reference, account.pk, HANH, account.name, 2)
    (line,) = accesses_of(HANH, by=herself).lines
    assert (line.is_bulk, line.basis) == (True, "278/2025/NĐ-CP, điều 15: đo chất lượng cơ sở dữ liệu dân cư")
    assert {GROUP_NAMES[one] for one in (Group.SPOUSE, Group.HOUSEHOLD, Group.ETHNICITY)} <= set(line.groups)
    with pytest.raises(NotAllowed):
        export_for_checks(tmp_path / "p.parquet", basis="thử", by=world.actor("ward"))


@pytest.mark.parametrize("who", ["ward", "keeper", "owner", "leader", "committee"])
def test_only_the_countrys_steward_or_the_platform_measures(world: World, who: str) -> None:
    with pytest.raises(NotAllowed):
        measure_register(by=world.actor(who))


def test_nobody_sends_a_file_of_the_register(world: World, tmp_path: Path) -> None:
    measure_register(by=WORKER)
    source = Source.objects.get(code=REGISTER)
    path = tmp_path / "a.csv"
    path.write_text("x")
    with pytest.raises(NotAllowed), path.open("rb") as file:
        receive_batch(source=source, content=file, name="a.csv", by=world.actor("nation"))


def test_the_pages_from_the_score_to_the_person(world: World) -> None:
    measure_register(by=WORKER)
    ward, nation = opened_by(world.accounts["ward"]), opened_by(world.accounts["nation"])
    assert "Cơ sở dữ liệu dân cư" in ward.get("/du-lieu/").content.decode()
    page = nation.get(f"/du-lieu/nguon/{REGISTER}/").content.decode()
    assert "Đo lại ngay" in page
    assert "Gửi và xem trước" not in page
    behind = ward.get(f"/du-lieu/nguon/{REGISTER}/ban-ghi/?quy-tac=people.mother_known").content.decode()
    assert "Nguyễn Văn Bảy" in behind
    assert "quy-tac=people.mother_known&amp;noi=28249" in behind
    there = f"/du-lieu/nguon/{REGISTER}/ban-ghi/?quy-tac=people.mother_known&noi="
    assert "Nguyễn Văn Bảy" in nation.get(f"{there}28249").content.decode()
    assert "Nguyễn Văn Bảy" not in nation.get(f"{there}11296").content.decode()
    record = Record.objects.get(failed__contains=["people.mother_known"])
    shown = ward.get(f"/du-lieu/ban-ghi/{record.pk}/").content.decode()
    assert "1962 (chỉ biết năm)" in shown
    assert Access.objects.get(person="099062000214").purpose == Purpose.REVIEW
    assert opened_by(world.accounts["far"]).get(f"/du-lieu/ban-ghi/{record.pk}/").status_code == 404
    assert ward.post(f"/du-lieu/nguon/{REGISTER}/do/").status_code == 403
    assert nation.post("/du-lieu/nguon/lao-dong/do/").status_code == 404


def test_a_pair_that_the_rule_found_is_compared_without_typing_a_number(world: World) -> None:
    entered(world, TWIN, "Trần Văn Lộc", PartialDate(1991, 6, 20), Sex.MALE, mother_name="Lê Thị Út")
    measure_register(by=WORKER)
    one, other = Record.objects.filter(failed__contains=["people.one_record_a_person"]).order_by("pk")
    ward = opened_by(world.accounts["ward"])
    page = ward.get(f"/du-lieu/ban-ghi/{one.pk}/").content.decode()
    address = f"/du-lieu/gop/so-sanh/?ban-ghi={one.pk}&amp;kia={other.pk}"
    assert address in page
    answer = ward.post(address.replace("&amp;", "&"))
    assert Merge.objects.get(one=LOC, other=TWIN).pk
    assert answer["Location"].startswith("/du-lieu/gop/")
    assert opened_by(world.accounts["far"]).post(address.replace("&amp;", "&")).status_code == 404
