"""What a record of a person must satisfy, how a number is made, which accesses stand out. No Django."""

import csv
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from lienthong.kit import names
from lienthong.kit.calendar import Calendar, OfficeHours, local
from lienthong.kit.errors import Refused, said
from lienthong.kit.identifiers import PersonalNumber
from lienthong.kit.partial_dates import PartialDate, Precision
from lienthong.population.words import Oddity, Purpose, Relation, Sex, Status

LONGEST_LIFE: Final = 130
YOUNGEST_PARENT: Final = 12
"""Years. Not law: the bounds past which a birth year is taken for a slip of the keyboard."""

ADULT_AT: Final = 18
"""Civil Code 91/2015/QH13, article 20; parents act for a child until then (article 136)."""


class UnknownPerson(Refused):
    sentence = said(
        "Không tìm thấy người theo thông tin đã nhập. Hãy xem lại số định danh, hoặc họ tên và ngày sinh."
    )


class NarrowerSearchNeeded(Refused):
    sentence = said("Tìm theo họ tên thì cần thêm ngày sinh (hoặc năm sinh), hoặc xã, phường thường trú.")


class TooManyPeople(Refused):
    sentence = said("Có hơn {most} người trùng họ tên. Hãy nhập thêm ngày sinh hoặc nơi thường trú.")


class BasisNeeded(Refused):
    sentence = said("Hãy ghi căn cứ của việc xem dữ liệu: điều luật, hồ sơ hoặc kế hoạch.")


class RequesterNotAlive(Refused):
    sentence = said(
        "Cơ sở dữ liệu ghi người này đã chết hoặc bị tuyên bố mất tích, nên không lập được tờ khai."
    )


class PersonRefused(Refused):
    """A record of a person cannot be entered as it is. Facts never hold personal data."""


class NameUnusable(PersonRefused):
    sentence = said("Họ, chữ đệm và tên viết bằng chữ cái tiếng Việt hoặc tiếng dân tộc, không có chữ số.")


class BirthInFuture(PersonRefused):
    sentence = said("Ngày sinh không thể sau hôm nay. Hãy xem lại ngày sinh.")


class BirthTooLongAgo(PersonRefused):
    sentence = said("Ngày sinh cách nay hơn {years} năm. Hãy xem lại năm sinh.")


class BirthDayNeeded(PersonRefused):
    sentence = said("Khai sinh cần đủ ngày, tháng, năm sinh.")


class SexContradictsNumber(PersonRefused):
    sentence = said("Giới tính đã khai khác với giới tính trong số định danh cá nhân.")


class BirthContradictsNumber(PersonRefused):
    sentence = said("Năm sinh đã khai khác với năm sinh trong số định danh cá nhân.")


class OldNumberMalformed(PersonRefused):
    sentence = said("Số chứng minh nhân dân cũ gồm đúng 9 chữ số.")


class EthnicityUnknown(PersonRefused):
    sentence = said("Dân tộc không có trong danh mục các dân tộc Việt Nam.")


class RelativeIsOneself(PersonRefused):
    sentence = said("Số định danh của cha, mẹ, vợ hoặc chồng trùng với số của chính người này.")


class ParentOfOtherSex(PersonRefused):
    sentence = said("Số định danh của mẹ phải là số của nữ, của cha phải là số của nam.")


class ParentTooYoung(PersonRefused):
    sentence = said(
        "Cha hoặc mẹ phải sinh trước con ít nhất {years} năm. Hãy xem lại số định danh của cha, mẹ."
    )


class HouseholdUnclear(PersonRefused):
    sentence = said("Ghi cả số định danh của chủ hộ và quan hệ với chủ hộ; chủ hộ thì ghi số của chính mình.")


class HappenedBeforeBirth(PersonRefused):
    sentence = said("Ngày đăng ký thường trú, ngày cấp thẻ không thể trước ngày sinh.")


class SexNeededForNumber(PersonRefused):
    sentence = said("Chưa xác định giới tính thì chưa lập được số định danh cá nhân.")


class NumberTaken(PersonRefused):
    sentence = said("Có số định danh cá nhân đã thuộc về người khác. Không ghi dòng nào.")


class NumbersUsedUp(PersonRefused):
    sentence = said("Chưa lập được số định danh cá nhân còn trống. Hãy báo cơ quan quản lý cơ sở dữ liệu.")


