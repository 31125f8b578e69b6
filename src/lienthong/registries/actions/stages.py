"""What each stage of a run does, over files in the run's own folder and through the doors of the data plane."""

import csv
import json
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from itertools import chain, groupby
from operator import itemgetter
from pathlib import Path
from typing import Any, Final

import duckdb
from django.conf import settings
from django.db import connection, models, transaction
from django.utils import timezone

from lienthong.data import checks, intake, linkage, quality
from lienthong.data.intake import Plan
from lienthong.data.intake.reading import Left
from lienthong.data.intake.sql import engine
from lienthong.data.sources import schema
from lienthong.documents.public import MediaType, keep_data, open_file
from lienthong.identity.public import system
from lienthong.population.public import Purpose, export_register
from lienthong.registries.models import Batch, Record, RuleCount, Run
from lienthong.registries.rules import record_id
from lienthong.territory.public import Level, Succession, units_on

Told = Callable[[int, int | None], None]

WORKER: Final = system("registries")
BASIS: Final = "278/2025/NĐ-CP, điều 15: đối chiếu, làm sạch dữ liệu với cơ sở dữ liệu dân cư"
PIECE: Final = 5_000
"""Records of one transaction of storing."""
PERMILLE: Final = 1000
LARGEST_MARKED: Final = 1 << 30


def folder(run: Run) -> Path:
    """Where the run keeps what it makes until it ends; the same after a kill."""
    place = settings.RUNS_ROOT / str(run.batch_id)
    place.mkdir(parents=True, exist_ok=True)
    return Path(place)


def sweep_up(run: Run) -> None:
    shutil.rmtree(settings.RUNS_ROOT / str(run.batch_id), ignore_errors=True)


# ---- read and check


def read_rows(run: Run, told: Told) -> None:
    """The file as the accepted plan reads it: one Parquet of text, and the columns that linkage reads."""
    told(0, None)
    read_file(run)


def file_of(run: Run) -> Path:
    """The file as it was received, under a name that says its kind."""
    place = folder(run) / f"file{Path(run.batch.file.name).suffix}"
    if not place.exists():
        part = place.with_suffix(".part")
        with open_file(run.batch.file) as kept, part.open("wb") as copy:
            shutil.copyfileobj(kept, copy, 1 << 20)
        part.rename(place)
    return place


def read_file(run: Run) -> None:
    place = folder(run)
    plan = Plan.from_dict(run.batch.plan)
    reading = intake.read(file_of(run), plan, place / "rows.parquet", name=run.batch.name)
    intake.records(reading, place / "as_keyed.parquet", source=run.batch.source.code)
    with engine() as db:
        number_rows(db, place)
    facts = {
        "content_hash": reading.content_hash,
        "rows": reading.rows,
        "left": dict(reading.left),
        "named": [asdict(one) for one in reading.named],
        "marks": [[*key, count] for key, count in reading.marks.items()],
    }
    (place / "reading.json").write_text(json.dumps(facts, ensure_ascii=False), "utf-8")


def number_rows(db: duckdb.DuckDBPyConnection, place: Path) -> None:
    """Linkage knows each record by its row: a sector's own key may stand on two rows, of two people."""
    # Plain files side by side are read as streams; a query in the place of one would be held whole.
    db.execute(
        "COPY (SELECT r.row::VARCHAR AS record_id, k.* EXCLUDE (record_id) FROM read_parquet($keyed) AS k"
        " POSITIONAL JOIN read_parquet($rows) AS r) TO $out (FORMAT parquet)",
        {
            "keyed": str(place / "as_keyed.parquet"),
            "rows": str(place / "rows.parquet"),
            "out": str(place / "records.parquet"),
        },
    )


def name_verdicts(db: duckdb.DuckDBPyConnection, place: Path) -> Path:
    """The verdicts under the sector's own keys, as the checks look for them. Linkage keeps the order of its records."""
    out = place / "named.parquet"
    db.execute(
        "COPY (SELECT coalesce(r.record_id, r.row::VARCHAR) AS record_id, v.* EXCLUDE (record_id)"
        " FROM read_parquet($verdicts) AS v POSITIONAL JOIN read_parquet($rows) AS r) TO $out (FORMAT parquet)",
        {
            "verdicts": str(place / "linked" / "verdicts.parquet"),
            "rows": str(place / "rows.parquet"),
            "out": str(out),
        },
    )
    return out


