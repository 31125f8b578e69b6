"""Meetings in the console: prepared, held, followed, printed; who has no business there finds nothing."""

import json
import re
from datetime import date
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from conference.session import Session, convened, planned, session
from console.test_open_figures import opened_by, words
from identity.people import sign_in
from lienthong.conference.public import (
    Meeting,
    MeetingLine,
    State,
    add_item,
    approve_minutes,
    ask_floor,
    assign_conclusion,
    close_meeting,
    connect_sites,
    open_meeting,
    put_paper,
    retract_conclusion,
)
from lienthong.console.meetings import live
from lienthong.fields.public import posted_date
from lienthong.steering.public import Task, complete_task
from makers import BY, PDF, World, at, keep_paper, received

pytestmark = pytest.mark.django_db
__all__ = ["convened", "session"]

ROOM = "/dieu-hanh/phien-hop/UBQG-P01/"
BASELINE: dict[str, int] = json.loads((Path(__file__).parents[1] / "query_counts.json").read_text())


def browser(session: Session, who: str) -> Client:
    client = Client()
    sign_in(client, session.accounts[who])
    return client


@pytest.fixture
def chair(session: Session) -> Client:
    return browser(session, "chair")


def presses(client: Client, slug: str, **posted: object) -> str:
    """What the room says afterwards."""
    answer = client.post(f"{ROOM}ghi/{slug}/", posted, follow=True)
    assert answer.redirect_chain == [(ROOM, 302)], slug
    return re.sub(r"\s+", " ", answer.content.decode())


NEW = {
    "plan": "CDS-2026", "title": "Phiên họp tháng 12", "time": "08:30", **posted_date("day", "10/12/2026"),
    **posted_date("as_of", "30/11/2026"),
}  # fmt: skip
CONCLUSION = {"text": "Giải quyết dứt điểm hồ sơ chậm", "lead": "H20", **posted_date("due_on", "30/11/2026")}


# ---- preparing


def test_a_meeting_is_prepared_from_its_facts_to_its_papers(session: Session, chair: Client) -> None:
    answer = chair.post("/dieu-hanh/phien-hop/lap/", NEW)
    address = "/dieu-hanh/phien-hop/UBQG-P02/chuan-bi/"
    assert answer.headers["Location"] == address
    chair.post(address, {"what": "site", "agency": "*H"})
    file = SimpleUploadedFile("bao-cao.pdf", PDF, "application/pdf")
    chair.post(address, {"what": "item", "title": "Hồ sơ chậm", "minutes": "20", "evidence": file})
    item = Meeting.objects.get(code="UBQG-P02").items.get()
    second = SimpleUploadedFile("phu-luc.pdf", PDF, "application/pdf")
    chair.post(address, {"what": "paper", "so": item.pk, "evidence": second})
    chair.post(address, {"what": "facts", **NEW, "title": "Phiên họp cuối năm"})
    page = words(chair, "/dieu-hanh/phien-hop/UBQG-P02/")
    for told in (
        "Phiên họp cuối năm",
        "3 điểm cầu",
        "bao-cao.pdf",
        "phu-luc.pdf",
        "08:30 thứ Năm 10/12/2026",
    ):
        assert told in page
    chair.post(address, {"what": "drop-item", "so": item.pk})
    chair.post(address, {"what": "drop-site", "so": Meeting.objects.get(code="UBQG-P02").sites.last().pk})  # type: ignore[union-attr]  # there are three
    page = words(chair, "/dieu-hanh/phien-hop/UBQG-P02/")
    assert "Chưa có nội dung nào" in page
    assert "2 điểm cầu" in page


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"time": "25 giờ"}, "Nhập giờ họp, ví dụ 08:30"),
        (posted_date("day", "08/11/2026"), "đã qua"),
        (posted_date("as_of", "11/12/2026"), "muộn hơn ngày họp"),
        ({"title": ""}, "Nhập tên phiên họp"),
    ],
)
def test_a_mistake_is_told_and_no_meeting_is_made(
    session: Session, chair: Client, changes: dict[str, str], said: str
) -> None:
    answer = chair.post("/dieu-hanh/phien-hop/lap/", {**NEW, **changes})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    changed = chair.post(f"{ROOM}chuan-bi/", {"what": "facts", **NEW, **changes})
    assert changed.status_code == 422
    assert said in changed.content.decode()
    assert Meeting.objects.count() == 1


