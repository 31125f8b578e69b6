from dataclasses import dataclass
from typing import ClassVar

from lienthong.audit.public import Event
from lienthong.kit.errors import said


@dataclass(frozen=True, kw_only=True)
class TallyRebuilt(Event):
    """All counters were counted anew from the dossiers."""

    counters: int
    sentence: ClassVar[str] = said("Toàn bộ bộ đếm được tính lại từ hồ sơ.")
