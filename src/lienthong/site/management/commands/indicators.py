"""`lienthong indicators compute`: figures over exported files, without a database."""

from argparse import ArgumentParser, ArgumentTypeError
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from lienthong.data.marts.cells import KEYS
from lienthong.data.marts.columns import TABLES
from lienthong.indicators.compute import Asked, Report, compute
from lienthong.kit.calendar import VIETNAM
from lienthong.site.errors import OperatorError


class Command(BaseCommand):
    help = "Computes the figures of QĐ 766/QĐ-TTg over exported files. Columns: docs/indicator-files.md."
    requires_system_checks = []
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        computing: ArgumentParser = acts.add_parser("compute", help="from files to a file")
        for table in TABLES.values():
            required = table.name == "dossiers"
            words = "Parquet or CSV, or a directory of Parquet files; may be repeated"
            computing.add_argument(
                f"--{table.name}", type=Path, action="append", required=required, metavar="FILE",
                help=f"{table.doc.split('.')[0]}: {words}",
            )  # fmt: skip
        computing.add_argument(
            "--as-of", type=_day, required=True, help="a day (all of it counts) or a moment"
        )
        computing.add_argument("--out", type=Path, required=True, metavar="FILE", help=".csv or .parquet")
        computing.add_argument("--by", choices=KEYS, default="agency")
        computing.add_argument(
            "--tree", type=Path, metavar="FILE", help="columns code and parent: adds what lies below each"
        )
        computing.add_argument("--formulas", type=Path, metavar="YAML", help="instead of QĐ 766 as shipped")
        computing.add_argument(
            "--set",
            action="append",
            type=_setting,
            default=[],
            metavar="KEY=NUMBER",
            help="a doubtful setting",
        )
        computing.add_argument(
            "--measures", action="store_true", help="also medians and distinct people, estimated"
        )
        computing.add_argument("--engine", choices=("duckdb", "spark"), default="duckdb")
        computing.add_argument("--memory", default="", help="such as 4GB")
        computing.add_argument("--threads", type=int, default=0)

    def handle(self, *args: Any, **options: Any) -> None:
        out: Path = options["out"]
        if not out.parent.is_dir():
            raise OperatorError(f"There is no directory {out.parent}; make it, or name another with --out.")
        asked = Asked(
            files={name: options[name] for name in TABLES if options[name]},
            as_of=options["as_of"],
            by=options["by"],
            tree=options["tree"],
            formulas=options["formulas"],
            settings=dict(options["set"]),
            measures=options["measures"],
            engine=options["engine"],
            memory=options["memory"],
            threads=options["threads"],
        )
        self._tell(compute(asked, out), out)

    def _tell(self, report: Report, out: Path) -> None:
        self.stdout.write(f"{report.figures:,} figures of {len(report.months)} months are in {out}.")
        for table, rows in report.left_out.items():
            self.stdout.write(
                f"Left out of {table}: {rows:,} rows without agency or date, or after the as-of."
            )
        if report.without_formula:
            months = ", ".join(f"{month:%m/%Y}" for month in report.without_formula)
            self.stdout.write(f"No formula was in force in {months}: these months have no figures.")


def _day(text: str) -> date | datetime:
    try:
        return date.fromisoformat(text)
    except ValueError:
        pass
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(f"{text} is not a day such as 2026-11-20") from error
    return moment.astimezone(VIETNAM).replace(tzinfo=None) if moment.tzinfo else moment


def _setting(text: str) -> tuple[str, str]:
    key, equals, value = text.partition("=")
    try:
        float(value)
    except ValueError:
        equals = ""
    if not equals:
        raise ArgumentTypeError(f"{text} is not KEY=NUMBER")
    return key, value
