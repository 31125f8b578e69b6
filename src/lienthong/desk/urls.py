"""The officers' hall."""

from django.urls import path

from lienthong.desk.pages import counter, dossier, enquiries, queue, search

app_name = "desk"
urlpatterns = [
    path("can-bo/", queue.queue, name="queue"),
    path("can-bo/tiep-nhan/", counter.counter, name="counter"),
    path("can-bo/tiep-nhan/mo/", counter.begin, name="begin"),
    path("can-bo/tiep-nhan/<uuid:key>/", counter.filing, name="filing"),
    path("can-bo/tiep-nhan/<uuid:key>/xoa/", counter.discard, name="discard"),
    path("can-bo/tra-cuu/", search.search, name="search"),
    path("can-bo/cau-hoi/", enquiries.listed, name="enquiries"),
    path("can-bo/cau-hoi/<int:number>/", enquiries.one, name="enquiry"),
    path("can-bo/ho-so/<str:code>/", dossier.one, name="dossier"),
    path("can-bo/ho-so/<str:code>/viec/<slug:name>/", dossier.do, name="task"),
    path("can-bo/ho-so/<str:code>/xem-giay-to/", dossier.review, name="review"),
    path("can-bo/ho-so/<str:code>/giay-to/<int:number>/", dossier.paper, name="paper"),
    path("can-bo/ho-so/<str:code>/can-cu/<int:number>/", dossier.document, name="document"),
    path("can-bo/ho-so/<str:code>/ket-qua/", dossier.result, name="result"),
    path("can-bo/ho-so/<str:code>/mau-<slug:number>.pdf", dossier.letter, name="letter"),
]
