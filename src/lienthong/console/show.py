"""Rendering within the hall's frame."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from lienthong.identity.public import WHOLE_COUNTRY, Role, actor_of

REPORTERS = (Role.LEADER, Role.COMMITTEE)


def show(
    request: HttpRequest, template: str, *, current: str, status: int = 200, **facts: Any
) -> HttpResponse:
    """A page of the hall; `facts` is what the template needs beside the frame."""
    labels = {
        "console": _("Tổng quan"),
        "console_plans": _("Kế hoạch, chỉ tiêu"),
        "console_tasks": _("Nhiệm vụ"),
        "console_late": _("Hồ sơ chậm"),
        "console_signals": _("Dấu hiệu"),
        "console_meetings": _("Phiên họp"),
        "console_quality": _("Chất lượng dữ liệu"),
        "console_own": _("Việc của cơ quan"),
        "console_wall": _("Màn hình lớn"),
    }
    by = actor_of(request)
    if not by.has(*REPORTERS) or by.has(*REPORTERS, at=WHOLE_COUNTRY):
        del labels["console_own"]
    nav = [
        {"label": label, "url": reverse(name), "current": name == current, "count": ""}
        for name, label in labels.items()
    ]
    return render(request, f"console/{template}", {"hall_nav": nav, "me": by.name, **facts}, status=status)
