"""A conclusion, and the task it becomes with one press."""

from datetime import date

import pytest

from conference.session import Session, planned
from conference.test_session import refused
from lienthong.conference.public import (
    add_item,
    approve_minutes,
    assign_conclusion,
    close_meeting,
    conclude,
    conclusion_of,
    connect_sites,
    meeting_before,
    open_meeting,
    retract_conclusion,
    standing_conclusions,
)
from lienthong.conference.rules import refusals
from lienthong.kit.errors import Refused
from lienthong.steering.public import BodyKind, Task, found_body, open_plan
from lienthong.steering.rules.refusals import DueBeforeAssigned
from makers import BY, at

pytestmark = pytest.mark.django_db


def test_one_press_makes_a_conclusion_a_task_on_the_ground_of_the_minutes(session: Session) -> None:
    conclusion = session.opened().concluded(product="Báo cáo", item=session.item)
    task = assign_conclusion(conclusion=conclusion, by=session.actor("chair"))
    assert (task.content, task.product, task.lead, task.plan) == (
        conclusion.text, "Báo cáo", session.world.province, session.plan,
    )  # fmt: skip
    document = task.documents.get()
    assert (document.number, document.kind, document.signed_on) == (
        "BB UBQG-P01", "Biên bản phiên họp", date(2026, 11, 9),
    )  # fmt: skip
    assert conclusion_of(task) == conclusion
    said = refused(refusals.IsTask, assign_conclusion, conclusion=conclusion)
    assert said == f"Kết luận này đã thành nhiệm vụ {task.code}."
    assert Task.objects.count() == 1


def test_for_several_agencies_the_task_has_parts_and_each_knows_its_meeting(session: Session) -> None:
    conclusion = session.opened().concluded(leads=[session.world.province, session.world.far_province])
    task = assign_conclusion(conclusion=conclusion, by=BY)
    parts = list(task.parts.order_by("code"))
    assert [part.lead for part in parts] == [session.world.province, session.world.far_province]
    assert {conclusion_of(each) for each in (task, *parts)} == {conclusion}


@pytest.mark.parametrize(
    ("changes", "kind", "words"),
    [
        ({"text": " "}, refusals.ConclusionMissing, "Nhập nội dung kết luận"),
        ({"leads": []}, refusals.LeadMissing, "cơ quan phải làm"),
        ({"due_on": date(2026, 11, 8)}, refusals.DuePassed, "Thời hạn 08/11/2026 đã qua"),
    ],
)
def test_what_is_missing_or_past_is_said(
    session: Session, changes: dict[str, object], kind: type[Refused], words: str
) -> None:
    session.opened()
    facts = {"meeting": session.meeting, "text": "x", "leads": [session.world.province],
             "due_on": date(2026, 11, 9)}  # fmt: skip
    assert words in refused(kind, conclude, **facts | changes)
    conclude(**facts, by=BY)  # type: ignore[arg-type]  # facts of conclude


def test_only_a_meeting_in_session_concludes(session: Session) -> None:
    facts = {"meeting": session.meeting, "text": "x", "leads": [session.world.province],
             "due_on": date(2026, 11, 30)}  # fmt: skip
    refused(refusals.NotOpenYet, conclude, **facts)
    close_meeting(meeting=session.opened().meeting, by=BY)
    refused(refusals.IsClosed, conclude, **facts)


def test_a_provincial_body_gives_no_work_to_another_province(session: Session) -> None:
    world = session.world
    body = found_body(code="BCD-H20", name="Ban Chỉ đạo", kind=BodyKind.STEERING_COMMITTEE, host=world.province,
                      since=date(2026, 1, 1), source="thử", by=BY)  # fmt: skip
    plan = open_plan(programme="CDS", programme_name="", source="", code="T-1", name="Kế hoạch tỉnh",
                     year=2026, since=date(2026, 1, 1), body=body, by=BY)  # fmt: skip
    meeting = planned(plan)
    connect_sites(meeting=meeting, agencies=[world.committee], by=BY)
    add_item(meeting=meeting, title="Hồ sơ chậm", minutes=5, by=BY)
    open_meeting(meeting=meeting, by=BY)
    said = refused(refusals.LeadOutside, conclude, meeting=meeting, text="x", leads=[world.far_committee],
                   due_on=date(2026, 11, 30))  # fmt: skip
    assert "không thuộc Ủy ban nhân dân tỉnh Đồng Tháp" in said
    conclude(meeting=meeting, text="x", leads=[world.committee], due_on=date(2026, 11, 30), by=BY)


def test_an_item_of_another_meeting_does_not_fit(session: Session) -> None:
    session.opened()
    other = planned(session.plan, later=1)
    refused(refusals.OfAnotherMeeting, conclude, meeting=other, text="x", leads=[session.world.province],
            due_on=date(2026, 11, 30), item=session.item)  # fmt: skip


def test_a_mistake_is_retracted_with_its_reason_and_becomes_no_task(session: Session) -> None:
    conclusion = session.opened().concluded()
    refused(refusals.ReasonMissing, retract_conclusion, conclusion=conclusion, reason=" ")
    retract_conclusion(conclusion=conclusion, reason="Ghi nhầm cơ quan", by=BY)
    assert standing_conclusions(session.meeting) == []
    assert len(session.page.conclusions) == 1, "it stays in the ledger"
    refused(refusals.IsRetracted, retract_conclusion, conclusion=conclusion, reason="x")
    refused(refusals.IsRetracted, assign_conclusion, conclusion=conclusion)
    assert session.concluded().number == 2


def test_what_is_a_task_is_not_retracted(session: Session) -> None:
    conclusion = session.opened().concluded()
    assign_conclusion(conclusion=conclusion, by=BY)
    refused(refusals.IsTask, retract_conclusion, conclusion=conclusion, reason="x")


def test_a_task_may_still_be_given_after_the_close_but_not_past_its_due_day(session: Session) -> None:
    first, second = session.opened().concluded(), session.concluded(due_on=date(2026, 11, 12))
    close_meeting(meeting=session.meeting, by=BY)
    approve_minutes(meeting=session.meeting, by=BY)
    assign_conclusion(conclusion=first, by=BY)
    with at("13/11/2026 09:00"):
        refused(DueBeforeAssigned, assign_conclusion, conclusion=second)
    assert Task.objects.count() == 1, "nothing half saved"


def test_the_next_meeting_knows_the_last_one_held(session: Session) -> None:
    following = planned(session.plan, later=7)
    assert meeting_before(following) is None, "planned only"
    conclusion = session.opened().concluded()
    assert meeting_before(following) is None, "still in session"
    close_meeting(meeting=session.meeting, by=BY)
    before = meeting_before(following)
    assert before == session.meeting
    assert standing_conclusions(session.meeting) == [conclusion]
    assert meeting_before(session.meeting) is None
