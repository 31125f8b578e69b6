"""What a decision changes in the register, in its own transaction. Law 60/2014/QH13, articles 17-18 and 33-34."""

from datetime import date
from typing import Any

import pytest

from lienthong.dossiers.effects import AnotherPerson
from lienthong.dossiers.public import Applicant, Dossier, Outcome, decide_dossier
from lienthong.identity.public import system
from lienthong.kit.errors import Refused
from lienthong.kit.partial_dates import PartialDate
from lienthong.population.public import (
    EventKind,
    LifeRefused,
    MarriesTwice,
    Person,
    Purpose,
    Status,
    UnknownPerson,
    life_of,
    register_divorce,
)
from lienthong.procedures.public import current
from makers import HANH, LOC, NAM, World, nothing_saved, proposed

pytestmark = pytest.mark.django_db
MARRIAGE, DEATH = "1.000894", "1.000656"

DIED: dict[str, Any] = {
    "relation_to_deceased": "Vợ",
    "deceased_name": "Trần Văn Lộc",
    "deceased_birth_date": "1991-06-20",
    "deceased_personal_id": LOC,
    "deceased_sex": "Nam",
    "deceased_ethnicity": "Kinh",
    "deceased_nationality": "Việt Nam",
    "last_residence": "Khu phố 4, phường Bến Sen, tỉnh Đồng Tháp",
    "death_time": "2026-11-06T04:10",
    "death_place": "Nhà riêng",
    "copies_wanted": False,
}


def couple(*people: tuple[str, str]) -> dict[str, Any]:
    rows = [{"full_name": name, "birth_date": "1990", "id_number": number} for name, number in people]
    return {"spouses": rows, "marriage_count": 1, "copies_wanted": False}


def wanted(world: World, procedure: str, answers: dict[str, Any]) -> Dossier:
    """A birth's dossier, proposed; turned into another procedure's, since only the decision is looked at here."""
    dossier = proposed(world, applicant=Applicant(HANH, "Nguyễn Thị Minh Hạnh"))
    version = current(procedure, date(2026, 11, 9))
    assert version is not None
    Dossier.objects.filter(pk=dossier.pk).update(version=version.pk, answers=answers)
    return Dossier.objects.get(pk=dossier.pk)


def decide(world: World, dossier: Dossier, outcome: Outcome = Outcome.APPROVED) -> Dossier:
    return decide_dossier(
        dossier=dossier.pk, outcome=outcome, opinion="Đủ điều kiện.", by=world.actor("leader")
    )


def test_a_registered_death_stands_in_the_register_and_widows_the_spouse(world: World) -> None:
    dossier = decide(world, wanted(world, DEATH, DIED))

    loc, hanh = Person.objects.get(pk=LOC), Person.objects.get(pk=HANH)
    assert (loc.status, loc.died_on) == (Status.DEAD, date(2026, 11, 6))
    assert hanh.spouse_number == ""
    lines = life_of(LOC, purpose=Purpose.REVIEW, basis="thử", by=system("test"))
    told = next(line for line in lines if line.kind is EventKind.DEATH)
    assert (told.source, told.by) == (f"dossier:{dossier.code}", world.actor("leader").reference)


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"deceased_name": "Trần Văn Lợi"}, AnotherPerson),
        ({"deceased_personal_id": "099091000939"}, UnknownPerson),
        ({"death_time": "1990-01-01T00:00"}, LifeRefused),
    ],
)
def test_nobody_else_is_buried_by_a_slip(
    world: World, changed: dict[str, Any], refusal: type[Refused]
) -> None:
    dossier = wanted(world, DEATH, DIED | changed)
    with nothing_saved(refusal):
        decide(world, dossier)


def test_a_denied_dossier_changes_no_record(world: World) -> None:
    decide(world, wanted(world, DEATH, DIED), Outcome.DENIED)
    assert Person.objects.get(pk=LOC).status == Status.ALIVE


def test_who_died_without_a_number_is_in_no_record(world: World) -> None:
    decide(world, wanted(world, DEATH, DIED | {"deceased_personal_id": ""}))
    assert not Person.objects.filter(status=Status.DEAD).exists()


def test_a_registered_marriage_stands_in_both_records(world: World) -> None:
    apart = PartialDate(2025, 3, 1)
    register_divorce(
        HANH, LOC, on=apart, source="court:12/2025", basis="Luật 52/2014/QH13", by=system("test")
    )
    answers = couple(("NGUYỄN THỊ MINH HẠNH", HANH), ("Lê Hoàng Nam", NAM))
    decide(world, wanted(world, MARRIAGE, answers))
    assert Person.objects.get(pk=NAM).spouse_number == HANH
    assert Person.objects.get(pk=HANH).spouse_number == NAM


def test_who_is_married_does_not_marry_again(world: World) -> None:
    """Law 52/2014/QH13, article 5, 2 c."""
    dossier = wanted(world, MARRIAGE, couple(("Lê Hoàng Nam", NAM), ("Nguyễn Thị Minh Hạnh", HANH)))
    with nothing_saved(MarriesTwice):
        decide(world, dossier)
