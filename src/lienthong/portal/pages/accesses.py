"""Who read my data."""

import csv
from datetime import timedelta
from typing import Final

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from lienthong.identity.public import actor_of
from lienthong.population.public import accesses_of
from lienthong.portal.forms.dossiers import AccessFilter
from lienthong.portal.kept import own_page
from lienthong.portal.pages.show import show
from lienthong.portal.queries.accesses import access_rows, as_table, worth_a_look
from lienthong.portal.queries.enquiries import asked_by

A_PAGE: Final = 50
DAYS: Final = {"12": 365, "1": 30}


@own_page
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """/du-lieu-cua-toi/: the unusual readings first, then the list."""
    by = actor_of(request)
    period = request.GET.get("thoi_gian", "12")
    since = timezone.now() - timedelta(days=DAYS[period]) if period in DAYS else None
    book = accesses_of(by.personal_number or "", by=by, since=since)
    form = AccessFilter(dict(book.organisations), {"thoi_gian": "12"} | request.GET.dict())
    dossier = request.GET.get("ho-so", "")[:60]
    rows = access_rows(book.lines, organisation=request.GET.get("co_quan", ""), dossier=dossier)
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    return show(
        request,
        "accesses.html",
        current="my_accesses",
        book=book,
        odd=worth_a_look(book.odd),
        asked=asked_by(by),
        form=form,
        page=page,
        dossier=dossier,
        period=period,
    )


@own_page
@require_safe
def as_csv(request: HttpRequest) -> HttpResponse:
    """/du-lieu-cua-toi/nhat-ky.csv: every reading, one's own too."""
    by = actor_of(request)
    book = accesses_of(by.personal_number or "", by=by)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="nhat-ky-doc-du-lieu.csv"'
    response["Cache-Control"] = "private, no-store"
    response.write("\ufeff")  # or Excel takes it for another encoding
    csv.writer(response).writerows(as_table([*book.lines, *book.own]))
    return response
