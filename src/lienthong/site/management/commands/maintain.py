"""`lienthong maintain`: open the partitions of the time to come, bring counts up to date. Monthly; no harm twice."""

from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand
from django.db import connection
from django.utils import timezone

from lienthong.indicators.public import refresh_signs, refresh_tally


class Command(BaseCommand):
    help = (
        "Opens the partitions of dossiers from last year to next, and the next twelve months of the record; "
        "brings the counts of figures and signals up to date."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        today = timezone.localdate()
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT dossiers_open_year(y) FROM generate_series(%s, %s) y",
                [today.year - 1, today.year + 1],
            )
            cursor.execute(
                "SELECT audit_open_month(m::date) FROM generate_series("
                "date_trunc('month', %s::date), %s::date + interval '1 year', '1 month') m",
                [today, today],
            )
        # Their first counts take minutes over a million dossiers, also after a restore: better here than while
        # somebody waits for a page; from then on only touched agencies and months are counted.
        refresh_tally()
        refresh_signs(every=timedelta(0))
        self.stdout.write(f"Dossiers are open until the end of {today.year + 1}, the record for a year.")
