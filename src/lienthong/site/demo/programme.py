"""The programme of the demo: bodies, plans, and invented tasks in the numbers that the conferences told.

`data/programme_tasks.csv`: 81 tasks of Đề án 06 in 2024 (20 common, 61 specific, 17 of them in focus up to
June), its older road map, the national plan of 2024, and a plan of 2026. Late: 26 of Đề án 06 at the start of
2024, 51 of Đề án 06 and the national plan on 19/7/2024, as the conferences said.
"""

import csv
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from random import Random
from typing import Final

from django.db import transaction

from lienthong.identity.public import (
    DEMO_PASSWORD,
    Account,
    Role,
    assign_role,
    create_account,
    enrol_authenticator_app,
)
from lienthong.indicators.public import Tier
from lienthong.kit.calendar import VIETNAM
from lienthong.organisations.public import Kind, Organisation, organisation
from lienthong.site.demo.officers import DEMO
from lienthong.steering.public import (
    Act,
    Body,
    BodyKind,
    BodyPost,
    Cause,
    Compare,
    Deadline,
    DeadlineKind,
    Every,
    Group,
    OldLine,
    OldTask,
    Plan,
    Priority,
    SourceDocument,
    enter_history,
    found_body,
    note_document,
    open_plan,
    seat_member,
    set_target,
)

TASKS: Final = Path(__file__).parent / "data" / "programme_tasks.csv"
EVERYBODY: Final = "PROVINCES"
MADE_UP: Final = "Dữ liệu mẫu"
Find = Callable[[str, date], Organisation]
Row = dict[str, str]

DOCUMENTS: Final = {
    "06/QĐ-TTg": (date(2022, 1, 6), "Đề án phát triển ứng dụng dữ liệu về dân cư", "Quyết định"),
    "05/CT-TTg": (date(2023, 2, 23), "Tiếp tục đẩy mạnh Đề án 06 năm 2023", "Chỉ thị"),
    "131/NQ-CP": (date(2022, 10, 6), "Đẩy mạnh cải cách thủ tục hành chính", "Nghị quyết"),
    "452/CĐ-TTg": (date(2023, 5, 23), "Tháo gỡ điểm nghẽn của Đề án 06", "Công điện"),
    "04/CT-TTg": (date(2024, 2, 11), "Tiếp tục đẩy mạnh Đề án 06 năm 2024 và những năm tiếp theo", "Chỉ thị"),
    "KH-CĐS/2024": (date(2024, 2, 1), "Kế hoạch hoạt động về chuyển đổi số năm 2024 (mẫu)", "Kế hoạch"),
    "KH-CĐS/2026": (date(2026, 1, 20), "Kế hoạch hoạt động về chuyển đổi số năm 2026 (mẫu)", "Kế hoạch"),
}
PLANS: Final = {
    "DA06-2022": ("DA06", "Lộ trình Đề án 06 các năm 2022, 2023", 2022, date(2022, 1, 6), "TCT06"),
    "DA06-2024": ("DA06", "Kế hoạch Đề án 06 năm 2024", 2024, date(2024, 1, 15), "TCT06"),
    "CDS-2024": ("CDS", "Kế hoạch chuyển đổi số quốc gia năm 2024", 2024, date(2024, 2, 1), "UBQG"),
    "CDS-2026": ("CDS", "Kế hoạch chuyển đổi số quốc gia năm 2026", 2026, date(2026, 1, 20), "UBQG"),
}
PROGRAMMES: Final = {
    "DA06": ("Đề án 06", "06/QĐ-TTg, 06/01/2022"),
    "CDS": ("Chuyển đổi số quốc gia", "749/QĐ-TTg, 03/06/2020"),
}


@transaction.atomic
def play_programme(officers: dict[str, Account], unit: str, now: datetime) -> None:
    """Bodies with the demo's people, the plans with their tasks, the targets of this year's plan.

    `unit`: the code of the province that the tour's officers work in.
    """
    here = Organisation.objects.on(now.date())
    province = here.get(kind=Kind.PROVINCE_COMMITTEE, unit__code=unit, unit__level="province")
    bodies = _bodies(dict(officers) | _more_people(province), province)
    plans = enter_plans(bodies, find=cache(organisation), provinces=_provinces, now=now)
    _targets(plans["CDS-2026"])


