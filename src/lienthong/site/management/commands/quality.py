"""`lienthong quality`: read a sector's file, check it, score it, and hand the sender's workbook back."""

import csv
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from lienthong import territory
from lienthong.data import checks, intake, quality, sources
from lienthong.kit.numbers import format_number, percent

UNITS = Path(territory.__path__[0]) / "data" / "units.csv"
COMMUNES = frozenset({"commune", "ward", "special_zone"})
WORST = 12


class Command(BaseCommand):
    help = "Scores a sector's file (DQI). With --out also writes the records, the findings and the marked workbook."
    requires_system_checks: list[str] = []
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "source", type=Path, nargs="?", metavar="SOURCE", help="CSV, XLSX, XLS, Parquet or JSON lines"
        )
        parser.add_argument(
            "--as",
            dest="schema",
            choices=sources.SCHEMAS,
            help="schema; guessed from the heading where clear",
        )
        parser.add_argument(
            "--out", type=Path, metavar="DIR", help="directory of the results, or file of the template"
        )
        parser.add_argument(
            "--accept", default="none", help="proposals to apply: none, all, or ids between commas"
        )
        parser.add_argument("--sheet", help="sheet of a workbook; the likeliest by default")
        parser.add_argument("--by", choices=("province", "commune"), help="scores of each place, too")
        parser.add_argument(
            "--verdicts", type=Path, metavar="FILE", help="verdicts of `lienthong link` for this file"
        )
        parser.add_argument(
            "--units", type=Path, metavar="FILE", default=UNITS, help="units with validity (CSV)"
        )
        parser.add_argument("--today", type=date.fromisoformat, help="date that ages are counted on")
        parser.add_argument(
            "--template", choices=sources.SCHEMAS, help="write this schema's empty workbook to --out"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["template"]:
            self._template(options)
        elif options["source"] is None:
            raise CommandError("Name a file, or --template with a schema.")
        elif not options["source"].is_file():
            raise CommandError(f"There is no file {options['source']}.")
        else:
            self._score(options)

    def _template(self, options: dict[str, Any]) -> None:
        out = options["out"] or Path(f"{options['template']}.xlsx")
        self.stdout.write(str(sources.template_workbook(sources.schema(options["template"]), out)))

    def _score(self, options: dict[str, Any]) -> None:
        if options["out"]:
            options["out"].mkdir(parents=True, exist_ok=True)
            self._score_into(options["out"], options)
        else:
            with tempfile.TemporaryDirectory(prefix="quality-") as folder:
                self._score_into(Path(folder), options)

    def _score_into(self, out: Path, options: dict[str, Any]) -> None:
        seen = intake.preview(options["source"], options["schema"], sheet=options["sheet"])
        if seen.schema is None:
            raise CommandError(f"The heading fits no schema clearly; say --as {'|'.join(sources.SCHEMAS)}.")
        reading = intake.read(
            options["source"], seen.plan(accepted(options["accept"])), out / "records.parquet"
        )
        today = options["today"] or timezone.localdate()
        provinces = communes(options["units"], today)
        schema = sources.schema(seen.schema)
        found = checks.run(
            reading.parquet, schema, out=out, today=today, verdicts=options["verdicts"], communes=provinces
        )
        counted = quality.counts(found)
        for line in [*told(seen, reading), *table(quality.scores(counted, schema))]:
            self.stdout.write(line)
        places = {"province": quality.by_province(counted, provinces), "commune": quality.by_commune(counted)}
        for line in by_place(places.get(options["by"], {}), schema):
            self.stdout.write(line)
        if options["out"]:
            intake.records(reading, out / "linkage.parquet")
            intake.marked_workbook(options["source"], reading, found.findings, out / "marked.xlsx")
            self.stdout.write(f"Kết quả: {out}")


def accepted(words: str) -> str | list[str] | None:
    named: dict[str, str | None] = {"none": None, "all": intake.ALL}
    return named[words] if words in named else [word.strip() for word in words.split(",")]


def communes(units: Path, day: date) -> dict[str, str]:
    """Code of each commune in force on a day -> its province."""
    with units.open(encoding="utf-8", newline="") as file:
        return {
            unit["code"]: unit["parent_code"]
            for unit in csv.DictReader(file)
            if unit["kind"] in COMMUNES and len(unit["parent_code"]) == 2
            if unit["valid_from"] <= day.isoformat()
            and (not unit["valid_to"] or day.isoformat() < unit["valid_to"])
        }


def told(seen: intake.Preview, reading: intake.Reading) -> Iterator[str]:
    """What the file is, and what was offered and not applied."""
    schema = sources.schema(reading.schema)
    left = ", ".join(f"{reason} {format_number(count)}" for reason, count in reading.left.items())
    yield f"{seen.name}: {schema.title}, {format_number(reading.rows)} bản ghi" + (
        f" (ngoài ra: {left})" if left else ""
    )
    if seen.missing:
        yield "Tệp không có cột: " + ", ".join(schema.field(name).label for name in seen.missing)
    yield from seen.notices
    for proposal in seen.proposals:
        yield f"Đề nghị {proposal.id} ({proposal.count}/{proposal.seen} dòng đã xem): {proposal.sentence}"
        for example in proposal.examples[:1]:
            yield f"    dòng {example.row}: {example.before!r} -> {example.after!r}"


def shown(score: quality.Score, *, decimals: int = 1) -> str:
    if score.value is None:
        return "–"
    return percent(score.value.numerator, 100 * score.value.denominator, score.target, digits=decimals)


def table(scores: quality.Scores) -> Iterator[str]:
    """Fields by criteria, the total last; then the rules that cost most, each with its fraction."""
    head = "".join(f"{criterion.label:>12}" for criterion in checks.Criterion)
    yield f"{'':<40}{head}{'Trường':>12}"
    cells = {(cell.field, cell.criterion): cell for cell in scores.cells}
    for field in scores.fields:
        row = (cells.get((field.code, criterion)) for criterion in checks.Criterion)
        words = "".join(f"{shown(cell) if cell else '–':>12}" for cell in row)
        yield f"{field.label:<40}{words}{shown(field):>12}  {field.colour.label}"
    total = "".join(f"{shown(score):>12}" for score in scores.criteria)
    yield f"{'Cả cơ sở dữ liệu':<40}{total}{shown(scores.database):>12}  {scores.database.colour.label}"
    database = scores.database
    yield f"{format_number(database.numerator)} / {format_number(database.denominator)} phép kiểm tra đạt"
    failing = [rule for rule in scores.rules if rule.numerator < rule.denominator]
    for rule in sorted(failing, key=lambda one: one.numerator - one.denominator)[:WORST]:
        fraction = f"{format_number(rule.numerator)} / {format_number(rule.denominator)}"
        yield f"  {shown(rule):>8}  {fraction:>20}  {rule.label}"


def by_place(places: dict[str, tuple[quality.Count, ...]], schema: sources.Schema) -> Iterator[str]:
    for code, counted in places.items():
        database = quality.scores(counted, schema).database
        fraction = f"{format_number(database.numerator)} / {format_number(database.denominator)}"
        yield f"{code or 'chưa rõ nơi':<12}{shown(database):>9}  {fraction:>20}  {database.colour.label}"
