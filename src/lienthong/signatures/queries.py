"""Judging papers: by their content, by their code."""

import hashlib
import re
from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings

from lienthong.signatures.base import SigningService
from lienthong.signatures.checker import checker
from lienthong.signatures.models import Signature
from lienthong.signatures.providers.demo.signing import demo_signing
from lienthong.signatures.rules import Finding, NoSigningService, OtherSite, PaperUnknown, Verdict

TOKEN: Final = re.compile(r"[A-Za-z0-9_-]{22,64}")
ADDRESS: Final = re.compile(r"/xac-minh/([A-Za-z0-9_-]{22,64})/?")


def signing_service() -> SigningService:
    """The service of this installation. Raises NoSigningService outside the demo: none is built in yet."""
    if not settings.DEMO:
        raise NoSigningService
    return demo_signing(settings.PKI_ROOT)


def verification_url(token: str) -> str:
    """The address in a paper's QR code."""
    return f"{settings.PUBLIC_URL}/xac-minh/{token}/"


def signature_of(content: bytes) -> Signature | None:
    """The row of a file that was signed here, byte for byte."""
    return Signature.objects.filter(sha256=hashlib.sha256(content).hexdigest()).first()


def signature_by_token(token: str) -> Signature:
    """Raises PaperUnknown."""
    found = Signature.objects.filter(token=token).select_related("replaced_by").first()
    if found is None:
        raise PaperUnknown
    return found


def tokens_of(files: Iterable[UUID]) -> dict[UUID, str]:
    """The verification token of each kept file that is a signed paper. One query."""
    found = Signature.objects.filter(document__in=list(files))
    return dict(found.values_list("document_id", "token"))


def token_in(text: str) -> str:
    """The token in what somebody read from a QR code: our address, or the token alone.

    Raises OtherSite for an address that is not ours, PaperUnknown for anything else.
    """
    squeezed = text.strip()
    if TOKEN.fullmatch(squeezed):
        return squeezed
    parts = urlsplit(squeezed)
    if parts.scheme in {"http", "https"} and parts.netloc != urlsplit(settings.PUBLIC_URL).netloc:
        raise OtherSite(site=parts.hostname or "")
    found = ADDRESS.fullmatch(parts.path)
    if found is None:
        raise PaperUnknown
    return found[1]


def verify_pdf(content: bytes) -> Verdict:
    """Judge a PDF's signatures. Any bytes at all give a verdict; nothing is fetched, nothing kept.

    Up to settings.MAX_UPLOAD_BYTES, in a process apart with 10 s of computing and 2 GB of memory;
    one file at a time. Believes our own root only.
    """
    if len(content) > settings.MAX_UPLOAD_BYTES:
        return Verdict(finding=Finding.TOO_LARGE)
    reading = checker(tuple(signing_service().trust_roots())).ask(content)
    return verdict_from(reading, known=signature_of(content) is not None)


def verdict_from(reading: dict[str, Any], *, known: bool) -> Verdict:
    moment = reading.pop("signed_at", "")
    proven = reading.pop("proven_at", "")
    finding = Finding(reading.pop("finding"))
    return Verdict(
        finding=finding,
        known_to_us=known,
        signed_at=datetime.fromisoformat(moment) if moment else None,
        proven_at=datetime.fromisoformat(proven) if proven else None,
        **reading,
    )
