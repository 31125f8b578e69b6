"""The nine verdicts, and the sentences that explain them."""

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from lienthong.data.linkage.model import Model
from lienthong.kit.errors import said


class Verdict(StrEnum):
    MATCHED = "matched"
    CORRECTED = "corrected"
    CONFLICT = "conflict"
    POSSIBLE = "possible"
    DUPLICATE = "duplicate"
    DEAD = "dead"
    NOT_IN_REGISTER = "not_in_register"
    NOT_A_PERSON = "not_a_person"
    INCOMPLETE = "incomplete"

    @property
    def label(self) -> str:
        return LABELS[self]


LABELS: Final = {
    Verdict.MATCHED: said("khớp"),
    Verdict.CORRECTED: said("khớp sau khi sửa số"),
    Verdict.CONFLICT: said("mâu thuẫn"),
    Verdict.POSSIBLE: said("có thể, cần người xem"),
    Verdict.DUPLICATE: said("trùng trong nguồn"),
    Verdict.DEAD: said("đã mất theo sổ"),
    Verdict.NOT_IN_REGISTER: said("không có trong sổ"),
    Verdict.NOT_A_PERSON: said("không phải người"),
    Verdict.INCOMPLETE: said("thiếu thông tin"),
}

CODES: Final = dict(enumerate(Verdict, start=1))
"""0 is undecided."""

FIELDS: Final = (
    ("full_name", {
        0: ("differs", said("họ tên khác")),
        1: ("part", said("họ tên chỉ khớp một phần hoặc đảo thứ tự")),
        2: ("near", said("họ tên khác một, hai chữ cái")),
        3: ("marks", said("họ tên trùng khi bỏ dấu, dấu khác nhau")),
        4: ("bare", said("họ tên trùng, một bên không dấu")),
        5: ("spelling", said("họ tên trùng, khác cách đặt dấu hoặc chữ hoa")),
        6: ("equal", said("họ tên trùng")),
    }),
    ("birth_date", {
        0: ("differs", said("ngày sinh khác")),
        1: ("part", said("ngày sinh khác một phần (ngày, tháng hoặc năm)")),
        3: ("filled", said("ngày sinh ghi 01/01, chỉ năm sinh trùng")),
        4: ("year", said("năm sinh trùng, một bên chỉ có năm")),
        5: ("month", said("tháng và năm sinh trùng, một bên không có ngày")),
        6: ("read_otherwise", said("ngày sinh trùng khi đảo ngày và tháng hoặc đổi thế kỷ")),
        7: ("equal", said("ngày sinh trùng")),
    }),
    ("personal_number", {
        0: ("differs", said("số định danh khác")),
        1: ("two_digits", said("số định danh khác hai chữ số")),
        2: ("one_digit", said("số định danh sai hoặc thiếu một chữ số, hoặc hai chữ số đổi chỗ")),
        3: ("equal", said("số định danh có trong sổ dân cư")),
    }),
    ("old_number", {
        0: ("differs", said("số chứng minh cũ khác")),
        1: ("equal", said("số chứng minh cũ trùng")),
    }),
    ("sex", {0: ("differs", said("giới tính khác")), 1: ("equal", said("giới tính trùng"))}),
    ("commune_code", {
        0: ("differs", said("xã khác (có thể đã chuyển nơi ở)")),
        1: ("equal", said("xã trùng, kể cả qua sáp nhập")),
    }),
    ("mother_name", {
        0: ("differs", said("họ tên mẹ khác")),
        1: ("near", said("họ tên mẹ khác một, hai chữ cái")),
        2: ("equal", said("họ tên mẹ trùng")),
    }),
)  # fmt: skip
"""In the order in which `judging.packed` packs the levels: name, birth, number, old number, sex, unit, mother."""

PACKED: Final = (
    "full_name",
    "birth_date",
    "personal_number",
    "old_number",
    "sex",
    "commune_code",
    "mother_name",
)

