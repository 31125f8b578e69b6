"""`lienthong bench`: submissions, pages and the first page, each beside its baseline."""

from pathlib import Path
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandParser

from lienthong.dossiers.public import Dossier
from lienthong.site import postgres
from lienthong.site.bench import first_page, ground, pages, submissions
from lienthong.site.config import CONFIG
from lienthong.site.demo.play import SEED, SIZES

AIM: Final = 0.3
PARTS: Final = ("submissions", "pages", "first_page")
PROMISED_SECONDS: Final = 120


class Command(BaseCommand):
    help = "Measures submissions, pages and the time to the first page, each beside its baseline."
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--size", choices=sorted(SIZES), default="nation", help="of the demo database")
        parser.add_argument("--rounds", type=int, default=5)
        parser.add_argument("--seconds", type=int, default=4, help="of each round")
        parser.add_argument("--connections", type=int, default=2)
        parser.add_argument("--times", type=int, default=40, help="each page is asked for")
        parser.add_argument("--only", choices=PARTS, action="append", help="this part; may be repeated")
        parser.add_argument(
            "--inside", action="store_true", help="over the var directory given: for bench itself"
        )
        parser.add_argument("--worker", type=int, help="submit for whoever speaks on stdin: for bench itself")
        parser.add_argument("--filers", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        if options["worker"] is not None:
            submissions.work(options["worker"], options["filers"])
        elif options["inside"]:
            postgres.ensure(CONFIG.var)
            self._inside(options)
        else:
            self._all(options)

    def _all(self, options: dict[str, Any]) -> None:
        parts = options["only"] or PARTS
        inside = [part for part in parts if part != "first_page"]
        if inside:
            var = ground.play(options["size"])
            numbers = [
                f"--{name}={options[name]}" for name in ("size", "rounds", "seconds", "connections", "times")
            ]
            ground.run(var, "bench", "--inside", *numbers, *(f"--only={part}" for part in inside))
            ground.stop(var)
        if "first_page" in parts:
            seconds = first_page.measure(ground.home("first"))
            self._row("From `lienthong demo` to the first page (small)", f"{seconds:.0f} s", f"{PROMISED_SECONDS} s promised",
                      "kept" if seconds < PROMISED_SECONDS else "FALLS SHORT")  # fmt: skip

    def _inside(self, options: dict[str, Any]) -> None:
        count = Dossier.objects.count()
        self.stdout.write(f"Demo database: {options['size']}, {count:,} dossiers, seed {SEED}")
        self._row("", "ours", "baseline", "")
        if "submissions" in options["only"]:
            self._submissions(options)
        if "pages" in options["only"]:
            self._pages(options["times"])

    def _submissions(self, options: dict[str, Any]) -> None:
        names = ("rounds", "seconds", "connections")
        found = submissions.measure(**{name: options[name] for name in names}, var=CONFIG.var)
        verdict = f"ratio {found.ratio:.2f}, aim {AIM}" + ("" if found.ratio >= AIM else ": FALLS SHORT")
        self._row(
            f"Submissions/s, {found.connections} connections",
            f"{found.ours:.1f}",
            f"{found.pgbench:.1f} pgbench",
            verdict,
        )
        rounds = "  ".join(f"{ours:.0f}:{base:.0f}" for ours, base in found.rounds)
        self.stdout.write(
            f"  {found.statements} statements each, the same in both, simple protocol; rounds of "
            f"{options['seconds']} s, ours:pgbench  {rounds}"
        )

    def _pages(self, times: int) -> None:
        for timed in pages.measure(times=times):
            self._row(
                f"{timed.page.name}, p95 of {times}",
                f"{timed.p95:.0f} ms",
                f"{timed.sql:.0f} ms SQL alone",
                f"{timed.queries} queries, median {timed.p50:.0f} ms",
            )

    def _row(self, what: str, ours: str, baseline: str, verdict: str) -> None:
        self.stdout.write(f"{what:<48} {ours:>10}  {baseline:>20}   {verdict}".rstrip())
        self.stdout.flush()
