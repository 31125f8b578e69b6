"""Rating a service once. NĐ 118/2025/NĐ-CP: the public rates each dossier."""

from fractions import Fraction

import pytest

from lienthong.audit.public import Entry
from lienthong.feedback.public import (
    AlreadyRated,
    CommentTooLong,
    Rating,
    ScoreOutOfRange,
    average_of,
    rate,
    rating_of,
)
from lienthong.feedback.rules import SubjectUnknownError
from lienthong.identity.public import ANONYMOUS, Actor, Duty, NotAllowed, Role, SignInNeeded, system

pytestmark = pytest.mark.django_db

HANH = Actor("account:17", 17, "099192004471", "Nguyễn Thị Minh Hạnh", 1)
OFFICER = Actor("account:18", 18, None, "Phạm Đức Long", 1, frozenset({Duty(Role.HANDLER, "H20.47")}))
SUBJECT = "dossier:202600000000001"


def test_a_rating_is_kept_with_an_event_that_holds_no_words() -> None:
    rating = rate(subject=SUBJECT, score=5, comment=" Nhanh, dễ hiểu ", by=HANH)

    assert (rating.score, rating.comment, rating.by) == (5, "Nhanh, dễ hiểu", "account:17")
    assert rating_of(SUBJECT) == rating
    entry = Entry.objects.latest("pk")
    assert entry.event == "feedback.ServiceRated"
    assert "Nhanh" not in entry.facts


def test_a_subject_is_rated_once() -> None:
    rate(subject=SUBJECT, score=5, by=HANH)

    with pytest.raises(AlreadyRated):
        rate(subject=SUBJECT, score=1, by=HANH)

    assert [r.score for r in Rating.objects.all()] == [5]


@pytest.mark.parametrize("score", [0, 6, -1])
def test_a_score_outside_1_to_5_is_refused_and_nothing_kept(score: int) -> None:
    with pytest.raises(ScoreOutOfRange):
        rate(subject=SUBJECT, score=score, by=HANH)

    assert not Rating.objects.exists()


def test_a_comment_has_an_end() -> None:
    with pytest.raises(CommentTooLong, match="2000"):
        rate(subject=SUBJECT, score=3, comment="a" * 2001, by=HANH)


def test_a_subject_is_named_by_its_kind_and_id() -> None:
    with pytest.raises(SubjectUnknownError):
        rate(subject="hồ sơ của tôi", score=3, by=HANH)


@pytest.mark.parametrize(
    ("by", "error"), [(OFFICER, NotAllowed), (system("demo"), NotAllowed), (ANONYMOUS, SignInNeeded)]
)
def test_only_citizens_rate(by: Actor, error: type[Exception]) -> None:
    with pytest.raises(error):
        rate(subject=SUBJECT, score=5, by=by)


def test_the_average_is_a_fraction_and_none_over_nothing() -> None:
    rate(subject="dossier:1", score=5, by=HANH)
    rate(subject="dossier:2", score=4, by=HANH)

    assert average_of(["dossier:1", "dossier:2", "dossier:3"]).score == Fraction(9, 2)
    assert average_of(["dossier:3"]).score is None
