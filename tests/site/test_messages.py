"""The English catalogue says everything that the Vietnamese screens say, with the same facts in it."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from babel.messages.catalog import Message
from django.conf import settings
from django.template import engines
from django.test import Client, override_settings
from django.utils import translation

from lienthong.fields.public import sentence_of, told
from lienthong.kit.errors import said
from lienthong.kit.identifiers import PersonalNumber, PersonalNumberMalformed, TaxCode, TaxCodeCheckFails
from lienthong.portal.rules import salutation
from lienthong.site import messages
from lienthong.site.templatetags.lienthong import ago

PERCENT_PLACES = re.compile(r"%\((\w+)\)([sd])")
BRACE_PLACES = re.compile(r"\{(\w*)\}")
TAGS = re.compile(r"</?\w+[^>]*>")
SALUTATIONS = {"you", "You"}
"""Vietnamese calls people "bà" or "ông" where English has "you", "your" or nothing."""
VIETNAMESE = re.compile(
    r"[ăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ]", re.IGNORECASE
)
STAYS_VIETNAMESE = (
    "Liên Thông",
    "Tiếng Việt",
    "đồng",
    "Hoàng Sa",
    "Trường Sa",
    "Đà Nẵng",
    "Khánh Hòa",
    "Cà Mau",
    "Tân Tiến",
    "Bến Nghé",
    "làm giấy khai sinh",
    "khai sinh",
    "tạm trú",
    "giấy phép lái xe",
)
"""Proper names, the currency, and examples of what a person types into the search."""
LAW = re.compile(r"\d+/(\d{4}/)?[A-ZĐ]+\d*(-[A-ZĐ]+)?")
"""118/2025/NĐ-CP, 766/QĐ-TTg, 91/2025/QH15."""


def all_messages() -> list[Message]:
    return [message for message in messages.read() if message.id]


def texts(value: Any) -> tuple[str, ...]:
    """Singular and plural, or the one sentence."""
    return (value,) if isinstance(value, str) else tuple(value)


def facts(text: str) -> Counter[str]:
    """Placeholders of both formats and marks of HTML, without salutations."""
    named = [f"%{name}{kind}" for name, kind in PERCENT_PLACES.findall(text) if name not in SALUTATIONS]
    braced = [f"{{{name}}}" for name in BRACE_PLACES.findall(text) if name not in SALUTATIONS]
    return Counter([*named, *braced, *TAGS.findall(text), *["%%"] * text.count("%%")])


def salutations(text: str) -> set[str]:
    found = {name for name, _kind in PERCENT_PLACES.findall(text)} | set(BRACE_PLACES.findall(text))
    return found & SALUTATIONS


def literals(path: Path) -> Iterator[str]:
    """First arguments, written out, of every marking call in a file of Python."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name) or not node.args:
            continue
        first = node.args[0]
        if (
            node.func.id in messages.KEYWORDS
            and isinstance(first, ast.Constant)
            and isinstance(first.value, str)
        ):
            yield first.value


def test_no_message_is_without_english() -> None:
    assert messages.untranslated() == []


def test_no_message_is_left_of_what_is_gone() -> None:
    asked = {(texts(message.id), message.context) for message in messages.template() if message.id}
    assert [m.id for m in all_messages() if (texts(m.id), m.context) not in asked] == []


def test_english_has_the_same_facts_in_it() -> None:
    """Placeholders in both formats, %% and HTML: as often as in Vietnamese."""
    wrong = []
    for message in all_messages():
        wanted = facts(texts(message.id)[0])
        wrong += [english for english in texts(message.string) if facts(english) != wanted]
    assert wrong == []


def test_english_uses_no_salutation_that_the_page_does_not_give() -> None:
    wrong = [
        english
        for message in all_messages()
        for english in texts(message.string)
        if salutations(english) and not salutations(texts(message.id)[0])
    ]
    assert wrong == []


def test_english_begins_and_ends_as_the_vietnamese_does() -> None:
    """Spaces, full stops, question marks: sentences are put side by side on pages."""

    def edges(text: str) -> tuple[bool, bool, str]:
        return text.startswith(" "), text.endswith(" "), text[-1] if text[-1] in ".?" else ""

    wrong = [
        english
        for message in all_messages()
        for english in texts(message.string)
        if edges(english) != edges(texts(message.id)[0])
    ]
    assert wrong == []


