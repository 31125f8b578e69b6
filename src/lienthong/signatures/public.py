"""All that other rooms may import from signatures."""

from lienthong.signatures.actions import new_token, revoke_paper, sign_paper, sign_pdf
from lienthong.signatures.base import SignedPdf, SigningService
from lienthong.signatures.events import PaperChecked, PaperReplaced, PaperRevoked, PaperSigned
from lienthong.signatures.models import Signature
from lienthong.signatures.queries import (
    signature_by_token,
    signature_of,
    tokens_of,
    verification_url,
    verify_pdf,
)
from lienthong.signatures.rules import (
    Finding,
    NoSigningService,
    NotInForce,
    PaperUnknown,
    ReasonNeeded,
    Verdict,
)
from lienthong.signatures.states import Force

__all__ = [
    "Finding",
    "Force",
    "NoSigningService",
    "NotInForce",
    "PaperChecked",
    "PaperReplaced",
    "PaperRevoked",
    "PaperSigned",
    "PaperUnknown",
    "ReasonNeeded",
    "Signature",
    "SignedPdf",
    "SigningService",
    "Verdict",
    "new_token",
    "revoke_paper",
    "sign_paper",
    "sign_pdf",
    "signature_by_token",
    "signature_of",
    "tokens_of",
    "verification_url",
    "verify_pdf",
]
