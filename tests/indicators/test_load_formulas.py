"""Formulas are data; what is wrong with them is said before anything is computed."""

from copy import deepcopy
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml

from lienthong.data.marts.counters import COUNTERS, SERVICE_COUNTERS
from lienthong.indicators.formulas.definitions import (
    CircularFormula,
    ComponentTwice,
    DefinitionUnreadable,
    DividesByMissingCounter,
    EndsBeforeItBegins,
    MaximaDiffer,
    NoDenominator,
    OverlappingValidity,
    UnknownCounter,
    UnknownSetting,
    build,
    load,
)
from lienthong.indicators.formulas.expressions import Exact, FormulaUnreadable, parse
from lienthong.indicators.formulas.scoring import Status, score

KNOWN = [*COUNTERS, *SERVICE_COUNTERS]
QD766 = load(KNOWN).versions[0]

SMALL: dict[str, Any] = {
    "index": "small",
    "name": "Chỉ số thử",
    "versions": [
        {
            "version": "A",
            "valid_from": "2026-01-01",
            "valid_to": "2026-07-01",
            "source": "thử",
            "groups": [{"code": "1", "name": "Nhóm", "max": 10}],
            "components": [
                {"code": "1.1", "name": "Một", "group": "1", "max": 10, "numerator": "online", "denominator": "received"}
            ],
        }
    ],
}  # fmt: skip


def changed(**component: Any) -> dict[str, Any]:
    content = deepcopy(SMALL)
    content["versions"][0]["components"][0].update(component)
    return content


def with_terms(**terms: str) -> dict[str, Any]:
    content = deepcopy(SMALL)
    content["versions"][0]["terms"] = terms
    return content


def second(**version: Any) -> dict[str, Any]:
    content = deepcopy(SMALL)
    content["versions"].append({**deepcopy(SMALL["versions"][0]), "version": "B", **version})
    return content


def test_the_whole_of_qd_766_stands_with_its_maxima() -> None:
    """QĐ 766/QĐ-TTg: 18 + 20 + 22 + 22 + 18 = 100; the online group is shown as 12 and 10."""
    assert [(g.code, g.cap) for g in QD766.groups] == [
        ("1", 18), ("2", 20), ("3", 12), ("3t", 10), ("4", 22), ("5", 18)]  # fmt: skip
    assert QD766.cap == 100
    assert len(QD766.components) == 23


def test_every_shipped_counter_exists() -> None:
    """`shipped` does not check names, so that pages need not load the counting engine."""
    for component in QD766.components:
        assert set(QD766.counters_of(component)) <= set(KNOWN)


def test_doubtful_slopes_are_settings_that_say_so() -> None:
    doubtful = {c.code: c.full_at for c in QD766.components if c.doubt}
    assert doubtful == {"4.2": 1, "4.4": 1}
    other = load(KNOWN, changes={"full_at_4_2": "0.8"}).versions[0]
    component = next(c for c in other.components if c.code == "4.2")
    counters = {"digitised_throughout": 80, "received": 100}
    assert score(other, component, counters).score == 4
    assert other.label == "766/QĐ-TTg full_at_4_2=0.8", "a figure shows that a setting was changed"


@pytest.mark.parametrize(
    ("content", "error", "told"),
    [
        (changed(numerator="onlin"), UnknownCounter, "1.1.*onlin"),
        (changed(denominator="recieved"), DividesByMissingCounter, "chia cho “recieved”"),
        (changed(numerator="online / recieved"), DividesByMissingCounter, "recieved"),
        (changed(denominator=None), NoDenominator, "1.1: chưa nêu mẫu số"),
        (changed(denominator=[]), NoDenominator, "1.1"),
        (changed(numerator="__import__('os')"), FormulaUnreadable, "không đọc được"),
        (changed(numerator="online ** 2"), FormulaUnreadable, ""),
        (changed(numerator="online +"), FormulaUnreadable, ""),
        (changed(max=9), MaximaDiffer, "tối đa 10 điểm.*9 điểm"),
        (changed(group="2"), MaximaDiffer, ""),
        (changed(full_at="slope"), UnknownSetting, "slope"),
        (changed(empty="half"), DefinitionUnreadable, ""),
        (changed(max="mười"), DefinitionUnreadable, ""),
        (with_terms(a="b + 1", b="c * 2", c="a"), CircularFormula, "a → b → c → a"),
        (with_terms(a="a / received"), CircularFormula, "a → a"),
        (with_terms(a="online / nothing"), DividesByMissingCounter, "nothing"),
        (second(valid_from="2026-06-01", valid_to=None), OverlappingValidity, "A và B.*01/06/2026"),
        (second(valid_from="2026-08-01", valid_to="2026-08-01"), EndsBeforeItBegins, "B"),
        ({"index": "x", "name": "y"}, DefinitionUnreadable, "versions"),
        ([], DefinitionUnreadable, ""),
    ],
)  # fmt: skip
def test_what_cannot_be_computed_is_refused_on_loading(
    content: Any, error: type[Exception], told: str
) -> None:
    with pytest.raises(error, match=told or "."):
        build(content, KNOWN)


