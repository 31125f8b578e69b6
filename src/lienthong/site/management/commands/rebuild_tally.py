"""`lienthong rebuild-tally`: count every figure anew, after a restore into a new cluster."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import connection, transaction

from lienthong.identity.public import system
from lienthong.indicators.public import rebuild_tally


class Command(BaseCommand):
    help = (
        "Counts the figures anew. After restoring a dump into a new cluster transaction ids have started over, "
        "so every dossier is touched first."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--only-count",
            action="store_true",
            help="touch no dossier: this is still the cluster they were written in",
        )

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        if not options["only_count"]:
            with connection.cursor() as cursor:
                cursor.execute("UPDATE dossiers_dossier SET acts = acts")
                cursor.execute("DELETE FROM dossiers_left")
        counters = rebuild_tally(by=system("operator"))
        self.stdout.write(f"{counters:,} counters were made anew.")
