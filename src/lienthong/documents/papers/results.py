"""What an agency decides: the general result, and the birth certificate."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar

from lienthong.documents.papers.paper import Paper
from lienthong.documents.papers.parts import Signatory
from lienthong.kit.words import format_date, words_of_date


@dataclass(frozen=True, kw_only=True)
class ResultPaper(Paper):
    """The result of a procedure without a layout of its own."""

    template: ClassVar[str] = "result"
    title: str
    facts: tuple[tuple[str, str], ...]
    """Label and value, in the order printed."""
    signer: Signatory
    about: str = ""
    """A line under the title: "Về việc …"."""
    basis: tuple[str, ...] = ()
    """Legal bases, each a clause without its final mark."""
    opening: str = ""
    closing: str = ""
    holder_identifier: str = ""
    """Whose result it is, for the QR; only the last four digits go in."""

    @property
    def identifier(self) -> str:
        return self.holder_identifier

    def data(self) -> dict[str, Any]:
        return super().data() | {
            "facts": [{"label": label, "value": value} for label, value in self.facts],
            "about": self.about,
            "basis": list(self.basis),
            "opening": self.opening,
            "closing": self.closing,
            "signer": self.signer.data(),
        }


@dataclass(frozen=True, kw_only=True)
class Child:
    """Điều 14 khoản 1 điểm a, c Luật Hộ tịch 2014."""

    name: str
    born: date
    sex: str
    ethnicity: str
    nationality: str
    birth_place: str
    home_place: str
    personal_number: str

    def data(self) -> dict[str, Any]:
        return vars(self) | {
            "born": format_date(self.born),
            "born_in_words": words_of_date(self.born),
        }


@dataclass(frozen=True, kw_only=True)
class Parent:
    """Điều 14 khoản 1 điểm b Luật Hộ tịch 2014. `born` as the register knows it: "1994"."""

    name: str
    born: str
    ethnicity: str
    nationality: str
    residence: str


@dataclass(frozen=True, kw_only=True)
class BirthCertificatePaper(Paper):
    """Giấy khai sinh."""

    template: ClassVar[str] = "birth_certificate"
    title: str = "Giấy khai sinh"
    child: Child
    mother: Parent | None
    father: Parent | None
    """None: not declared; the line stays, with a dash."""
    declarant: str
    declarant_identity: str
    registered_at: str
    registered_on: date
    signer: Signatory
    note: str = field(default="")

    @property
    def identifier(self) -> str:
        return self.child.personal_number

    def data(self) -> dict[str, Any]:
        return super().data() | {
            "child": self.child.data(),
            "mother": vars(self.mother) if self.mother else None,
            "father": vars(self.father) if self.father else None,
            "declarant": self.declarant,
            "declarant_identity": self.declarant_identity,
            "registered_at": self.registered_at,
            "registered_on": format_date(self.registered_on),
            "note": self.note,
            "signer": self.signer.data(),
        }
