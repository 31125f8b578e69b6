"""The law's forms as PDF: complete, in our fonts, the same each time, and deaf to code in the data."""

import re
import unicodedata
from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader

from documents import samples
from lienthong.documents.inspection import inspect_content
from lienthong.documents.papers import Paper, qr_text, read_qr_text
from lienthong.documents.rules import MediaType
from lienthong.documents.typesetting import render_paper
from lienthong.documents.wording import day_in_full, masked_identifier, moment_in_full

PAPERS = {paper.template: paper for paper in samples.all_papers()}


def text_of(pdf: bytes) -> str:
    pages = PdfReader(BytesIO(pdf)).pages
    found = "\n".join(page.extract_text() for page in pages)
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", found))


@pytest.mark.parametrize("paper", PAPERS.values(), ids=PAPERS)
def test_every_paper_is_one_page_pdf_a_in_our_fonts(paper: Paper) -> None:
    """ISO 19005-2, level B; Annex I of NĐ 30/2020/NĐ-CP asks for a Times face and A4."""
    pdf = render_paper(paper)
    reader = PdfReader(BytesIO(pdf))
    assert len(reader.pages) == 1
    page = reader.pages[0]
    assert (round(page.mediabox.width), round(page.mediabox.height)) == (595, 842)
    metadata = reader.trailer["/Root"]["/Metadata"].get_data().decode()
    assert re.search(r"pdfaid:part>2<.*pdfaid:conformance>B<", metadata, re.DOTALL)
    fonts = {str(font.get_object()["/BaseFont"]) for font in page["/Resources"]["/Font"].values()}
    assert fonts
    assert all("TeXGyreTermes" in name for name in fonts), fonts
    assert inspect_content(BytesIO(pdf), "a.pdf") is MediaType.PDF, "we accept what we make"


@pytest.mark.parametrize("paper", PAPERS.values(), ids=PAPERS)
def test_every_paper_bears_what_all_papers_bear(paper: Paper) -> None:
    text = text_of(render_paper(paper))
    for words in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập – Tự do – Hạnh phúc",
        "Bến Sen, ngày 20 tháng 11 năm 2026",
        paper.title.upper(),
        "BẢN THỬ",
        "lienthong.test/xac-minh/4fTq0cEw2m9yZ1uXb7KpLAxx/",
        "Trang 1/1",
    ):
        assert words in text


@pytest.mark.parametrize(
    ("template", "words"),
    [
        ("form_01_receipt", ["Mẫu số 01", "chậm nhất 17 giờ 00 phút", "09 giờ 26 phút", "•••• •••• 4471"]),
        ("form_02_supplement", ["Mẫu số 02", "Chụp lại đủ bốn góc", "Điều 16 khoản 1", "ngày 05 tháng 12"]),
        ("form_03_refusal", ["Mẫu số 03", "Vĩnh Long", "Điều 13 Luật Hộ tịch", "Luật Khiếu nại"]),
        ("form_04_apology", ["Mẫu số 04", "xin lỗi", "17 giờ 00 phút, ngày 25 tháng 11 năm 2026", "sổ gốc"]),
        ("result", ["Căn cứ Luật Hộ tịch số 60/2014/QH13;", "NGUYỄN THỊ MINH HẠNH", "CHỦ TỊCH"]),
    ],
)
def test_each_form_says_what_the_law_asks(template: str, words: list[str]) -> None:
    text = text_of(render_paper(PAPERS[template]))
    for each in words:
        assert each in text


def test_receipt_never_shows_the_whole_number() -> None:
    """Receipts are photographed and passed on; Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15."""
    for template in ("form_01_receipt", "form_02_supplement", "form_03_refusal", "form_04_apology"):
        assert "099194004471" not in text_of(render_paper(PAPERS[template]))