def test_a_paper_that_is_no_paper_adds_no_item(session: Session, chair: Client) -> None:
    file = SimpleUploadedFile("a.exe", b"MZ\x90\x00" * 30)
    answer = chair.post(f"{ROOM}chuan-bi/", {"what": "item", "title": "x", "minutes": "5", "evidence": file})
    assert answer.status_code == 422
    assert session.meeting.items.count() == 2


def test_the_agenda_is_put_in_order_and_a_wrong_paper_taken_away(session: Session, chair: Client) -> None:
    paper = put_paper(item=session.item, file=keep_paper(BY), by=BY)
    second = session.page.items[1]
    address = f"{ROOM}chuan-bi/"
    chair.post(address, {"what": "up-item", "so": second.pk})
    chair.post(address, {"what": "drop-paper", "so": paper.pk})
    assert [each.title for each in session.page.items] == ["Dữ liệu hộ tịch", "Hồ sơ chậm"]
    assert session.item.papers.count() == 0
    assert chair.post(address, {"what": "drop-paper", "so": paper.pk}).status_code == 404
    answer = chair.post(address, {"what": "up-item", "so": second.pk}, follow=True)
    assert "đã ở đầu hoặc cuối" in answer.content.decode()


def test_a_meeting_called_off_is_told_to_its_sites(session: Session, chair: Client) -> None:
    assert "Nêu lý do" in presses(chair, "thoi-hop", reason="")
    assert "Bão số 9" in presses(chair, "thoi-hop", reason="Bão số 9 đổ bộ")
    here = browser(session, "here")
    own = words(here, "/dieu-hanh/viec-cua-co-quan/")
    assert "Bão số 9 đổ bộ" in own
    assert "thôi không họp" in own
    assert "Không họp" in words(here, "/dieu-hanh/phien-hop/")
    room = words(here, ROOM)
    assert "Phiên họp này thôi không họp" in room
    assert "bien-ban" not in room
    assert chair.get(f"{ROOM}truc-tiep/", headers={"Last-Event-ID": "9"}).status_code == 204


# ---- the room


def test_a_meeting_is_held_press_by_press(session: Session, chair: Client) -> None:
    here = browser(session, "here")
    assert "Đã khai mạc" in presses(chair, "khai-mac")
    assert "đang bàn" in presses(chair, "noi-dung", so=session.item.pk)
    joined = {"den-site": session.here.pk, "den-name": "Phan Thị Nga", "den-post": "Chủ tịch"}
    assert "1/3 điểm cầu có mặt, 1 người" in presses(here, "diem-danh", **joined)
    arrival = session.page.room.here(session.here.pk)[0].came.id
    asked = {"xin-arrival": arrival, "xin-text": "Sổ gốc chưa bàn giao"}
    assert "1 điểm cầu chờ phát biểu" in presses(here, "dang-ky", **asked)
    ask = session.page.room.waiting[0].id
    assert "Phan Thị Nga, Chủ tịch" in presses(chair, "moi", so=ask)
    presses(here, "het-luot", so=ask)
    presses(here, "dang-ky", **asked)
    presses(here, "rut", so=session.page.room.waiting[0].id)
    presses(here, "roi-phong", so=arrival)
    assert "Đã bế mạc phiên họp" in presses(chair, "be-mac")
    assert "Đã thông qua biên bản" in presses(chair, "thong-qua")
    assert session.state() is State.APPROVED


