"""The citizens' hall, at the root of the site."""

from django.urls import path

from lienthong.portal.pages import accesses, dossiers, enquiries, filing, services, texts

app_name = "portal"
urlpatterns = [
    path("", services.home, name="home"),
    path("viec/<slug:event>/", services.life_event, name="life_event"),
    path("dich-vu/<str:code>/", services.service, name="service"),
    path("dich-vu/<str:code>/ban/<int:version>/", services.service, name="service_version"),
    path("dich-vu/<str:code>/khai/", filing.begin, name="begin"),
    path("khai/<uuid:key>/", filing.resume, name="resume"),
    path("khai/<uuid:key>/truong-hop/", filing.case, name="case"),
    path("khai/<uuid:key>/to-khai/", filing.answers, name="answers"),
    path("khai/<uuid:key>/giay-to/", filing.papers, name="papers"),
    path("khai/<uuid:key>/giay-to/<str:paper>/", filing.draft_paper, name="draft_paper"),
    path("khai/<uuid:key>/xem-lai/", filing.review, name="review"),
    path("khai/<uuid:key>/xoa/", filing.discard, name="discard"),
    path("ho-so/", dossiers.mine, name="my_dossiers"),
    path("ho-so/<str:code>/", dossiers.one, name="dossier"),
    path("ho-so/<str:code>/da-gui/", dossiers.receipt, name="receipt"),
    path("ho-so/<str:code>/bo-sung/", dossiers.supplement, name="supplement"),
    path("ho-so/<str:code>/rut/", dossiers.withdraw, name="withdraw"),
    path("ho-so/<str:code>/danh-gia/", dossiers.rating, name="rate"),
    path("ho-so/<str:code>/giay-to/<int:number>/", dossiers.paper, name="paper"),
    path("ho-so/<str:code>/ket-qua/", dossiers.result, name="result"),
    path("ho-so/<str:code>/mau-<slug:number>.pdf", dossiers.letter, name="letter"),
    path("kho-giay-to/", dossiers.papers, name="my_papers"),
    path("du-lieu-cua-toi/", accesses.mine, name="my_accesses"),
    path("du-lieu-cua-toi/nhat-ky.csv", accesses.as_csv, name="accesses_csv"),
    path("du-lieu-cua-toi/hoi/<slug:kind>/<int:number>/", enquiries.ask_why, name="ask_why"),
    path("cau-hoi-cua-toi/", enquiries.mine, name="my_enquiries"),
    path("tro-giup/", texts.text, {"template": "help.html"}, name="help"),
    path("tro-giup/bao-sai/", texts.text, {"template": "report_wrong.html"}, name="report_wrong"),
    path("tro-giup/bao-sai/gui/", enquiries.report, name="report"),
    path("bao-ve-du-lieu/", texts.text, {"template": "data_protection.html"}, name="data_protection"),
    path("kha-nang-tiep-can/", texts.text, {"template": "accessibility.html"}, name="accessibility"),
]