def test_plurals_have_two_forms() -> None:
    catalog = messages.read()
    assert catalog.num_plurals == 2
    assert catalog.plural_expr in {"n != 1", "(n != 1)"}
    forms = [texts(m.string) for m in all_messages() if isinstance(m.id, tuple)]
    assert forms
    assert all(len(form) == 2 and all(form) for form in forms)


def test_the_catalogue_compiles(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Into a folder of its own: the real one may be in use by other tests."""
    copy = tmp_path / "django.po"
    copy.write_bytes(messages.PO.read_bytes())
    monkeypatch.setattr(messages, "PO", copy)
    mo = messages.compile_catalog()
    assert mo == tmp_path / "django.mo"
    assert mo.stat().st_size > 10_000


def test_what_code_marks_is_found() -> None:
    """kit and the rooms' rules know no Django; extraction finds what they mark all the same.

    A mark inside an f-string is not seen: give the sentence a placeholder.
    """
    ids = {text for message in messages.template() if message.id for text in texts(message.id)}
    marked = [text for path in sorted(messages.SOURCE.rglob("*.py")) for text in literals(path)]
    assert len(marked) > 300
    assert [sentence for sentence in marked if sentence not in ids] == []


def test_nothing_is_found_that_nobody_marked() -> None:
    """A key inside `_(NAMES[x["key"]])` is taken for a message: look the name up first."""
    marked = {text for path in messages.SOURCE.rglob("*.py") for text in literals(path)}
    found = {
        text
        for name, _line, message, _context in messages.found()
        if name.endswith(".py")
        for text in texts(message)[:1]
    }
    assert sorted(found - marked) == []


def test_no_vietnamese_is_left_in_english() -> None:
    """But names, the currency, laws, and what a person may type."""
    left = []
    for message in all_messages():
        for english in texts(message.string):
            rest = LAW.sub("", english)
            for name in STAYS_VIETNAMESE:
                rest = rest.replace(name, "")
            if VIETNAMESE.search(rest):
                left.append(english)
    assert left == []


# ---- through Django


@pytest.fixture
def english(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """English from the .po file as it is now, compiled into a folder of its own."""
    folder = tmp_path / "en" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "django.po").write_bytes(messages.PO.read_bytes())
    monkeypatch.setattr(messages, "PO", folder / "django.po")
    messages.compile_catalog()
    with override_settings(LOCALE_PATHS=[tmp_path]), translation.override("en"):
        yield


def rendered(template: str, **context: Any) -> str:
    return engines["django"].from_string(template).render(context)


@pytest.mark.django_db
def test_the_home_page_speaks_english(english: None) -> None:
    client = Client()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    html = client.get("/").content.decode()
    assert '<html lang="en"' in html
    assert "<title>Home" in html
    assert "What do you need to do?" in html


def test_an_error_says_in_english_what_to_do(english: None) -> None:
    with pytest.raises(PersonalNumberMalformed) as malformed:
        PersonalNumber.parse("123")
    assert sentence_of(malformed.value) == (
        "A personal number has exactly 12 digits, for example 099204012345. Please enter it again from the card."
    )
    with pytest.raises(TaxCodeCheckFails) as mistyped:
        TaxCode.parse("0990000012")
    assert sentence_of(mistyped.value) == (
        "Tax code 0990000012 has a mistyped digit (the check digit does not match). Please enter it again."
    )


def test_a_moment_is_said_in_english(english: None) -> None:
    due = datetime(2026, 11, 27, 10, 0, tzinfo=UTC)
    assert rendered("{{ due|moment }}", due=due) == "17:00 Friday 27/11/2026"
    assert rendered("{{ due|moment:'short' }}", due=due) == "17:00 27/11"


@pytest.mark.parametrize(
    ("minutes", "words"), [(1, "1 minute ago"), (5, "5 minutes ago"), (60, "1 hour ago")]
)
def test_english_counts_one_and_many(english: None, minutes: int, words: str) -> None:
    now = datetime(2026, 11, 27, 3, 0, tzinfo=UTC)
    assert ago(now - timedelta(minutes=minutes), now) == words


@pytest.mark.parametrize("number", ["099204012345", "099304012345", None])
def test_every_salutation_becomes_you(english: None, number: str | None) -> None:
    you = told(salutation(number))
    assert told(said("Chờ {you} bổ sung"), {"you": you}) == "Waiting for you to supplement"
