"""A committee, a plan, agencies and who speaks for them, for tests of the register of tasks."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from lienthong.identity.public import (
    WHOLE_COUNTRY,
    Account,
    Actor,
    Duty,
    Role,
    create_account,
    system,
)
from lienthong.kit.calendar import VIETNAM
from lienthong.organisations.public import Kind, Organisation
from lienthong.site.demo.programme import enter_plans
from lienthong.steering.public import (
    Body,
    BodyKind,
    BodyPost,
    Deadline,
    DeadlineKind,
    Plan,
    SourceDocument,
    Task,
    assign_task,
    found_body,
    note_document,
    open_plan,
    seat_member,
)

BY = system("test")


def moment(text: str) -> datetime:
    """ "09/11/2026 08:41", Vietnamese time."""
    return datetime.strptime(text, "%d/%m/%Y %H:%M").replace(tzinfo=VIETNAM)


def fixed(text: str) -> Deadline:
    return Deadline(DeadlineKind.FIXED, date.fromisoformat(text))


def agency(code: str, name: str = "", parent: Organisation | None = None) -> Organisation:
    kind = Kind.MINISTRY if code.startswith("G") else Kind.PROVINCE_COMMITTEE
    return Organisation.objects.create(
        code=code, valid_from=date(2020, 7, 22), name=name or f"Cơ quan {code}", short_name=name or code,
        kind=kind, parent=parent, path=f"{parent.path if parent else ''}{code}/", source="thử",
        search_key=code.lower(), sort_key=code.lower(),
    )  # fmt: skip


def account(name: str) -> Account:
    return create_account(
        kind=Account.Kind.OFFICER, sign_in_name=name, name=f"Người {name}", password=None, by=BY
    )


def actor(who: Account, role: Role, place: str) -> Actor:
    return Actor(who.reference, who.pk, None, who.name, 2, frozenset({Duty(role, place)}))


@dataclass
class Register:
    """A national committee with chair, secretary and a plain member; a plan; two provinces, a ministry."""

    body: Body
    plan: Plan
    document: SourceDocument
    dong_thap: Organisation
    hai_phong: Organisation
    ministry: Organisation
    chair: Actor
    secretary: Actor
    member: Actor
    leader: Actor
    """Of Đồng Tháp."""
    officer: Actor
    """Đồng Tháp's own steering committee."""
    far_leader: Actor
    ministry_leader: Actor

    def assign(self, **changes: Any) -> Task:
        facts: dict[str, Any] = {
            "plan": self.plan,
            "content": "Gửi đủ dữ liệu sổ hộ tịch đã số hóa",
            "leads": [self.dong_thap],
            "documents": [self.document],
            "deadline": fixed("2024-03-31"),
            "assigned_on": date(2024, 1, 15),
            "by": self.secretary,
        }
        return assign_task(**facts | changes)


def build_register() -> Register:
    body = found_body(
        code="UBQG", name="Ủy ban Quốc gia về chuyển đổi số", kind=BodyKind.NATIONAL_COMMITTEE, host=None,
        since=date(2021, 9, 24), source="1619/QĐ-TTg", by=BY,
    )  # fmt: skip
    people = {
        name: account(name) for name in ("chair", "secretary", "member", "leader", "officer", "far", "min")
    }
    for name, post in (
        ("chair", BodyPost.CHAIR),
        ("secretary", BodyPost.SECRETARY),
        ("member", BodyPost.MEMBER),
    ):
        seat_member(
            body=body, post=post, name=people[name].name, account=people[name], since=date(2023, 1, 1),
            source="thử", by=BY,
        )  # fmt: skip
    plan = open_plan(
        programme="CDS", programme_name="Chuyển đổi số quốc gia", source="749/QĐ-TTg", code="CDS-2024",
        name="Kế hoạch 2024", year=2024, since=date(2024, 1, 1), body=body, by=BY,
    )  # fmt: skip
    return Register(
        body=body,
        plan=plan,
        document=note_document(
            number="04/CT-TTg",
            signed_on=date(2024, 2, 11),
            title="Đẩy mạnh Đề án 06",
            kind="Chỉ thị",
            body=body,
            by=BY,
        ),
        dong_thap=agency("H20", "Ủy ban nhân dân tỉnh Đồng Tháp"),
        hai_phong=agency("H24", "Ủy ban nhân dân thành phố Hải Phòng"),
        ministry=agency("G15", "Bộ Tư pháp"),
        chair=actor(people["chair"], Role.COMMITTEE, WHOLE_COUNTRY),
        secretary=actor(people["secretary"], Role.COMMITTEE, WHOLE_COUNTRY),
        member=actor(people["member"], Role.COMMITTEE, WHOLE_COUNTRY),
        leader=actor(people["leader"], Role.LEADER, "H20"),
        officer=actor(people["officer"], Role.COMMITTEE, "H20"),
        far_leader=actor(people["far"], Role.LEADER, "H24"),
        ministry_leader=actor(people["min"], Role.LEADER, "G15"),
    )


def enter_demo_plans(now: datetime) -> dict[str, Plan]:
    """The demo's four plans, with agencies made as they are asked for."""
    bodies = {
        code: found_body(
            code=code,
            name=code,
            kind=BodyKind.WORKING_GROUP,
            host=None,
            since=date(2021, 9, 24),
            source="thử",
            by=BY,
        )
        for code in ("UBQG", "TCT06")
    }
    known: dict[str, Organisation] = {}

    def find(code: str, _day: date) -> Organisation:
        return known.setdefault(code, known[code] if code in known else agency(code))

    return enter_plans(
        bodies, find=find, provinces=lambda day: [find(f"H{n:02d}", day) for n in range(1, 35)], now=now
    )


Finder = Callable[[str, date], Organisation]
