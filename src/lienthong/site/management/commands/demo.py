"""`lienthong demo`: load, play, and serve; a second run reuses what is there."""

import os
import shutil
import sys
from typing import Any, NoReturn

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from lienthong.site.demo.migrating import migrate, wipe
from lienthong.site.demo.play import SIZES, is_played, play
from lienthong.site.demo.welcome import welcome
from lienthong.site.serve import HERE, check_address


class Command(BaseCommand):
    help = "Makes the demo: reference data, invented people, half a year of dossiers; then serves it."
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--size",
            choices=sorted(SIZES),
            metavar="{small,province,nation}",  # tiny is the tests'
            default="small",
            help="how much is played",
        )
        parser.add_argument(
            "--fresh", action="store_true", help="start anew: everything in the database goes"
        )
        parser.add_argument("--no-serve", action="store_true", help="stop after loading")
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["no_serve"]:
            check_address(HERE, options["port"])
        if options["fresh"]:
            wipe()
            shutil.rmtree(settings.DOCUMENTS_ROOT, ignore_errors=True)
        migrate()
        if is_played():
            self.stdout.write("The demo is already there; --fresh starts anew.")
        else:
            play(options["size"], quiet=not os.isatty(1))
        self.stdout.write(welcome(options["port"]))
        if not options["no_serve"]:
            self.stdout.flush()
            become_the_server(options["port"])


def become_the_server(port: int) -> NoReturn:
    """Go on as `lienthong serve`, in a process that has done nothing else.

    Workers are forked, and a fork takes no threads along: Typst has a pool of them once it has made a paper, and whoever
    asked a forked worker for the next would wait for ever.
    """
    program = [sys.executable, "-m", "lienthong.site.cli", "serve", "--port", str(port)]
    os.execv(program[0], program)  # noqa: S606 - our own command, no shell
