"""A document of three hundred pages, or of none: read whole or refused whole, by page and by command."""

from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pypdf import PdfReader, PdfWriter

from console.committee import seat_committee
from console.test_open_figures import opened_by
from data.reading.documents import write_docx, write_pdf
from lienthong.site import cli
from lienthong.steering.public import Reading
from makers import World

PAGE = "/dieu-hanh/van-ban/"
TEXT = (
    "Hà Nội, ngày 02 tháng 11 năm 2026\n\nPhấn đấu đến hết năm 2026, 80% hồ sơ trực tuyến.\n\n"
    + "\n\n".join(["Hội nghị đã thảo luận nhiều nội dung về tinh thần phục vụ nhân dân."] * 2)
)


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The figures on the first of 300 pages."""
    one = write_pdf(tmp_path_factory.mktemp("pdf") / "one.pdf", TEXT)
    writer, page = PdfWriter(), PdfReader(one).pages[0]
    for _n in range(300):
        writer.add_page(page)
    writer.compress_identical_objects()
    made = BytesIO()
    writer.write(made)
    return made.getvalue()


def many(count: int) -> str:
    return "\n".join(f"Phấn đấu năm 2027 đạt {n % 90 + 5}% hồ sơ loại {n} trực tuyến." for n in range(count))


@pytest.fixture
def secretary(world: World) -> Client:
    seat_committee(world)
    return opened_by(world, "committee")


@pytest.mark.django_db
def test_three_hundred_pages_are_read_on_the_page(world: World, secretary: Client, pages: bytes) -> None:
    answer = secretary.post(PAGE, {"plan": "CDS-2026", "file": SimpleUploadedFile("dai.pdf", pages)})
    assert answer.status_code == 302, answer.context["form"].errors
    assert len(Reading.objects.get().proposals) == 300


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("khong.pdf", b"", "rỗng"),
        ("trang.txt", b"  \n", "không có chữ nào để đọc"),
        ("nhieu.txt", many(501).encode(), "quá 500"),
        ("loi.txt", "Hội nghị đã thảo luận nhiều nội dung.".encode(), "Không tìm thấy chỉ tiêu"),
    ],
)
def test_none_or_too_much_is_refused_and_nothing_is_kept(
    world: World, secretary: Client, name: str, content: bytes, said: str
) -> None:
    answer = secretary.post(PAGE, {"plan": "CDS-2026", "file": SimpleUploadedFile(name, content)})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Reading.objects.exists()


def test_the_command_reads_three_hundred_pages_and_refuses_none(
    pages: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    long, none = tmp_path / "dai.pdf", write_docx(tmp_path / "khong.docx", [])
    long.write_bytes(pages)
    cli.main(["read", str(long), "--json"])
    assert len(capsys.readouterr().out.splitlines()) == 300
    with pytest.raises(SystemExit) as stop:
        cli.main(["read", str(none), "--json"])
    told = capsys.readouterr()
    assert (stop.value.code, told.out) == (1, "")
    assert told.err.strip() == "Văn bản khong.docx không có chữ nào để đọc."
