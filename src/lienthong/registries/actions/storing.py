"""Storing what a run found: its records beside their verdicts, and the counts that scores are made of."""

import json
import sys
from collections.abc import Iterator
from itertools import chain, groupby
from operator import itemgetter
from pathlib import Path
from typing import Any, Final

import duckdb
from django.db import models, transaction

from lienthong.data import checks, linkage, quality
from lienthong.data.intake.sql import engine
from lienthong.data.sources import schema
from lienthong.registries.actions.keeping import PIECE, Line, keep_counts, keep_records, units_coded
from lienthong.registries.actions.stages import Told, folder
from lienthong.registries.models import Record, Run
from lienthong.registries.rules import record_id

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
    keep_records(line_of(run, one, fields, units) for one in piece)
    run.done = piece[-1]["row"]
    Run.objects.filter(pk=run.pk).update(done=run.done)


def line_of(run: Run, one: dict[str, Any], fields: tuple[str, ...], units: dict[str, int]) -> Line:
    values = {name: one[name] for name in fields if one.get(name)}
    meant = one["meant"] or ""
    reasons = [
        {"code": each.code, "bits": each.bits, "sentence": each.sentence}
        for each in linkage.parse_reasons(one["reasons"] or "")
    ]
    return Line(
        id=record_id(run.batch_id, one["row"]), source_id=run.batch.source_id, batch_id=run.batch_id, row=one["row"],
        key=one["key"], unit_id=units.get(one["commune_code"] or ""), name=one.get("full_name") or "",
        values=json.dumps(values, ensure_ascii=False), failed=one["failed"] or [], verdict=one["verdict"],
        personal_number=meant if one["verdict"] in TIED else "", candidate=meant, score=one["score"],
        reasons=json.dumps(reasons, ensure_ascii=False),
    )  # fmt: skip


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


def broken_rules(findings: Path) -> dict[str, int]:
    """Rule: how often it was broken."""
    query = "SELECT rule, count(*) FROM read_parquet($findings) GROUP BY rule ORDER BY rule"
    with engine() as db:
        return dict(db.execute(query, {"findings": str(findings)}).fetchall())
