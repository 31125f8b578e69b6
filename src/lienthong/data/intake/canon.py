"""The SQL that turns one received column into a field: its value, and the remarks about it.

Plain functions from an expression to an expression, so that the whole file is one query that streams.
"""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml

from lienthong.data.fonts.charmaps import decode_sql
from lienthong.data.intake.dates import DateReading, date_marks, date_value
from lienthong.data.intake.sql import text
from lienthong.data.sources import Field

_INVISIBLE: Final = "[\u00ad\u200b-\u200f\u2060-\u2064\ufeff]"
_COMBINING: Final = "[\u0300-\u036f]"
_UNTIDY: Final = "  |[\\t\\r\\n\\f\\v\u0085\u00a0\u1680\u2000-\u200f\u2028-\u202f\u205f-\u2064\u3000\u00ad\ufeff\u0300-\u036f\u0340-\u0341\u1e9b]"
_SPACES: Final = r"[\s\p{Z}]+"


@dataclass(frozen=True, slots=True)
class Choice:
    """What was accepted for one column."""

    charmap: str = ""
    date_order: str = ""
    typed_dates: bool = False
    year_only: bool = False
    zeros: bool = False
    old_numbers: bool = False


def tidy_sql(value: str) -> str:
    """`kit.names.tidy` over a text expression; empty becomes null."""
    whole = f"trim(regexp_replace(regexp_replace(nfc_normalize({value}), '{_INVISIBLE}', '', 'g'), '{_SPACES}', ' ', 'g'))"
    # Few texts need the long way: a composed one without odd spaces is itself.
    return f"nullif(CASE WHEN regexp_matches({value}, '{_UNTIDY}') THEN {whole} ELSE trim({value}) END, '')"


def fold_sql(value: str) -> str:
    """Lower case without marks, as the spellings of a vocabulary are kept."""
    return f"replace(lower(strip_accents({value})), 'đ', 'd')"


def clean_sql(received: str, choice: Choice) -> str:
    """The received text decoded and tidied: what every later step looks at."""
    # Decoding comes first: to TCVN3 the soft hyphen is the letter ư.
    return tidy_sql(decode_sql(received, choice.charmap) if choice.charmap else received)


def plain_sql(field: Field, received: str) -> str:
    """Whether a number has its width in digits and does not only fill a hole: then it is its own value; "" of other fields."""
    kind, width = field.kind, field.kind.width
    if not kind.digits or field.vocabulary or width in kind.lost:
        return ""
    hollow = "|".join([*_placeholders()["digits"], *filter(str.isdigit, _placeholders()["words"])])
    figures = f"regexp_full_match({received}, '[0-9]{{{width}}}')"
    return f"coalesce({figures} AND NOT regexp_full_match({received}, {text(hollow)}), false)"


def either(test: str, short: str, long: str) -> str:
    """The short way where the test says so; without a test the long one."""
    return f"CASE WHEN {test} THEN {short} ELSE {long} END" if test else long


def placeholder_sql(field: Field, clean: str) -> str:
    """Whether the text only fills a hole."""
    kind, lists = field.kind, _placeholders()
    words = lists["words"] + (lists["names"] if kind.code == "name" else [])
    if field.vocabulary:
        words = [word for word in words if field.vocabulary.code_of(word) is None]
    tests = [_one_of(words, fold_sql(clean), clean)]
    if kind.digits:
        tests.append(f"regexp_full_match({_figures(clean)}, {text('|'.join(lists['digits']))})")
    if kind.code == "date":
        tests.append(f"regexp_full_match({clean}, {text('|'.join(lists['dates']))})")
    return f"({' OR '.join(tests)})"


def _one_of(words: list[str], folded: str, clean: str) -> str:
    """A pattern, and not IN, which DuckDB makes a join of: hundreds of joins take long to set up."""
    longest = max(map(len, words))
    pattern = "|".join(re.escape(word) for word in words)
    return f"CASE WHEN length({clean}) > {longest} THEN false ELSE regexp_full_match({folded}, {text(pattern)}) END"


@cache
def _placeholders() -> dict[str, list[str]]:
    content: dict[str, list[Any]] = yaml.load(
        Path(__file__).with_name("placeholders.yaml").read_text("utf-8"), Loader=yaml.CSafeLoader
    )
    return {name: [str(word) for word in words] for name, words in content.items()}


_SCIENTIFIC: Final = r"[0-9]([.,][0-9]+)?[eE]\+?[0-9]+"


def _figures(clean: str) -> str:
    """A number as people group it, without the grouping: spaces, dots, dashes, a text mark, a decimal nought."""
    bare = f"regexp_replace(regexp_replace({clean}, '^[''’`]', ''), '[.,]0$', '')"
    return f"regexp_replace({bare}, '[ .\\-]', '', 'g')"


