"""Small documents for the tests of reading, made in memory of the test that asks."""

import zipfile
from pathlib import Path

import docx
import typst
from pypdf import PdfReader, PdfWriter

DIRECTIVE = """CHỈ THỊ
Hà Nội, ngày 14 tháng 3 năm 2026
1. Bộ Công an chủ trì, phối hợp với Bộ Tư pháp, Bộ Tài chính hoàn thành kết nối dữ liệu hộ tịch trước ngày 30/6.
2. Tỷ lệ dịch vụ công trực tuyến toàn trình: bộ, ngành đạt 80%, địa phương đạt ít nhất 95% trong năm 2026.
"""


def write_docx(path: Path, paragraphs: list[str], *tables: list[list[str]]) -> Path:
    document = docx.Document()
    for words in paragraphs:
        document.add_paragraph(words)
    for rows in tables:
        table = document.add_table(len(rows), len(rows[0]))
        for r, row in enumerate(rows):
            for c, words in enumerate(row):
                table.cell(r, c).text = words
    document.save(str(path))
    return path


def write_pdf(path: Path, text: str) -> Path:
    """A PDF with text, each line of it a paragraph that wraps as it must."""
    source = path.with_suffix(".typ")
    body = "\n\n".join(words.replace("#", "") for words in text.splitlines())
    source.write_text(
        f'#set text(lang: "vi")\n#set page(width: 12cm, numbering: "1")\n{body}', encoding="utf-8"
    )
    path.write_bytes(typst.compile(str(source)))
    return path


def lock_pdf(path: Path, plain: Path, *, user: str, owner: str) -> Path:
    writer = PdfWriter()
    writer.append(PdfReader(plain))
    writer.encrypt(user, owner, algorithm="AES-256")
    writer.write(path)
    return path


def write_bomb(path: Path) -> Path:
    """A DOCX of some hundred kilobytes that unfolds to more than a hundred million letters."""
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("word/document.xml", "w") as part,
    ):
        part.write(b'<?xml version="1.0"?><w:document xmlns:w="w"><w:body>')
        paragraph = b"<w:p><w:r><w:t>" + b"a" * 100_000 + b"</w:t></w:r></w:p>"
        for _ in range(1_100):
            part.write(paragraph)
        part.write(b"</w:body></w:document>")
    return path
