"""Bad input at the citizens' pages: each gets its sentence, at its field, and nothing is saved."""

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT
from django.utils import timezone
from pytest_django import Settings

from lienthong.documents.public import StoredFile
from lienthong.dossiers.public import Dossier, Draft, DraftPaper
from lienthong.procedures.public import ProcedureVersion
from portal.world import BIRTH, CHILD, World, drafted, opened_by, reviewed

pytestmark = pytest.mark.django_db

TYPED = [
    ({"child_name": ""}, "Nhập họ, chữ đệm, tên", "child_name"),
    ({"child_birth_date_2": "2096"}, "không thể sau hôm nay", "child_birth_date"),
    ({"child_birth_date_1": "13"}, "ghi đủ ngày, tháng, năm có trên lịch", "child_birth_date"),
    ({"child_birth_date_0": ""}, "ghi đủ ngày, tháng, năm có trên lịch", "child_birth_date"),
    ({"child_sex": "khác"}, "chọn một trong các mục", "child_sex"),
]


def to_the_form(client: Client) -> str:
    return f"/khai/{drafted(client)}/to-khai/"


@pytest.mark.parametrize(("wrong", "sentence", "field"), TYPED)
def test_a_wrong_answer_is_told_at_its_field_and_nothing_typed_is_lost(
    world: World, wrong: dict[str, str], sentence: str, field: str
) -> None:
    hanh = opened_by(world.hanh)
    url = to_the_form(hanh)

    answer = hanh.post(url, {**CHILD, **wrong, "act": "go"})

    errors = answer.context["form"].errors
    assert list(errors) == [field]
    assert sentence in errors[field][0]
    assert 'value="Bệnh viện Sản nhi tỉnh Đồng Tháp"' in answer.content.decode()
    assert Draft.objects.get().answers == {}


def test_each_sentence_leads_to_an_id_that_is_on_the_page(world: World) -> None:
    hanh = opened_by(world.hanh)

    answer = hanh.post(to_the_form(hanh), {"act": "go"})

    html = answer.content.decode()
    linked = [part.split('"')[0] for part in html.split('<li><a href="#')[1:]]
    assert len(linked) == len(answer.context["form"].errors) > 5
    assert all(f'id="{each}"' in html for each in linked)


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        ("12345", "nhập đúng 12 chữ số"),
        ("099194004472x", "nhập đúng 12 chữ số"),
        ("099088001234", "số này không phải của người có giới tính"),
    ],
)
def test_a_malformed_or_contradicting_personal_number_is_told(
    world: World, number: str, sentence: str
) -> None:
    """The number says sex and year of birth (NĐ 137/2015/NĐ-CP); the form may not say another."""
    nam = opened_by(world.nam)  # not married: his form asks for the mother
    url = to_the_form(nam)

    answer = nam.post(url, {**CHILD, "mother_name": "Lê Thị Hoa", "mother_personal_id": number, "act": "go"})

    assert sentence in answer.context["form"].errors["mother_personal_id"][0]
    assert f'value="{number}"' in answer.content.decode()
    assert Draft.objects.get().answers == {}


@pytest.mark.parametrize("act", ["go", "draft"])
@pytest.mark.parametrize("name", ["ten_la", "requester_name", "mother_personal_id"])
def test_a_field_never_asked_for_is_refused_by_name(world: World, name: str, act: str) -> None:
    """Neither unknown fields nor the State's own answers can be slipped in."""
    hanh = opened_by(world.hanh)

    answer = hanh.post(to_the_form(hanh), {**CHILD, name: "x", "act": act})

    assert f"Biểu mẫu không hỏi mục “{name}”. Hãy bỏ mục này." in answer.content.decode().replace(
        "&quot;", '"'
    )
    assert Draft.objects.get().answers == {}


def papers_url(client: Client) -> str:
    key = drafted(client)
    assert client.post(f"/khai/{key}/to-khai/", {**CHILD, "act": "go"}).status_code == 302
    return f"/khai/{key}/giay-to/"


PROGRAM = SimpleUploadedFile("giay.pdf", b"MZ\x90\x00" + b"\0" * 400, content_type="application/pdf")


def test_a_program_renamed_pdf_is_refused(world: World) -> None:
    hanh = opened_by(world.hanh)
    url = papers_url(hanh)

    answer = hanh.post(url, {"delivery": "online", "paper_giay_chung_sinh": PROGRAM})

    [sentence] = answer.context["form"].errors["paper_giay_chung_sinh"]
    assert sentence.startswith("Tên tệp có đuôi .pdf nhưng nội dung là chương trình máy tính")
    assert not StoredFile.objects.exists()
    assert not DraftPaper.objects.exists()


class Zeros(io.RawIOBase):
    """A body of 200 MB that nobody has to hold in memory."""

    def __init__(self, head: bytes, size: int, tail: bytes) -> None:
        self.head, self.left, self.tail = head, size, tail
        self.total = len(head) + size + len(tail)

    def read(self, size: int = -1) -> bytes:
        if self.head:
            piece, self.head = self.head[:size], self.head[size:]
        elif self.left:
            piece = b"0" * min(size, self.left)
            self.left -= len(piece)
        else:
            piece, self.tail = self.tail[:size], self.tail[size:]
        return piece