def test_the_roll_is_put_right_by_the_site_and_by_who_runs_the_meeting(
    session: Session, chair: Client
) -> None:
    session.opened()
    ours, theirs = session.joined(session.here, "Phan Thị Ngà"), session.joined(session.far, "Vắng mặt")
    here, roll = browser(session, "here"), f"{ROOM}diem-danh/"
    page = words(here, roll)
    assert "Phan Thị Ngà" in page
    assert "Vắng mặt" not in page
    assert "Vắng mặt" in words(chair, roll)
    correct = {"so": ours.pk, "name": "Phan Thị Nga", "post": "Chủ tịch"}
    answer = here.post(f"{ROOM}ghi/sua-diem-danh/", correct, follow=True)
    assert answer.redirect_chain == [(roll, 302)]
    assert "Phan Thị Nga" in answer.content.decode()
    strike = {"so": theirs.pk, "reason": "Ghi nhầm"}
    assert here.post(f"{ROOM}ghi/bo-diem-danh/", strike).status_code == 403
    chair.post(f"{ROOM}ghi/bo-diem-danh/", strike)
    close_meeting(meeting=session.meeting, by=BY)
    minutes = words(chair, f"{ROOM}bien-ban/").split("Toàn bộ sổ phiên họp")[0]
    assert "Phan Thị Nga, Chủ tịch" in minutes
    assert "Ngà" not in minutes
    assert "Vắng mặt" not in minutes
    assert browser(session, "member").get(roll).status_code == 403
    assert browser(session, "outside").get(roll).status_code == 404


def test_what_is_refused_is_said_in_the_room(session: Session, chair: Client) -> None:
    session.meeting.sites.exclude(agency=None).delete()
    assert "Thêm ít nhất một điểm cầu" in presses(chair, "khai-mac")
    assert "chưa khai mạc" in presses(chair, "be-mac")
    assert "thuộc phiên họp khác" in presses(chair, "moi", so="999999")
    assert "thuộc phiên họp khác" in presses(chair, "moi", so="x")
    assert MeetingLine.objects.count() == 1


def test_the_floor_is_given_once_and_not_in_a_closed_meeting(session: Session, chair: Client) -> None:
    session.opened().joined(session.here)
    session.joined(session.far)
    first, second = ask_floor(site=session.here, by=BY), ask_floor(site=session.far, by=BY)
    presses(chair, "moi", so=first.pk)
    said = presses(browser(session, "secretary"), "moi", so=second.pk)
    assert "Ủy ban nhân dân tỉnh Đồng Tháp đang phát biểu. Kết thúc lượt đó rồi mời điểm cầu khác." in said
    close_meeting(meeting=session.meeting, by=BY)
    assert "Phiên họp đã bế mạc, không ghi thêm được." in presses(chair, "moi", so=second.pk)


# ---- conclusions


def test_one_press_records_the_conclusion_and_gives_the_task(session: Session, chair: Client) -> None:
    session.opened()
    answer = chair.post(f"{ROOM}ket-luan/", {**CONCLUSION, "item": session.item.pk, "giao": "1"})
    assert answer.headers["Location"] == ROOM
    task = Task.objects.get()
    room = words(chair, ROOM)
    assert task.code in room
    assert "Chưa hoàn thành, trong hạn" in room
    page = words(chair, f"/dieu-hanh/nhiem-vu/{task.code}/")
    assert "BB UBQG-P01" in page
    assert f'href="{ROOM}"' in page
    assert task.content in words(browser(session, "here"), "/dieu-hanh/viec-cua-co-quan/")


def test_a_conclusion_alone_waits_for_its_press(session: Session, chair: Client) -> None:
    session.opened()
    chair.post(f"{ROOM}ket-luan/", {**CONCLUSION, "lead": "*"})
    assert Task.objects.count() == 0
    conclusion = session.meeting.conclusions.get()
    assert "Đã giao thành nhiệm vụ" in presses(chair, "giao", so=conclusion.pk)
    assert {task.lead for task in Task.objects.exclude(lead=None)} == {
        session.world.province, session.world.far_province,
    }  # fmt: skip
    assert "đã thành nhiệm vụ" in presses(chair, "giao", so=conclusion.pk)


def test_a_past_deadline_keeps_what_was_typed_and_saves_nothing(session: Session, chair: Client) -> None:
    session.opened()
    early = {**CONCLUSION, **posted_date("due_on", "08/11/2026"), "giao": "1"}
    answer = chair.post(f"{ROOM}ket-luan/", early)
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "Thời hạn 08/11/2026 đã qua" in text
    assert CONCLUSION["text"] in text
    assert chair.post(f"{ROOM}ket-luan/", {}).status_code == 422
    assert (session.meeting.conclusions.count(), Task.objects.count()) == (0, 0)


