"""Writes: count everything anew."""

from django.db import transaction

from lienthong.audit.public import record
from lienthong.identity.public import Actor, require
from lienthong.indicators.counting import refresh_tally, wait_for_turn
from lienthong.indicators.events import TallyRebuilt
from lienthong.indicators.models import Mark, Tally, Total


@transaction.atomic
def rebuild_tally(*, by: Actor) -> int:
    """Count everything anew; gives the number of counters. After a restore, transaction ids start over."""
    require(by, "indicators.rebuild")
    wait_for_turn()
    Tally.objects.all().delete()
    Total.objects.all().delete()
    Mark.objects.all().delete()
    refresh_tally()
    counters = Tally.objects.count()
    record(TallyRebuilt(counters=counters), by=by)
    return counters
