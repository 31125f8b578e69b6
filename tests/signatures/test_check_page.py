"""The public page: a file or a QR code, from anybody."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from lienthong.audit.public import Entry
from lienthong.documents.public import read_file
from lienthong.identity.public import Role
from lienthong.signatures.actions import new_token, revoke_paper
from lienthong.signatures.providers.demo.signing import DemoSigning
from signatures.conftest import AGENCY, CODE, SIGNED_AT, TOKEN, officer, signed
from signatures.test_sign import tampered

pytestmark = [pytest.mark.django_db]


def brought(client: Client, content: bytes, name: str = "giấy.pdf") -> tuple[int, str]:
    response = client.post("/xac-minh/", {"paper": SimpleUploadedFile(name, content), "code": ""})
    return response.status_code, response.content.decode()


def test_form_needs_no_account(client: Client) -> None:
    response = client.get("/xac-minh/")
    assert response.status_code == 200
    assert "Kiểm tra giấy tờ đã ký số" in response.content.decode()
    assert response["Referrer-Policy"] == "same-origin", "no-referrer makes the browser's Origin null"
    assert "noindex" in response["X-Robots-Tag"]
    assert "no-store" in response["Cache-Control"]


def test_our_paper_in_force(client: Client, pdf: bytes) -> None:
    status, page = brought(client, read_file(signed(pdf).document))
    assert status == 200
    for words in (AGENCY, "Trần Văn Lộc", "Đang có hiệu lực", "còn nguyên vẹn", "112/2026", "N. T. M. H."):
        assert words in page
    assert "Minh Hạnh" not in page
    entry = Entry.objects.get(event="signatures.PaperChecked")
    assert (entry.actor, entry.fields["how"], entry.fields["finding"]) == ("anonymous", "file", "sound")


def test_our_paper_revoked_says_so_though_the_file_is_sound(client: Client, pdf: bytes) -> None:
    signature = signed(pdf)
    revoke_paper(signature=signature, reason="Cấp nhầm người", by=officer(Role.LEADER))
    _, page = brought(client, read_file(signature.document))
    assert "Đã bị thu hồi" in page
    assert "Cấp nhầm" not in page, "the reason stays inside"


def test_tampered_paper(client: Client, pdf: bytes) -> None:
    _, page = brought(client, tampered(read_file(signed(pdf).document)))
    assert "Nội dung đã bị sửa sau khi ký" in page
    assert "Đang có hiệu lực" not in page


def test_paper_of_somebody_else(client: Client, pdf: bytes, tmp_path: Path) -> None:
    foreign = DemoSigning(tmp_path / "forger").sign_pdf(
        pdf,
        organisation_code=CODE,
        organisation_name=AGENCY,
        signer_name="x",
        reason="x",
        signed_at=SIGNED_AT,
    )
    _, page = brought(client, foreign.content)
    assert "không phải của cơ quan trong hệ thống này" in page
    assert AGENCY not in page


@pytest.mark.parametrize("content", [b"MZ\x90", b"%PDF-1.7 \xff\xfe", b"\x00" * 100])
def test_garbage(client: Client, content: bytes) -> None:
    status, page = brought(client, content)
    assert status == 200
    assert "không phải PDF đọc được" in page


def test_empty_file_and_empty_form(client: Client) -> None:
    status, page = brought(client, b"")
    assert (status, "Chọn tệp PDF" in page or "không phải PDF đọc được" in page) in {(200, True), (422, True)}
    response = client.post("/xac-minh/", {"code": ""})
    assert response.status_code == 422
    assert "Chọn tệp PDF, hoặc dán nội dung mã QR." in response.content.decode()


def test_script_in_a_file_name_is_text(client: Client, pdf: bytes) -> None:
    _, page = brought(client, pdf, name="<script>alert(1)</script>.pdf")
    assert "<script>alert" not in page
    assert "alert(1)" in page or "script&gt;" in page


def test_script_in_a_signed_name_is_text(client: Client, pdf: bytes) -> None:
    signature = signed(
        pdf, signer_name="<img src=x onerror=alert(1)>", paper_name='"><script>alert(2)</script>'
    )
    _, page = brought(client, read_file(signature.document))
    assert "<img src=x" not in page
    assert "<script>alert(2)" not in page


def test_qr_page_tells_no_personal_data(client: Client, pdf: bytes) -> None:
    signed(pdf)
    response = client.get(f"/xac-minh/{TOKEN}/")
    page = response.content.decode()
    assert response.status_code == 200
    for words in ("đang có hiệu lực", "Giấy xác nhận tình trạng hôn nhân", "112/2026", AGENCY, "N. T. M. H."):
        assert words in page
    for words in ("Minh Hạnh", "099194004471", "4471"):
        assert words not in page
    assert response["Referrer-Policy"] == "same-origin", "the token goes to no other site"
    assert Entry.objects.get(event="signatures.PaperChecked").fields["how"] == "qr"


def test_qr_page_of_a_revoked_and_of_a_replaced_paper(client: Client, pdf: bytes) -> None:
    old = signed(pdf)
    other = new_token()
    new = signed(pdf, token=other, replaces=old, signed_at=SIGNED_AT.replace(hour=16))
    assert "đã được thay bằng giấy tờ mới" in client.get(f"/xac-minh/{TOKEN}/").content.decode()
    revoke_paper(signature=new, reason="nhầm", by=officer(Role.LEADER))
    assert "đã bị thu hồi" in client.get(f"/xac-minh/{other}/").content.decode()


@pytest.mark.parametrize("token", ["a" * 24, "A" * 64])
def test_unknown_token(client: Client, token: str) -> None:
    response = client.get(f"/xac-minh/{token}/")
    assert response.status_code == 404
    assert "Không tìm thấy giấy tờ nào với mã này" in response.content.decode()
    assert not Entry.objects.filter(event="signatures.PaperChecked").exists()


@pytest.mark.parametrize("text", ["{url}", "{url}#hs=H20.47-261120-0031&tt=1.004873&dd=4471", " {token} "])
def test_pasted_qr_text_leads_to_the_paper(client: Client, pdf: bytes, text: str) -> None:
    signed(pdf)
    url = f"https://lienthong.test/xac-minh/{TOKEN}/"
    response = client.post("/xac-minh/", {"code": text.format(url=url, token=TOKEN)})
    assert response.status_code == 302
    assert response["Location"] == f"/xac-minh/{TOKEN}/"


def test_pasted_address_of_another_site_is_a_warning(client: Client) -> None:
    text = f"https://lienthong-gov.example/xac-minh/{TOKEN}/"
    response = client.post("/xac-minh/", {"code": text})
    assert response.status_code == 422
    assert "lienthong-gov.example, không phải trang kiểm tra" in response.content.decode()


@pytest.mark.parametrize(
    "text", ["xin chào", "javascript:alert(1)", "//evil.example/xac-minh/", "'; DROP TABLE"]
)
def test_pasted_nonsense(client: Client, text: str) -> None:
    response = client.post("/xac-minh/", {"code": text})
    assert response.status_code == 422
    assert "Không tìm thấy giấy tờ nào" in response.content.decode()


def test_file_past_the_limit(client: Client, settings: object) -> None:
    settings.MAX_UPLOAD_BYTES = 1024 * 1024  # type: ignore[attr-defined]  # pytest-django's wrapper
    settings.FILE_UPLOAD_HANDLERS = [  # type: ignore[attr-defined]  # as above
        "lienthong.documents.uploads.LimitedUpload",
        "django.core.files.uploadhandler.TemporaryFileUploadHandler",
    ]
    status, page = brought(client, b"%PDF-" + bytes(2 * 1024 * 1024))
    assert status == 422
    assert "Tệp lớn hơn 1 MB" in page


def test_page_works_with_csrf_checks_on(pdf: bytes) -> None:
    assert Client(enforce_csrf_checks=True).post("/xac-minh/", {"code": "x"}).status_code == 403
