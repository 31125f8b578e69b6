"""The public page that checks papers. Nobody needs to sign in, and nothing brought here is kept."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from lienthong.documents.public import upload_refused
from lienthong.identity.public import actor_of
from lienthong.kit.errors import Refused
from lienthong.signatures.actions import check_file, check_token
from lienthong.signatures.forms import CheckForm
from lienthong.signatures.queries import token_in
from lienthong.signatures.rules import PaperUnknown


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """The form, and the verdict on a file brought to it; a QR's text leads on to the paper's page."""
    if request.method != "POST":
        return page(request, CheckForm())
    refused = upload_refused(request)
    form = CheckForm(request.POST, request.FILES)
    if refused:
        form.add_error("paper", said_by(refused))
    if not form.is_valid():
        return page(request, form, status=422)
    if form.cleaned_data["paper"]:
        return file_page(request, form)
    try:
        return redirect("signatures:paper", token=token_in(form.cleaned_data["code"]))
    except Refused as error:
        form.add_error("code", said_by(error))
        return page(request, form, status=422)


def file_page(request: HttpRequest, form: CheckForm) -> HttpResponse:
    brought = form.cleaned_data["paper"]
    verdict, signature = check_file(content=brought.read(), by=actor_of(request))
    facts = {"verdict": verdict, "signature": signature, "file_name": brought.name}
    return page(request, CheckForm(), **facts)


@never_cache
@require_GET
def paper(request: HttpRequest, token: str) -> HttpResponse:
    """What the register says of the paper whose QR led here; no personal data beyond initials."""
    try:
        signature = check_token(token=token, how="qr", by=actor_of(request))
    except PaperUnknown as error:
        return page(request, CheckForm(), status=404, unknown=said_by(error))
    response = render(request, "signatures/paper.html", {"signature": signature})
    return unlisted(response)


def page(request: HttpRequest, form: CheckForm, status: int = 200, **facts: Any) -> HttpResponse:
    return unlisted(render(request, "signatures/check.html", {"form": form, **facts}, status=status))


def unlisted(response: HttpResponse) -> HttpResponse:
    """Tokens must not end up in search engines or in other sites' logs.

    Not "no-referrer": browsers then send "Origin: null" with the form, and the CSRF check refuses it.
    """
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "same-origin"
    return response


def said_by(error: Refused) -> str:
    return _(error.sentence).format(**error.facts)
