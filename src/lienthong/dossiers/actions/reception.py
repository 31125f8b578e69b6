"""At the one-stop centre: receive, refuse, forward, return."""

from django.db import transaction

from lienthong.dossiers.actions.ledger import begin_act, carry_out
from lienthong.dossiers.models import Dossier, SupplementRequest
from lienthong.dossiers.rules import Channel
from lienthong.dossiers.states import Act
from lienthong.identity.public import Actor
from lienthong.kit.errors import Refused, said
from lienthong.organisations.public import Organisation


class ReasonMissing(Refused):
    """NĐ 118/2025/NĐ-CP: a refusal names the component and the rule."""

    sentence = said(
        "Nêu rõ thành phần hồ sơ chưa đạt, điều khoản quy định và lý do, để người nộp biết phải làm gì."
    )


class SameAuthority(Refused):
    sentence = said("Hồ sơ đang ở chính cơ quan này rồi.")


@transaction.atomic
def receive_dossier(*, dossier: int, by: Actor, seen: int | None = None) -> Dossier:
    """Receive it: the clock starts, the due moment follows from the version it was filed under.

    Raises MoveNotAllowed, NotAllowed, ChangedMeanwhile.
    """
    locked = begin_act(dossier, "dossiers.receive", by=by, seen=seen)
    carry_out(locked, Act.RECEIVE, by=by, step="examination")
    return locked


@transaction.atomic
def refuse_dossier(
    *, dossier: int, component: str, rule: str, reason: str, by: Actor, seen: int | None = None
) -> Dossier:
    """Refuse to receive it, naming the component, the rule and the reason. Raises ReasonMissing."""
    if not (component.strip() and rule.strip() and reason.strip()):
        raise ReasonMissing
    locked = begin_act(dossier, "dossiers.refuse", by=by, seen=seen)
    facts = {"component": component, "rule": rule}
    carry_out(locked, Act.REFUSE, by=by, note=reason, facts=facts, step="")
    SupplementRequest.objects.filter(dossier=locked, answered_at__isnull=True).update(
        answered_at=locked.last_at
    )
    return locked


@transaction.atomic
def forward_dossier(
    *, dossier: int, authority: Organisation, reason: str, by: Actor, seen: int | None = None
) -> Dossier:
    """Send it to the agency that decides. The clock is neither stopped nor restarted."""
    locked = begin_act(dossier, "dossiers.forward", by=by, seen=seen)
    if authority.pk == locked.authority_id:
        raise SameAuthority
    if not reason.strip():
        raise ReasonMissing
    facts = {"from": locked.authority.code, "to": authority.code}
    carry_out(locked, Act.FORWARD, by=by, note=reason, facts=facts, authority=authority, handler=None)
    return locked


@transaction.atomic
def return_result(*, dossier: int, handed: Channel, by: Actor, seen: int | None = None) -> Dossier:
    """Give the result to the applicant, at the counter, by post or in the store of papers.

    Being overdue never blocks this.
    """
    locked = begin_act(dossier, "dossiers.return", by=by, seen=seen)
    carry_out(locked, Act.RETURN, by=by, facts={"handed": handed.value}, step="")
    return locked
