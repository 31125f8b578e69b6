"""The map: which room answers which address."""

from django.urls import URLPattern, URLResolver, include, path

from lienthong.site import pages

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("lienthong.portal.urls")),
    path("", include("lienthong.identity.urls")),
    path("", include("lienthong.signatures.urls")),
    path("", include("lienthong.procedures.urls")),
    path("", include("lienthong.desk.urls")),
    path("", include("lienthong.steward.urls")),
    path("", include("lienthong.console.urls")),
    path("lam-viec/", pages.work, name="work"),
    path("parts", pages.parts, name="parts"),
    path("parts/wall", pages.wall, name="parts_wall"),
    path("i18n/", include("django.conf.urls.i18n")),
]
