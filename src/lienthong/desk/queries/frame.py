"""What stands around every page of the hall: menu, agency, who works in which duty."""

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from lienthong.dossiers.public import queue_of
from lienthong.enquiries.public import ANSWERING
from lienthong.identity.public import ROLE_NAMES, Actor, Role, allowed
from lienthong.organisations.public import Organisation, organisations_on

OFFICE = (Role.RECEPTION, Role.HANDLER, Role.LEADER, Role.CENTRE_LEADER, Role.CLERK)
"""Duties that have dossiers in hand."""
CENTRE = (Role.RECEPTION, Role.CENTRE_LEADER)


def workplace(by: Actor) -> Organisation | None:
    """The agency of the duty acted in, under its name of today."""
    codes = [duty.organisation for duty in by.duties]
    return organisations_on(timezone.localdate()).filter(code__in=codes).first()


def frame(by: Actor, *, current: str = "", waiting: int | None = None) -> dict[str, Any]:
    """Context of every page. `waiting`: how long the queue is, if already counted."""
    place = workplace(by)
    if waiting is None:
        waiting = queue_of(by).count()
    roles = [_(ROLE_NAMES[duty.role]) for duty in by.duties]
    return {
        "hall_name": place.name if place else "",
        "me": " · ".join([by.name, *roles[:1]]),
        "hall_nav": _menu(by, current, waiting),
    }


def _menu(by: Actor, current: str, waiting: int) -> list[dict[str, Any]]:
    items: list[tuple[str, str, int | str]] = [("queue", _("Hàng việc"), waiting)]
    if by.has(Role.RECEPTION):
        items.append(("counter", _("Tiếp nhận"), ""))
    items.append(("search", _("Tra cứu"), ""))
    if by.has(*ANSWERING):
        items.append(("enquiries", _("Câu hỏi"), ""))
    menu = [
        {"label": label, "url": reverse(f"desk:{name}"), "count": count, "current": name == current}
        for name, label, count in items
    ]
    if by.has(Role.LEADER):
        menu.append(
            {"label": _("Nhiệm vụ được giao"), "url": reverse("console_own"), "count": "", "current": False}
        )
    if allowed(by, "dossiers.inspect"):
        menu.append({"label": _("Báo cáo"), "url": reverse("console"), "count": "", "current": False})
    return menu
