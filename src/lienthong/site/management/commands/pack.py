"""`lienthong pack`: a meeting's papers as files, as the page "Tài liệu họp" makes them."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from lienthong.console import queries
from lienthong.console.addresses import AS_OF, KNOWN_AT, SCOPE, question
from lienthong.console.pack.making import FORMATS, make_pack
from lienthong.identity.public import system


class Command(BaseCommand):
    help = "Makes a meeting's papers (PDF/A, DOCX, PPTX, XLSX) as of a day; the record keeps their hashes."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--as-of", default="", metavar="YYYY-MM-DD", help="the day looked at; default: today"
        )
        parser.add_argument(
            "--known-at", default="", metavar="MOMENT", help="what was known when; default: now"
        )
        parser.add_argument(
            "--scope", default="", metavar="PROGRAMME[/PLAN]", help="which tasks; default: all"
        )
        parser.add_argument(
            "--month", default="", metavar="YYYY-MM", help="of the targets; default: the newest"
        )
        parser.add_argument("--out", type=Path, required=True, metavar="DIRECTORY")

    def handle(self, *args: Any, **options: Any) -> None:
        told = {AS_OF: options["as_of"], KNOWN_AT: options["known_at"], SCOPE: options["scope"]}
        period = queries.period_of(options["month"])
        files = make_pack(question(told), period, tuple(FORMATS), by=system("pack"))
        options["out"].mkdir(parents=True, exist_ok=True)
        for made in files:
            path = options["out"] / made.name
            path.write_bytes(made.content)
            self.stdout.write(f"{path}  {len(made.content):,} bytes  {made.milliseconds:,} ms  {made.sha256}")