def _more_people(province: Organisation) -> dict[str, Account]:
    """The committee's chair, and the chairman of a province."""
    seats = (
        ("son.trinh", "Trịnh Hoài Sơn", Role.COMMITTEE, None),
        ("nga.phan", "Phan Thị Nga", Role.LEADER, province),
    )
    made = {}
    for sign_in_name, name, role, place in seats:
        account = create_account(
            kind=Account.Kind.OFFICER, sign_in_name=sign_in_name, name=name, password=DEMO_PASSWORD,
            demo=True, by=DEMO,
        )  # fmt: skip
        enrol_authenticator_app(account=account, by=DEMO)
        assign_role(
            account=account, role=role, organisation=place, since=date(2026, 1, 1), source=MADE_UP, by=DEMO
        )
        made[sign_in_name] = account
    return made


def _provinces(day: date) -> list[Organisation]:
    """Provincial committees of a day."""
    found = Organisation.objects.on(day).filter(kind=Kind.PROVINCE_COMMITTEE, parent__isnull=True)
    return list(found.order_by("code"))


# ---- bodies


def _bodies(people: dict[str, Account], province: Organisation) -> dict[str, Body]:
    national = found_body(
        code="UBQG", name="Ủy ban Quốc gia về chuyển đổi số", kind=BodyKind.NATIONAL_COMMITTEE, host=None,
        since=date(2021, 9, 24), source="1619/QĐ-TTg, 24/09/2021", by=DEMO,
    )  # fmt: skip
    group = found_body(
        code="TCT06", name="Tổ công tác triển khai Đề án 06", kind=BodyKind.WORKING_GROUP, host=None,
        since=date(2022, 1, 18), source="06/QĐ-TTg, 06/01/2022", by=DEMO,
    )  # fmt: skip
    local = found_body(
        code=f"BCD-{province.code}", name=f"Ban Chỉ đạo chuyển đổi số {province.short_name}",
        kind=BodyKind.STEERING_COMMITTEE, host=province, since=date(2025, 7, 1), source=MADE_UP, by=DEMO,
    )  # fmt: skip
    for body in (national, group):
        _seat(body, BodyPost.CHAIR, "Trịnh Hoài Sơn", "Chủ tịch Ủy ban (mẫu)", people["son.trinh"])
        _seat(body, BodyPost.SECRETARY, "Đỗ Quỳnh Anh", "Thư ký Ủy ban (mẫu)", people["anh.do"])
    seat_member(
        body=national, post=BodyPost.CHAIR, name="Hoàng Bá Quý", title="Chủ tịch Ủy ban (mẫu)",
        since=date(2021, 9, 24), until=date(2026, 1, 1), source=MADE_UP, by=DEMO,
    )  # fmt: skip
    _seat(local, BodyPost.CHAIR, "Phan Thị Nga", f"Chủ tịch {province.short_name}", people["nga.phan"])
    _seat(local, BodyPost.SECRETARY, "Trần Đăng Khoa", "Thư ký Ban Chỉ đạo", people["khoa.tran"])
    return {"UBQG": national, "TCT06": group}


def _seat(body: Body, post: BodyPost, name: str, title: str, account: Account) -> None:
    seat_member(
        body=body, post=post, name=name, title=title, account=account, since=date(2026, 1, 1),
        source=MADE_UP, by=DEMO,
    )  # fmt: skip


# ---- plans and tasks


