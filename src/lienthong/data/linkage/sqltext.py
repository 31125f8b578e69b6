"""The SQL files with their blanks filled in: one text for every engine."""

import hashlib
from functools import cache
from importlib import resources
from typing import Final

from lienthong.data.linkage.model import Model

THIS_YEAR: Final = 26
"""Two-digit birth years up to this one are of this century."""

_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_TONE_ROWS: Final = {"o": "òóỏõọ", "u": "ùúủũụ", "a": "àáảãạ", "e": "èéẻẽẹ", "y": "ỳýỷỹỵ"}

NO_PERSON: Final = (
    "^(cong ty|cty|tong cong ty|doanh nghiep|dntn|hop tac xa|htx|chi nhanh|uy ban|ubnd|truong (tieu hoc|thpt|thcs|"
    "mam non|dai hoc|cao dang|trung hoc|mau giao)|trung tam|van phong|ngan hang|ban quan ly|ban chi huy|so |phong giao|"
    "phong khám|phong kham|benh vien|tram y te|ho kinh doanh|hkd|nha may|xi nghiep|cua hang|tap doan|hoi nong dan|"
    "hoi cuu|hoi nguoi|hoi lien|dai ly|quy tin dung|to hop tac|cau lac bo|chua [a-z]+ tu|nha tho|khach san|nha hang|"
    "test|thu nghiem|kiem thu|demo|mau thu|admin|user|abc|asdf|qwe|aaa|bbb|ten |ho ten|ho va ten|tong cong|cong$)"
    "|\\b(tnhh|jsc|ltd|co phan|mtv|test|testing|thu nghiem|kiem thu|ubnd|htx|doanh nghiep|cong ty)\\b.*$"
)


@cache
def _file(name: str) -> str:
    return (resources.files("lienthong.data.linkage") / "sql" / f"{name}.sql").read_text("utf-8")


def statements(name: str, **blanks: str) -> list[str]:
    """The statements of sql/<name>.sql. Each {{blank}} must be given."""
    text = _file(name)
    for blank, value in blanks.items():
        text = text.replace("{{" + blank + "}}", value)
    if "{{" in text:
        missing = text.partition("{{")[2].partition("}}")[0]
        raise KeyError(missing)
    bare = "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("--"))
    return [one for one in (part.strip() for part in (bare + "\n").split(";\n")) if one]


def version() -> str:
    """Changes when the SQL does."""
    names = sorted(path.name for path in (resources.files("lienthong.data.linkage") / "sql").iterdir())
    text = "".join(_file(name.removesuffix(".sql")) for name in names)
    return hashlib.sha256((text + NO_PERSON).encode()).hexdigest()


def _tone_first() -> str:
    """hoà → hòa at the end of a word, but quý stays."""
    text = "replace(concat(t, ' '), 'qu', 'q~')"
    for first, second in ("oa", "oe", "uy"):
        for toned_first, toned_second in zip(_TONE_ROWS[first], _TONE_ROWS[second], strict=True):
            text = f"replace({text}, '{first}{toned_second} ', '{toned_first}{second} ')"
    return f"replace({text}, 'q~', 'qu')"


def _month_names() -> str:
    text = "t"
    for number, month in enumerate(_MONTHS, start=1):
        text = f"regexp_replace({text}, '{month}[a-z]*', '/{number}/')"
    return text


def macros(model: Model) -> list[str]:
    weights = [
        f"CREATE MACRO w_{name}(l) AS CASE l "
        + " ".join(f"WHEN {level} THEN {weight!r}::DOUBLE" for level, weight in model.bits[field].items())
        + " END"
        for name, field in WEIGHTS.items()
    ]
    own = statements(
        "macros",
        tone_first=_tone_first(),
        no_person=NO_PERSON,
        month_names=_month_names(),
        this_year=str(THIS_YEAR),
    )
    return [*own, *weights]


WEIGHTS: Final = {
    "name": "full_name",
    "birth": "birth_date",
    "number": "personal_number",
    "old": "old_number",
    "sex": "sex",
    "unit": "commune_code",
    "mother": "mother_name",
}
