"""Finding a dossier of one's own agency, whatever its state."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from lienthong.desk.pages.show import desk_page, show
from lienthong.desk.queries.queue import rows_of
from lienthong.desk.queries.search import search_dossiers
from lienthong.identity.public import actor_of

A_PAGE = 50


@desk_page
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """/can-bo/tra-cuu/: by code, by name with or without accents, by personal number."""
    text = request.GET.get("q", "").strip()[:100]
    page = Paginator(search_dossiers(text, by=actor_of(request)), A_PAGE).get_page(request.GET.get("page"))
    return show(request, "search.html", current="search", text=text, page=page, rows=rows_of(page))
