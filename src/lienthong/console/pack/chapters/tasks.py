"""Tasks: the four buckets, unit by unit with rank, the late ones with cause and who must act."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.urls import reverse

from lienthong.console.pack.cells import (
    DASH,
    column,
    day,
    days,
    number,
    numbers,
    share,
    shares,
    words,
)
from lienthong.console.pack.look import Look
from lienthong.console.pack.tree import Cell, Chart, Column, Row, Section, Series, Shape, Table
from lienthong.console.registers import KINDS, SHORT, UnitRow
from lienthong.kit.numbers import format_number
from lienthong.organisations.public import Organisation
from lienthong.steering.public import BUCKET_NAMES, Bucket

AT_MOST = 15
"""Units that a chart of buckets shows."""
PRINTED = 100
"""Agencies with late dossiers that pages list; a workbook lists all."""
READ = 300
"""Late tasks, and late parts, that pages list: some twenty pages, set in a second. A workbook lists all."""
NO_TASKS = "Không có nhiệm vụ nào."
NONE_LATE = "Không có nhiệm vụ nào chậm."


def buckets(look: Look) -> Section:
    """How many tasks stand in each of the four buckets, and unit by unit."""
    board = look.board
    return Section(
        "Nhiệm vụ theo bốn nhóm hạn",
        lead=(board["sum"], late_words(look)),
        tables=(bucket_table(look), unit_table(look)),
    )


def late_words(look: Look) -> str:
    """The share of late tasks with its denominator, and what "late" means."""
    board = look.board
    if board["late_share"] is None:
        return f"“Chậm” là {board['late_words']}. Chưa có nhiệm vụ nào để tính tỷ lệ chậm."
    told = f"{format_number(board['late_number'])} / {format_number(board['whole'])} {board['whole_words']}"
    return f"“Chậm” là {board['late_words']}. Tỷ lệ chậm {share(board['late_share']).text} = {told}."


def bucket_table(look: Look) -> Table:
    counts = look.board["counts"]
    rows = [
        Row(
            (words(str(chip["label"]).capitalize(), mark=KINDS[bucket]), number(chip["count"])),
            look.address(chip["url"]),
        )
        for bucket, chip in zip(Bucket, look.board["chips"], strict=True)
    ]
    return Table(
        title="Bốn nhóm hạn",
        sheet="Bốn nhóm hạn",
        columns=(column("Nhóm", 8), numbers("Nhiệm vụ", 3)),
        rows=tuple(rows),
        empty=NO_TASKS,
        total=Row((words("Cộng"), number(counts.total)), look.tasks_address),
        chart=bucket_chart(look) if counts.total else None,
        on_slides=len(rows),
    )


def bucket_chart(look: Look) -> Chart:
    counts = look.board["counts"]
    series = [
        Series(BUCKET_NAMES[bucket].capitalize(), (Decimal(counts.buckets[bucket]),), KINDS[bucket]) for bucket in Bucket
    ]  # fmt: skip
    told = ", ".join(f"{BUCKET_NAMES[bucket]} {counts.buckets[bucket]}" for bucket in Bucket)
    return Chart(
        Shape.STACKED,
        "Nhiệm vụ theo bốn nhóm hạn",
        ("Nhiệm vụ",),
        tuple(series),
        f"Trong {counts.total} nhiệm vụ: {told}",
    )


def unit_table(look: Look) -> Table:
    units: list[UnitRow] = look.board["units"]
    since = look.asked.since
    moved = (column("Lên, xuống", 2),) if since else ()
    return Table(
        title="Theo đơn vị, xếp theo tỷ lệ hoàn thành đúng hạn",
        sheet="Nhiệm vụ theo đơn vị",
        columns=(
            numbers("Hạng", 1), *moved, column("Đơn vị", 7), shares("Đúng hạn"), numbers("Trong số đến hạn"),
            numbers("Xong đúng hạn"), numbers("Xong quá hạn"), numbers("Đang làm, trong hạn"),
            numbers("Chưa xong, quá hạn"), numbers("Cộng", 1),
        ),
        rows=tuple(unit_row(look, unit) for unit in units),
        empty=NO_TASKS,
        notes=(
            ("Tỷ lệ đúng hạn = xong đúng hạn / đến hạn (đã xong hoặc đã quá hạn). Bằng nhau thì cùng hạng; chưa có nhiệm "
            "vụ đến hạn thì không xếp. Nhiệm vụ chung của nhiều đơn vị tính cho từng đơn vị."),
        ),
        chart=chart_of_units(units),
        on_slides=AT_MOST,
    )  # fmt: skip


def unit_row(look: Look, unit: UnitRow) -> Row:
    moved = (words(movement_words(unit.moved)),) if look.asked.since else ()
    *others, overdue = unit.numbers
    told = (
        number(unit.rank), *moved,
        words(unit.agency.short_name, "gồm việc của cơ quan trước sắp xếp" if unit.inherited else ""),
        share(unit.share) if unit.share is not None else Cell(DASH), number(unit.out_of),
        *(number(each) for each in others), number(overdue, mark="late" if overdue else ""),
        number(unit.counts.total),
    )  # fmt: skip
    return Row(told, look.address(unit.url))


def movement_words(moved: int | None) -> str:
    if moved is None:
        return DASH
    return f"lên {moved}" if moved > 0 else f"xuống {-moved}" if moved < 0 else "giữ hạng"


def chart_of_units(units: Sequence[UnitRow]) -> Chart | None:
    """The units with the most overdue tasks, all four buckets stacked."""
    overdue = [unit for unit in units if unit.counts.buckets[Bucket.OPEN_LATE]]
    shown = sorted(overdue, key=lambda unit: -unit.counts.buckets[Bucket.OPEN_LATE])[:AT_MOST]
    if not shown:
        return None
    series = [
        Series(BUCKET_NAMES[bucket].capitalize(), tuple(Decimal(u.counts.buckets[bucket]) for u in shown), KINDS[bucket])
        for bucket in Bucket
    ]  # fmt: skip
    more = len(overdue) - len(shown)
    kept = f", {len(shown)} đơn vị nhiều nhất trong {len(overdue)}" if more else ""
    told = "; ".join(f"{u.agency.short_name} {u.counts.buckets[Bucket.OPEN_LATE]}" for u in shown)
    return Chart(
        Shape.STACKED,
        f"Đơn vị có nhiệm vụ chưa xong, quá hạn{kept}",
        tuple(unit.agency.short_name for unit in shown),
        tuple(series),
        f"Số nhiệm vụ chưa xong, quá hạn: {told}",
    )


# ---- the late ones


def late(look: Look) -> Section:
    """Causes, the latest, and what is proposed to whom; the whole list stands in an annex."""
    tables = [cause_table(look), short_table(look)]
    if asks := proposals(look):
        tables.append(asks)
    return Section(
        "Nhiệm vụ chậm: vì sao, ai phải làm",
        lead=(
            (
                f"{format_number(len(look.late))} nhiệm vụ chưa hoàn thành, quá hạn. Số ngày chậm là ngày lịch, tính đến hết "
                f"ngày {day(look.asked.as_of).text}."
            ),
        ),
        tables=tuple(tables),
    )


def cause_table(look: Look) -> Table:
    rows = [
        Row(
            (words(cause["name"]), number(cause["count"]), share(cause["share"]), number(cause["longest"])),
            look.address(cause["url"]),
        )
        for cause in look.board["causes"]
    ]
    return Table(
        title="Vì sao chậm",
        sheet="Nguyên nhân",
        columns=(
            column("Nguyên nhân", 8), numbers("Nhiệm vụ", 3), shares("Tỷ lệ", 3), numbers("Lâu nhất (ngày)", 3),
        ),
        rows=tuple(rows),
        empty=NONE_LATE,
        notes=("Mỗi nhiệm vụ tính vào vướng mắc báo sớm nhất mà chưa gỡ, nên cộng lại bằng số nhiệm vụ chậm.",),
        total=Row((words("Cộng"), number(len(look.late)), Cell(""), Cell(""))) if rows else None,
        chart=cause_chart(look),
        on_slides=len(rows),
    )  # fmt: skip


def cause_chart(look: Look) -> Chart | None:
    causes = look.board["causes"]
    if not causes:
        return None
    told = "; ".join(f"{cause['name']} {cause['count']}" for cause in causes)
    names = tuple(cause["name"] for cause in causes)
    counts = tuple(Decimal(cause["count"]) for cause in causes)
    title = "Nhiệm vụ chậm theo nguyên nhân"
    return Chart(Shape.STACKED, title, names, (Series("Nhiệm vụ chậm", counts, "late"),), told)


LATE_COLUMNS = (
    column("Nhiệm vụ", 8), column("Chủ trì", 4), days("Hạn", 2), numbers("Chậm (ngày)", 2), column("Nguyên nhân", 5),
    column("Ai phải làm", 4), days("Cam kết mới", 2),
)  # fmt: skip


def late_row(look: Look, item: Mapping[str, Any], *, told: bool) -> Row:
    """`told`: with what the obstacle is, in the lead's words."""
    row, obstacle = item["row"], item["obstacle"]
    cells = (
        words(row.content, row.code), words(item["lead"]), day(row.due_on), number(row.days_late, mark="late"),
        words(item["cause"], obstacle.text if told and obstacle else ""), words(item["act"]),
        day(row.commitment_on, "chưa cam kết"),
    )  # fmt: skip
    return Row(cells, look.address(item["url"]))


