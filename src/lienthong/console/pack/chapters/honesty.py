"""What the figures mean, how they were checked, and what is not known. `TABLES` is where more is added."""

from collections.abc import Callable
from hashlib import sha256
from typing import Final
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from lienthong.console import queries
from lienthong.console.pack.cells import column, goal, number, numbers, shares, words
from lienthong.console.pack.chapters.targets import SHORT_TIERS
from lienthong.console.pack.look import MONTH, Look
from lienthong.console.pack.tree import Cell, Kind, Row, Section, Table
from lienthong.console.queries import Line, month_name
from lienthong.indicators.public import DETECTORS, INDICATORS, Detector, Indicator, Signal, Tier
from lienthong.kit.numbers import format_number
from lienthong.kit.words import format_appointment, format_date
from lienthong.steering.public import Target


def honesty(look: Look) -> Section:
    return Section(
        "Cách tính và giới hạn của số liệu",
        tables=tuple(table for make in TABLES if (table := make(look)) is not None),
        notes=(*meaning_of_late(look), *moments(look), *printing()),
    )


def meaning_of_late(look: Look) -> list[str]:
    board = look.board
    counts = board["counts"]
    return [
        (
            f"“Chậm” là {board['late_words']}. Tỷ lệ chậm tính trên {board['whole_words']}. Đúng ngày đến hạn là còn trong hạn; "
            "số ngày chậm là ngày lịch. Vướng mắc không làm đổi thời hạn; chỉ văn bản gia hạn mới đổi."
        ),
        (
            "Nhiệm vụ giao nhiều đơn vị tính một lần, còn chậm khi một đơn vị còn chậm; ở bảng theo đơn vị thì tính từng phần việc. "
            "Việc của cơ quan đã sắp xếp tính cho cơ quan tiếp nhận."
        ),
        (
            f"{format_number(counts.undated)} nhiệm vụ chưa hoặc không có ngày đến hạn, xếp vào nhóm còn trong hạn. "
            f"{format_number(counts.cancelled)} nhiệm vụ đã thôi giao, không tính."
        ),
    ]


def moments(look: Look) -> list[str]:
    known, counted = look.known_at, look.overview.as_of
    return [
        (
            f"Phạm vi nhiệm vụ: {look.board['scope_words']}; tính đến hết ngày {format_date(look.asked.as_of)}, theo những gì đã "
            f"ghi nhận đến {format_appointment(known)}. Hỏi lại cùng ngày và cùng thời điểm ghi nhận thì được đúng câu trả lời này."
        ),
        (
            f"Chỉ tiêu: hồ sơ tiếp nhận trong {month_name(look.period.month)}, đếm lúc {format_appointment(counted)}. Hồ sơ đang "
            "làm được xét đúng hạn theo giờ đếm, và hồ sơ của tháng ấy còn có thể xong sau đó; nên các số này đổi theo giờ hỏi."
        ),
    ]


def printing() -> list[str]:
    return [
        (
            "Số lẻ được cắt bớt, không làm tròn lên, và không bao giờ in sang phía bên kia của mức giao. Ô “không áp dụng”: mẫu số "
            "bằng 0. Số 0 là đã đếm và không có; dấu – là không có số liệu."
        ),
    ]


# ---- tables


def formulas(look: Look) -> Table:
    rows = [
        (
            words(one.name, f"bản {version_of(one)}"), words(one.part_name), words(one.whole_name), words(one.source),
            words(one.note or "–"),
        )
        for one in INDICATORS.values()
    ]  # fmt: skip
    return Table(
        "Công thức đang dùng",
        "Công thức",
        (
            column("Chỉ tiêu", 4),
            column("Tử số", 5),
            column("Mẫu số", 4),
            column("Căn cứ", 3),
            column("Ghi chú", 7),
        ),
        tuple(Row(row) for row in rows),
        "",
        notes=(
            "“Bản” là dấu của chính công thức: đổi một chữ của tử số, mẫu số hay căn cứ thì dấu này đổi.",
        ),
    )


def version_of(one: Indicator) -> str:
    """A mark of the formula's own text: another formula, another mark."""
    told = "\x1f".join((one.code, one.part, one.whole, one.part_name, one.whole_name, one.source))
    return sha256(told.encode()).hexdigest()[:8]


