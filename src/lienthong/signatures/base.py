"""The service that signs for agencies. A provider implements it; the demo has its own authority."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, kw_only=True)
class SignedPdf:
    content: bytes
    certificate_serial: str
    """Of the signing certificate, hexadecimal."""


class SigningService(ABC):
    """Signs PDFs in the name of organisations, and names the roots that its signatures lead to."""

    @abstractmethod
    def sign_pdf(
        self,
        pdf: bytes,
        *,
        organisation_code: str,
        organisation_name: str,
        signer_name: str,
        reason: str,
        signed_at: datetime,
    ) -> SignedPdf:
        """Add a PAdES signature over the whole document, leaving PDF/A as it is."""

    @abstractmethod
    def trust_roots(self) -> list[bytes]:
        """Root certificates, DER: no other root is believed."""
