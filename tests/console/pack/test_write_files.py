"""Each file of a pack, opened by a reader that is not ours: figures, long names, wild texts, long lists."""

import io
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import parse_xml
from openpyxl import load_workbook
from pptx import Presentation
from pptx.util import Mm
from pypdf import PdfReader

from console.pack.sample import (
    DECOMPOSED,
    FORMULA,
    LONG,
    WILD,
    a_pack,
    docx_tables,
    inside,
    pages_of,
    plain,
    sheets_of,
    slide_charts,
    slide_tables,
)
from lienthong.console.pack import cells
from lienthong.console.pack.chapters.targets import ends
from lienthong.console.pack.chapters.tasks import shortened
from lienthong.console.pack.docx import write_docx
from lienthong.console.pack.docx_frame import FRAME, build_frame
from lienthong.console.pack.pdf import write_pdf
from lienthong.console.pack.pptx import HIGH, WIDE, write_pptx
from lienthong.console.pack.tree import Kind, Row
from lienthong.console.pack.widths import column_widths, length
from lienthong.console.pack.xlsx import sheet_name, write_xlsx

DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
COMMUNES = 600
"""Enough for a list to run over some twenty pages; `lienthong bench --only pack` writes all 3,321."""


# ---- cells


def test_a_share_is_cut_and_never_printed_across_its_target() -> None:
    below = cells.share(Fraction(5997, 100), Fraction(60))
    assert (below.text, below.value) == ("59,9%", Decimal("59.9"))
    above = cells.share(Fraction(504, 100), Fraction(5))
    assert (above.text, above.value) == ("5,04%", Decimal("5.04"))


def test_zero_is_a_number_and_nothing_is_not() -> None:
    assert (cells.number(0).text, cells.number(0).value) == ("0", 0)
    assert (cells.number(None).text, cells.number(None).value) == ("–", None)
    assert (cells.share(None).text, cells.share(None).value) == ("không áp dụng", None)
    assert cells.share(Fraction(0)).text == "0,0%"


@pytest.mark.parametrize(
    ("delta", "text", "value"),
    [
        (Fraction(5, 2), "+2,5", Decimal("2.5")),
        (Fraction(-5, 2), "−2,5", Decimal("-2.5")),
        (Fraction(1, 50), "0,0", Decimal(0)),
        (None, "–", None),
    ],
)
def test_a_change_in_points_carries_its_sign(
    delta: Fraction | None, text: str, value: Decimal | None
) -> None:
    made = cells.change(delta)
    assert (made.text, made.value) == (text, value)


def ranked(*ranks: int) -> list[Row]:
    return [Row((cells.number(rank), cells.words(f"Đơn vị {n}"))) for n, rank in enumerate(ranks)]


def test_the_ends_of_a_ranking_cut_no_tie_in_two() -> None:
    rows = ranked(1, 2, 3, 4, 5, 5, 5, 8, 9, 10, 11, 12, 12, 14, 15, 16, 17)
    kept = ends(rows)
    assert [row.cells[0].text for row in kept if row.cells] == ["1", "2", "3", "4", "5", "5", "5", "12", "12", "14", "15", "16", "17"]  # fmt: skip
    assert [row.gap for row in kept if row.gap] == ["… 4 đơn vị ở giữa, có trong tệp Excel"]
    assert ends(ranked(*range(1, 11))) == tuple(ranked(*range(1, 11)))
    assert ends(ranked(*[1] * 34)) == tuple(ranked(*[1] * 34))


def test_a_column_is_never_narrower_than_its_longest_word() -> None:
    columns = (cells.column("Đơn vị", 1), cells.days("Hạn", 1), cells.column("Ghi chú", 30))
    rows = a_pack().sections[1].tables[0].rows[:0]
    widths = column_widths(columns, rows, 100, 10, 2)
    assert sum(widths) == pytest.approx(100)
    assert widths[0] >= length("Đơn", 10, bold=True) + 2


# ---- PDF


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return write_pdf(a_pack())


