"""Nine sources, one pattern; a template filled in is read without a question."""

from pathlib import Path

import openpyxl
import pytest

from lienthong.data import intake
from lienthong.data.sources import (
    LINKAGE_FIELDS,
    SCHEMAS,
    SchemaUnknown,
    guess,
    header_key,
    schema,
    template_workbook,
)
from lienthong.kit.names import fold


@pytest.mark.parametrize("code", SCHEMAS)
def test_a_schema_says_who_sends_it_and_under_which_law(code: str) -> None:
    one = schema(code)
    assert one.law
    assert one.owner
    assert set(LINKAGE_FIELDS) <= set(one.names)
    assert len(one.names) == len(set(one.names))
    assert {field.name for field in one.fields if field.identifier} >= {"personal_number", "commune_code"}


@pytest.mark.parametrize("code", SCHEMAS)
def test_no_heading_means_two_fields(code: str) -> None:
    seen: dict[str, str] = {}
    for field in schema(code).fields:
        for name in field.synonyms:
            assert name == header_key(name)
            assert seen.setdefault(name, field.name) == field.name, name


@pytest.mark.parametrize("code", SCHEMAS)
def test_no_word_of_a_vocabulary_means_two_things(code: str) -> None:
    for field in schema(code).fields:
        if field.vocabulary:
            for term, spellings in field.vocabulary.terms.items():
                assert {field.vocabulary.spellings[fold(spelling)] for spelling in spellings} == {term}, (
                    field.name
                )


@pytest.mark.parametrize("code", SCHEMAS)
def test_a_template_filled_in_is_read_without_a_question(tmp_path: Path, code: str) -> None:
    path = template_workbook(schema(code), tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(path)
    sheet = book["Dữ liệu"]
    assert {cell.number_format for cell in sheet[2]} <= {"@", "General"}
    assert sheet.column_dimensions["B"].width > 10
    labels = [cell.value for cell in sheet[1]]
    required = [label for label in labels if label.endswith("*")]
    assert len(required) == sum(field.required for field in schema(code).fields)
    for column, field in enumerate(schema(code).fields, start=1):
        sheet.cell(2, column, field.vocabulary.labels[0] if field.vocabulary else field.kind.example or "chữ")
    book.save(path)
    seen = intake.preview(path)
    assert seen.schema == code
    assert seen.base.sheet == "Dữ liệu"
    assert tuple(seen.base.mapping.values()) == schema(code).names
    assert {column.confidence for column in seen.columns} == {1.0}
    assert not seen.proposals
    reading = intake.read(path, seen.plan(), tmp_path / "a.parquet")
    assert {mark for _, mark in reading.marks} <= {"placeholder"}


def test_a_schema_that_is_not_there_is_refused() -> None:
    with pytest.raises(SchemaUnknown, match="workers"):
        schema("fishers")


def test_a_heading_of_two_sources_is_not_guessed() -> None:
    assert guess(["Họ và tên", "Ngày sinh", "Chi hội", "Ngày vào hội", "Tình trạng sinh hoạt"]) is None
    assert guess(["Họ tên", "MST", "Loại NNT", "Trạng thái MST"]) is schema("taxpayers")
