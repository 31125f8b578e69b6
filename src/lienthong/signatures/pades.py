"""PAdES B-T with pyHanko: one signature with a time stamp over the whole file, added after its last byte."""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from io import BytesIO
from typing import Any, Final, TypeVar

from asn1crypto import x509 as asn1
from asn1crypto.keys import PrivateKeyInfo
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes, Signer
from pyhanko.sign.signers.pdf_signer import PdfSignatureMetadata, PdfSigner
from pyhanko.sign.timestamps import DummyTimeStamper, TimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

FIELD: Final = "ChuKySo"
ROOM_FOR_SIGNATURE: Final = 24 * 1024
"""Hexadecimal digits kept free for the CMS: three P-256 certificates and a time stamp need some 12,000."""
LONGEST_SIGNATURE: Final = 72
"""Bytes of a P-256 signature in DER."""

T = TypeVar("T")


class KeySigner(Signer):
    """Signs with a key parsed once; pyHanko's own signer parses it again for every signature."""

    def __init__(
        self, certificate: x509.Certificate, key: ec.EllipticCurvePrivateKey, chain: list[x509.Certificate]
    ) -> None:
        store = SimpleCertificateStore()  # type: ignore[no-untyped-call]  # its __init__ has no annotations
        store.register_multiple([as_asn1(each) for each in chain])
        super().__init__(signing_cert=as_asn1(certificate), cert_registry=store, embed_roots=False)
        self.key = key

    async def async_sign_raw(
        self,
        data: bytes,
        digest_algorithm: str,
        dry_run: bool = False,  # noqa: FBT001, FBT002 the signature is pyHanko's
    ) -> bytes:
        if dry_run:
            return bytes(LONGEST_SIGNATURE)
        if digest_algorithm != "sha256":
            raise ValueError(f"SHA-256 only, not {digest_algorithm}")
        return self.key.sign(data, ec.ECDSA(hashes.SHA256()))


class UntouchedWriter(IncrementalPdfFileWriter):
    """Adds the signature and nothing else: the typesetter's PDF/A metadata stay as they were made."""

    def _update_meta(self) -> None:
        """No new modification time: pyHanko would rewrite the XMP that declares PDF/A."""


class PlainSigner(PdfSigner):
    def register_extensions(self, pdf_out: BasePdfFileWriter, *, md_algorithm: str) -> None:
        """None declared: pyHanko's would raise the file to PDF 2.0, which PDF/A-2 (PDF 1.7) is not."""


def as_asn1(certificate: x509.Certificate) -> asn1.Certificate:
    return asn1.Certificate.load(certificate.public_bytes(Encoding.DER))


def stamper_of(
    certificate: x509.Certificate, key: rsa.RSAPrivateKey, chain: list[x509.Certificate]
) -> TimeStamper:
    """A time-stamp authority (RFC 3161) in this very process: its own clock, no network."""
    der = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    store = SimpleCertificateStore()  # type: ignore[no-untyped-call]  # its __init__ has no annotations
    store.register_multiple([as_asn1(each) for each in chain])
    return DummyTimeStamper(
        tsa_cert=as_asn1(certificate),
        tsa_key=PrivateKeyInfo.load(der),
        certs_to_embed=store,
        include_nonce=True,
    )


def add_signature(
    pdf: bytes,
    *,
    signer: Signer,
    signer_name: str,
    reason: str,
    signed_at: datetime,
    stamper: TimeStamper | None = None,
) -> bytes:
    """Sign `pdf` invisibly: the page already names the signer, and PDF/A asks no appearance of a
    field without size. `signed_at` is the time the signature claims; `stamper` proves it (PAdES B-T)."""
    metadata = PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        name=signer_name,
        reason=reason,
        subfilter=SigSeedSubFilter.PADES,
    )
    writer = UntouchedWriter(BytesIO(pdf))
    tool = PlainSigner(metadata, signer=signer, new_field_spec=SigFieldSpec(FIELD), timestamper=stamper)
    out = BytesIO()
    finished(sign(tool, writer, signed_at, out))
    return out.getvalue()


async def sign(tool: PlainSigner, writer: UntouchedWriter, signed_at: datetime, out: BytesIO) -> None:
    session = tool.init_signing_session(writer)
    session.system_time = signed_at  # pyHanko offers only the present moment
    document = session.prepare_tbs_document(validation_info=None, bytes_reserved=ROOM_FOR_SIGNATURE)
    digest, _ = document.digest_tbs_document(output=out)
    await document.perform_signature(
        document_digest=digest.document_digest,
        pdf_cms_signed_attrs=PdfCMSSignedAttributes(signing_time=signed_at),
    )


def finished(work: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine to its end in a thread of its own: the caller's may be inside an event loop."""
    with ThreadPoolExecutor(max_workers=1) as thread:
        return thread.submit(asyncio.run, work).result()
