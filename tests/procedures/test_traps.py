"""The traps that real records hold, each from the notes to the gathered procedures (procedures.md, 4)."""

from datetime import date

import msgspec
import pytest

from lienthong.kit.calendar import Calendar, at_time
from lienthong.kit.deadlines import Counting, Limit, LimitUnit, due_at
from lienthong.procedures.content import Content, LegalBases
from lienthong.procedures.public import (
    ProcedureVersion,
    agency_limit,
    fee_for,
    find_procedures,
    papers_for,
    result_reuse,
)
from lienthong.procedures.rules import DefectKind, component_result, defects, newest_law, portal_fee
from procedures.records import fee, limit, with_fees, with_limits

TODAY = date(2026, 11, 21)
WAIVED = {"account_level": 2, "five_papers_integrated": True}

Contents = dict[str, Content]


def kinds(content: Content) -> list[DefectKind]:
    return [d.kind for d in defects(content, on=TODAY)]


def test_zero_beside_local_council_is_unknown_never_zero(contents: Contents) -> None:
    assert portal_fee(0, "Mức thu do Hội đồng nhân dân tỉnh quy định") == (None, "Hội đồng nhân dân cấp tỉnh")
    assert portal_fee(0, "Miễn phí") == (0, None)
    quote = fee_for(contents["1.004873"], on=TODAY, channel="direct")
    assert quote.total is None
    assert quote.lines[0].amount is None
    assert quote.lines[0].set_by == "Hội đồng nhân dân cấp tỉnh"
    assert "Hội đồng nhân dân cấp tỉnh" in quote.sentence.format(**quote.facts)


def test_no_null_amount_of_the_record_is_read_as_zero(contents: Contents) -> None:
    for content in contents.values():
        for channel in content.channels.items:
            quote = fee_for(content, on=TODAY, channel=channel)
            if any(f.amount is None for f in content.fees.items) and quote.total is not None:
                assert content.code in {"1.001193", "1.000656", "2.000815"}  # unknown only in another case


def test_newest_law_wins_over_conflicting_limits(contents: Contents) -> None:
    """1.013225 on the portal: 7 and 10 working days by channel, 20 days twice under one case code."""
    old = limit(20, "day", "cấp mới", case_codes=["1.013225.01"], basis="175/2024/NĐ-CP", printed_in="case")
    twin = limit(20, "working_day", "cấp mới", case_codes=["1.013225.01"], printed_in="case")
    new = limit(7, "working_day", "nhà ở riêng lẻ", basis="217/2026/NĐ-CP Điều 54", printed_in="channel")
    spoiled = with_limits(contents["1.013225"], old, twin, new)
    assert kinds(spoiled).count(DefectKind.CONFLICTING_TIME_LIMIT) == 2
    assert newest_law([old, new]) is new
    assert newest_law([old, twin]) is None
    assert agency_limit(contents["1.013225"])[0] == Limit(7, LimitUnit.WORKING_DAY)
    assert DefectKind.CONFLICTING_TIME_LIMIT not in kinds(contents["1.013225"])


@pytest.mark.parametrize(
    ("code", "amount", "case"),
    [
        ("1.001456", 160_000, "cấp mới áp dụng đến 31/12/2023"),
        ("3.000347", 115_000, "trực tuyến đến hết ngày 31/12/2025"),
    ],
)
def test_expired_amount_is_not_charged(contents: Contents, code: str, amount: int, case: str) -> None:
    spoiled = with_fees(contents[code], fee(amount, case))
    assert DefectKind.EXPIRED_FEE in kinds(spoiled)
    assert fee_for(spoiled, on=TODAY, channel="online").total is None
    in_time = fee_for(spoiled, on=date(2023, 12, 31), channel="online")
    assert in_time.total == amount


def test_unit_other_cannot_be_counted(contents: Contents) -> None:
    spoiled = with_limits(contents["1.001193"], limit(1, "other"))
    assert DefectKind.UNIT_OTHER in kinds(spoiled)
    assert agency_limit(spoiled) == (None, None)


def test_sibling_cases_of_mixed_units_are_named(contents: Contents) -> None:
    spoiled = with_limits(contents["1.000894"], limit(1, "day", "a"), limit(1, "working_day", "b"))
    assert kinds(spoiled) == [DefectKind.MIXED_UNITS]


