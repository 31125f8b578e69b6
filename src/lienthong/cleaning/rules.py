"""Time limits of the owner agency, what must hold of a decision, which letters differ. Plain Python."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from difflib import SequenceMatcher
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType
from typing import Final

from lienthong.cleaning.states import OPTIONS, Choice, ChoiceNotOffered
from lienthong.kit.calendar import Calendar, OfficeHours, at_time
from lienthong.kit.errors import Refused, said

SHORTEST_GROUND = 5
"""Letters. A dot is no ground. Our setting."""


class NoSuchCase(Refused):
    sentence = said("Không có việc này.")
    status = 404


class NoSuchMerge(Refused):
    sentence = said("Không có đề nghị gộp này.")
    status = 404


class TwoRecordsNeeded(Refused):
    """What was typed must lead to exactly two records of the register."""

    sentence = said(
        "Cần đúng hai bản ghi khác nhau trong dân cư; các số đã nhập dẫn tới {count} bản ghi. Kiểm tra lại từng số."
    )


class PaperNeeded(Refused):
    """Of a number that was changed, or two records of one person under two births: without a paper it is a guess."""

    sentence = said("Ghi loại, số hiệu và ngày của giấy tờ, ví dụ: quyết định 12/QĐ-UBND ngày 05/11/2026.")


class KeptNotNamed(Refused):
    sentence = said("Chọn bản ghi được giữ lại.")


class NoSuchSweep(Refused):
    sentence = said("Không có đợt quyết định này.")
    status = 404


class GroundNeeded(Refused):
    sentence = said("Ghi căn cứ của quyết định, ví dụ: đã xem sổ gốc, tên mẹ trùng khớp.")


class PersonNeeded(Refused):
    sentence = said("Chọn người trong cơ sở dữ liệu dân cư mà bản ghi này nói đến.")


class NotACandidate(Refused):
    sentence = said("Số định danh này không nằm trong những người được đề nghị của việc này.")


class SecondPairOfEyes(Refused):
    """Who proposed may not confirm: two people stand behind a merge and behind a change of the register."""

    sentence = said(
        "Người đã quyết định không tự xác nhận được. Một người quản lý dữ liệu khác phải xác nhận."
    )


class NothingToCorrect(Refused):
    sentence = said("Không có thông tin nào khác nhau mà dân cư có thể sửa theo nguồn.")


class NotUndone(Refused):
    sentence = said("Quyết định này không hoàn tác được: {why}")


class ChangedMeanwhile(Refused):
    """Somebody acted on the case after this page was opened."""

    sentence = said("{who} vừa {what} lúc {at}. Hãy xem lại rồi mới quyết định.")


class NoCasesChosen(Refused):
    sentence = said("Không có việc nào đang chờ khớp với điều kiện đã chọn.")


class SweepTooWide(Refused):
    sentence = said("Điều kiện này gồm {count} việc. Mỗi đợt nhiều nhất {most} việc; hãy thu hẹp điều kiện.")


PAPERS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "decision": said("Quyết định"),
        "court": said("Bản án, quyết định của tòa án"),
        "book": said("Sổ hộ tịch, trích lục, giấy khai sinh"),
    }
)
"""Kinds of paper by which a number changes, by their name in a source."""
OURS: Final = ("merge/", "renumbering/")
"""How our own questions stand in a source: what is typed must not look like one of them."""


@dataclass(frozen=True)
class Paper:
    """The document that shows it: its kind, its number as printed, its day."""

    kind: str
    number: str
    on: date

    @property
    def source(self) -> str:
        return f"{self.kind}:{self.number.strip()}"


def check_paper(paper: Paper | None) -> None:
    """Raises PaperNeeded."""
    number = paper.number.strip() if paper else ""
    if paper is None or paper.kind not in PAPERS or not number or number.startswith(OURS):
        raise PaperNeeded


@dataclass(frozen=True)
class Limit:
    """Days an owner agency has. `certain` False: the text was not seen, the number stays a setting."""

    days: int
    unit: str
    valid_from: date
    valid_to: date | None
    source: str
    certain: bool


@lru_cache(maxsize=1)
def limits() -> dict[str, list[Limit]]:
    """data/limits.csv by name: verify, fix, conflict."""
    text = files("lienthong.cleaning").joinpath("data", "limits.csv").read_text(encoding="utf-8")
    found: dict[str, list[Limit]] = {}
    for row in csv.DictReader(text.splitlines()):
        found.setdefault(row["name"], []).append(
            Limit(
                days=int(row["days"]),
                unit=row["unit"],
                valid_from=date.fromisoformat(row["valid_from"]),
                valid_to=date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
                source=row["source"],
                certain=row["certainty"] == "seen",
            )
        )
    return found


def limit(name: str, on: date) -> Limit:
    """The limit of this name in force on a day; the first one for days before any."""
    known = limits()[name]
    fits = [one for one in known if one.valid_from <= on and (one.valid_to is None or on < one.valid_to)]
    return fits[-1] if fits else known[0]


def last_moment(start: datetime, name: str, calendar: Calendar) -> datetime:
    """When the limit `name`, counted from the day after `start`, ends: at closing time of its last day."""
    one = limit(name, start.date())
    day = start.date()
    if one.unit == "working_day":
        last = calendar.add_working_days(day, one.days)
    else:
        last = calendar.working_day_from(day + timedelta(days=one.days))
    return at_time(last, OfficeHours().closes)


def due_to_verify(verdict: str, asked_at: datetime, calendar: Calendar) -> datetime:
    """5 days to verify an error; 15 days in all where two registers conflict."""
    return last_moment(asked_at, "conflict" if verdict == "conflict" else "verify", calendar)


def due_to_fix(verdict: str, now: datetime, due_at: datetime, calendar: Calendar) -> datetime:
    """5 days more to correct and send again; a conflict keeps its 15 days."""
    return due_at if verdict == "conflict" else last_moment(now, "fix", calendar)


def check_choice(choice: Choice, verdict: str, ground: str) -> None:
    """Raises ChoiceNotOffered, GroundNeeded."""
    if verdict not in OPTIONS[choice].verdicts:
        raise ChoiceNotOffered
    check_ground(ground)


def check_ground(ground: str) -> None:
    if len(ground.strip()) < SHORTEST_GROUND:
        raise GroundNeeded


def differing(one: str, other: str) -> tuple[list[tuple[str, bool]], list[tuple[str, bool]]]:
    """Both texts in pieces, each with whether it differs: only words that differ are marked."""
    left, right = one.split(" "), other.split(" ")
    pieces: tuple[list[tuple[str, bool]], list[tuple[str, bool]]] = ([], [])
    for kind, a, b, c, d in SequenceMatcher(a=left, b=right, autojunk=False).get_opcodes():
        for side, words in ((0, left[a:b]), (1, right[c:d])):
            if words:
                pieces[side].append((" ".join(words), kind != "equal"))
    return pieces


def one_letter_apart(one: str, other: str) -> bool:
    """A letter more, a letter less, another letter, or two neighbours in each other's place."""
    short, long = sorted((one, other), key=len)
    if len(long) - len(short) > 1 or one == other:
        return False
    at = next((i for i, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    if len(short) < len(long):
        return short[at:] == long[at + 1 :]
    swapped = short[at : at + 2] == long[at : at + 2][::-1] and short[at + 2 :] == long[at + 2 :]
    return short[at + 1 :] == long[at + 1 :] or swapped
