"""The stewards' hall."""

from django.urls import path

from lienthong.steward.pages import cases, files, merges, people, records, renumbering, sources, sweeps

app_name = "steward"
urlpatterns = [
    path("du-lieu/", sources.overview, name="sources"),
    path("du-lieu/nguon/<slug:code>/", sources.one, name="source"),
    path("du-lieu/nguon/<slug:code>/mau.xlsx", sources.template, name="template"),
    path("du-lieu/nguon/<slug:code>/gui/", files.send, name="send"),
    path("du-lieu/nguon/<slug:code>/do/", sources.measure, name="measure"),
    path("du-lieu/nguon/<slug:code>/ban-ghi/", records.behind, name="behind"),
    path("du-lieu/tep/<int:pk>/", files.one, name="file"),
    path("du-lieu/tep/<int:pk>/xac-nhan/", files.settle, name="settle"),
    path("du-lieu/tep/<int:pk>/rut/", files.withdraw, name="withdraw"),
    path("du-lieu/tep/<int:pk>/chay-tiep/", files.go_on, name="go_on"),
    path("du-lieu/tep/<int:pk>/tep-goc/", files.original, name="original"),
    path("du-lieu/tep/<int:pk>/tep-danh-dau/", files.marked, name="marked"),
    path("du-lieu/tep/<int:pk>/ban-ghi/", records.of_file, name="file_records"),
    path("du-lieu/ban-ghi/<int:pk>/", records.one, name="record"),
    path("du-lieu/viec/", cases.queue, name="queue"),
    path("du-lieu/viec/nhieu/", sweeps.begin, name="sweep_begin"),
    path("du-lieu/viec/<int:pk>/", cases.one, name="case"),
    path("du-lieu/viec/<int:pk>/<slug:act>/", cases.do, name="act"),
    path("du-lieu/gop/", merges.every, name="merges"),
    path("du-lieu/gop/so-sanh/", merges.begin, name="merge_begin"),
    path("du-lieu/gop/do/", merges.search, name="merge_search"),
    path("du-lieu/gop/<int:pk>/", merges.one, name="merge"),
    path("du-lieu/gop/<int:pk>/<slug:act>/", merges.do, name="merge_act"),
    path("du-lieu/nguoi/", people.find, name="people"),
    path("du-lieu/nguoi/<uuid:ref>/", people.one, name="person"),
    path("du-lieu/nguoi/<uuid:ref>/so-moi/", renumbering.one, name="renumber"),
    path("du-lieu/dot/<int:pk>/", sweeps.one, name="sweep"),
    path("du-lieu/dot/<int:pk>/chay-tiep/", sweeps.go_on, name="sweep_go_on"),
]
