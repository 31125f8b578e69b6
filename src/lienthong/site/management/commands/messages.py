"""`lienthong messages update|compile|check`: the English catalogue."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from lienthong.site import messages


class Command(BaseCommand):
    help = "Collects messages into the English catalogue, compiles it, or says what is not translated."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("act", choices=["update", "compile", "check"])

    def handle(self, *args: Any, **options: Any) -> None:
        if options["act"] == "update":
            self.stdout.write(f"{len(messages.update())} messages in {messages.PO.name}")
        elif options["act"] == "compile":
            messages.compile_catalog()
        elif missing := messages.untranslated():
            raise CommandError(f"{len(missing)} messages have no English, such as: {missing[0]!r}")
