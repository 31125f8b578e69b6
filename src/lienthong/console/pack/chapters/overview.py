"""The first page: what is met, what is late, what is at risk, in numbers and in sentences."""

from django.urls import reverse

from lienthong.console.pack.cells import goal, share
from lienthong.console.pack.chapters.targets import SHORT_TIERS, risky
from lienthong.console.pack.look import Held, Look
from lienthong.console.pack.tree import Card, Mark, Section
from lienthong.console.queries import month_name
from lienthong.indicators.public import Tier
from lienthong.kit.numbers import format_number


def overview(look: Look) -> Section:
    seen, board = look.overview, look.board
    judged = seen.met + seen.missed
    dossiers = sum(one.count for one in look.late_dossiers)
    cards = (
        Card(
            f"{seen.met}/{judged}", "chỉ tiêu được giao mức đã đạt", f"{seen.unjudged} không giao mức hoặc chưa có hồ sơ",
            mark_of(bad=seen.missed > 0, known=judged > 0),
        ),
        Card(
            f"{format_number(board['late_number'])}/{format_number(board['counts'].total)}", "nhiệm vụ chậm",
            f"tỷ lệ {share(board['late_share']).text}", mark_of(bad=board["late_number"] > 0, known=board["counts"].total > 0),
        ),
        Card(format_number(risky(look)), "đơn vị khó đạt đúng hạn", "theo dự báo, ở ít nhất một chỉ tiêu",
             mark_of(bad=risky(look) > 0, known=bool(look.held))),
        Card(format_number(dossiers), "hồ sơ đang quá hẹn", f"ở {format_number(len(look.late_dossiers))} cơ quan",
             mark_of(bad=dossiers > 0, known=True)),
    )  # fmt: skip
    return Section("Tổng quan", lead=(), cards=cards, notes=tuple(sentences(look)))


def mark_of(*, bad: bool, known: bool) -> Mark:
    if not known:
        return Mark.NONE
    return Mark.LATE if bad else Mark.DONE


def sentences(look: Look) -> list[str]:
    """What a chair reads aloud."""
    told = [target_sentence(look, held) for held in look.held]
    if not look.held:
        told.append("Chưa có chỉ tiêu nào vừa được giao mức vừa đo được.")
    board = look.board
    if not board["counts"].total:
        told.append(f"Không có nhiệm vụ nào trong phạm vi: {board['scope_words']}.")
        return told
    told.append(f"Nhiệm vụ: {board['sum']}")
    if board["causes"]:
        first = board["causes"][0]
        told.append(
            f"Nguyên nhân chậm nhiều nhất: {first['name']}, {first['count']} trong {len(look.late)} nhiệm vụ; "
            f"lâu nhất {format_number(first['longest'])} ngày."
        )
    return told


def target_sentence(look: Look, held: Held) -> str:
    line, total = held.line, held.aim["total"]
    value = share(line.value, line.threshold).text
    tier = SHORT_TIERS[line.tier or Tier.LOCALITY]
    told = f"{line.title}, {tier}: {value} trong {month_name(look.period.month)}, giao {goal(line.threshold).text}"
    told += f"; {line.units_met}/{line.units} đơn vị đạt"
    return f"{told}; dự báo {total.middle} khi đến hạn, {total.word.lower()}." if total.middle else f"{told}."


def facts(look: Look) -> tuple[tuple[str, str], ...]:
    """What was asked, in words: the same answer next year needs no more than this."""
    board = look.board
    return (
        ("Phạm vi nhiệm vụ", board["scope_words"]),
        ("Kỳ của chỉ tiêu", f"hồ sơ tiếp nhận trong {month_name(look.period.month)}, cả nước"),
        ("“Chậm” là", board["late_words"]),
        ("Mở trên hệ thống", look.address(reverse("console_pack"))),
    )