def test_paper_is_submitted_presented_or_looked_up(contents: Contents) -> None:
    demands = {d.paper.key: d for d in papers_for(contents["1.000894"], channel="direct")}
    assert demands["to_khai"].action == "submit"
    assert demands["giay_to_tuy_than"].action == "present"
    assert demands["tinh_trang_hon_nhan"].action == "looked_up"


@pytest.mark.parametrize("channel", ["online", "direct"])
def test_presented_paper_is_never_asked_as_a_copy(contents: Contents, channel: str) -> None:
    """ "Đòi nộp bản sao của giấy tờ chỉ phải xuất trình" is forbidden."""
    for content in contents.values():
        for demand in papers_for(content, channel=channel, known=set()):  # type: ignore[arg-type] # parametrized
            if demand.paper.action == "present":
                assert demand.action == "present"
                assert not demand.must_be_attached


def test_presented_paper_goes_by_post_as_certified_copy_in_civil_status_only(contents: Contents) -> None:
    by_post = {d.paper.key: d for d in papers_for(contents["1.000894"], channel="post", known=set())}
    assert by_post["giay_to_tuy_than"].action == "submit"
    assert by_post["giay_to_tuy_than"].certified_copy
    elsewhere = {d.paper.key: d for d in papers_for(contents["2.000908"], channel="post", known=set())}
    assert elsewhere["giay_to_tuy_than"].action == "present"


@pytest.mark.parametrize(
    ("on", "channel", "facts", "total"),
    [
        (date(2025, 6, 30), "direct", {}, 200_000),
        (date(2025, 7, 1), "direct", {}, 100_000),
        (date(2026, 8, 14), "online", WAIVED, 100_000),
        (date(2026, 8, 15), "online", WAIVED, 0),
        (date(2026, 11, 21), "direct", WAIVED, 100_000),
        (date(2026, 11, 21), "online", {"account_level": 1, "five_papers_integrated": True}, 100_000),
        (date(2026, 11, 21), "online", {"account_level": 2}, 100_000),
        (date(2026, 12, 31), "online", WAIVED, 0),
        (date(2027, 1, 1), "direct", {}, None),  # TT 28/2026/TT-BTC's table was not seen
        (date(2027, 2, 28), "online", WAIVED, 0),
        (date(2027, 3, 1), "online", WAIVED, None),
    ],
)
def test_best_of_base_half_and_zero_fee_applies(
    contents: Contents, on: date, channel: str, facts: dict[str, object], total: int | None
) -> None:
    """TT 25/2021, half by TT 64/2025 to 31/12/2026, nothing by TT 117/2026 from 15/8/2026 to 28/2/2027."""
    assert fee_for(contents["1.001456"], on=on, channel=channel, facts=facts).total == total  # type: ignore[arg-type] # parametrized


@pytest.mark.parametrize(
    ("old", "new"), [("2.002621", "3.000722"), ("2.000488", "3.000333"), ("1.001978", "1.014748")]
)
def test_search_finds_replaced_and_new_code(loaded: list[ProcedureVersion], old: str, new: str) -> None:
    by_old, by_new = find_procedures(old, TODAY), find_procedures(new, TODAY)
    assert [f.procedure.code for f in by_old] == [f.procedure.code for f in by_new] == [new]
    assert by_old[0].replaced_code == old
    assert by_new[0].replaced_code is None


def test_result_of_one_is_paper_of_another(contents: Contents) -> None:
    assert component_result("000.00.00.G15-KQ003303") == "KQ.G15.003303"
    assert component_result("khác") is None
    assert result_reuse(contents["1.001193"], {"KQ.G15.003303", "KQ.G15.000031"}) == {
        "xac_nhan_mang_thai_ho": "KQ.G15.003303"
    }
    held = papers_for(
        contents["1.001193"], channel="online", known={"xac_nhan_mang_thai_ho"}, answers={"surrogacy": True}
    )
    assert {d.paper.key: d.action for d in held}["xac_nhan_mang_thai_ho"] == "looked_up"


def test_law_to_come_is_kept_with_its_first_day(contents: Contents) -> None:
    """Luật Hộ tịch 03/2026/QH16 from 1/3/2027: a version of its own will begin on that day."""
    coming = contents["1.001193"].legal_bases.coming[0]
    assert (coming.law, coming.effective_from) == ("Luật Hộ tịch 03/2026/QH16", date(2027, 3, 1))


