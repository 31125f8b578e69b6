"""Rubrics: points that an agency gives itself, with evidence, and that an appraiser confirms or changes.

A rubric is a YAML file: groups of criteria, each with a maximum and one way of scoring. No code is
needed for a new one.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

import yaml

from lienthong.kit.errors import Refused, said


class RubricUnreadable(Refused):
    sentence = said("Bộ tiêu chí {file} không đọc được ở “{where}”: {detail}.")


class RubricMaximaDiffer(Refused):
    sentence = said("{where}: tối đa {given} điểm, nhưng các phần cộng lại được {summed} điểm.")


class CriterionTwice(Refused):
    sentence = said("Bộ tiêu chí có hai tiêu chí cùng mã {code}.")


class StepsUnordered(Refused):
    sentence = said("{code}: các bậc phải tăng dần và không quá {cap} điểm.")


class UnknownCriterion(Refused):
    sentence = said("Không có tiêu chí {code} trong bộ tiêu chí.")


class AnswerUnfit(Refused):
    sentence = said("Tiêu chí {code} chấm theo cách “{kind}”: giá trị “{value}” không dùng được.")


class NoSuchRubric(Refused):
    sentence = said("Không tìm thấy bộ tiêu chí này.")
    status = 404


class EvidenceMissing(Refused):
    sentence = said("Chọn tệp minh chứng.")


class ReasonNeeded(Refused):
    sentence = said("Điểm thẩm định khác điểm tự chấm: ghi lý do.")


class NothingToAppraise(Refused):
    sentence = said("Tiêu chí {code} chưa được tự chấm nên chưa thẩm định được.")


class PointsOutside(Refused):
    sentence = said("Tiêu chí {code}: {points} điểm không nằm trong khoảng 0 đến {cap}.")


SHIPPED: Final = ("level_a", "dti_province")
KINDS: Final = {
    "points": said("cho điểm"),
    "yes_no": said("có hoặc không"),
    "ratio": said("tỷ lệ"),
    "steps": said("theo bậc"),
}


@dataclass(frozen=True)
class Step:
    at_least: Fraction
    points: Fraction


@dataclass(frozen=True)
class Criterion:
    """One line. `ratio` gives max × a/b ÷ full_at, `steps` the points of the highest step reached."""

    code: str
    name: str
    group: str
    cap: Fraction
    kind: str
    full_at: Fraction = Fraction(1)
    steps: tuple[Step, ...] = ()
    evidence: bool = True

    def points(self, value: Any) -> Fraction | None:
        """None: an empty denominator, so not applicable. Raises AnswerUnfit, PointsOutside."""
        try:
            return self._points(value)
        except (TypeError, ValueError) as error:
            raise AnswerUnfit(code=self.code, kind=KINDS[self.kind], value=value) from error

    def _points(self, value: Any) -> Fraction | None:
        match self.kind:
            case "yes_no":
                if not isinstance(value, bool):
                    raise TypeError
                return self.cap if value else Fraction(0)
            case "ratio":
                part, whole = (Fraction(v) for v in value)
                if part < 0 or whole < part:
                    raise ValueError
                return min(self.cap, self.cap * part / whole / self.full_at) if whole else None
            case "steps":
                reached = [step.points for step in self.steps if Fraction(value) >= step.at_least]
                return max(reached, default=Fraction(0))
            case _:
                given = Fraction(value)
                if not 0 <= given <= self.cap:
                    raise PointsOutside(code=self.code, points=given, cap=self.cap)
                return given


@dataclass(frozen=True)
class RubricGroup:
    """`unspecified`: the source names the group's maximum, not its criteria; it is not scored."""

    code: str
    name: str
    cap: Fraction
    unspecified: bool = False


@dataclass(frozen=True)
class Rubric:
    code: str
    name: str
    source: str
    note: str
    groups: tuple[RubricGroup, ...]
    criteria: tuple[Criterion, ...]
    levels: tuple[tuple[str, Fraction], ...]

    @property
    def cap(self) -> Fraction:
        return sum((group.cap for group in self.groups), Fraction(0))

    def level_of(self, points: Fraction) -> str:
        return next((name for name, at_least in self.levels if points >= at_least), "")


@dataclass(frozen=True)
class Answer:
    """What an agency says of itself: the value its criterion asks for, and the evidence for it."""

    value: Any
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True)
class Line:
    """A criterion answered. `own` counts only for itself; `appraised` is None until an appraiser spoke."""

    criterion: Criterion
    own: Fraction | None
    appraised: Fraction | None
    evidence: tuple[str, ...] = ()
    answered: bool = True

    @property
    def unsupported(self) -> bool:
        """Points claimed without the evidence asked for."""
        return bool(self.own) and self.criterion.evidence and not self.evidence