def enter_plans(
    bodies: dict[str, Body], *, find: Find, provinces: Callable[[date], list[Organisation]], now: datetime
) -> dict[str, Plan]:
    """The four plans with their tasks; what lies after `now` is left out."""
    with TASKS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    plans = {}
    for code, (programme, name, year, since, body) in PLANS.items():
        title, source = PROGRAMMES[programme]
        plan = open_plan(
            programme=programme, programme_name=title, source=source, code=code, name=name, year=year,
            since=since, body=bodies[body], by=DEMO,
        )  # fmt: skip
        papers = {
            number: note_document(
                number=number, signed_on=day, title=words, kind=kind, body=bodies[body], by=DEMO
            )
            for number, (day, words, kind) in DOCUMENTS.items()
        }
        mine = [row for row in rows if row["plan"] == code and _day(row["known"]) <= now.date()]
        tasks = [task for row in mine for task in _tasks(row, papers, find, provinces, now)]
        enter_history(plan=plan, tasks=tasks, by=DEMO)
        plans[code] = plan
    return plans


def _tasks(
    row: Row,
    papers: dict[str, SourceDocument],
    find: Find,
    provinces: Callable[[date], list[Organisation]],
    now: datetime,
) -> Iterator[OldTask]:
    assigned = _day(row["assigned"])
    partners = [find(code, assigned) for code in row["partners"].split("|") if code]
    documents = [papers[number] for number in row["documents"].split("|")]

    def task(code: str, lead: Organisation | None, parent: str, lines: Sequence[OldLine]) -> OldTask:
        return OldTask(
            code=code, content=row["content"], lead=lead, deadline=_deadline(row), documents=documents,
            lines=[line for line in lines if line.recorded_at <= now], parent=parent, partners=partners,
            product=row["product"], group=Group(row["group"]) if row["group"] else None,
            focus=row["focus"] == "1",
        )  # fmt: skip

    if row["lead"] != EVERYBODY:
        remover = find(row["remover"], _day(row["obstacle_on"])) if row["remover"] else None
        yield task(row["code"], find(row["lead"], assigned), "", _lines(row, remover))
        return
    yield task(row["code"], None, "", [_assigned(row)])
    dice = Random(row["code"])
    for agency in provinces(assigned):
        yield task(f"{row['code']}.{agency.code}", agency, row["code"], _part_lines(row, dice))


def _deadline(row: Row) -> Deadline:
    return Deadline(
        kind=DeadlineKind(row["deadline"]),
        due_on=_day(row["due"]) if row["due"] else None,
        event=row["event"],
        days=int(row["days"] or 0),
        every=Every(row["every"]) if row["every"] else None,
        day=int(row["day"] or 0),
        until=_day(row["until"]) if row["until"] else None,
    )


def _lines(row: Row, remover: Organisation | None) -> list[OldLine]:
    """A task's ledger from its row; answers name the line that they answer."""
    lines = [_assigned(row)]
    if row["every"]:
        lines += _periods(row)
    if row["percent"] or row["commitment"]:
        promised = _day(row["commitment"]) if row["commitment"] else None
        day = min(_day(row["assigned"]) + timedelta(days=150), _day(row["due"]))
        lines.append(_line(Act.REPORTED, day, 1, text="Đã xong phần chuẩn bị, đang làm phần còn lại",
                           percent=int(row["percent"] or 50), due_on=promised))  # fmt: skip
    if row["extended_to"]:
        later, day = _day(row["extended_to"]), _day(row["extended_on"])
        lines.append(
            _line(Act.ASKED_EXTENSION, day - timedelta(days=6), 0, text="Đấu thầu lại", due_on=later)
        )
        lines.append(_line(Act.GRANTED_EXTENSION, day, 0, reference="215/VPCP-KSTT", due_on=later,
                           answers=len(lines) - 1))  # fmt: skip
    if row["cause"]:
        obstacle = {"text": row["obstacle"], "proposal": row["proposal"], "cause": Cause(row["cause"])}
        lines.append(_line(Act.OBSTACLE, _day(row["obstacle_on"]), 1, remover=remover, **obstacle))
        if row["removed_on"]:
            lines.append(_line(Act.REMOVED_OBSTACLE, _day(row["removed_on"]), 1, text="Đã giải quyết",
                               answers=len(lines) - 1))  # fmt: skip
    if row["done"]:
        known = datetime.combine(_day(row["done_known"]), time(16, 30), VIETNAM)
        lines.append(OldLine(Act.COMPLETED, _day(row["done"]), known, reference=f"{row['code']}/BC"))
    return lines


