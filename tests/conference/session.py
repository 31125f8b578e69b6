"""A meeting of the National Committee with two provinces as sites, and everybody who may come near it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from console.committee import seat_committee
from lienthong.conference.public import (
    AgendaItem,
    Conclusion,
    Meeting,
    MeetingLine,
    MeetingPage,
    Site,
    State,
    add_item,
    conclude,
    connect_sites,
    meeting_page,
    note_arrival,
    open_meeting,
    plan_meeting,
)
from lienthong.identity.public import WHOLE_COUNTRY, Account, Actor, Duty, Role, assign_role, create_account
from lienthong.organisations.public import Organisation
from lienthong.steering.public import BodyPost, Plan, seat_member
from makers import BY, SINCE, World, moment

STARTS = "09/11/2026 09:00"


@dataclass
class Session:
    """`chair`, `secretary` run it; `here`, `far` lead the provinces connected; `outside` leads a third agency."""

    world: World
    plan: Plan
    meeting: Meeting
    accounts: dict[str, Account]

    def actor(self, who: str) -> Actor:
        account, (role, place) = self.accounts[who], DUTIES[who]
        code = WHOLE_COUNTRY if place == WHOLE_COUNTRY else getattr(self.world, place).code
        return Actor(account.reference, account.pk, None, account.name, 2, frozenset({Duty(role, code)}))

    @property
    def page(self) -> MeetingPage:
        return meeting_page(self.meeting.code, by=BY)

    def state(self) -> State:
        return self.page.room.state

    def site(self, agency: Organisation | None) -> Site:
        return self.meeting.sites.get(agency=agency)

    @property
    def here(self) -> Site:
        return self.site(self.world.province)

    @property
    def far(self) -> Site:
        return self.site(self.world.far_province)

    @property
    def item(self) -> AgendaItem:
        return self.meeting.items.order_by("number")[0]

    def opened(self) -> "Session":
        open_meeting(meeting=self.meeting, by=BY)
        return self

    def joined(self, site: Site, name: str = "Phan Thị Nga") -> MeetingLine:
        return note_arrival(site=site, name=name, post="Chủ tịch", by=BY)

    def concluded(self, **changes: Any) -> Conclusion:
        facts: dict[str, Any] = {
            "meeting": self.meeting, "text": "Giải quyết dứt điểm hồ sơ chậm", "leads": [self.world.province],
            "due_on": date(2026, 11, 30), "by": BY,
        }  # fmt: skip
        return conclude(**facts | changes)


DUTIES = {
    "chair": (Role.COMMITTEE, WHOLE_COUNTRY),
    "secretary": (Role.COMMITTEE, WHOLE_COUNTRY),
    "member": (Role.COMMITTEE, WHOLE_COUNTRY),
    "here": (Role.LEADER, "province"),
    "far": (Role.LEADER, "far_province"),
    "outside": (Role.LEADER, "ministry"),
    "ward": (Role.LEADER, "committee"),
    "handler": (Role.HANDLER, "province"),
}


@pytest.fixture(scope="module")
def convened(settled: World, django_db_blocker: DjangoDbBlocker) -> Iterator[Session]:
    """Seated once for a file, and gone from the database after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield session_of(settled)
        transaction.set_rollback(True)


@pytest.fixture
def session(convened: Session, world: World) -> Session:
    """As it was convened, whatever another test changed of these objects."""
    return replace(convened, world=world, meeting=Meeting.objects.get(pk=convened.meeting.pk))


def session_of(world: World) -> Session:
    plan = seat_committee(world)
    accounts = {"secretary": world.account("committee")}
    for who, (role, place) in DUTIES.items():
        if who not in accounts:
            accounts[who] = _officer(who, role, None if place == WHOLE_COUNTRY else getattr(world, place))
    for who, post in (("chair", BodyPost.CHAIR), ("member", BodyPost.MEMBER)):
        seat_member(
            body=plan.body, post=post, name=accounts[who].name, account=accounts[who], since=date(2026, 1, 1),
            source="thử", by=BY,
        )  # fmt: skip
    meeting = planned(plan)
    connect_sites(meeting=meeting, agencies=[world.province, world.far_province], by=BY)
    add_item(meeting=meeting, title="Hồ sơ chậm", presenter="Bộ Tư pháp", minutes=20, by=BY)
    add_item(meeting=meeting, title="Dữ liệu hộ tịch", minutes=15, by=BY)
    return Session(world, plan, meeting, accounts)


def planned(plan: Plan, title: str = "Phiên họp tháng 11", later: int = 0) -> Meeting:
    """A meeting at 9:00, `later` days after 09/11/2026, on the figures of that day."""
    starts = moment(STARTS) + timedelta(days=later)
    return plan_meeting(
        plan=plan, title=title, starts_at=starts, as_of=timezone.localtime(starts).date(), by=BY
    )


def _officer(who: str, role: Role, place: Organisation | None) -> Account:
    account = create_account(
        kind=Account.Kind.OFFICER, sign_in_name=f"hop.{who}", name=f"Người {who}", password=None, by=BY
    )
    assign_role(account=account, role=role, organisation=place, since=SINCE, source="thử", by=BY)
    return account


__all__ = ["DUTIES", "Session", "convened", "planned", "session", "session_of"]
