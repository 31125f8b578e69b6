"""The documentation says what the code does: links lead somewhere, names exist, nothing is left out."""

import ast
import os
import re
from pathlib import Path

import pytest

from docs.reference import as_markdown
from lienthong.site.config import ROOT, Config

SOURCE = ROOT / "src" / "lienthong"
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *SOURCE.rglob("README.md")])
GUIDES = [page for page in PAGES if page.parent in {ROOT, ROOT / "docs", ROOT / "docs" / "decisions"}]

LINK = re.compile(r"\]\(([^)\s]+)\)|<img[^>]*\bsrc=\"([^\"]+)\"")
CODE_NAME = re.compile(r"`([\w./-]+\.(?:py|sql)):([A-Za-z_][\w.]*)")
CODE_PATH = re.compile(r"`([a-z_][\w./-]*/[\w./-]*\.(?:py|sql|csv|yaml|json|html))[`:]")
VARIABLE = re.compile(r"\b(?:LIENTHONG_[A-Z_]+|DATABASE_(?:OWNER_)?URL)\b")


def name_of(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


each_document = pytest.mark.parametrize("document", PAGES, ids=name_of)
each_guide = pytest.mark.parametrize("document", GUIDES, ids=name_of)


def anchors(page: Path) -> set[str]:
    """GitHub's anchors of a page's headings."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@each_document
def test_links_lead_somewhere(document: Path) -> None:
    broken = []
    for found in LINK.findall(document.read_text(encoding="utf-8")):
        target, _, anchor = (found[0] or found[1]).partition("#")
        if target.startswith(("http:", "https:", "mailto:")):
            continue
        path = (document.parent / target).resolve() if target else document
        if not path.exists() or (anchor and path.suffix == ".md" and anchor not in anchors(path)):
            broken.append(found[0] or found[1])
    assert broken == []


def source_file(path: str) -> Path | None:
    """A path as the guides write it: from the root, or below src/lienthong."""
    return next((base / path for base in (ROOT, SOURCE) if (base / path).is_file()), None)


def names_in(path: Path) -> set[str]:
    """What a reader can jump to: top-level names and members of classes; tables and functions in SQL."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".sql":
        return set(re.findall(r"CREATE (?:TABLE|FUNCTION|VIEW|TRIGGER|SEQUENCE) (\w+)", text))
    found: set[str] = set()
    for node in ast.parse(text).body:
        found |= names_of(node)
        if isinstance(node, ast.ClassDef):
            found |= {f"{node.name}.{name}" for member in node.body for name in names_of(member)}
    return found


def names_of(node: ast.stmt) -> set[str]:
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        return {node.name}
    targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
    return {target.id for target in targets if isinstance(target, ast.Name)}


@each_guide
def test_code_that_is_named_exists(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    missing = [path for path in CODE_PATH.findall(text) if source_file(path) is None]
    for path, name in CODE_NAME.findall(text):
        file = source_file(path)
        if file is None or name not in names_in(file):
            missing.append(f"{path}:{name}")
    assert missing == []


@each_guide
def test_variables_that_are_named_exist(document: Path) -> None:
    """A variable in the guides is one the code, the tests or the Makefile read."""
    read = {setting.variable for setting in Config.SETTINGS.values()} | variables_read()
    assert set(VARIABLE.findall(document.read_text(encoding="utf-8"))) - read == set()


def variables_read() -> set[str]:
    files = [*SOURCE.rglob("*.py"), *(ROOT / "tests").glob("*.py"), ROOT / "Makefile", ROOT / ".ci" / "run"]
    return {name for file in files for name in VARIABLE.findall(file.read_text(encoding="utf-8"))}


NOT_FOR_OPERATORS = {"LIENTHONG_AS_OWNER", "LIENTHONG_TEST_DB", "LIENTHONG_THREADS"}
"""Set by our own commands and tests."""


def test_every_setting_is_documented_in_its_own_words() -> None:
    table = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")
    missing = [s.variable for s in Config.SETTINGS.values() if f"| `{s.variable}` | {s.help} |" not in table]
    assert missing == []


def test_no_variable_is_read_in_secret() -> None:
    """What settings.py reads beside Config is in the table too."""
    table = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")
    read = VARIABLE.findall((SOURCE / "site" / "settings.py").read_text(encoding="utf-8"))
    assert [name for name in read if name not in NOT_FOR_OPERATORS and f"| `{name}` |" not in table] == []


def test_permissions_and_events_are_listed() -> None:
    """docs/reference.md; UPDATE_DOCS=1 writes it anew."""
    page = ROOT / "docs" / "reference.md"
    if os.environ.get("UPDATE_DOCS") == "1":
        page.write_text(as_markdown(), encoding="utf-8")
    assert page.read_text(encoding="utf-8") == as_markdown(), "run: UPDATE_DOCS=1 make docs"


def test_the_readmes_map_names_every_room() -> None:
    for name in ("README.md", "README.vi.md"):
        text = (ROOT / name).read_text(encoding="utf-8")
        rooms = {path.parent.name for path in SOURCE.glob("*/__init__.py")}
        assert {room for room in rooms if f"**{room}**" not in text} == set(), name


def test_every_decision_is_in_the_list() -> None:
    folder = ROOT / "docs" / "decisions"
    listed = (folder / "README.md").read_text(encoding="utf-8")
    decisions = sorted(path.name for path in folder.glob("0*.md"))
    assert [name for name in decisions if name not in listed] == []
    assert [name[:4] for name in decisions] == [f"{n:04}" for n in range(1, len(decisions) + 1)]


@pytest.mark.parametrize("picture", sorted((ROOT / "docs" / "pictures").glob("*")), ids=lambda p: p.name)
def test_pictures_are_light_and_shown(picture: Path) -> None:
    assert picture.stat().st_size <= 150_000
    pages = [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]
    assert any(f"pictures/{picture.name}" in page.read_text(encoding="utf-8") for page in pages)
