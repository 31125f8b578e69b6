"""The editors' pages of procedures, in the officers' part of the site."""

from django.urls import path

from lienthong.procedures import pages

app_name = "procedures"
urlpatterns = [
    path("quan-ly-thu-tuc/", pages.every, name="list"),
    path("quan-ly-thu-tuc/<int:pk>/", pages.one, name="version"),
    path("quan-ly-thu-tuc/<int:pk>/soan/", pages.prepare, name="prepare"),
    path("quan-ly-thu-tuc/<int:pk>/sua/", pages.edit, name="edit"),
    path("quan-ly-thu-tuc/<int:pk>/cong-bo/", pages.publish, name="publish"),
    path("quan-ly-thu-tuc/<int:pk>/bo/", pages.discard, name="discard"),
    path("quan-ly-thu-tuc/<int:pk>/het-hieu-luc/", pages.end, name="end"),
]