def test_the_pdf_is_an_archive_file_with_its_structure(pdf: bytes) -> None:
    """ISO 19005-2, level A: identified in XMP, tagged, with language, output intent and embedded fonts."""
    reader = PdfReader(io.BytesIO(pdf))
    root: Any = reader.trailer["/Root"]
    told = root["/Metadata"].get_data().decode()
    assert "<pdfaid:part>2</pdfaid:part>" in told
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in told
    assert root["/MarkInfo"]["/Marked"]
    assert root["/StructTreeRoot"]["/K"]
    assert root["/Lang"].startswith("vi")
    assert root["/OutputIntents"][0]["/S"] == "/GTS_PDFA1"
    assert "/JavaScript" not in root.get("/Names", {})
    for font in {ref for page in reader.pages for ref in page["/Resources"]["/Font"].values()}:
        below: Any = font.get_object()["/DescendantFonts"][0]["/FontDescriptor"]
        assert {"/FontFile2", "/FontFile3"} & set(below), "a font that is not embedded"


def test_the_pdf_prints_wild_texts_as_they_are(pdf: bytes) -> None:
    text = " ".join(pages_of(pdf))
    assert plain(WILD) in text
    assert FORMULA in text
    assert "Hòa Bình" in text
    assert "59,9%" in text
    assert "5,04%" in text
    assert "không áp dụng" in text
    assert LONG in text


def test_the_same_tree_gives_the_same_pdf(pdf: bytes) -> None:
    assert write_pdf(a_pack()) == pdf


def test_an_empty_plan_says_so_in_every_file() -> None:
    pack = a_pack(empty=True, agency="")
    assert "Không có nhiệm vụ nào chậm." in " ".join(pages_of(write_pdf(pack)))
    words = [p.text for p in Document(io.BytesIO(write_docx(pack))).paragraphs]
    assert "Không có gì." in words
    slides = Presentation(io.BytesIO(write_pptx(pack))).slides
    told = [s.text_frame.text for slide in slides for s in slide.shapes if s.has_text_frame]
    assert "Không có gì." in told
    assert [r[0] for r in sheets_of(write_xlsx(pack))["Đơn vị"] if r[0] and "Không" in r[0]] == [
        "Không có gì."
    ]


# ---- a list as long as the country has communes


@pytest.fixture(scope="module")
def country() -> object:
    return a_pack(communes=COMMUNES)


