from dataclasses import dataclass

from lienthong.audit.public import Event
from lienthong.kit.errors import said


@dataclass(frozen=True, kw_only=True)
class CriterionAnswered(Event):
    """An agency said how far it is, by one criterion."""

    sentence = said("{agency} tự chấm tiêu chí {criterion} của {rubric}.")
    line: int
    agency: str
    rubric: str
    criterion: str


@dataclass(frozen=True, kw_only=True)
class EvidenceGiven(Event):
    """A file that an answer rests on."""

    sentence = said("{agency} gửi minh chứng cho tiêu chí {criterion} của {rubric}.")
    line: int
    agency: str
    rubric: str
    criterion: str


@dataclass(frozen=True, kw_only=True)
class CriterionAppraised(Event):
    """An appraiser gave points."""

    sentence = said("Thẩm định tiêu chí {criterion} của {rubric} cho {agency}: {points} điểm.")
    line: int
    agency: str
    rubric: str
    criterion: str
    points: str
