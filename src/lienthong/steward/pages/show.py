"""Rendering within the hall's frame, and who may come in."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from lienthong.identity.public import NotAllowed, actor_of, officer_page, require
from lienthong.kit.errors import Refused
from lienthong.steward.queries.frame import frame

P = ParamSpec("P")
Page = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def steward_page(page: Page[P]) -> Page[P]:
    """A page for stewards. What is not there, or another agency's, is 404."""

    @officer_page
    @wraps(page)
    def opened(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        require(actor_of(request), "registries.steward", None)
        try:
            return page(request, *args, **kwargs)
        except NotAllowed:
            raise
        except Refused as refused:
            if refused.status == 404:
                raise Http404(refused.code) from refused
            raise

    return opened


def show(
    request: HttpRequest, template: str, *, current: str, status: int = 200, **facts: Any
) -> HttpResponse:
    """A page of the hall; `facts` is what the template needs beside the frame."""
    return render(
        request, f"steward/{template}", frame(actor_of(request), current=current) | facts, status=status
    )
