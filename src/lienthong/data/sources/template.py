"""The empty workbook that a sender fills in, made from the schema."""

from pathlib import Path
from typing import Any, Final

import xlsxwriter

from lienthong.data.sources.schema import Field, Schema
from lienthong.kit.errors import said

ROWS: Final = 5000
"""Rows below the heading that carry the text format and the lists."""
DATA: Final = said("Dữ liệu")
GUIDE: Final = said("Hướng dẫn")
LISTS: Final = said("Danh mục")
SAFE: Final = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
LIST_ROWS: Final = 255


def template_workbook(schema: Schema, out: Path) -> Path:
    """An XLSX with every column as text (so that zeros stay), lists to choose from, and a guide."""
    with xlsxwriter.Workbook(str(out), SAFE) as book:
        book.set_properties({"title": schema.title, "subject": schema.code})
        data, guide, lists = (book.add_worksheet(name) for name in (DATA, GUIDE, LISTS))
        ranges = _lists(book, lists, schema)
        _data(book, data, schema, ranges)
        _guide(book, guide, schema)
    return out


def _data(book: Any, sheet: Any, schema: Schema, ranges: dict[str, str]) -> None:
    text = book.add_format({"num_format": "@"})
    head = {"bold": True, "text_wrap": True, "border": 1, "valign": "vcenter"}
    must = book.add_format({**head, "bg_color": "#D3E3EA"})
    may = book.add_format({**head, "bg_color": "#F8F5EE"})
    sheet.set_row(0, 36)
    sheet.freeze_panes(1, 0)
    for column, field in enumerate(schema.fields):
        sheet.set_column(column, column, max(14, min(32, len(field.label) + 4)), text)
        sheet.write_string(
            0, column, field.label + (" *" if field.required else ""), must if field.required else may
        )
        if field.vocabulary:
            sheet.data_validation(1, column, ROWS, column, _choice(field, ranges[field.name]))
        elif field.hint:
            note = {"validate": "any", "input_title": field.label[:32], "input_message": field.hint[:255]}
            sheet.data_validation(1, column, ROWS, column, note)


def _choice(field: Field, cells: str) -> dict[str, object]:
    return {
        "validate": "list",
        "source": cells,
        "error_title": field.label[:32],
        "error_message": said("Hãy chọn một giá trị trong danh mục."),
        "error_type": "warning",
    }


def _lists(book: Any, sheet: Any, schema: Schema) -> dict[str, str]:
    bold = book.add_format({"bold": True})
    ranges = {}
    chosen = [field for field in schema.fields if field.vocabulary]
    for column, field in enumerate(chosen):
        labels = field.vocabulary.labels[:LIST_ROWS] if field.vocabulary else ()
        sheet.set_column(column, column, 32)
        sheet.write_string(0, column, field.label, bold)
        for row, label in enumerate(labels, start=1):
            sheet.write_string(row, column, label)
        letter = xlsxwriter.utility.xl_col_to_name(column)
        ranges[field.name] = f"='{LISTS}'!${letter}$2:${letter}${len(labels) + 1}"
    return ranges


def _guide(book: Any, sheet: Any, schema: Schema) -> None:
    bold = book.add_format({"bold": True})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    for column, width in enumerate((34, 14, 24, 22, 70)):
        sheet.set_column(column, column, width, wrap)
    facts = [
        (said("Mẫu dữ liệu"), schema.title),
        (said("Cơ quan gửi"), schema.owner),
        (said("Căn cứ"), schema.law),
    ]
    if not schema.certain:
        facts.append((said("Lưu ý"), said("Một số cột theo thực tế, chờ đối chiếu với văn bản chính thức.")))
    for row, (name, fact) in enumerate(facts):
        sheet.write_string(row, 0, name, bold)
        sheet.write_string(row, 1, fact)
    top = len(facts) + 1
    heads = (said("Cột"), said("Bắt buộc"), said("Dạng"), said("Ví dụ"), said("Cách ghi"))
    for column, name in enumerate(heads):
        sheet.write_string(top, column, name, bold)
    for row, field in enumerate(schema.fields, start=top + 1):
        for column, fact in enumerate(_line(field)):
            sheet.write_string(row, column, fact)


def _line(field: Field) -> tuple[str, ...]:
    example = field.vocabulary.labels[0] if field.vocabulary else field.kind.example
    return field.label, said("có") if field.required else "", field.kind.label, example, field.hint