def test_a_component_stands_once() -> None:
    content = deepcopy(SMALL)
    content["versions"][0]["components"] *= 2
    with pytest.raises(ComponentTwice):
        build(content, KNOWN)


def test_versions_follow_each_other_by_date() -> None:
    index = build(second(valid_from="2026-07-01", valid_to=None), KNOWN)
    assert [v.code if (v := index.on(day)) else None for day in (
        date(2025, 12, 31), date(2026, 6, 30), date(2026, 7, 1))] == [None, "A", "B"]  # fmt: skip


def test_a_file_that_is_no_definition_is_told(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_text("a: [")
    with pytest.raises(DefinitionUnreadable, match=r"x\.yaml"):
        load(KNOWN, path=path)
    with pytest.raises(DefinitionUnreadable):
        load(KNOWN, path=tmp_path / "absent.yaml")
    path.write_text(yaml.safe_dump(SMALL))
    assert load(KNOWN, path=path).code == "small"


# ---- scores


def of(code: str, **counters: int) -> tuple[Any, ...]:
    component = next(c for c in QD766.components if c.code == code)
    found = score(QD766, component, counters)
    return found.status, found.value, found.score


@pytest.mark.parametrize(
    ("code", "counters", "points"),
    [
        ("2.1", {"received": 100, "late": 0}, 20),
        ("2.1", {"received": 3, "late": 1}, Fraction(40, 3)),
        ("3.1", {"procedures_online": 79, "procedures": 100}, Fraction(79, 40)),
        ("3.1", {"procedures_online": 80, "procedures": 100}, 2),
        ("3.1", {"procedures_online": 100, "procedures": 100}, 2),
        ("4.3", {"reused": 40, "received": 100}, 1),
        ("5.4", {"received": 100, "late": 6, "complained": 4}, 6),
        ("5.4", {"received": 100, "late": 60, "complained": 60}, 0),
        ("5.4", {"received": 0, "late": 0, "complained": 0}, 0),
        ("5.2", {"petitions": 0, "petitions_late": 0}, 6),
        ("5.3", {"petitions": 0, "petitions_bad": 0}, 6),
        ("5.3", {"petitions": 4, "petitions_bad": 1}, Fraction(9, 2)),
        ("1.4", {"synced": 5, "reported_received": 4, "received": 10, "last_year_received": 0}, 3),
        ("1.4", {"synced": 0, "reported_received": 0, "received": 0, "last_year_received": 0}, 0),
    ],
)
def test_slopes_caps_and_empty_denominators(code: str, counters: dict[str, int], points: Any) -> None:
    """QĐ 766/QĐ-TTg; not "2 at 80 %, else 1.6", as some have computed it."""
    assert of(code, **counters)[2] == points


def test_an_empty_denominator_is_not_applicable_and_not_zero() -> None:
    assert of("4.1", paper_results=0, paper_results_electronic=0) == (Status.NOT_APPLICABLE, None, None)


def test_a_missing_counter_is_not_computable_and_not_zero() -> None:
    assert of("4.1", paper_results=5) == (Status.NOT_COMPUTABLE, None, None)


def test_online_dossiers_are_multiplied_by_the_share_synced() -> None:
    status, value, points = of("3.3", online_electronic=50, received=100, reported_received=0, synced=80)
    assert (status, value, points) == (Status.COMPUTED, Fraction(2, 5), Fraction(24, 5))


@pytest.mark.parametrize(
    ("text", "value"),
    [("1 - 2 * 3", -5), ("max(1, 0.5) / 4", Fraction(1, 4)), ("a / (a - a)", None), ("min(a, 2) + 0.1", Fraction(21, 10))],
)  # fmt: skip
def test_arithmetic_is_exact(text: str, value: Any) -> None:
    assert parse(text).work_out(lambda _: Fraction(7), Exact()) == value
