"""What single sentences say. The corpus measures; these hold what must never slip."""

from datetime import date
from decimal import Decimal

import pytest

from lienthong.data.reading import (
    Change,
    Comparator,
    DateBasis,
    Fact,
    Head,
    Kind,
    facts_in,
    read_in_context,
)
from lienthong.data.reading.errors import NothingProposed, TooManyFacts

DAY = date(2026, 11, 20)


def read(*paragraphs: str, dated: date | None = DAY) -> list[Fact]:
    return list(facts_in(paragraphs, dated=dated))


def only(sentence: str, dated: date | None = DAY) -> Fact:
    found = read(sentence, dated=dated)
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("words", "comparator", "value", "to"),
    [
        ("ít nhất 95%", Comparator.AT_LEAST, "95", None),
        ("tối thiểu 95%", Comparator.AT_LEAST, "95", None),
        ("không thấp hơn 98,5%", Comparator.AT_LEAST, "98.5", None),
        ("không dưới 97%", Comparator.AT_LEAST, "97", None),
        ("từ 99% trở lên", Comparator.AT_LEAST, "99", None),
        (">= 95%", Comparator.AT_LEAST, "95", None),
        ("trên 80%", Comparator.ABOVE, "80", None),
        ("hơn 80 phần trăm", Comparator.ABOVE, "80", None),
        ("không quá 2%", Comparator.AT_MOST, "2", None),
        ("tối đa 3%", Comparator.AT_MOST, "3", None),
        ("dưới 5%", Comparator.BELOW, "5", None),
        ("gần 19%", Comparator.NEARLY, "19", None),
        ("khoảng 19%", Comparator.ABOUT, "19", None),
        ("80%", Comparator.EXACTLY, "80", None),
        ("80-90%", Comparator.BETWEEN, "80", "90"),
        ("từ 80% đến 90%", Comparator.BETWEEN, "80", "90"),
        ("tám mươi phần trăm", Comparator.EXACTLY, "80", None),
    ],
)
def test_the_comparator_stands_beside_the_number(
    words: str, comparator: str, value: str, to: str | None
) -> None:
    fact = only(f"Phấn đấu năm 2027, tỷ lệ hồ sơ nộp trực tuyến đạt {words}.")
    assert fact.kind is Kind.TARGET
    assert (fact.comparator, fact.value, fact.to) == (comparator, Decimal(value), Decimal(to) if to else None)
    assert (fact.unit, fact.date) == ("%", date(2027, 12, 31))


@pytest.mark.parametrize(
    ("words", "value", "unit"),
    [
        ("670 triệu lượt thông tin", 670_000_000, "lượt thông tin"),
        ("1.234,5 tỷ đồng", 1_234_500_000_000, "đồng"),
        ("1,9 tỷ bản ghi", 1_900_000_000, "bản ghi"),
        ("74 nghìn doanh nghiệp", 74_000, "doanh nghiệp"),
        ("1.250.000 tài khoản", 1_250_000, "tài khoản"),
        ("12\u00a0345 hồ sơ", 12_345, "hồ sơ"),
        ("một nghìn hai trăm xã", 1_200, "xã"),
        ("hai mươi sáu tỉnh", 26, "tỉnh"),
        ("ba mươi nghìn tỷ đồng", 30_000_000_000_000, "đồng"),
    ],
)
def test_scales_are_multiplied_in(words: str, value: int, unit: str) -> None:
    fact = only(f"Đến nay đã có {words}.")
    assert (fact.kind, fact.value, fact.unit) == (Kind.OBSERVATION, value, unit)


def test_one_sentence_gives_each_tier_its_target() -> None:
    words = "Tỷ lệ dịch vụ công trực tuyến toàn trình: bộ, ngành đạt 80%, địa phương đạt ít nhất 95% trong năm 2027."
    ministry, locality = read(words)
    assert (ministry.tier, ministry.comparator, ministry.value) == ("ministry", Comparator.EXACTLY, 80)
    assert (locality.tier, locality.comparator, locality.value) == ("locality", Comparator.AT_LEAST, 95)
    assert ministry.date == locality.date == date(2027, 12, 31)
    assert "dịch vụ công trực tuyến toàn trình" in locality.subject


def test_a_count_is_related_to_its_parts() -> None:
    whole, common, own = read("Năm 2026 có 81 nhiệm vụ, gồm 20 nhiệm vụ chung và 61 nhiệm vụ riêng.")
    assert [f.kind for f in (whole, common, own)] == [Kind.TASK_COUNT] * 3
    assert (whole.value, whole.parts_add_up) == (81, True)
    assert common.part_of == own.part_of == whole.number


