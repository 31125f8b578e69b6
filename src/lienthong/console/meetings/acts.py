"""What may be pressed in a meeting: each with its action and what is said when it is done."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from lienthong.conference.public import (
    Meeting,
    approve_minutes,
    ask_floor,
    assign_conclusion,
    call_off_meeting,
    close_meeting,
    conclusion_at,
    correct_arrival,
    end_floor,
    give_floor,
    item_of,
    line_of,
    note_arrival,
    note_departure,
    open_meeting,
    retract_conclusion,
    site_of,
    strike_arrival,
    take_up_item,
    withdraw_ask,
)
from lienthong.identity.public import Actor

Posted = Mapping[str, str]
Act = Callable[[Meeting, Posted, Actor], Any]


def _arrive(meeting: Meeting, told: Posted, by: Actor) -> None:
    site = site_of(meeting, told.get("den-site", ""))
    note_arrival(site=site, name=told.get("den-name", "")[:500], post=told.get("den-post", "")[:500], by=by)


def _ask(meeting: Meeting, told: Posted, by: Actor) -> None:
    arrival = line_of(meeting, told.get("xin-arrival", ""))
    site = site_of(meeting, str(arrival.site_id or ""))
    ask_floor(site=site, arrival=arrival, text=told.get("xin-text", "")[:500], by=by)


def _retract(meeting: Meeting, told: Posted, by: Actor) -> None:
    conclusion = conclusion_at(meeting, told.get("so", ""))
    retract_conclusion(conclusion=conclusion, reason=told.get("reason", "")[:500], by=by)


def _correct(meeting: Meeting, told: Posted, by: Actor) -> None:
    arrival = line_of(meeting, told.get("so", ""))
    correct_arrival(arrival=arrival, name=told.get("name", "")[:500], post=told.get("post", "")[:500], by=by)


def _strike(meeting: Meeting, told: Posted, by: Actor) -> None:
    strike_arrival(arrival=line_of(meeting, told.get("so", "")), reason=told.get("reason", "")[:500], by=by)


ROLL: Final = frozenset({"sua-diem-danh", "bo-diem-danh"})
"""Pressed on the roll's page, and told there."""
ACTS: Final[dict[str, tuple[Any, Act]]] = {
    "khai-mac": (_("Đã khai mạc phiên họp."), lambda m, _told, by: open_meeting(meeting=m, by=by)),
    "be-mac": (_("Đã bế mạc phiên họp."), lambda m, _told, by: close_meeting(meeting=m, by=by)),
    "thong-qua": (_("Đã thông qua biên bản."), lambda m, _told, by: approve_minutes(meeting=m, by=by)),
    "noi-dung": (
        _("Đã chuyển sang nội dung này."),
        lambda m, told, by: take_up_item(item=item_of(m, told.get("so", "")), by=by),
    ),
    "diem-danh": (_("Đã điểm danh."), _arrive),
    "roi-phong": (
        _("Đã ghi rời phòng họp."),
        lambda m, told, by: note_departure(arrival=line_of(m, told.get("so", "")), by=by),
    ),
    "sua-diem-danh": (_("Đã sửa điểm danh."), _correct),
    "bo-diem-danh": (_("Đã bỏ người điểm danh nhầm."), _strike),
    "thoi-hop": (
        _("Đã ghi phiên họp thôi không họp; các điểm cầu thấy lý do."),
        lambda m, told, by: call_off_meeting(meeting=m, reason=told.get("reason", "")[:500], by=by),
    ),
    "dang-ky": (_("Đã đăng ký phát biểu."), _ask),
    "moi": (
        _("Đã mời phát biểu."),
        lambda m, told, by: give_floor(ask=line_of(m, told.get("so", "")), by=by),
    ),
    "het-luot": (
        _("Đã kết thúc lượt phát biểu."),
        lambda m, told, by: end_floor(ask=line_of(m, told.get("so", "")), by=by),
    ),
    "rut": (
        _("Đã rút đăng ký phát biểu."),
        lambda m, told, by: withdraw_ask(ask=line_of(m, told.get("so", "")), by=by),
    ),
    "giao": (
        _("Đã giao thành nhiệm vụ."),
        lambda m, told, by: assign_conclusion(conclusion=conclusion_at(m, told.get("so", "")), by=by),
    ),
    "rut-ket-luan": (_("Đã rút kết luận ghi nhầm."), _retract),
}
