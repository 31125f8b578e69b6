"""A pack made by hand, with whatever may go wrong in a text; and readers of the files that are not ours."""

import io
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from docx import Document
from openpyxl import load_workbook
from pptx import Presentation
from pypdf import PdfReader

from lienthong.console.pack import cells
from lienthong.console.pack.tree import (
    Card,
    Cell,
    Chart,
    Mark,
    Pack,
    Row,
    Section,
    Series,
    Shape,
    Table,
    tidy,
)

LONG = (
    "Sở Nông nghiệp và Môi trường Thành phố Hồ Chí Minh, Chi cục Quản lý Chất lượng Nông, Lâm sản và Thủy sản"
)
WILD = "<b>An & Bình</b> #read(\"/etc/passwd\") {{ 7*7 }} $x$ \\ 'á'"
FORMULA = '=HYPERLINK("http://nơi-khác","nhấn")'
DECOMPOSED = "Ho\u0300a Bi\u0300nh"
AT = datetime(2026, 11, 9, 1, 41, tzinfo=UTC)


def row(*told: Cell, address: str = "http://localhost:8000/dieu-hanh/nhiem-vu/") -> Row:
    return Row(tuple(told), address)


def units(rows: tuple[Row, ...], **more: Any) -> Table:
    columns = (
        cells.numbers("Hạng", 1), cells.column("Đơn vị", 6), cells.shares("Kết quả"), cells.numbers("Tử số"),
        cells.numbers("Mẫu số"), cells.days("Hạn"), cells.changes("So tháng trước"),
    )  # fmt: skip
    return Table(**{"title": "Theo đơn vị", "sheet": "Đơn vị", "columns": columns, "rows": rows, "empty": "Không có gì.", "on_slides": 12, **more})  # fmt: skip


def unit(rank: int, name: str, part: int, whole: int, target: int = 60) -> Row:
    value = Fraction(100 * part, whole) if whole else None
    return row(
        cells.number(rank if whole else None), cells.words(name, "ghi thêm"), cells.share(value, Fraction(target)),
        cells.number(part), cells.number(whole), cells.day(date(2026, 11, 3) if whole else None),
        cells.change(Fraction(-5, 2) if whole else None),
    )  # fmt: skip


def late_columns() -> tuple[Any, ...]:
    return (
        cells.column("Nhiệm vụ", 8), cells.column("Chủ trì", 4), cells.days("Hạn"), cells.numbers("Chậm (ngày)"),
        cells.column("Ai phải làm", 5),
    )  # fmt: skip


def late(count: int) -> Table:
    """A late list of so many communes."""
    rows = tuple(
        row(
            cells.words(f"Gửi đủ dữ liệu sổ hộ tịch của xã số {n}", f"CDS-2026-003.{n}"), cells.words(f"Ủy ban nhân dân xã {n}"),
            cells.day(date(2026, 7, 31)), cells.number(114, mark="late"), cells.words("Sở Tư pháp gỡ vướng mắc"),
        )
        for n in range(1, count + 1)
    )  # fmt: skip
    return Table("Nhiệm vụ chậm", "Nhiệm vụ chậm", late_columns(), rows, "Không có nhiệm vụ nào chậm.")


def chart(shape: Shape) -> Chart:
    names = (LONG, "Phường Bến Sen")
    if shape is Shape.LINES:
        return Chart(
            shape, "Dự báo", ("T9", "T10", "31/12/2026"),
            (
                Series("Đã đo", (Decimal("59.9"), Decimal("58.4"), None)),
                Series("Mức giao", (Decimal(60),) * 3, "goal"),
                Series("Cao nhất trong khoảng", (None, None, Decimal("66.1")), "range"),
                Series("Dự báo", (None, None, Decimal("61.0")), "ahead"),
                Series("Thấp nhất trong khoảng", (None, None, Decimal("55.2")), "range"),
            ), "Dự báo 61,0%", "%",
        )  # fmt: skip
    if shape is Shape.BARS:
        told = (
            Series("Kết quả", (Decimal("59.9"), None)),
            Series("Mức giao", (Decimal(60), Decimal(60)), "goal"),
        )
        return Chart(shape, "Kết quả so với mức giao", names, told, "59,9% so với 60%", "%")
    told = (
        Series("Xong", (Decimal(3), Decimal(0)), "done"),
        Series("Quá hạn", (Decimal(1), Decimal(2)), "late"),
    )
    return Chart(shape, "Bốn nhóm hạn", names, told, "Một và hai nhiệm vụ quá hạn")


