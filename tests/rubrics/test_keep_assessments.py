"""An agency answers with evidence, the committee appraises; every line is kept. Bộ tiêu chí 2024 of case systems."""

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from pytest_django import Settings

from lienthong.audit.public import Entry
from lienthong.identity.public import ANONYMOUS, Actor, Duty, NotAllowed, Role, SignInNeeded
from lienthong.organisations.public import Organisation
from lienthong.rubrics.public import (
    NoSuchRubric,
    RubricLine,
    answer_criterion,
    appraise_criterion,
    give_evidence,
    rubrics,
    standing,
    standings,
)
from lienthong.rubrics.rules import (
    AnswerUnfit,
    EvidenceMissing,
    NothingToAppraise,
    PointsOutside,
    ReasonNeeded,
    UnknownCriterion,
)
from makers import BY, keep_paper

pytestmark = pytest.mark.django_db


def officer(role: Role, place: str) -> Actor:
    return Actor("account:18", 18, None, "Võ Văn Hậu", 2, frozenset({Duty(role, place)}))


LEADER, APPRAISER = officer(Role.LEADER, "H20"), officer(Role.COMMITTEE, "VN")


@pytest.fixture
def agency(settings: Settings, tmp_path: Path) -> Organisation:
    settings.DOCUMENTS_ROOT, settings.RUBRICS_ROOT = tmp_path / "documents", tmp_path / "rubrics"
    return province("H20")


def province(code: str) -> Organisation:
    return Organisation.objects.create(
        code=code, valid_from="2025-07-01", name=f"Ủy ban nhân dân {code}", short_name=code,
        kind="province_committee", path=f"{code}/", source="thử", search_key=code.lower(), sort_key=code.lower(),
    )  # fmt: skip


def where(agency: Organisation, criterion: str = "functions", **more: Any) -> dict[str, Any]:
    return {"rubric": "level_a", "agency": agency, "year": 2026, "criterion": criterion, **more}


def answered(agency: Organisation, criterion: str = "functions", value: Any = "45") -> RubricLine:
    return answer_criterion(**where(agency, criterion), value=value, by=LEADER)


def test_own_points_evidence_and_appraised_points_stand_beside_each_other(agency: Organisation) -> None:
    answered(agency)
    file = give_evidence(**where(agency), document=keep_paper(BY), note="Biên bản kiểm thử", by=LEADER)
    appraise_criterion(**where(agency), points=Decimal(40), note="Thiếu chức năng liên thông", by=APPRAISER)

    found = standing("level_a", agency, 2026, by=APPRAISER).found
    line = next(one for one in found.lines if one.criterion.code == "functions")
    assert (line.own, line.appraised, line.evidence) == (45, 40, (str(file.pk),))
    assert (found.own, found.appraised, found.level) == (45, 40, "")
    assert [one.found.own for one in standings(by=APPRAISER)] == [45]
    events = [entry.event for entry in Entry.objects.order_by("pk")][-1]
    assert events == "rubrics.CriterionAppraised"


def test_the_level_is_told_when_every_criterion_is_appraised(agency: Organisation) -> None:
    points = {"functions": 45, "layout": 5, "performance": 20, "security": 15, "access": 5}
    for code, given in points.items():
        answered(agency, code, str(given))
        appraise_criterion(**where(agency, code), points=Decimal(given), by=APPRAISER)
    answered(agency, "emc", value=False)
    assert standing("level_a", agency, 2026, by=LEADER).found.level == ""
    appraise_criterion(**where(agency, "emc"), points=Decimal(0), by=APPRAISER)
    assert standing("level_a", agency, 2026, by=LEADER).found.level == "A"


def test_an_answer_given_anew_waits_for_an_appraiser_again(agency: Organisation) -> None:
    answered(agency)
    appraise_criterion(**where(agency), points=Decimal(45), by=APPRAISER)
    answered(agency, value="50")

    found = standing("level_a", agency, 2026, by=LEADER).found
    assert "functions" in found.waiting
    assert found.appraised == 0


