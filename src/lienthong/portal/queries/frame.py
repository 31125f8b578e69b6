"""What stands around every page of the hall: menu, footer, how the person is spoken to."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from lienthong.dossiers.public import State, dossiers_of
from lienthong.identity.public import Actor
from lienthong.portal.queries.dossiers import waiting_in_words
from lienthong.portal.rules import begin_large, salutation

WAITS = (State.AWAITING_SUPPLEMENT, State.AWAITING_PAYMENT)


def you_of(by: Actor) -> str:
    return _(salutation(by.personal_number))


def frame(by: Actor, *, current: str = "", waiting: int | None = None) -> dict[str, Any]:
    """Context of every page. `waiting`: how many dossiers wait for the person, if already counted."""
    you = you_of(by)
    if waiting is None:
        waiting = dossiers_of(by).filter(state__in=WAITS).count() if by.is_citizen else 0
    return {
        "you": you,
        "You": begin_large(you),
        "citizen": by.is_citizen,
        "answer_days": settings.ENQUIRY_WORKING_DAYS,
        "me": _("{You} {name}").format(You=begin_large(you), name=by.name) if by.is_citizen else "",
        "hall_nav": _menu(by, current, waiting_in_words(waiting, you)),
        "footer_links": [
            {"label": _("Trợ giúp"), "url": reverse("portal:help")},
            {"label": _("Bảo vệ dữ liệu cá nhân"), "url": reverse("portal:data_protection")},
            {"label": _("Tuyên bố về khả năng tiếp cận"), "url": reverse("portal:accessibility")},
        ],
    }


def _menu(by: Actor, current: str, waiting: str) -> list[dict[str, Any]]:
    items = [
        ("home", _("Dịch vụ"), ""),
        ("my_dossiers", _("Hồ sơ của tôi"), waiting),
        ("my_papers", _("Kho giấy tờ"), ""),
        ("my_accesses", _("Ai đã xem dữ liệu của tôi"), ""),
    ]
    shown = items if by.is_citizen or not by.is_known else items[:1]
    return [
        {"label": label, "url": reverse(f"portal:{name}"), "count": count, "current": name == current}
        for name, label, count in shown
    ]
