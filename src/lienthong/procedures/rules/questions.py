"""What a case is asked beside its form: what papers depend on, then what the fee depends on."""

from collections.abc import Collection, Mapping
from typing import Final

from lienthong.procedures.content import Channel, Content, FactQuestion
from lienthong.procedures.rules.papers import circumstances

ANSWERED_BY: Final[Mapping[str, tuple[str, ...]]] = {
    "copies": ("copies_count",),
    "late": ("child_birth_date", "death_time"),
}
"""Facts that a form's own fields tell: how many copies, or the day of the event one comes late after."""


def case_questions(
    content: Content, *, channel: Channel, known: Collection[str] = ()
) -> dict[str, FactQuestion]:
    """The questions by key, in the record's order.

    Left out: what the chosen variant or the form itself tells, and `known`, what registers answered.
    """
    told = _told_by_case(content) | set(known)
    asked = {
        key: FactQuestion(key=key, question=words, kind="boolean")
        for key, words in circumstances(content, channel=channel).items()
        if key not in told
    }
    fields = {field.key for field in content.form.fields}
    for question in content.fees.questions:
        by_form = fields & set(ANSWERED_BY.get(question.key, ()))
        if not by_form and question.key not in told:
            asked.setdefault(question.key, question)
    return asked


def _told_by_case(content: Content) -> set[str]:
    titles = {case.title for case in content.variants} if len(content.variants) > 1 else set()
    readings = [paper.reading for paper in content.papers.items]
    return {r.circumstance for r in readings if r.circumstance and r.variant in titles}
