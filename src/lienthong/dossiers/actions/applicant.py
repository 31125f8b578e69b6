"""By the applicant: add what was asked for, withdraw."""

from django.db import transaction

from lienthong.documents.public import StoredFile
from lienthong.dossiers.actions.filing import FileNotOurs
from lienthong.dossiers.actions.ledger import begin_act, carry_out
from lienthong.dossiers.models import Dossier, Paper, SupplementRequest
from lienthong.dossiers.states import Act
from lienthong.identity.public import Actor
from lienthong.kit.errors import Refused, said


class StillMissing(Refused):
    sentence = said("Còn thiếu: {names}.")


class NotAskedFor(Refused):
    sentence = said("Cơ quan không yêu cầu bổ sung giấy tờ “{key}”.")


@transaction.atomic
def supplement_dossier(
    *, dossier: int, papers: dict[str, StoredFile], by: Actor, seen: int | None = None
) -> Dossier:
    """Add every paper the open request asks for, by its key; the clock goes on.

    Raises StillMissing, NotAskedFor, FileNotOurs, MoveNotAllowed.
    """
    locked = begin_act(dossier, "dossiers.supplement", by=by, seen=seen)
    act = Act.SUPPLEMENT if locked.received_at else Act.SUPPLEMENT_BEFORE_RECEIPT
    request = SupplementRequest.objects.filter(dossier=locked, answered_at__isnull=True).first()
    asked = {item["key"]: item["name"] for item in request.items} if request else {}
    for key in papers:
        if key not in asked:
            raise NotAskedFor(key=key)
    missing = [name for key, name in asked.items() if key not in papers]
    if missing:
        raise StillMissing(names=", ".join(missing))
    if any(file.kept_by != by.reference for file in papers.values()):
        raise FileNotOurs
    carry_out(locked, act, by=by, facts={"papers": sorted(papers)})
    _put_in(locked, {key: (asked[key], file) for key, file in papers.items()})
    SupplementRequest.objects.filter(dossier=locked, answered_at__isnull=True).update(
        answered_at=locked.last_at
    )
    return locked


def _put_in(dossier: Dossier, papers: dict[str, tuple[str, StoredFile]]) -> None:
    Paper.objects.filter(dossier=dossier, key__in=papers).update(replaced=True)
    last = Paper.objects.filter(dossier=dossier).count()
    Paper.objects.bulk_create(
        Paper(
            dossier=dossier,
            number=last + n,
            key=key,
            name=name,
            action="submit",
            file=file,
            given_at=dossier.last_at,
        )
        for n, (key, (name, file)) in enumerate(papers.items(), 1)
    )


@transaction.atomic
def withdraw_dossier(*, dossier: int, reason: str, by: Actor, seen: int | None = None) -> Dossier:
    """Take it back before it is decided; it stays on record as withdrawn."""
    locked = begin_act(dossier, "dossiers.withdraw", by=by, seen=seen)
    carry_out(locked, Act.WITHDRAW, by=by, note=reason, step="")
    SupplementRequest.objects.filter(dossier=locked, answered_at__isnull=True).update(
        answered_at=locked.last_at
    )
    return locked
