"""Programmes, yearly plans, and the documents that assign."""

from datetime import date

from django.db import transaction

from lienthong.audit.public import record
from lienthong.identity.public import Actor, require
from lienthong.kit.names import tidy
from lienthong.steering.events import PlanOpened
from lienthong.steering.models import Body, Plan, Programme, SourceDocument


@transaction.atomic
def open_plan(
    *,
    programme: str,
    programme_name: str,
    source: str,
    code: str,
    name: str,
    year: int,
    since: date,
    body: Body,
    by: Actor,
) -> Plan:
    """A year's plan of a programme, and the programme with its first plan. A second time changes nothing."""
    require(by, "steering.keep_plan", body)
    whose, _ = Programme.objects.get_or_create(
        code=programme, defaults={"name": tidy(programme_name), "since": since, "source": tidy(source)}
    )
    plan, made = Plan.objects.get_or_create(
        code=code,
        defaults={"programme": whose, "name": tidy(name), "year": year, "since": since, "body": body},
    )
    if made:
        record(PlanOpened(plan=code, programme=programme), by=by)
    return plan


def note_document(
    *, number: str, signed_on: date, title: str, kind: str, body: Body, by: Actor
) -> SourceDocument:
    """The document of this number and day, noted if it is not there yet."""
    require(by, "steering.keep_plan", body)
    document, _ = SourceDocument.objects.get_or_create(
        number=tidy(number), signed_on=signed_on, defaults={"title": tidy(title), "kind": tidy(kind)}
    )
    return document