def test_a_mistaken_conclusion_is_retracted(session: Session, chair: Client) -> None:
    conclusion = session.opened().concluded()
    assert "Nêu lý do" in presses(chair, "rut-ket-luan", so=conclusion.pk, reason="")
    assert "Phiên này chưa có kết luận nào" in presses(chair, "rut-ket-luan", so=conclusion.pk, reason="Nhầm")


def test_from_a_dossier_a_target_and_the_wall_into_the_open_meeting(
    session: Session, chair: Client, world: World
) -> None:
    dossier = received(world)
    course = f"/dieu-hanh/ho-so/{dossier.code}/"
    assert "Ghi kết luận thành nhiệm vụ" in words(chair, course)
    assert "Đang họp" not in words(chair, "/dieu-hanh/man-hinh-lon/")
    session.opened()
    page = words(chair, course)
    assert "Ghi kết luận thành nhiệm vụ" not in page
    link = re.search(rf'href="({ROOM}ket-luan/[^"]+)"', page)
    assert link
    form = chair.get(link[1].replace("&amp;", "&")).context["form"]
    assert (form["lead"].value(), form["dossier"].value()) == ("H20", dossier.code)
    assert dossier.code in form["text"].value()
    wall = words(chair, "/dieu-hanh/man-hinh-lon/")
    assert "Đang họp: Phiên họp tháng 11" in wall
    assert "ket-luan" not in words(browser(session, "here"), course)


def test_the_next_meeting_shows_what_became_of_the_last_ones_conclusions(
    session: Session, chair: Client
) -> None:
    done, late, waiting = (
        session.opened().concluded(),
        session.concluded(due_on=date(2026, 11, 10)),
        session.concluded(),
    )
    for each in (done, late):
        assign_conclusion(conclusion=each, by=BY)
    complete_task(task=done.assigned.task, on=date(2026, 11, 9), reference="1/BC", by=BY)
    close_meeting(meeting=session.meeting, by=BY)
    following = planned(session.plan, "Phiên sau", later=7)
    with at("14/11/2026 08:00"):
        page = words(browser(session, "chair"), f"/dieu-hanh/phien-hop/{following.code}/")
    assert "Kết luận của phiên trước, đến nay: Phiên họp tháng 11" in page
    assert "Hoàn thành đúng hạn" in page
    assert "Chưa hoàn thành, quá hạn, 4 ngày" in page
    assert "Chưa giao thành nhiệm vụ" in page
    assert waiting.text in page


# ---- minutes


def test_the_minutes_are_put_together_from_the_ledger(session: Session, chair: Client) -> None:
    presses(chair, "khai-mac")
    presses(chair, "noi-dung", so=session.item.pk)
    session.joined(session.here)
    ask = ask_floor(site=session.here, text="Sổ gốc chưa bàn giao", by=BY)
    presses(chair, "moi", so=ask.pk)
    with at("09/11/2026 09:10"):
        browser(session, "chair").post(f"{ROOM}ghi/het-luot/", {"so": ask.pk})
    with at("09/11/2026 09:40"):
        kept, gone = session.concluded(), session.concluded(text="Ghi nhầm")
        retract_conclusion(conclusion=gone, reason="Nhầm", by=BY)
        close_meeting(meeting=session.meeting, by=BY)
    page = words(chair, f"{ROOM}bien-ban/")
    minutes = page[: page.index("Toàn bộ sổ phiên họp")]
    for told in (
        "Phan Thị Nga, Chủ tịch", "(08:41–09:40)", "08:41–09:40", "(08:41–09:10)", "Sổ gốc chưa bàn giao", kept.text,
        "30/11/2026", "Dự thảo", "Vắng: Điểm cầu trung tâm, Ủy ban nhân dân thành phố Hải Phòng",
    ):  # fmt: skip
        assert told in minutes, told
    assert "Ghi nhầm" not in minutes
    assert "Ghi nhầm" in page
    with at("10/11/2026 08:00"):
        approve_minutes(meeting=session.meeting, by=BY)
    assert "Dự thảo" not in words(chair, f"{ROOM}bien-ban/")


