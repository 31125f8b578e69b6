"""The demo's signing service: real signatures, certificates that nobody outside believes."""

from datetime import datetime
from functools import cache, cached_property
from pathlib import Path

from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.sign.timestamps import TimeStamper

from lienthong.signatures.base import SignedPdf, SigningService
from lienthong.signatures.pades import KeySigner, add_signature, stamper_of
from lienthong.signatures.providers.demo.authority import DemoAuthority
from lienthong.signatures.providers.demo.clock import clock_of


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
            pdf,
            signer=signer,
            signer_name=signer_name,
            reason=reason,
            signed_at=signed_at,
            stamper=self.stamper,
        )
        return SignedPdf(content=content, certificate_serial=agency.serial)

    @cached_property
    def stamper(self) -> TimeStamper:
        clock = clock_of(self.authority)
        return stamper_of(clock.certificate, clock.key, [self.authority.issuing().certificate])

    def trust_roots(self) -> list[bytes]:
        return [self.authority.root().certificate.public_bytes(Encoding.DER)]


@cache
def demo_signing(folder: Path) -> DemoSigning:
    """One authority a process: its keys are read and parsed once."""
    return DemoSigning(folder)