def short_table(look: Look) -> Table:
    rows = tuple(late_row(look, item, told=False) for item in look.late)
    return Table(
        title="Chậm lâu nhất",
        sheet="",
        columns=LATE_COLUMNS,
        rows=rows,
        brief=shortened(rows, SHORT, "nhiệm vụ chậm, có trong phụ lục 1 và tệp Excel"),
        empty=NONE_LATE,
        on_slides=SHORT,
    )


def proposals(look: Look) -> Table | None:
    """What the leads of late tasks ask for, by who can do it."""
    rows = [
        (item, obstacle)
        for item in look.late
        for obstacle in item["row"].obstacles
        if obstacle.remover is not None
    ]
    if not rows:
        return None
    return Table(
        title="Kiến nghị của đơn vị chủ trì, gửi cơ quan gỡ được",
        sheet="Kiến nghị",
        columns=(
            column("Ai phải làm", 4),
            column("Kiến nghị", 7),
            column("Vướng mắc", 7),
            column("Nhiệm vụ", 3),
        ),
        rows=tuple(
            Row(
                (words(item["act"]), words(each.proposal), words(each.text), words(item["row"].code)),
                look.address(item["url"]),
            )
            for item, each in sorted(rows, key=lambda pair: pair[0]["act"])
        ),
        empty="",
        on_slides=SHORT,
    )