def reading_of(run: Run) -> intake.Reading:
    """What the first stage read, also for a worker that came later."""
    facts = json.loads((folder(run) / "reading.json").read_text("utf-8"))
    return intake.Reading(
        parquet=folder(run) / "rows.parquet",
        name=run.batch.name,
        schema=run.batch.source.schema,
        content_hash=facts["content_hash"],
        plan=Plan.from_dict(run.batch.plan),
        rows=facts["rows"],
        left=facts["left"],
        named=tuple(Left(**one) for one in facts["named"]),
        marks={(field, mark): count for field, mark, count in facts["marks"]},
    )


# ---- link, check, mark


def link_rows(run: Run, told: Told) -> None:
    """Verdicts beside the register of people, then the checks, then the sender's workbook with its cells marked.

    The register is taken out once a run, under purpose and ground; linkage goes on in its own folder after a kill.
    """
    link_people(run, part(told, 0, 0.4))
    told(400, PERMILLE)
    found = find_faults(run)
    mark_workbook(run, found, part(told, 0.5, 1))


def part(told: Told, first: float, last: float) -> Told:
    """Tells of one step of a stage, which reaches from this share of the stage to that."""

    def tell(done: int, total: int | None) -> None:
        share = done / total if total else 0.0
        told(round((first + (last - first) * share) * PERMILLE), PERMILLE)

    return tell


def link_people(run: Run, told: Told) -> None:
    place = folder(run)
    people = place / "people.parquet"
    if not people.exists():
        export_register(place / "people.part.parquet", purpose=Purpose.REVIEW, basis=BASIS, by=WORKER)
        (place / "people.part.parquet").rename(people)
    linkage.link(
        place / "records.parquet",
        people,
        place / "linked",
        settings=linkage.LinkSettings(threads=1, units=successions(place)),
        progress=lambda at: told(round(at.done * PERMILLE), PERMILLE),
    )


def successions(place: Path) -> Path:
    """What became of the communes of older codes, as linkage reads it."""
    out = place / "units.csv"
    rows = Succession.objects.filter(predecessor__level=Level.COMMUNE, successor__level=Level.COMMUNE)
    with out.open("w", newline="", encoding="utf-8") as file:
        lines = csv.writer(file)
        lines.writerow(["predecessor", "successor"])
        lines.writerows(rows.values_list("predecessor__code", "successor__code"))
    return out


def find_faults(run: Run) -> checks.Findings:
    place = folder(run)
    with engine() as db:
        named = name_verdicts(db, place)
    return checks.run(
        place / "rows.parquet",
        schema(run.batch.source.schema),
        out=place / "checked",
        today=timezone.localdate(),
        verdicts=named,
        communes=provinces_of_communes(),
    )


def provinces_of_communes() -> dict[str, str]:
    units = units_on(timezone.localdate(), level=Level.COMMUNE)
    return dict(units.order_by().values_list("code", "parent__code"))


def mark_workbook(run: Run, found: checks.Findings, told: Told) -> None:
    out = folder(run) / "marked.xlsx"
    intake.marked_workbook(file_of(run), reading_of(run), found.findings, out, told=told)
    name = f"{Path(run.batch.name).stem} - đã đánh dấu.xlsx"
    with out.open("rb") as content:
        file = keep_data(
            content=content, name=name, kind=MediaType.XLSX, limit_bytes=LARGEST_MARKED, by=WORKER
        )
    Batch.objects.filter(pk=run.batch_id).update(marked=file)


# ---- store

COLUMNS: Final = (
    "id", "source_id", "batch_id", "row", "key", "unit_id", "name", "values", "failed", "verdict", "personal_number",
    "candidate", "score", "reasons", "tied_by", "superseded", "changes_made",
)  # fmt: skip
TIED: Final = frozenset({"matched", "corrected", "duplicate", "dead"})
"""Verdicts by which linkage itself says who it is; where a person must decide, nobody is tied yet."""


def store_records(run: Run, told: Told) -> None:
    """Verdict and failed rules of each row into the table of records, piece by piece, from where it stopped."""
    total = int(json.loads((folder(run) / "reading.json").read_text("utf-8"))["rows"])
    for piece in pieces_after(folder(run), run.done):
        _store_piece(run, piece)
        told(run.done, total)
    verdicts = dict(
        Record.objects.filter(batch=run.batch)
        .values_list("verdict")
        .annotate(n=models.Count("pk"))
        .order_by()
    )
    run.rows, run.verdicts = total, verdicts
    run.save(update_fields=["rows", "verdicts"])