def test_a_file_of_200_mb_is_refused_while_it_comes_in(world: World, settings: Settings) -> None:
    hanh = opened_by(world.hanh)
    url = papers_url(hanh)
    disposition = 'Content-Disposition: form-data; name="paper_giay_chung_sinh"; filename="to.pdf"'
    head = f"--{BOUNDARY}\r\n{disposition}\r\nContent-Type: application/pdf\r\n\r\n%PDF-1.4 ".encode()
    body = Zeros(head, 200 * 1024 * 1024, f"\r\n--{BOUNDARY}--\r\n".encode())
    extra: dict[str, Any] = {"wsgi.input": body, "CONTENT_LENGTH": str(body.total)}

    answer = hanh.generic("POST", url, b"x", MULTIPART_CONTENT, **extra)

    [sentence] = answer.context["form"].errors["paper_giay_chung_sinh"]
    assert sentence.startswith("Tệp lớn hơn 20 MB")
    assert not StoredFile.objects.exists()


def test_a_missing_paper_is_told_at_its_field(world: World) -> None:
    hanh = opened_by(world.hanh)
    url = papers_url(hanh)

    answer = hanh.post(url, {"delivery": "online"})

    assert answer.context["form"].errors["paper_giay_chung_sinh"] == ["Đính kèm Giấy chứng sinh"]
    review = hanh.get(url.replace("giay-to", "xem-lai")).content.decode()
    assert "Đính kèm Giấy chứng sinh" in review
    sent = hanh.post(url.replace("giay-to", "xem-lai"), {"agreed": "on"})
    assert sent.status_code == 200
    assert not Dossier.objects.exists()


def test_a_version_closed_meanwhile_is_told_and_nothing_is_filed(world: World) -> None:
    hanh = opened_by(world.hanh)
    key = reviewed(hanh)
    ProcedureVersion.objects.filter(procedure__code=BIRTH).update(valid_to=timezone.localdate())

    answer = hanh.post(f"/khai/{key}/xem-lai/", {"agreed": "on"})

    assert "Thủ tục này đã có quy định mới từ ngày" in answer.content.decode()
    assert not Dossier.objects.exists()
    page = hanh.get(f"/dich-vu/{BIRTH}/").content.decode()
    assert "Bản này đã hết hiệu lực" in page
    assert "Bắt đầu" not in page


def test_a_place_that_does_not_exist_is_told(world: World) -> None:
    hanh = opened_by(world.hanh)

    found = hanh.post(f"/dich-vu/{BIRTH}/khai/", {"place": "thanh dong", "find": "1"})
    assert "Phường Thành Đông, Thành phố Hải Phòng" in found.content.decode()
    nowhere = hanh.post(f"/dich-vu/{BIRTH}/khai/", {"place": "Không Đâu", "find": "1"})

    assert "Không tìm thấy xã, phường, đặc khu nào có tên ấy" in nowhere.content.decode()
    assert not Draft.objects.exists()


def test_a_unit_that_is_not_offered_is_refused(world: World) -> None:
    hanh = opened_by(world.hanh)
    form = hanh.get(f"/dich-vu/{BIRTH}/khai/").context["form"]
    case = form.fields["variant"].choices[0][0]

    answer = hanh.post(f"/dich-vu/{BIRTH}/khai/", {"variant": case, "unit": "999999999"})

    assert "unit" in answer.context["form"].errors
    assert not Draft.objects.exists()


def test_a_draft_with_a_wrong_answer_is_looked_over_and_not_sent(world: World) -> None:
    hanh = opened_by(world.hanh)
    key = drafted(hanh)
    hanh.post(f"/khai/{key}/to-khai/", {**CHILD, "child_birth_date_1": "13", "act": "draft"})

    review = hanh.get(f"/khai/{key}/xem-lai/")

    assert f'href="/khai/{key}/to-khai/#id_child_birth_date"' in review.content.decode()
    hanh.post(f"/khai/{key}/xem-lai/", {"agreed": "on"})
    assert not Dossier.objects.exists()


@pytest.mark.parametrize("year", ["2015", "1962"])
def test_a_birth_registered_many_years_late_is_still_taken(world: World, year: str) -> None:
    """Luật Hộ tịch 60/2014/QH13 art. 15: 60 days; who comes later still registers, and may pay a fee."""
    hanh = opened_by(world.hanh)
    key = drafted(hanh)
    hanh.post(f"/khai/{key}/to-khai/", {**CHILD, "child_birth_date_2": year, "act": "go"})

    review = hanh.get(f"/khai/{key}/xem-lai/")

    assert review.context["check"].problems == []
    assert "Hội đồng nhân dân cấp tỉnh" in review.content.decode()
    assert review.context["check"].quote.total is None  # set by each province: unknown, and not 0
