"""What stands around every page of the hall: menu, agency, duty."""

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from lienthong.cleaning.public import merges_waiting, waiting_for
from lienthong.identity.public import ROLE_NAMES, Actor
from lienthong.organisations.public import organisations_on


def frame(by: Actor, *, current: str) -> dict[str, Any]:
    codes = [duty.organisation for duty in by.duties]
    place = organisations_on(timezone.localdate()).filter(code__in=codes).first()
    items: list[tuple[str, str, int | str]] = [
        ("sources", _("Nguồn dữ liệu"), ""),
        ("queue", _("Làm sạch dữ liệu"), waiting_for(by)),
        ("merges", _("Gộp người trùng"), merges_waiting(by)),
        *([("people", _("Tra cứu dân cư"), "")] if place is None or place.unit_id else []),
    ]
    return {
        "hall_name": place.name if place else _("Quản lý dữ liệu cả nước"),
        "me": " · ".join([by.name, *[_(ROLE_NAMES[duty.role]).lower() for duty in by.duties][:1]]),
        "hall_nav": [
            {"label": label, "url": reverse(f"steward:{name}"), "count": count, "current": name == current}
            for name, label, count in items
        ],
    }
