"""What may not be kept, each with its sentence. No database: `inspect_content` alone."""

import zlib
from collections.abc import Callable
from io import BytesIO

import pytest
from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, TextStringObject

from documents.conftest import made
from lienthong.documents.inspection import inspect_content
from lienthong.documents.rules import (
    ActiveContent,
    BrokenFile,
    Disguised,
    FileRefused,
    LockedFile,
    MediaType,
    NotAccepted,
    TooManyPixels,
)


def action(kind: str, **more: str) -> DictionaryObject:
    found = DictionaryObject({NameObject("/S"): NameObject(kind)})
    for key, value in more.items():
        found[NameObject(f"/{key}")] = TextStringObject(value)
    return found


def opening(kind: str, **more: str) -> Callable[[PdfWriter], object]:
    return lambda writer: writer.root_object.update({NameObject("/OpenAction"): action(kind, **more)})


def link(kind: str, **more: str) -> Callable[[PdfWriter], object]:
    def change(writer: PdfWriter) -> None:
        annotation = DictionaryObject(
            {NameObject("/Subtype"): NameObject("/Link"), NameObject("/A"): action(kind, **more)}
        )
        writer.pages[0][NameObject("/Annots")] = ArrayObject([annotation])

    return change


def xfa(writer: PdfWriter) -> None:
    form = DictionaryObject({NameObject("/XFA"): TextStringObject("<xdp/>")})
    writer.root_object[NameObject("/AcroForm")] = form


def named_script(writer: PdfWriter) -> None:
    """Run when the document opens: ISO 32000-1 §7.7.4."""
    tree = DictionaryObject(
        {NameObject("/Names"): ArrayObject([TextStringObject("a"), action("/JavaScript", JS="app.alert(1)")])}
    )
    writer.root_object[NameObject("/Names")] = DictionaryObject({NameObject("/JavaScript"): tree})


def orphan_script(writer: PdfWriter) -> None:
    """A script that no page leads to: some readers find it all the same."""
    writer._add_object(action("/JavaScript", JS="app.alert(1)"))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (named_script, "JavaScript"),
        (orphan_script, "JavaScript"),
        (opening("/JavaScript", JS="app.alert(1)"), "JavaScript"),
        (link("/JavaScript", JS="app.alert(1)"), "JavaScript"),
        (opening("/Launch", F="cmd.exe"), "mở chương trình"),
        (link("/Launch", F="cmd.exe"), "mở chương trình"),
        (link("/GoToR", F="//host/share"), "mở chương trình"),
        (opening("/URI", URI="http://track.example/"), "tự mở địa chỉ"),
        (link("/SubmitForm", F="http://track.example/"), "tự gửi"),
        (lambda writer: writer.add_attachment("x.exe", b"MZ"), "đính kèm"),
        (xfa, "XFA"),
    ],
)
def test_pdf_that_acts_is_refused(change: Callable[[PdfWriter], object], words: str) -> None:
    with pytest.raises(ActiveContent, match=words):
        inspect_content(BytesIO(made(change)), "don.pdf")


def test_link_that_waits_for_a_click_is_kept() -> None:
    assert (
        inspect_content(BytesIO(made(link("/URI", URI="https://dichvucong.gov.vn"))), "a.pdf")
        is MediaType.PDF
    )


def test_opening_at_a_page_is_kept() -> None:
    assert inspect_content(BytesIO(made(opening("/GoTo"))), "a.pdf") is MediaType.PDF


def test_name_hidden_behind_hex_digits_is_seen(plain_pdf: bytes) -> None:
    tail = plain_pdf[plain_pdf.rindex(b"startxref") :]
    hidden = plain_pdf + b"\n9 0 obj\n<</S/J#61vaScript/JS(x)>>\nendobj\n" + tail
    with pytest.raises(ActiveContent, match="JavaScript"):
        inspect_content(BytesIO(hidden), "don.pdf")


def test_script_of_a_replaced_revision_is_seen() -> None:
    """The newest revision is clean; a reader that repairs the file could bring the old one back."""
    old = made(named_script)
    writer = PdfWriter(BytesIO(old), incremental=True)
    writer.root_object[NameObject("/Names")] = DictionaryObject()
    out = BytesIO()
    writer.write(out)
    with pytest.raises(ActiveContent, match="JavaScript"):
        inspect_content(out, "don.pdf")


