"""The words of a PDF, as a reader finds them."""

from io import BytesIO

from pypdf import PdfReader


def text_of(content: bytes) -> str:
    """All pages, NFC, with runs of white space made one."""
    words = " ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)
    return " ".join(words.split())
