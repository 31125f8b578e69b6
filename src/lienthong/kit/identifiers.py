"""Numbers and codes of persons, taxpayers, agencies, procedures and dossiers.

All are strings that keep their leading zeros. Parsing checks the shape and says what to type;
it proves nothing about the holder.
"""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from lienthong.kit.errors import Refused, said
from lienthong.kit.partial_dates import PartialDate


class PersonalNumberMalformed(Refused):
    sentence = said("Số định danh cá nhân gồm đúng 12 chữ số, ví dụ 099204012345. Hãy nhập lại theo thẻ.")


class TaxCodeMalformed(Refused):
    sentence = said(
        "Mã số thuế gồm 10 chữ số, 13 chữ số dạng 0990000011-001, hoặc 12 chữ số của số định danh cá nhân."
    )


class TaxCodeCheckFails(Refused):
    sentence = said("Mã số thuế {typed} có chữ số gõ nhầm (không khớp chữ số kiểm tra). Hãy nhập lại.")


class AgencyCodeMalformed(Refused):
    sentence = said("Mã định danh cơ quan có dạng H56.14 (hoặc 000.00.14.H56), dài nhất 35 ký tự.")


class ProcedureCodeMalformed(Refused):
    sentence = said("Mã thủ tục có dạng 1.001193, hoặc kèm mã cơ quan như 1.001193.H56.")


class DossierCodeMalformed(Refused):
    sentence = said("Mã hồ sơ có dạng H56.14-240823-0001, in ở đầu giấy tiếp nhận và hẹn trả kết quả.")


class Sex(StrEnum):
    MALE = "male"
    FEMALE = "female"


class Disagreement(StrEnum):
    """What a personal number says otherwise than the papers."""

    SEX = "sex"
    BIRTH_YEAR = "birth_year"

    @property
    def sentence(self) -> str:
        sentences = {
            Disagreement.SEX: said("Giới tính đã khai khác với giới tính trong số định danh cá nhân."),
            Disagreement.BIRTH_YEAR: said("Năm sinh đã khai khác với năm sinh trong số định danh cá nhân."),
        }
        return sentences[self]


def _squeezed(typed: str) -> str:
    return re.sub(r"\s", "", typed).upper()


