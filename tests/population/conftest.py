"""A family in Đồng Tháp, a stranger in Hải Phòng, and the agencies that meet them."""

from dataclasses import dataclass, replace
from datetime import date

import pytest

from lienthong.identity.public import Actor, Duty, Role, system
from lienthong.kit.partial_dates import PartialDate
from lienthong.organisations.public import Kind as OrganisationKind
from lienthong.organisations.public import Organisation
from lienthong.population.public import ForDossier, NewPerson, Relation, Sex, Status, add_people
from lienthong.territory.public import Kind, Level, Unit

SINCE = date(2025, 7, 1)

HANH, LOC, NGOC = "099194004471", "099091000938", "099321001206"
SA_RAY, BAY, NAM = "099168000315", "099062000214", "099088001234"


def citizen(number: str, *, level: int = 2) -> Actor:
    return Actor(reference="account:1", account_id=1, personal_number=number, name="", level=level)


def officer(role: Role, organisation: str) -> Actor:
    duties = frozenset({Duty(role, organisation)})
    return Actor(
        reference="account:2", account_id=2, personal_number=None, name="Vũ Kín", level=2, duties=duties
    )


@dataclass(frozen=True)
class Actors:
    hanh: Actor
    hanh_at_level_one: Actor
    nam: Actor
    reception: Actor
    handler: Actor
    leader: Actor
    handler_elsewhere: Actor
    leader_elsewhere: Actor
    steward_elsewhere: Actor
    system: Actor


@pytest.fixture
def actors() -> Actors:
    return Actors(
        hanh=citizen(HANH),
        hanh_at_level_one=citizen(HANH, level=1),
        nam=citizen(NAM),
        reception=officer(Role.RECEPTION, "H20.47"),
        handler=officer(Role.HANDLER, "H20.47"),
        leader=officer(Role.LEADER, "H20.47"),
        handler_elsewhere=officer(Role.HANDLER, "H24.01"),
        leader_elsewhere=officer(Role.LEADER, "H24.01"),
        steward_elsewhere=officer(Role.STEWARD, "H24.01"),
        system=system("test"),
    )


@pytest.fixture
def dossier() -> ForDossier:
    return ForDossier("H20.47-261120-0031", ("H20.47", "H20.11"))


@dataclass(frozen=True)
class Places:
    ben_sen: Unit
    other: Unit


def unit(code: str, kind: Kind, name: str, parent: Unit | None) -> Unit:
    return Unit.objects.create(
        code=code,
        level=Level.COMMUNE if parent else Level.PROVINCE,
        kind=kind,
        name=name,
        short_name=name,
        search_key=name.lower(),
        sort_key=name.lower(),
        parent=parent,
        valid_from=SINCE,
        source="202/2025/QH15",
    )


@pytest.fixture
def places(db: None) -> Places:
    dong_thap = unit("82", Kind.PROVINCE, "Tỉnh Đồng Tháp", None)
    hai_phong = unit("31", Kind.CITY, "Thành phố Hải Phòng", None)
    ben_sen = unit("28249", Kind.WARD, "Phường Bến Sen", dong_thap)
    other = unit("11296", Kind.WARD, "Phường Thành Đông", hai_phong)
    for code, name, where in (
        ("H20.47", "Ủy ban nhân dân phường Bến Sen", ben_sen),
        ("H24.01", "Ủy ban nhân dân phường Thành Đông", other),
    ):
        Organisation.objects.create(
            code=code,
            valid_from=SINCE,
            name=name,
            short_name=name,
            kind=OrganisationKind.COMMUNE_COMMITTEE,
            path=f"{code}/",
            unit=where,
            source="test",
            search_key=name.lower(),
            sort_key=name.lower(),
        )
    return Places(ben_sen, other)


def head(number: str, name: str, birth: PartialDate, sex: Sex, home: Unit) -> NewPerson:
    return NewPerson(
        personal_number=number,
        full_name=name,
        birth=birth,
        sex=sex,
        ethnicity="01",
        residence_unit=home.pk,
        residence_detail="Khu phố 4",
        head_number=number,
        relation_to_head=Relation.HEAD,
    )


@pytest.fixture
def family(places: Places) -> dict[str, NewPerson]:
    """Hạnh and Lộc, their daughter Ngọc, Hạnh's mother Sa Rây and dead father Bảy; and Nam, a stranger."""
    home = places.ben_sen
    loc = replace(
        head(LOC, "Trần Văn Lộc", PartialDate(1991, 6, 20), Sex.MALE, home),
        spouse_number=HANH,
        old_number="000912345",
    )
    sa_ray = head(SA_RAY, "Thạch Thị Sa Rây", PartialDate(1968, 3), Sex.FEMALE, home)
    bay = head(BAY, "Nguyễn Văn Bảy", PartialDate(1962), Sex.MALE, home)
    hanh = replace(
        head(HANH, "Nguyễn Thị Minh Hạnh", PartialDate(1994, 2, 14), Sex.FEMALE, home),
        ethnicity="05",
        spouse_number=LOC,
        mother_number=SA_RAY,
        mother_name=sa_ray.full_name,
        father_number=BAY,
        father_name=bay.full_name,
        head_number=LOC,
        relation_to_head=Relation.WIFE,
        card_issued_on=date(2022, 8, 9),
        card_issued_by="Cục Cảnh sát quản lý hành chính về trật tự xã hội",
    )
    ngoc = replace(
        head(NGOC, "Trần Bảo Ngọc", PartialDate(2021, 9, 12), Sex.FEMALE, home),
        mother_number=HANH,
        mother_name=hanh.full_name,
        father_number=LOC,
        father_name=loc.full_name,
        head_number=LOC,
        relation_to_head=Relation.CHILD,
    )
    nam = head(NAM, "Lê Hoàng Nam", PartialDate(1988, 12, 2), Sex.MALE, places.other)
    people = [replace(bay, status=Status.DEAD), sa_ray, loc, hanh, ngoc, nam]
    add_people(people, by=system("test"))
    return {person.personal_number: person for person in people}
