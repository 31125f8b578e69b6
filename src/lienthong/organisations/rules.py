"""Which agencies a unit has, what they are called and which provisional codes they bear."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from lienthong.kit.errors import Refused, said

TWO_LEVELS: Final = date(2025, 7, 1)
"""Two-level local government (Law 72/2025/QH15) and one-stop centres (Decree 118/2025/NĐ-CP) begin."""

ONE_LEVEL_PILOTS: Final = frozenset({"H26", "H29", "H49", "H05"})
"""Hà Nội, TP Hồ Chí Minh, Quảng Ninh, Bắc Ninh: one centre with service points (Decree 118/2025/NĐ-CP).

A setting: whether the pilots still run was not seen.
"""

CENTRE_LAW: Final = "118/2025/NĐ-CP, 09/06/2025"
CODES_LAW: Final = "20/2020/QĐ-TTg, 22/07/2020"
CODES_FROM: Final = date(2020, 7, 22)
SIGNED_NOTE: Final = "Ngày ký quyết định ban hành mã; ngày có hiệu lực chưa thấy."
KEPT_NOTE: Final = "Mã H của tỉnh giữ tên; văn bản giữ mã sau hợp nhất chưa thấy."
MERGED_SEEN: Final = frozenset({"H38"})
"""Merged provinces seen to use the code of the name they keep: Lào Cai publishes 1.000948.H38."""

MODEL_NOTE: Final = "Suy ra từ mô hình tổ chức chung; chưa đối chiếu với quyết định thành lập."
POINT_NOTE: Final = "Thí điểm mô hình một cấp: điểm phục vụ của Trung tâm cấp tỉnh; tên suy ra."


@dataclass(frozen=True, kw_only=True)
class Department:
    """A kind of provincial agency: `code` follows that of its parent, {place} names the province."""

    code: str
    name: str
    kind: str = "department"
    sector: str = ""


DEPARTMENTS: Final = (
    Department(code="01", name="Sở Tư pháp", sector="justice"),
    Department(code="02", name="Sở Xây dựng", sector="construction"),
    Department(code="03", name="Sở Tài chính", sector="finance"),
    Department(code="04", name="Sở Nông nghiệp và Môi trường", sector="environment"),
    Department(code="04.01", name="Văn phòng Đăng ký đất đai", sector="land_registration"),
    Department(code="05", name="Sở Giáo dục và Đào tạo", sector="education"),
    Department(code="06", name="Sở Nội vụ", sector="home_affairs"),
    Department(code="07", name="Sở Y tế", sector="health"),
)
CENTRE_CODE: Final = "10"
POLICE: Final = "G01"
INSURANCE: Final = "G12.BH"
DIGITS: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
FIRST_COMMUNE: Final = 10 * len(DIGITS)
"""Communes are numbered from A0, so that their codes and those of departments never meet."""


class OrganisationUnknown(Refused):
    """No agency had this code on that day."""

    sentence = said("Không có cơ quan mang mã {code} vào ngày {day}.")


class AppointedTooEarly(Refused):
    """An appointment would begin on or before the first day of the present holder."""

    sentence = said("Ngày bắt đầu phải sau ngày {since}, là ngày người đang giữ vị trí bắt đầu.")


class PostVacant(Refused):
    sentence = said("Vị trí này hiện không có người giữ.")


@dataclass(frozen=True, kw_only=True)
class Place:
    """What a unit's agencies need to know of it."""

    code: str
    name: str
    short_name: str
    parent_code: str
    valid_from: date
    valid_to: date | None
    is_certain: bool
    source: str


@dataclass(frozen=True, kw_only=True)
class Agency:
    """One row of the table of organisations, before it is there."""

    code: str
    name: str
    short_name: str
    kind: str
    valid_from: date
    valid_to: date | None
    source: str
    sector: str = ""
    unit_code: str = ""
    unit_from: date | None = None
    successor: str = ""
    is_service_point: bool = False
    code_is_official: bool = False
    is_certain: bool = True
    source_note: str = ""


def in_sentence(place: Place) -> str:
    """'tỉnh Lào Cai', 'phường Ba Đình'; Thành phố Hồ Chí Minh keeps its capital, as laws write it."""
    if place.short_name == "Hồ Chí Minh":
        return place.name
    return place.name[0].lower() + place.name[1:]