def test_a_long_list_runs_over_pages_and_each_has_its_head(country: object) -> None:
    content = write_pdf(country)  # type: ignore[arg-type]  # a pack
    reader = PdfReader(io.BytesIO(content))
    assert len(reader.pages) > 20
    for number in (-1, -2, len(reader.pages) // 2):
        text = plain(reader.pages[number].extract_text())
        assert "Chậm (ngày)" in text, number
        assert "Trang" in text
    assert f"xã số {COMMUNES}" in plain(reader.pages[-1].extract_text())


def test_its_word_table_repeats_its_head_and_splits_no_row(country: object) -> None:
    content = write_docx(country)  # type: ignore[arg-type]  # a pack
    table = docx_tables(content)[-1]
    assert len(table) == COMMUNES + 1
    assert table[-1][0].startswith(f"Gửi đủ dữ liệu sổ hộ tịch của xã số {COMMUNES}")
    xml = inside(content, "word/document.xml")
    assert xml.count("<w:tblHeader/>") == 2
    assert xml.count("<w:cantSplit/>") == COMMUNES + 1 + 7


def test_its_sheet_has_every_row_with_its_address(country: object) -> None:
    rows = sheets_of(write_xlsx(country))["Nhiệm vụ chậm"]  # type: ignore[arg-type]  # a pack
    assert [line[0] for line in rows].count("Nhiệm vụ") == 1
    found = [line for line in rows[1:] if line[0]]
    assert len(found) == COMMUNES
    assert all(str(line[-1]).startswith("http://localhost:8000/") for line in found)


# ---- Word


@pytest.fixture(scope="module")
def docx() -> bytes:
    return write_docx(a_pack())


def test_word_keeps_the_layout_of_decree_30(docx: bytes) -> None:
    """NĐ 30/2020/NĐ-CP, Annex I: A4, margins 20–25, 20–25, 30–35, 15–20 mm, Times New Roman 13–14, boxes 1 to 4."""
    document = Document(io.BytesIO(docx))
    first, last = document.sections[0], document.sections[-1]
    told = [
        round(edge.mm)
        for edge in (first.top_margin, first.bottom_margin, first.left_margin, first.right_margin)
        if edge
    ]
    assert told == [20, 20, 30, 18]
    assert (round(first.page_width.mm), round(first.page_height.mm)) == (210, 297)  # type: ignore[union-attr]  # set
    assert last.orientation == WD_ORIENT.LANDSCAPE
    normal = document.styles["Normal"].font
    assert (normal.name, normal.size.pt) == ("Times New Roman", 13)
    agency, state = docx_tables(docx)[0][0]
    assert agency == LONG.upper()
    assert state == "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập – Tự do – Hạnh phúc"
    assert docx_tables(docx)[0][1] == ["Số: /BC-……", "…………, ngày 09 tháng 11 năm 2026"]


def test_word_prints_wild_texts_as_they_are_and_runs_none(docx: bytes) -> None:
    words = " ".join(p.text for p in Document(io.BytesIO(docx)).paragraphs)
    assert WILD in words
    assert "49" not in words
    rows = [cell for table in docx_tables(docx) for line in table for cell in line]
    assert FORMULA in rows
    assert plain(WILD) + " ghi thêm" in rows
    assert "Hòa Bình ghi thêm" in rows


def test_a_title_with_signs_does_not_break_the_frame() -> None:
    document = Document(io.BytesIO(write_docx(a_pack(title="A & B <c> {{ d }}"))))
    assert "A & B <c> {{ d }}" in [p.text for p in document.paragraphs]


def test_the_frame_that_offices_edit_is_the_one_that_is_built() -> None:
    kept = [p.text for p in Document(str(FRAME)).paragraphs]
    assert kept == [p.text for p in build_frame().paragraphs]


def test_word_carries_the_slides_charts_native_with_words_and_a_workbook(docx: bytes) -> None:
    told = a_pack().sections[1]
    charts = [*told.charts, *(each.chart for each in told.tables if each.chart)]
    document = Document(io.BytesIO(docx))
    drawn = document.element.body.findall(f".//{{{DRAWING}}}docPr")
    assert [one.get("descr") for one in drawn] == [chart.words for chart in charts]
    parts = {str(part.partname): part for part in document.part.package.iter_parts()}
    for number, chart in enumerate(charts, 1):
        plot = parse_xml(parts[f"/word/charts/chart{number}.xml"].blob)
        values = [
            [float(v.text) for v in one.iterfind("c:val/c:numRef/c:numCache/c:pt/c:v", plot.nsmap)]
            for one in plot.iterfind(".//c:ser", plot.nsmap)
        ]
        assert values == [[float(v) for v in one.values if v is not None] for one in chart.series]
        book = load_workbook(io.BytesIO(parts[f"/word/embeddings/chart{number}.xlsx"].blob)).active
        assert [line[0].value for line in book.iter_rows(min_row=2)] == list(chart.categories)


def test_a_list_past_what_anybody_reads_is_cut_and_says_by_how_much() -> None:
    rows = tuple(ranked(*range(1, 303)))
    cut = shortened(rows, 300, "nhiệm vụ chậm, có trong tệp Excel")
    assert (len(cut), cut[-1].gap) == (301, "… còn 2 nhiệm vụ chậm, có trong tệp Excel")
    assert shortened(rows[:300], 300, "x") == ()


# ---- workbook


@pytest.fixture(scope="module")
def xlsx() -> bytes:
    return write_xlsx(a_pack())


def test_the_workbook_keeps_numbers_as_numbers_as_they_are_printed(xlsx: bytes) -> None:
    head, *rows = sheets_of(xlsx)["Đơn vị"]
    assert head[:3] == ["Hạng", "Đơn vị", "Đơn vị: ghi thêm"]
    assert rows[0][3:6] == [59.9, 5997, 10000]
    assert rows[0][6] == datetime(2026, 11, 3)  # noqa: DTZ001 - as a workbook has it
    assert rows[0][7] == -2.5
    assert rows[2][3:7] == ["không áp dụng", 0, 0, "–"]
    assert rows[4][3] == 5.04
    sheet = load_workbook(io.BytesIO(xlsx))["Đơn vị"]
    assert (sheet["D5"].number_format, sheet["D9"].number_format) == ('0.0"%"', '0.00"%"')
    assert (sheet["E5"].number_format, sheet["G5"].number_format) == ("#,##0", "dd/mm/yyyy")


def test_no_text_in_a_workbook_is_a_formula(xlsx: bytes) -> None:
    book = load_workbook(io.BytesIO(xlsx))
    told = [cell for sheet in book for line in sheet.iter_rows() for cell in line]
    assert FORMULA in [cell.value for cell in told]
    assert not [cell for cell in told if cell.data_type == "f"]
    assert "<f>" not in inside(xlsx, "xl/worksheets/sheet2.xml")


def test_a_sheet_is_frozen_below_its_head_and_filters(xlsx: bytes) -> None:
    sheet = load_workbook(io.BytesIO(xlsx))["Đơn vị"]
    assert sheet.freeze_panes == "A5"
    assert sheet.auto_filter.ref == "A4:I9"
    assert sheet.print_title_rows == "$4:$4"


def test_a_name_of_a_sheet_is_one_that_a_workbook_takes() -> None:
    assert sheet_name("Chỉ tiêu: bộ/ngành [2026] và một tên rất dài") == "Chỉ tiêu  bộ ngành  2026  và mộ"


# ---- slides


@pytest.fixture(scope="module")
def pptx() -> bytes:
    return write_pptx(a_pack())


def test_slides_carry_native_charts_with_the_same_numbers(pptx: bytes) -> None:
    charts = slide_charts(pptx)
    assert {"Kết quả": [59.9, None], "Mức giao": [60, 60]} in charts
    assert {"Xong": [3, 0], "Quá hạn": [1, 2]} in charts
    assert [one["Dự báo"] for one in charts if "Dự báo" in one] == [[None, None, 61.0]]


def test_slides_print_wild_texts_as_they_are(pptx: bytes) -> None:
    told = [cell for table in slide_tables(pptx) for line in table for cell in line]
    assert plain(WILD) in told
    assert FORMULA in told
    assert DECOMPOSED not in told
    assert "Hòa Bình" in told


def test_nothing_stands_outside_a_slide_and_tables_fit_above_the_foot() -> None:
    content = write_pptx(a_pack(communes=40))
    for number, slide in enumerate(Presentation(io.BytesIO(content)).slides, 1):
        for shape in slide.shapes:
            assert shape.left >= 0, number
            assert shape.left + shape.width <= Mm(WIDE) + 10, number
            bottom = shape.top + (
                sum(r.height for r in shape.table.rows) if shape.has_table else shape.height
            )
            assert bottom <= Mm(HIGH), (number, shape.name)


def test_every_slide_has_a_title_and_every_chart_says_what_it_shows(pptx: bytes) -> None:
    for slide in Presentation(io.BytesIO(pptx)).slides:
        assert slide.shapes.title is not None
        assert slide.shapes.title.text_frame.text
        for shape in slide.shapes:
            if shape.has_chart:
                assert shape._element.nvGraphicFramePr.cNvPr.get("descr")


def test_a_share_is_never_more_exact_in_a_file_than_on_paper() -> None:
    shares = [
        c
        for r in a_pack().sections[1].tables[0].rows
        for c in r.cells
        if c.kind is Kind.SHARE and c.value is not None
    ]
    assert shares
    for cell in shares:
        assert cells.plain(cell.text) == cell.value
