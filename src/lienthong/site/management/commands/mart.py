"""`lienthong mart build`: what happened to dossiers, as Parquet files by month, for DuckDB or Spark."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from lienthong.indicators.mart import build_mart
from lienthong.site.config import CONFIG


class Command(BaseCommand):
    help = "Writes the mart: dossiers by month as Parquet, only months touched since the last time."

    def add_arguments(self, parser: CommandParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        building = acts.add_parser("build", help="bring the mart up to date")
        building.add_argument("--out", type=Path, default=CONFIG.var / "mart", metavar="DIRECTORY")
        building.add_argument("--fresh", action="store_true", help="every month anew")

    def handle(self, *args: Any, **options: Any) -> None:
        built = build_mart(options["out"], fresh=options["fresh"])
        what = "anew" if built.anew else "touched since the last build"
        self.stdout.write(
            f"{len(built.months)} months {what}, {built.rows:,} dossiers written; {built.standing} months stand in {options['out']}."
        )