def _assigned(row: Row) -> OldLine:
    known = datetime.combine(_day(row["known"]), time(9), VIETNAM)
    return OldLine(Act.ASSIGNED, _day(row["assigned"]), known)


def _line(act: Act, on: date, lag: int, **facts: object) -> OldLine:
    known = datetime.combine(on + timedelta(days=lag), time(10, 15), VIETNAM)
    return OldLine(act, on, known, **facts)  # type: ignore[arg-type]  # fields of OldLine by name


def _periods(row: Row) -> list[OldLine]:
    """A monthly report: each on its day but April's, two days late."""
    months = range(1, 11)
    days = [date(2026, month, 27 if month == 4 else 24) for month in months]
    return [_line(Act.PERIOD_DONE, day, 0, reference=f"{day.month:02d}/BC-VPCP") for day in days]


OBSTACLES: Final = {
    Cause.DATA: ("Sổ gốc lưu ở huyện cũ, chưa bàn giao hết", "Bàn giao xong kho lưu trữ huyện trong tháng"),
    Cause.PEOPLE: ("Xã chỉ có một công chức tư pháp, không kịp nhập", "Điều động hỗ trợ từ sở"),
    Cause.MONEY: ("Chưa được bố trí kinh phí quét sổ", "Bổ sung dự toán quý IV"),
    Cause.INFRASTRUCTURE: (
        "Đường truyền ở xã đảo, xã núi hay đứt",
        "Kéo cáp quang, dùng tạm đường vô tuyến",
    ),
}


def _part_lines(row: Row, dice: Random) -> list[OldLine]:
    """Most provinces finish in time, some late, a few are held up by something."""
    assigned, due = _day(row["assigned"]), _day(row["due"])
    lines, luck = [_assigned(row)], dice.random()
    if row["cause"] and luck < 0.15:
        cause = Cause(dice.choice(row["cause"].split("|")))
        text, proposal = OBSTACLES[cause]
        lines.append(
            _line(Act.OBSTACLE, _day(row["obstacle_on"]), 2, text=text, proposal=proposal, cause=cause)
        )
        return lines
    if luck < 0.2:
        return lines
    if luck < 0.3:
        done = due + timedelta(days=dice.randrange(3, 20))
    else:
        done = assigned + timedelta(days=dice.randrange(40, (due - assigned).days))
    lines.append(_line(Act.COMPLETED, done, 1, reference=f"{dice.randrange(20, 900)}/BC-UBND"))
    return lines


def _day(text: str) -> date:
    return date.fromisoformat(text)


# ---- targets of the year


def _targets(plan: Plan) -> None:
    """What the conference of 19/7/2024 set, kept for 2026 by an invented plan, with the denominators named."""
    day, title, kind = DOCUMENTS["KH-CĐS/2026"]
    document = note_document(
        number="KH-CĐS/2026", signed_on=day, title=title, kind=kind, body=plan.body, by=DEMO
    )
    services = (
        "tỷ lệ dịch vụ công trực tuyến toàn trình",
        "end_to_end_services",
        "dịch vụ có hồ sơ trong kỳ",
    )
    dossiers = ("tỷ lệ hồ sơ dịch vụ công trực tuyến toàn trình", "online_dossiers", "hồ sơ đã tiếp nhận")
    for (subject, indicator, whole), tier, value, compare in (
        (services, Tier.MINISTRY, 80, Compare.REACH),
        (services, Tier.LOCALITY, 95, Compare.AT_LEAST),
        (dossiers, Tier.MINISTRY, 85, Compare.REACH),
        (dossiers, Tier.LOCALITY, 60, Compare.AT_LEAST),
    ):
        set_target(
            plan=plan, subject=subject, value=Decimal(value), unit="%", compare=compare, whole=whole,
            due_on=date(2026, 12, 31), document=document, indicator=indicator, tier=tier,
            priority=Priority.URGENT if tier is Tier.LOCALITY else Priority.NORMAL, by=DEMO,
        )  # fmt: skip
