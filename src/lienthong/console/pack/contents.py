"""A pack's contents, gathered from the very functions that the console's pages use."""

from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.utils import timezone, translation

from lienthong.console.addresses import Question
from lienthong.console.pack.chapters import honesty, overview, targets, tasks
from lienthong.console.pack.look import Look, agency_of, look_at
from lienthong.console.pack.tree import Pack, Section, tidy
from lienthong.console.queries import Period, month_name
from lienthong.identity.public import Actor
from lienthong.kit.words import format_appointment, format_date

CHAPTERS: Final[tuple[Callable[[Look], Section | None], ...]] = (
    overview.overview,
    targets.by_tier,
    tasks.buckets,
    tasks.late,
    targets.best_and_worst,
    targets.expected,
    honesty.honesty,
    tasks.late_list,
    tasks.late_part_list,
    targets.risk_list,
    tasks.late_dossier_list,
)
TITLE: Final = "Tình hình thực hiện chỉ tiêu và nhiệm vụ chuyển đổi số"


def gather(asked: Question, period: Period, *, by: Actor) -> Pack:
    """Everything that the files say, in Vietnamese whatever the reader's language: it is an official paper.

    Requires steering.read, indicators.read, dossiers.inspect.
    """
    with translation.override("vi"):
        return tidy(pack_of(look_at(asked, period, by=by)))


def pack_of(look: Look) -> Pack:
    sections = tuple(section for make in CHAPTERS if (section := make(look)) is not None)
    about = (
        f"Nhiệm vụ tính đến hết ngày {format_date(look.asked.as_of)}, theo những gì đã ghi nhận đến "
        f"{format_appointment(look.known_at)}; chỉ tiêu của {month_name(look.period.month)}"
    )
    return Pack(
        title=TITLE,
        about=about,
        agency=agency_of(look.asked),
        day=look.asked.as_of,
        known_at=look.known_at,
        made_at=timezone.now().replace(microsecond=0),
        month=look.period.month,
        path=look.path,
        address=look.address(look.path),
        facts=overview.facts(look),
        sections=sections,
        demo=settings.DEMO,
    )
