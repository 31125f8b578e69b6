"""At the authority: assign, look at papers, ask, propose, stop and resume."""

from dataclasses import asdict, dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from lienthong.documents.public import StoredFile
from lienthong.dossiers.actions.ledger import begin_act, carry_out
from lienthong.dossiers.models import Dossier, Paper, SupplementRequest
from lienthong.dossiers.queries import handlers_at
from lienthong.dossiers.rules import Outcome
from lienthong.dossiers.states import Act
from lienthong.identity.public import Account, Actor, Role
from lienthong.kit.errors import Refused, said


class NotAHandlerHere(Refused):
    sentence = said("{name} không thụ lý hồ sơ tại cơ quan này.")


class NothingAsked(Refused):
    sentence = said("Chọn ít nhất một giấy tờ cần bổ sung, nêu chỗ chưa đạt và điều khoản quy định.")


class OpinionMissing(Refused):
    sentence = said("Ghi ý kiến thẩm định; người nộp hồ sơ sẽ đọc được ý kiến này.")


class BasisMissing(Refused):
    sentence = said("Ghi lý do và văn bản, điều khoản cho phép dừng hoặc giải quyết tiếp.")


class NoSuchPaper(Refused):
    sentence = said("Hồ sơ không có giấy tờ này.")


@dataclass(frozen=True)
class Flaw:
    """One paper asked for: which component, what is wrong with it, and the rule that wants it."""

    key: str
    name: str
    flaw: str
    rule: str


@transaction.atomic
def assign_dossier(*, dossier: int, handler: Account, by: Actor, seen: int | None = None) -> Dossier:
    """Give it to a handler of the authority; a handler may only take it himself. Raises NotAHandlerHere."""
    locked = begin_act(dossier, "dossiers.assign", by=by, seen=seen)
    leads = by.has(Role.LEADER, at=locked.authority.code)
    if handler not in handlers_at(locked.authority.code) or not (leads or handler.pk == by.account_id):
        raise NotAHandlerHere(name=handler.name)
    carry_out(
        locked,
        Act.ASSIGN,
        by=by,
        facts={"handler": handler.pk, "handler_name": handler.name},
        handler=handler,
        step="examination",
    )
    return locked


@transaction.atomic
def ask_for_supplement(
    *, dossier: int, flaws: list[Flaw], respond_by: date | None, by: Actor, seen: int | None = None
) -> Dossier:
    """Ask for papers, each with its flaw and its rule (form 02). The clock stops if it had started.

    Raises NothingAsked, SupplementAlreadyAsked.
    """
    if not flaws or not all(f.flaw.strip() and f.rule.strip() and f.name.strip() for f in flaws):
        raise NothingAsked
    locked = begin_act(dossier, "dossiers.ask_supplement", by=by, seen=seen)
    stage = "examination" if locked.received_at else "receipt"
    names = "; ".join(f"{f.name}: {f.flaw}" for f in flaws)
    carry_out(
        locked,
        Act.ASK_SUPPLEMENT,
        by=by,
        note=names,
        facts={"stage": stage, "items": [asdict(f) for f in flaws]},
    )
    SupplementRequest.objects.create(
        dossier=locked,
        asked_at=locked.last_at,
        stage=stage,
        items=[asdict(f) for f in flaws],
        respond_by=respond_by,
        due_at=locked.due_at,
    )
    return locked


@transaction.atomic
def review_paper(*, dossier: int, number: int, verdict: str, remark: str, by: Actor) -> None:
    """Note that a paper was seen and how it was found; no act, so the ledger stays as it is."""
    begin_act(dossier, "dossiers.examine", by=by)
    changed = Paper.objects.filter(dossier_id=dossier, number=number).update(
        seen_at=timezone.now(), verdict=verdict, remark=remark
    )
    if not changed:
        raise NoSuchPaper


@transaction.atomic
def propose_decision(
    *, dossier: int, proposal: Outcome, opinion: str, by: Actor, seen: int | None = None
) -> Dossier:
    """Put a proposal before the leader; the opinion is read by the applicant too. Raises OpinionMissing."""
    if not opinion.strip():
        raise OpinionMissing
    locked = begin_act(dossier, "dossiers.examine", by=by, seen=seen)
    carry_out(
        locked,
        Act.PROPOSE,
        by=by,
        note=opinion,
        facts={"proposal": proposal.value},
        proposal=proposal.value,
        step="signature",
    )
    return locked


@transaction.atomic
def send_back(*, dossier: int, reason: str, by: Actor, seen: int | None = None) -> Dossier:
    """Give a proposed dossier back to its handler."""
    if not reason.strip():
        raise OpinionMissing
    locked = begin_act(dossier, "dossiers.decide", by=by, seen=seen)
    carry_out(locked, Act.SEND_BACK, by=by, note=reason, proposal=None, step="examination")
    return locked


@transaction.atomic
def stop_dossier(
    *,
    dossier: int,
    reason: str,
    basis: str,
    by: Actor,
    document: StoredFile | None = None,
    seen: int | None = None,
) -> Dossier:
    """Stop for a reason the law lists (form 05): reversible, the clock stands still.

    `basis` names the paper or the rule, `document` is its scan, kept by this officer. Raises BasisMissing.
    """
    _check_basis(reason, basis)
    locked = begin_act(dossier, "dossiers.decide", by=by, seen=seen)
    carry_out(locked, Act.STOP, by=by, note=reason, facts={"basis": basis.strip()}, document=document)
    return locked


@transaction.atomic
def resume_dossier(
    *,
    dossier: int,
    reason: str,
    basis: str,
    by: Actor,
    document: StoredFile | None = None,
    seen: int | None = None,
) -> Dossier:
    """Go on: the due moment moves by the time that the clock stood still. Raises BasisMissing."""
    _check_basis(reason, basis)
    locked = begin_act(dossier, "dossiers.decide", by=by, seen=seen)
    carry_out(locked, Act.RESUME, by=by, note=reason, facts={"basis": basis.strip()}, document=document)
    return locked


def _check_basis(reason: str, basis: str) -> None:
    if not (reason.strip() and basis.strip()):
        raise BasisMissing
