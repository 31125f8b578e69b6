"""Rubrics and assessments as they stand."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from django.conf import settings

from lienthong.identity.public import Actor, require
from lienthong.organisations.public import Organisation
from lienthong.rubrics.models import RubricLine
from lienthong.rubrics.rules import (
    Answer,
    Assessment,
    NoSuchRubric,
    Rubric,
    RubricUnreadable,
    assess,
    rubrics_in,
)

Act = RubricLine.Act


@dataclass(frozen=True)
class Standing:
    """One assessment as it stands, with its lines in the order they were written."""

    agency: Organisation
    year: int
    found: Assessment
    lines: tuple[RubricLine, ...]

    def of(self, criterion: str) -> list[RubricLine]:
        return [line for line in self.lines if line.criterion == criterion]


def rubrics() -> tuple[dict[str, Rubric], list[RubricUnreadable]]:
    """By code; and the operator's files that could not be read."""
    return rubrics_in(settings.RUBRICS_ROOT)


def rubric_of(code: str) -> Rubric:
    """Raises NoSuchRubric."""
    found = rubrics()[0].get(code)
    if found is None:
        raise NoSuchRubric
    return found


def standing(code: str, agency: Organisation, year: int, *, by: Actor) -> Standing:
    """Raises NotAllowed, NoSuchRubric."""
    require(by, "rubrics.read", None)
    lines = RubricLine.objects.filter(rubric=code, agency=agency, year=year).select_related("document")
    return _standing(rubric_of(code), agency, year, lines.order_by("pk"))


def standings(*, by: Actor) -> list[Standing]:
    """Every assessment that was begun, of rubrics that are there; the newest year first."""
    require(by, "rubrics.read", None)
    known = rubrics()[0]
    grouped: dict[tuple[int, str, int], list[RubricLine]] = {}
    for line in RubricLine.objects.filter(rubric__in=known).select_related("agency").order_by("pk"):
        grouped.setdefault((-line.year, line.rubric, line.agency_id), []).append(line)
    return [
        _standing(known[code], lines[0].agency, -year, lines)
        for (year, code, _agency), lines in sorted(grouped.items())
    ]


def _standing(rubric: Rubric, agency: Organisation, year: int, lines: Iterable[RubricLine]) -> Standing:
    written = tuple(lines)
    codes = {criterion.code for criterion in rubric.criteria}
    answers: dict[str, Answer] = {}
    appraised: dict[str, Fraction] = {}
    for line in written:
        if line.criterion not in codes:
            continue  # the rubric was changed since; the line stays in the list
        held = answers.get(line.criterion, Answer(None))
        match line.act:
            case Act.ANSWERED:
                answers[line.criterion] = Answer(line.value, held.evidence)
                appraised.pop(line.criterion, None)
            case Act.EVIDENCE:
                answers[line.criterion] = Answer(held.value, (*held.evidence, str(line.pk)))
            case _:
                appraised[line.criterion] = Fraction(line.points or 0)
    said = {code: answer for code, answer in answers.items() if answer.value is not None}
    return Standing(agency, year, assess(rubric, said, appraised), written)
