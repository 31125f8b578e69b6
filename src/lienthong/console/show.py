"""Rendering within the hall's frame."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from lienthong.identity.public import actor_of


def show(request: HttpRequest, template: str, *, current: str, **facts: Any) -> HttpResponse:
    """A page of the hall; `facts` is what the template needs beside the frame."""
    labels = {"console": _("Tổng quan"), "console_late": _("Hồ sơ chậm"), "console_wall": _("Màn hình lớn")}
    nav = [
        {"label": label, "url": reverse(name), "current": name == current, "count": ""}
        for name, label in labels.items()
    ]
    return render(request, f"console/{template}", {"hall_nav": nav, "me": actor_of(request).name, **facts})
