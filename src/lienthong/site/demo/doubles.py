"""People whom the demo's register holds twice, and twins whom it does not: something real for the page of merges."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Final

from lienthong.kit.partial_dates import PartialDate
from lienthong.population.public import NewPerson, Relation, Sex
from lienthong.site.demo.places import Commune

TWICE: Final = (
    ("099187000610", "099187481127"),
    ("099183000742", "099183615309"),
    ("099092000386", "099092730154"),
)
"""Entered exactly alike; with a letter and the mother's marks changed; with day and month in each other's place."""
TWINS: Final = ("099315000720", "099315000721")
DOUBLE_NUMBERS: Final = frozenset({*(number for pair in TWICE for number in pair), *TWINS})


def doubles(communes: Sequence[Commune]) -> list[NewPerson]:
    """Three people twice and a pair of twins, in the first commune by code of the tour's province."""
    home = min((one for one in communes if one.province == "82"), key=lambda commune: commune.code)
    return [*_exact(home), *_by_a_letter(home), *_swapped(home), *_twins(home)]


def _person(home: Commune, number: str, name: str, birth: PartialDate, detail: str, **more: Any) -> NewPerson:
    return NewPerson(
        personal_number=number, full_name=name, birth=birth, sex=Sex.MALE if number[3] in "02" else Sex.FEMALE,
        ethnicity="01", residence_unit=home.unit, residence_detail=detail, residence_since=max(date(2016, 5, 3), birth.earliest),
        home_town_unit=home.unit, home_town=f"{home.name}, {home.province_name}", **more,
    )  # fmt: skip


def _head(person: NewPerson) -> NewPerson:
    return replace(person, head_number=person.personal_number, relation_to_head=Relation.HEAD)


def _exact(home: Commune) -> list[NewPerson]:
    one, other = TWICE[0]
    born, parents = PartialDate(1987, 8, 15), {"mother_name": "Huỳnh Thị Sáu", "father_name": "Phan Văn Tấn"}
    return [
        _head(_person(home, one, "Phan Thị Kim Ngân", born, "Số 112, đường Trần Hưng Đạo", old_number="000870416", **parents)),
        _person(home, other, "Phan Thị Kim Ngân", born, "Ấp 4", **parents),
    ]  # fmt: skip


def _by_a_letter(home: Commune) -> list[NewPerson]:
    one, other = TWICE[1]
    born = PartialDate(1983, 11, 21)
    return [
        _head(_person(home, one, "Đoàn Thị Mỹ Lệ", born, "Số 8, đường Nguyễn Trãi", mother_name="Đặng Thị Bông")),
        _person(home, other, "Đoàn Thị Mĩ Lệ", born, "Số 8, đường Nguyễn Trãi", mother_name="Dang Thi Bong", old_number="000830975"),
    ]  # fmt: skip


def _swapped(home: Commune) -> list[NewPerson]:
    one, other = TWICE[2]
    parents = {"mother_name": "Bùi Thị Hoa", "father_name": "Võ Văn Thành"}
    return [
        _head(_person(home, one, "Võ Minh Trí", PartialDate(1992, 3, 7), "Số 25, đường Lê Lợi", **parents)),
        _person(home, other, "Võ Minh Trí", PartialDate(1992, 7, 3), "Ấp 2", mother_name="Bùi Thị Hoa"),
    ]


def _twins(home: Commune) -> list[NewPerson]:
    """Sisters of one day, numbers one after the other, names a mark apart: two people."""
    born, parents = (
        PartialDate(2015, 10, 10),
        {"mother_name": "Trương Thị Lành", "father_name": "Lý Văn Phước"},
    )
    return [
        _person(home, number, name, born, "Ấp 4", **parents)
        for number, name in zip(TWINS, ("Lý Ngọc Anh", "Lý Ngọc Ánh"), strict=True)
    ]
