"""Targets by tier, the best and the worst, and what is to be expected at the deadline."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.urls import reverse

from lienthong.console.aims import Aim, points
from lienthong.console.figures import ENDS
from lienthong.console.pack.cells import (
    DASH,
    change,
    changes,
    column,
    day,
    days,
    goal,
    in_percent,
    number,
    numbers,
    plain,
    printed_share,
    share,
    shares,
    words,
)
from lienthong.console.pack.look import Held, Look
from lienthong.console.pack.tree import Cell, Chart, Row, Section, Series, Shape, Table
from lienthong.console.queries import Line, month_name
from lienthong.indicators.public import Tier
from lienthong.kit.numbers import format_number
from lienthong.kit.words import format_date
from lienthong.steering.public import Outlook, Target

SHORT_TIERS = {Tier.LOCALITY: "địa phương", Tier.MINISTRY: "bộ, ngành"}
NOT_DATA = "Chưa có số liệu vận hành của tháng này."


def by_tier(look: Look) -> Section:
    """Each indicator in each tier: value, numerator, denominator, threshold, verdict, source document."""
    lines = look.overview.lines
    tables = [tier_table(look, tier, [line for line in lines if line.tier is tier]) for tier in SHORT_TIERS]
    judged = [line for line in lines if line.threshold is not None]
    return Section(
        "Chỉ tiêu theo cấp",
        lead=(
            (
                f"Số liệu của hồ sơ tiếp nhận trong {month_name(look.period.month)}, đếm từ hồ sơ, không nhập tay. "
                "Hồ sơ đang làm được xét theo giờ đếm."
            ),
        ),
        charts=(target_chart(judged),) if judged else (),
        tables=tuple(tables),
    )


def tier_table(look: Look, tier: Tier, lines: Sequence[Line]) -> Table:
    return Table(
        title=f"Chỉ tiêu của {SHORT_TIERS[tier]}",
        sheet=f"Chỉ tiêu {SHORT_TIERS[tier]}",
        columns=(
            column("Chỉ tiêu", 6), shares("Kết quả"), numbers("Tử số"), numbers("Mẫu số"), shares("Mức giao"),
            column("Kết luận", 4), column("Đơn vị đạt", 2), column("Văn bản giao", 8),
        ),
        rows=tuple(target_row(look, line) for line in lines),
        empty=NOT_DATA,
        on_slides=len(lines),
    )  # fmt: skip


def target_row(look: Look, line: Line) -> Row:
    told = (
        words(line.title),
        share(line.value, line.threshold),
        number(line.figure.part),
        number(line.figure.whole),
        goal(line.threshold, line.target.comparator if line.target else ""),
        words(line.verdict, mark=line.kind),
        words(f"{line.units_met}/{line.units}" if line.units_met is not None else DASH),
        words(source_of(line.target)),
    )
    return Row(told, look.address(line.url))


def source_of(target: Target | None) -> str:
    """The document that set the threshold, and its deadline."""
    if target is None:
        return "không giao mức"
    told = f"{target.event}, {target.event_words}"
    return f"{told}; thời hạn {target.deadline_words}" if target.deadline_words else told


def target_chart(lines: Sequence[Line]) -> Chart:
    names = tuple(f"{line.title} ({SHORT_TIERS[line.tier or Tier.LOCALITY]})" for line in lines)
    told = "; ".join(
        f"{name}: {share(line.value, line.threshold).text}, giao {goal(line.threshold).text}"
        for name, line in zip(names, lines, strict=True)
    )
    return Chart(
        Shape.BARS,
        "Kết quả so với mức giao",
        names,
        (
            Series("Kết quả", tuple(as_printed(line.value, line.threshold) for line in lines)),
            Series("Mức giao", tuple(as_printed(line.threshold) for line in lines), "goal"),
        ),
        told,
        "%",
    )


def as_printed(value: Fraction | None, target: Fraction | None = None) -> Decimal | None:
    return None if value is None else plain(in_percent(value, target))


# ---- best and worst


def best_and_worst(look: Look) -> Section:
    """The ends of each ranking; equal values share a rank, and no tie is cut in two."""
    return Section(
        "Đơn vị dẫn đầu và đơn vị cuối bảng",
        lead=(
            "Xếp theo giá trị, cao đứng trước. Bằng nhau thì cùng hạng. Đơn vị không có hồ sơ thì không xếp.",
        ),
        tables=tuple(ranking(look, held) for held in look.held),
        notes=() if look.held else ("Chưa có chỉ tiêu nào vừa được giao mức vừa đo được.",),
    )


def ranking(look: Look, held: Held) -> Table:
    ranked = tuple(ranking_row(look, row) for row in held.units["rows"])
    without = held.units["count"] - len(ranked)
    return Table(
        title=f"{held.name}: mức giao {goal(held.line.threshold).text}",
        sheet=f"Hạng {'DVC' if 'services' in held.line.figure.indicator.code else 'hồ sơ'} "
        f"{SHORT_TIERS[held.line.tier or Tier.LOCALITY]}",
        columns=(
            numbers("Hạng", 1), column("Đơn vị", 6), shares("Kết quả"), numbers("Tử số"), numbers("Mẫu số"),
            column("Kết luận", 3), changes("So tháng trước", 3),
        ),
        rows=ranked,
        brief=ends(ranked),
        empty="Chưa có đơn vị nào có số liệu.",
        notes=(f"{format_number(without)} đơn vị không có hồ sơ trong kỳ, không xếp hạng.",) if without else (),
        on_slides=len(ranked),
    )  # fmt: skip


def ranking_row(look: Look, row: Mapping[str, Any]) -> Row:
    missed = row["below"]
    verdict = "Chưa đạt" if missed else "Đạt"
    told = (
        number(row["rank"]), words(row["name"]), share(row["value"], row["target"]), number(row["numerator"]),
        number(row["denominator"]), words(verdict, mark="late" if missed else "done"), change(row["delta"]),
    )  # fmt: skip
    return Row(told, look.address(row["url"]))


def ends(rows: Sequence[Row]) -> tuple[Row, ...]:
    """The first and the last few, whole ties with them, and how many stand between."""
    ranks = [row.cells[0].text for row in rows]
    top = bottom = ENDS
    while top < len(rows) and ranks[top] == ranks[top - 1]:
        top += 1
    while bottom < len(rows) and ranks[-bottom] == ranks[-bottom - 1]:
        bottom += 1
    between = len(rows) - top - bottom
    if between <= 0:
        return tuple(rows)
    gap = Row((), gap=f"… {format_number(between)} đơn vị ở giữa, có trong tệp Excel")
    return (*rows[:top], gap, *rows[-bottom:])


# ---- what is to be expected


def expected(look: Look) -> Section:
    """For each target: at its deadline, the units at risk, and what would close the gap."""
    return Section(
        "Dự báo đến thời hạn",
        lead=(
            (
                "Đường Theil–Sen qua các tháng đã trọn (cần ít nhất 4 tháng liền); khoảng dự báo lấy từ sai số của chính "
                "cách này trên các tháng đã qua, mong đúng 8 lần trong 10. Cách này không biết mùa vụ."
            ),
        ),
        charts=tuple(chart for held in look.held if (chart := path_chart(held)) is not None),
        tables=(totals(look), *(at_risk(look, held) for held in look.held if held.aim["at_risk"])),
        notes=() if look.held else ("Chưa có chỉ tiêu nào để dự báo.",),
    )


def totals(look: Look) -> Table:
    return Table(
        title="Cả cấp, đến thời hạn của chỉ tiêu",
        sheet="Dự báo cả cấp",
        columns=(
            column("Chỉ tiêu", 6), shares("Hiện nay"), shares("Dự báo"), column("Khoảng", 4), shares("Mức giao"),
            days("Thời hạn", 2), column("Khả năng", 4), numbers("Còn thiếu"), column("Sai số khi thử lại", 8),
        ),
        rows=tuple(total_row(look, held) for held in look.held),
        empty="Chưa có chỉ tiêu nào để dự báo.",
        notes=("“Còn thiếu”: thêm bao nhiêu hồ sơ (hoặc dịch vụ) của tháng này phải vào tử số thì đạt mức giao.",),
        on_slides=len(look.held),
    )  # fmt: skip


def total_row(look: Look, held: Held) -> Row:
    total: Aim = held.aim["total"]
    target = held.aim["target"]
    told = (
        words(held.name), share(total.line.value, total.line.threshold), printed_share(total.middle),
        words(total.interval or DASH), goal(total.line.threshold), day(target.due_on, "không nêu"),
        outlook_cell(total, past_due=held.aim["past_due"]), missing_cell(total), words(error_words(held.aim["proof"])),
    )  # fmt: skip
    return Row(told, look.address(reverse("console_target", args=[target.pk]) + look.period.query))


def outlook_cell(row: Aim, *, past_due: bool = False) -> Cell:
    return words("Thời hạn đã qua" if past_due else row.word, mark="none" if past_due else row.kind)


def missing_cell(row: Aim) -> Cell:
    return number(row.missing if row.line.value is not None else None)


def error_words(proof: Mapping[str, Any] | None) -> str:
    if proof is None:
        return "chưa thử được"
    return (
        f"sai số trung vị {proof['error']} điểm qua {proof['tries']} lần đoán; "
        f"số thật nằm trong khoảng {proof['held']}/{proof['judged']} lần"
    )


def at_risk(look: Look, held: Held) -> Table:
    """The first few; an annex and the workbook have them all."""
    whole = risk_table(look, held)
    more = len(whole.rows) - 2 * ENDS
    gap = Row((), gap=f"… còn {format_number(more)} đơn vị, có trong phụ lục và tệp Excel")
    return replace(
        whole, sheet="", brief=(*whole.rows[: 2 * ENDS], gap) if more > 0 else (), on_slides=2 * ENDS
    )


def risk_table(look: Look, held: Held) -> Table:
    rows: list[Aim] = held.aim["at_risk"]
    unit = held.aim["unit_name"]
    return Table(
        title=f"{held.name}: {len(rows)} trong {len(held.aim['rows'])} đơn vị khó đạt đúng hạn",
        sheet=f"Khó đạt {'DVC' if unit == 'dịch vụ' else unit} {SHORT_TIERS[held.line.tier or Tier.LOCALITY]}",
        columns=(
            column("Đơn vị", 5), shares("Hiện nay"), numbers("Tử số"), numbers("Mẫu số"), shares("Dự báo"),
            column("Khoảng", 4), column("Khả năng", 5), numbers(f"Còn thiếu ({unit})", 3),
        ),
        rows=tuple(risk_row(look, row) for row in rows),
        empty="Không có đơn vị nào.",
    )  # fmt: skip


def risk_list(look: Look) -> Section | None:
    """Every unit at risk, those least likely to arrive first."""
    tables = tuple(risk_table(look, held) for held in look.held if held.aim["at_risk"])
    return Section("Đơn vị khó đạt đúng hạn", tables=tables, annex=True) if tables else None


def risk_row(look: Look, row: Aim) -> Row:
    told = (
        words(row.line.title), share(row.line.value, row.line.threshold), number(row.line.figure.part),
        number(row.line.figure.whole), printed_share(row.middle), words(row.interval or DASH), outlook_cell(row),
        missing_cell(row),
    )  # fmt: skip
    return Row(told, look.address(row.line.url))


def path_chart(held: Held) -> Chart | None:
    """The whole months, and the interval at the deadline; None where nothing is foretold."""
    total: Aim = held.aim["total"]
    if total.expected is None:
        return None
    months = [one["label"] for one in held.aim["months"]]
    known = tuple(tenth(value) for value in total.series[-len(months) :])
    low, high = plain(points(total.expected.low)), plain(points(total.expected.high))
    due = format_date(held.aim["target"].due_on)
    blank: tuple[Decimal | None, ...] = (None,) * len(known)
    level = as_printed(total.line.threshold)
    return Chart(
        Shape.LINES,
        held.name,
        (*months, due),
        (
            Series("Đã đo", (*known, None)),
            Series("Mức giao", (level,) * (len(known) + 1), "goal"),
            Series("Cao nhất trong khoảng", (*blank, high), "range"),
            Series("Dự báo", (*blank, plain(total.middle)), "ahead"),
            Series("Thấp nhất trong khoảng", (*blank, low), "range"),
        ),
        f"{held.name}: dự báo {total.middle} vào {due}, trong khoảng {total.interval}, mức giao {goal(total.line.threshold).text}",
        "%",
    )


def tenth(value: float) -> Decimal:
    return plain(format_number(Fraction(value), 1))


def risky(look: Look) -> int:
    """Units that a target's forecast puts at risk or in doubt, each once."""
    doubtful = {Outlook.AT_RISK, Outlook.DOUBTFUL}
    return len({row.line.title for held in look.held for row in held.aim["rows"] if row.outlook in doubtful})
