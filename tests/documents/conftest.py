"""A store of its own for each test, and files made here byte by byte."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfWriter


@pytest.fixture(autouse=True)
def documents_root(tmp_path: Path, settings: object) -> Path:
    root = tmp_path / "documents"
    settings.DOCUMENTS_ROOT = root  # type: ignore[attr-defined]  # pytest-django's wrapper takes any name
    return root


def made(change: Callable[[PdfWriter], object] | None = None) -> bytes:
    """A one-page PDF, changed before it is written."""
    writer = PdfWriter()
    writer.add_blank_page(width=595, height=842)
    if change:
        change(writer)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


@pytest.fixture
def plain_pdf() -> bytes:
    return made()


@pytest.fixture
def picture() -> bytes:
    out = BytesIO()
    Image.new("RGB", (40, 30), "white").save(out, "PNG")
    return out.getvalue()
