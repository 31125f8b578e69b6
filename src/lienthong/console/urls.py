"""The committees' hall."""

from django.urls import path

from lienthong.console import pages
from lienthong.console.meetings import pages as meetings
from lienthong.console.outside import pages as outside
from lienthong.console.pack import pages as pack
from lienthong.console.pages import comparison, plans, tasks
from lienthong.console.quality import pages as quality
from lienthong.console.reading import pages as reading
from lienthong.console.rubrics import pages as rubrics
from lienthong.console.score import pages as score
from lienthong.console.signals import pages as signals

urlpatterns = [
    path("dieu-hanh/", pages.overview, name="console"),
    path("dieu-hanh/man-hinh-lon/", pages.wall, name="console_wall"),
    path("dieu-hanh/so-sanh/", comparison.comparison, name="console_compare"),
    path("dieu-hanh/ho-so-cham/", pages.late, name="console_late"),
    path("dieu-hanh/ho-so/<str:code>/", pages.course, name="console_dossier"),
    path("dieu-hanh/chi-tieu/<str:code>/", pages.country, name="console_country"),
    path("dieu-hanh/chi-tieu/<str:code>/<str:top>/", pages.top, name="console_top"),
    path("dieu-hanh/chi-tieu/<str:code>/co-quan/<int:agency>/", pages.agency, name="console_agency"),
    path("dieu-hanh/chi-tieu-giao/<int:pk>/", plans.target, name="console_target"),
    path("dieu-hanh/to-chuc/", plans.body_list, name="console_bodies"),
    path("dieu-hanh/to-chuc/<str:code>/", plans.body, name="console_body"),
    path("dieu-hanh/ke-hoach/", plans.plan_list, name="console_plans"),
    path("dieu-hanh/ke-hoach/<str:code>/", plans.plan, name="console_plan"),
    path("dieu-hanh/van-ban/", reading.readings, name="console_readings"),
    path("dieu-hanh/van-ban/<int:pk>/", reading.reading, name="console_reading"),
    path("dieu-hanh/van-ban/<int:pk>/tep/", reading.document, name="console_reading_file"),
    path("dieu-hanh/van-ban/<int:pk>/<int:number>/", reading.proposal, name="console_proposal"),
    path("dieu-hanh/van-ban/<int:pk>/<int:number>/ghi/", reading.judge, name="console_judge"),
    path("dieu-hanh/nhiem-vu/", tasks.board, name="console_tasks"),
    path("dieu-hanh/nhiem-vu/cham/", tasks.late, name="console_late_tasks"),
    path("dieu-hanh/nhiem-vu/danh-sach/", tasks.listing, name="console_task_list"),
    path("dieu-hanh/nhiem-vu/giao/", tasks.assign, name="console_assign"),
    path("dieu-hanh/nhiem-vu/<str:code>/", tasks.task, name="console_task"),
    path("dieu-hanh/nhiem-vu/<str:code>/ghi/<str:slug>/", tasks.write, name="console_write"),
    path("dieu-hanh/minh-chung/<int:entry>/<uuid:file>/", tasks.evidence, name="console_evidence"),
    path("dieu-hanh/tai-lieu/", pack.pack_page, name="console_pack"),
    path("dieu-hanh/tai-lieu/<slug:kind>/", pack.pack_file, name="console_pack_file"),
    path("dieu-hanh/phien-hop/", meetings.listing, name="console_meetings"),
    path("dieu-hanh/phien-hop/lap/", meetings.new, name="console_meeting_new"),
    path("dieu-hanh/phien-hop/<str:code>/", meetings.room, name="console_meeting"),
    path("dieu-hanh/phien-hop/<str:code>/truc-tiep/", meetings.follow, name="console_meeting_live"),
    path("dieu-hanh/phien-hop/<str:code>/ghi/<slug:slug>/", meetings.press, name="console_press"),
    path(
        "dieu-hanh/phien-hop/<str:code>/ket-luan/", meetings.new_conclusion, name="console_meeting_conclude"
    ),
    path("dieu-hanh/phien-hop/<str:code>/chuan-bi/", meetings.prepare, name="console_meeting_prepare"),
    path("dieu-hanh/phien-hop/<str:code>/diem-danh/", meetings.roll, name="console_meeting_roll"),
    path("dieu-hanh/phien-hop/<str:code>/bien-ban/", meetings.minutes, name="console_meeting_minutes"),
    path(
        "dieu-hanh/phien-hop/<str:code>/tai-lieu/<uuid:file>/", meetings.paper, name="console_meeting_paper"
    ),
    path("dieu-hanh/chi-so-766/", score.country, name="console_score_country"),
    path("dieu-hanh/chi-so-766/don-vi/<str:top>/", score.top, name="console_score_top"),
    path("dieu-hanh/chi-so-766/<int:agency>/", score.agency, name="console_score"),
    path("dieu-hanh/chi-so-766/<int:agency>/diem-chinh-thuc/", score.official, name="console_official"),
    path(
        "dieu-hanh/chi-so-766/<int:agency>/diem-chinh-thuc/<int:entry>/tep/",
        score.official_file,
        name="console_official_file",
    ),
    path("dieu-hanh/so-lieu-ben-ngoai/", outside.observations, name="console_outside"),
    path("dieu-hanh/bo-tieu-chi/", rubrics.listing, name="console_rubrics"),
    path("dieu-hanh/bo-tieu-chi/tep/<int:line>/", rubrics.file, name="console_rubric_file"),
    path("dieu-hanh/bo-tieu-chi/<slug:code>/<int:agency>/<int:year>/", rubrics.one, name="console_rubric"),
    path(
        "dieu-hanh/bo-tieu-chi/<slug:code>/<int:agency>/<int:year>/<slug:criterion>/",
        rubrics.criterion,
        name="console_rubric_criterion",
    ),
    path("dieu-hanh/dau-hieu/", signals.listing, name="console_signals"),
    path("dieu-hanh/dau-hieu/<slug:code>/<int:agency>/<str:month>/", signals.one, name="console_signal"),
    path("dieu-hanh/chat-luong/", quality.country, name="console_quality"),
    path(
        "dieu-hanh/chat-luong/<slug:source>/<str:province>/",
        quality.province,
        name="console_quality_province",
    ),
    path(
        "dieu-hanh/chat-luong/<slug:source>/<str:province>/<str:commune>/",
        quality.commune,
        name="console_quality_commune",
    ),
    path("dieu-hanh/viec-cua-co-quan/", tasks.own, name="console_own"),
]