def test_limits_of_others_are_never_the_agencys(contents: Contents) -> None:
    house = contents["1.013225"]
    assert [(v.value, v.unit) for v in house.variants] == [
        (7, "working_day"),
        (10, "working_day"),
        (9, "working_day"),
        (5, "working_day"),
    ]
    for content in contents.values():
        assert all(v.whose == "agency" and v.reading.scope == "whole" for v in content.variants)
    assert agency_limit(contents["1.014748"])[0] == Limit(15, LimitUnit.WORKING_DAY)
    parties = [t.whose for t in contents["1.014748"].limits.items]
    assert parties == ["agency", "applicant", "applicant", "applicant", "social_insurance"]


def test_received_after_15_hours_counts_as_the_next_day(contents: Contents) -> None:
    limit_, cut_off = agency_limit(contents["1.001193"])
    assert limit_ == Limit.same_day()
    counting = Counting(cut_off=cut_off)
    calendar = Calendar.official()
    early = due_at(
        at_time(date(2026, 11, 19), cut_off.replace(hour=14)), limit_, calendar=calendar, counting=counting
    )  # type: ignore[union-attr] # the birth record has one
    late = due_at(
        at_time(date(2026, 11, 19), cut_off.replace(minute=1)),  # type: ignore[union-attr] # the birth record has one
        limit_,
        calendar=calendar,
        counting=counting,
    )
    assert early.date() == date(2026, 11, 19)
    assert late.date() == date(2026, 11, 20)
    assert agency_limit(contents["1.004873"])[1] is None


def test_unlabelled_cases_keep_their_code_and_get_no_name(contents: Contents) -> None:
    content = contents["1.000656"]
    assert [v.title for v in content.variants] == ["thông thường", None, None, None]
    assert agency_limit(content, "1.000656.01")[0] == Limit(5, LimitUnit.WORKING_DAY)
    assert DefectKind.UNLABELLED_CASES in kinds(content)
    assert DefectKind.UNLABELLED_CASES in kinds(contents["2.000635"])


@pytest.mark.parametrize("code", ["1.001776", "2.002913", "1.005142"])
def test_limit_that_nobody_saw_stays_unknown(contents: Contents, code: str) -> None:
    assert agency_limit(contents[code])[0] is None


def test_zero_fee_that_means_local_fee_is_named(contents: Contents) -> None:
    spoiled = with_fees(contents["1.013949"], fee(0, "phí", note="Thu theo Luật Phí và lệ phí"))
    assert kinds(spoiled) == [DefectKind.ZERO_FEE_MEANS_LOCAL_FEE]


def test_example_amount_is_named(contents: Contents) -> None:
    spoiled = with_fees(contents["1.001612"], fee(150_000, set_by="Hội đồng nhân dân cấp tỉnh"))
    assert DefectKind.EXAMPLE_FEE_AS_FACT in kinds(spoiled)


def test_missing_limit_is_named(contents: Contents) -> None:
    spoiled = with_limits(contents["1.001612"], limit(None, None, "thông thường"))
    assert kinds(spoiled) == [DefectKind.MISSING_TIME_LIMIT]


def test_fee_split_by_channel_is_named(contents: Contents) -> None:
    spoiled = with_fees(
        contents["2.001583"],
        fee(100_000, "công bố", "publication", channels=("online",)),
        fee(50_000, "lệ phí", "registration", channels=("direct",)),
    )
    assert kinds(spoiled) == [DefectKind.FEE_SPLIT_BY_CHANNEL]
    assert DefectKind.FEE_SPLIT_BY_CHANNEL not in kinds(contents["2.001583"])


def test_outdated_basis_is_named(contents: Contents) -> None:
    bases = LegalBases(
        items=("Luật 50/2014/QH13", "175/2024/NĐ-CP"), certainty=contents["1.013225"].legal_bases.certainty
    )
    spoiled = msgspec.structs.replace(contents["1.013225"], legal_bases=bases)
    assert kinds(spoiled) == [DefectKind.OUTDATED_LEGAL_BASIS] * 2
    assert defects(spoiled, on=date(2026, 6, 30)) == []


def test_abolished_paper_is_named(contents: Contents) -> None:
    assert kinds(contents["3.000001"]) == [DefectKind.ABOLISHED_PAPER]


def test_every_known_defect_kind_has_its_detector(book: object) -> None:
    assert {d["defect"] for d in book.defects} == {kind.value for kind in DefectKind}  # type: ignore[attr-defined] # a SourceBook


def test_reception_and_decision_may_be_at_different_levels(contents: Contents) -> None:
    authority = contents["3.000347"].authority
    assert authority.deciding_level == "ministry"
    assert "Công an cấp xã" in authority.reception
