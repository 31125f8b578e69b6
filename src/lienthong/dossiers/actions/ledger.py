"""How every act is carried out: lock, ask the law, save, write the ledger and the record, all or nothing."""

import json
from dataclasses import fields
from datetime import datetime
from typing import Any

from django.db import connection
from django.utils import timezone

from lienthong.audit.public import record
from lienthong.documents.public import StoredFile
from lienthong.dossiers.events import EVENT_OF
from lienthong.dossiers.models import Dossier, Movement
from lienthong.dossiers.queries import NoSuchDossier, terms_of
from lienthong.dossiers.rules import Life, Outcome, advance
from lienthong.dossiers.states import MOVES, Act
from lienthong.identity.public import Actor, require
from lienthong.kit.calendar import Calendar
from lienthong.kit.errors import Refused, said

LIFE = [f.name for f in fields(Life)]


class ChangedMeanwhile(Refused):
    """Somebody acted on the dossier after this page was opened."""

    sentence = said("{who} vừa {what} lúc {at}. Hãy xem lại hồ sơ rồi mới quyết định.")


def lock(dossier_id: int) -> Dossier:
    """The dossier, held until the transaction ends; the caller is inside one."""
    found = (
        Dossier.objects.select_for_update(of=("self",), no_key=True)
        .select_related("reception", "authority", "helped_at", "version")
        .filter(pk=dossier_id)
        .first()
    )
    if found is None:
        raise NoSuchDossier
    return found


def begin_act(dossier_id: int, permission: str, *, by: Actor, seen: int | None = None) -> Dossier:
    """Lock, check the permission, and check that the page was not stale.

    `seen` is the number of acts the page showed (None: no page). Raises NoSuchDossier,
    NotAllowed, ChangedMeanwhile.
    """
    dossier = lock(dossier_id)
    require(by, permission, dossier)
    if seen is not None and seen != dossier.acts:
        last = Movement.objects.get(dossier_id=dossier_id, number=dossier.acts)
        raise ChangedMeanwhile(
            who=last.actor_name, what=past(Act(last.act)), at=f"{timezone.localtime(last.at):%H:%M %d/%m/%Y}"
        )
    return dossier


def past(act: Act) -> str:

    return MOVES[act].past


def carry_out(
    dossier: Dossier,
    act: Act,
    *,
    by: Actor,
    note: str = "",
    facts: dict[str, Any] | None = None,
    document: StoredFile | None = None,
    new_due: datetime | None = None,
    outcome: Outcome | None = None,
    **changes: Any,
) -> Movement:
    """Do `act` to a locked dossier: state and clock by the rules, one ledger line, one event.

    `changes` are other columns the act sets. Raises the errors of states and rules; nothing is
    saved then.
    """
    now = timezone.now()
    before = dossier.life
    after = advance(
        before,
        act,
        at=now,
        terms=terms_of(dossier),
        calendar=Calendar.official(),
        new_due=new_due,
        outcome=outcome,
    )
    for name in LIFE:
        setattr(dossier, name, getattr(after, name))
    for name, value in changes.items():
        setattr(dossier, name, value)
    dossier.acts += 1
    dossier.save(update_fields=[*LIFE, "acts", *changes])
    return write_line(dossier, act, before, after, by=by, note=note, facts=facts or {}, document=document)


LINE = """
INSERT INTO dossiers_movement (dossier_id, number, act, at, before, after, actor, actor_name, note,
    due_before, due_after, facts, document_id)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
"""


def write_line(
    dossier: Dossier,
    act: Act,
    before: Life | None,
    after: Life,
    *,
    by: Actor,
    note: str,
    facts: dict[str, Any],
    document: StoredFile | None = None,
) -> Movement:
    line = Movement(
        dossier_id=dossier.pk,
        number=dossier.acts,
        act=act.value,
        at=after.last_at,
        before=before.state if before else None,
        after=after.state,
        actor=by.reference,
        actor_name=by.name or by.reference,
        note=note,
        due_before=before.due_at if before else None,
        due_after=after.due_at,
        facts=facts,
        document=document,
    )
    with connection.cursor() as cursor:
        cursor.execute(
            LINE,
            (
                line.dossier_id, line.number, line.act, line.at, line.before, line.after, line.actor,
                line.actor_name, line.note, line.due_before, line.due_after, json.dumps(facts, ensure_ascii=False),
                line.document_id,
            ),
        )  # fmt: skip
    event = EVENT_OF[act](
        dossier=dossier.pk,
        number=line.number,
        before=line.before,
        after=line.after,
        due_before=line.due_before.isoformat() if line.due_before else None,
        due_after=line.due_after.isoformat() if line.due_after else None,
    )
    record(event, by=by, at=line.at)
    return line
