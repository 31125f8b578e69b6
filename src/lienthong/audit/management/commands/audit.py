"""`lienthong audit verify`: is the record as it was written?"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from lienthong.audit.queries import verify


class Command(BaseCommand):
    help = "Walks every chain of the record and names the first broken link."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("act", choices=["verify"])

    def handle(self, *args: Any, **options: Any) -> None:
        result = verify()
        if result.broken:
            link = result.broken
            where = f"entry {link.entry}" if link.entry else "the end of the chain"
            raise CommandError(f"Broken at lane {link.lane}, link {link.seq} ({where}): {link.reason}.")
        self.stdout.write(f"{result.entries} entries in {result.lanes} lanes: every link holds.")
