"""Weights and thresholds of data/linkage/model.json, from a training seed whose truth is known, and their curve.

`python -m lienthong.site.bench.linkage_training MODEL.json CURVE.png` writes both.
"""

import json
import math
import sys
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import matplotlib as mpl

from lienthong.data.linkage import LinkSettings, Model, default_model
from lienthong.data.linkage.duck import Duck, connection, see
from lienthong.data.linkage.inputs import PEOPLE, RECORDS, opened, quoted
from lienthong.data.linkage.model import LEVELS
from lienthong.data.linkage.stages import prior_of
from lienthong.data.synthetic.records import truth_of
from lienthong.site.bench.linkage import TRAINING_SEED, UNITS, made

SHORT: Final = {
    "full_name": "nl", "birth_date": "bl", "personal_number": "pl", "old_number": "ol", "sex": "sl",
    "commune_code": "cl", "mother_name": "ml",
}  # fmt: skip
BY_CHANCE: Final = {
    ("personal_number", 3): 5e-9, ("personal_number", 2): 6e-7, ("personal_number", 1): 3.5e-5, ("old_number", 1): 1e-9,
}  # fmt: skip
"""Levels that random pairs are too few to show: twelve digits of which six are free, nine of which all are."""
HIGHEST: Final = 30.0
PRECISION: Final = 0.9999
RESIDUE_PRECISION: Final = 0.999
ROWS: Final = 10_000_000


@dataclass(frozen=True)
class Point:
    """Thresholds, and what they give over the records that the number alone did not decide, and over all."""

    accept: float
    margin: float
    residue_precision: float
    precision: float
    recall: float


@dataclass(frozen=True)
class Best:
    """The nearest person of one record: bits, bits ahead of the next, and whether it is the right one."""

    bits: float
    lead: float
    right: bool


def chosen_model(place: Path, units: Path) -> tuple[Model, list[Point]]:
    """The model, and the points of the sweep it was chosen from."""
    with tempfile.TemporaryDirectory() as work:
        duck = _linked(place, units, Path(work), default_model())
        model = replace(default_model(), bits=_weights(duck))
        counts = _decided_by_number(duck, place, Path(work))
    with tempfile.TemporaryDirectory() as work:
        open_model = replace(model, accept=-1000.0, margin=-1000.0, possible=1000.0)
        duck = _linked(place, units, Path(work), open_model)
        bests = _bests(duck, "r.accepted")
        asked = _bests(duck, "r.place = 1 AND NOT r.accepted AND r.nl >= 0 AND r.bl >= 0 AND r.pl < 3")
    points = [_point(accept, margin, bests, counts) for margin in range(0, 21, 2) for accept in range(-4, 31)]
    good = [p for p in points if p.precision >= PRECISION and p.residue_precision >= RESIDUE_PRECISION]
    best = max(good, key=lambda p: (round(p.recall, 5), p.accept + p.margin))
    return replace(model, accept=best.accept, margin=best.margin, possible=_asked_from(asked)), points


def _linked(place: Path, units: Path, work: Path, model: Model) -> Duck:
    """Both stages over the training seed; the tables of the second are left to look at."""
    settings = LinkSettings(model=model, units=units, memory="3GB")
    duck = Duck(settings, work, connection(settings, work))
    records = opened(duck.files, place / "records.parquet", RECORDS, work / "r.parquet")
    people = opened(duck.files, place / "people.parquet", PEOPLE, work / "p.parquet")
    see(duck.files, people, records)
    duck.see(people, records)
    duck.prior = prior_of(duck.load())
    duck.exact(0, records.rows, work / "exact.parquet", work / "open.parquet")
    duck.residue([work / "open.parquet"], work / "rest.parquet")
    truth = quoted(truth_of(place / "records.parquet"))
    duck.files.execute(
        f"CREATE TEMP TABLE truth AS SELECT file_row_number AS row_no, TRY_CAST(personal_number AS BIGINT) AS pid, kind FROM read_parquet({truth}, file_row_number = true)"  # noqa: S608 - a path, quoted
    )
    return duck


def _weights(duck: Duck) -> dict[str, dict[int, float]]:
    """log2 of how often a level is seen for one person over how often for two drawn at random."""
    ((count,),) = duck.rows("SELECT count(*) FROM people")
    duck.files.execute(RANDOM_PAIRS.replace("{count}", str(count)))
    bits: dict[str, dict[int, float]] = {}
    for field, short in SHORT.items():
        same = _shares(duck, f"SELECT c.{short} FROM compared AS c JOIN facts AS f ON c.row_no = f.row_no "  # noqa: S608 - names of ours
                       f"JOIN truth AS t ON f.row_no = t.row_no WHERE c.pid = t.pid AND c.{short} >= 0")  # fmt: skip
        other = _shares(duck, f"SELECT {short} FROM random_pairs WHERE {short} >= 0")  # noqa: S608 - names of ours
        bits[field] = {-1: 0.0}
        above = HIGHEST
        # The register writes clean, so chance shows too few dirty levels: less agreement never weighs more.
        for level in sorted((level for level in LEVELS[field] if level >= 0), reverse=True):
            chance = BY_CHANCE.get((field, level), other.get(level, 2e-6))
            weight = math.log2(same.get(level, 1e-4) / chance)
            above = min(above, weight)
            bits[field][level] = round(max(-12.0, above), 2)
    bits["personal_number"][3] = HIGHEST
    return bits


