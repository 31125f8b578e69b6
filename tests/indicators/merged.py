"""The world before 1/7/2025: Tiền Giang, which became part of Đồng Tháp, three wards of it, and their months."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from lienthong.indicators.models import Mark, Tally, Total
from lienthong.kit.names import fold, sort_key
from lienthong.organisations.public import Kind as AgencyKind
from lienthong.organisations.public import Organisation
from lienthong.territory.public import Kind, Level, Succession, Unit
from makers import World

OLD: Final = date(2025, 3, 1)
MERGED: Final = date(2025, 7, 1)


@dataclass(frozen=True)
class OldWorld:
    province: Organisation
    whole: Organisation
    """A ward that became part of Bến Sen entirely."""
    split: Organisation
    """A ward that went partly to Bến Sen, partly to Thành Đông."""


def old_unit(code: str, name: str, kind: Kind, parent: Unit | None) -> Unit:
    return Unit.objects.create(
        code=code, level=Level.COMMUNE if parent else Level.PROVINCE, kind=kind, name=name, short_name=name,
        search_key=fold(name), sort_key=sort_key(name), parent=parent, valid_from=OLD, valid_to=MERGED,
        source="thử",
    )  # fmt: skip


def old_agency(
    code: str, name: str, kind: AgencyKind, unit: Unit, parent: Organisation | None = None
) -> Organisation:
    return Organisation.objects.create(
        code=code, valid_from=OLD, valid_to=MERGED, name=name, short_name=name, kind=kind, unit=unit,
        parent=parent, path=f"{parent.path if parent else ''}{code}/", source="thử", search_key=fold(name),
        sort_key=sort_key(name),
    )  # fmt: skip


def before_the_merger(world: World) -> OldWorld:
    """202/2025/QH15; what was split is told by the resolutions on communes."""
    land = old_unit("99", "Tỉnh Tiền Giang", Kind.PROVINCE, None)
    province = old_agency("H58", "Ủy ban nhân dân tỉnh Tiền Giang", AgencyKind.PROVINCE_COMMITTEE, land)
    Organisation.objects.filter(pk=province.pk).update(successor=world.province)
    made = {}
    for code, name, heirs in (
        ("99001", "Phường Một", [(world.ward, False)]),
        ("99002", "Phường Hai", [(world.ward, True), (world.far, True)]),
    ):
        unit = old_unit(code, name, Kind.WARD, land)
        made[code] = old_agency(
            f"H58.{code[-2:]}",
            f"Ủy ban nhân dân {name.lower()}",
            AgencyKind.COMMUNE_COMMITTEE,
            unit,
            province,
        )
        for heir, partial in heirs:
            Succession.objects.create(predecessor=unit, successor=heir, is_partial=partial, source="thử")
    return OldWorld(province, made["99001"], made["99002"])


def month_of(agency: Organisation, month: date, received: int, online: int) -> None:
    """A synthetic month of one agency and procedure, as the tally would have counted it."""
    top = agency.path.split("/")[0]
    counters = {
        "received": received,
        "online": online,
        "in_time": received,
        "running": 0,
        "results": 0,
        "digitised": 0,
    }
    Tally.objects.create(authority=agency, month=month, procedure_code="1.001193", full=received,
                         full_online=online, late=0, **counters)  # fmt: skip
    total, _ = Total.objects.get_or_create(
        top=top, month=month, defaults={**dict.fromkeys(counters, 0), "services": 0, "services_full": 0}
    )
    Total.objects.filter(pk=total.pk).update(
        **{name: getattr(total, name) + count for name, count in counters.items()},
        services=total.services + 1, services_full=total.services_full + (online > 0),
    )  # fmt: skip


def nothing_new() -> None:
    """Synthetic months have no dossiers behind them: nothing is to be counted anew."""
    Mark.objects.update_or_create(id=1, defaults={"seen": str(2**62)})
