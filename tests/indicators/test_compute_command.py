"""`lienthong indicators compute`, as an office runs it: files in, a file out, a sentence when it cannot."""

import csv
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from data.marts.rows import PARENTS, make
from lienthong.indicators.compute import Asked, CannotWrite, NoFormulaThen, NothingToCount, compute
from lienthong.site import cli
from lienthong.site.management.commands.indicators import _day, _setting

Row = dict[str, str]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("files")
    for name, rows in make(3, 300).items():
        pq.write_table(pa.Table.from_pylist(rows), found / f"{name}.parquet")
    pq.write_table(
        pa.table({"code": list(PARENTS), "parent": list(PARENTS.values())}), found / "tree.parquet"
    )
    return found


@pytest.fixture
def no_database(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test without the mark `django_db` may not reach it anyway; here it may not even be started."""
    monkeypatch.setattr(cli, "start_database", lambda: pytest.fail("it started a database"))


def run(*arguments: object) -> int:
    """The exit status."""
    try:
        cli.main(["indicators", "compute", *map(str, arguments)])
    except SystemExit as stop:
        return int(stop.code or 0)
    return 0


def rows_of(path: Path) -> list[Row]:
    with path.open(newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.usefixtures("no_database")
def test_the_command_needs_no_database(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "figures.csv"
    status = run("--dossiers", folder / "dossiers.parquet", "--as-of", "2026-11-30", "--out", out,
                 "--tree", folder / "tree.parquet", "--measures")  # fmt: skip
    assert status == 0
    assert "figures of 3 months" in capsys.readouterr().out
    rows = rows_of(out)
    assert {row["scope"] for row in rows} == {"own", "tree", "all"}
    lacking = [row for row in rows if row["component"] == "5.2"]
    assert {row["status"] for row in lacking} == {"not_computable"}
    assert {row["score"] for row in lacking} == {""}, "never zero, nor the points of an empty denominator"
    assert {row["note"] for row in lacking} == {"không tính được: thiếu bảng petitions"}
    estimated = next(r for r in rows if (r["agency"], r["component"], r["month"]) == ("*", "people", ""))
    assert float(estimated["value"]) == pytest.approx(60, abs=3)
    assert "sai số" in estimated["note"]


@pytest.mark.parametrize("by", ["unit", "procedure"])
def test_estimates_come_by_the_same_keys_as_figures(by: str, folder: Path, tmp_path: Path) -> None:
    files = {"dossiers": [folder / "dossiers.parquet"]}
    compute(Asked(files, _day("2026-11-30"), by=by, measures=True), tmp_path / "o.csv")
    rows = rows_of(tmp_path / "o.csv")
    mine = {row[by] for row in rows if row["component"] == "people" and row["scope"] == "own"}
    assert mine == {row[by] for row in rows if row["component"] == "2.1" and row["scope"] == "own"}
    assert len(mine) > 1
    told = pq.read_table(folder / "dossiers.parquet").to_pylist()
    for key in mine:
        ours = {row["applicant"] for row in told if row[by] == key and row["applicant"]}
        [line] = [r for r in rows if (r[by], r["component"], r["month"]) == (key, "people", "")]
        assert float(line["value"]) == pytest.approx(len(ours), rel=0.05, abs=1)


@pytest.mark.usefixtures("no_database")
def test_what_stops_it_is_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    broken = tmp_path / "d.csv"
    broken.write_text("agency,received_at\nH26,mai\n")
    assert run("--dossiers", broken, "--as-of", "2026-11-30", "--out", tmp_path / "x.csv") == 1
    assert capsys.readouterr().err.splitlines() == [
        "Cột received_at của bảng dossiers có giá trị “mai”, không phải ngày giờ (2026-11-20 16:00 hoặc 20261120160000)."
    ]
    assert not (tmp_path / "x.csv").exists()


def test_csv_and_parquet_say_the_same(folder: Path, tmp_path: Path) -> None:
    files = {name: [folder / f"{name}.parquet"] for name in ("dossiers", "petitions")}
    for suffix in ("csv", "parquet"):
        compute(Asked(files, _day("2026-11-15")), tmp_path / f"o.{suffix}")
    table = pq.read_table(tmp_path / "o.parquet").to_pylist()
    text = rows_of(tmp_path / "o.csv")
    assert [(r["agency"], r["component"], r["score"]) for r in text] == [
        (r["agency"], r["component"], "" if r["score"] is None else str(r["score"])) for r in table
    ]


def test_totals_are_over_what_applies(folder: Path, tmp_path: Path) -> None:
    compute(Asked({"dossiers": [folder / "dossiers.parquet"]}, _day("2026-11-30")), tmp_path / "o.csv")
    rows = [r for r in rows_of(tmp_path / "o.csv") if (r["agency"], r["month"]) == ("*", "")]
    total = next(r for r in rows if r["component"] == "total")
    parts = [r for r in rows if r["status"] == "computed" and r["component"] != "total"]
    assert float(total["score"]) == pytest.approx(sum(float(r["score"]) for r in parts))
    assert float(total["denominator"]) == sum(float(r["cap"]) for r in parts) < 100
    assert "chưa xếp loại" in total["note"]


def test_a_killed_or_refused_run_leaves_the_old_file(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "o.csv"
    out.write_text("old")
    asked = Asked({"dossiers": [folder / "dossiers.parquet"]}, _day("2020-01-01"))
    with pytest.raises(NothingToCount):
        compute(asked, out)
    with pytest.raises(CannotWrite):
        compute(asked, tmp_path / "o.xlsx")
    assert out.read_text() == "old"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["o.csv"]


def test_months_before_any_formula_have_no_figures(tmp_path: Path) -> None:
    """QĐ 766/QĐ-TTg was signed on 23/6/2022."""
    path = tmp_path / "d.csv"
    path.write_text("agency,received_at\nH26,2022-05-02\nH26,2022-06-02\n")
    report = compute(Asked({"dossiers": [path]}, _day("2022-06-30")), tmp_path / "o.csv")
    assert [f"{month:%Y-%m}" for month in report.without_formula] == ["2022-05"]
    path.write_text("agency,received_at\nH26,2021-05-02\n")
    with pytest.raises(NoFormulaThen):
        compute(Asked({"dossiers": [path]}, _day("2021-06-30")), tmp_path / "o.csv")


def test_a_changed_setting_is_printed_with_every_figure(folder: Path, tmp_path: Path) -> None:
    files = {"dossiers": [folder / "dossiers.parquet"]}
    compute(
        Asked(files, _day("2026-11-30"), settings=dict([_setting("full_at_4_2=0.8")])), tmp_path / "o.csv"
    )
    rows = rows_of(tmp_path / "o.csv")
    assert {row["formula"] for row in rows} == {"766/QĐ-TTg full_at_4_2=0.8"}