def proofs(look: Look) -> Table:
    """Each figure beside the sum of its units, counted apart."""
    rows = []
    for held in look.held:
        units, figure = held.units, held.line.figure
        kept = (units["part"], units["total"]) == (figure.part, figure.whole)
        rows.append(
            Row(
                (
                    words(held.name), number(figure.part), number(units["part"]), number(figure.whole),
                    number(units["total"]), words("khớp" if kept else "không khớp", mark="done" if kept else "late"),
                ),
                look.address(held.line.url),
            )
        )  # fmt: skip
    return Table(
        "Kiểm tra: cộng các đơn vị có bằng cả cấp không",
        "Kiểm tra cộng",
        (
            column("Chỉ tiêu", 6), numbers("Tử số cả cấp", 3), numbers("Cộng tử số", 3), numbers("Mẫu số cả cấp", 3),
            numbers("Cộng mẫu số", 3), column("Kết luận", 3),
        ),
        tuple(rows),
        "Không có chỉ tiêu nào để kiểm tra.",
        on_slides=len(rows),
        notes=("Không khớp nghĩa là có hồ sơ mới hoặc vừa quá hẹn giữa hai lần đếm: lập lại tài liệu.",),
    )  # fmt: skip


def empty_wholes(look: Look) -> Table:
    """Figures without a whole: of a tier, and of units held against a target."""
    lines = [(tier_of(line), line) for line in look.overview.lines if line.value is None]
    units = [
        (row.line.title, row.line) for held in look.held for row in held.aim["rows"] if row.line.value is None
    ]
    return Table(
        "Con số không áp dụng vì mẫu số bằng 0",
        "Không áp dụng",
        (column("Của ai", 5), column("Chỉ tiêu", 6), numbers("Tử số", 2), numbers("Mẫu số", 2)),
        tuple(empty_row(look, who, line) for who, line in (*lines, *units)),
        "Không có con số nào như vậy trong kỳ này.",
        on_slides=6,
    )


def empty_row(look: Look, who: str, line: Line) -> Row:
    told = (
        words(who),
        words(line.figure.indicator.name),
        number(line.figure.part),
        number(line.figure.whole),
    )
    return Row(told, look.address(line.url))


def tier_of(line: Line) -> str:
    return SHORT_TIERS[line.tier or Tier.LOCALITY].capitalize()


def not_measured(_look: Look) -> Table:
    return Table(
        "Chỉ tiêu được giao mà nền tảng chưa đo: không ghi là đạt hay chưa đạt",
        "Chưa đo",
        (column("Chỉ tiêu", 7), column("Cấp", 4), shares("Mức giao", 3), column("Thời hạn", 3), column("Nêu tại", 6)),
        tuple(unmeasured_row(target) for target in queries.other_targets()),
        "Mọi chỉ tiêu được giao đều đã đo.",
        on_slides=12,
    )  # fmt: skip


def unmeasured_row(target: Target) -> Row:
    return Row(
        (
            words(target.subject, target.note), words(target.tier), what_was_set(target), words(target.deadline_words),
            words(f"{target.event}, {target.event_words}"),
        )
    )  # fmt: skip


def what_was_set(target: Target) -> Cell:
    """ "95%", "100% cơ quan", "20.000 doanh nghiệp"; a dash for a target without a number."""
    if target.threshold is None or target.unit == "%":
        return goal(target.threshold)
    digits = 0 if target.threshold.denominator == 1 else 2
    return Cell(f"{format_number(target.threshold, digits)} {target.unit}".replace(" %", "%"), Kind.SHARE)


def signs(look: Look) -> Table:
    """How many signals of each kind; which agencies, stands on the system: a signal is not a verdict."""
    counted = [(one, [s for s in look.signals if s.code == one.code]) for one in DETECTORS.values()]
    month = look.signal_month
    return Table(
        f"Dấu hiệu cần kiểm tra, {month_name(month.month)}",
        "Dấu hiệu",
        (
            column("Loại dấu hiệu", 8),
            numbers("Dấu hiệu", 2),
            numbers("Cơ quan", 2),
            column("Căn cứ", 6),
        ),
        tuple(sign_row(look, one, found) for one, found in counted),
        "",
        notes=(
            (
                "Dấu hiệu là con số khác thường, không phải là kết luận về cơ quan hay cá nhân nào; mở trên hệ thống thì xem được đang "
                "so với gì và từng hồ sơ. Đếm những dấu hiệu mà người lập tài liệu được xem."
            ),
        ),
        on_slides=len(counted),
    )


def sign_row(look: Look, one: Detector, found: list[Signal]) -> Row:
    told = {MONTH: f"{look.signal_month.month:%Y-%m}", "loai": one.code}
    address = look.address(f"{reverse('console_signals')}?{urlencode(told)}")
    agencies = len({signal.agency.pk for signal in found})
    return Row((words(_(one.name)), number(len(found)), number(agencies), words(_(one.basis))), address)


TABLES: Final[tuple[Callable[[Look], Table | None], ...]] = (
    formulas,
    proofs,
    empty_wholes,
    signs,
    not_measured,
)
"""Each adds a table to the page, or None."""
