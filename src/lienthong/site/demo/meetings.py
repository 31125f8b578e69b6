"""Two meetings of the demo's National Committee: one held a week ago, whose conclusions became tasks, one to come.

Made through the same actions as any meeting; what is over is entered afterwards, with the hours it happened at.
"""

from datetime import date, datetime, time, timedelta
from io import BytesIO
from pathlib import Path
from typing import Final

from django.db import transaction

from lienthong.conference.public import (
    AgendaItem,
    Meeting,
    MeetingLine,
    Site,
    add_item,
    approve_minutes,
    ask_floor,
    assign_conclusion,
    close_meeting,
    conclude,
    connect_sites,
    end_floor,
    give_floor,
    note_arrival,
    note_departure,
    open_meeting,
    plan_meeting,
    put_paper,
    take_up_item,
)
from lienthong.documents.public import keep_file, typeset
from lienthong.kit.calendar import Calendar, at_time
from lienthong.organisations.public import Kind, Organisation
from lienthong.site.demo.officers import DEMO, officer_name
from lienthong.steering.public import Plan

TEMPLATES: Final = Path(__file__).parent / "data"
SEED: Final = 7
EIGHT: Final = time(8)
PRESENTERS: Final = {
    "Tình hình thực hiện chỉ tiêu năm 2026": ("Thư ký Ủy ban", 20),
    "Hồ sơ chậm và nguyên nhân": ("Bộ Nội vụ", 25),
    "Dữ liệu hộ tịch, đất đai: đúng, đủ, sạch, sống": ("Bộ Tư pháp", 30),
    "Ý kiến các điểm cầu": ("Các tỉnh, thành phố", 40),
}
CONCLUSIONS: Final = (
    ("Giải quyết dứt điểm hồ sơ đã quá hạn, công khai danh sách hằng tuần", "*", 12, "Báo cáo kết quả"),
    ("Bàn giao sổ hộ tịch gốc còn lưu ở huyện cũ cho Trung tâm cấp xã", "82", 30, "Biên bản bàn giao"),
    ("Hướng dẫn một cách hiểu về ngày tính hạn khi chờ bổ sung hồ sơ", "G09", 45, "Văn bản hướng dẫn"),
    ("Mở dịch vụ tra cứu giấy khai sinh bản sao cho 34 tỉnh, thành phố", "G15", 3, "Dịch vụ đã mở"),
)
"""What was concluded; who shall do it ("*": every province, two digits: the province); days; the product."""
SPEAKERS: Final = (
    ("82", "Sổ gốc lưu ở huyện cũ"),
    ("01", "Tải hồ sơ dồn cuối tháng"),
    ("66", "Đường truyền ở xã núi"),
)


@transaction.atomic
def play_meetings(now: datetime) -> None:
    """`play_programme` has been played."""
    plan = Plan.objects.get(code="CDS-2026")
    provinces = list(
        Organisation.objects.on(now.date())
        .filter(kind=Kind.PROVINCE_COMMITTEE, parent__isnull=True)
        .select_related("unit")
        .order_by("code")
    )
    calendar = Calendar.official()
    held = calendar.subtract_working_days(now.date(), 5)
    meeting = _planned(plan, f"Phiên họp thường kỳ tháng {held.month}", at_time(held, EIGHT), provinces,
                       planned=at_time(held, EIGHT) - timedelta(days=6))  # fmt: skip
    _held(meeting, provinces, at_time(held, EIGHT))
    ahead = calendar.next_working_day(calendar.next_working_day(now.date()))
    _planned(plan, f"Hội nghị trực tuyến với 34 tỉnh, thành phố, tháng {ahead.month}",
             at_time(ahead, EIGHT), provinces)  # fmt: skip


