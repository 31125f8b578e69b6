"""Rendering within the hall's frame, and who may come in."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from lienthong.desk.queries.frame import OFFICE, frame
from lienthong.identity.public import NotAllowed, actor_of, officer_page
from lienthong.kit.errors import Refused

P = ParamSpec("P")
Page = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def desk_page(page: Page[P]) -> Page[P]:
    """A page for officers whose duty has dossiers in hand. What is not there, or another agency's, is 404."""

    @officer_page
    @wraps(page)
    def opened(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not actor_of(request).has(*OFFICE):
            raise NotAllowed
        try:
            return page(request, *args, **kwargs)
        except NotAllowed:
            raise
        except Refused as refused:
            if getattr(refused, "status", None) == 404:
                raise Http404(refused.code) from refused
            raise

    return opened


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
    return render(request, f"desk/{template}", context, status=status)
