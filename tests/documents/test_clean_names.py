import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lienthong.documents.rules import LONGEST_NAME, MediaType, cleaned_name


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("../../etc/passwd", "passwd.pdf"),
        ("..\\..\\windows\\system.ini", "system.pdf"),
        ("/", "tệp.pdf"),
        ("..", "tệp.pdf"),
        ("", "tệp.pdf"),
        ("\u202efdp.exe", "fdp.pdf"),
        ("a\x00b\r\nc.pdf", "ab c.pdf"),
        ('<img src=x onerror="alert(1)">.pdf', "img src=x onerror= alert(1).pdf"),
        (unicodedata.normalize("NFD", "Tờ khai Hòa.pdf"), "Tờ khai Hòa.pdf"),
        ("Số 12.QĐ-UBND", "Số 12.QĐ-UBND.pdf"),
        ("anh.png", "anh.pdf"),
        ("Don.PDF", "Don.pdf"),
        ("a" * 300 + ".pdf", "a" * 116 + ".pdf"),
    ],
)
def test_name_is_made_safe(given_name: str, kept: str) -> None:
    assert cleaned_name(given_name, MediaType.PDF) == kept


@given(st.text(max_size=300), st.sampled_from(MediaType))
def test_any_name_becomes_printable(name: str, kind: MediaType) -> None:
    kept = cleaned_name(name, kind)
    assert 0 < len(kept) <= LONGEST_NAME
    assert not set('/\\<>:"|?*%\r\n\0') & set(kept)
    assert unicodedata.is_normalized("NFC", kept)
    assert not kept.startswith(".")
    assert all(unicodedata.category(letter)[0] != "C" for letter in kept)
    assert cleaned_name(kept, kind) == kept
