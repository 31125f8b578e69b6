"""The register of people measured by its own rules, as sectors' files are: counts, and who breaks which rule."""

import csv
import io
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Any, Final

import duckdb
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from lienthong.audit.public import record
from lienthong.data import checks, intake, quality
from lienthong.data.intake import Limits
from lienthong.data.quality import Count
from lienthong.data.sources import schema
from lienthong.documents.public import MediaType, keep_data
from lienthong.identity.public import Actor, require
from lienthong.kit.errors import said
from lienthong.organisations.public import organisation
from lienthong.population.public import Exported, export_for_checks
from lienthong.registries.actions.keeping import PIECE, Line, keep_counts, keep_records, units_coded
from lienthong.registries.actions.linking import LARGEST_MARKED, provinces_of_communes
from lienthong.registries.actions.sources import open_source
from lienthong.registries.events import BatchFinished, BatchReceived
from lienthong.registries.models import Batch, Record, Run, Source
from lienthong.registries.rules import record_id
from lienthong.registries.states import BatchState, Verdict

REGISTER: Final = "dan-cu"
SCHEMA: Final = "people"
OWNER: Final = "G01"
BASIS: Final = said("278/2025/NĐ-CP, điều 15: đo chất lượng cơ sở dữ liệu dân cư")
LIMITS: Final = Limits(unpacked=1 << 40, cells=1 << 40)
"""Our own file: no bound against a sender's malice is needed."""


def measure_register(*, by: Actor) -> Batch:
    """Read the register once, as one noted reading of many people, and count which rules its records keep.

    What is kept: counts by commune; and of records that break a rule their number, name, place and which
    rules. All of it appears at once or, after a kill, not at all. Raises NotAllowed.
    """
    require(by, "registries.measure_register", None)
    settings.RUNS_ROOT.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="register-", dir=settings.RUNS_ROOT) as name:
        folder = Path(name)
        exported = export_for_checks(folder / "people.parquet", basis=BASIS, by=by)
        if not exported.count:
            found = checks.Findings(SCHEMA, folder / "none", folder / "none", 0, 0)
            return _keep(found, (), exported, by=by)
        plan = intake.preview(exported.path, SCHEMA, limits=LIMITS).plan([])
        reading = intake.read(exported.path, plan, folder / "rows.parquet", limits=LIMITS)
        found = checks.run(
            reading.parquet, schema(SCHEMA), out=folder / "checked", today=timezone.localdate(),
            communes=provinces_of_communes(),
        )  # fmt: skip
        return _keep(found, quality.counts(found), exported, by=by)


def register_source(*, by: Actor) -> Source:
    """The register as a source among the others; opened by the first measurement."""
    found = Source.objects.filter(code=REGISTER).first()
    if found is not None:
        return found
    owner = organisation(OWNER, timezone.localdate())
    return open_source(code=REGISTER, schema=SCHEMA, name=schema(SCHEMA).title, owner=owner, by=by)


@transaction.atomic
def _keep(found: checks.Findings, counts: tuple[Count, ...], exported: Exported, *, by: Actor) -> Batch:
    today, source = timezone.localdate(), register_source(by=by)
    Source.objects.select_for_update(no_key=True).get(pk=source.pk)
    name = f"{source.name} {today:%d-%m-%Y}.csv"
    file = keep_data(
        content=_table(counts, exported), name=name, kind=MediaType.CSV, limit_bytes=LARGEST_MARKED, by=by
    )
    batch = Batch.objects.create(
        source=source, file=file, sha256=file.sha256, name=file.name, received_by=by.reference,
        state=BatchState.DONE, counted_on=today, accepted_at=timezone.now(), accepted_by=by.reference,
    )  # fmt: skip
    Run.objects.create(
        batch=batch, stage="open", rows=exported.count, done=exported.count, finished_at=timezone.now()
    )
    keep_counts(batch, counts)
    kept = _store(batch, found) if found.total else 0
    older = Batch.objects.filter(source=source, state=BatchState.DONE, replaced_on=None).exclude(pk=batch.pk)
    Record.objects.filter(batch__in=older, superseded=False).update(superseded=True)
    older.update(replaced_on=today, replaced_by=batch)
    record(BatchReceived(batch=batch.pk, source=source.code, sha256=file.sha256), by=by)
    record(BatchFinished(batch=batch.pk, records=exported.count, verdicts=f"broken={kept}"), by=by)
    return batch


def _table(counts: tuple[Count, ...], exported: Exported) -> io.BytesIO:
    """The counts as they were: whose scores these are can be worked out again. No person stands in it."""
    out = io.StringIO()
    lines = csv.writer(out)
    lines.writerow(["reading", "commune_code", "rule", "field", "criterion", "satisfied", "assessed"])
    lines.writerow([exported.ref, "", "", "", "", exported.count, exported.count])
    lines.writerows(
        [exported.ref, one.commune_code, one.rule, one.field, one.criterion, one.satisfied, one.assessed]
        for one in counts
    )
    return io.BytesIO(out.getvalue().encode())


def _store(batch: Batch, found: checks.Findings) -> int:
    """Those who break a rule, without what their records say."""
    total = 0
    with closing(duckdb.connect()) as db:
        db.execute("SET threads = 1")
        rows = db.execute(
            "SELECT r.row, r.personal_number, r.full_name, r.commune_code, f.failed FROM read_parquet($rows) AS r"
            " JOIN (SELECT row, list_sort(list(DISTINCT rule)) AS failed FROM read_parquet($findings) GROUP BY row) AS f"
            " ON f.row = r.row ORDER BY r.row",
            {"rows": str(found.findings.parents[1] / "rows.parquet"), "findings": str(found.findings)},
        )
        while piece := rows.fetchmany(PIECE):
            units = units_coded({one[3] for one in piece if one[3]})
            keep_records(_line(batch, one, units) for one in piece)
            total += len(piece)
    return total


def _line(batch: Batch, one: tuple[Any, ...], units: dict[str, int]) -> Line:
    row, number, name, commune, failed = one
    return Line(
        id=record_id(batch.pk, row), source_id=batch.source_id, batch_id=batch.pk, row=row, key=str(row),
        unit_id=units.get(commune or ""), name=name or "", values="{}", failed=failed,
        verdict=Verdict.MATCHED.value, personal_number=number or "",
    )  # fmt: skip
