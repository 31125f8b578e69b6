"""docs/qd766-worked-example.md is what the engine computes: its input tables in, its result tables out."""

import csv
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from lienthong.data.marts.cells import count_cells
from lienthong.data.marts.counters import COUNTERS, SERVICE_COUNTERS, Terms
from lienthong.data.marts.reading import connect, read
from lienthong.indicators.compute import Asked, compute
from lienthong.indicators.formulas.definitions import load
from lienthong.indicators.formulas.scoring import score
from lienthong.kit.calendar import Calendar
from lienthong.site.config import ROOT

PAGE = ROOT / "docs" / "qd766-worked-example.md"
INPUTS = ("dossiers", "procedures", "publications", "petitions", "reported")
AS_OF = date(2026, 11, 30)

Row = dict[str, str]


def tables() -> dict[str, list[Row]]:
    """Each table of the page under the heading above it."""
    found: dict[str, list[Row]] = {}
    heading, columns = "", []
    for line in PAGE.read_text("utf-8").splitlines():
        if line.startswith("#"):
            heading, columns = line.lstrip("# "), []
        elif line.startswith("|") and not set(line) <= set("|-"):
            cells = [cell.strip() for cell in line.strip("|").split("|")]
            if columns:
                found.setdefault(heading, []).append(dict(zip(columns, cells, strict=True)))
            columns = columns or cells
    return found


def expected() -> list[Row]:
    return [row for name, rows in tables().items() if rows and "by hand" in rows[0] for row in rows]


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Path]]:
    """The page's input tables as CSV files."""
    folder, found = tmp_path_factory.mktemp("worked"), tables()
    flags = {row["code"]: row for row in found["flags of the same dossiers"]}
    found["dossiers"] = [{**row, **flags[row["code"]]} for row in found["dossiers"]]
    for name in INPUTS:
        with (folder / f"{name}.csv").open("w", newline="") as file:
            writer = csv.DictWriter(file, list(found[name][0]))
            writer.writeheader()
            writer.writerows(found[name])
    return {name: [folder / f"{name}.csv"] for name in INPUTS}


@pytest.fixture(scope="module")
def computed(
    files: dict[str, list[Path]], tmp_path_factory: pytest.TempPathFactory
) -> dict[tuple[str, str, str], Row]:
    out = tmp_path_factory.mktemp("worked") / "figures.csv"
    compute(Asked(files, AS_OF), out)
    with out.open(newline="") as file:
        return {
            (row["agency"], row["month"][:7] or "all", row["component"]): row for row in csv.DictReader(file)
        }


def shown(number: str) -> str:
    """As the page prints: whole, or four decimals."""
    if number == "":
        return ""
    value = float(number)
    return str(round(value)) if abs(value - round(value)) < 1e-12 else f"{value:.4f}"


def test_the_page_lists_forty_dossiers_and_every_component() -> None:
    found = tables()
    assert len(found["dossiers"]) == 40
    components = {c.code for c in load([*COUNTERS, *SERVICE_COUNTERS]).versions[0].components}
    november = [row for row in expected() if (row["agency"], row["month"]) == ("H26.05", "2026-11")]
    assert {row["component"] for row in november} == components | {"total"}


@pytest.mark.parametrize("row", expected(), ids=lambda r: f"{r['agency']}-{r['month']}-{r['component']}")
def test_the_engine_gives_what_the_page_says(row: Row, computed: dict[tuple[str, str, str], Row]) -> None:
    found = computed[row["agency"], row["month"], row["component"]]
    for name in ("numerator", "denominator", "score"):
        assert shown(found[name]) == row[name], name
    applicable = "" if row["value"] == "not applicable" else row["value"]
    assert shown(found["value"]) == applicable
    assert (found["status"] == "not_applicable") == (row["value"] == "not applicable")
    assert float(found["cap"]) == float(row["max"])
    assert found["formula"] == "766/QĐ-TTg"


def test_numbers_in_words_are_the_numerators() -> None:
    """The lists of dossiers in the last column are as long as the figures they explain."""
    row = next(
        r for r in expected() if (r["agency"], r["month"], r["component"]) == ("H26.05", "2026-11", "2.1")
    )
    late = re.findall(r"\d+", row["by hand"])
    assert int(row["numerator"]) == int(row["denominator"]) - len(late)


def test_one_cell_worked_out_exactly_is_the_same(files: dict[str, list[Path]]) -> None:
    """`score` over fractions and `columns` over a table are one formula."""
    con = connect()
    sources = [read(con, name, *paths) for name, paths in files.items()]
    cells = count_cells(con, sources, Terms(Asked(files, AS_OF).until, Calendar.official()))
    version = load([*COUNTERS, *SERVICE_COUNTERS]).versions[0]
    found: list[dict[str, Any]] = con.to_pyarrow(con.table(cells.table)).to_pylist()
    by_cell = {(c["key"], f"{c['month']:%Y-%m}" if c["month"] else "all"): c for c in found}
    for row in expected():
        if row["component"] == "total":
            continue
        component = next(c for c in version.components if c.code == row["component"])
        counters = {n: v for n, v in by_cell[row["agency"], row["month"]].items() if n in cells.counters}
        result = score(version, component, counters)
        assert shown("" if result.score is None else str(float(result.score))) == row["score"]
        assert result.status == ("not_applicable" if row["value"] == "not applicable" else "computed")
