"""Rubrics without code: level A of a case system, and an index of 98 components."""

from copy import deepcopy
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml

from lienthong.rubrics.rules import (
    Answer,
    AnswerUnfit,
    CriterionTwice,
    PointsOutside,
    RubricMaximaDiffer,
    RubricUnreadable,
    StepsUnordered,
    UnknownCriterion,
    assess,
    build_rubric,
    load_rubric,
    shipped_rubric,
)

MEETINGS = {
    "code": "m",
    "name": "Họp Ban Chỉ đạo",
    "max": 20,
    "kind": "steps",
    "steps": [
        {"at_least": 1, "points": 5},
        {"at_least": 2, "points": 10},
        {"at_least": 3, "points": 15},
        {"at_least": 4, "points": 20},
    ],
}
CHAIRED = {"code": "c", "name": "Phiên họp do người đứng đầu chủ trì", "max": 10, "kind": "ratio"}
SMALL: dict[str, Any] = {
    "rubric": "small",
    "name": "Thử",
    "source": "thử",
    "max": 30,
    "groups": [{"code": "1", "name": "Nhận thức số", "max": 30, "criteria": [MEETINGS, CHAIRED]}],
    "levels": [{"name": "A", "at_least": 25}, {"name": "B", "at_least": 0}],
}


def test_level_a_has_six_groups_and_a_hundred_points() -> None:
    rubric = shipped_rubric("level_a")
    assert [int(group.cap) for group in rubric.groups] == [50, 5, 20, 15, 5, 5]
    assert [rubric.level_of(Fraction(p)) for p in ("90", "89.9", "80", "65", "64", "50", "49")] == list(
        "ABBCDDE"
    )


def test_self_score_and_appraised_score_stand_side_by_side() -> None:
    rubric = shipped_rubric("level_a")
    answers = {
        "functions": Answer(48, ("chuc-nang.pdf",)),
        "performance": Answer(20),
        "emc": Answer(True, ("emc.png",)),
    }
    found = assess(rubric, answers, {"functions": Fraction(45)})
    assert (found.own, found.appraised) == (73, 45)
    assert [line.criterion.code for line in found.lines if line.unsupported] == ["performance"]
    assert found.waiting == ["layout", "performance", "security", "access", "emc"]
    assert found.level == "", "not while criteria wait"
    done = assess(rubric, answers, {c.code: c.cap for c in rubric.criteria})
    assert (done.appraised, done.level) == (100, "A")


@pytest.mark.parametrize(
    ("code", "value", "points"),
    [("m", 0, 0), ("m", 3, 15), ("m", 9, 20), ("c", (3, 4), Fraction(15, 2)), ("c", (0, 0), None)],
)
def test_ratios_and_steps(code: str, value: Any, points: Any) -> None:
    """QĐ 922/QĐ-BTTTT: four meetings 20, three 15, two 10, one 5; sessions chaired over all sessions."""
    found = assess(build_rubric(SMALL), {code: Answer(value, ("x",))})
    assert next(line.own for line in found.lines if line.criterion.code == code) == points


@pytest.mark.parametrize(
    ("answers", "error"),
    [
        ({"z": Answer(1)}, UnknownCriterion),
        ({"c": Answer((5, 4))}, AnswerUnfit),
        ({"c": Answer(3)}, AnswerUnfit),
        ({"m": Answer("ba")}, AnswerUnfit),
    ],
)
def test_an_answer_that_does_not_fit_is_refused(answers: dict[str, Answer], error: type[Exception]) -> None:
    with pytest.raises(error):
        assess(build_rubric(SMALL), answers)


def test_an_appraiser_stays_within_the_maximum() -> None:
    with pytest.raises(PointsOutside):
        assess(build_rubric(SMALL), {}, {"m": Fraction(21)})


def broken(change: Any) -> dict[str, Any]:
    content = deepcopy(SMALL)
    change(content)
    return content


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (broken(lambda c: c.update(max=31)), RubricMaximaDiffer),
        (broken(lambda c: c["groups"][0].update(max=29)), RubricMaximaDiffer),
        (broken(lambda c: c["groups"][0]["criteria"][1].update(code="m")), CriterionTwice),
        (broken(lambda c: c["groups"][0]["criteria"][0]["steps"].reverse()), StepsUnordered),
        (broken(lambda c: c["groups"][0]["criteria"][0]["steps"].pop()), StepsUnordered),
        (broken(lambda c: c["groups"][0]["criteria"][0].update(kind="magic")), RubricUnreadable),
        (broken(lambda c: c.pop("groups")), RubricUnreadable),
        ("nothing", RubricUnreadable),
    ],
)
def test_a_rubric_that_does_not_add_up_is_refused(content: Any, error: type[Exception]) -> None:
    with pytest.raises(error):
        build_rubric(content)


def test_an_index_of_98_components_needs_no_code(tmp_path: Path) -> None:
    """Its main indices as shipped, their components filled in as an office would."""
    rubric = shipped_rubric("dti_province")
    assert rubric.cap == 1000
    assert assess(rubric, {}).level == ""
    counts = dict(zip((g.code for g in rubric.groups), (10, 11, 7, 13, 12, 3, 22, 12, 8), strict=True))
    groups = [
        {
            "code": group.code,
            "name": group.name,
            "max": int(group.cap),
            "criteria": [
                {"code": f"{group.code}.{n}", "name": "x", "kind": "ratio", "max": str(group.cap / counts[group.code])}
                for n in range(counts[group.code])
            ],
        }
        for group in rubric.groups
    ]  # fmt: skip
    path = tmp_path / "dti.yaml"
    path.write_text(
        yaml.safe_dump({"rubric": "dti", "name": "DTI", "source": "x", "max": 1000, "groups": groups})
    )
    filled = load_rubric(path)
    assert len(filled.criteria) == 98
    half = assess(filled, {c.code: Answer((1, 2), ("x",)) for c in filled.criteria})
    assert half.own == 500
