from dataclasses import dataclass
from typing import ClassVar

from lienthong.audit.public import Event
from lienthong.kit.errors import said


@dataclass(frozen=True, kw_only=True)
class TallyRebuilt(Event):
    """All counters were counted anew from the dossiers."""

    counters: int
    sentence: ClassVar[str] = said("Toàn bộ bộ đếm được tính lại từ hồ sơ.")


@dataclass(frozen=True, kw_only=True)
class OfficialScoreEntered(Event):
    """An official score of an agency was entered beside our own."""

    agency: str
    component: str
    first_month: str
    last_month: str
    score: str
    sentence: ClassVar[str] = said("Điểm chính thức của {agency}, thành phần {component} được ghi: {score}.")


@dataclass(frozen=True, kw_only=True)
class ObservationsLoaded(Event):
    """Figures from outside were loaded from a file."""

    source: str
    observations: int
    sentence: ClassVar[str] = said("{observations} số liệu bên ngoài được nạp từ {source}.")


@dataclass(frozen=True, kw_only=True)
class ObservationEntered(Event):
    """A person confirmed a figure that a document tells."""

    observation: int
    source: str
    sentence: ClassVar[str] = said("Một số liệu bên ngoài được ghi từ {source}.")
