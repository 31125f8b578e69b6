"""A pair with its evidence, in words that a steward reads."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import pyarrow.parquet

from lienthong.kit.errors import said

A_PAGE: Final = 1_000

SENTENCES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "full_name.same": said("Họ tên trùng"),
        "full_name.bare": said("Họ tên trùng, một bản ghi viết không dấu"),
        "full_name.marks": said("Họ tên chỉ khác dấu"),
        "full_name.letter": said("Họ tên khác một chữ cái"),
        "full_name.word": said("Họ tên hơn kém một chữ đệm"),
        "full_name.other": said("Họ tên khác"),
        "birth.same": said("Ngày sinh trùng"),
        "birth.part": said("Ngày sinh không trái nhau, một bản ghi chỉ biết năm hoặc tháng"),
        "birth.swapped": said("Ngày và tháng sinh đổi chỗ"),
        "birth.digit": said("Ngày sinh lệch một chữ số"),
        "birth.year": said("Ngày và tháng sinh trùng, khác năm sinh"),
        "birth.other": said("Ngày sinh khác"),
        "sex.same": said("Cùng giới tính"),
        "sex.other": said("Giới tính khác"),
        "mother_name.same": said("Họ tên mẹ trùng"),
        "mother_name.marks": said("Họ tên mẹ chỉ khác dấu"),
        "mother_name.letter": said("Họ tên mẹ khác một chữ cái"),
        "mother_name.other": said("Họ tên mẹ khác"),
        "mother_name.unknown": said("Có bản ghi chưa có họ tên mẹ"),
        "father_name.same": said("Họ tên cha trùng"),
        "father_name.marks": said("Họ tên cha chỉ khác dấu"),
        "father_name.letter": said("Họ tên cha khác một chữ cái"),
        "father_name.other": said("Họ tên cha khác"),
        "old_number.same": said("Cùng một số chứng minh nhân dân cũ"),
        "old_number.digit": said("Số chứng minh nhân dân cũ lệch một chữ số"),
        "old_number.other": said("Số chứng minh nhân dân cũ khác"),
        "commune.same": said("Cùng xã, phường thường trú"),
        "commune.other": said("Khác xã, phường thường trú"),
        "commune.unknown": said("Có bản ghi chưa có nơi thường trú"),
    }
)
"""By field and how far both agree in it. What is not here (a father whom one record does not name) says nothing."""

BEARERS: Final = said("trong dân cư có {bearers} bản ghi mang họ tên này")
APART: Final = frozenset({"other", "unknown"})


@dataclass(frozen=True, slots=True)
class Evidence:
    """One field of both records: how far they agree, and what that weighs in bits (0: says nothing)."""

    field: str
    level: str
    bits: float
    bearers: int = 0

    @property
    def sentence(self) -> str:
        """A message."""
        return SENTENCES[f"{self.field}.{self.level}"]

    @property
    def note(self) -> str:
        """A message that `bearers` fills: how rare the name is that both bear; empty elsewhere."""
        return BEARERS if (self.field, self.level) == ("full_name", "same") else ""

    def as_json(self) -> list[str | float | int]:
        return [self.field, self.level, self.bits, self.bearers]

    @property
    def agrees(self) -> bool:
        return self.level not in APART


@dataclass(frozen=True, slots=True)
class Pair:
    """Two personal numbers, the smaller first. `weight` in bits: above 0, rather one person than two."""

    one: str
    other: str
    communes: tuple[str, str]
    """Where each lives, as `people` names it."""
    weight: float
    evidence: tuple[Evidence, ...]


def pages(path: Path, *, size: int = A_PAGE) -> Iterator[list[Pair]]:
    """What a search wrote, the heaviest first, `size` at a time."""
    with pyarrow.parquet.ParquetFile(path) as file:
        for batch in file.iter_batches(batch_size=size):
            yield [_pair(row) for row in batch.to_pylist()]


def _pair(row: dict[str, Any]) -> Pair:
    told = [
        Evidence(field, level, float(bits), row["bearers"] if field == "full_name" else 0)
        for field, level, bits in json.loads(row["evidence"])
    ]
    kept = tuple(one for one in told if f"{one.field}.{one.level}" in SENTENCES)
    return Pair(row["one"], row["other"], (row["one_commune"], row["other_commune"]), row["weight"], kept)