def test_birth_certificate_has_every_item_of_article_14() -> None:
    """Luật Hộ tịch 60/2014/QH13 Điều 14 khoản 1: the child, the parents, the personal number."""
    text = text_of(render_paper(samples.birth_certificate()))
    for words in (
        "LÊ NGUYỄN GIA HÂN",
        "15/04/2026",
        "Ngày mười lăm, tháng tư, năm hai nghìn không trăm hai mươi sáu",
        "Giới tính: Nữ",
        "Dân tộc: Kinh",
        "Quốc tịch: Việt Nam",
        "Nơi sinh: Bệnh viện",
        "Quê quán: Xã Mỹ An",
        "Số định danh cá nhân: 099326001234",
        "người mẹ: NGUYỄN THỊ MINH HẠNH",
        "Năm sinh: 1994",
        "Nơi cư trú: Tổ 4",
        "người cha: —",
    ):
        assert words in text


def test_same_paper_gives_same_bytes() -> None:
    assert render_paper(samples.receipt()) == render_paper(samples.receipt())


@pytest.mark.parametrize(
    "hostile",
    [
        '#read("/parts.typ")',
        "#panic()",
        '"); #image("/etc/passwd")',
        "*đậm* _nghiêng_ $x^2$ `mã` <nhãn> @nguồn",
        "\\u{41} // chú thích /* và nữa",
    ],
)
def test_code_in_the_data_is_printed(hostile: str) -> None:
    applicant = replace(samples.APPLICANT, name=hostile, address=hostile)
    text = text_of(render_paper(samples.receipt(applicant=applicant)))
    assert re.sub(r"\s", "", hostile) in re.sub(r"\s", "", text)


def test_long_list_goes_on_over_pages_and_keeps_the_signatures_together() -> None:
    reader = PdfReader(BytesIO(render_paper(samples.receipt(papers=60))))
    assert len(reader.pages) > 1
    last = reader.pages[-1].extract_text()
    assert "NGƯỜI NỘP HỒ SƠ" in last
    assert "Lê Thị Thu Vân" in last
    assert f"Trang {len(reader.pages)}/{len(reader.pages)}" in last
    assert "Tên thành phần" in reader.pages[1].extract_text(), "the table's head is repeated"


def test_without_the_demo_no_ribbon(settings: object) -> None:
    settings.DEMO = False  # type: ignore[attr-defined]  # pytest-django's wrapper takes any name
    assert "BẢN THỬ" not in text_of(render_paper(samples.receipt()))


def test_paper_without_an_address_has_no_qr() -> None:
    paper = replace(samples.receipt(), verification_url="")
    assert paper.qr_text() == ""
    assert "Kiểm tra giấy này" not in text_of(render_paper(paper))


def test_qr_holds_what_the_circular_asks_and_no_whole_number() -> None:
    """TT 01/2023/TT-VPCP: dossier, procedure, applicant's identifier, paper; all behind "#"."""
    text = samples.receipt().qr_text()
    assert text == (
        f"{samples.URL}#hs=H20.47-261120-0031&tt=1.001193&dd=4471&gt=giay-tiep-nhan-ho-so-va-hen-tra-ket-qua"
    )
    facts = read_qr_text(text)
    assert facts
    assert (facts.url, facts.dossier_code, facts.procedure_code) == (samples.URL, samples.CODE, "1.001193")
    assert (facts.identifier_end, facts.paper) == ("4471", "giay tiep nhan ho so va hen tra ket qua")
    for paper in samples.all_papers():
        assert not re.search(r"\d{9,}", paper.qr_text().partition("#")[2])


@pytest.mark.parametrize(
    "text", ["", "099194004471|123|Nguyễn", "https://a.example/", "ftp://a/#hs=1", "#hs=1"]
)
def test_other_qr_codes_are_not_taken_for_ours(text: str) -> None:
    assert read_qr_text(text) is None


def test_short_identifiers_are_left_out() -> None:
    assert masked_identifier("1234567") == ""
    assert "dd=" not in qr_text(
        url="https://a.example/", dossier_code="x", procedure_code="y", identifier="12", paper="z"
    )


def test_dates_as_official_papers_write_them() -> None:
    """Annex I of NĐ 30/2020/NĐ-CP: a zero before days below 10 and before January and February."""
    assert day_in_full(date(2026, 2, 5)) == "ngày 05 tháng 02 năm 2026"
    assert day_in_full(date(2026, 3, 15)) == "ngày 15 tháng 3 năm 2026"
    assert moment_in_full(samples.at(9, 5)) == "09 giờ 05 phút, ngày 20 tháng 11 năm 2026"
