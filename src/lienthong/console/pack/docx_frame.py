"""The frame of the Word file: layout of Annex I of NĐ 30/2020/NĐ-CP, kept as `data/frame.docx`.

An agency may edit that file in Word (its name, its place, who receives copies, who signs): fields in
{{ braces }} are filled in, and the report takes the place of the paragraph `BODY`.
`python -m lienthong.console.pack.docx_frame` makes it anew.
"""

from pathlib import Path
from typing import Any, Final

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

FRAME: Final = Path(__file__).parent / "data" / "frame.docx"
BODY: Final = "NOI-DUNG-BAO-CAO"
FACE: Final = "Times New Roman"


def build_frame() -> Any:
    """An empty document with its styles, letterhead, title, place for the report, and signatures."""
    document = Document()
    for paragraph in list(document.paragraphs):
        paragraph._element.getparent().remove(paragraph._element)
    _page(document)
    _styles(document)
    _letterhead(document)
    _title(document)
    document.add_paragraph(BODY)
    _signatures(document)
    document.core_properties.language = "vi-VN"
    document.core_properties.author = ""
    return document


def _page(document: Any) -> None:
    """A4; margins 20–25, 20–25, 30–35, 15–20 mm; the number on top in the middle, not on the first page."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(18)
    section.header_distance = section.footer_distance = Mm(10)
    section.different_first_page_header_footer = True
    number = section.header.paragraphs[0]
    number.alignment = WD_ALIGN_PARAGRAPH.CENTER
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    run = OxmlElement("w:r")
    text = OxmlElement("w:t")
    text.text = "2"
    run.append(text)
    field.append(run)
    number._p.append(field)


def _styles(document: Any) -> None:
    sizes = {"Normal": 13, "Title": 14, "Heading 1": 14, "Heading 2": 13, "List Bullet": 13, "Header": 13}
    for name, size in sizes.items():
        style = document.styles[name]
        style.font.name, style.font.size = FACE, Pt(size)
        style.font.color.rgb = RGBColor(0, 0, 0)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for attribute in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
            fonts.set(qn(attribute), FACE)
        for attribute in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            fonts.attrib.pop(qn(attribute), None)
    normal = document.styles["Normal"]
    normal.paragraph_format.space_after = Pt(6)
    normal.paragraph_format.line_spacing = 1.15
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "vi-VN")
    normal.element.rPr.append(language)
    for name in ("Heading 1", "Heading 2"):
        style = document.styles[name]
        style.font.bold = True
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(12), Pt(6)
        style.paragraph_format.keep_with_next = True


def _letterhead(document: Any) -> None:
    """Boxes 1, 2, 3, 4 of Annex I: the agency and its number; the State's name, place and day."""
    table = document.add_table(rows=2, cols=2)
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    left, right = Mm(64), Mm(102)
    for column, width in zip(table.columns, (left, right), strict=True):
        column.width = width
        for cell in column.cells:
            cell.width = width
    agency, state = table.rows[0].cells
    _line(agency, "{{ agency }}", 12, bold=True)
    _rule(agency, Mm(20))
    _line(state, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 12, bold=True)
    _line(state, "Độc lập – Tự do – Hạnh phúc", 13, bold=True)
    _rule(state, Mm(24))
    number, day = table.rows[1].cells
    _line(number, "Số:          /BC-……", 13)
    _line(day, "{{ place_and_day }}", 13, italic=True)


def _title(document: Any) -> None:
    title = document.add_paragraph(style="Title")
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.paragraph_format.space_before, title.paragraph_format.space_after = Pt(18), Pt(0)
    borders = title.style.element.get_or_add_pPr().find(qn("w:pBdr"))
    if borders is not None:
        borders.getparent().remove(borders)
    title.add_run("BÁO CÁO").bold = True
    about = document.add_paragraph()
    about.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = about.add_run("{{ title }}")
    run.bold, run.font.size = True, Pt(14)
    when = document.add_paragraph()
    when.alignment = WD_ALIGN_PARAGRAPH.CENTER
    when.add_run("({{ about }})").italic = True


def _signatures(document: Any) -> None:
    """Boxes 7 and 9: who signs, who receives copies; both are the office's to fill in."""
    table = document.add_table(rows=1, cols=2)
    table.autofit = False
    copies, signer = table.rows[0].cells
    copies.width, signer.width = Mm(83), Mm(83)
    _line(copies, "Nơi nhận:", 12, bold=True, italic=True, align=WD_ALIGN_PARAGRAPH.LEFT)
    for told in ("- ……………;", "- Lưu: VT, …"):
        _line(copies, told, 11, align=WD_ALIGN_PARAGRAPH.LEFT)
    _line(signer, "QUYỀN HẠN, CHỨC VỤ CỦA NGƯỜI KÝ", 13, bold=True)
    _line(signer, "(Chữ ký, dấu)", 13, italic=True)
    for _blank in range(3):
        _line(signer, "", 13)
    _line(signer, "Họ và tên", 13, bold=True)


def _line(
    cell: Any, text: str, size: int, *, bold: bool = False, italic: bool = False,
    align: WD_ALIGN_PARAGRAPH = WD_ALIGN_PARAGRAPH.CENTER,
) -> None:  # fmt: skip
    first = cell.paragraphs[0]
    paragraph = (
        first if not first.text and len(cell.paragraphs) == 1 and not first.runs else cell.add_paragraph()
    )
    paragraph.alignment = align
    paragraph.paragraph_format.space_after = Pt(0)
    paragraph.paragraph_format.line_spacing = 1.0
    run = paragraph.add_run(text)
    run.bold, run.italic, run.font.size = bold, italic, Pt(size)


def _rule(cell: Any, indent: Mm) -> None:
    """The line below the State's name and the agency's: the lower border of a line without height."""
    paragraph = cell.add_paragraph()
    facts = paragraph.paragraph_format
    facts.left_indent = facts.right_indent = indent
    facts.space_before, facts.space_after, facts.line_spacing = Pt(0), Pt(6), Pt(2)
    borders = OxmlElement("w:pBdr")
    bottom = OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        bottom.set(qn(f"w:{name}"), value)
    borders.append(bottom)
    paragraph._p.get_or_add_pPr().insert_element_before(borders, "w:spacing", "w:ind", "w:jc")


if __name__ == "__main__":
    build_frame().save(str(FRAME))
