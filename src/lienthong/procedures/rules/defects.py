"""Finding contradictions and leftovers in a record, so that an editor sees them before people do."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from lienthong.kit.errors import said
from lienthong.kit.names import fold
from lienthong.kit.numbers import format_number
from lienthong.kit.words import format_date
from lienthong.procedures.content import Content, Fee, TimeLimit
from lienthong.procedures.rules.fees import LOCAL, last_day_of

DATA = Path(__file__).parents[1] / "data"
ABOLISHED = ("sổ hộ khẩu", "sổ tạm trú", "chứng minh nhân dân")
"""Luật Cư trú 68/2020/QH14 art. 38.3, Luật Căn cước 26/2023/QH15: no longer used."""


class DefectKind(StrEnum):
    CONFLICTING_TIME_LIMIT = "conflicting_time_limit"
    MISSING_TIME_LIMIT = "missing_time_limit"
    UNLABELLED_CASES = "unlabelled_cases"
    UNIT_OTHER = "unit_other"
    MIXED_UNITS = "mixed_units"
    EXPIRED_FEE = "expired_fee"
    ZERO_FEE_MEANS_LOCAL_FEE = "zero_fee_means_local_fee"
    EXAMPLE_FEE_AS_FACT = "example_fee_as_fact"
    FEE_SPLIT_BY_CHANNEL = "fee_split_by_channel"
    OUTDATED_LEGAL_BASIS = "outdated_legal_basis"
    ABOLISHED_PAPER = "abolished_paper"


@dataclass(frozen=True, slots=True)
class Defect:
    """`sentence` with `facts` filled in is what the editor reads."""

    kind: DefectKind
    sentence: str
    facts: dict[str, Any]

    def __str__(self) -> str:
        return self.sentence.format(**self.facts)


Found = Iterator[Defect]


def defects(content: Content, *, on: date) -> list[Defect]:
    """All that looks wrong in a record on a day, in the order of `DefectKind`."""
    return [defect for detect in DETECTORS for defect in detect(content, on)]


def _cases(content: Content) -> tuple[TimeLimit, ...]:
    return content.variants


def conflicting_limits(content: Content, _on: date) -> Found:
    """One case with two different limits, or a limit printed by channel that no case has."""
    by_name: dict[str, set[tuple[object, ...]]] = {}
    for case in _cases(content):
        for name in case.case_codes or ((case.title,) if case.title else ()):
            by_name.setdefault(name, set()).add((case.value, case.unit))
    for name, values in by_name.items():
        if len(values) > 1:
            yield Defect(
                DefectKind.CONFLICTING_TIME_LIMIT,
                said("Trường hợp {case} có {count} thời hạn khác nhau."),
                {"case": name, "count": len(values)},
            )
    printed = {c.value for c in _cases(content) if c.printed_in == "case"}
    other = {c.value for c in _cases(content) if c.printed_in == "channel" and c.value is not None}
    if printed and other - printed:
        yield Defect(
            DefectKind.CONFLICTING_TIME_LIMIT,
            said("Phần cách thức ghi {channel}, phần trường hợp ghi {case}."),
            {"channel": _joined(other), "case": _joined(printed)},
        )


def _joined(values: set[Any]) -> str:
    return ", ".join(str(v) for v in sorted(values, key=str))


def missing_limit(content: Content, _on: date) -> Found:
    if not any(c.value is not None or c.kind for c in _cases(content)):
        yield Defect(DefectKind.MISSING_TIME_LIMIT, said("Không có thời hạn giải quyết còn hiệu lực."), {})


def unlabelled_cases(content: Content, _on: date) -> Found:
    nameless = [c for c in _cases(content) if c.title is None]
    if nameless:
        codes = ", ".join(code for c in nameless for code in c.case_codes)
        yield Defect(
            DefectKind.UNLABELLED_CASES,
            said("{count} trường hợp không có tên: {codes}. Không đoán tên; cần hỏi cơ quan công bố."),
            {"count": len(nameless), "codes": codes},
        )


def unit_other(content: Content, _on: date) -> Found:
    if any(c.unit == "other" for c in content.limits.items):
        yield Defect(DefectKind.UNIT_OTHER, said("Đơn vị thời hạn ghi OTHER, không tính được ngày."), {})


def mixed_units(content: Content, _on: date) -> Found:
    """Sibling cases with the same number in different units: one of them is likely a slip."""
    units: dict[object, set[str]] = {}
    for case in _cases(content):
        if case.value is not None and case.unit in {"day", "working_day"}:
            units.setdefault(case.value, set()).add(case.unit)
    for value, found in units.items():
        if len(found) > 1:
            yield Defect(
                DefectKind.MIXED_UNITS,
                said("Các trường hợp cùng ghi {value} nhưng nơi là ngày, nơi là ngày làm việc."),
                {"value": value},
            )


def expired_fees(content: Content, on: date) -> Found:
    for fee in content.fees.items:
        last = last_day_of(fee)
        if fee.amount is not None and last is not None and last < on:
            yield Defect(
                DefectKind.EXPIRED_FEE,
                said("Mức {amount} đồng ({case}) đã hết áp dụng ngày {last_day}."),
                {"amount": format_number(fee.amount), "case": fee.case, "last_day": format_date(last)},
            )


def local_fees(content: Content, _on: date) -> Found:
    """An amount beside words that say the province's council sets it: 0 or example, not a fact."""
    for fee in content.fees.items:
        if fee.amount is None or not _says_local(fee):
            continue
        if fee.amount == 0:
            kind, sentence = (
                DefectKind.ZERO_FEE_MEANS_LOCAL_FEE,
                said("“{case}” ghi 0 đồng nhưng mức thu do địa phương quy định."),
            )
        else:
            kind, sentence = (
                DefectKind.EXAMPLE_FEE_AS_FACT,
                said("“{case}” ghi một mức ví dụ trong khi mức thu do địa phương quy định."),
            )
        yield Defect(kind, sentence, {"case": fee.case})


