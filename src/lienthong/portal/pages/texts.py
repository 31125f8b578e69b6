"""Short pages of plain text."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from lienthong.portal.pages.show import show


@require_safe
def text(request: HttpRequest, template: str) -> HttpResponse:
    return show(request, template)
