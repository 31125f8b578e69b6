"""Who works in the demo: a full commune, a province's centre, a ministry's desk, a committee's secretary."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from random import Random
from typing import Final

from lienthong.identity.public import (
    DEMO_PASSWORD,
    Account,
    Duty,
    Role,
    acting,
    assign_role,
    create_account,
    enrol_authenticator_app,
    grant_level_two,
    system,
)
from lienthong.organisations.public import Organisation
from lienthong.population.public import Person, Purpose, find_person
from lienthong.site.demo.cast import Cast

DEMO: Final = system("demo")
FAMILIES: Final = [
    "Nguyễn",
    "Trần",
    "Lê",
    "Phạm",
    "Huỳnh",
    "Phan",
    "Vũ",
    "Võ",
    "Đặng",
    "Bùi",
    "Đỗ",
    "Hồ",
    "Ngô",
    "Dương",
    "Lý",
    "Thạch",
    "Danh",
]
MIDDLES: Final = ["Văn", "Thị", "Đức", "Minh", "Thanh", "Ngọc", "Hữu", "Quốc", "Kim", "Tấn"]
GIVENS: Final = [
    "An",
    "Bình",
    "Châu",
    "Dung",
    "Giang",
    "Hà",
    "Hậu",
    "Khánh",
    "Lan",
    "Long",
    "Mai",
    "Nam",
    "Phát",
    "Quang",
    "Tâm",
    "Thảo",
    "Vân",
    "Yến",
]


@lru_cache(maxsize=20_000)
def officer_name(place: str, role: str, seed: int) -> str:
    """An invented name for whoever holds a role at an agency; the same each time."""
    dice = Random(f"{seed} {place} {role}")
    return f"{dice.choice(FAMILIES)} {dice.choice(MIDDLES)} {dice.choice(GIVENS)}"


@dataclass(frozen=True)
class Seat:
    sign_in_name: str
    name: str
    role: Role
    place: str
    """Which organisation of the demo: centre, committee, province_centre, elsewhere…"""


SEATS: Final = (
    Seat("van.le", "Lê Thị Thu Vân", Role.RECEPTION, "centre"),
    Seat("rang.son", "Sơn Minh Ràng", Role.CENTRE_LEADER, "centre"),
    Seat("long.pham", "Phạm Đức Long", Role.HANDLER, "committee"),
    Seat("phat.huynh", "Huỳnh Tấn Phát", Role.HANDLER, "committee"),
    Seat("hau.vo", "Võ Văn Hậu", Role.LEADER, "committee"),
    Seat("anh.do", "Đỗ Quỳnh Anh", Role.COMMITTEE, "country"),
    Seat("khoa.tran", "Trần Đăng Khoa", Role.COMMITTEE, "province"),
    Seat("mai.bui", "Bùi Thị Mai", Role.RECEPTION, "elsewhere_centre"),
    Seat("tuan.ngo", "Ngô Anh Tuấn", Role.LEADER, "elsewhere_committee"),
    Seat("hien.duong", "Dương Thu Hiền", Role.AUDITOR, "country"),
    Seat("quan.tri", "Quản trị hệ thống", Role.ADMINISTRATOR, "country"),
    Seat("yen.ly", "Lý Hải Yến", Role.PROCEDURE_EDITOR, "country"),
    Seat("ai.truong", "Trương Mỹ Ái", Role.STEWARD, "country"),
    Seat("kien.dang", "Đặng Trung Kiên", Role.STEWARD, "country"),
    Seat("thao.ho", "Hồ Phương Thảo", Role.STEWARD, "home_affairs"),
    Seat("nhi.cao", "Cao Uyển Nhi", Role.STEWARD, "committee"),
)


def seat_officers(places: dict[str, Organisation], *, since: date) -> dict[str, Account]:
    """Make the officers' accounts, each with an authenticator app and one role."""
    seated = {}
    for seat in SEATS:
        account = create_account(
            kind=Account.Kind.OFFICER,
            sign_in_name=seat.sign_in_name,
            name=seat.name,
            password=DEMO_PASSWORD,
            demo=True,
            by=DEMO,
        )
        enrol_authenticator_app(account=account, by=DEMO)
        assign_role(
            account=account,
            role=seat.role,
            organisation=places.get(seat.place),
            since=since,
            source="Dữ liệu mẫu",
            by=DEMO,
        )
        seated[seat.sign_in_name] = account
    return seated


CITIZENS: Final = (Cast.HANH, Cast.LOC, Cast.NAM, Cast.Y_BHIN)


def seat_citizens() -> dict[str, Account]:
    """Accounts of some of the cast: Hạnh and Lộc have level 2, the others level 1."""
    seated = {}
    for number in CITIZENS:
        person = Person.objects.get(personal_number=number.value)
        account = create_account(
            kind=Account.Kind.CITIZEN,
            sign_in_name=number.value,
            name=person.full_name,
            password=DEMO_PASSWORD,
            personal_number=number.value,
            demo=True,
            by=DEMO,
        )
        if number in {Cast.HANH, Cast.LOC}:
            enrol_authenticator_app(account=account, by=DEMO)
            grant_level_two(account=account, source="Dữ liệu mẫu", by=DEMO)
        seated[number.name] = account
    return seated


def look_up_citizen(steward: Account, place: Organisation) -> None:
    """A reading by a plan, not tied to a dossier: what Hạnh finds in her list, and may ask about."""
    by = acting(steward, Duty(Role.STEWARD, place.code))
    basis = "kế hoạch 42/KH-UBND: rà soát hộ nghèo (mẫu)"
    find_person(Cast.HANH.value, purpose=Purpose.REVIEW, basis=basis, by=by)
