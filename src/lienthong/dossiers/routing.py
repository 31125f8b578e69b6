"""Which agencies a dossier belongs to: where it is received, and who has the authority."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from lienthong.kit.errors import Refused, said
from lienthong.organisations.public import Duty, Kind, Organisation
from lienthong.procedures.public import Content
from lienthong.territory.public import Level, Unit

OFFICES: dict[str, tuple[Kind, Duty | None]] = {
    "Chứng thực": (Kind.DEPARTMENT, Duty.JUSTICE),
    "Lý lịch tư pháp": (Kind.POLICE, None),
    "Quản lý xuất nhập cảnh": (Kind.POLICE, None),
    "Sát hạch, cấp giấy phép lái xe": (Kind.POLICE, None),
    "Thành lập và hoạt động của doanh nghiệp": (Kind.DEPARTMENT, Duty.FINANCE),
    "Thuế": (Kind.DEPARTMENT, Duty.FINANCE),
    "Việc làm": (Kind.DEPARTMENT, Duty.HOME_AFFAIRS),
}
"""Who decides in a province, by the procedure's sector. Tax offices and commune police are not in our
register of agencies yet: the department of finance and the commune's committee stand for them."""

BY_LEVEL: dict[str, tuple[Kind, Duty | None]] = {
    "school": (Kind.DEPARTMENT, Duty.EDUCATION),
    "social_insurance": (Kind.SOCIAL_INSURANCE, None),
    "utility": (Kind.UTILITY, None),
}


class NoAuthorityThere(Refused):
    sentence = said(
        "Chưa có thông tin cơ quan giải quyết thủ tục này tại {unit}. Hãy chọn nơi khác hoặc đến trung tâm gần nhất."
    )


@dataclass(frozen=True, slots=True)
class Route:
    """Organisations of the day, by id and code."""

    reception: int
    reception_code: str
    authority: int
    authority_code: str


def route(content: Content, unit: Unit, on: date) -> Route:
    """Where a dossier of this procedure goes when the agencies of commune `unit` are asked.

    Raises NoAuthorityThere.
    """
    level = content.authority.deciding_level
    office = (
        (Kind.COMMUNE_COMMITTEE, None)
        if level == "commune"
        else BY_LEVEL.get(level) or OFFICES.get(content.sector.name)
    )
    found = _route(level == "commune", office, unit.pk, on) if office else None
    if found is None:
        raise NoAuthorityThere(unit=unit.name)
    return found


@lru_cache(maxsize=50_000)
def _route(in_commune: bool, office: tuple[Kind, Duty | None], unit_id: int, on: date) -> Route | None:  # noqa: FBT001 - part of a cache key
    unit = Unit.objects.select_related("parent").get(pk=unit_id)
    if not in_commune and unit.level == Level.COMMUNE and unit.parent:
        unit = unit.parent
    kind, duty = office
    here = Organisation.objects.on(on).filter(unit__code=unit.code, unit__level=unit.level)
    authority = here.filter(kind=kind, **({"duty": duty} if duty else {})).first()
    reception = here.filter(kind=Kind.ONE_STOP_CENTRE).first()
    if authority is None or reception is None:
        return None
    return Route(reception.pk, reception.code, authority.pk, authority.code)
