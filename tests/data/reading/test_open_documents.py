"""Files of every kind, and those that are refused with one sentence."""

import json
import subprocess
import sys
import unicodedata
import zipfile
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from pypdf import PdfWriter

from data.reading.documents import DIRECTIVE, lock_pdf, write_bomb, write_docx, write_pdf
from lienthong.data.fonts.charmaps import encode
from lienthong.data.reading import Kind, errors, read_document
from lienthong.data.reading.opening import MOST_BYTES
from lienthong.kit.errors import Refused


def facts_of(path: Path) -> list[tuple[str, object, object, object]]:
    return [(str(f.kind), f.lead or f.value, f.tier, f.date) for f in read_document(path)]


EXPECTED = [
    ("task", "Bộ Công an", "ministry", date(2026, 6, 30)),
    ("target", 80, "ministry", date(2026, 12, 31)),
    ("target", 95, "locality", date(2026, 12, 31)),
]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_text_in_unicode(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "chi-thi.txt"
    path.write_text(DIRECTIVE, encoding=encoding)
    assert facts_of(path) == EXPECTED


def test_text_with_letters_taken_apart(tmp_path: Path) -> None:
    path = tmp_path / "nfd.txt"
    path.write_text(unicodedata.normalize("NFD", DIRECTIVE), encoding="utf-8")
    assert facts_of(path) == EXPECTED


@pytest.mark.parametrize("charmap", ["tcvn3", "vni", "cp1258"])
def test_text_in_old_character_sets(tmp_path: Path, charmap: str) -> None:
    path = tmp_path / "cu.txt"
    path.write_bytes(encode(DIRECTIVE, charmap).encode("latin-1", "replace"))
    assert facts_of(path) == EXPECTED


def test_docx(tmp_path: Path) -> None:
    assert facts_of(write_docx(tmp_path / "a.docx", DIRECTIVE.splitlines())) == EXPECTED


def test_pdf_joins_lines_that_wrap(tmp_path: Path) -> None:
    assert facts_of(write_pdf(tmp_path / "a.pdf", DIRECTIVE)) == EXPECTED


def test_a_pdf_that_anybody_may_open_is_read(tmp_path: Path) -> None:
    plain = write_pdf(tmp_path / "a.pdf", DIRECTIVE)
    assert facts_of(lock_pdf(tmp_path / "b.pdf", plain, user="", owner="chủ")) == EXPECTED


def test_a_table_of_tasks(tmp_path: Path) -> None:
    path = write_docx(
        tmp_path / "a.docx",
        ["Sơn La, ngày 15 tháng 01 năm 2026"],
        [
            ["TT", "Nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Sản phẩm", "Thời hạn hoàn thành"],
            [
                "1",
                "Xây dựng kho dữ liệu",
                "Sở Nội vụ",
                "Công an tỉnh; Sở Tài chính",
                "Kho dữ liệu",
                "Quý III/2026",
            ],
        ],
    )
    (task,) = read_document(path)
    assert (task.kind, task.subject, task.lead) == (Kind.TASK, "Xây dựng kho dữ liệu", "Sở Nội vụ")
    assert (task.partners, task.product) == (("Công an tỉnh", "Sở Tài chính"), "Kho dữ liệu")
    assert (task.tier, task.date) == ("province", date(2026, 9, 30))


def test_a_table_of_figures(tmp_path: Path) -> None:
    path = write_docx(
        tmp_path / "a.docx",
        ["Hà Nội, ngày 15 tháng 01 năm 2026"],
        [
            ["STT", "Chỉ tiêu", "Đơn vị tính", "Mục tiêu năm 2026", "Thực hiện năm 2025"],
            ["1", "Hồ sơ trực tuyến cấp xã", "%", "≥ 85", "61,5"],
        ],
    )
    target, actual = read_document(path)
    assert (target.kind, target.value, target.comparator, target.tier) == (
        Kind.TARGET,
        85,
        "at_least",
        "commune",
    )
    assert (actual.kind, float(actual.value or 0), actual.unit, actual.date) == (
        Kind.OBSERVATION, 61.5, "%", date(2025, 12, 31),
    )  # fmt: skip


def test_deleted_words_of_a_docx_are_not_read(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(
            "word/document.xml",
            '<w:document xmlns:w="w"><w:p><w:del><w:r><w:t>Phấn đấu năm 2027 đạt 70% hồ sơ. </w:t></w:r></w:del>'
            "<w:r><w:t>Phấn đấu năm 2027 đạt 80% hồ sơ.</w:t></w:r></w:p></w:document>",
        )
    (fact,) = read_document(path)
    assert fact.value == 80


def _write(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def _huge(path: Path) -> Path:
    with path.open("wb") as file:
        file.truncate(MOST_BYTES + 1)
    return path


def _xml(path: Path, xml: str) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", xml)
    return path


def _image_pdf(path: Path) -> Path:
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    writer.write(path)
    return path


REFUSED = {
    "absent": (lambda d: d / "absent.txt", errors.NoSuchDocument),
    "folder": (lambda d: d, errors.NoSuchDocument),
    "empty": (lambda d: _write(d / "a.txt", b""), errors.EmptyDocument),
    "blank": (lambda d: _write(d / "a.txt", b" \n\t\n"), errors.EmptyDocument),
    "empty docx": (lambda d: write_docx(d / "a.docx", []), errors.EmptyDocument),
    "pictures": (lambda d: _image_pdf(d / "a.pdf"), errors.OnlyPictures),
    "locked": (
        lambda d: lock_pdf(d / "b.pdf", write_pdf(d / "a.pdf", DIRECTIVE), user="kín", owner="kín"),
        errors.LockedDocument,
    ),
    "locked docx": (
        lambda d: _write(d / "a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")),
        errors.LockedDocument,
    ),
    "old word": (
        lambda d: _write(d / "a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le")),
        errors.OldWord,
    ),
    "huge": (lambda d: _huge(d / "a.txt"), errors.DocumentTooBig),
    "bomb": (lambda d: write_bomb(d / "a.docx"), errors.TooBigUnpacked),
    "entities": (lambda d: _xml(d / "a.docx", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'), errors.HasEntities),
    "deep": (lambda d: _xml(d / "a.docx", "<a>" * 300), errors.TooBigUnpacked),
    "broken xml": (lambda d: _xml(d / "a.docx", "<a><b></a>"), errors.BrokenDocument),
    "cut docx": (
        lambda d: _write(d / "b.docx", write_docx(d / "a.docx", ["a"]).read_bytes()[:9000]), errors.BrokenDocument
    ),
    "cut pdf": (lambda d: _write(d / "b.pdf", b"%PDF-1.7\n1 0 obj\n<<"), errors.BrokenDocument),
    "workbook": (lambda d: _zip_without_document(d / "a.xlsx"), errors.NotADocument),
    "picture": (lambda d: _write(d / "a.docx", b"\x89PNG\r\n\x1a\n" + bytes(64)), errors.NotADocument),
    "program": (lambda d: _write(d / "a.txt", b"\x7fELF" + bytes(range(256))), errors.NotADocument),
    "noise": (lambda d: _write(d / "a.txt", bytes(range(256)) * 20), errors.NotADocument),
}  # fmt: skip


def _zip_without_document(path: Path) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.xml", "<a/>")
    return path


@pytest.mark.parametrize("case", REFUSED)
def test_refused_with_one_sentence(tmp_path: Path, case: str) -> None:
    make, error = REFUSED[case]
    with pytest.raises(Refused) as refused:
        read_document(make(tmp_path))
    assert type(refused.value) is error
    assert "\n" not in str(refused.value)
    assert "{" not in str(refused.value)


def test_a_document_that_breaks_late_gives_nothing(tmp_path: Path) -> None:
    paragraph = "<w:p><w:r><w:t>Phấn đấu năm 2027 đạt 80% hồ sơ.</w:t></w:r></w:p>"
    path = _xml(tmp_path / "a.docx", f'<w:document xmlns:w="w">{paragraph * 300}<w:p></w:document>')
    with pytest.raises(errors.BrokenDocument):
        read_document(path)


def test_the_command_prints_one_object_a_line(tmp_path: Path) -> None:
    path, out = tmp_path / "a.txt", StringIO()
    path.write_text(DIRECTIVE, encoding="utf-8")
    call_command("read", str(path), "--json", stdout=out)
    records = [json.loads(row) for row in out.getvalue().splitlines()]
    assert [r["kind"] for r in records] == ["task", "target", "target"]
    assert {"kind", "text", "subject", "tier", "comparator", "value", "unit", "date", "certainty"} <= set(
        records[1]
    )


def test_the_command_prints_a_table_for_people(tmp_path: Path) -> None:
    path, out = tmp_path / "a.txt", StringIO()
    path.write_text(DIRECTIVE, encoding="utf-8")
    call_command("read", str(path), stdout=out)
    assert "ít nhất 95%; locality; 31/12/2026" in out.getvalue()


def test_the_command_refuses_on_stderr_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"")
    done = _command("read", str(path), "--json")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.strip() == "Văn bản a.txt không có chữ nào để đọc."


def _command(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "lienthong.site.cli", *words], capture_output=True, text=True, check=False
    )