@dataclass(frozen=True)
class Assessment:
    rubric: Rubric
    lines: tuple[Line, ...] = field(default_factory=tuple)

    @property
    def own(self) -> Fraction:
        return sum((line.own or Fraction(0) for line in self.lines), Fraction(0))

    @property
    def appraised(self) -> Fraction:
        return sum((line.appraised or Fraction(0) for line in self.lines), Fraction(0))

    @property
    def waiting(self) -> list[str]:
        """Criteria that nobody appraised yet."""
        return [line.criterion.code for line in self.lines if line.appraised is None]

    @property
    def level(self) -> str:
        """By the appraised points; empty while a criterion waits or a group has no criteria."""
        incomplete = self.waiting or any(group.unspecified for group in self.rubric.groups)
        return "" if incomplete else self.rubric.level_of(self.appraised)


def assess(
    rubric: Rubric, answers: Mapping[str, Answer], appraised: Mapping[str, Fraction] | None = None
) -> Assessment:
    """Every criterion, answered or not. Raises UnknownCriterion, AnswerUnfit, PointsOutside."""
    given = appraised or {}
    codes = {criterion.code for criterion in rubric.criteria}
    if strange := sorted((answers.keys() | given.keys()) - codes):
        raise UnknownCriterion(code=strange[0])
    lines = []
    for criterion in rubric.criteria:
        answer = answers.get(criterion.code)
        points = given.get(criterion.code)
        if points is not None and not 0 <= points <= criterion.cap:
            raise PointsOutside(code=criterion.code, points=points, cap=criterion.cap)
        own = criterion.points(answer.value) if answer else None
        lines.append(Line(criterion, own, points, answer.evidence if answer else (), answer is not None))
    return Assessment(rubric, tuple(lines))


def rubrics_in(folder: Path) -> tuple[dict[str, Rubric], list[RubricUnreadable]]:
    """The shipped ones and those that an operator put into `folder`, by code; and what could not be read there."""
    found = {one.code: one for one in map(shipped_rubric, SHIPPED)}
    unread = []
    for path in sorted(folder.glob("*.yaml")) if folder.is_dir() else []:
        try:
            rubric = load_rubric(path)
        except Refused as why:
            unread.append(RubricUnreadable(file=path.name, where="YAML", detail=str(why)))
        else:
            found[rubric.code] = rubric
    return found, unread


def shipped_rubric(name: str) -> Rubric:
    """One of data/, by its file's name without .yaml."""
    text = (files("lienthong.rubrics") / "data" / f"{name}.yaml").read_text("utf-8")
    return build_rubric(yaml.safe_load(text), file=f"{name}.yaml")


def load_rubric(path: Path) -> Rubric:
    """Raises RubricUnreadable and what build_rubric raises."""
    try:
        content = yaml.safe_load(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise RubricUnreadable(file=path.name, where="YAML", detail=type(error).__name__) from error
    return build_rubric(content, file=path.name)


def build_rubric(content: Any, *, file: str = "") -> Rubric:
    """A rubric from plain data, checked. Raises the errors of this module."""
    try:
        groups = tuple(
            RubricGroup(str(g["code"]), str(g["name"]), _number(g["max"]), bool(g.get("unspecified", False)))
            for g in content["groups"]
        )
        criteria = tuple(
            _criterion(c, str(g["code"])) for g in content["groups"] for c in g.get("criteria") or ()
        )
        levels = tuple((str(v["name"]), _number(v["at_least"])) for v in content.get("levels") or ())
        rubric = Rubric(str(content["rubric"]), str(content["name"]), str(content["source"]),
                        str(content.get("note", "")), groups, criteria, levels)  # fmt: skip
        total = _number(content["max"])
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise RubricUnreadable(file=file, where=type(error).__name__, detail=str(error)) from error
    _check(rubric, total)
    return rubric


def _criterion(given: Mapping[str, Any], group: str) -> Criterion:
    kind = str(given["kind"])
    if kind not in KINDS:
        raise ValueError(f"{given['code']}: kind {kind}")
    return Criterion(
        code=str(given["code"]),
        name=str(given["name"]),
        group=group,
        cap=_number(given["max"]),
        kind=kind,
        full_at=_number(given.get("full_at", 1)),
        steps=tuple(Step(_number(s["at_least"]), _number(s["points"])) for s in given.get("steps") or ()),
        evidence=bool(given.get("evidence", True)),
    )


def _number(given: Any) -> Fraction:
    return Fraction(str(given))


def _check(rubric: Rubric, total: Fraction) -> None:
    if rubric.cap != total:
        raise RubricMaximaDiffer(where=rubric.code, given=total, summed=rubric.cap)
    for group in rubric.groups:
        summed = sum((c.cap for c in rubric.criteria if c.group == group.code), Fraction(0))
        if summed != (0 if group.unspecified else group.cap):
            raise RubricMaximaDiffer(where=group.code, given=group.cap, summed=summed)
    seen: set[str] = set()
    for criterion in rubric.criteria:
        if criterion.code in seen:
            raise CriterionTwice(code=criterion.code)
        seen.add(criterion.code)
        _check_steps(criterion)


def _check_steps(criterion: Criterion) -> None:
    if criterion.kind != "steps":
        return
    bounds = [step.at_least for step in criterion.steps]
    points = [step.points for step in criterion.steps]
    ordered = bounds == sorted(set(bounds)) and points == sorted(points)
    if not bounds or not ordered or points[-1] != criterion.cap:
        raise StepsUnordered(code=criterion.code, cap=criterion.cap)
