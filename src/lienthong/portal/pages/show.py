"""Rendering within the hall's frame."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from lienthong.identity.public import actor_of
from lienthong.portal.queries.frame import frame


def show(
    request: HttpRequest,
    template: str,
    *,
    current: str = "",
    waiting: int | None = None,
    status: int = 200,
    **facts: Any,
) -> HttpResponse:
    """A page of the hall; `facts` is what the template needs beside the frame."""
    context = frame(actor_of(request), current=current, waiting=waiting) | facts
    return render(request, f"portal/{template}", context, status=status)
