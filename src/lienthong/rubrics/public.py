"""All that other rooms may import from rubrics."""

from lienthong.rubrics.actions import answer_criterion, appraise_criterion, give_evidence
from lienthong.rubrics.events import CriterionAnswered, CriterionAppraised, EvidenceGiven
from lienthong.rubrics.models import RubricLine
from lienthong.rubrics.queries import Standing, rubric_of, rubrics, standing, standings
from lienthong.rubrics.rules import KINDS, Criterion, NoSuchRubric, Rubric, shipped_rubric

__all__ = [
    "KINDS",
    "Criterion",
    "CriterionAnswered",
    "CriterionAppraised",
    "EvidenceGiven",
    "NoSuchRubric",
    "Rubric",
    "RubricLine",
    "Standing",
    "answer_criterion",
    "appraise_criterion",
    "give_evidence",
    "rubric_of",
    "rubrics",
    "shipped_rubric",
    "standing",
    "standings",
]