def test_parts_that_do_not_add_up_are_said_not_to() -> None:
    whole = read("Có 82 nhiệm vụ, gồm 20 nhiệm vụ chung và 61 nhiệm vụ riêng.")[0]
    assert whole.parts_add_up is False


@pytest.mark.parametrize(
    ("sentence", "day", "basis"),
    [
        ("Phấn đấu đạt 80% hồ sơ số hóa trước ngày 30/6.", date(2027, 6, 30), DateBasis.YEAR_FROM_DOCUMENT),
        ("Phấn đấu đạt 80% hồ sơ số hóa trước ngày 15/12.", date(2026, 12, 15), DateBasis.YEAR_FROM_DOCUMENT),
        ("Phấn đấu đạt 80% hồ sơ số hóa đến hết tháng 12.", date(2026, 12, 31), DateBasis.YEAR_FROM_DOCUMENT),
        ("Phấn đấu đạt 80% hồ sơ số hóa trong quý III năm 2027.", date(2027, 9, 30), DateBasis.WRITTEN),
        ("Phấn đấu đạt 80% hồ sơ số hóa trong tháng này.", date(2026, 11, 30), DateBasis.RELATIVE),
        ("Phấn đấu đạt 80% hồ sơ số hóa trong quý này.", date(2026, 12, 31), DateBasis.RELATIVE),
        ("Phấn đấu năm tới đạt 80% hồ sơ số hóa.", date(2027, 12, 31), DateBasis.RELATIVE),
        ("Phấn đấu đến năm 2030 đạt 80% hồ sơ số hóa.", date(2030, 12, 31), DateBasis.WRITTEN),
        ("Phấn đấu 6 tháng đầu năm 2027 đạt 80% hồ sơ số hóa.", date(2027, 6, 30), DateBasis.WRITTEN),
        ("Tính đến ngày 31/12, đã số hóa 80% hồ sơ.", date(2025, 12, 31), DateBasis.YEAR_FROM_DOCUMENT),
        ("Đến nay, đã số hóa 80% hồ sơ.", DAY, DateBasis.DOCUMENT),
    ],
)
def test_the_year_is_told_from_the_document(sentence: str, day: date, basis: DateBasis) -> None:
    fact = only(sentence)
    assert (fact.date, fact.date_basis) == (day, basis)


def test_without_a_document_date_no_year_is_invented() -> None:
    fact = only("Phấn đấu đạt 80% hồ sơ số hóa trước ngày 30/6.", dated=None)
    assert (fact.date, fact.date_basis, fact.date_text) == (None, DateBasis.UNKNOWN_YEAR, "ngày 30/6")


def test_29_february_waits_for_a_leap_year_no_longer_than_february_lasts() -> None:
    fact = only("Phấn đấu đạt 80% hồ sơ số hóa trước ngày 29/02.")
    assert fact.date == date(2027, 2, 28)


@pytest.mark.parametrize(
    "sentence",
    [
        "Chưa giao chỉ tiêu 80% hồ sơ trực tuyến cho cấp xã.",
        "Không đặt mục tiêu 100% đối với thủ tục này.",
        "Nếu không có giải pháp thì khó đạt mức 80% như kế hoạch.",
        "Căn cứ Quyết định số 749/QĐ-TTg, theo đó đến năm 2027 có 80% dịch vụ công mức độ 4.",
        "Theo Quyết định số 942/QĐ-TTg, đến năm 2030 có 80% hồ sơ được xử lý trên môi trường mạng.",
        "Nghị quyết của Đảng bộ nêu: “đến năm 2030, kinh tế số chiếm 35% GDP”.",
        "Mục tiêu 50% đặt ra cho năm 2025 đã không đạt.",
        "Trước đây, chỉ tiêu giao cho địa phương là 60%.",
        "Không một bộ nào đạt 100%.",
        "Năm 2021, Thủ tướng đã giao Bộ Y tế hoàn thành hồ sơ sức khỏe điện tử trước ngày 31/12/2022.",
        "Bộ Công an đã chủ trì hoàn thành kết nối dữ liệu trước ngày 30/4/2026, sớm hơn 2 tháng.",
        "Bộ Tài chính đang xây dựng nghị định, dự kiến trình trong quý I/2027.",
        "Khoản 2 Điều 15 có hiệu lực từ ngày 01/01/2027.",
        "Điện thoại 024.3804.5678, phòng 305, tầng 3.",
    ],
)
def test_what_is_denied_past_or_cited_is_nothing(sentence: str) -> None:
    assert read(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "value", "of", "change"),
    [
        ("Hà Nội đứng thứ 3 cả nước.", 3, None, None),
        ("Việt Nam xếp hạng 71/193 về Chính phủ điện tử.", 71, 193, None),
        ("Việt Nam ở vị trí 72 trên 193 quốc gia.", 72, 193, None),
        ("Huế xếp thứ nhất.", 1, None, None),
        ("Việt Nam dẫn đầu khu vực về kinh tế số.", 1, None, None),
        ("Việt Nam tăng 2 bậc.", 2, None, Change.UP),
    ],
)
def test_places_in_an_order(sentence: str, value: int, of: int | None, change: Change | None) -> None:
    fact = only(sentence)
    assert (fact.kind, fact.value, fact.of, fact.change) == (Kind.RANKING, value, of, change)
    assert fact.unit == ("bậc" if change else "hạng")


