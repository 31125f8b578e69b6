"""`lienthong register`: load a whole register of people, write it out for linkage, check it."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from lienthong.cleaning.public import find_duplicates
from lienthong.identity.public import system
from lienthong.population.public import Purpose, departures, export_register, load_register
from lienthong.registries.public import Record, measure_register
from lienthong.territory.public import unit

OPERATOR = system("operator")


class Command(BaseCommand):
    help = (
        "Loads people into an empty register, writes PEOPLE for linkage, holds every record against its events, scores "
        "it, or searches it for people who are in it twice."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        load = acts.add_parser("load", help="enter everybody of a PEOPLE Parquet file, all or none")
        load.add_argument("file", type=Path)
        export = acts.add_parser("export", help="write PEOPLE as Parquet; one noted reading of many people")
        export.add_argument("file", type=Path)
        export.add_argument("--unit", help="code of a commune or province; all people unless given")
        for parser_of_act in (load, export):
            parser_of_act.add_argument(
                "--basis", required=True, help="the plan or decision, as people will read it"
            )
        acts.add_parser("check", help="compare every record that has events with what they come to")
        acts.add_parser("measure", help="score every record by the register's own rules, by commune")
        acts.add_parser(
            "duplicates",
            help="search for people who are in it twice; each pair becomes a question for stewards",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        acts = {
            "load": self._load, "export": self._export, "check": self._check, "measure": self._measure,
            "duplicates": self._duplicates,
        }  # fmt: skip
        acts[options["act"]](options)

    def _load(self, options: dict[str, Any]) -> None:
        path: Path = options["file"]
        loaded = load_register(path, source=f"file:{path.name}", basis=options["basis"], by=OPERATOR)
        parts = ", ".join(f"{name} {seconds:.1f} s" for name, seconds in loaded.seconds.items())
        self.stdout.write(f"{loaded.count:,} people entered ({parts}).")

    def _export(self, options: dict[str, Any]) -> None:
        code = options["unit"]
        place = unit(code, timezone.localdate()) if code else None
        exported = export_register(
            options["file"], purpose=Purpose.REVIEW, basis=options["basis"], by=OPERATOR, commune=place
        )
        self.stdout.write(f"{exported.count:,} people written to {exported.path}, reading {exported.ref}.")
        self.stdout.write(
            f"PEOPLE has one old number a person: of {exported.further_old_numbers:,} people who hold several the first "
            f"is written. {exported.cancelled:,} cancelled numbers are left out; their people are written under the "
            "number that goes on."
        )

    def _measure(self, _options: dict[str, Any]) -> None:
        batch = measure_register(by=OPERATOR)
        broken = Record.objects.filter(batch=batch).count()
        self.stdout.write(f"{batch.run.rows:,} people measured, {broken:,} of them break a rule.")

    def _duplicates(self, _options: dict[str, Any]) -> None:
        done = find_duplicates(by=OPERATOR)
        self.stdout.write(
            f"{done.people:,} people searched: {done.pairs:,} pairs, {done.opened:,} of them new questions, "
            f"{done.lapsed:,} lapsed; {done.twins:,} pairs of twins left out, {done.cut:,} lighter pairs not kept."
        )

    def _check(self, _options: dict[str, Any]) -> None:
        wrong = 0
        for found in departures():
            wrong += 1
            self.stderr.write(f"person:{found.person} departs from its events in {', '.join(found.fields)}")
        if wrong:
            raise CommandError(f"{wrong} records depart from their events.")
        self.stdout.write("Every record stands where its events say.")
