from dataclasses import dataclass
from typing import ClassVar

from lienthong.audit.public import Event
from lienthong.kit.errors import said


@dataclass(frozen=True, kw_only=True)
class TargetsLoaded(Event):
    """Targets were read from the table of programme facts."""

    source: str
    targets: int
    sentence: ClassVar[str] = said("Nạp {targets} chỉ tiêu được giao.")
