"""What a document proposes goes into a plan only when a person confirmed it, once, with its source."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from console.committee import seat_committee
from console.test_compare import asked_of_the_database
from console.test_open_figures import opened_by, words
from lienthong.audit.public import Entry
from lienthong.documents.public import StoredFile
from lienthong.fields.public import posted_date
from lienthong.indicators.public import Observation
from lienthong.steering.public import (
    Judgement,
    Plan,
    Reading,
    Target,
    TaskScope,
    begin_reading,
    count_tasks,
    drop_proposal,
    find_reading,
)
from makers import BY, PDF, World

pytestmark = pytest.mark.django_db

PAGE = "/dieu-hanh/van-ban/"
TEXT = """VĂN PHÒNG CHÍNH PHỦ
Số: 12/TB-VPCP
Hà Nội, ngày 02 tháng 11 năm 2026
THÔNG BÁO
Kết luận phiên họp về chuyển đổi số
1. Đến ngày 31/12/2026, tỷ lệ hồ sơ dịch vụ công trực tuyến toàn trình của các địa phương đạt tối thiểu 60%.
2. Bộ Tư pháp chủ trì, hoàn thành việc làm sạch dữ liệu hộ tịch trước ngày 30/11/2026.
3. Đến nay đã có 43/76 dịch vụ công thiết yếu được cung cấp toàn trình.
"""


@pytest.fixture
def plan(world: World) -> Plan:
    return seat_committee(world)


@pytest.fixture
def secretary(world: World, plan: Plan) -> Client:
    return opened_by(world, "committee")


def pasted(client: Client, text: str = TEXT) -> Reading:
    answer = client.post(PAGE, {"plan": "CDS-2026", "text": text})
    assert answer.status_code == 302, answer.content.decode()
    return Reading.objects.get(pk=int(answer.headers["Location"].strip("/").rpartition("/")[2]))


def number_of(reading: Reading, read_as: str) -> int:
    return next(int(each["number"]) for each in reading.proposals if each["read_as"] == read_as)


TARGET: dict[str, Any] = {
    "la": "target", "subject": "tỷ lệ hồ sơ dịch vụ công trực tuyến toàn trình", "tier": "locality",
    "compare": "at_least", "value": "60", "unit": "%", "whole": "hồ sơ đã tiếp nhận",
    "indicator": "online_dossiers", **posted_date("date", "31/12/2026"), "ghi": "xac-nhan",
}  # fmt: skip
TASK: dict[str, Any] = {
    "la": "task", "content": "Làm sạch dữ liệu hộ tịch", "lead_code": "G15", "partners": "", "product": "",
    **posted_date("date", "30/11/2026"), "ghi": "xac-nhan",
}  # fmt: skip
FIGURE: dict[str, Any] = {
    "la": "observation", "subject": "dịch vụ công thiết yếu cung cấp toàn trình", "tier": "country",
    "value": "43", "out_of": "76", "unit": "dịch vụ", "series": "", **posted_date("date", "02/11/2026"),
    "ghi": "xac-nhan",
}  # fmt: skip


def judged(client: Client, reading: Reading, number: int, told: dict[str, Any]) -> Any:
    return client.post(f"{PAGE}{reading.pk}/{number}/ghi/", told)


def test_a_pasted_text_waits_with_the_words_it_rests_on(world: World, secretary: Client) -> None:
    reading = pasted(secretary)
    assert (reading.number, reading.signed_on, reading.kind) == ("12/TB-VPCP", date(2026, 11, 2), "Thông báo")
    assert reading.title == "Kết luận phiên họp về chuyển đổi số"
    assert {each["judged"] for each in reading.proposals} == {"waiting"}
    assert not Target.objects.exists()
    assert count_tasks(TaskScope(), date(2026, 11, 9), by=BY).rows == []
    page = words(secretary, f"{PAGE}{reading.pk}/{number_of(reading, 'target')}/")
    assert "<mark>" in page
    assert "tối thiểu 60%" in page.partition("<mark>")[2].partition("</mark>")[0]
    assert "ghi rõ trong văn bản" in page
    assert "Mức độ rõ" in page
    form = secretary.get(f"{PAGE}{reading.pk}/{number_of(reading, 'target')}/").context["form"]
    assert (form["date"].initial, form["value"].initial, form["tier"].initial) == (
        date(2026, 12, 31), "60", "locality",
    )  # fmt: skip
    task = secretary.get(f"{PAGE}{reading.pk}/{number_of(reading, 'task')}/").context["form"]
    assert (task["lead_code"].initial, task["date"].initial) == ("G15", date(2026, 11, 30))


def test_what_is_confirmed_goes_in_through_its_own_room_with_the_document_as_source(
    world: World, plan: Plan, secretary: Client
) -> None:
    reading = pasted(secretary)
    for read_as, told in (("target", TARGET), ("task", TASK), ("observation", FIGURE)):
        number = next(each["number"] for each in reading.proposals if each["read_as"] in (read_as, "task_count"
                      if read_as == "observation" else read_as))  # fmt: skip
        assert judged(secretary, reading, number, told).status_code == 302
    target = Target.objects.get(plan=plan)
    assert target.document
    assert (target.value, target.compare, target.indicator_tier) == (Decimal(60), "at_least", "locality")
    assert (target.document.number, target.document.signed_on) == ("12/TB-VPCP", date(2026, 11, 2))
    row = count_tasks(TaskScope(), date(2026, 11, 9), by=BY).rows[0]
    assert (row.content, row.due_on, row.assigned_on) == (
        "Làm sạch dữ liệu hộ tịch",
        date(2026, 11, 30),
        date(2026, 11, 2),
    )
    seen = Observation.objects.get()
    assert (seen.value, seen.out_of, seen.told, seen.as_of) == (43, 76, "43/76 dịch vụ", date(2026, 11, 2))
    assert seen.source == "Thông báo 12/TB-VPCP"
    acts = Entry.objects.filter(event__endswith="ProposalConfirmed").count()
    assert acts == 3


def test_a_double_press_saves_once(world: World, secretary: Client) -> None:
    reading = pasted(secretary)
    number = number_of(reading, "task")
    for _press in range(2):
        assert judged(secretary, reading, number, TASK).status_code == 302
    assert len(count_tasks(TaskScope(), date(2026, 11, 9), by=BY).rows) == 1
    assert "không ghi lần nữa" in words(secretary, f"{PAGE}{reading.pk}/")


def test_the_same_text_given_twice_is_one_reading(world: World, secretary: Client) -> None:
    assert pasted(secretary).pk == pasted(secretary).pk
    assert Reading.objects.count() == 1


@pytest.mark.parametrize(
    ("read_as", "wrong", "said"),
    [
        ("target", {"whole": ""}, "phải nêu mẫu số"),
        ("target", {"value": "160"}, "không nằm từ 0 đến 100%"),
        ("target", posted_date("date", "31/12/2025"), "sớm hơn ngày bắt đầu kế hoạch"),
        ("target", {"value": "sáu mươi"}, "Nhập số như 60"),
        ("target", posted_date("date", ""), "hời hạn"),
        ("task", posted_date("date", "01/11/2026"), "sớm hơn ngày giao"),
        ("task", {"lead_code": ""}, "ơ quan chủ trì"),
        ("task", {"partners": "Bộ Phép thuật"}, "Không có bộ, tỉnh nào tên “Bộ Phép thuật”"),
        ("task", {"partners": "Bộ Tư pháp"}, "không đồng thời phối hợp"),
    ],
)
def test_what_is_refused_is_said_and_nothing_is_half_saved(
    world: World, secretary: Client, read_as: str, wrong: dict[str, Any], said: str
) -> None:
    reading = pasted(secretary)
    number = number_of(reading, read_as)
    answer = judged(secretary, reading, number, (TARGET if read_as == "target" else TASK) | wrong)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Target.objects.exists()
    assert count_tasks(TaskScope(), date(2026, 11, 9), by=BY).rows == []
    assert len(Reading.objects.get(pk=reading.pk).waiting) == len(reading.proposals)


def test_nothing_is_confirmed_before_the_document_is_described(world: World, secretary: Client) -> None:
    reading = pasted(secretary, TEXT.replace("Số: 12/TB-VPCP\n", ""))
    number = number_of(reading, "task")
    answer = judged(secretary, reading, number, TASK)
    assert answer.status_code == 422
    assert "mọi chỉ tiêu, nhiệm vụ phải có nguồn" in answer.content.decode()
    told = {
        "number": "12/TB-VPCP",
        "kind": "Thông báo",
        "title": "Kết luận",
        **posted_date("signed_on", "02/11/2026"),
    }
    assert secretary.post(f"{PAGE}{reading.pk}/", told).status_code == 302
    assert judged(secretary, reading, number, TASK).status_code == 302


def test_a_correction_is_kept_for_another_day_and_a_dropped_one_can_come_back(
    world: World, secretary: Client
) -> None:
    reading = pasted(secretary)
    number = number_of(reading, "task")
    judged(secretary, reading, number, {**TASK, "content": "Làm sạch sổ hộ tịch", "ghi": "giu"})
    later = opened_by(world, "committee")
    assert "Làm sạch sổ hộ tịch" in words(later, f"{PAGE}{reading.pk}/{number}/")
    judged(later, reading, number, {"ghi": "bo"})
    judged(later, reading, number, {"ghi": "bo"})
    again = Reading.objects.get(pk=reading.pk)
    assert again.count(Judgement.DROPPED) == 1
    assert judged(later, reading, number, TASK).status_code == 302
    assert count_tasks(TaskScope(), date(2026, 11, 9), by=BY).rows[0].content == "Làm sạch dữ liệu hộ tịch"
    judged(later, reading, number, {"ghi": "bo"})
    assert "không sửa hay bỏ được nữa" in words(later, f"{PAGE}{reading.pk}/")


def test_a_target_read_wrongly_becomes_a_task(world: World, secretary: Client) -> None:
    reading = pasted(secretary)
    number = number_of(reading, "target")
    assert "Cơ quan chủ trì" in words(secretary, f"{PAGE}{reading.pk}/{number}/?la=task")
    assert judged(secretary, reading, number, {**TASK, "lead_code": "*H"}).status_code == 302
    assert not Target.objects.exists()
    assert len(count_tasks(TaskScope(by_unit=True), date(2026, 11, 9), by=BY).rows) == 2


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({}, "Chọn tệp văn bản, hoặc dán nội dung"),
        ({"text": "   \n "}, "Chọn tệp văn bản, hoặc dán nội dung"),
        ({"text": "Trời hôm nay đẹp."}, "Không tìm thấy chỉ tiêu, nhiệm vụ hay số liệu nào"),
        ({"text": TEXT * 300}, "nhiều hơn một người xem được một lượt"),
        ({"text": TEXT, "file": SimpleUploadedFile("a.txt", TEXT.encode())}, "chỉ một trong hai"),
        ({"file": SimpleUploadedFile("a.txt", b" \n ")}, "không có chữ nào để đọc"),
        ({"file": SimpleUploadedFile("a.exe", b"MZ\x90\x00" * 30)}, "không phải là văn bản đọc được"),
        ({"file": SimpleUploadedFile("a.pdf", PDF)}, "có hình ảnh, không có chữ"),
    ],
)
def test_what_cannot_be_read_is_said_and_nothing_is_kept(
    world: World, secretary: Client, told: dict[str, Any], said: str
) -> None:
    before = StoredFile.objects.count()
    answer = secretary.post(PAGE, {"plan": "CDS-2026", **told})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert (Reading.objects.count(), StoredFile.objects.count()) == (0, before)


def test_an_uploaded_file_is_kept_and_given_back_as_it_was(world: World, secretary: Client) -> None:
    file = SimpleUploadedFile("thong-bao.txt", TEXT.encode(), "text/plain")
    answer = secretary.post(PAGE, {"plan": "CDS-2026", "file": file})
    reading = Reading.objects.get()
    assert answer.headers["Location"] == f"{PAGE}{reading.pk}/"
    given = secretary.get(f"{PAGE}{reading.pk}/tep/")
    assert b"".join(given) == TEXT.encode()  # type: ignore[arg-type]  # a FileResponse
    assert given.headers["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize("who", ["leader", "far_leader", "auditor", "handler", "reception"])
def test_nobody_else_sees_reads_or_judges(world: World, plan: Plan, secretary: Client, who: str) -> None:
    reading = pasted(secretary)
    other = opened_by(world, who)
    number = number_of(reading, "task")
    assert other.get(PAGE).status_code == 403
    assert other.post(PAGE, {"plan": "CDS-2026", "text": TEXT}).status_code == 403
    for page in (f"{PAGE}{reading.pk}/", f"{PAGE}{reading.pk}/tep/", f"{PAGE}{reading.pk}/{number}/"):
        assert other.get(page).status_code == 404
    assert judged(other, reading, number, TASK).status_code == 404
    for refused in (
        lambda: begin_reading(plan=plan, text=TEXT, by=world.actor(who)),
        lambda: find_reading(reading.pk, by=world.actor(who)),
        lambda: drop_proposal(reading=reading, number=number, by=world.actor(who)),
    ):
        with pytest.raises(Exception, match=r"quyền|không|Không"):
            refused()


def test_nobody_signed_in_is_led_to_sign_in(world: World, plan: Plan, secretary: Client) -> None:
    reading = pasted(secretary)
    for page in (PAGE, f"{PAGE}{reading.pk}/", f"{PAGE}{reading.pk}/1/", f"{PAGE}{reading.pk}/tep/"):
        assert Client().get(page).status_code == 302
        assert opened_by(world, "hanh").get(page).status_code == 403


def test_what_is_not_there_is_not_found(world: World, secretary: Client) -> None:
    reading = pasted(secretary)
    for page in (f"{PAGE}999999/", f"{PAGE}{reading.pk}/999/"):
        assert secretary.get(page).status_code == 404
    assert judged(secretary, reading, 999, TASK).status_code == 404


def test_as_often_for_sixty_proposals_as_for_three(world: World, secretary: Client) -> None:
    counted = []
    for text in (TEXT, TEXT * 20):
        reading = pasted(secretary, text)
        counted.append(
            [
                asked_of_the_database(secretary, page)
                for page in (PAGE, f"{PAGE}{reading.pk}/", f"{PAGE}{reading.pk}/1/")
            ]
        )
    assert counted[0] == counted[1]
    assert len(reading.proposals) >= 60
    assert max(counted[0]) <= 12
