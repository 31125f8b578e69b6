"""Reading a signed PDF that a stranger hands in. Runs in a process of its own, with limits.

`python -m lienthong.signatures.checking ROOT…` believes only the roots given (DER, base64),
fetches nothing, and answers each file with a line of JSON. It imports neither Django nor anything
that knows a database or a key.
"""

import base64
import json
import logging
import os
import resource
import select
import signal
import sys
import time
from dataclasses import asdict, dataclass, replace
from io import BytesIO
from typing import Any, Final, NoReturn

from asn1crypto import x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from lienthong.signatures.rules import Finding

SECONDS: Final = 10
"""Of computing, for one file."""
LONGEST_WAIT: Final = 20
MEMORY: Final = 2 * 1024**3
MOST_SIGNATURES: Final = 10


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What stands in the file; plain values, to be sent as JSON."""

    finding: str
    is_intact: bool = False
    is_trusted: bool = False
    covers_whole_document: bool = False
    signer: str = ""
    organisation: str = ""
    signed_at: str = ""
    proven_at: str = ""


ORDER: Final = [Finding.ALTERED, Finding.EXTENDED, Finding.FOREIGN, Finding.SOUND]


def read_signatures(content: bytes, roots: list[x509.Certificate]) -> Reading:
    """Judge all signatures of a file; the worst decides. Garbage is NOT_A_PDF, never an error."""
    try:
        found = PdfFileReader(BytesIO(content), strict=True).embedded_regular_signatures
    except Exception:
        # A parser fed by strangers may fail in any way at all; each of them means the same.
        logging.getLogger(__name__).debug("unreadable", exc_info=True)
        return Reading(finding=Finding.NOT_A_PDF)
    if not found:
        return Reading(finding=Finding.UNSIGNED)
    if len(found) > MOST_SIGNATURES:
        return Reading(finding=Finding.TOOK_TOO_LONG)
    readings = [read_signature(each, roots) for each in found]
    worst = min(readings, key=lambda each: ORDER.index(Finding(each.finding)))
    # Only the last signature can cover everything; what came before it is covered by it.
    last = readings[-1]
    if worst.finding == Finding.EXTENDED and last.finding == Finding.SOUND:
        return last
    return replace(worst, covers_whole_document=last.covers_whole_document)


def read_signature(signature: EmbeddedPdfSignature, roots: list[x509.Certificate]) -> Reading:
    context = ValidationContext(trust_roots=roots, allow_fetching=False, revocation_mode="soft-fail")
    try:
        status = validate_pdf_signature(signature, context, skip_diff=True)
    except Exception:
        logging.getLogger(__name__).debug("no verdict", exc_info=True)
        return Reading(finding=Finding.ALTERED)
    intact = bool(status.intact and status.valid)
    whole = status.coverage == SignatureCoverageLevel.ENTIRE_FILE
    trusted = intact and bool(status.trusted)
    subject: dict[str, Any] = status.signing_cert.subject.native if trusted else {}
    return Reading(
        finding=finding_of(intact=intact, whole=whole, trusted=trusted),
        is_intact=intact,
        is_trusted=trusted,
        covers_whole_document=whole,
        signer=text_of(signature, "/Name") if trusted else "",
        organisation=str(subject.get("organization_name", "")),
        signed_at=said_time(signature) if intact else "",
        proven_at=proven_time(status) if trusted else "",
    )


def finding_of(*, intact: bool, whole: bool, trusted: bool) -> Finding:
    if not intact:
        return Finding.ALTERED
    if not whole:
        return Finding.EXTENDED
    return Finding.SOUND if trusted else Finding.FOREIGN


def text_of(signature: EmbeddedPdfSignature, key: str) -> str:
    value = signature.sig_object.get(key, "")
    return str(value)[:200]


def said_time(signature: EmbeddedPdfSignature) -> str:
    moment = signature.self_reported_timestamp
    return moment.isoformat() if moment else ""


def proven_time(status: PdfSignatureStatus) -> str:
    """When a time-stamp authority that leads to our root saw the signature; nothing without one."""
    stamp = status.timestamp_validity
    if stamp is None or not (stamp.intact and stamp.valid and stamp.trusted):
        return ""
    return str(stamp.timestamp.isoformat())


def serve(roots: list[x509.Certificate]) -> None:
    """Answer files on standard input, one after another: eight bytes of length, then the file.

    Each is judged in a fork with limits of its own, so that importing the libraries, 2 s of
    computing, is paid once. Ends when the web process closes its end.
    """
    requests, answers = sys.stdin.buffer, sys.stdout.buffer
    while head := requests.read(8):
        content = requests.read(int.from_bytes(head))
        answers.write(judge_apart(content, roots) + b"\n")
        answers.flush()


def judge_apart(content: bytes, roots: list[x509.Certificate]) -> bytes:
    """Judge in a forked process; JSON. A process that fails or dawdles means TOOK_TOO_LONG."""
    receiving, sending = os.pipe()
    child = os.fork()
    if not child:
        judge_and_exit(content, roots, sending)
    os.close(sending)
    try:
        found = received(receiving)
    finally:
        os.close(receiving)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    return found or json.dumps({"finding": Finding.TOOK_TOO_LONG}).encode()


def judge_and_exit(content: bytes, roots: list[x509.Certificate], sending: int) -> NoReturn:
    """In the fork: limits first, then the stranger's bytes. Never returns into the parent's code."""
    try:
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        os.write(sending, json.dumps(asdict(read_signatures(content, roots))).encode())
    finally:
        os._exit(0)


def received(receiving: int) -> bytes:
    """What the fork says before it ends; nothing if it takes too long."""
    found = b""
    until = time.monotonic() + LONGEST_WAIT
    while select.select([receiving], [], [], max(0.0, until - time.monotonic()))[0]:
        piece = os.read(receiving, 64 * 1024)
        if not piece:
            return found
        found += piece
    return b""


if __name__ == "__main__":
    logging.disable(logging.CRITICAL)
    serve([x509.Certificate.load(base64.b64decode(root)) for root in sys.argv[1:]])
