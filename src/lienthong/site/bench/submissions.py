"""Submissions a second through `submit_dossier`, against pgbench sending the same statements."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date
from io import BytesIO
from pathlib import Path
from random import Random
from statistics import median
from typing import Final

from django.utils import timezone
from pypdf import PdfWriter

from lienthong.documents.public import keep_file
from lienthong.dossiers.public import Applicant, Channel, Dossier, Filing, submit_dossier
from lienthong.identity.public import Actor
from lienthong.population.public import Person
from lienthong.procedures.public import current
from lienthong.site.bench.ground import BenchError, command
from lienthong.site.bench.replay import pgbench, script, statements_of
from lienthong.site.demo.play import SEED

PROCEDURE: Final = "1.001193"
PEOPLE: Final = 40
WARM: Final = 30
ANSWERS: Final[dict[str, object]] = {
    "relation_to_child": "Mẹ",
    "child_name": "Trần Minh An",
    "child_sex": "Nam",
    "child_ethnicity": "Kinh",
    "child_nationality": "Việt Nam",
    "child_birth_place": "Bệnh viện đa khoa",
    "child_home_town": "Như nơi cư trú",
    "copies_wanted": False,
}
CASE: Final = {"abandoned_child": False, "surrogacy": False, "by_proxy": False, "parents_married": True}


@dataclass(frozen=True)
class Filer:
    """A mother who files for a birth: what a worker needs to do it again and again."""

    number: str
    name: str
    unit: int
    version: int
    paper: str

    @property
    def actor(self) -> Actor:
        return Actor(f"bench:{self.number}", None, self.number, self.name, 2)

    def filing(self) -> Filing:
        return Filing(
            version=self.version,
            applicant=Applicant(self.number, self.name),
            unit=self.unit,
            channel=Channel.ONLINE,
            answers={**ANSWERS, "child_birth_date": timezone.localdate().isoformat()},
            papers=(("giay_chung_sinh", self.paper),),
            circumstances={**CASE},
        )

    def submit(self) -> Dossier:
        return submit_dossier(filing=self.filing(), by=self.actor)


@dataclass(frozen=True)
class Measured:
    """Medians over the rounds, in dossiers (transactions) a second."""

    ours: float
    pgbench: float
    rounds: list[tuple[float, float]]
    statements: int
    connections: int

    @property
    def ratio(self) -> float:
        return self.ours / self.pgbench


def measure(*, rounds: int, seconds: int, connections: int, var: Path) -> Measured:
    """Alternate rounds of workers and of pgbench over the same people. Raises BenchError."""
    waiting = filers()
    folder = var / "scripts"
    folder.mkdir(exist_ok=True)
    (folder / "filers.json").write_text(json.dumps([asdict(filer) for filer in waiting]))
    waiting[0].submit()  # what a process looks up once is not part of a submission
    captured = [statements_of(filer.submit) for filer in waiting]
    scripts = []
    for number, (dossier, statements) in enumerate(captured):
        scripts.append(folder / f"{number}.sql")
        scripts[-1].write_text(script(dossier, statements))
    found: list[tuple[float, float]] = []
    with _workers(connections, folder / "filers.json", var) as workers:
        for _ in range(rounds):
            ours = _round(workers, seconds)
            found.append((ours, pgbench(scripts, connections=connections, seconds=seconds, var=var)))
    return Measured(
        ours=median(a for a, _ in found),
        pgbench=median(b for _, b in found),
        rounds=found,
        statements=len(captured[0][1]) + 2,
        connections=connections,
    )


def filers() -> list[Filer]:
    """Mothers with a husband and a home, the same for a database; each keeps one paper."""
    version = current(PROCEDURE, timezone.localdate())
    mothers = Person.objects.filter(
        sex="female", status="alive", birth_date__range=(date(1986, 1, 1), date(2004, 1, 1))
    ).exclude(spouse_number="")
    numbers = list(
        mothers.exclude(residence_unit=None).order_by("personal_number").values_list("pk", flat=True)
    )
    if version is None or len(numbers) < PEOPLE:
        raise BenchError("The demo database has too few people to file: run `lienthong bench --fresh`.")
    chosen = Person.objects.in_bulk(Random(SEED).sample(numbers, PEOPLE))  # noqa: S311 - a draw, no secret
    filers = []
    for number, person in sorted(chosen.items()):
        unit = person.residence_unit_id or 0
        draft = Filer(number, person.full_name, unit, version.pk, "")
        paper = keep_file(content=BytesIO(_blank()), name="giay.pdf", by=draft.actor)
        filers.append(Filer(number, person.full_name, unit, version.pk, str(paper.pk)))
    return filers


def _blank() -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(width=300, height=300)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


Worker = subprocess.Popen[str]


@contextmanager
def _workers(count: int, filers: Path, var: Path) -> Iterator[list[Worker]]:
    """Processes that wait for "<seconds>" and answer "<dossiers> <seconds>"; warm when we get them."""
    workers = []
    for number in range(count):
        words, environment = command(var, "bench", "--worker", str(number), "--filers", str(filers))
        workers.append(
            subprocess.Popen(  # noqa: S603 - our own command, no shell
                words, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
            )
        )
    try:
        for worker in workers:
            if _ask(worker) != "ready":
                raise BenchError("A bench worker did not start; see the lines above.")
        yield workers
    finally:
        for worker in workers:
            worker.stdin.close()  # type: ignore[union-attr]  # a pipe, see above
            worker.wait(30)


def _ask(worker: Worker) -> str:
    return worker.stdout.readline().strip()  # type: ignore[union-attr]  # a pipe, see above


def _round(workers: list[Worker], seconds: int) -> float:
    for worker in workers:
        worker.stdin.write(f"{seconds}\n")  # type: ignore[union-attr]  # as above
        worker.stdin.flush()  # type: ignore[union-attr]  # as above
    total = 0.0
    for worker in workers:
        done, took = _ask(worker).split()
        total += int(done) / float(took)
    return total


def work(number: int, filers: Path) -> None:
    """A worker's life: warm up, then submit for as long as each line on stdin says."""
    people = [Filer(**row) for row in json.loads(filers.read_text())]
    dice = Random(SEED + number)  # noqa: S311 - a draw, no secret
    for _ in range(WARM):
        dice.choice(people).submit()
    _say("ready")
    for line in sys.stdin:
        begun, done = time.perf_counter(), 0
        end = begun + int(line)
        while time.perf_counter() < end:
            dice.choice(people).submit()
            done += 1
        _say(f"{done} {time.perf_counter() - begun}")


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()