def pieces_after(place: Path, row: int) -> Iterator[list[dict[str, Any]]]:
    """Rows after this one beside their verdicts and the rules they break, PIECE at a time, as streams in one order.

    Raises ValueError where linkage did not keep the order of its records.
    """
    linked = (
        "SELECT r.*, coalesce(r.record_id, r.row::VARCHAR) AS key, v.record_id AS linked, v.verdict,"
        " v.personal_number AS meant, v.score, v.reasons"
        " FROM read_parquet($rows) AS r POSITIONAL JOIN read_parquet($verdicts) AS v WHERE r.row > $row"
    )
    broken = "SELECT row, rule FROM read_parquet($findings) WHERE row > $row"
    with engine() as db:
        files = {
            "rows": str(place / "rows.parquet"),
            "verdicts": str(place / "linked" / "verdicts.parquet"),
            "row": row,
        }
        found = db.execute(linked, files)
        names = [one[0] for one in found.description or ()]
        rules = db.cursor().execute(
            broken, {"findings": str(place / "checked" / "findings.parquet"), "row": row}
        )
        failed = _Failed(rules)
        while rows := found.fetchmany(PIECE):
            piece = [dict(zip(names, values, strict=True)) for values in rows]
            if any(one["linked"] != str(one["row"]) for one in piece):
                raise ValueError("verdicts are not in the order of the records")
            yield [{**one, "failed": failed.of(one["row"])} for one in piece]


class _Failed:
    """The rules that rows break, walked beside the rows: both come in order."""

    def __init__(self, found: duckdb.DuckDBPyConnection) -> None:
        pairs = chain.from_iterable(iter(lambda: found.fetchmany(PIECE), []))
        self.groups = groupby(pairs, key=itemgetter(0))
        self.row, self.rules = 0, list[str]()

    def of(self, row: int) -> list[str]:
        while self.row < row:
            self.row, pairs = next(self.groups, (sys.maxsize, ()))
            self.rules = sorted({rule for _, rule in pairs})
        return self.rules if self.row == row else []


@transaction.atomic
def _store_piece(run: Run, piece: list[dict[str, Any]]) -> None:
    """The rows and how far the stage is stand or fall together: a kill repeats no row and leaves none out."""
    fields = schema(run.batch.source.schema).names
    units = units_coded({one["commune_code"] for one in piece if one["commune_code"]})
    names = ", ".join(f'"{name}"' for name in COLUMNS)
    with connection.cursor() as cursor, cursor.copy(f"COPY registries_record ({names}) FROM STDIN") as out:
        for one in piece:
            out.write_row(line_of(run, one, fields, units))
    run.done = piece[-1]["row"]
    Run.objects.filter(pk=run.pk).update(done=run.done)


def units_coded(codes: set[str]) -> dict[str, int]:
    units = units_on(timezone.localdate(), level=Level.COMMUNE).filter(code__in=codes)
    return dict(units.order_by().values_list("code", "pk"))


def line_of(run: Run, one: dict[str, Any], fields: tuple[str, ...], units: dict[str, int]) -> tuple[Any, ...]:
    values = {name: one[name] for name in fields if one.get(name)}
    meant = one["meant"] or ""
    reasons = [
        {"code": each.code, "bits": each.bits, "sentence": each.sentence}
        for each in linkage.parse_reasons(one["reasons"] or "")
    ]
    tied = meant if one["verdict"] in TIED else ""
    return (
        record_id(run.batch_id, one["row"]), run.batch.source_id, run.batch_id, one["row"], one["key"],
        units.get(one["commune_code"] or ""), one.get("full_name") or "", json.dumps(values, ensure_ascii=False),
        one["failed"] or [], one["verdict"], tied, meant, one["score"], json.dumps(reasons, ensure_ascii=False),
        "machine", False, 0,
    )  # fmt: skip


# ---- count


def sum_counts(run: Run, told: Told) -> None:
    """How many rows kept each rule, by commune: what every score is made of."""
    told(0, None)
    place = folder(run) / "checked"
    found = checks.Findings(
        run.batch.source.schema, place / "findings.parquet", place / "counters.parquet", 0, run.rows
    )
    with transaction.atomic():
        keep_counts(run.batch, quality.counts(found))
    run.errors = broken_rules(place / "findings.parquet")
    run.save(update_fields=["errors"])


def keep_counts(batch: Batch, counts: Iterable[quality.Count]) -> None:
    columns = "batch_id, commune, rule, field, criterion, satisfied, assessed"
    RuleCount.objects.filter(batch=batch).delete()
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY registries_rulecount ({columns}) FROM STDIN") as out,
    ):
        for one in counts:
            out.write_row(
                (batch.pk, one.commune_code, one.rule, one.field, one.criterion, one.satisfied, one.assessed)
            )


def broken_rules(findings: Path) -> dict[str, int]:
    """Rule: how often it was broken."""
    query = "SELECT rule, count(*) FROM read_parquet($findings) GROUP BY rule ORDER BY rule"
    with engine() as db:
        return dict(db.execute(query, {"findings": str(findings)}).fetchall())
