"""What every paper has."""

from dataclasses import dataclass
from typing import Any, ClassVar

from lienthong.documents.papers.parts import Applicant, Letterhead
from lienthong.documents.papers.qr import qr_text
from lienthong.documents.wording import after_scheme


@dataclass(frozen=True, kw_only=True)
class Paper:
    """What every paper has. `verification_url` leads to the public page that checks it."""

    template: ClassVar[str]
    form: ClassVar[str] = ""
    """The number of the form and the rule that sets it, in the foot of the page."""
    title: str
    letterhead: Letterhead
    dossier_code: str
    procedure_code: str
    procedure_name: str
    verification_url: str

    @property
    def identifier(self) -> str:
        """The identifier of the person the QR is for; empty leaves it out."""
        return ""

    def qr_text(self) -> str:
        """The QR's text, or nothing for a paper that nobody can check online."""
        if not self.verification_url:
            return ""
        return qr_text(
            url=self.verification_url,
            dossier_code=self.dossier_code,
            procedure_code=self.procedure_code,
            identifier=self.identifier,
            paper=self.title,
        )

    def data(self) -> dict[str, Any]:
        """All that the template shows, as JSON values."""
        return {
            "title": self.title,
            "form": self.form,
            "letterhead": self.letterhead.data(),
            "dossier_code": self.dossier_code,
            "procedure": f"{self.procedure_name} ({self.procedure_code})",
            "verification_url": self.verification_url,
            "verification_shown": after_scheme(self.verification_url),
        }


@dataclass(frozen=True, kw_only=True)
class ApplicantPaper(Paper):
    """A paper addressed to the applicant."""

    applicant: Applicant

    @property
    def identifier(self) -> str:
        return self.applicant.identifier

    def data(self) -> dict[str, Any]:
        return super().data() | {"applicant": self.applicant.data()}
