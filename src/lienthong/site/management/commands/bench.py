"""`lienthong bench`: every figure beside its baseline."""

from pathlib import Path
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandParser

from lienthong.dossiers.public import Dossier
from lienthong.site import postgres
from lienthong.site.bench import ground, pack, pages, submissions, swell
from lienthong.site.bench.parts import PARTS as APART
from lienthong.site.bench.parts import Line
from lienthong.site.config import CONFIG
from lienthong.site.demo.play import SEED, SIZES

AIM: Final = 0.3
OVER_DEMO: Final = ("submissions", "pages", "pack")
TWENTY: Final = "twenty"


class Command(BaseCommand):
    help = "Measures the hot paths and the data plane, each beside its baseline."
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--size",
            choices=sorted(SIZES),
            default="nation",
            help="of the demo database; nation also means the promised sizes of all else",
        )
        parser.add_argument("--rounds", type=int, default=5)
        parser.add_argument("--seconds", type=int, default=4, help="of each round")
        parser.add_argument("--connections", type=int, default=2)
        parser.add_argument("--times", type=int, default=40, help="each page is asked for")
        parser.add_argument(
            "--only", choices=(*OVER_DEMO, TWENTY, *APART), action="append", help="this part; may be repeated"
        )
        parser.add_argument("--named", default="", help="only pages whose name begins so: for bench itself")
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
        parts = options["only"] or (*OVER_DEMO, TWENTY, *APART)
        if inside := [part for part in parts if part in OVER_DEMO]:
            var = ground.play(options["size"])
            numbers = [
                f"--{name}={options[name]}" for name in ("size", "rounds", "seconds", "connections", "times")
            ]
            ground.run(var, "bench", "--inside", *numbers, *(f"--only={part}" for part in inside))
            ground.stop(var)
        if TWENTY in parts and options["size"] == "nation":
            swell.measure(times=options["times"], told=self.stdout.write)
        for part in parts:
            if part in APART:
                for line in APART[part](options["size"] == "nation"):
                    self._say(line)

    def _inside(self, options: dict[str, Any]) -> None:
        count = Dossier.objects.count()
        self.stdout.write(f"Demo database: {options['size']}, {count:,} dossiers, seed {SEED}")
        self._say(Line("", "ours", "baseline"))
        if "submissions" in options["only"]:
            self._submissions(options)
        if "pages" in options["only"]:
            self._pages(options["times"], options["named"])
        if "pack" in options["only"]:
            self._pack()

    def _submissions(self, options: dict[str, Any]) -> None:
        names = ("rounds", "seconds", "connections")
        found = submissions.measure(**{name: options[name] for name in names}, var=CONFIG.var)
        verdict = f"ratio {found.ratio:.2f}, aim {AIM}" + ("" if found.ratio >= AIM else ": FALLS SHORT")
        pgbench = f"{found.pgbench:.1f} pgbench"
        self._say(
            Line(f"Submissions/s, {found.connections} connections", f"{found.ours:.1f}", pgbench, verdict)
        )
        rounds = "  ".join(f"{ours:.0f}:{base:.0f}" for ours, base in found.rounds)
        self.stdout.write(
            f"  {found.statements} statements each, the same in both, simple protocol; rounds of "
            f"{options['seconds']} s, ours:pgbench  {rounds}"
        )

    def _pages(self, times: int, named: str) -> None:
        for timed in pages.measure(times=times, named=named):
            self._say(
                Line(
                    f"{timed.page.name}, p95 of {times}",
                    f"{timed.p95:.0f} ms",
                    f"{timed.sql:.0f} ms SQL alone",
                    f"{timed.queries} queries, median {timed.p50:.0f} ms",
                )
            )

    def _pack(self) -> None:
        for one in pack.measure():
            size = f"{one.size:,} bytes" if one.size else ""
            self._say(
                Line(
                    f"Meeting papers: {one.what}, median",
                    f"{one.wall:.0f} ms",
                    f"{one.cpu:.0f} ms of CPU",
                    size,
                )
            )

    def _say(self, line: Line) -> None:
        self.stdout.write(str(line))
        self.stdout.flush()
