"""Signing papers, ending their force, and answering who asks about them."""

import secrets
from datetime import datetime
from io import BytesIO

from django.db import transaction
from django.utils import timezone

from lienthong.audit.public import record
from lienthong.documents.public import Retention, keep_file
from lienthong.identity.public import Actor, require
from lienthong.signatures.events import PaperChecked, PaperReplaced, PaperRevoked, PaperSigned
from lienthong.signatures.models import Signature
from lienthong.signatures.queries import signature_by_token, signature_of, signing_service, verify_pdf
from lienthong.signatures.rules import NotInForce, ReasonNeeded, Verdict, initials
from lienthong.signatures.states import MOVES, Force

TOKEN_BYTES = 18
"""144 random bits, 24 letters of a web address."""


def new_token() -> str:
    """A token for a paper about to be typeset: its QR needs the address before it is signed."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def sign_pdf(
    pdf: bytes,
    *,
    organisation_code: str,
    organisation_name: str,
    signer_name: str,
    reason: str,
    signed_at: datetime,
) -> bytes:
    """Sign without keeping anything; `sign_paper` is the way for papers that people get."""
    return (
        signing_service()
        .sign_pdf(
            pdf,
            organisation_code=organisation_code,
            organisation_name=organisation_name,
            signer_name=signer_name,
            reason=reason,
            signed_at=signed_at,
        )
        .content
    )


def sign_paper(
    *,
    pdf: bytes,
    token: str,
    file_name: str,
    organisation_code: str,
    organisation_name: str,
    signer_name: str,
    reason: str,
    paper_name: str,
    by: Actor,
    paper_number: str = "",
    holder_name: str = "",
    retention: Retention = Retention.RESULT,
    signed_at: datetime | None = None,
    replaces: Signature | None = None,
) -> Signature:
    """Sign a typeset paper for an agency, keep it, and make it checkable by its token.

    `holder_name` is whose paper it is; only initials are stored. `replaces` ends the force of an
    older paper in the same transaction. Raises NotAllowed, NoSigningService, NotInForce.
    """
    require(by, "signatures.sign", organisation_code)
    moment = signed_at or timezone.now()
    signed = signing_service().sign_pdf(
        pdf,
        organisation_code=organisation_code,
        organisation_name=organisation_name,
        signer_name=signer_name,
        reason=reason,
        signed_at=moment,
    )
    with transaction.atomic():
        file = keep_file(
            content=BytesIO(signed.content), name=file_name, by=by, retention=retention, at=moment
        )
        signature = Signature.objects.create(
            token=token,
            document=file,
            sha256=file.sha256,
            organisation_code=organisation_code,
            organisation_name=organisation_name,
            signer_name=signer_name,
            paper_name=paper_name,
            paper_number=paper_number,
            holder_initials=initials(holder_name),
            signed_at=moment,
            certificate_serial=signed.certificate_serial,
        )
        event = PaperSigned(
            signature=signature.pk,
            organisation=organisation_code,
            sha256=file.sha256,
            certificate=signed.certificate_serial,
        )
        record(event, by=by, at=moment)
        if replaces:
            replace(replaces, signature, by=by, at=moment)
    return signature


def replace(old: Signature, new: Signature, *, by: Actor, at: datetime) -> None:
    if old.organisation_code != new.organisation_code:
        require(by, "signatures.revoke", old)
    locked = end_force(old, Force.REPLACED)
    locked.replaced_by = new
    locked.ended_at = at
    locked.save(update_fields=["force", "ended_at", "replaced_by"])
    event = PaperReplaced(signature=old.pk, organisation=old.organisation_code, by_signature=new.pk)
    record(event, by=by, at=at)


def revoke_paper(*, signature: Signature, reason: str, by: Actor) -> Signature:
    """Take a paper out of force; the public page says so at once. The reason stays inside.

    Raises NotAllowed, ReasonNeeded, NotInForce.
    """
    require(by, "signatures.revoke", signature)
    if not reason.strip():
        raise ReasonNeeded
    with transaction.atomic():
        locked = end_force(signature, Force.REVOKED)
        locked.ended_at = timezone.now()
        locked.ended_reason = reason.strip()
        locked.save(update_fields=["force", "ended_at", "ended_reason"])
        record(PaperRevoked(signature=locked.pk, organisation=locked.organisation_code), by=by)
    return locked


def end_force(signature: Signature, force: Force) -> Signature:
    """Lock the row and move it; two at once: the second is told."""
    locked = Signature.objects.select_for_update().get(pk=signature.pk)
    if force not in MOVES[Force(locked.force)]:
        raise NotInForce
    locked.force = force
    return locked


def check_file(*, content: bytes, by: Actor) -> tuple[Verdict, Signature | None]:
    """Judge a file that somebody brought to the public page. The file is not kept."""
    verdict = verify_pdf(content)
    signature = signature_of(content)
    if signature:
        note_check(signature, how="file", finding=verdict.finding, by=by)
    return verdict, signature


def check_token(*, token: str, how: str, by: Actor) -> Signature:
    """Look a paper up by the token of its QR. Raises PaperUnknown."""
    signature = signature_by_token(token)
    note_check(signature, how=how, finding=signature.force, by=by)
    return signature


def note_check(signature: Signature, *, how: str, finding: str, by: Actor) -> None:
    with transaction.atomic():
        record(PaperChecked(signature=signature.pk, how=how, finding=finding), by=by)