def _says_local(fee: Fee) -> bool:
    return bool(fee.set_by) or bool(LOCAL.search(f"{fee.case} {fee.note or ''}"))


def fee_split_by_channel(content: Content, _on: date) -> Found:
    """Each channel prints another charge: together they are the fee, none of them alone."""
    charges: dict[str, set[str]] = {}
    for fee in content.fees.items:
        for channel in fee.reading.channels:
            charges.setdefault(channel, set()).add(fee.reading.charge)
    if len(charges) > 1 and not set.intersection(*charges.values()):
        yield Defect(
            DefectKind.FEE_SPLIT_BY_CHANNEL,
            said("Mỗi cách nộp in một khoản thu khác nhau; cần đủ các khoản."),
            {},
        )


@cache
def _replaced_laws() -> list[dict[str, Any]]:
    raw = yaml.safe_load((DATA / "replaced_laws.yaml").read_text(encoding="utf-8"))
    laws: list[dict[str, Any]] = raw["replaced"]
    return laws


def outdated_bases(content: Content, on: date) -> Found:
    cited = [*content.legal_bases.items, *(fee.basis or "" for fee in content.fees.items)]
    for law in _replaced_laws():
        first = law["first_day"]
        if first and date.fromisoformat(first) > on:
            continue
        if any(f" {law['old']}" in f" {text}" for text in cited):
            yield Defect(
                DefectKind.OUTDATED_LEGAL_BASIS,
                said("Còn dẫn {old}, đã được {new} thay."),
                {"old": law["old"], "new": law["new"]},
            )


def abolished_papers(content: Content, _on: date) -> Found:
    for paper in content.papers.items:
        text = fold(f"{paper.name} {paper.note or ''}")
        for name in ABOLISHED:
            if fold(name) in text:
                yield Defect(
                    DefectKind.ABOLISHED_PAPER,
                    said("Thành phần “{paper}” còn nhắc {name}, giấy tờ đã bỏ."),
                    {"paper": paper.name, "name": name},
                )


def repeated_keys(content: Content) -> list[str]:
    """Field or paper keys that stand twice: such content cannot be published."""
    keys = Counter(f"field {f.key}" for f in content.form.fields)
    keys.update(f"paper {p.key}" for p in content.papers.items)
    return [key for key, times in keys.items() if times > 1]


DETECTORS: tuple[Callable[[Content, date], Found], ...] = (
    conflicting_limits,
    missing_limit,
    unlabelled_cases,
    unit_other,
    mixed_units,
    expired_fees,
    local_fees,
    fee_split_by_channel,
    outdated_bases,
    abolished_papers,
)
