"""`lienthong serve`."""

import os
from argparse import ArgumentParser
from typing import Any

from django.core.checks import Tags, run_checks
from django.core.management.base import BaseCommand

from lienthong.site.config import CONFIG
from lienthong.site.serve import HERE, check_address, serve


class Command(BaseCommand):
    help = "Serves the site until Ctrl-C."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default=HERE, help="address to listen on (default: %(default)s)")
        parser.add_argument("--port", type=int, default=8000, help="port to listen on (default: %(default)s)")
        parser.add_argument(
            "--workers",
            type=int,
            default=min(2, os.cpu_count() or 1),
            help="processes (default: %(default)s)",
        )
        parser.add_argument(
            "--threads",
            type=int,
            default=8,
            help="threads, each with a database connection (default: %(default)s)",
        )

    def handle(self, *_: Any, host: str, port: int, workers: int, threads: int, **__: Any) -> None:
        shown = "localhost" if host in {HERE, "::1"} else host
        check_address(host, port)
        for warning in run_checks(tags=[Tags.database], databases=["default"]):
            self.stderr.write(str(warning))
        self.stdout.write(f"Serving on http://{shown}:{port} (Ctrl-C stops)")
        self.stdout.flush()
        serve(
            host=host,
            port=port,
            workers=workers,
            threads=threads,
            var=None if CONFIG.database_url else CONFIG.var,
        )
