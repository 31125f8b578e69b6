"""Bring the register of agencies up to the data files; appoint people to posts.

No permission is asked here: identity stands above this room, and the room that offers an
appointment to a person requires it there.
"""

import json
from datetime import date
from pathlib import Path

from django.db import connection, transaction
from django.db.models import Q

from lienthong.audit.public import By, record
from lienthong.kit.names import tidy
from lienthong.organisations.catalogue import Row, organisation_rows
from lienthong.organisations.events import HolderAppointed, HoldingEnded, OrganisationsLoaded
from lienthong.organisations.models import Holding, Organisation, Post
from lienthong.organisations.rules import AppointedTooEarly, PostVacant

SQL = Path(__file__).parent / "sql"


def load_organisations(*, by: By) -> OrganisationsLoaded:
    """Add the agencies that the register lacks, correct what differs; delete nothing.

    Needs the units (territory.load_units). Does the same once or many times. A system act.
    """
    depths = organisation_rows()
    rows = [row for depth in depths for row in depth]
    with transaction.atomic():
        changed = added = 0
        for depth in depths:
            changed += run("correct_organisations", depth)
            added += run("add_organisations", depth)
        run("name_successors", [row for row in rows if row["successor"]])
        event = OrganisationsLoaded(
            edition=max(str(row["valid_from"]) for row in rows),
            organisations_added=added,
            organisations_changed=changed,
        )
        if added:
            analyse()
        record(event, by=by)
    return event


def analyse() -> None:
    """Let the planner see the new rows at once; a role that may not is answered with a mere warning."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE organisations_organisation")


def run(statement: str, rows: list[Row]) -> int:
    """Run sql/<statement>.sql on the rows; how many rows it wrote."""
    sql = (SQL / f"{statement}.sql").read_text(encoding="utf-8")
    with connection.cursor() as cursor:
        cursor.execute(sql, [json.dumps(rows)])
        return int(cursor.rowcount)


def open_post(*, organisation: Organisation, title: str, seat: int = 1) -> Post:
    """The post of this title and seat in the agency, made if it is not there yet."""
    post, _ = Post.objects.get_or_create(organisation=organisation, title=tidy(title), seat=seat)
    return post


def appoint_holder(*, post: Post, holder: str, holder_name: str, since: date, source: str, by: By) -> Holding:
    """Put someone in a post from a day on; the present holder's time ends that day.

    `holder` is a reference such as "account:17". Raises AppointedTooEarly when the present holder
    began on that day or later: what is recorded is not rewritten.
    """
    with transaction.atomic():
        Post.objects.select_for_update().get(pk=post.pk)
        later = post.holdings.filter(Q(until__isnull=True) | Q(until__gt=since)).order_by("-since").first()
        if later is not None:
            if later.since >= since:
                raise AppointedTooEarly(since=f"{later.since:%d/%m/%Y}")
            end(later, until=since, by=by)
        holding = Holding.objects.create(
            post=post, holder=holder, holder_name=tidy(holder_name), since=since, source=source
        )
        event = HolderAppointed(
            post=post.pk, holding=holding.pk, organisation=post.organisation.code, since=since
        )
        record(event, by=by)
    return holding


def end_holding(*, post: Post, until: date, by: By) -> Holding:
    """The present holder leaves; `until` is the first day no longer in the post. Raises PostVacant."""
    with transaction.atomic():
        Post.objects.select_for_update().get(pk=post.pk)
        holding = post.holdings.filter(until__isnull=True, since__lt=until).first()
        if holding is None:
            raise PostVacant
        end(holding, until=until, by=by)
    return holding


def end(holding: Holding, *, until: date, by: By) -> None:
    holding.until = until
    holding.save(update_fields=["until"])
    post = holding.post
    event = HoldingEnded(post=post.pk, holding=holding.pk, organisation=post.organisation.code, until=until)
    record(event, by=by)