def test_locked_pdf_is_told_so() -> None:
    with pytest.raises(LockedFile, match="mật khẩu"):
        inspect_content(
            BytesIO(made(lambda writer: writer.encrypt("secret", algorithm="RC4-128"))), "don.pdf"
        )


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"MZ\x90\x00" + bytes(60), "chương trình"),
        (b"\x7fELF" + bytes(60), "chương trình"),
        (b"#!/bin/sh\nrm", "chương trình"),
        (b"<html><script>alert(1)</script>", "trang web"),
        (b"<svg onload=alert(1)>", "trang web"),
        (b"PK\x03\x04" + bytes(60), "tệp nén"),
        (b"PK\x03\x04" + bytes(26) + b"[Content_Types].xml", "Word"),
        (b"\x00\x00\x00\x18ftypheic" + bytes(20), "HEIC"),
        ("Kính gửi ủy ban".encode(), "văn bản thường"),
        (b"\x00\x01\x02\xff", "không nhận ra"),
    ],
)
def test_disguised_content_is_named(content: bytes, kind: str) -> None:
    with pytest.raises(Disguised, match=r"đuôi \.pdf") as caught:
        inspect_content(BytesIO(content), "Đơn xin.PDF")
    assert kind in str(caught.value)


def test_content_under_its_own_name_is_not_called_disguised() -> None:
    with pytest.raises(NotAccepted) as caught:
        inspect_content(BytesIO(b"MZ\x90\x00"), "setup.exe")
    assert not isinstance(caught.value, Disguised)


def test_pdf_behind_other_bytes_is_no_pdf() -> None:
    """A file that is a PDF and a program at once is judged by its first byte."""
    with pytest.raises(NotAccepted):
        inspect_content(BytesIO(b"MZ" + made()), "don.pdf")


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.7\n",
        b"%PDF-1.7\n" + bytes(range(256)) * 20,
        b"\x89PNG\r\n\x1a\n" + bytes(100),
        b"\xff\xd8\xff\xe0" + bytes(100),
    ],
)
def test_broken_content_is_told_so(content: bytes) -> None:
    with pytest.raises(BrokenFile, match="hỏng"):
        inspect_content(BytesIO(content), "don.pdf")


def test_half_a_picture_is_broken() -> None:
    out = BytesIO()
    Image.effect_noise((300, 300), 80).convert("RGB").save(out, "JPEG")
    with pytest.raises(BrokenFile):
        inspect_content(BytesIO(out.getvalue()[: len(out.getvalue()) // 2]), "anh.jpg")


def test_picture_of_too_many_pixels_is_refused_by_its_head(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", None)
    out = BytesIO()
    Image.new("1", (20_000, 20_000)).save(out, "PNG")
    with pytest.raises(TooManyPixels, match="64 triệu"):
        inspect_content(out, "anh.png")


def test_stream_that_unfolds_without_end_is_refused() -> None:
    """32 MB is the most one stream of objects may unfold to; this one holds 200 MB in 200 kB."""
    bomb = zlib.compress(b" " * 200_000_000, 9)
    head = b"%PDF-1.7\n"
    stream = b"1 0 obj\n<</Type/XRef/Size 2/W[1 2 1]/Root 2 0 R/Filter/FlateDecode/Length %d>>stream\n" % len(
        bomb
    )
    content = head + stream + bomb + b"\nendstream\nendobj\nstartxref\n9\n%%EOF"
    with pytest.raises(FileRefused):
        inspect_content(BytesIO(content), "don.pdf")


def test_deep_nesting_is_refused(plain_pdf: bytes) -> None:
    nested = plain_pdf.replace(b"/Type /Catalog", b"/Type /Catalog /Deep " + b"[" * 3000 + b"]" * 3000)
    with pytest.raises(FileRefused):
        inspect_content(BytesIO(nested), "don.pdf")


def test_good_files_pass(plain_pdf: bytes, picture: bytes) -> None:
    assert inspect_content(BytesIO(plain_pdf), "don.pdf") is MediaType.PDF
    assert inspect_content(BytesIO(picture), "anh.png") is MediaType.PNG
