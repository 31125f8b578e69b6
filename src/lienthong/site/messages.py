"""The English catalogue: found in code, templates and data, kept in one .po file, compiled for Django.

Vietnamese is the language of the message ids (docs/decisions/0002), so only English has a
catalogue. Babel does the work; GNU gettext is not needed.
"""

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import yaml
from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

SOURCE: Final = Path(__file__).resolve().parents[1]
PO: Final = SOURCE / "site" / "locale" / "en" / "LC_MESSAGES" / "django.po"
KEYWORDS: Final = {
    "_": None,
    "said": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}


SPOKEN: Final = re.compile(r"^# Said on screen: ([a-z_, ]+)\.$", re.MULTILINE)
"""How a file of data says which of its keys hold messages."""


def spoken(text: str) -> Iterator[str]:
    """Messages of a YAML file: the texts under the keys that its own heading names, wherever they stand."""
    heading = SPOKEN.search(text)
    if heading is None:
        return
    keys = frozenset(heading[1].split(", "))
    ahead: list[Any] = [yaml.load(text, Loader=yaml.CSafeLoader)]
    while ahead:
        one = ahead.pop()
        if isinstance(one, list):
            ahead += one
        elif isinstance(one, dict):
            ahead += one.values()
            yield from (said for key, said in one.items() if key in keys and isinstance(said, str))


def found() -> Iterator[tuple[str, int, str | tuple[str, ...], str | None]]:
    """Every marked message: file, line, message (or singular and plural), context."""
    for path in sorted([*SOURCE.rglob("*.py"), *SOURCE.rglob("*.html"), *SOURCE.rglob("*.txt")]):
        if path.suffix == ".txt" and "templates" not in path.parts:
            continue
        text = path.read_text(encoding="utf-8")
        code = text if path.suffix == ".py" else templatize(text)
        name = path.relative_to(SOURCE).as_posix()
        for line, message, _comments, context in extract(
            "python", BytesIO(code.encode()), KEYWORDS, options={"encoding": "utf-8"}
        ):
            if message and any(message):
                yield name, line, message, context
    for path in sorted(SOURCE.rglob("*.yaml")):
        for message in spoken(path.read_text(encoding="utf-8")):
            yield path.relative_to(SOURCE).as_posix(), 1, message, None


def template() -> Catalog:
    """All messages without a translation. Places are named without lines, so that diffs stay calm."""
    catalog = Catalog(project="lienthong", charset="utf-8")
    for name, _line, message, context in found():
        flags = ["python-brace-format"] if "{" in str(message) and "%" not in str(message) else []
        catalog.add(message, locations=[(name, 1)], context=context, flags=flags)
    return catalog


def read() -> Catalog:
    if not PO.exists():
        return Catalog(locale="en")
    with PO.open("rb") as file:
        return read_po(file, locale="en", charset="utf-8")


def update() -> Catalog:
    """Bring the .po file in line with the code; translations of messages that are gone are dropped."""
    catalog = read()
    catalog.update(template(), no_fuzzy_matching=True, update_creation_date=False)
    catalog.obsolete.clear()
    PO.parent.mkdir(parents=True, exist_ok=True)
    with PO.open("wb") as file:
        write_po(file, catalog, sort_output=True, include_lineno=False, width=110, ignore_obsolete=True)
    return catalog


def compile_catalog() -> Path:
    """Write the .mo file that Django reads."""
    mo = PO.with_suffix(".mo")
    with mo.open("wb") as file:
        write_mo(file, read())
    return mo


def untranslated() -> list[str]:
    """Messages in the code that the English catalogue lacks, or has empty."""
    catalog = read()
    missing = []
    for message in template():
        if not message.id:
            continue
        known = catalog.get(message.id, context=message.context)
        if known is None or not known.string or (isinstance(known.string, tuple) and not all(known.string)):
            missing.append(str(message.id))
    return missing
