"""Answering, giving evidence, appraising: each a line more."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db import transaction

from lienthong.audit.public import record
from lienthong.documents.public import StoredFile
from lienthong.identity.public import Actor, require
from lienthong.kit.names import tidy
from lienthong.organisations.public import Organisation
from lienthong.rubrics import permissions as permissions  # declares what require() asks for
from lienthong.rubrics.events import CriterionAnswered, CriterionAppraised, EvidenceGiven
from lienthong.rubrics.models import RubricLine
from lienthong.rubrics.queries import Act, rubric_of, standing
from lienthong.rubrics.rules import (
    Criterion,
    EvidenceMissing,
    NothingToAppraise,
    PointsOutside,
    ReasonNeeded,
    UnknownCriterion,
)


@transaction.atomic
def answer_criterion(
    *, rubric: str, agency: Organisation, year: int, criterion: str, value: Any, note: str = "", by: Actor
) -> RubricLine:
    """What the agency says of itself; an earlier appraisal no longer counts.

    `value`: a number in points, a number for steps, a bool, or [part, whole], as the criterion's kind asks.
    Raises NotAllowed, NoSuchRubric, UnknownCriterion, AnswerUnfit, PointsOutside.
    """
    require(by, "rubrics.answer", agency)
    _criterion(rubric, criterion).points(value)
    place = {"rubric": rubric, "agency": agency, "year": year, "criterion": criterion}
    line = _write(place, by, act=Act.ANSWERED, value=value, note=tidy(note))
    record(CriterionAnswered(line=line.pk, agency=agency.code, rubric=rubric, criterion=criterion), by=by)
    return line


@transaction.atomic
def give_evidence(
    *, rubric: str, agency: Organisation, year: int, criterion: str, document: StoredFile | None, note: str = "", by: Actor
) -> RubricLine:  # fmt: skip
    """A file that the answer rests on. Raises NotAllowed, NoSuchRubric, UnknownCriterion, EvidenceMissing."""
    require(by, "rubrics.answer", agency)
    _criterion(rubric, criterion)
    if document is None:
        raise EvidenceMissing
    place = {"rubric": rubric, "agency": agency, "year": year, "criterion": criterion}
    line = _write(place, by, act=Act.EVIDENCE, document=document, note=tidy(note))
    record(EvidenceGiven(line=line.pk, agency=agency.code, rubric=rubric, criterion=criterion), by=by)
    return line


@transaction.atomic
def appraise_criterion(
    *, rubric: str, agency: Organisation, year: int, criterion: str, points: Decimal, note: str = "", by: Actor
) -> RubricLine:  # fmt: skip
    """What the appraiser gives. Raises NotAllowed, UnknownCriterion, PointsOutside, NothingToAppraise, ReasonNeeded."""
    require(by, "rubrics.appraise", agency)
    cap = _criterion(rubric, criterion).cap
    if not 0 <= points <= cap:
        raise PointsOutside(code=criterion, points=points, cap=cap)
    held = {line.criterion.code: line for line in standing(rubric, agency, year, by=by).found.lines}[
        criterion
    ]
    if not held.answered:
        raise NothingToAppraise(code=criterion)
    if not tidy(note) and held.own is not None and held.own != Fraction(points):
        raise ReasonNeeded
    place = {"rubric": rubric, "agency": agency, "year": year, "criterion": criterion}
    line = _write(place, by, act=Act.APPRAISED, points=points, note=tidy(note))
    record(
        CriterionAppraised(
            line=line.pk, agency=agency.code, rubric=rubric, criterion=criterion, points=str(points)
        ),
        by=by,
    )
    return line


def _criterion(rubric: str, code: str) -> Criterion:
    found = next((one for one in rubric_of(rubric).criteria if one.code == code), None)
    if found is None:
        raise UnknownCriterion(code=code)
    return found


def _write(place: dict[str, Any], by: Actor, **facts: Any) -> RubricLine:
    return RubricLine.objects.create(by=by.reference, by_name=by.name or by.reference, **place, **facts)
