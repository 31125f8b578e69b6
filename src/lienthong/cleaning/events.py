"""What cleaning records. Ids only: whom a case is about stands in the case."""

from dataclasses import dataclass
from uuid import UUID

from lienthong.audit.public import Event
from lienthong.kit.errors import said


@dataclass(frozen=True, kw_only=True)
class CasesOpened(Event):
    """A run's verdicts became work for people."""

    sentence = said("Lập {count} việc làm sạch từ tệp {batch}.")

    batch: int
    count: int


@dataclass(frozen=True, kw_only=True)
class CaseActed(Event):
    sentence = said("Việc {case}, lần {number}: {act} {choice}, từ {before} sang {after}.")

    case: int
    number: int
    act: str
    choice: str
    before: str
    after: str


@dataclass(frozen=True, kw_only=True)
class MergeActed(Event):
    """Two records of the register that may be one person, or one under a new number. Numbers stand in the merge."""

    sentence = said("Đề nghị gộp {merge}, lần {number}: {act}, sang {after}.")

    merge: int
    number: int
    act: str
    after: str


@dataclass(frozen=True, kw_only=True)
class DuplicatesSearched(Event):
    """The register was searched for people who are in it twice."""

    sentence = said(
        "Dò người trùng lần {search} trên {people} bản ghi, lần đọc {reading}: {pairs} cặp, {opened} cặp mới, "
        "{twins} cặp sinh đôi để ra ngoài."
    )

    search: int
    reading: UUID
    people: int
    pairs: int
    opened: int
    twins: int


@dataclass(frozen=True, kw_only=True)
class SweepBegun(Event):
    """One rule for many cases."""

    sentence = said("Bắt đầu đợt quyết định {sweep}: {choice} cho {count} việc.")

    sweep: int
    choice: str
    count: int
    rule: str


@dataclass(frozen=True, kw_only=True)
class SweepEnded(Event):
    sentence = said("Xong đợt quyết định {sweep}: {done} việc, {refused} việc không áp dụng được.")

    sweep: int
    done: int
    refused: int
