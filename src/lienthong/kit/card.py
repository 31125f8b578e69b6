"""The text in the QR of an identity card, as a scanner types it.

A typing aid and nothing more: the QR carries no signature, so whoever can print can make one.
Look at the card and the face, or read the chip, before anything is decided on it.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Literal

from lienthong.kit.errors import Refused, said
from lienthong.kit.identifiers import PersonalNumber, PersonalNumberMalformed, Sex
from lienthong.kit.names import match_key, tidy
from lienthong.kit.partial_dates import PartialDate


class NotACard(Refused):
    sentence = said("Đây không phải mã QR của thẻ căn cước. Hãy quét lại mã trên thẻ, hoặc nhập tay.")


class CardLettersBroken(Refused):
    sentence = said(
        "Máy quét đọc sai dấu tiếng Việt. Hãy nhập tay họ tên và nơi thường trú theo thẻ, "
        "và đặt máy quét ở chế độ UTF-8."
    )


@dataclass(frozen=True, slots=True)
class CardReading:
    """What the QR says, never checked: `verified` is always False.

    `name` and `residence` as on the card (NFC). `rest`: fields after the known ones, untouched
    (newer cards have some; their order is not published). `issued_on` is None when unreadable.
    """

    personal_number: PersonalNumber
    name: str
    birth: PartialDate
    sex: Sex | None
    residence: str = ""
    issued_on: date | None = None
    old_number: str | None = None
    rest: tuple[str, ...] = ()
    verified: Literal[False] = False


_SEXES = {"nam": Sex.MALE, "nữ": Sex.FEMALE}


def read_card(text: str) -> CardReading:
    """Read `number|old number|name|ddMMyyyy|sex|residence|ddMMyyyy|…` of chip cards since 2021.

    Also without the old-number field, with sex before birth, with a birth of month or year only.
    Raises NotACard, CardLettersBroken.
    """
    fields = [field.strip() for field in text.strip().strip("\ufeff").split("|")]
    if _letters_are_broken(text):
        raise CardLettersBroken
    try:
        number = PersonalNumber(fields.pop(0))
    except PersonalNumberMalformed:
        raise NotACard from None
    old_number = fields.pop(0) if fields and re.fullmatch(r"[0-9]*", fields[0]) else None
    if len(fields) < 3 or not _looks_like_name(fields[0]):
        raise NotACard
    name, birth, sex, *more = fields
    if match_key(birth) in _SEXES:
        birth, sex = sex, birth
    residence, issued, *rest = [*more, "", ""][: max(2, len(more))]
    return CardReading(
        personal_number=number,
        name=tidy(name),
        birth=_birth(birth),
        sex=_SEXES.get(match_key(sex)),
        residence=tidy(residence),
        issued_on=_day(issued),
        old_number=old_number or None,
        rest=tuple(rest),
    )


def _birth(text: str) -> PartialDate:
    """ddMMyyyy, MMyyyy or yyyy; zeros stand for parts that are not known."""
    if not re.fullmatch(r"[0-9]{4}|[0-9]{6}|[0-9]{8}", text):
        raise NotACard
    year, month, day = int(text[-4:]), int(text[-6:-4] or 0), int(text[-8:-6] or 0)
    try:
        return PartialDate(year, month or None, day or None)
    except Refused:
        raise NotACard from None


def _day(text: str) -> date | None:
    try:
        birth = _birth(text)
    except NotACard:
        return None
    return birth.earliest if birth.earliest == birth.latest else None


def _looks_like_name(text: str) -> bool:
    return bool(text) and all(c.isalpha() or unicodedata.combining(c) or c in " '’.-" for c in text)


def _letters_are_broken(text: str) -> bool:
    """Signs of a scanner in the wrong code page: replacement marks, controls, UTF-8 read byte by byte."""
    if "\ufffd" in text or re.search(r"[\u0080-\u009f]|[^\W\d_]\?", text):
        return True
    raw = bytearray()
    for char in text:
        try:
            raw += char.encode("cp1252")
        except UnicodeEncodeError:
            return False
    if raw.isascii():
        return False
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
