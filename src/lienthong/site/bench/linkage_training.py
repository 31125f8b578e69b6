"""Weights and thresholds of data/linkage/model.json, from a training seed whose truth is known, and their curve.

`python -m lienthong.site.bench.linkage_training MODEL.json CURVE.png` writes both.
"""

import json
import math
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import matplotlib as mpl
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from lienthong.data.linkage import Model, default_model
from lienthong.data.linkage.births import UNKNOWN, Births
from lienthong.data.linkage.blocks import Open
from lienthong.data.linkage.bucket import prior_of
from lienthong.data.linkage.columns import Records
from lienthong.data.linkage.comparing import Pairs, compared, is_enough, levels_of
from lienthong.data.linkage.inputs import PEOPLE, RECORDS, opened
from lienthong.data.linkage.jit import NONE, Column
from lienthong.data.linkage.judging import CORRECTED, DEAD, MATCHED, Outcome, by_number
from lienthong.data.linkage.model import LEVELS
from lienthong.data.linkage.names import NO_PERSON
from lienthong.data.linkage.numbers import Numbers
from lienthong.data.linkage.register import Register
from lienthong.data.linkage.verdicts import PACKED
from lienthong.data.synthetic.records import truth_of
from lienthong.site.bench.linkage import TRAINING_SEED, UNITS, made

BY_CHANCE: Final = {
    ("personal_number", 3): 5e-9, ("personal_number", 2): 6e-7, ("personal_number", 1): 3.5e-5, ("old_number", 1): 1e-9,
}  # fmt: skip
"""Levels that random pairs are too few to show: twelve digits of which six are free, nine of which all are."""
HIGHEST: Final = 30.0
PRECISION: Final = 0.9999
RESIDUE_PRECISION: Final = 0.999


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


@dataclass(frozen=True)
class Linked:
    """Both stages over the training seed, with what is true: of each row the person (NONE: nobody of the register)."""

    register: Register
    outcome: Outcome
    open_: Open
    prior: float
    true_pid: Column
    is_own: Column
    """Records about one person of the register."""


def chosen_model(place: Path, units: Path) -> tuple[Model, list[Point]]:
    """The model, and the points of the sweep it was chosen from."""
    linked = _linked(place, units)
    model = replace(default_model(), bits=_weights(linked))
    counts = _decided_by_number(linked)
    bests, asked = _bests(linked, model)
    points = [_point(accept, margin, bests, counts) for margin in range(0, 21, 2) for accept in range(-4, 31)]
    good = [p for p in points if p.precision >= PRECISION and p.residue_precision >= RESIDUE_PRECISION]
    best = max(good, key=lambda p: (round(p.recall, 5), p.accept + p.margin))
    return replace(model, accept=best.accept, margin=best.margin, possible=_asked_from(asked)), points


def _linked(place: Path, units: Path) -> Linked:
    records, people = (
        opened(place / name, place / name, wanted)
        for name, wanted in (("records.parquet", RECORDS), ("people.parquet", PEOPLE))
    )
    register = Register(people, units)
    outcome = Outcome.empty(records.rows)
    read = Records.read(records, register.names, register.units, 0, records.rows)
    open_ = by_number(read, register, outcome)
    truth = pq.read_table(truth_of(place / "records.parquet"), columns=["personal_number", "kind"])
    true_pid = truth["personal_number"].cast(pa.int64()).fill_null(NONE).to_numpy()
    is_own = np.isin(truth["kind"].to_numpy(), ("person", "repeat"))
    return Linked(register, outcome, open_, prior_of(register.kept), true_pid, is_own)


def _weights(linked: Linked) -> dict[str, dict[int, float]]:
    """log2 of how often a level is seen for one person over how often for two drawn at random."""
    pairs = compared(linked.open_, linked.register, default_model(), linked.prior)
    right = linked.register.people.pid[pairs.person] == linked.true_pid[linked.open_.row[pairs.place]]
    by_chance = _random_levels(linked.register)
    bits: dict[str, dict[int, float]] = {}
    for column, field in enumerate(PACKED):
        same, other = _shares(pairs.levels[right, column]), _shares(by_chance[:, column])
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


def _random_levels(register: Register) -> Column:
    """Levels of each person beside another one, as if it were its record; numbers are never alike."""
    people = register.people
    one = np.arange(len(people.pid))
    other = (one * 7919 + 104729) % len(one)
    nothing = np.full(len(one), NONE, np.int64)
    number = Numbers(
        nothing, nothing.astype(np.int8), nothing, nothing.astype(np.int8), nothing.astype(np.int32)
    )
    unread = np.full(len(one), UNKNOWN, np.int32), np.zeros(len(one), np.bool_)
    said = Records(
        number, Births(people.born, people.precision, *unread), people.born != UNKNOWN, people.name, people.sex,
        people.unit, people.mother,
    )  # fmt: skip
    name = register.names.letters.bare[people.name]
    zeros = np.zeros(len(one), np.int8)
    levels = levels_of(Open(one, said, people.name, name, zeros, zeros, zeros), one, other, register)
    levels[:, [PACKED.index("personal_number"), PACKED.index("old_number")]] = 0
    kept: Column = levels[one != other]
    return kept


def _shares(levels: Column) -> dict[int, float]:
    counts = np.bincount(levels[levels >= 0])
    total = int(np.sum(counts))
    return {level: (int(count) + 0.5) / (total + 1) for level, count in enumerate(counts) if count}


@dataclass(frozen=True)
class Counts:
    """Records that the number decided: accepted, wrong among them; and all that could be found."""

    accepted: int
    wrong: int
    own: int


def _decided_by_number(linked: Linked) -> Counts:
    accepted = np.isin(linked.outcome.word % 16, (MATCHED, CORRECTED, DEAD))
    wrong = accepted & (linked.outcome.pid != linked.true_pid)
    return Counts(int(np.sum(accepted)), int(np.sum(wrong)), int(np.sum(linked.is_own)))


def _bests(linked: Linked, model: Model) -> tuple[list[Best], list[Best]]:
    """The nearest person of each record that may be accepted, and of each that may only be asked about."""
    found = compared(linked.open_, linked.register, model, linked.prior)
    nearest = np.lexsort((linked.register.people.pid[found.person], -found.bits, found.place))
    pairs = Pairs(*(column[nearest] for column in found))
    firsts = np.flatnonzero(np.append(True, pairs.place[1:] != pairs.place[:-1])[: len(pairs.place)])
    may, may_ask = list[Best](), list[Best]()
    for first in firsts.tolist():
        place, levels = pairs.place[first], pairs.levels[first]
        alone = first + 1 == len(pairs.place) or pairs.place[first + 1] != place
        lead = 1000.0 if alone else float(pairs.bits[first] - pairs.bits[first + 1])
        right = linked.register.people.pid[pairs.person[first]] == linked.true_pid[linked.open_.row[place]]
        best = Best(float(pairs.bits[first]), lead, bool(right))
        if linked.open_.name_kind[place] == NO_PERSON:
            continue
        if is_enough(levels):
            may.append(best)
        elif min(levels[0], levels[1]) >= 0 and levels[2] < 3:
            may_ask.append(best)
    return may, may_ask


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
