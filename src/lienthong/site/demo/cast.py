"""The named people of the tour and of the journeys. Their numbers are fixed; nobody else gets them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from lienthong.kit.partial_dates import PartialDate
from lienthong.population.public import NewBorn, NewPerson, Relation, Sex, Status
from lienthong.site.demo.places import Commune

REGISTER: Final = "099"


class Cast(StrEnum):
    """Personal numbers of the cast."""

    HANH = "099194004471"
    """Nguyễn Thị Minh Hạnh, who registers her son's birth."""
    LOC = "099091000938"
    """Trần Văn Lộc, her husband and head of the household."""
    NGOC = "099321001206"
    """Trần Bảo Ngọc, their daughter."""
    SA_RAY = "099168000315"
    """Thạch Thị Sa Rây, Hạnh's mother, whose birth is known to the month."""
    BAY = "099062000214"
    """Nguyễn Văn Bảy, Hạnh's father, dead; his birth is known to the year."""
    NAM = "099088001234"
    """Lê Hoàng Nam, a citizen of another province, who must not see any of it."""
    HUNG = "099085002001"
    """Nguyễn Văn Hùng, and another one of the same name, birthday and commune."""
    OTHER_HUNG = "099085002002"
    TY = "099138000055"
    """Nguyễn Thị Tý, born some day of 1938."""
    Y_BHIN = "099079003310"
    """Y Bhin Niê and his wife H'Lan Niê: names that are not family, middle, given."""
    H_LAN = "099183003311"
    K_BRAH = "099083004401"
    """K'Brăh: one name and no other."""


CAST_NUMBERS: Final = frozenset(str(number) for number in Cast)


def cast(communes: Sequence[Commune]) -> list[NewPerson]:
    """The cast, living in the first commune by code of their provinces."""
    first: dict[str, Commune] = {}
    for one in sorted(communes, key=lambda commune: commune.code):
        first.setdefault(one.province, one)
    return [*_family(first["82"]), *_others(first)]


def newborn(communes: Sequence[Commune], *, today: date) -> NewBorn:
    """Hạnh and Lộc's son, born 15 days ago and not registered yet."""
    home = min((one for one in communes if one.province == "82"), key=lambda commune: commune.code)
    return NewBorn(
        full_name="Trần Minh An",
        birth=PartialDate.of(today - timedelta(days=15)),
        sex=Sex.MALE,
        ethnicity="05",
        home_town=f"{home.name}, {home.province_name}",
        home_town_unit=home.unit,
        mother_number=Cast.HANH.value,
        mother_name="Nguyễn Thị Minh Hạnh",
        father_number=Cast.LOC.value,
        father_name="Trần Văn Lộc",
    )


Home = tuple[Commune, str]
"""A commune, and the address in it."""


def _head(number: Cast, name: str, birth: PartialDate, sex: Sex, home: Home) -> NewPerson:
    """A Kinh head of a household, at home where he or she lives."""
    commune, detail = home
    has_card = birth.year < 2008
    return NewPerson(
        personal_number=number.value,
        full_name=name,
        birth=birth,
        sex=sex,
        ethnicity="01",
        residence_unit=commune.unit,
        residence_detail=detail,
        residence_since=max(date(2019, 4, 1), birth.earliest),
        home_town_unit=commune.unit,
        home_town=f"{commune.name}, {commune.province_name}",
        head_number=number.value,
        relation_to_head=Relation.HEAD,
        card_issued_on=date(2022, 8, 9) if has_card else None,
        card_issued_by="Cục Cảnh sát quản lý hành chính về trật tự xã hội" if has_card else "",
    )


def _family(commune: Commune) -> list[NewPerson]:
    home, old_home = (commune, "Số 47, đường Nguyễn Huệ"), (commune, "Ấp 4")
    bay = _head(Cast.BAY, "Nguyễn Văn Bảy", PartialDate(1962), Sex.MALE, old_home)
    sa_ray = _head(Cast.SA_RAY, "Thạch Thị Sa Rây", PartialDate(1968, 3), Sex.FEMALE, old_home)
    loc = _head(Cast.LOC, "Trần Văn Lộc", PartialDate(1991, 6, 20), Sex.MALE, home)
    hanh = _head(Cast.HANH, "Nguyễn Thị Minh Hạnh", PartialDate(1994, 2, 14), Sex.FEMALE, home)
    ngoc = _head(Cast.NGOC, "Trần Bảo Ngọc", PartialDate(2021, 9, 12), Sex.FEMALE, home)
    return [
        replace(
            bay,
            status=Status.DEAD,
            died_on=PartialDate(2023, 11, 4),
            head_number="",
            relation_to_head=None,
            card_issued_on=None,
            card_issued_by="",
        ),
        replace(sa_ray, ethnicity="05"),
        replace(
            loc,
            spouse_number=Cast.HANH.value,
            mother_name="Lê Thị Út",
            father_name="Trần Văn Tám",
            old_number="000912345",
        ),
        replace(
            hanh,
            ethnicity="05",
            spouse_number=Cast.LOC.value,
            mother_number=Cast.SA_RAY.value,
            mother_name=sa_ray.full_name,
            father_number=Cast.BAY.value,
            father_name=bay.full_name,
            head_number=Cast.LOC.value,
            relation_to_head=Relation.WIFE,
            old_number="000941234",
        ),
        replace(
            ngoc,
            mother_number=Cast.HANH.value,
            mother_name=hanh.full_name,
            father_number=Cast.LOC.value,
            father_name=loc.full_name,
            head_number=Cast.LOC.value,
            relation_to_head=Relation.CHILD,
        ),
    ]


def _others(first: dict[str, Commune]) -> list[NewPerson]:
    same_day = PartialDate(1985, 5, 19)
    buon = (first["66"], "Buôn 3")
    y_bhin = _head(Cast.Y_BHIN, "Y Bhin Niê", PartialDate(1979, 4, 3), Sex.MALE, buon)
    h_lan = _head(Cast.H_LAN, "H'Lan Niê", PartialDate(1983, 10, 30), Sex.FEMALE, buon)
    k_brah = _head(Cast.K_BRAH, "K'Brăh", PartialDate(1983, 1, 8), Sex.MALE, (first["68"], "Bon 2"))
    nam_home = (first["31"], "Số 12, đường Trần Phú")
    return [
        _head(Cast.NAM, "Lê Hoàng Nam", PartialDate(1988, 12, 2), Sex.MALE, nam_home),
        _head(Cast.HUNG, "Nguyễn Văn Hùng", same_day, Sex.MALE, (first["01"], "Số 3, đường Bà Triệu")),
        _head(
            Cast.OTHER_HUNG, "Nguyễn Văn Hùng", same_day, Sex.MALE, (first["01"], "Số 88, đường Hùng Vương")
        ),
        _head(Cast.TY, "Nguyễn Thị Tý", PartialDate(1938), Sex.FEMALE, (first["37"], "Xóm Đông")),
        replace(y_bhin, ethnicity="12", spouse_number=Cast.H_LAN.value),
        replace(
            h_lan,
            ethnicity="12",
            spouse_number=Cast.Y_BHIN.value,
            head_number=Cast.Y_BHIN.value,
            relation_to_head=Relation.WIFE,
        ),
        replace(k_brah, ethnicity="16"),
    ]
