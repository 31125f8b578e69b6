"""A meeting is prepared, opened, held and closed; what does not fit is refused in a sentence."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from conference.session import Session, planned
from lienthong.audit.public import entries_about
from lienthong.conference.public import (
    Meeting,
    MeetingLine,
    State,
    add_item,
    approve_minutes,
    ask_floor,
    call_off_meeting,
    called_off_ahead,
    change_meeting,
    close_meeting,
    connect_sites,
    correct_arrival,
    disconnect_site,
    drop_item,
    drop_paper,
    move_item,
    note_arrival,
    note_departure,
    open_meeting,
    plan_meeting,
    put_paper,
    strike_arrival,
    take_up_item,
)
from lienthong.conference.rules import refusals
from lienthong.kit.errors import Refused
from lienthong.steering.public import BodyKind, found_body, open_plan
from makers import BY, at, keep_paper, moment

pytestmark = pytest.mark.django_db


def refused(kind: type[Refused], act: object, **facts: object) -> str:
    """The sentence; nothing is written, neither in the ledger nor in the record."""
    before = MeetingLine.objects.count(), Meeting.objects.count()
    with pytest.raises(kind) as told:
        act(**facts, by=BY)  # type: ignore[operator]  # an action
    assert (MeetingLine.objects.count(), Meeting.objects.count()) == before
    return str(told.value)


def test_a_meeting_goes_from_planned_to_open_to_closed_to_approved(session: Session) -> None:
    assert session.state() is State.PLANNED
    open_meeting(meeting=session.meeting, by=BY)
    take_up_item(item=session.item, by=BY)
    assert session.state() is State.OPEN
    assert session.page.room.item == session.item.pk
    close_meeting(meeting=session.meeting, by=BY)
    approve_minutes(meeting=session.meeting, by=BY)
    assert session.state() is State.APPROVED
    told = [each.event for each in entries_about(f"meeting:{session.meeting.code}")]
    assert set(told) >= {
        "conference.MeetingPlanned", "conference.MeetingOpened", "conference.ItemTakenUp",
        "conference.MeetingClosed", "conference.MinutesApproved",
    }  # fmt: skip


def test_the_centre_is_there_from_the_start_and_stays(session: Session) -> None:
    sites = session.page.sites
    assert sites[0].agency is None
    assert {site.agency for site in sites[1:]} == {session.world.province, session.world.far_province}
    assert "luôn có" in refused(refusals.CentreStays, disconnect_site, site=session.site(None))


def test_a_meeting_without_sites_or_agenda_does_not_open(session: Session) -> None:
    bare = planned(session.plan, later=1)
    assert "Thêm ít nhất một điểm cầu" in refused(refusals.SitesMissing, open_meeting, meeting=bare)
    connect_sites(meeting=bare, agencies=[session.world.province], by=BY)
    assert "chưa có nội dung nào" in refused(refusals.ItemsMissing, open_meeting, meeting=bare)
    add_item(meeting=bare, title="Việc chung", minutes=5, by=BY)
    open_meeting(meeting=bare, by=BY)


def test_a_body_holds_one_meeting_at_a_time(session: Session) -> None:
    other = planned(session.plan, later=1)
    connect_sites(meeting=other, agencies=[session.world.province], by=BY)
    add_item(meeting=other, title="Việc chung", minutes=5, by=BY)
    session.opened()
    assert session.meeting.code in refused(refusals.AnotherIsOpen, open_meeting, meeting=other)
    close_meeting(meeting=session.meeting, by=BY)
    open_meeting(meeting=other, by=BY)


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({"title": " "}, refusals.TitleMissing),
        ({"starts_at": moment("09/11/2026 08:40")}, refusals.StartsInThePast),
        ({"as_of": date(2026, 11, 11)}, refusals.FiguresAfter),
    ],
)
def test_facts_that_do_not_fit_are_refused(
    session: Session, changes: dict[str, object], kind: type[Refused]
) -> None:
    facts = {"plan": session.plan, "title": "Phiên", "starts_at": moment("10/11/2026 09:00"),
             "as_of": date(2026, 11, 10)}  # fmt: skip
    refused(kind, plan_meeting, **facts | changes)
    refused(kind, change_meeting, meeting=session.meeting, **facts | changes)


def test_a_meeting_is_about_a_plan_of_its_own_body(session: Session) -> None:
    other = found_body(code="X", name="Tổ khác", kind=BodyKind.WORKING_GROUP, host=None,
                       since=date(2026, 1, 1), source="thử", by=BY)  # fmt: skip
    plan = open_plan(programme="CDS", programme_name="", source="", code="X-1", name="Kế hoạch khác",
                     year=2026, since=date(2026, 1, 1), body=other, by=BY)  # fmt: skip
    refused(refusals.PlanOfAnother, change_meeting, meeting=session.meeting, plan=plan, title="x",
            starts_at=moment("10/11/2026 09:00"), as_of=date(2026, 11, 10))  # fmt: skip


def test_what_is_prepared_stays_when_the_meeting_has_opened(session: Session) -> None:
    connect_sites(meeting=session.meeting, agencies=[session.world.province], by=BY)
    assert len(session.page.sites) == 3, "connected once"
    put_paper(item=session.item, file=keep_paper(BY), by=BY)
    session.opened()
    assert "đang họp" in refused(refusals.IsOpen, disconnect_site, site=session.here)
    refused(refusals.IsOpen, drop_item, item=session.item)
    refused(refusals.IsOpen, change_meeting, meeting=session.meeting, plan=session.plan, title="Khác",
            starts_at=moment("10/11/2026 09:00"), as_of=date(2026, 11, 10))  # fmt: skip
    connect_sites(meeting=session.meeting, agencies=[session.world.ministry], by=BY)
    close_meeting(meeting=session.meeting, by=BY)
    refused(refusals.IsClosed, connect_sites, meeting=session.meeting, agencies=[session.world.committee])
    refused(refusals.IsClosed, add_item, meeting=session.meeting, title="Muộn", minutes=5)


def test_items_and_sites_go_while_the_meeting_is_planned(session: Session) -> None:
    put_paper(item=session.item, file=keep_paper(BY), by=BY)
    drop_item(item=session.item, by=BY)
    disconnect_site(site=session.far, by=BY)
    assert [each.title for each in session.page.items] == ["Dữ liệu hộ tịch"]
    assert len(session.page.sites) == 2
    added = add_item(meeting=session.meeting, title="Thêm", minutes=5, by=BY)
    assert added.number == 2, "the others closed up"


def test_items_change_places_one_by_one(session: Session) -> None:
    third = add_item(meeting=session.meeting, title="Việc khác", minutes=5, by=BY)
    move_item(item=third, up=True, by=BY)
    assert [(each.number, each.title) for each in session.page.items] == [
        (1, "Hồ sơ chậm"), (2, "Việc khác"), (3, "Dữ liệu hộ tịch"),
    ]  # fmt: skip
    move_item(item=session.item, up=False, by=BY)
    assert [each.title for each in session.page.items] == ["Việc khác", "Hồ sơ chậm", "Dữ liệu hộ tịch"]
    refused(refusals.NoFurther, move_item, item=session.item, up=True)
    refused(refusals.NoFurther, move_item, item=session.page.items[2], up=False)
    session.opened()
    refused(refusals.IsOpen, move_item, item=session.item, up=False)


def test_a_paper_put_by_mistake_goes_while_the_meeting_is_planned(session: Session) -> None:
    paper, kept = (put_paper(item=session.item, file=keep_paper(BY), by=BY) for _ in range(2))
    drop_paper(paper=paper, by=BY)
    assert list(session.item.papers.all()) == [kept]
    session.opened()
    refused(refusals.IsOpen, drop_paper, paper=kept)


def test_a_planned_meeting_is_called_off_with_its_reason_and_stays_so(session: Session) -> None:
    refused(refusals.ReasonMissing, call_off_meeting, meeting=session.meeting, reason=" ")
    call_off_meeting(meeting=session.meeting, reason="Bão số 9", by=BY)
    room = session.page.room
    assert (room.state, room.called_off and room.called_off.text) == (State.CALLED_OFF, "Bão số 9")
    assert called_off_ahead(by=session.actor("here")) == [(session.meeting, "Bão số 9")]
    assert called_off_ahead(by=session.actor("outside")) == []
    with at("09/11/2026 09:01"):
        assert called_off_ahead(by=session.actor("here")) == [], "its hour has passed"
    assert "thôi không họp" in refused(refusals.IsCalledOff, open_meeting, meeting=session.meeting)
    refused(refusals.IsCalledOff, call_off_meeting, meeting=session.meeting, reason="x")
    refused(refusals.IsCalledOff, add_item, meeting=session.meeting, title="x", minutes=5)
    assert [each.event for each in entries_about(f"meeting:{session.meeting.code}")].count(
        "conference.MeetingCalledOff"
    ) == 1
    assert planned(session.plan, later=1).code != session.meeting.code


def test_a_meeting_in_session_is_closed_not_called_off(session: Session) -> None:
    session.opened()
    refused(refusals.IsOpen, call_off_meeting, meeting=session.meeting, reason="x")


def test_a_name_written_down_wrong_is_put_right_everywhere(session: Session) -> None:
    wrong = session.opened().joined(session.here, "Phan Thị Ngà")
    ask_floor(site=session.here, by=BY)
    refused(refusals.NameMissing, correct_arrival, arrival=wrong, name=" ")
    session.joined(session.here, "Lê Văn Tám")
    refused(refusals.AlreadyHere, correct_arrival, arrival=wrong, name="lê văn tám")
    correct_arrival(arrival=wrong, name="Phan Thị Nga", post="Phó Chủ tịch", by=BY)
    room = session.page.room
    assert [(each.came.name, each.came.post) for each in room.here(session.here.pk)] == [
        ("Phan Thị Nga", "Phó Chủ tịch"), ("Lê Văn Tám", "Chủ tịch"),
    ]  # fmt: skip
    assert (room.waiting[0].name, room.waiting[0].post) == ("Phan Thị Nga", "Phó Chủ tịch")
    assert wrong.name == "Phan Thị Ngà", "what was written stays in the ledger"
    close_meeting(meeting=session.meeting, by=BY)
    correct_arrival(arrival=wrong, name="Phan Thị Nga", post="Chủ tịch", by=BY)
    approve_minutes(meeting=session.meeting, by=BY)
    refused(refusals.IsApproved, correct_arrival, arrival=wrong, name="Khác")


def test_who_was_not_there_is_struck_out_unless_he_asked_to_speak(session: Session) -> None:
    absent, speaker = session.opened().joined(session.here, "Vắng mặt"), session.joined(session.here)
    ask_floor(site=session.here, arrival=speaker, by=BY)
    refused(refusals.ReasonMissing, strike_arrival, arrival=absent, reason="")
    strike_arrival(arrival=absent, reason="Ghi nhầm", by=BY)
    assert [each.came.name for each in session.page.room.presences] == ["Phan Thị Nga"]
    refused(refusals.NotHere, strike_arrival, arrival=absent, reason="x")
    refused(refusals.NotHere, correct_arrival, arrival=absent, name="Khác")
    assert "đã đăng ký phát biểu" in refused(refusals.HasAsked, strike_arrival, arrival=speaker, reason="x")
    session.joined(session.here, "Vắng mặt")


@pytest.mark.parametrize("minutes", [0, 481])
def test_an_item_takes_between_a_minute_and_a_day(session: Session, minutes: int) -> None:
    refused(refusals.MinutesOutOfRange, add_item, meeting=session.meeting, title="x", minutes=minutes)


def test_a_provincial_body_meets_with_agencies_of_its_province(session: Session) -> None:
    world = session.world
    body = found_body(code="BCD-H20", name="Ban Chỉ đạo", kind=BodyKind.STEERING_COMMITTEE, host=world.province,
                      since=date(2026, 1, 1), source="thử", by=BY)  # fmt: skip
    plan = open_plan(programme="CDS", programme_name="", source="", code="T-1", name="Kế hoạch tỉnh",
                     year=2026, since=date(2026, 1, 1), body=body, by=BY)  # fmt: skip
    meeting = planned(plan)
    said = refused(refusals.SiteOutside, connect_sites, meeting=meeting, agencies=[world.far_committee])
    assert "không thuộc Ủy ban nhân dân tỉnh Đồng Tháp" in said
    connect_sites(meeting=meeting, agencies=[world.committee], by=BY)


def test_roll_call_by_name_and_post_and_leaving(session: Session) -> None:
    assert "chưa khai mạc" in refused(refusals.NotOpenYet, note_arrival, site=session.here, name="Nga")
    session.opened()
    arrival = session.joined(session.here, "Phan Thị Nga")
    assert "đã được điểm danh" in refused(
        refusals.AlreadyHere, note_arrival, site=session.here, name="phan thị nga "
    )
    refused(refusals.NameMissing, note_arrival, site=session.here, name=" ")
    session.joined(session.far, "Phan Thị Nga")
    note_departure(arrival=arrival, by=BY)
    refused(refusals.NotHere, note_departure, arrival=arrival)
    assert [each.came.name for each in session.page.room.here(session.here.pk)] == []
    session.joined(session.here, "Phan Thị Nga")


def test_the_same_item_is_not_taken_up_twice_running(session: Session) -> None:
    session.opened()
    take_up_item(item=session.item, by=BY)
    refused(refusals.AlreadyTakenUp, take_up_item, item=session.item)


def test_a_press_that_comes_twice_is_told_so(session: Session) -> None:
    """Two chairs press the same: the second one is refused."""
    refused(refusals.NotOpenYet, close_meeting, meeting=session.meeting)
    session.opened()
    refused(refusals.IsOpen, open_meeting, meeting=session.meeting)
    refused(refusals.IsOpen, approve_minutes, meeting=session.meeting)
    close_meeting(meeting=session.meeting, by=BY)
    assert "đã bế mạc" in refused(refusals.IsClosed, close_meeting, meeting=session.meeting)
    approve_minutes(meeting=session.meeting, by=BY)
    refused(refusals.IsApproved, approve_minutes, meeting=session.meeting)


def test_what_is_entered_afterwards_keeps_its_order_and_is_not_ahead(session: Session) -> None:
    with at("10/11/2026 09:00"):
        open_meeting(meeting=session.meeting, at=moment("09/11/2026 14:00"), by=BY)
        refused(
            refusals.BeforeLastLine, close_meeting, meeting=session.meeting, at=moment("09/11/2026 13:59")
        )
        refused(refusals.NotYet, close_meeting, meeting=session.meeting, at=moment("10/11/2026 09:02"))
        close_meeting(meeting=session.meeting, at=moment("09/11/2026 16:00"), by=BY)
    room = session.page.room
    assert (room.opened_at, room.closed_at) == (moment("09/11/2026 14:00"), moment("09/11/2026 16:00"))


def test_a_clock_a_little_behind_puts_no_line_before_the_last(session: Session) -> None:
    session.opened()
    with at("09/11/2026 08:40"):
        line = close_meeting(meeting=session.meeting, by=BY)
    assert line.happened_at == moment("09/11/2026 08:41")


def test_the_database_refuses_any_change_of_what_was_written(session: Session) -> None:
    session.opened()
    session.concluded()
    for statement in (
        "UPDATE conference_meetingline SET text = 'khác'",
        "DELETE FROM conference_meetingline",
        "UPDATE conference_conclusion SET text = 'khác'",
        "DELETE FROM conference_conclusion",
    ):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_codes_go_on_counting(session: Session) -> None:
    assert (session.meeting.code, planned(session.plan, later=1).code) == ("UBQG-P01", "UBQG-P02")
    assert timezone.localtime(session.meeting.starts_at) == moment("09/11/2026 09:00")