def _planned(
    plan: Plan,
    title: str,
    starts_at: datetime,
    provinces: list[Organisation],
    planned: datetime | None = None,
) -> Meeting:
    meeting = plan_meeting(
        plan=plan, title=title, starts_at=starts_at, as_of=starts_at.date() - timedelta(days=1), at=planned,
        by=DEMO,
    )  # fmt: skip
    connect_sites(meeting=meeting, agencies=provinces, by=DEMO)
    for name, (presenter, minutes) in PRESENTERS.items():
        item = add_item(meeting=meeting, title=name, presenter=presenter, minutes=minutes, by=DEMO)
        if minutes < 40:
            _paper(item, meeting)
    return meeting


def _paper(item: AgendaItem, meeting: Meeting) -> None:
    lines = [
        f"Tài liệu phục vụ {meeting.title}. Số liệu của phiên họp mở được trên trang điều hành, đến từng hồ sơ.",
        "Dữ liệu mẫu: do máy sinh ra, không có thật.",
    ]
    data = {"title": item.title, "body": meeting.body.name, "lines": lines}
    made = typeset(TEMPLATES / "meeting_paper.typ", data, root=TEMPLATES)
    file = keep_file(content=BytesIO(made), name=f"tai-lieu-{item.number}.pdf", by=DEMO)
    put_paper(item=item, file=file, by=DEMO)


def _held(meeting: Meeting, provinces: list[Organisation], start: datetime) -> None:
    """Everybody but one province came; three spoke; four conclusions, each a task."""

    def minute(number: int) -> datetime:
        return start + timedelta(minutes=number)

    sites = {
        site.agency.unit.code: site
        for site in meeting.sites.select_related("agency__unit")
        if site.agency and site.agency.unit
    }
    open_meeting(meeting=meeting, at=minute(2), by=DEMO)
    items = list(meeting.items.order_by("number"))
    came = _roll(meeting, sites, minute(3))
    for item, when in zip(items, (4, 24, 50, 81), strict=True):
        take_up_item(item=item, at=minute(when), by=DEMO)
    for number, (unit, text) in enumerate(SPEAKERS):
        ask = ask_floor(site=sites[unit], arrival=came[unit], text=text, at=minute(84 + 9 * number), by=DEMO)
        give_floor(ask=ask, at=minute(85 + 9 * number), by=DEMO)
        end_floor(ask=ask, at=minute(91 + 9 * number), by=DEMO)
    note_departure(arrival=came["01"], at=minute(112), by=DEMO)
    ministries = {a.code: a for a in Organisation.objects.on(start.date()).filter(kind=Kind.MINISTRY)}
    for number, (text, who, days, product) in enumerate(CONCLUSIONS):
        place = sites[who].agency if who in sites else None
        leads = provinces if who == "*" else [place or ministries[who]]
        due: date = start.date() + timedelta(days=days)
        made = conclude(meeting=meeting, text=text, leads=leads, due_on=due, product=product,
                        item=items[-1], at=minute(112 + 2 * number), by=DEMO)  # fmt: skip
        assign_conclusion(conclusion=made, at=minute(113 + 2 * number), by=DEMO)
    close_meeting(meeting=meeting, at=minute(120), by=DEMO)
    approve_minutes(meeting=meeting, at=minute(26 * 60), by=DEMO)


def _roll(meeting: Meeting, sites: dict[str, Site], when: datetime) -> dict[str, MeetingLine]:
    """Who came, by the statistics office's code of the province."""
    centre = meeting.sites.get(agency=None)
    note_arrival(site=centre, name="Trịnh Hoài Sơn", post="Chủ tịch Ủy ban (mẫu)", at=when, by=DEMO)
    note_arrival(site=centre, name="Đỗ Quỳnh Anh", post="Thư ký Ủy ban (mẫu)", at=when, by=DEMO)
    there = {code: site for code, site in sites.items() if code != "12"}
    return {
        code: note_arrival(
            site=site, name=officer_name(code, "chair", SEED), post="Chủ tịch (mẫu)", at=when, by=DEMO
        )
        for code, site in there.items()
    }
