"""The ward's world with a committee over it: the secretary assigns, the ward's leader reports."""

from datetime import date
from typing import Any

from lienthong.steering.public import (
    BodyKind,
    BodyPost,
    Deadline,
    DeadlineKind,
    Plan,
    Task,
    assign_task,
    found_body,
    note_document,
    open_plan,
    seat_member,
)
from makers import BY, World


def seat_committee(world: World) -> Plan:
    body = found_body(
        code="UBQG", name="Ủy ban Quốc gia về chuyển đổi số", kind=BodyKind.NATIONAL_COMMITTEE, host=None,
        since=date(2021, 9, 24), source="1619/QĐ-TTg", by=BY,
    )  # fmt: skip
    seat_member(
        body=body, post=BodyPost.SECRETARY, name="Đỗ Quỳnh Anh", account=world.account("committee"),
        since=date(2026, 1, 1), source="thử", by=BY,
    )  # fmt: skip
    return open_plan(
        programme="CDS", programme_name="Chuyển đổi số quốc gia", source="749/QĐ-TTg", code="CDS-2026",
        name="Kế hoạch 2026", year=2026, since=date(2026, 1, 1), body=body, by=BY,
    )  # fmt: skip


def given(world: World, plan: Plan, **changes: Any) -> Task:
    document = note_document(
        number="KL-01", signed_on=date(2026, 11, 2), title="Kết luận phiên họp", kind="Kết luận", body=plan.body,
        by=BY,
    )  # fmt: skip
    facts: dict[str, Any] = {
        "plan": plan, "content": "Gửi đủ dữ liệu hộ tịch", "leads": [world.committee], "documents": [document],
        "deadline": Deadline(DeadlineKind.FIXED, date(2026, 11, 30)), "assigned_on": date(2026, 11, 2), "by": BY,
    }  # fmt: skip
    return assign_task(**facts | changes)
