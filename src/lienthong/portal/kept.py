"""What was typed survives an expired session.

A POST without a session is kept in the new, nameless session (a row on the server, never in an
address), its writer signs in, comes back to the same page, and finds it filled in as it was.
Only the page it was typed on gets it back, once, within half an hour; that page opens only to
the owner of its draft or dossier, so another person at the same screen sees nothing.
"""

import time
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, Final, ParamSpec

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase, QueryDict
from django.utils.translation import gettext as _

from lienthong.identity.public import NotAllowed, citizen_page, to_sign_in
from lienthong.kit.errors import Refused

P = ParamSpec("P")
Page = Callable[Concatenate[HttpRequest, P], HttpResponseBase]

KEY: Final = "portal.kept"
KEPT_SECONDS: Final = 30 * 60
MOST_BYTES: Final = 200_000
"""A form with everything filled in is a tenth of this; more is nobody's form."""
NOT_KEPT: Final = frozenset({"csrfmiddlewaretoken", "password"})


def own_page(page: Page[P]) -> Page[P]:
    """A citizen's page: it does not lose what was typed when the session has ended meanwhile.

    What is not there, or not this person's, is 404 alike."""
    guarded = citizen_page(page)

    @wraps(page)
    def kept(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if request.method == "POST" and not request.user.is_authenticated:
            keep(request)
            return to_sign_in(request)
        try:
            return guarded(request, *args, **kwargs)
        except Refused as refused:
            if getattr(refused, "status", None) == 404 and not isinstance(refused, NotAllowed):
                raise Http404(refused.code) from refused
            raise

    return kept


def keep(request: HttpRequest) -> None:
    typed = request.POST.copy()
    for name in NOT_KEPT & set(typed):
        del typed[name]
    text = typed.urlencode()
    if len(text) <= MOST_BYTES:
        request.session[KEY] = {"path": request.path, "typed": text, "at": time.time()}


def typed(request: HttpRequest) -> QueryDict | None:
    """What the form is filled with: this POST, or the one that was kept while its writer signed in."""
    if request.method == "POST":
        return request.POST
    found = request.session.get(KEY)
    if not found or found["path"] != request.path:
        return None
    del request.session[KEY]
    if time.time() - found["at"] > KEPT_SECONDS:
        return None
    messages.info(
        request, _("Phiên làm việc trước đã hết. Những gì đã khai ở trang này vẫn còn; xin xem lại rồi gửi.")
    )
    return QueryDict(found["typed"])
