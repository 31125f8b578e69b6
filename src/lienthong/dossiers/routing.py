"""Which agencies a dossier belongs to: where it is received, and who has the authority."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from lienthong.kit.errors import Refused, said
from lienthong.organisations.public import Kind, Organisation, Sector
from lienthong.procedures.public import Content
from lienthong.territory.public import Level, Unit

IN_PROVINCE: dict[str, tuple[Kind, Sector | None]] = {
    "Chứng thực": (Kind.DEPARTMENT, Sector.JUSTICE),
    "Lý lịch tư pháp": (Kind.POLICE, None),
    "Quản lý xuất nhập cảnh": (Kind.POLICE, None),
    "Thành lập và hoạt động của doanh nghiệp": (Kind.DEPARTMENT, Sector.FINANCE),
    "Thuế": (Kind.DEPARTMENT, Sector.FINANCE),
    "Việc làm": (Kind.DEPARTMENT, Sector.HOME_AFFAIRS),
}
"""Who decides in a province, by the procedure's sector. Tax offices are not in our register of
agencies yet: the department of finance stands for them."""

IN_COMMUNE: dict[str, tuple[Kind, Sector | None]] = {"Đăng ký, quản lý cư trú": (Kind.POLICE, None)}
"""Who decides in a commune where it is not the People's Committee."""

BY_LEVEL: dict[str, tuple[Kind, Sector | None]] = {
    "school": (Kind.DEPARTMENT, Sector.EDUCATION),
    "social_insurance": (Kind.SOCIAL_INSURANCE, None),
}


class NoAuthorityThere(Refused):
    sentence = said(
        "Chưa có thông tin cơ quan giải quyết thủ tục này tại {unit}. Hãy chọn nơi khác hoặc đến trung tâm gần nhất."
    )


class NoSuchCommune(Refused):
    sentence = said("Chọn xã, phường, đặc khu nơi giải quyết hồ sơ.")


@dataclass(frozen=True, slots=True)
class Route:
    """Organisations of the day, by id and code."""

    reception: int
    reception_code: str
    authority: int
    authority_code: str


@lru_cache(maxsize=20_000)
def commune(unit_id: int) -> Unit:
    """A unit under one name never changes, so it may be kept. Raises NoSuchCommune."""
    found = Unit.objects.select_related("parent").filter(pk=unit_id).first()
    if found is None:
        raise NoSuchCommune
    return found


def route(content: Content, unit: Unit, on: date) -> Route:
    """Where a dossier of this procedure goes when the agencies of commune `unit` are asked.

    Raises NoAuthorityThere.
    """
    level = content.authority.deciding_level
    if level == "ministry" and content.issuing_agency:
        return _ministry(content.issuing_agency, unit, on)
    office = _office(content)
    found = _route(office=office, unit_id=unit.pk, on=on, in_commune=level == "commune") if office else None
    if found is None:
        raise NoAuthorityThere(unit=unit.name)
    return found


def decides(content: Content, agency: Organisation) -> bool:
    """Is this one of the agencies that decide such dossiers, each where it is? Reads nothing but what is given."""
    level = content.authority.deciding_level
    if level == "ministry" and content.issuing_agency:
        return agency.kind == Kind.MINISTRY and agency.name == content.issuing_agency
    office = _office(content)
    if office is None or agency.unit is None:
        return False
    kind, sector = office
    at = Level.COMMUNE if level == "commune" else Level.PROVINCE
    return agency.kind == kind and agency.unit.level == at and sector in {None, agency.sector}


def _office(content: Content) -> tuple[Kind, Sector | None] | None:
    level, sector = content.authority.deciding_level, content.sector.name
    if level == "commune":
        return IN_COMMUNE.get(sector, (Kind.COMMUNE_COMMITTEE, None))
    return BY_LEVEL.get(level) or IN_PROVINCE.get(sector)


def _ministry(name: str, unit: Unit, on: date) -> Route:
    """A ministry decides; the province's centre receives (NĐ 118/2025/NĐ-CP: regardless of address)."""
    ministry = Organisation.objects.on(on).filter(kind=Kind.MINISTRY, name=name).first()
    local = _route(office=(Kind.PROVINCE_COMMITTEE, None), unit_id=unit.pk, on=on, in_commune=False)
    if ministry is None or local is None:
        raise NoAuthorityThere(unit=unit.name)
    return Route(local.reception, local.reception_code, ministry.pk, ministry.code)


@lru_cache(maxsize=50_000)
def _route(*, office: tuple[Kind, Sector | None], unit_id: int, on: date, in_commune: bool) -> Route | None:
    unit = commune(unit_id)
    if not in_commune and unit.level == Level.COMMUNE and unit.parent:
        unit = unit.parent
    kind, sector = office
    here = Organisation.objects.on(on).filter(unit__code=unit.code, unit__level=unit.level)
    authority = here.filter(kind=kind, **({"sector": sector} if sector else {})).first()
    reception = here.filter(kind=Kind.ONE_STOP_CENTRE).first()
    if authority is None or reception is None:
        return None
    return Route(reception.pk, reception.code, authority.pk, authority.code)
