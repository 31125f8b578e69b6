"""Filters of the citizens' pages."""

from django import template

from lienthong.fields.public import told
from lienthong.portal.rules import RESULTS
from lienthong.procedures.public import AnswerProblem, PaperDemand, reason_in_words

register = template.Library()


@register.filter
def demand_reason(demand: PaperDemand) -> str:
    """Why a paper is asked, or who looks it up."""
    return reason_in_words(demand)


@register.filter
def problem_sentence(problem: AnswerProblem) -> str:
    """What to type, in the reader's language."""
    return told(problem.template, problem.facts)


@register.filter
def result_way(channel: str) -> str:
    """How the result comes home."""
    return told(RESULTS[channel])