# ---- live


def told(client: Client, seen: int | None = None) -> str:
    headers = {"Last-Event-ID": str(seen)} if seen is not None else {}
    answer = client.get(f"{ROOM}truc-tiep/", headers=headers)
    assert answer.headers["Content-Type"] == "text/event-stream"
    return b"".join(answer).decode()


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "HELD_FOR", 0.0)


def test_news_is_told_at_once_as_the_viewer_sees_it(session: Session, chair: Client) -> None:
    session.opened()
    said = told(chair, seen=1)
    assert "event: room\nid: 2\n" in said
    assert all(
        line.startswith(("data: ", "event: ", "id: ", "retry: ")) for line in said.splitlines() if line
    )
    assert "Chuyển sang" in said
    assert "Chuyển sang" not in told(browser(session, "here"), seen=1)


@pytest.mark.usefixtures("at_once")
def test_without_news_there_is_no_event(session: Session, chair: Client) -> None:
    assert told(chair, seen=1) == "retry: 3000\n\n: waiting\n\n"
    assert "event: room" in told(chair, seen=0)
    assert "event: room" in told(chair)


def test_whoever_finds_no_place_to_wait_is_answered_at_once(
    session: Session, chair: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A quarter of the threads may wait; with `HELD_FOR` as it is, a wait here would last 8 seconds."""
    held = [live.SLOTS.acquire(blocking=False) for _ in range(64)]
    try:
        assert 1 <= sum(held) <= 2
        assert told(chair, seen=1) == "retry: 3000\n\n: busy\n\n"
    finally:
        for _ in range(sum(held)):
            live.SLOTS.release()
    monkeypatch.setattr(live, "HELD_FOR", 0.0)
    assert "waiting" in told(chair, seen=1)
    assert "waiting" in told(chair, seen=1), "the place was given back"


def test_a_server_of_few_threads_lets_nobody_wait(
    session: Session, chair: Client, settings: pytest.FixtureRequest
) -> None:
    settings.LIVE_STREAMS = 0  # type: ignore[attr-defined]  # pytest-django's
    assert told(chair, seen=1) == "retry: 3000\n\n: busy\n\n"


def test_news_ends_the_wait(session: Session, chair: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "lienthong.console.meetings.live.time.sleep", lambda _seconds: session.opened() and None
    )
    said = told(chair, seen=1)
    assert ": waiting" in said
    assert "id: 2\n" in said


def test_after_the_minutes_are_approved_nobody_need_come_back(session: Session, chair: Client) -> None:
    session.opened()
    close_meeting(meeting=session.meeting, by=BY)
    approve_minutes(meeting=session.meeting, by=BY)
    assert "id: 4\n" in told(chair, seen=3)
    assert chair.get(f"{ROOM}truc-tiep/", headers={"Last-Event-ID": "4"}).status_code == 204


# ---- who may


READ = [ROOM, f"{ROOM}bien-ban/", f"{ROOM}truc-tiep/?tu=0"]
RUN = [f"{ROOM}chuan-bi/", f"{ROOM}ket-luan/", "/dieu-hanh/phien-hop/lap/"]


@pytest.mark.parametrize("page", ["/dieu-hanh/phien-hop/", *READ, *RUN])
def test_nobody_signed_in_is_led_to_sign_in_and_citizens_stay_out(session: Session, page: str) -> None:
    answer = Client().get(page)
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/dang-nhap/can-bo/?next=")
    assert opened_by(session.world, "hanh").get(page).status_code == 403


@pytest.mark.parametrize("page", READ)
def test_to_an_officer_of_another_agency_the_meeting_is_not_there(session: Session, page: str) -> None:
    for who in ("outside", "ward", "handler"):
        assert browser(session, who).get(page).status_code == 404
    for who in ("member", "here", "secretary"):
        assert browser(session, who).get(page).status_code == 200


@pytest.mark.parametrize("page", RUN)
def test_only_who_runs_the_meeting_prepares_and_concludes(session: Session, page: str) -> None:
    session.opened()
    for who in ("member", "here"):
        assert browser(session, who).get(page).status_code == 403
        assert browser(session, who).post(page, {**CONCLUSION, **NEW, "what": "site"}).status_code == 403
    assert MeetingLine.objects.count() == 2


@pytest.mark.parametrize(
    "slug", ["khai-mac", "be-mac", "thong-qua", "noi-dung", "moi", "giao", "diem-danh", "rut"]
)
def test_no_press_of_others_does_anything(session: Session, slug: str) -> None:
    session.opened().joined(session.here)
    ask = ask_floor(site=session.here, by=BY)
    about = {"noi-dung": session.item.pk, "giao": session.concluded().pk}.get(slug, ask.pk)
    posted = {"so": about, "den-site": session.here.pk, "den-name": "Người khác"}
    before = MeetingLine.objects.count()
    url = f"{ROOM}ghi/{slug}/"
    assert Client().post(url, posted).status_code == 302
    assert opened_by(session.world, "hanh").post(url, posted).status_code == 403
    for who, status in (("far", 403), ("member", 403), ("outside", 404), ("handler", 404)):
        assert browser(session, who).post(url, posted).status_code == status
    assert MeetingLine.objects.count() == before


def test_papers_are_given_to_who_reads_the_meeting(session: Session, chair: Client) -> None:
    paper = put_paper(item=session.item, file=keep_paper(BY), by=BY)
    url = f"{ROOM}tai-lieu/{paper.file_id}/"
    assert b"".join(chair.get(url)) == PDF
    assert b"".join(browser(session, "here").get(url)) == PDF
    assert browser(session, "outside").get(url).status_code == 404
    elsewhere = keep_paper(BY)
    assert chair.get(f"{ROOM}tai-lieu/{elsewhere.pk}/").status_code == 404


def test_what_is_not_there_is_not_found(session: Session, chair: Client) -> None:
    assert chair.get("/dieu-hanh/phien-hop/KHONG/").status_code == 404
    assert chair.post(f"{ROOM}ghi/khong-co/").status_code == 404
    assert chair.get(f"{ROOM}ghi/be-mac/").status_code == 405


# ---- counts


def asked_of_the_database(client: Client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


def test_as_often_for_many_as_for_few(session: Session, chair: Client) -> None:
    before = planned(session.plan, "Phiên trước")
    connect_sites(meeting=before, agencies=[session.world.province], by=BY)
    add_item(meeting=before, title="Việc chung", minutes=5, by=BY)
    with at("09/11/2026 08:42"):
        open_meeting(meeting=before, by=BY)
        assign_conclusion(conclusion=session.concluded(meeting=before), by=BY)
        close_meeting(meeting=before, by=BY)
        session.opened()
    Meeting.objects.filter(pk=session.meeting.pk).update(starts_at=before.starts_at.replace(hour=10))
    urls = {
        "console.meeting": ROOM,
        "console.meetings": "/dieu-hanh/phien-hop/",
        "console.minutes": f"{ROOM}bien-ban/",
    }

    def more(number: int) -> None:
        for each in range(number):
            arrival = session.joined(session.here, f"Người dự {number} {each}")
            assign_conclusion(conclusion=session.concluded(), by=BY)
            put_paper(
                item=add_item(meeting=session.meeting, title="x", minutes=5, by=BY),
                file=keep_paper(BY),
                by=BY,
            )
            planned(session.plan, later=each + 1)
            assert arrival.pk
        agencies = [session.world.ministry, session.world.committee, session.world.centre]
        connect_sites(meeting=session.meeting, agencies=agencies[:number], by=BY)

    with at("09/11/2026 08:43"):
        more(1)
        few = {name: asked_of_the_database(browser(session, "here"), url) for name, url in urls.items()}
        more(6)
        many = {name: asked_of_the_database(browser(session, "here"), url) for name, url in urls.items()}
    assert few == many == {name: BASELINE.get(name) for name in urls}