def test_years_agencies_and_rubrics_do_not_mix(agency: Organisation) -> None:
    answered(agency)
    answer_criterion(**where(agency) | {"year": 2025}, value="10", by=LEADER)
    other = province("H24")
    answer_criterion(**where(other), value="20", by=officer(Role.LEADER, "H24"))

    assert standing("level_a", agency, 2026, by=LEADER).found.own == 45
    assert standing("level_a", agency, 2025, by=LEADER).found.own == 10
    assert [(one.agency.code, one.year, one.found.own) for one in standings(by=APPRAISER)] == [
        ("H20", 2026, Fraction(45)), ("H24", 2026, Fraction(20)), ("H20", 2025, Fraction(10)),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("act", "refusal"),
    [
        (lambda a: answered(a, "nothing"), UnknownCriterion),
        (lambda a: answered(a, value="51"), PointsOutside),
        (lambda a: answered(a, "emc", value="có"), AnswerUnfit),
        (lambda a: answer_criterion(**where(a) | {"rubric": "none"}, value="1", by=LEADER), NoSuchRubric),
        (lambda a: give_evidence(**where(a), document=None, by=LEADER), EvidenceMissing),
        (lambda a: appraise_criterion(**where(a), points=Decimal(1), by=APPRAISER), NothingToAppraise),
        (lambda a: appraise_criterion(**where(a), points=Decimal(-1), by=APPRAISER), PointsOutside),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_written(
    agency: Organisation, act: Callable[[Organisation], object], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        act(agency)
    assert not RubricLine.objects.exists()


def test_other_points_than_claimed_need_a_reason(agency: Organisation) -> None:
    answered(agency)
    with pytest.raises(ReasonNeeded):
        appraise_criterion(**where(agency), points=Decimal(44), note="  ", by=APPRAISER)
    assert RubricLine.objects.count() == 1


def test_a_line_stays(agency: Organisation) -> None:
    line = answered(agency)
    for change in (
        lambda: RubricLine.objects.filter(pk=line.pk).update(value="1"),
        lambda: RubricLine.objects.filter(pk=line.pk).delete(),
    ):
        with pytest.raises(DatabaseError, match="stays"), transaction.atomic():
            change()


@pytest.mark.parametrize(
    ("by", "refusal"),
    [
        (APPRAISER, NotAllowed),
        (officer(Role.LEADER, "H24"), NotAllowed),
        (officer(Role.HANDLER, "H20"), NotAllowed),
        (ANONYMOUS, SignInNeeded),
    ],
)
def test_an_agency_speaks_for_itself_alone(agency: Organisation, by: Actor, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        answer_criterion(**where(agency), value="45", by=by)
    with pytest.raises(refusal):
        give_evidence(**where(agency), document=None, by=by)


@pytest.mark.parametrize("by", [LEADER, officer(Role.COMMITTEE, "H20"), officer(Role.AUDITOR, "VN")])
def test_nobody_appraises_but_the_national_committee(agency: Organisation, by: Actor) -> None:
    answered(agency)
    with pytest.raises(NotAllowed):
        appraise_criterion(**where(agency), points=Decimal(45), by=by)


@pytest.mark.parametrize(
    "by", [officer(Role.HANDLER, "H20"), Actor("account:1", 1, "099194004471", "Hạnh", 2)]
)
def test_assessments_are_read_by_those_who_steer(agency: Organisation, by: Actor) -> None:
    with pytest.raises(NotAllowed):
        standing("level_a", agency, 2026, by=by)


def test_a_rubric_of_an_operators_own_needs_no_code_and_a_wrong_one_is_named(
    agency: Organisation, settings: Settings
) -> None:
    """98 components is normal: here as many, in one file."""
    settings.RUBRICS_ROOT.mkdir()
    lines = "\n".join(f"      - {{code: c{n}, name: Chỉ số {n}, max: 1, kind: yes_no}}" for n in range(98))
    (settings.RUBRICS_ROOT / "own.yaml").write_text(
        f"rubric: own\nname: Của tỉnh\nsource: thử\nmax: 98\ngroups:\n  - code: g\n    name: Một nhóm\n    max: 98\n    criteria:\n{lines}\n",
        "utf-8",
    )
    (settings.RUBRICS_ROOT / "wrong.yaml").write_text("rubric: [", "utf-8")

    known, unread = rubrics()
    assert sorted(known) == ["dti_province", "level_a", "own"]
    assert [str(one) for one in unread if "wrong.yaml" in str(one)]
    answer_criterion(**where(agency, "c97") | {"rubric": "own"}, value=True, by=LEADER)
    assert standing("own", agency, 2026, by=LEADER).found.own == 1
