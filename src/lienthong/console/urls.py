"""The committees' hall."""

from django.urls import path

from lienthong.console import pages

urlpatterns = [
    path("dieu-hanh/", pages.overview, name="console"),
    path("dieu-hanh/man-hinh-lon/", pages.wall, name="console_wall"),
    path("dieu-hanh/ho-so-cham/", pages.late, name="console_late"),
    path("dieu-hanh/ho-so/<str:code>/", pages.course, name="console_dossier"),
    path("dieu-hanh/chi-tieu/<str:code>/", pages.country, name="console_country"),
    path("dieu-hanh/chi-tieu/<str:code>/<str:top>/", pages.top, name="console_top"),
    path("dieu-hanh/chi-tieu/<str:code>/co-quan/<int:agency>/", pages.agency, name="console_agency"),
]