def late_list(look: Look) -> Section:
    rows = tuple(late_row(look, item, told=True) for item in look.late)
    brief = shortened(rows, READ, "nhiệm vụ chậm, có trong tệp Excel")
    title = "Chưa hoàn thành, quá hạn, chậm lâu nhất đứng trước"
    return Section(
        "Danh sách nhiệm vụ chậm",
        tables=(Table(title, "Nhiệm vụ chậm", LATE_COLUMNS, rows, NONE_LATE, brief=brief),),
        annex=True,
    )


def shortened(rows: tuple[Row, ...], most: int, told: str) -> tuple[Row, ...]:
    """The first rows and a word on the others; none where all of them are printed."""
    more = len(rows) - most
    return (*rows[:most], Row((), gap=f"… còn {format_number(more)} {told}")) if more > 0 else ()


def late_part_list(look: Look) -> Section | None:
    """Tasks given to several units: each unit that is late with its part."""
    if not look.late_parts:
        return None
    columns: tuple[Column, ...] = (column("Đơn vị", 4), *LATE_COLUMNS[:1], *LATE_COLUMNS[2:])
    rows = [late_row(look, item, told=True) for item in look.late_parts]
    turned = tuple(Row((row.cells[1], row.cells[0], *row.cells[2:]), row.address) for row in rows)
    brief = shortened(turned, READ, "phần việc chậm, có trong tệp Excel")
    return Section(
        "Nhiệm vụ chung: phần việc chậm của từng đơn vị",
        lead=("Nhiệm vụ giao nhiều đơn vị còn chậm khi một đơn vị còn chậm; dưới đây là từng đơn vị ấy.",),
        tables=(
            Table(
                "Phần việc chưa hoàn thành, quá hạn",
                "Phần việc chậm",
                columns,
                turned,
                NONE_LATE,
                brief=brief,
            ),
        ),
        annex=True,
    )


def late_dossier_list(look: Look) -> Section:
    """Open dossiers past their due moment, by the agency that must act."""
    rows = tuple(
        Row(
            (
                words(one.authority.name),
                words(above(one.authority)),
                number(one.count),
                day(one.oldest.date()),
            ),
            look.address(
                f"{reverse('console_agency', args=['on_time', one.authority.pk])}?{LATE_REST.format(month=one.oldest)}"
            ),
        )
        for one in look.late_dossiers
    )
    return Section(
        "Hồ sơ quá hẹn theo cơ quan phải giải quyết",
        lead=("Hồ sơ chưa giải quyết xong mà đã quá giờ hẹn, đếm lúc lập tài liệu.",),
        tables=(
            Table(
                "Hồ sơ quá hẹn", "Hồ sơ quá hẹn",
                (column("Cơ quan", 8), column("Thuộc", 6), numbers("Hồ sơ chậm", 2), days("Hẹn sớm nhất từ", 3)),
                rows, "Không có hồ sơ nào quá hẹn.",
                brief=shortened(rows, PRINTED, "cơ quan, có trong tệp Excel"), on_slides=8,
            ),
        ),
        annex=True,
    )  # fmt: skip


LATE_REST = "thang={month:%Y-%m}&phan=con-lai"


def above(agency: Organisation) -> str:
    return agency.parent.name if agency.parent else ""