def commune_suffixes(communes: Iterable[Place]) -> dict[str, str]:
    """Unit code to the two characters of its provisional agency code, within one province.

    Numbered in the order in which codes appear, so that a later commune changes no earlier one.
    """
    first: dict[str, date] = {}
    for commune in communes:
        first[commune.code] = min(commune.valid_from, first.get(commune.code, commune.valid_from))
    ordered = sorted(first, key=lambda code: (first[code], code))
    return {code: two_characters(FIRST_COMMUNE + rank) for rank, code in enumerate(ordered)}


def two_characters(number: int) -> str:
    high, low = divmod(number, len(DIGITS))
    return DIGITS[high] + DIGITS[low]


def committee(place: Place, code: str, kind: str, **facts: object) -> Agency:
    where = in_sentence(place)
    return of(
        place, code=code, kind=kind, name=f"Ủy ban nhân dân {where}", short_name=f"UBND {where}", **facts
    )


def of(place: Place, **facts: object) -> Agency:
    """An agency of this unit, for as long as the unit bears its name, unless `facts` say otherwise."""
    common = {
        "unit_code": place.code,
        "unit_from": place.valid_from,
        "valid_from": place.valid_from,
        "valid_to": place.valid_to,
        "source": place.source,
        "is_certain": place.is_certain,
    }
    return Agency(**{**common, **facts})  # type: ignore[arg-type]  # every key is a field; the values vary


def provincial_agencies(place: Place, committee_code: str) -> Iterator[Agency]:
    """Departments, the one-stop centre, police and social insurance of a province or city."""
    where, number = in_sentence(place), committee_code[1:]
    modelled = {"is_certain": False, "source_note": MODEL_NOTE}
    for department in DEPARTMENTS:
        yield of(
            place,
            code=f"{committee_code}.{department.code}",
            kind=department.kind,
            sector=department.sector,
            name=f"{department.name} {where}",
            short_name=department.name,
            **modelled,
        )
    yield of(
        place,
        code=f"{committee_code}.{CENTRE_CODE}",
        kind="one_stop_centre",
        name=f"Trung tâm Phục vụ hành chính công {where}",
        short_name=f"Trung tâm PVHCC {where}",
        source=CENTRE_LAW,
    )
    for kind, root, name in (
        ("police", POLICE, "Công an"),
        ("social_insurance", INSURANCE, "Bảo hiểm xã hội"),
    ):
        full = f"{name} {where}"
        yield of(place, code=f"{root}.{number}", kind=kind, name=full, short_name=full, **modelled)


def commune_agencies(place: Place, province_code: str, suffix: str) -> Iterator[Agency]:
    """The committee of a commune, its one-stop centre or service point, its police."""
    where, code = in_sentence(place), f"{province_code}.{suffix}"
    yield committee(place, code, "commune_committee")
    if province_code in ONE_LEVEL_PILOTS:
        yield of(
            place,
            code=f"{province_code}.{CENTRE_CODE}.{suffix}",
            kind="one_stop_centre",
            is_service_point=True,
            name=f"Điểm phục vụ hành chính công {where}",
            short_name=f"Điểm PVHCC {where}",
            source=CENTRE_LAW,
            is_certain=False,
            source_note=POINT_NOTE,
        )
    else:
        yield of(
            place,
            code=f"{code}.01",
            kind="one_stop_centre",
            name=f"Trung tâm Phục vụ hành chính công {where}",
            short_name=f"Trung tâm PVHCC {where}",
            source=CENTRE_LAW,
        )
    yield of(
        place,
        code=f"{POLICE}.{province_code[1:]}.{suffix}",
        kind="police",
        name=f"Công an {where}",
        short_name=f"Công an {where}",
        is_certain=False,
        source_note=MODEL_NOTE,
    )


def path_of(code: str) -> str:
    """'H26.A0.01' gives 'H26/H26.A0/H26.A0.01/'."""
    levels = code.split(".")
    return "".join(".".join(levels[: depth + 1]) + "/" for depth in range(len(levels)))
