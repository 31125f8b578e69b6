"""Who sits in a post since when: one at a time, and nothing recorded is rewritten."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from lienthong.audit.public import entries_about
from lienthong.organisations.public import (
    AppointedTooEarly,
    Holding,
    Organisation,
    Post,
    PostVacant,
    appoint_holder,
    end_holding,
    holder_of,
    holdings_of,
    open_post,
    posts_of,
)


class Clerk:
    reference = "account:1"


@pytest.fixture
def post(db: None) -> Post:
    """A chair in an agency of these tests."""
    agency = Organisation.objects.create(
        code="H98",
        valid_from=date(2025, 7, 1),
        name="Ủy ban nhân dân tỉnh Thử",
        short_name="UBND tỉnh Thử",
        kind="province_committee",
        path="H98/",
        source="test",
        search_key="uy ban nhan dan tinh thu",
        sort_key="",
    )
    return open_post(organisation=agency, title="Chủ tịch")


def appoint(post: Post, holder: str, since: date) -> Holding:
    return appoint_holder(
        post=post, holder=holder, holder_name="Lê  Văn Thử", since=since, source="12/QĐ", by=Clerk()
    )


def test_the_first_holder(post: Post) -> None:
    holding = appoint(post, "account:17", date(2025, 7, 1))
    assert (holding.holder_name, holding.until) == ("Lê Văn Thử", None)
    assert holder_of(post, date(2026, 1, 1)) == holding
    assert holder_of(post, date(2025, 6, 30)) is None


def test_the_next_holder_ends_the_time_of_the_one_before(post: Post) -> None:
    first = appoint(post, "account:17", date(2025, 7, 1))
    second = appoint(post, "account:18", date(2026, 3, 1))
    first.refresh_from_db()
    assert first.until == date(2026, 3, 1)
    assert holder_of(post, date(2026, 2, 28)) == first
    assert holder_of(post, date(2026, 3, 1)) == second
    assert holdings_of("account:17", date(2026, 3, 1)) == []
    assert holdings_of("account:18", date(2026, 3, 1)) == [second]


@pytest.mark.parametrize("since", [date(2025, 7, 1), date(2025, 6, 30)])
def test_an_appointment_on_or_before_the_first_day_of_the_present_holder_is_refused(
    post: Post, since: date
) -> None:
    appoint(post, "account:17", date(2025, 7, 1))
    with pytest.raises(AppointedTooEarly, match="01/07/2025"):
        appoint(post, "account:18", since)
    assert post.holdings.count() == 1


def test_a_holder_who_leaves_leaves_the_post_vacant(post: Post) -> None:
    appoint(post, "account:17", date(2025, 7, 1))
    ended = end_holding(post=post, until=date(2026, 1, 1), by=Clerk())
    assert ended.until == date(2026, 1, 1)
    assert holder_of(post, date(2026, 1, 1)) is None
    with pytest.raises(PostVacant):
        end_holding(post=post, until=date(2026, 2, 1), by=Clerk())


def test_two_holders_of_one_post_on_one_day_cannot_be_stored(post: Post) -> None:
    appoint(post, "account:17", date(2025, 7, 1))
    with pytest.raises(IntegrityError), transaction.atomic():
        Holding.objects.create(
            post=post, holder="account:18", holder_name="Trần Thị Thử", since=date(2026, 1, 1), source="13/QĐ"
        )


def test_the_record_holds_ids_and_no_name(post: Post) -> None:
    appoint(post, "account:17", date(2025, 7, 1))
    [entry] = entries_about(f"post:{post.pk}")
    assert entry.actor == "account:1"
    assert "Thử" not in entry.facts


def test_a_post_opened_twice_is_one_post_and_equal_seats_are_numbered(post: Post) -> None:
    again = open_post(organisation=post.organisation, title=" Chủ  tịch ")
    second = open_post(organisation=post.organisation, title="Phó Chủ tịch", seat=2)
    assert again == post
    assert posts_of(post.organisation) == [post, second]
