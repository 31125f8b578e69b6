"""A ward and its like elsewhere, with agencies, officers and a family: the demo's ward, so that a reader knows it."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.test import override_settings

from lienthong.identity.public import (
    WHOLE_COUNTRY,
    Account,
    Actor,
    Duty,
    Role,
    assign_role,
    create_account,
    system,
)
from lienthong.kit.names import fold, sort_key
from lienthong.kit.partial_dates import PartialDate
from lienthong.organisations.public import Kind as AgencyKind
from lienthong.organisations.public import Organisation
from lienthong.population.public import NewPerson, Relation, Sex, add_people
from lienthong.procedures.public import ProcedureVersion, current, load_procedures
from lienthong.territory.public import Kind, Level, Unit

BY: Final = system("test")
SINCE: Final = date(2025, 7, 1)
HANH, LOC, NAM = "099194004471", "099091000938", "099088001234"
BIRTH, RESIDENCE = "1.001193", "1.004222"
MONDAY = "09/11/2026 08:41"
"""A working day; the same week and the next hold no holiday but Tuesday 24/11."""


@dataclass
class World:
    """Places, agencies and accounts. `centre` and `committee` are of the ward, `far_…` of another province."""

    ward: Unit
    far: Unit
    province: Organisation
    far_province: Organisation
    ministry: Organisation
    committee: Organisation
    centre: Organisation
    police: Organisation
    far_committee: Organisation
    far_centre: Organisation
    accounts: dict[str, Account]
    version: ProcedureVersion

    def account(self, who: str) -> Account:
        return self.accounts[who]

    def actor(self, who: str) -> Actor:
        """ "hanh", "nam", "reception", "handler", … acting as they do after sign-in with both steps."""
        account = self.accounts[who]
        role, place = OFFICERS.get(who, (None, ""))
        duties = frozenset({Duty(role, self.code_of(place))}) if role else frozenset()
        return Actor(account.reference, account.pk, account.personal_number if not role else None,
                     account.name, 2, duties)  # fmt: skip

    def code_of(self, place: str) -> str:
        return WHOLE_COUNTRY if place == WHOLE_COUNTRY else str(getattr(self, place).code)


OFFICERS: Final[dict[str, tuple[Role | None, str]]] = {
    "reception": (Role.RECEPTION, "centre"),
    "centre_leader": (Role.CENTRE_LEADER, "centre"),
    "handler": (Role.HANDLER, "committee"),
    "other_handler": (Role.HANDLER, "committee"),
    "leader": (Role.LEADER, "committee"),
    "police_leader": (Role.LEADER, "police"),
    "far_reception": (Role.RECEPTION, "far_centre"),
    "far_centre_leader": (Role.CENTRE_LEADER, "far_centre"),
    "far_handler": (Role.HANDLER, "far_committee"),
    "far_leader": (Role.LEADER, "far_committee"),
    "committee": (Role.COMMITTEE, WHOLE_COUNTRY),
    "auditor": (Role.AUDITOR, WHOLE_COUNTRY),
    "administrator": (Role.ADMINISTRATOR, WHOLE_COUNTRY),
}
OFFICER_NAMES: Final = {
    "reception": "Lê Thị Thu Vân",
    "centre_leader": "Sơn Minh Ràng",
    "handler": "Phạm Đức Long",
    "other_handler": "Huỳnh Tấn Phát",
    "leader": "Võ Văn Hậu",
    "police_leader": "Danh Quốc Khánh",
    "far_reception": "Bùi Thị Mai",
    "far_centre_leader": "Đặng Thanh Giang",
    "far_handler": "Hồ Kim Yến",
    "far_leader": "Ngô Anh Tuấn",
    "committee": "Đỗ Quỳnh Anh",
    "auditor": "Dương Thu Hiền",
    "administrator": "Quản trị hệ thống",
}


def build_world() -> World:
    """Make everything in the current transaction: two wards in two provinces, a ministry, 13 officers, a family."""
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        load_procedures(by=BY)
        province = make_unit("82", Kind.PROVINCE, "Tỉnh Đồng Tháp", None)
        city = make_unit("31", Kind.CITY, "Thành phố Hải Phòng", None)
        ward = make_unit("28249", Kind.WARD, "Phường Bến Sen", province)
        far = make_unit("11296", Kind.WARD, "Phường Thành Đông", city)
        agencies = _agencies(province, city, ward, far)
        _family(ward, far)
        accounts = {
            "hanh": _citizen(HANH, "Nguyễn Thị Minh Hạnh"),
            "nam": _citizen(NAM, "Lê Hoàng Nam"),
        }
        version = current(BIRTH, date(2026, 11, 9))
        assert version is not None
        world = World(ward=ward, far=far, accounts=accounts, version=version, **agencies)
        for who, (role, place) in OFFICERS.items():
            assert role is not None
            accounts[who] = _officer(who, role, getattr(world, place, None))
        return world


def make_unit(code: str, kind: Kind, name: str, parent: Unit | None) -> Unit:
    plain = name.removeprefix("Thành phố ").removeprefix("Tỉnh ").removeprefix("Phường ")
    return Unit.objects.create(
        code=code,
        level=Level.COMMUNE if parent else Level.PROVINCE,
        kind=kind,
        name=name,
        short_name=plain,
        search_key=fold(plain),
        sort_key=sort_key(plain),
        parent=parent,
        valid_from=SINCE,
        source="202/2025/QH15",
    )


def make_agency(
    code: str, name: str, kind: AgencyKind, unit: Unit | None, parent: Organisation | None = None
) -> Organisation:
    return Organisation.objects.create(
        code=code,
        valid_from=SINCE,
        name=name,
        short_name=name,
        kind=kind,
        parent=parent,
        path=f"{parent.path if parent else ''}{code}/",
        unit=unit,
        source="thử",
        search_key=fold(name),
        sort_key=sort_key(name),
    )


def _agencies(province: Unit, city: Unit, ward: Unit, far: Unit) -> dict[str, Organisation]:
    above = make_agency("H20", "Ủy ban nhân dân tỉnh Đồng Tháp", AgencyKind.PROVINCE_COMMITTEE, province)
    far_above = make_agency("H24", "Ủy ban nhân dân thành phố Hải Phòng", AgencyKind.PROVINCE_COMMITTEE, city)
    named = {
        "committee": ("H20.47", "Ủy ban nhân dân phường Bến Sen", AgencyKind.COMMUNE_COMMITTEE, ward, above),
        "centre": (
            "H20.48",
            "Trung tâm Phục vụ hành chính công phường Bến Sen",
            AgencyKind.ONE_STOP_CENTRE,
            ward,
            above,
        ),
        "police": ("H20.49", "Công an phường Bến Sen", AgencyKind.POLICE, ward, above),
        "far_committee": (
            "H24.01",
            "Ủy ban nhân dân phường Thành Đông",
            AgencyKind.COMMUNE_COMMITTEE,
            far,
            far_above,
        ),
        "far_centre": (
            "H24.02",
            "Trung tâm Phục vụ hành chính công phường Thành Đông",
            AgencyKind.ONE_STOP_CENTRE,
            far,
            far_above,
        ),
        "ministry": ("G15", "Bộ Tư pháp", AgencyKind.MINISTRY, None, None),
    }
    made = {key: make_agency(*facts) for key, facts in named.items()}
    return {"province": above, "far_province": far_above, **made}


def _family(ward: Unit, far: Unit) -> None:
    """Hạnh and Lộc are married and live in the ward; Nam lives far away."""

    def person(number: str, name: str, birth: PartialDate, sex: Sex, home: Unit, **more: Any) -> NewPerson:
        facts = {"head_number": number, "relation_to_head": Relation.HEAD, **more}
        return NewPerson(personal_number=number, full_name=name, birth=birth, sex=sex, ethnicity="01",
                         residence_unit=home.pk, residence_detail="Khu phố 4", **facts)  # fmt: skip

    loc = person(LOC, "Trần Văn Lộc", PartialDate(1991, 6, 20), Sex.MALE, ward, spouse_number=HANH)
    hanh = person(
        HANH, "Nguyễn Thị Minh Hạnh", PartialDate(1994, 2, 14), Sex.FEMALE, ward,
        spouse_number=LOC, head_number=LOC, relation_to_head=Relation.WIFE,
        card_issued_on=date(2022, 8, 9), card_issued_by="Bộ Công an",
    )  # fmt: skip
    nam = person(NAM, "Lê Hoàng Nam", PartialDate(1988, 12, 2), Sex.MALE, far)
    add_people([loc, hanh, nam], by=BY)


def _citizen(number: str, name: str) -> Account:
    return create_account(kind=Account.Kind.CITIZEN, sign_in_name=number, name=name, password=None, by=BY)


def _officer(who: str, role: Role, place: Organisation | None) -> Account:
    account = create_account(
        kind=Account.Kind.OFFICER,
        sign_in_name=who.replace("_", "."),
        name=OFFICER_NAMES[who],
        password=None,
        by=BY,
    )
    assign_role(account=account, role=role, organisation=place, since=SINCE, source="thử", by=BY)
    return account
