"""The demo's signing service: real signatures, certificates that nobody outside believes."""

from datetime import datetime
from functools import cache
from pathlib import Path

from cryptography.hazmat.primitives.serialization import Encoding

from lienthong.signatures.base import SignedPdf, SigningService
from lienthong.signatures.pades import KeySigner, add_signature
from lienthong.signatures.providers.demo.authority import DemoAuthority


class DemoSigning(SigningService):
    def __init__(self, folder: Path) -> None:
        self.authority = DemoAuthority(folder)

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
        agency = self.authority.agency(organisation_code, organisation_name)
        signer = KeySigner(agency.certificate, agency.key, [self.authority.issuing().certificate])
        content = add_signature(
            pdf, signer=signer, signer_name=signer_name, reason=reason, signed_at=signed_at
        )
        return SignedPdf(content=content, certificate_serial=agency.serial)

    def trust_roots(self) -> list[bytes]:
        return [self.authority.root().certificate.public_bytes(Encoding.DER)]


@cache
def demo_signing(folder: Path) -> DemoSigning:
    """One authority a process: its keys are read and parsed once."""
    return DemoSigning(folder)
