"""Bodies and their members."""

from datetime import date

from django.db import transaction

from lienthong.audit.public import record
from lienthong.identity.public import Account, Actor, require
from lienthong.kit.names import tidy
from lienthong.kit.words import format_date
from lienthong.organisations.public import Organisation
from lienthong.steering.events import BodyFounded, MemberSeated, MembershipEnded
from lienthong.steering.models import Body, Membership
from lienthong.steering.rules.refusals import SeatedAlready, TermBackwards
from lienthong.steering.states import BodyKind, BodyPost


@transaction.atomic
def found_body(
    *, code: str, name: str, kind: BodyKind, host: Organisation | None, since: date, source: str, by: Actor
) -> Body:
    """Note a committee or group; `host` None: of the whole country. A second time changes nothing."""
    require(by, "steering.keep_bodies")
    facts = {"name": tidy(name), "kind": kind, "host": host, "since": since, "source": tidy(source)}
    body, made = Body.objects.get_or_create(code=code, defaults=facts)
    if made:
        record(BodyFounded(body=code), by=by)
    return body


@transaction.atomic
def seat_member(
    *,
    body: Body,
    post: BodyPost,
    name: str,
    since: date,
    source: str,
    title: str = "",
    account: Account | None = None,
    until: date | None = None,
    by: Actor,
) -> Membership:
    """Note who holds a post from a day on, `until` the first day no longer. Raises TermBackwards, SeatedAlready."""
    require(by, "steering.keep_bodies")
    if until is not None and until <= since:
        raise TermBackwards(until=format_date(until), since=format_date(since))
    Body.objects.select_for_update().get(pk=body.pk)
    same = Membership.objects.filter(body=body, post=post, name=tidy(name)).exclude(until__lte=since)
    if same.exclude(since__gte=until or date.max).exists():
        raise SeatedAlready(name=tidy(name), body=body.name)
    seat = Membership.objects.create(
        body=body, post=post, name=tidy(name), title=tidy(title), account=account, since=since,
        until=until, source=tidy(source),
    )  # fmt: skip
    record(MemberSeated(body=body.code, membership=seat.pk, post=post, since=since), by=by)
    return seat


@transaction.atomic
def end_membership(*, membership: Membership, until: date, by: Actor) -> None:
    """`until` is the first day no longer in the post. Raises TermBackwards."""
    require(by, "steering.keep_bodies")
    if until <= membership.since:
        raise TermBackwards(until=format_date(until), since=format_date(membership.since))
    membership.until = until
    membership.save(update_fields=["until"])
    record(MembershipEnded(body=membership.body.code, membership=membership.pk, until=until), by=by)
