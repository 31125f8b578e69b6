"""By the authority's leader: decide and sign, apologise and give a new date."""

from datetime import date, datetime, time
from typing import Any

from django.db import transaction
from django.utils import timezone

from lienthong.documents.public import Signatory, StoredFile, render_paper
from lienthong.dossiers.actions.ledger import begin_act, carry_out
from lienthong.dossiers.effects import take_effect
from lienthong.dossiers.letters import result_paper
from lienthong.dossiers.models import Dossier, Paper
from lienthong.dossiers.rules import Channel, Outcome
from lienthong.dossiers.states import Act, move
from lienthong.identity.public import Actor, system
from lienthong.kit.calendar import Calendar
from lienthong.kit.errors import Refused, said
from lienthong.signatures.public import new_token, sign_paper, verification_url


class ReasonForDenial(Refused):
    sentence = said("Nêu rõ lý do và điều khoản để người nộp biết vì sao hồ sơ không được giải quyết.")


class PapersUnseen(Refused):
    sentence = said("Còn {count} giấy tờ chưa xem: {names}. Xem hết rồi mới ký.")


class NewDayIsOff(Refused):
    sentence = said("Ngày {day} là {why}. Chọn một ngày làm việc.")


@transaction.atomic
def decide_dossier(
    *, dossier: int, outcome: Outcome, opinion: str, by: Actor, seen: int | None = None
) -> Dossier:
    """Decide and sign: the result becomes a PAdES-signed PDF/A, kept and verifiable by anybody.

    An electronic result counts as returned at once: it lies in the applicant's store. Raises
    ReasonForDenial, PapersUnseen, MoveNotAllowed, NotAllowed, ChangedMeanwhile.
    """
    locked = begin_act(dossier, "dossiers.decide", by=by, seen=seen)
    move(locked.life.state, Act.DECIDE)
    if outcome is Outcome.DENIED and not opinion.strip():
        raise ReasonForDenial
    _check_seen(locked)
    entered = take_effect(locked, by=by) if outcome is Outcome.APPROVED else {}
    file = _sign_result(locked, outcome, opinion, entered, by)
    carry_out(
        locked,
        Act.DECIDE,
        by=by,
        note=opinion,
        facts={"outcome": outcome.value},
        document=file,
        outcome=outcome,
        result=file,
        digitised=True,
        digitised_at=timezone.now(),
        step="return",
    )
    if locked.delivery == Channel.ONLINE:
        carry_out(locked, Act.RETURN, by=system("delivery"), facts={"handed": Channel.ONLINE.value}, step="")
    return locked


def _check_seen(dossier: Dossier) -> None:
    unseen = Paper.objects.filter(dossier=dossier, replaced=False, seen_at__isnull=True, action="submit")
    names = list(unseen.values_list("name", flat=True))
    if names:
        raise PapersUnseen(count=len(names), names=", ".join(names))


def _sign_result(
    dossier: Dossier, outcome: Outcome, opinion: str, entered: dict[str, Any], by: Actor
) -> StoredFile:
    now = timezone.now()
    token = new_token()
    signer = Signatory(
        post="Người ký", name=by.name, note=f"đã ký số lúc {timezone.localtime(now):%H:%M %d/%m/%Y}"
    )
    paper = result_paper(
        dossier,
        outcome=outcome,
        opinion=opinion,
        entered=entered,
        signer=signer,
        at=now,
        url=verification_url(token),
    )
    signature = sign_paper(
        pdf=render_paper(paper),
        token=token,
        file_name=f"{paper.title} {dossier.code}.pdf",
        organisation_code=dossier.authority.code,
        organisation_name=dossier.authority.name,
        signer_name=by.name,
        reason=paper.title,
        paper_name=paper.title,
        paper_number=dossier.code,
        holder_name=dossier.applicant_name,
        signed_at=now,
        by=by,
    )
    return signature.document


@transaction.atomic
def apologise(*, dossier: int, reason: str, new_day: date, by: Actor, seen: int | None = None) -> Dossier:
    """Apologise and give a new date, once (form 04). The old date stays on record.

    Raises NewDateNotLater, AlreadyReDated, NewDayIsOff, ReasonForDenial.
    """
    if not reason.strip():
        raise ReasonForDenial
    calendar = Calendar.official()
    if why := calendar.why_off(new_day):
        raise NewDayIsOff(day=f"{new_day:%d/%m/%Y}", why=why)
    locked = begin_act(dossier, "dossiers.apologise", by=by, seen=seen)
    due = datetime.combine(new_day, time(17), tzinfo=timezone.get_current_timezone())
    carry_out(locked, Act.APOLOGISE, by=by, note=reason, new_due=due)
    return locked
