"""Pages that stand in for those of higher rooms."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from lienthong.identity.public import (
    NotAllowed,
    actor_of,
    citizen_page,
    officer_page,
    require_level,
)


def who(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    duties = ",".join(f"{duty.role}@{duty.organisation}" for duty in actor.duties)
    return HttpResponse(f"{actor.reference} {actor.personal_number} {actor.level} {duties}")


def level_two(request: HttpRequest) -> HttpResponse:
    require_level(actor_of(request), 2)
    return HttpResponse("done")


def secret(request: HttpRequest) -> HttpResponse:
    raise NotAllowed(hidden=request.path.endswith("hidden/"))


urlpatterns = [
    path("", include("lienthong.identity.urls")),
    path("", who),
    path("who/", who),
    path("citizen/", citizen_page(who)),
    path("can-bo/", officer_page(who)),
    path("level-two/", level_two),
    path("secret/", secret),
    path("secret/hidden/", secret),
]
