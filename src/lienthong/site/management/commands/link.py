"""`lienthong link`: give each record of a file one verdict against the register of people."""

import sys
import time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from lienthong import territory
from lienthong.data.linkage import LinkSettings, Model, Progress, Summary, Verdict, default_model, link

UNITS = Path(territory.__path__[0]) / "data" / "successions.csv"


class Command(BaseCommand):
    help = (
        "Links RECORDS with PEOPLE (CSV or Parquet): one verdict a record, and a summary, into a directory."
    )
    requires_system_checks: list[str] = []
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("records", type=Path, metavar="RECORDS")
        parser.add_argument("--register", type=Path, metavar="PEOPLE", required=True)
        parser.add_argument("--out", type=Path, metavar="DIR", required=True)
        parser.add_argument("--engine", choices=("duckdb", "spark"), default="duckdb")
        parser.add_argument("--model", type=Path, metavar="FILE", help="weights and thresholds (JSON)")
        parser.add_argument(
            "--units",
            type=Path,
            metavar="FILE",
            default=UNITS,
            help="old commune codes and their successors (CSV)",
        )
        parser.add_argument(
            "--bucket", type=int, default=LinkSettings.bucket, help="records decided at a time"
        )
        parser.add_argument("--memory", default=LinkSettings.memory, help="held before spilling to disk")
        parser.add_argument("--threads", type=int, help="default: all processors")

    def handle(self, *args: Any, **options: Any) -> None:
        settings = LinkSettings(
            model=Model.read(options["model"]) if options["model"] else default_model(),
            engine=options["engine"],
            units=options["units"],
            bucket=max(options["bucket"], 1),
            memory=options["memory"],
            threads=options["threads"],
        )
        watch = Watch(quiet=options["verbosity"] == 0)
        summary = link(
            options["records"], options["register"], options["out"], settings=settings, progress=watch.show
        )
        watch.end()
        for line in lines(summary):
            self.stdout.write(line)


class Watch:
    """Progress on stderr: one line that is drawn over at a terminal, a line a step elsewhere."""

    def __init__(self, *, quiet: bool) -> None:
        self.quiet, self.drawn = quiet, sys.stderr.isatty()
        self.began = time.monotonic()

    def show(self, progress: Progress) -> None:
        if self.quiet:
            return
        left = "" if progress.seconds_left is None else f", còn khoảng {progress.seconds_left:.0f} giây"
        text = f"{progress.done:4.0%} {progress.doing}{left}"
        end = "" if self.drawn else "\n"
        print(f"\r\x1b[K{text}" if self.drawn else text, end=end, file=sys.stderr, flush=True)  # noqa: T201 - progress is not output

    def end(self) -> None:
        if self.drawn and not self.quiet:
            print(file=sys.stderr)  # noqa: T201 - progress is not output


def number(value: int) -> str:
    return f"{value:,}".replace(",", ".")


def lines(summary: Summary) -> list[str]:
    """The summary as an operator reads it."""
    said = [
        f"{number(summary.records)} bản ghi, {number(summary.people)} người trong sổ, {summary.seconds:.1f} giây"
    ]
    for name, columns in (
        ("Tệp bản ghi", summary.records_columns_missing),
        ("Sổ dân cư", summary.people_columns_missing),
    ):
        if columns:
            said.append(f"{name} không có cột: {', '.join(columns)}")
    if summary.people_set_aside:
        said.append(
            f"Bỏ qua {number(summary.people_set_aside)} dòng sổ dân cư có số định danh không đủ 12 chữ số"
        )
    if summary.buckets_resumed:
        said.append(f"Tiếp tục lần chạy trước: {summary.buckets_resumed} trên {summary.buckets} phần đã có")
    for verdict in Verdict:
        count = summary.verdicts[verdict]
        share = f"{count / summary.records:.2%}".replace(".", ",")
        said.append(f"  {verdict:<16} {number(count):>12}  {share:>7}  {verdict.label}")
    said.append(f"Kết quả: {summary.verdicts_path}")
    return said