@dataclass(frozen=True, slots=True)
class PersonalNumber:
    """Số định danh cá nhân: province, century and sex, year of birth, six digits. No check digit.

    NĐ 137/2015/NĐ-CP; TT 59/2021/TT-BCA. Raises PersonalNumberMalformed (which does not repeat the
    digits, so that they stay out of logs).
    """

    digits: str

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[0-9]{12}", self.digits) or self.digits.startswith("000"):
            raise PersonalNumberMalformed

    @classmethod
    def parse(cls, typed: str) -> "PersonalNumber":
        return cls(re.sub(r"[\s.\-]", "", typed))

    @property
    def province(self) -> str:
        """Three digits of the place of first registration: the old 63 provinces, or a country."""
        return self.digits[:3]

    @property
    def sex(self) -> Sex:
        return Sex.FEMALE if int(self.digits[3]) % 2 else Sex.MALE

    @property
    def birth_year(self) -> int:
        return 1900 + 100 * (int(self.digits[3]) // 2) + int(self.digits[4:6])

    @property
    def is_synthetic(self) -> bool:
        """Prefix 099 is given to nobody: demo and test data."""
        return self.province == "099"

    @property
    def masked(self) -> str:
        return f"•••• •••• {self.digits[-4:]}"

    def disagreements(
        self, *, sex: Sex | None = None, birth: date | PartialDate | int | None = None
    ) -> tuple[Disagreement, ...]:
        """What the number contradicts; a fact that is not given is not compared."""
        found = []
        if sex is not None and sex is not self.sex:
            found.append(Disagreement.SEX)
        year = birth if birth is None or isinstance(birth, int) else birth.year
        if year is not None and year != self.birth_year:
            found.append(Disagreement.BIRTH_YEAR)
        return tuple(found)

    def agrees_with(self, *, sex: Sex | None = None, birth: date | PartialDate | int | None = None) -> bool:
        return not self.disagreements(sex=sex, birth=birth)

    def __str__(self) -> str:
        return self.digits


class TaxpayerKind(StrEnum):
    ENTERPRISE = "enterprise"
    BRANCH = "branch"
    PERSON = "person"


_TAX_WEIGHTS = (31, 29, 23, 19, 17, 13, 7, 5, 3)


@dataclass(frozen=True, slots=True)
class TaxCode:
    """Mã số thuế: 10 digits, 10-3 for a branch, or a personal number.

    TT 105/2020/TT-BTC annex 1 (check digit); TT 86/2024/TT-BTC (personal number from 1/7/2025).
    Raises TaxCodeMalformed, TaxCodeCheckFails.
    """

    text: str

    def __post_init__(self) -> None:
        if re.fullmatch(r"[0-9]{12}", self.text) and not self.text.startswith("000"):
            return
        if not re.fullmatch(r"[0-9]{10}(-[0-9]{3})?", self.text) or self.text.endswith("-000"):
            raise TaxCodeMalformed
        total = sum(w * int(d) for w, d in zip(_TAX_WEIGHTS, self.text[:9], strict=True))
        if 10 - total % 11 != int(self.text[9]):
            raise TaxCodeCheckFails(typed=self.text)

    @classmethod
    def parse(cls, typed: str) -> "TaxCode":
        digits = re.sub(r"[\s.\-]", "", typed)
        return cls(f"{digits[:10]}-{digits[10:]}" if len(digits) == 13 else digits)

    @property
    def kind(self) -> TaxpayerKind:
        kinds = {10: TaxpayerKind.ENTERPRISE, 12: TaxpayerKind.PERSON, 14: TaxpayerKind.BRANCH}
        return kinds[len(self.text)]

    def __str__(self) -> str:
        return self.text


_AGENCY = re.compile(r"[A-Z][0-9]{2}(?:\.[0-9A-Z]{2,3})*")
_AGENCY_OLD = re.compile(r"([0-9A-Z]{3})\.([0-9A-Z]{2})\.([0-9A-Z]{2})\.([A-Z][0-9]{2})")


@dataclass(frozen=True, slots=True)
class AgencyCode:
    """Mã định danh điện tử của cơ quan, highest level first: H56.14 (QĐ 20/2020/QĐ-TTg).

    `parse` also reads the older reversed spelling, 000.00.14.H56 (QCVN 102:2016/BTTTT).
    Not a unit code of the statistics office, and not the digits inside a personal number.
    """

    text: str

    def __post_init__(self) -> None:
        if len(self.text) > 35 or not _AGENCY.fullmatch(self.text):
            raise AgencyCodeMalformed

    @classmethod
    def parse(cls, typed: str) -> "AgencyCode":
        typed = _squeezed(typed)
        old = _AGENCY_OLD.fullmatch(typed)
        if old is None:
            return cls(typed)
        levels = list(old.groups())
        while not levels[0].strip("0"):
            levels.pop(0)
        return cls(".".join(reversed(levels)))

    @property
    def levels(self) -> tuple[str, ...]:
        return tuple(self.text.split("."))

    @property
    def root(self) -> "AgencyCode":
        return AgencyCode(self.levels[0])

    @property
    def parent(self) -> "AgencyCode | None":
        return AgencyCode(".".join(self.levels[:-1])) if len(self.levels) > 1 else None

    def covers(self, other: "AgencyCode") -> bool:
        """Whether `other` is this agency or stands under it."""
        return other.levels[: len(self.levels)] == self.levels

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class ProcedureCode:
    """Mã thủ tục hành chính: the national part, and the agency of a localised copy.

    1.001193 · 1.000948.H38 · 1.002835.000.00.00.H56 (older).
    """

    national: str
    agency: AgencyCode | None = None

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[0-9]\.[0-9]{6}", self.national):
            raise ProcedureCodeMalformed

    @classmethod
    def parse(cls, typed: str) -> "ProcedureCode":
        typed = _squeezed(typed)
        national, dot, agency = typed[:8], typed[8:9], typed[9:]
        if dot not in {"", "."} or (dot and not agency):
            raise ProcedureCodeMalformed
        try:
            return cls(national, AgencyCode.parse(agency) if agency else None)
        except AgencyCodeMalformed:
            raise ProcedureCodeMalformed from None

    def __str__(self) -> str:
        return f"{self.national}.{self.agency}" if self.agency else self.national


_DOSSIER = re.compile(r"([0-9A-Z.]+)-([0-9]{8}|[0-9]{6})-([0-9]{4,7})")


@dataclass(frozen=True, slots=True)
class DossierCode:
    """Mã hồ sơ: agency that received it, date received, sequence of that agency on that day.

    H56.14-240823-0001 (TT 01/2018/TT-VPCP art. 19; a later circular may differ) and the national
    G09.20-20260609-0092637. `text` stays as published, since other systems know it by that.
    """

    text: str
    agency: AgencyCode
    received_on: date
    sequence: int

    @classmethod
    def make(
        cls, agency: AgencyCode, received_on: date, sequence: int, *, national: bool = False
    ) -> "DossierCode":
        """A new code. `sequence` counts from 1; past 9,999 in a day it takes more digits, up to seven."""
        if not 1 <= sequence <= 9_999_999:
            raise DossierCodeMalformed
        day, width = (f"{received_on:%Y%m%d}", 7) if national else (f"{received_on:%y%m%d}", 4)
        return cls(f"{agency}-{day}-{sequence:0{width}d}", agency, received_on, sequence)

    @classmethod
    def parse(cls, typed: str) -> "DossierCode":
        text = _squeezed(typed)
        match = _DOSSIER.fullmatch(text)
        if match is None:
            raise DossierCodeMalformed
        agency, day, sequence = match.groups()
        full = day if len(day) == 8 else f"20{day}"
        try:
            received_on = date(int(full[:4]), int(full[4:6]), int(full[6:]))
            return cls(text, AgencyCode.parse(agency), received_on, int(sequence))
        except (ValueError, AgencyCodeMalformed):
            raise DossierCodeMalformed from None

    def __str__(self) -> str:
        return self.text
