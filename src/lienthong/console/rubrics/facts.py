"""Assessments as rows of a page."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from lienthong.identity.public import Actor, allowed
from lienthong.kit.numbers import format_number
from lienthong.organisations.public import Organisation
from lienthong.rubrics.public import KINDS, Criterion, RubricLine, Standing, rubrics, standings


def listing(*, today: date, by: Actor) -> dict[str, Any]:
    """The rubrics, those of one's own agencies to be filled in, and every assessment that was begun."""
    known, unread = rubrics()
    codes = {duty.organisation for duty in by.duties}
    here = Organisation.objects.on(today).filter(code__in=codes)
    mine = [one for one in here if allowed(by, "rubrics.answer", one)]
    return {
        "rubrics": [
            (one, [(place.name, address(one.code, place, today.year)) for place in mine])
            for one in known.values()
        ],
        "unread": unread,
        "rows": [summary(one) for one in standings(by=by)],
        "year": today.year,
    }


def address(code: str, agency: Organisation, year: int, *more: str) -> str:
    name = "console_rubric_criterion" if more else "console_rubric"
    return reverse(name, args=[code, agency.pk, year, *more])


def summary(one: Standing) -> dict[str, Any]:
    rubric = one.found.rubric
    return {
        "rubric": rubric,
        "agency": one.agency,
        "year": one.year,
        "own": one.found.own,
        "appraised": one.found.appraised,
        "waiting": len(one.found.waiting),
        "level": one.found.level,
        "url": address(rubric.code, one.agency, one.year),
    }


def of_assessment(one: Standing) -> dict[str, Any]:
    """Group by group; a criterion with what was claimed, on what, and what the appraiser gave."""
    rubric = one.found.rubric
    rows: dict[str, list[dict[str, Any]]] = {group.code: [] for group in rubric.groups}
    for line in one.found.lines:
        code = line.criterion.code
        rows[line.criterion.group].append(
            {"line": line, "url": address(rubric.code, one.agency, one.year, code), "files": files(one, code)}
        )
    return summary(one) | {"groups": [(group, rows[group.code]) for group in rubric.groups]}


def files(one: Standing, criterion: str) -> list[tuple[str, str]]:
    """Name and address of each file of evidence."""
    return [
        (line.document.name, reverse("console_rubric_file", args=[line.pk]))
        for line in one.of(criterion)
        if line.document is not None
    ]


def told(criterion: Criterion, line: RubricLine) -> str:
    """What a line of the ledger says, in words."""
    match line.act:
        case RubricLine.Act.ANSWERED:
            return _("Tự chấm: {value}").format(value=in_words(criterion, line.value))
        case RubricLine.Act.EVIDENCE:
            return _("Minh chứng: {name}").format(name=line.document.name if line.document else "")
        case _:
            return _("Thẩm định: {points} điểm").format(points=format_number(line.points or 0, 2))


def in_words(criterion: Criterion, value: Any) -> str:
    match criterion.kind:
        case "yes_no":
            return _("Có") if value else _("Không")
        case "ratio":
            return f"{value[0]} / {value[1]}"
        case _:
            return str(value).replace(".", ",")


def way(criterion: Criterion) -> str:
    """How it is scored: "theo bậc: từ 1 được 5, từ 2 được 10"."""
    steps = ", ".join(
        _("từ {bound} được {points}").format(
            bound=format_number(step.at_least, 0), points=format_number(step.points, 0)
        )
        for step in criterion.steps
    )
    return ": ".join(filter(None, [_(KINDS[criterion.kind]), steps]))