def value_sql(field: Field, clean: str, choice: Choice) -> str:
    """The field's canonical text."""
    kind = field.kind
    if field.vocabulary:
        return _vocabulary(field, clean)
    if kind.code == "date":
        return date_value(clean, _dates(choice))
    if kind.code == "number":
        return _number(clean)
    if kind.code == "phone":
        return _phone(clean, choice)
    if kind.digits:
        return _digits(field, clean, choice)
    return f"upper({_figures(clean)})" if kind.code == "card_code" else clean


def _dates(choice: Choice) -> DateReading:
    return DateReading(choice.date_order == "mdy", choice.typed_dates, choice.year_only)


def _vocabulary(field: Field, clean: str) -> str:
    spellings = field.vocabulary.spellings if field.vocabulary else {}
    cases = " ".join(f"WHEN {text(spelling)} THEN {text(code)}" for spelling, code in spellings.items())
    return f"CASE {fold_sql(clean)} {cases} ELSE {clean} END"


def _number(clean: str) -> str:
    return f"""CASE
        WHEN regexp_full_match({clean}, '-?[0-9]{{1,3}}([. ][0-9]{{3}})+(,[0-9]+)?')
            THEN replace(regexp_replace({clean}, '[. ]', '', 'g'), ',', '.')
        WHEN regexp_full_match({clean}, '-?[0-9]+,[0-9]+') THEN replace({clean}, ',', '.')
        WHEN regexp_full_match({clean}, '[0-9]+([.,][0-9]+)? ?(%|m2|m²|đ|đồng)') THEN replace(regexp_extract({clean}, '^[0-9.,]+'), ',', '.')
        ELSE {clean} END"""


def _digits(field: Field, clean: str, choice: Choice) -> str:
    figures, kind = _figures(clean), field.kind
    is_figures = f"regexp_full_match({figures}, '[0-9]+')"
    cases = []
    if choice.zeros:
        cases.append(f"WHEN {is_lost(field, clean)} THEN lpad({figures}, {kind.width}, '0')")
    if kind.code == "tax_code":
        branch = f"{figures}[1:10] || '-' || {figures}[11:13]"
        cases.append(f"WHEN regexp_full_match({figures}, '[0-9]{{13}}') THEN {branch}")
    cases.append(f"WHEN {is_figures} THEN {figures}")
    return f"CASE {' '.join(cases)} ELSE {clean} END"


def _phone(clean: str, choice: Choice) -> str:
    figures = f"regexp_replace({clean}, '[^0-9]', '', 'g')"
    restored = (
        f"WHEN regexp_full_match({figures}, '[35789][0-9]{{8}}') THEN '0' || {figures}"
        if choice.zeros
        else ""
    )
    return f"""CASE WHEN NOT regexp_full_match({clean}, '[+0-9 .()\\-'']+') THEN {clean}
        WHEN regexp_full_match({figures}, '(00)?84[0-9]{{9}}') THEN '0' || right({figures}, 9) {restored}
        ELSE {figures} END"""


def is_lost(field: Field, clean: str) -> str:
    """Whether the number is as short as the same with its leading zeros dropped."""
    kind = field.kind
    if kind.code == "phone":
        return f"regexp_full_match(regexp_replace({clean}, '[ .]', '', 'g'), '[35789][0-9]{{8}}')"
    figures = _figures(clean)
    lengths = ", ".join(str(length) for length in kind.lost)
    return f"(regexp_full_match({figures}, '[0-9]+') AND length({figures}) IN ({lengths}))"


def is_old_number(clean: str) -> str:
    """Whether nine digits stand where twelve belong."""
    return f"regexp_full_match({_figures(clean)}, '[0-9]{{9}}')"


def mark_cases(field: Field, clean: str, received: str, value: str, choice: Choice) -> list[tuple[str, str]]:
    """(mark, condition) of what is to be remarked, placeholders aside; `value` is what `value_sql` gave."""
    kind = field.kind
    marks = [
        ("broken_text", f"contains({received}, '\ufffd')"),
        ("composed", f"regexp_matches({received}, '{_COMBINING}')"),
        ("formula", f"regexp_matches({received}, '^[=+@\\-]') AND NOT regexp_full_match({received}, '[+\\-]?[0-9 .,()\\-]*')"),
    ]  # fmt: skip
    if choice.charmap:
        marks.append(("charmap", f"strlen({received}) <> length({received})"))
    if field.vocabulary:
        codes = "|".join(re.escape(code) for code in field.vocabulary.terms)
        marks.append(("not_in_list", f"NOT regexp_full_match({value}, {text(codes)})"))
    if kind.lost:
        marks.append(("zeros_restored" if choice.zeros else "zeros_lost", is_lost(field, clean)))
    if kind.digits or kind.code == "phone":
        marks.append(("scientific", f"regexp_full_match({clean}, '{_SCIENTIFIC}')"))
    if kind.code == "number":
        marks.append(("not_a_number", f"try_cast({value} AS DOUBLE) IS NULL"))
    if kind.code == "date":
        marks += date_marks(clean, value, _dates(choice))
    return marks
