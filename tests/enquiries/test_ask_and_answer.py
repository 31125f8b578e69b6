"""Asking about data held on oneself, and the one answer. Luật 91/2025/QH15; five working days are the project's own."""

from datetime import date
from unittest import mock

import pytest
from django.db import DatabaseError, transaction

from lienthong.audit.public import Entry
from lienthong.enquiries.models import Enquiry
from lienthong.enquiries.public import (
    AlreadyAnswered,
    AlreadyAsked,
    Kind,
    NobodyToAsk,
    NoSuchEnquiry,
    WordsNeeded,
    WordsTooLong,
    answer,
    ask,
    enquiries_to_answer,
    find_enquiry,
    my_enquiries,
)
from lienthong.enquiries.rules import SubjectUnknownError, due_after
from lienthong.identity.public import ANONYMOUS, Actor, Duty, NotAllowed, Role, SignInNeeded
from lienthong.kit.calendar import Calendar
from lienthong.organisations.public import Organisation
from makers import at

pytestmark = pytest.mark.django_db

HANH = Actor("account:17", 17, "099194004471", "Nguyễn Thị Minh Hạnh", 1)
NAM = Actor("account:19", 19, "099088001234", "Lê Hoàng Nam", 1)


def officer(role: Role, place: str = "H20.47") -> Actor:
    return Actor("account:18", 18, None, "Võ Văn Hậu", 2, frozenset({Duty(role, place)}))


LEADER = officer(Role.LEADER)
WARD = Organisation(code="H20.47", name="Ủy ban nhân dân phường Bến Sen")
WORDS = "Tôi không nộp hồ sơ nào hôm ấy, vì sao cơ quan xem nơi ở của tôi"


def asked(subject: str = "access:17", kind: Kind = Kind.ACCESS, by: Actor = HANH) -> Enquiry:
    return ask(kind=kind, subject=subject, about="Nơi cư trú", words=WORDS, of=WARD, by=by)


def test_a_question_goes_to_one_agency_and_is_due_in_five_working_days() -> None:
    with at("20/11/2026 16:30"):
        one = asked()

    assert (one.person, one.organisation, one.words) == (HANH.personal_number, "H20.47", WORDS)
    assert one.due_on == date(2026, 11, 30), "Tuesday 24/11 is a day off, and so are two weekends' days"
    entry = Entry.objects.latest("pk")
    assert entry.event == "enquiries.EnquiryAsked"
    assert "nơi ở" not in entry.facts
    assert list(my_enquiries(HANH)) == [one]
    assert list(enquiries_to_answer(LEADER)) == [one]


@pytest.mark.parametrize(
    ("day", "due"), [(date(2026, 11, 9), date(2026, 11, 16)), (date(2026, 11, 21), date(2026, 11, 30))]
)
def test_the_day_of_asking_is_not_counted(day: date, due: date) -> None:
    """Civil Code 91/2015/QH13, article 147: a period in days begins on the next day."""
    assert due_after(day, 5, Calendar.official()) == due


def test_the_answer_stands_for_the_person_and_says_whether_they_were_right() -> None:
    one = asked()

    answer(enquiry=one.pk, words="Công chức xem nhầm hồ sơ cùng tên, đã nhắc nhở.", upheld=True, by=LEADER)

    kept = find_enquiry(one.pk, by=HANH)
    assert (kept.upheld, kept.answered_as) == (True, "Võ Văn Hậu")
    assert kept.finding == "Lần xem không đúng, đã xử lý"
    assert Entry.objects.latest("pk").event == "enquiries.EnquiryAnswered"


def test_one_question_a_reading_but_what_is_wrong_may_be_told_again_after_the_answer() -> None:
    asked()
    with pytest.raises(AlreadyAsked):
        asked()
    asked(by=NAM)
    first = asked("field:birth", Kind.WRONG)
    with pytest.raises(AlreadyAsked):
        asked("field:birth", Kind.WRONG)
    answer(enquiry=first.pk, words="Đã cải chính theo giấy khai sinh.", upheld=True, by=LEADER)
    asked("field:birth", Kind.WRONG)

    assert my_enquiries(HANH).count() == 3


def test_an_answer_is_given_once_and_neither_part_changes_or_goes() -> None:
    one = asked()
    answer(enquiry=one.pk, words="Xem để thẩm định hồ sơ nhà đất.", upheld=False, by=LEADER)

    with pytest.raises(AlreadyAnswered, match="Võ Văn Hậu"):
        answer(enquiry=one.pk, words="Câu trả lời khác hẳn.", upheld=True, by=LEADER)
    for change in (
        lambda: Enquiry.objects.filter(pk=one.pk).update(answer="khác"),
        lambda: Enquiry.objects.filter(pk=one.pk).delete(),
    ):
        with pytest.raises(DatabaseError, match="stay"), transaction.atomic():
            change()
    other = asked("access:18")
    with pytest.raises(DatabaseError, match="stay"), transaction.atomic():
        Enquiry.objects.filter(pk=other.pk).update(words="khác")


@pytest.mark.parametrize(
    ("words", "refusal"), [("", WordsNeeded), ("vì sao?", WordsNeeded), ("a" * 2001, WordsTooLong)]
)
def test_words_that_explain_nothing_or_never_end_are_refused(words: str, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        ask(kind=Kind.ACCESS, subject="access:17", about="", words=words, of=WARD, by=HANH)
    one = asked()
    with pytest.raises(refusal):
        answer(enquiry=one.pk, words=words, upheld=True, by=LEADER)

    assert [each.answer for each in Enquiry.objects.all()] == [""]


def test_who_answers_must_be_known() -> None:
    with pytest.raises(NobodyToAsk):
        ask(kind=Kind.ACCESS, subject="access:17", about="", words=WORDS, of=None, by=HANH)
    with pytest.raises(SubjectUnknownError):
        asked("lần xem")
    assert not Enquiry.objects.exists()


@pytest.mark.parametrize(
    ("by", "refusal"), [(LEADER, NotAllowed), (officer(Role.HANDLER), NotAllowed), (ANONYMOUS, SignInNeeded)]
)
def test_only_the_person_asks(by: Actor, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        asked(by=by)


@pytest.mark.parametrize(
    "by",
    [HANH, NAM, officer(Role.HANDLER), officer(Role.LEADER, "H24.01"), officer(Role.AUDITOR, "VN")],
)
def test_only_the_agencys_leader_answers(by: Actor) -> None:
    one = asked()
    with pytest.raises(NotAllowed):
        answer(enquiry=one.pk, words="Xem để thẩm định hồ sơ.", upheld=False, by=by)
    assert Enquiry.objects.get().answered_at is None
    assert not enquiries_to_answer(by).exists()


@pytest.mark.parametrize("by", [NAM, officer(Role.LEADER, "H24.01"), officer(Role.HANDLER), ANONYMOUS])
def test_nobody_else_reads_it(by: Actor) -> None:
    one = asked()
    with pytest.raises(NoSuchEnquiry):
        find_enquiry(one.pk, by=by)


def test_a_question_is_late_when_its_day_has_passed_unanswered_or_answered_later() -> None:
    with at("09/11/2026 09:00"):
        one = asked()
    assert not one.is_late(date(2026, 11, 16))
    assert one.is_late(date(2026, 11, 17))
    with mock.patch("django.utils.timezone.now", return_value=one.asked_at):
        answer(enquiry=one.pk, words="Xem để thẩm định hồ sơ.", upheld=False, by=LEADER)
    one.refresh_from_db()
    assert not one.is_late(date(2026, 12, 1))