RANDOM_PAIRS: Final = """
CREATE OR REPLACE TEMP TABLE random_pairs AS
SELECT name_level(n.raw, n.folded, m.raw, m.folded) AS nl, birth_level(a.born, a.prec, NULL, FALSE, b.born, b.prec) AS bl,
    0 AS pl, 0 AS ol, same(a.sex, b.sex) AS sl, same(a.unit, b.unit) AS cl,
    CASE WHEN a.mh IS NULL OR b.mh IS NULL THEN -1 WHEN a.mh = b.mh THEN 2 ELSE 0 END AS ml
FROM people AS a JOIN people AS b ON b.prow = (a.prow * 7919 + 104729) % {count} AND a.prow <> b.prow
JOIN names AS n ON a.nh = n.h JOIN names AS m ON b.nh = m.h
"""


def _shares(duck: Duck, query: str) -> dict[int, float]:
    rows = duck.files.execute(f"SELECT level, count(*) FROM ({query}) AS q(level) GROUP BY level").fetchall()  # noqa: S608 - a query of ours
    total = sum(count for _, count in rows)
    return {int(level): (count + 0.5) / (total + 1) for level, count in rows}


@dataclass(frozen=True)
class Counts:
    """Records that the number decided: accepted, wrong among them; and all that could be found."""

    accepted: int
    wrong: int
    own: int


def _decided_by_number(duck: Duck, place: Path, work: Path) -> Counts:
    row = duck.files.execute(
        "SELECT count(*) FILTER (o.verdict IN (1, 2, 6)), count(*) FILTER (o.verdict IN (1, 2, 6) AND o.pid IS DISTINCT FROM t.pid), "
        "count(*) FILTER (t.kind IN ('person', 'repeat')) FROM read_parquet(?) AS o JOIN truth AS t USING (row_no)",
        [str(work / "exact.parquet")],
    ).fetchone()
    accepted, wrong, own = row or (0, 0, 0)
    return Counts(accepted, wrong, own)


def _bests(duck: Duck, which: str) -> list[Best]:
    query = f"""SELECT r.bits, coalesce(r.bits - r.next_bits, 1000), r.pid IS NOT DISTINCT FROM t.pid FROM ranked AS r
        JOIN facts AS f ON r.row_no = f.row_no JOIN truth AS t ON f.row_no = t.row_no
        WHERE {which} AND f.name_kind <> 2"""  # noqa: S608 - a condition of ours
    rows = duck.files.execute(query).fetchall()
    return [Best(*row) for row in rows]


def _point(accept: float, margin: float, bests: list[Best], counts: Counts) -> Point:
    taken = [best for best in bests if best.bits >= accept and best.lead >= margin]
    wrong = sum(not best.right for best in taken)
    accepted = counts.accepted + len(taken)
    all_wrong = counts.wrong + wrong
    return Point(
        accept,
        margin,
        1 - wrong / max(len(taken), 1),
        1 - all_wrong / max(accepted, 1),
        (accepted - all_wrong) / max(counts.own, 1),
    )


def _asked_from(bests: list[Best]) -> float:
    """The lowest whole bits from which at least half of the nearest persons are the right one."""
    for bits in range(-8, 10):
        near = [best.right for best in bests if bits <= best.bits < bits + 1]
        if near and sum(near) / len(near) >= 0.5:
            return float(bits)
    return 0.0


def draw(points: list[Point], model: Model, path: Path) -> None:
    """Precision against recall as the thresholds move, the chosen point marked."""
    mpl.use("Agg")
    from matplotlib import pyplot as plt  # noqa: PLC0415 - after the backend is chosen

    figure, axes = plt.subplots(figsize=(7, 5), dpi=120)
    for margin in (0, 4, 8, 12, 16, 20):
        line = [p for p in points if p.margin == margin]
        axes.plot(
            [p.recall for p in line], [p.precision for p in line], marker=".", label=f"margin {margin} bits"
        )
    chosen = next(p for p in points if (p.accept, p.margin) == (model.accept, model.margin))
    axes.plot(
        [chosen.recall],
        [chosen.precision],
        "k*",
        markersize=14,
        label=f"chosen: accept {model.accept:g}, margin {model.margin:g}",
    )
    axes.axhline(PRECISION, color="grey", linestyle=":")
    axes.set(
        xlabel="recall",
        ylabel="precision of automatic acceptance",
        title="Thresholds swept on the training seed",
    )
    axes.ticklabel_format(useOffset=False)
    axes.legend(fontsize=8)
    figure.tight_layout()
    figure.savefig(path)
    plt.close(figure)


def train(
    model_path: Path,
    drawing: Path,
    *,
    people: int = 500_000,
    records: int = 300_000,
    seed: int = TRAINING_SEED,
) -> Model:
    """Write the model and its curve; the model says what it was trained on."""
    model, points = chosen_model(made(people, records, seed), UNITS)
    given: dict[str, Any] = json.loads(model.text())
    given["trained"] = {"people": people, "records": records, "seed": seed}
    model_path.write_text(json.dumps(given, indent=1) + "\n", "utf-8")
    draw(points, model, drawing)
    return model


if __name__ == "__main__":
    train(Path(sys.argv[1]), Path(sys.argv[2]))
