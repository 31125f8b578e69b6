"""Typst behind one function: data in, PDF/A out, the same bytes for the same input."""

import io
import json
from collections.abc import Mapping
from datetime import UTC, datetime, time
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import Any, Final, Literal

import segno
import typst
from django.conf import settings

from lienthong.documents.papers import Paper

ROOM: Final = Path(__file__).resolve().parent
TEMPLATES: Final = ROOM / "templates" / "typst"
FONTS: Final = ROOM / "data" / "fonts"

Standard = Literal["a-2b", "a-2a", "a-3b"]

ONE_AT_A_TIME: Final = Lock()
"""A compiler is one machine; threads wait for each other, some 30 ms a page."""


@cache
def compiler(root: Path) -> typst.Compiler:
    """One compiler a process: it reads fonts once, ours only, and no file outside `root`."""
    package = find_spec("fontpkg_be_vietnam_pro")
    folders = [str(FONTS), *(package.submodule_search_locations or [] if package else [])]
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders)
    # Packages come from the network unless both folders are named; these do not exist.
    nowhere = root / "no-packages"
    return typst.Compiler(root=root, font_paths=fonts, package_path=nowhere, package_cache_path=nowhere)


def typeset(
    template: Path,
    data: Mapping[str, Any],
    *,
    standard: Standard = "a-2b",
    dated: datetime | None = None,
    root: Path = TEMPLATES,
) -> bytes:
    """Typeset `template` (below `root`) with `data`, which it reads as JSON from sys.inputs.paper.

    Data is never spliced into source: a name full of Typst code is printed as it is. `dated` is
    the document's creation date; without one the file carries none, so that the same data always
    give the same bytes. Raises typst.TypstError for a faulty template.
    """
    inputs = {"paper": json.dumps(data, ensure_ascii=False)}
    with ONE_AT_A_TIME:
        made = compiler(root).compile(
            input=str(template), format="pdf", sys_inputs=inputs, pdf_standards=[standard], timestamp=dated
        )
    if not isinstance(made, bytes):
        raise TypeError("Typst gave several files for one PDF")
    return made


def render_paper(paper: Paper) -> bytes:
    """Typeset a paper as PDF/A-2b, dated by its letterhead; the demo's papers say that they are one."""
    text = paper.qr_text()
    data = paper.data() | {"qr": qr_svg(text) if text else "", "demo": settings.DEMO}
    dated = datetime.combine(paper.letterhead.day, time(), tzinfo=UTC)
    return typeset(TEMPLATES / "forms" / f"{paper.template}.typ", data, dated=dated)


def qr_svg(text: str) -> str:
    """A QR code (ISO/IEC 18004) as SVG, with its quiet zone and error correction M."""
    out = io.BytesIO()
    segno.make_qr(text, error="m", boost_error=False).save(
        out, kind="svg", border=2, xmldecl=False, omitsize=True
    )
    return out.getvalue().decode()
