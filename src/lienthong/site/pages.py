"""The page that shows every part with sample content. The accessibility tests read it."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lienthong.identity.public import Role, actor_of, officer_page
from lienthong.site import samples

HALLS = ("citizen", "officer", "committee")


@require_safe
def parts(request: HttpRequest) -> HttpResponse:
    """/parts?hall=officer: the same parts in another hall's density."""
    hall = request.GET.get("hall", "")
    hall = hall if hall in HALLS else HALLS[0]
    labels = {"citizen": _("Người dân"), "officer": _("Cán bộ"), "committee": _("Chỉ đạo, điều hành")}
    nav = [
        {"label": labels[name], "url": f"?hall={name}", "current": name == hall, "count": count}
        for name, count in zip(HALLS, ("", 200, ""), strict=True)
    ]
    return render(
        request,
        "site/parts.html",
        {"frame": f"halls/{hall}.html", "hall_nav": nav, "form": samples.form()} | _samples(),
    )


@require_safe
def wall(request: HttpRequest) -> HttpResponse:
    """/parts/wall: the meeting-room screen."""
    return render(request, "site/parts_wall.html", _samples())


def _samples() -> dict[str, object]:
    return {
        "filters": samples.SampleFilters(),
        "bulk": samples.SampleBulk(),
        "actions": samples.actions(),
        "cells": samples.clock(),
        "events": samples.timeline(),
        "chips": samples.chips(),
        "table": samples.table(),
        "provinces": samples.provinces(),
        "ranking": samples.ranking(),
        "months": samples.months(),
        "spark": [month["value"] for month in samples.months()],
        "page": samples.page(4),
    }


@officer_page
def work(request: HttpRequest) -> HttpResponseBase:
    """/lam-viec/: the hall of the officer's duty; one-stop and agency officers to the desk, others to the console."""
    if actor_of(request).has(Role.ADMINISTRATOR):
        return redirect("accounts")
    if actor_of(request).has(Role.PROCEDURE_EDITOR):
        return redirect("procedures:list")
    if actor_of(request).has(Role.STEWARD):
        return redirect("steward:sources")
    desk = {Role.RECEPTION, Role.CENTRE_LEADER, Role.HANDLER, Role.LEADER, Role.CLERK}
    return redirect("desk:queue" if actor_of(request).has(*desk) else "console")
