"""What papers are made of: letterhead, people, lines."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from lienthong.documents.wording import day_in_full, masked_identifier


@dataclass(frozen=True, kw_only=True)
class Letterhead:
    """Who issues the paper, where and when."""

    parent: str
    """The body above: "Ủy ban nhân dân phường Bến Sen"; empty if none is printed."""
    agency: str
    """ "Trung tâm Phục vụ hành chính công"; printed in capitals on top."""
    agency_in_text: str
    """How sentences name it: "Trung tâm Phục vụ hành chính công phường Bến Sen"."""
    place: str
    day: date
    number: str = ""
    """Number and sign, "0031/TNHS"; empty if the paper has none."""

    def data(self) -> dict[str, Any]:
        place_and_day = f"{self.place}, {day_in_full(self.day)}"
        return {
            "parent": self.parent,
            "agency": self.agency,
            "agency_in_text": self.agency_in_text,
            "place_and_day": place_and_day,
            "number": self.number,
        }


@dataclass(frozen=True, kw_only=True)
class Applicant:
    """Whose dossier it is. Receipts travel through many hands: the number is printed masked."""

    name: str
    identifier: str
    """Personal number, tax code or agency code, whole; only its last four digits are printed."""
    address: str
    salutation: str = ""
    """ "ông", "bà", or nothing for an organisation."""
    phone: str = ""
    email: str = ""

    def data(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "salutation": self.salutation,
            "full": f"{self.salutation} {self.name}".strip(),
            "identifier": masked_identifier(self.identifier),
            "address": self.address,
            "phone": self.phone,
            "email": self.email,
        }


@dataclass(frozen=True, kw_only=True)
class Signatory:
    """Who signs: post, name, and how ("đã ký số lúc 09:26"); no note leaves room for a pen."""

    post: str
    name: str
    note: str = ""

    def data(self) -> dict[str, Any]:
        return {"post": self.post, "name": self.name, "note": self.note}


@dataclass(frozen=True, kw_only=True)
class PaperLine:
    """One component of the dossier: its name, form ("Điện tử, ký số"), and where it came from."""

    name: str
    form: str
    source: str


@dataclass(frozen=True, kw_only=True)
class Shortfall:
    """What is missing: the component, what to do, and the rule that asks for it."""

    paper: str
    wanted: str
    rule: str


@dataclass(frozen=True, kw_only=True)
class Ground:
    """Why a dossier is refused: the component or condition, the reason, and the rule."""

    subject: str
    reason: str
    rule: str