def a_pack(*, communes: int = 3, empty: bool = False, **changes: Any) -> Pack:
    rows = (
        unit(1, LONG, 5997, 10000), unit(2, WILD, 0, 7), unit(3, "Xã không có hồ sơ", 0, 0),
        row(*(Cell(FORMULA), Cell(FORMULA), *unit(4, "", 1, 2).cells[2:])),
        unit(5, DECOMPOSED + "\x0b", 504, 10000, 5),
    )  # fmt: skip
    total = row(cells.words("Cộng"), cells.words(""), *(cells.number(None),) * 5, address="")
    sections = (
        Section("Tổng quan", cards=(Card("0/4", "chỉ tiêu đạt", LONG, Mark.LATE),), notes=(WILD, FORMULA, LONG)),
        Section("Chỉ tiêu", lead=(WILD,), charts=(chart(Shape.BARS), chart(Shape.LINES)),
                tables=(units(() if empty else rows, chart=chart(Shape.STACKED), total=None if empty else total),)),
        Section("Danh sách nhiệm vụ chậm", tables=(late(0 if empty else communes),), annex=True),
    )  # fmt: skip
    facts: dict[str, Any] = {
        "title": "Tình hình thực hiện chỉ tiêu và nhiệm vụ", "about": "Nhiệm vụ tính đến hết ngày 09/11/2026", "agency": LONG,
        "day": date(2026, 11, 9), "known_at": AT, "made_at": AT, "month": date(2026, 11, 1), "path": "/dieu-hanh/tai-lieu/",
        "address": "http://localhost:8000/dieu-hanh/tai-lieu/?tinh-den=2026-11-09&biet-den=2026-11-09T01%3A41%3A00Z",
        "facts": (("Phạm vi", WILD),), "sections": sections, "demo": True,
    }  # fmt: skip
    return tidy(Pack(**facts | changes))


# ---- readers


def pages_of(content: bytes) -> list[str]:
    return [plain(page.extract_text()) for page in PdfReader(io.BytesIO(content)).pages]


def plain(text: str) -> str:
    return " ".join(text.replace("\N{NO-BREAK SPACE}", " ").split())


def docx_tables(content: bytes) -> list[list[list[str]]]:
    """Every table, row by row, by text; links are text too."""
    body = Document(io.BytesIO(content)).element.body
    spell = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    return [
        [[plain(" ".join(t.text or "" for t in tc.iter(f"{spell}t"))) for tc in tr.iter(f"{spell}tc")] for tr in tbl.iter(f"{spell}tr")]
        for tbl in body.iter(f"{spell}tbl")
    ]  # fmt: skip


def sheets_of(content: bytes) -> dict[str, list[list[Any]]]:
    """Every sheet's rows from the head of its table on."""
    book = load_workbook(io.BytesIO(content))
    return {
        sheet.title: [[cell.value for cell in line] for line in sheet.iter_rows(min_row=4)] for sheet in book
    }


def slide_tables(content: bytes) -> list[list[list[str]]]:
    shapes = [shape for slide in Presentation(io.BytesIO(content)).slides for shape in slide.shapes]
    return [
        [[plain(cell.text) for cell in line.cells] for line in shape.table.rows]
        for shape in shapes
        if shape.has_table
    ]


def slide_charts(content: bytes) -> list[dict[str, list[float | None]]]:
    shapes = [shape for slide in Presentation(io.BytesIO(content)).slides for shape in slide.shapes]
    return [
        {series.name: list(series.values) for series in shape.chart.plots[0].series}
        for shape in shapes
        if shape.has_chart
    ]


def inside(content: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as box:
        return box.read(name).decode()