def test_a_step_is_not_a_level() -> None:
    level, step = read("Đã số hóa 412.000 hồ sơ, tăng 18,5% so với cùng kỳ năm 2025.")
    assert (level.value, level.change) == (412_000, None)
    assert (step.value, step.change, step.date) == (Decimal("18.5"), Change.UP, DAY)


def test_a_section_gives_its_date_to_the_items_under_it() -> None:
    first, second = read(
        "1. Mục tiêu năm 2027",
        "a) 90% hồ sơ được số hóa.",
        "2. Mục tiêu năm 2028",
        "a) 95% hồ sơ được số hóa.",
    )
    assert (first.date, second.date) == (date(2027, 12, 31), date(2028, 12, 31))
    assert first.date_basis is DateBasis.SECTION


def test_the_heading_gives_day_and_tier() -> None:
    (fact,) = read(
        "ỦY BAN NHÂN DÂN XÃ MINH SƠN",
        "Minh Sơn, ngày 28 tháng 8 năm 2026",
        "Đã tiếp nhận 1.046 hồ sơ.",
        dated=None,
    )
    assert (fact.tier, fact.date) == ("commune", date(2026, 8, 28))


def test_the_words_are_those_of_the_document() -> None:
    sentence = "Uỷ ban nhân dân các tỉnh bảo đảm tỷ lệ số hoá hồ sơ đạt tối thiểu 95% trong năm 2027."
    fact = only(sentence)
    assert fact.text in sentence
    assert fact.tier == "province"


def test_json_is_plain_and_leaves_out_what_is_not_there() -> None:
    record = only("Phấn đấu năm 2027, tỷ lệ hồ sơ nộp trực tuyến đạt 98,5%.").as_json()
    assert record["kind"] == "target"
    assert (record["value"], record["unit"], record["date"], record["date_basis"]) == (
        98.5,
        "%",
        "2027-12-31",
        "written",
    )
    assert "lead" not in record
    assert 0 < record["certainty"] <= 1


@pytest.mark.parametrize(
    ("sentence", "subject", "tier", "comparator"),
    [
        (
            "Không để quá 5% hồ sơ trễ hạn tại các bộ, ngành trong năm 2027.",
            "hồ sơ trễ hạn tại các bộ, ngành", "ministry", Comparator.AT_MOST,
        ),
        (
            "Tối thiểu 80% hồ sơ công việc tại cấp tỉnh được xử lý trên môi trường mạng vào cuối năm 2027.",
            "hồ sơ công việc tại cấp tỉnh được xử lý trên môi trường mạng", "province", Comparator.AT_LEAST,
        ),
    ],
)  # fmt: skip
def test_what_is_counted_at_a_level_is_that_levels(
    sentence: str, subject: str, tier: str, comparator: Comparator
) -> None:
    (fact,) = facts_in([sentence], dated=date(2026, 11, 2))
    assert (fact.subject, fact.tier, fact.comparator) == (subject, tier, comparator)


def test_a_document_is_given_with_its_head_and_the_words_around_each_fact() -> None:
    text = [
        "Số: 12/TB-VPCP", "Hà Nội, ngày 02 tháng 11 năm 2026", "THÔNG BÁO", "Kết luận phiên họp",
        "1. Năm 2027, tỷ lệ hồ sơ trực tuyến đạt tối thiểu 60%; " + "chữ " * 200,
    ]  # fmt: skip
    head, (proposed,) = read_in_context(text, name="a.txt", most=5)
    assert head == Head("12/TB-VPCP", date(2026, 11, 2), "Thông báo", "Kết luận phiên họp")
    assert proposed.before + proposed.fact.text in text[4]
    assert proposed.after.endswith("…")
    assert len(proposed.after) <= 301
    with pytest.raises(TooManyFacts, match="quá 1 "):
        read_in_context([*text, text[4]], name="a.txt", most=1)
    with pytest.raises(NothingProposed, match=r"a\.txt"):
        read_in_context(text[:4], name="a.txt", most=5)