class BirthAlreadyRegistered(PersonRefused):
    sentence = said(
        "Đã có người cùng họ tên, ngày sinh và cùng mẹ trong cơ sở dữ liệu: việc sinh này đã đăng ký."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPerson:
    """A record to be entered. Text not known stays empty; units are primary keys of territory."""

    personal_number: str
    full_name: str
    birth: PartialDate
    sex: Sex
    ethnicity: str = ""
    nationality: str = "VN"
    status: Status = Status.ALIVE
    residence_unit: int | None = None
    residence_detail: str = ""
    residence_since: date | None = None
    home_town_unit: int | None = None
    home_town: str = ""
    mother_number: str = ""
    mother_name: str = ""
    father_number: str = ""
    father_name: str = ""
    spouse_number: str = ""
    head_number: str = ""
    relation_to_head: Relation | None = None
    old_number: str = ""
    card_issued_on: date | None = None
    card_issued_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewBorn:
    """What a decided birth registration says of the child (Law 60/2014/QH13, article 14)."""

    full_name: str
    birth: PartialDate
    sex: Sex
    ethnicity: str = ""
    nationality: str = "VN"
    home_town: str = ""
    home_town_unit: int | None = None
    mother_number: str = ""
    mother_name: str = ""
    father_number: str = ""
    father_name: str = ""


@cache
def ethnicities() -> Mapping[str, str]:
    """Name by code of the 54 peoples (121-TCTK/PPCĐ, 2/3/1979; spelling as commonly printed today)."""
    path = Path(__file__).parent / "data" / "ethnicities.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return {row["code"]: row["name"] for row in csv.DictReader(file)}


def check_person(person: NewPerson, *, today: date) -> None:
    """Raise the PersonRefused (or kit's PersonalNumberMalformed) that names the first thing wrong.

    A number agrees with sex and birth year: when either is corrected by decision, a new number is
    given (Decree 137/2015/NĐ-CP, article 14). The one exception is a sex not yet determined.
    """
    number = PersonalNumber(person.personal_number)
    check_name(person.full_name)
    check_birth(person.birth, today=today)
    if person.birth.year != number.birth_year:
        raise BirthContradictsNumber
    if person.sex is not Sex.UNDETERMINED and person.sex.value != number.sex.value:
        raise SexContradictsNumber
    if person.ethnicity and person.ethnicity not in ethnicities():
        raise EthnicityUnknown
    if person.old_number and not _digits(person.old_number, 9):
        raise OldNumberMalformed
    _check_family(person, number)
    _check_household(person)
    first_day = person.birth.earliest
    if any(day is not None and day < first_day for day in (person.residence_since, person.card_issued_on)):
        raise HappenedBeforeBirth


def check_name(name: str) -> None:
    """Letters of any script part, apostrophes, hyphens and points; NFC, one space between words."""
    words = name.split(" ")
    if not all(map(_is_word_of_a_name, words)):
        raise NameUnusable


@lru_cache(maxsize=100_000)
def _is_word_of_a_name(word: str) -> bool:
    return (
        word == names.tidy(word)
        and all(c.isalpha() or c in "'’.-" for c in word)
        and any(c.isalpha() for c in word)
    )


def check_birth(birth: PartialDate, *, today: date) -> None:
    if birth.earliest > today:
        raise BirthInFuture
    if today.year - birth.year > LONGEST_LIFE:
        raise BirthTooLongAgo(years=LONGEST_LIFE)


def _digits(text: str, count: int) -> bool:
    return len(text) == count and text.isascii() and text.isdigit()


def _check_family(person: NewPerson, number: PersonalNumber) -> None:
    relatives = (person.mother_number, person.father_number, person.spouse_number)
    if person.personal_number in relatives:
        raise RelativeIsOneself
    for typed, sex in ((person.mother_number, Sex.FEMALE), (person.father_number, Sex.MALE)):
        if not typed:
            continue
        parent = PersonalNumber(typed)
        if parent.sex.value != sex.value:
            raise ParentOfOtherSex
        if parent.birth_year + YOUNGEST_PARENT > number.birth_year:
            raise ParentTooYoung(years=YOUNGEST_PARENT)
    if person.spouse_number:
        PersonalNumber(person.spouse_number)


def _check_household(person: NewPerson) -> None:
    is_head = person.relation_to_head is Relation.HEAD
    if bool(person.head_number) is (person.relation_to_head is None):
        raise HouseholdUnclear
    if is_head is not (person.head_number == person.personal_number):
        raise HouseholdUnclear
    if person.head_number and not is_head:
        PersonalNumber(person.head_number)


def number_prefix(register: str, sex: Sex, birth_year: int) -> str:
    """The first six digits: register, century and sex, year (Decree 137/2015/NĐ-CP, article 13).

    `register` is the three digits of the province of birth registration (Circular 59/2021/TT-BCA).
    """
    if sex is Sex.UNDETERMINED:
        raise SexNeededForNumber
    if not (_digits(register, 3) and 1900 <= birth_year < 2400):
        raise ValueError(f"no number for register {register!r} and year {birth_year}")
    century = 2 * ((birth_year - 1900) // 100) + (sex is Sex.FEMALE)
    return f"{register}{century}{birth_year % 100:02d}"


def draw_number(register: str, sex: Sex, birth_year: int, *, draw: Callable[[int], int]) -> str:
    """A number by the rule; `draw(n)` gives an integer below n. Whether it is free, the register tells."""
    return f"{number_prefix(register, sex, birth_year)}{draw(1_000_000):06d}"


def person_of_birth(child: NewBorn, number: str) -> NewPerson:
    """The first record of a newborn child. Residence is registered by its own procedure."""
    if child.birth.precision is not Precision.DAY:
        raise BirthDayNeeded
    return NewPerson(
        personal_number=number,
        full_name=names.tidy(child.full_name),
        birth=child.birth,
        sex=child.sex,
        ethnicity=child.ethnicity,
        nationality=child.nationality,
        home_town=child.home_town,
        home_town_unit=child.home_town_unit,
        mother_number=child.mother_number,
        mother_name=names.tidy(child.mother_name),
        father_number=child.father_number,
        father_name=names.tidy(child.father_name),
    )


def is_child(birth: PartialDate, *, today: date) -> bool:
    """Not yet 18 on any reading of the birth date."""
    youngest = birth.latest
    return (today.year - youngest.year, today.month, today.day) < (ADULT_AT, youngest.month, youngest.day)


@dataclass(frozen=True)
class ForDossier:
    """The dossier that data are read or written for, and the agencies that have it in hand.

    Codes of agencies, the one that received the dossier first: a machine reads in its name.
    """

    code: str
    organisations: tuple[str, ...]


@dataclass(frozen=True)
class Wish:
    """To read the record under `number`. `kin`: the register says the reader is close family."""

    number: str
    purpose: Purpose
    dossier: ForDossier | None = None
    kin: bool = False


@dataclass(frozen=True)
class Reading:
    """An access as the detector sees it. Provinces are unit codes, empty for the whole country."""

    at: datetime
    purpose: Purpose
    organisation: str = ""
    organisation_province: str = ""
    home_province: str = ""
    dossier: str = ""
    keeps_hours: bool = True
    """False for machines, and for family at home."""


def is_tied(reading: Reading, readings: Iterable[Reading]) -> bool:
    """Whether a reading belongs to a dossier: its own, or the one the same counter made that day."""
    if reading.dossier:
        return True
    day = local(reading.at).date()
    return reading.purpose is Purpose.COUNTER and any(
        other.dossier and other.organisation == reading.organisation and local(other.at).date() == day
        for other in readings
    )


def oddities(reading: Reading, *, tied: bool, calendar: Calendar, hours: OfficeHours) -> tuple[Oddity, ...]:
    """What a person may want to ask about.

    A dossier may be filed anywhere (Decree 118/2025/NĐ-CP): another province is odd only without one.
    """
    found = []
    if not tied:
        found.append(Oddity.NO_DOSSIER)
    if reading.keeps_hours and hours.next_open(reading.at, calendar) != local(reading.at):
        found.append(Oddity.OUTSIDE_HOURS)
    provinces = {reading.organisation_province, reading.home_province}
    if not tied and "" not in provinces and len(provinces) == 2:
        found.append(Oddity.OTHER_PROVINCE)
    return tuple(found)
