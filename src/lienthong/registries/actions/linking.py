"""Reading, linking, checking and marking a file, in the run's own folder and through the doors of the data plane."""

import csv
import json
import shutil
from dataclasses import asdict
from pathlib import Path
from typing import Final

import duckdb
from django.utils import timezone

from lienthong.data import checks, intake, linkage
from lienthong.data.intake import Plan
from lienthong.data.intake.reading import Left
from lienthong.data.intake.sql import engine
from lienthong.data.sources import schema
from lienthong.documents.public import MediaType, keep_data, open_file
from lienthong.identity.public import system
from lienthong.population.public import Purpose, export_register
from lienthong.registries.actions.stages import PERMILLE, Told, folder, part
from lienthong.registries.models import Batch, Run
from lienthong.territory.public import Level, Succession, units_on

WORKER: Final = system("registries")
BASIS: Final = "278/2025/NĐ-CP, điều 15: đối chiếu, làm sạch dữ liệu với cơ sở dữ liệu dân cư"
LARGEST_MARKED: Final = 1 << 30


def read_rows(run: Run, told: Told) -> None:
    """The file as the accepted plan reads it: one Parquet of text, and the columns that linkage reads."""
    told(0, None)
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


def file_of(run: Run) -> Path:
    """The file as it was received, under a name that says its kind."""
    place = folder(run) / f"file{Path(run.batch.file.name).suffix}"
    if not place.exists():
        part = place.with_suffix(".part")
        with open_file(run.batch.file) as kept, part.open("wb") as copy:
            shutil.copyfileobj(kept, copy, 1 << 20)
        part.rename(place)
    return place


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


def link_rows(run: Run, told: Told) -> None:
    """Verdicts beside the register of people, then the checks, then the sender's workbook with its cells marked.

    The register is taken out once a run, under purpose and ground; linkage goes on in its own folder after a kill.
    """
    link_people(run, part(told, 0, 0.4))
    told(400, PERMILLE)
    found = find_faults(run)
    mark_workbook(run, found, part(told, 0.5, 1))


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
