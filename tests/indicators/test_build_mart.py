"""The mart: months touched, whole at every moment, and equal to the tally on the same dossiers."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from lienthong.data.marts.cells import leaves
from lienthong.data.marts.counters import Terms
from lienthong.data.marts.errors import MartUnreadable
from lienthong.data.marts.reading import connect, read
from lienthong.data.marts.store import Store
from lienthong.dossiers.public import forward_dossier
from lienthong.identity.public import Actor
from lienthong.indicators.compute import Asked, compute
from lienthong.indicators.mart import build_mart
from lienthong.indicators.public import Scope, Tally, months_known, refresh_tally, sums_of
from lienthong.kit.calendar import Calendar, local
from lienthong.organisations.public import Organisation
from makers import World, at, decided, play_histories, received

pytestmark = pytest.mark.django_db

NOW = "20/11/2026 16:00"
OF_THE_TALLY = {
    "received": "received",
    "online": "online",
    "full": "full",
    "full_online": "full_online",
    "closed_in_time": "in_time",
    "closed_late": "late",
    "running": "running",
    "results": "results",
    "digitised_results": "digitised",
}


@pytest.fixture
def played(world: World) -> Iterator[World]:
    with at(NOW):
        play_histories(world, 300, NOW)
        yield world


@pytest.fixture
def by(world: World) -> Actor:
    return world.actor("committee")


def leaf_rows(root: Path) -> list[dict[str, Any]]:
    con = connect(threads=1)
    source = read(con, "dossiers", root / "dossiers")
    as_of = local(timezone.now()).replace(tzinfo=None) + timedelta.resolution  # the moment itself counts
    return con.to_pyarrow(leaves(source, Terms(as_of, Calendar.official()))).to_pylist()


def of_the_mart(root: Path) -> dict[tuple[str, date, str], dict[str, int]]:
    return {
        (r["agency"], r["month"], r["procedure"]): {ours: r[name] for name, ours in OF_THE_TALLY.items()}
        for r in leaf_rows(root)
    }


def of_the_tally() -> dict[tuple[str, date, str], dict[str, int]]:
    refresh_tally()
    codes = dict(Organisation.objects.values_list("pk", "code"))
    return {
        (codes[t.authority_id], t.month, t.procedure_code): {n: getattr(t, n) for n in OF_THE_TALLY.values()}
        for t in Tally.objects.all()
    }


def test_the_mart_and_the_tally_count_the_same(played: World, tmp_path: Path) -> None:
    build_mart(tmp_path)
    assert of_the_mart(tmp_path) == of_the_tally()
    assert sum(cell["received"] for cell in of_the_tally().values()) > 200


def test_what_is_late_at_the_hour_is_the_same_too(played: World, tmp_path: Path, by: Actor) -> None:
    build_mart(tmp_path)
    rows = leaf_rows(tmp_path)
    for month in months_known():
        live = sums_of(Scope(month), by=by).counters
        timely = sum(r["received"] - r["late"] for r in rows if r["month"] == month)
        assert timely == live["timely"]


def test_only_touched_months_are_written_again(played: World, tmp_path: Path) -> None:
    built = build_mart(tmp_path)
    assert built.anew
    assert len(built.months) > 2
    again = build_mart(tmp_path)
    assert not again.anew
    # Everything in a test is one open transaction, so all of it is younger than the mark.
    manifest = Store(tmp_path).manifest()
    assert sum(manifest.months.values()) == sum(c["received"] for c in of_the_tally().values())


def test_a_touched_month_is_recounted_and_others_stay(
    played: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build_mart(tmp_path)
    store = Store(tmp_path)
    old = {path: path.stat().st_mtime_ns for path in store.dossiers.rglob("*.parquet")}
    monkeypatch.setattr(
        "lienthong.indicators.mart.TOUCHED",
        "SELECT DISTINCT month FROM dossiers_fact WHERE month = '2026-11-01' AND %(seen)s <> ''",
    )
    dossier = received(played)
    decided(played)
    forward_dossier(dossier=dossier.pk, authority=played.police, reason="x", by=played.actor("reception"))
    built = build_mart(tmp_path)
    assert built.months == [date(2026, 11, 1)]
    changed = {p for p, t in old.items() if p.stat().st_mtime_ns != t}
    assert changed == {store.month_file(date(2026, 11, 1))}
    assert of_the_mart(tmp_path) == of_the_tally()


def test_killed_half_way_leaves_the_old(
    played: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build_mart(tmp_path)
    before, manifest = of_the_mart(tmp_path), (tmp_path / "manifest.json").read_bytes()
    count = {"left": 2}

    def killed(self: Path, to: Path) -> Path:
        count["left"] -= 1
        if count["left"] < 0:
            raise KeyboardInterrupt
        return replace(self, to)

    replace = Path.replace
    monkeypatch.setattr(Path, "replace", killed)
    with pytest.raises(KeyboardInterrupt):
        build_mart(tmp_path)
    monkeypatch.undo()
    assert (tmp_path / "manifest.json").read_bytes() == manifest
    assert of_the_mart(tmp_path) == before, "months written are whole, the others as they were"
    build_mart(tmp_path)
    assert of_the_mart(tmp_path) == of_the_tally()
    assert not (tmp_path / ".making").exists()


def test_after_a_restore_everything_is_built_anew(played: World, tmp_path: Path) -> None:
    """Transaction ids start over there: a mark from the future is of another database."""
    build_mart(tmp_path)
    path = tmp_path / "manifest.json"
    path.write_text(path.read_text().replace('"seen": "', '"seen": "9999999999'))
    assert build_mart(tmp_path).anew


def test_a_spoilt_mart_says_what_to_do(played: World, tmp_path: Path) -> None:
    build_mart(tmp_path)
    (tmp_path / "manifest.json").write_text("{")
    with pytest.raises(MartUnreadable, match="--fresh"):
        build_mart(tmp_path)
    assert build_mart(tmp_path, fresh=True).anew


def test_figures_of_the_mart_name_what_they_lack(played: World, tmp_path: Path) -> None:
    build_mart(tmp_path / "mart")
    store = Store(tmp_path / "mart")
    asked = Asked(
        {"dossiers": [store.dossiers]}, datetime.fromisoformat("2026-11-20T16:00"), tree=store.agencies
    )
    report = compute(asked, tmp_path / "out.parquet")
    assert report.lacks["synced"] == "dossiers.synced"
    found = connect().read_parquet(tmp_path / "out.parquet").to_pandas()
    on_time = found[(found.component == "2.1") & (found.scope == "all") & found.month.isna()].iloc[0]
    cells = of_the_tally().values()
    assert on_time.denominator == sum(c["received"] for c in cells)
    not_there = found[(found.component == "1.4")]
    assert set(not_there.status) == {"not_computable"}
    assert not_there.value.isna().all(), "never zero"
    assert set(found.scope) == {"own", "tree", "all"}