KINDS: Final = {
    1: ("personal_number.zeros_lost", said("số định danh bị mất số 0 ở đầu")),
    2: ("personal_number.old_in_place", said("cột số định danh ghi số chứng minh cũ")),
    4: ("personal_number.filler", said("số định danh là số điền cho có")),
    5: ("personal_number.missing", said("không có số định danh")),
    6: ("personal_number.malformed", said("số định danh không đủ hoặc quá 12 chữ số")),
    7: ("personal_number.unreadable", said("số định danh không phải là số")),
}
STATUSES: Final = {
    1: ("status.dead", said("sổ dân cư ghi đã mất")),
    2: ("status.missing", said("sổ dân cư ghi mất tích, cần xác minh")),
    3: ("status.emigrated", said("sổ dân cư ghi đã ra nước ngoài định cư")),
}
NAME_KINDS: Final = {
    1: ("full_name.missing", said("không có họ tên")),
    2: ("full_name.not_a_person", said("tên là của tổ chức hoặc dòng thử")),
    3: ("full_name.old_font", said("họ tên ghi bằng bảng mã hoặc ký tự lạ")),
}
BIRTH_KINDS: Final = {
    1: ("birth_date.missing", said("không có ngày sinh")),
    2: ("birth_date.filler", said("ngày sinh không đọc được hoặc điền cho có")),
}
AGAINST: Final = {
    1: ("personal_number.against_sex", said("số định danh không hợp với giới tính đã ghi")),
    2: ("personal_number.against_birth", said("số định danh không hợp với năm sinh đã ghi")),
}
RIVALS: Final = ("record.rivals", said("còn {n} người khác gần giống"))
DUPLICATE: Final = ("record.duplicate", said("cùng một người với bản ghi {first} trong cùng nguồn"))
NOBODY: Final = ("record.nobody", said("không tìm thấy người nào gần giống trong sổ dân cư"))
BETWEEN: Final = "; "


@dataclass(frozen=True, slots=True)
class Reason:
    """One line of an explanation. `bits` is None for a remark that does not weigh."""

    code: str
    bits: float | None
    sentence: str

    @property
    def field(self) -> str:
        return self.code.partition(".")[0]

    def __str__(self) -> str:
        weight = "" if self.bits is None else f" {self.bits:+.1f}"
        return f"{self.code}{weight}: {self.sentence}"


def parse_reasons(text: str) -> list[Reason]:
    """The reasons of a verdict, from the text in VERDICTS: `code ±bits: sentence; …`."""
    found = []
    for part in filter(None, text.split(BETWEEN)):
        head, _, sentence = part.partition(": ")
        code, _, bits = head.partition(" ")
        found.append(Reason(code, float(bits) if bits else None, sentence))
    return found


def _levels(packed: int) -> dict[str, int]:
    return {field: packed // 10**place % 10 - 1 for place, field in enumerate(PACKED)}


def score(verdict: int, packed: int, model: Model, prior: float) -> float:
    """How likely the pair is one person, 0 to 1, in steps of 0.0001; 0 where no pair was looked at."""
    if CODES[verdict] in {Verdict.NOT_A_PERSON, Verdict.INCOMPLETE}:
        return 0.0
    bits = sum(model.bits[field][level] for field, level in _levels(packed).items()) - prior
    return round(1 / (1 + math.pow(2.0, -bits)), 4)


def _remark(code: str, sentence: str) -> str:
    return str(Reason(code, None, sentence))


_AGAINST: Final = {bit: _remark(*said) for bit, said in AGAINST.items()}
_REMARKS: Final = (
    *((place, {value: _remark(*said) for value, said in table.items()})
      for place, table in ((7, KINDS), (10, NAME_KINDS), (11, BIRTH_KINDS), (8, STATUSES))),
    (12, _AGAINST | {sum(_AGAINST): BETWEEN.join(_AGAINST.values())}),
    (9, {n: _remark(RIVALS[0], RIVALS[1].format(n=n)) for n in range(1, 10)}),
)  # fmt: skip
"""What is said beside the levels, by the figure of the packed number in which it stands, in the order of telling."""

Evidence = list[tuple[int, dict[int, tuple[float, str]]]]
"""Of each field the figure of the packed number, and of each level bits and sentence; the personal number first."""


def evidence_of(model: Model) -> Evidence:
    """What each level says and weighs by this model, made once for `explain`."""
    found = [
        (place, {level: (model.bits[field][level], str(Reason(f"{field}.{code}", model.bits[field][level], sentence)))
                 for level, (code, sentence) in words.items()})
        for place, (field, words) in enumerate(FIELDS)
    ]  # fmt: skip
    return sorted(found, key=lambda field: field[0] != PACKED.index("personal_number"))


def explain(verdict: int, packed: int, evidence: Evidence) -> str:
    """What the levels and remarks packed in `packed` say."""
    told = [levels.get(packed // 10**place % 10 - 1) for place, levels in evidence]
    reasons = [] if CODES[verdict] is Verdict.NOT_A_PERSON else [reason for reason in told if reason]
    if CODES[verdict] is Verdict.CONFLICT:
        reasons.sort(key=lambda reason: reason[0] > 0)
    lines = [line for _, line in reasons]
    lines += [table[value] for place, table in _REMARKS if (value := packed // 10**place % 10) in table]
    if CODES[verdict] is Verdict.NOT_IN_REGISTER and not any(told):
        lines.insert(0, _remark(*NOBODY))
    return BETWEEN.join(lines)
