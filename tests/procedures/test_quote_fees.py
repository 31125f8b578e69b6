"""What a case costs: by charge, channel, number and class of applicant."""

from datetime import date

import pytest

from lienthong.procedures.content import Content
from lienthong.procedures.public import FactQuestion, case_questions, fee_for, question_value

TODAY = date(2026, 11, 21)
WAIVED = {"account_level": 2, "five_papers_integrated": True}
Contents = dict[str, Content]


def test_birth_in_time_costs_nothing_and_copies_are_charged_each(contents: Contents) -> None:
    """TT 281/2016/TT-BTC: 8,000 đồng a copy."""
    quote = fee_for(contents["1.001193"], on=TODAY, channel="online", facts={"late": False, "copies": 3})
    assert quote.total == 24_000
    assert [(line.charge, line.amount, line.quantity) for line in quote.lines] == [
        ("registration", 0, 1),
        ("copies", 24_000, 3),
    ]


def test_late_birth_costs_what_the_province_says(contents: Contents) -> None:
    quote = fee_for(contents["1.001193"], on=TODAY, channel="online", facts={"late": True, "copies": 1})
    assert quote.total is None
    assert quote.facts == {"set_by": "Hội đồng nhân dân cấp tỉnh"}


def test_poor_household_is_exempt_from_registration_not_from_copies(contents: Contents) -> None:
    facts = {"late": True, "copies": 1, "applicant_classes": {"poor_household"}}
    quote = fee_for(contents["1.001193"], on=TODAY, channel="direct", facts=facts)
    assert quote.total == 8_000
    assert quote.lines[0].policy == "người thuộc hộ nghèo"


def test_unanswered_question_leaves_the_total_open_and_says_which(contents: Contents) -> None:
    quote = fee_for(contents["1.001193"], on=TODAY, channel="online")
    assert (quote.total, quote.asks, dict(quote.assumed)) == (None, ("late",), {"copies": 0})


@pytest.mark.parametrize(
    ("pages", "copies", "total"),
    [(1, 1, 2_000), (2, 1, 4_000), (3, 1, 5_000), (3, 2, 10_000), (500, 1, 200_000)],
)
def test_certified_copy_is_charged_by_page_up_to_a_ceiling(
    contents: Contents, pages: int, copies: int, total: int
) -> None:
    """TT 226/2016/TT-BTC: 2,000 for pages 1 and 2, 1,000 from page 3, at most 200,000 a copy."""
    facts = {"pages": pages, "copies": copies}
    assert fee_for(contents["2.000815"], on=TODAY, channel="direct", facts=facts).total == total


def test_notary_amount_is_not_known(contents: Contents) -> None:
    facts = {"place": "notary", "pages": 3}
    assert fee_for(contents["2.000815"], on=TODAY, channel="direct", facts=facts).total is None


def test_residence_costs_half_online_and_nothing_when_waived(contents: Contents) -> None:
    """TT 75/2022/TT-BTC; TT 117/2026/TT-BTC."""
    content = contents["1.004222"]
    assert fee_for(content, on=TODAY, channel="online").total == 10_000
    assert fee_for(content, on=TODAY, channel="direct").total == 20_000
    waived = fee_for(content, on=TODAY, channel="online", facts=WAIVED)
    assert (waived.total, waived.lines[0].base, waived.lines[0].policy) == (0, 10_000, "temporary_fee_waiver")


def test_channel_without_an_amount_is_unknown(contents: Contents) -> None:
    assert fee_for(contents["1.004222"], on=TODAY, channel="post").total is None


def test_waiver_not_yet_met_is_offered_with_what_is_missing(contents: Contents) -> None:
    quote = fee_for(contents["1.004222"], on=TODAY, channel="direct", facts={"account_level": 2})
    assert [offer.missing for offer in quote.offers] == [("channel", "five_papers_integrated")]


def test_waiver_makes_an_unknown_local_fee_zero(contents: Contents) -> None:
    """For 1.004873 the marriage papers must be integrated as well."""
    content = contents["1.004873"]
    assert fee_for(content, on=TODAY, channel="online", facts=WAIVED).total is None
    facts = WAIVED | {"marriage_paper_integrated": True}
    assert fee_for(content, on=TODAY, channel="online", facts=facts).total == 0


def test_company_pays_publication_beside_registration(contents: Contents) -> None:
    content = contents["2.001583"]
    assert fee_for(content, on=TODAY, channel="online").total == 100_000
    assert fee_for(content, on=TODAY, channel="direct").total == 125_000
    assert fee_for(content, on=date(2027, 1, 1), channel="direct").total == 150_000


def test_student_pays_half_for_a_criminal_record(contents: Contents) -> None:
    """TT 16/2025/TT-BTC."""
    content = contents["3.000333"]
    assert fee_for(content, on=TODAY, channel="direct").total == 200_000
    student = fee_for(content, on=TODAY, channel="direct", facts={"applicant_classes": {"student"}})
    assert (student.total, student.lines[0].base) == (100_000, 200_000)


def test_list_of_people_is_charged_by_person(contents: Contents) -> None:
    facts = {"by_list": True, "people": 12}
    assert fee_for(contents["1.004194"], on=TODAY, channel="direct", facts=facts).total == 120_000
    asked = fee_for(contents["1.004194"], on=TODAY, channel="direct", facts={"by_list": True})
    assert (asked.total, asked.asks) == (None, ("people",))


def test_doubt_of_the_source_is_carried_into_the_quote(contents: Contents) -> None:
    assert "28/2026/TT-BTC" in (fee_for(contents["1.001456"], on=TODAY, channel="direct").note or "")


def test_questions_are_those_that_the_form_and_the_registers_leave_open(contents: Contents) -> None:
    """Numbers and choices too; not how many copies where the form asks it, nor a marriage that is known."""
    copies = case_questions(contents["2.000815"], channel="direct")
    assert [(q.key, q.kind) for q in copies.values()][-3:] == [
        ("place", "choice"),
        ("pages", "integer"),
        ("copies", "integer"),
    ]
    birth = case_questions(contents["1.001193"], channel="online", known={"parents_married"})
    assert list(birth) == ["surrogacy", "by_proxy"]


def test_answers_to_questions_are_read_as_they_are_meant() -> None:
    pages = FactQuestion(key="pages", question="Số trang", kind="integer")
    assert [question_value(pages, text) for text in ("0", "3", "-1", "1001", "x", "", None)] == [
        0, 3, None, None, None, None, None,
    ]  # fmt: skip
    place = FactQuestion(key="place", question="Nơi", kind="choice", options=("commune", "notary"))
    assert [question_value(place, text) for text in ("notary", "elsewhere")] == ["notary", None]
