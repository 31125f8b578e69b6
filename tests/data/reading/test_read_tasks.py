"""Orders to agencies as tasks."""

from datetime import date

from lienthong.data.reading import DateBasis, Fact, Kind, facts_in

DAY = date(2026, 8, 11)


def read(*paragraphs: str, dated: date | None = DAY) -> list[Fact]:
    return list(facts_in(paragraphs, dated=dated))


def test_lead_partners_deadline_and_work() -> None:
    (task,) = read(
        "Bộ Công an chủ trì, phối hợp với Bộ Tư pháp và Bộ Giáo dục và Đào tạo hoàn thành kết nối dữ liệu hộ tịch trước ngày 31/10/2026."
    )
    assert task.kind is Kind.TASK
    assert task.lead == "Bộ Công an"
    assert task.partners == ("Bộ Tư pháp", "Bộ Giáo dục và Đào tạo")
    assert task.subject == "hoàn thành kết nối dữ liệu hộ tịch"
    assert (task.tier, task.date) == ("ministry", date(2026, 10, 31))


def test_a_name_that_holds_a_verb_stays_whole() -> None:
    (task,) = read("Giao Bộ Xây dựng hoàn thành cơ sở dữ liệu nhà ở trong quý IV.")
    assert (task.lead, task.date) == ("Bộ Xây dựng", date(2026, 12, 31))


def test_the_agency_above_a_list_leads_its_items() -> None:
    first, second, third = read(
        "Bộ Khoa học và Công nghệ:",
        "a) Chủ trì, phối hợp với các bộ, cơ quan liên quan rà soát tiêu chuẩn kết nối, ban hành trước ngày 15/10.",
        "b) Hướng dẫn các địa phương triển khai nền tảng dùng chung; hoàn thành trong năm 2026.",
        "c) Định kỳ trước ngày 25 hằng tháng báo cáo Thủ tướng Chính phủ kết quả thực hiện.",
    )
    assert {task.lead for task in (first, second, third)} == {"Bộ Khoa học và Công nghệ"}
    assert (first.date, second.date) == (date(2026, 10, 15), date(2026, 12, 31))
    assert (third.date, third.date_basis) == (None, DateBasis.RECURRING)


def test_a_numbered_heading_names_the_lead() -> None:
    first, second = read(
        "CHỈ THỊ",
        "1. Bộ Công an",
        "Trước ngày 30/9/2026, ban hành hướng dẫn kết nối.",
        "2. Bộ Y tế",
        "Khẩn trương bố trí kinh phí.",
    )
    assert (first.lead, second.lead) == ("Bộ Công an", "Bộ Y tế")


def test_semicolons_part_the_work_of_several() -> None:
    first, second = read(
        "Phó Thủ tướng giao: Bộ Tư pháp làm sạch dữ liệu hộ tịch; Bộ Tài chính hướng dẫn cơ chế chi trong tháng 9/2026."
    )
    assert (first.lead, second.lead) == ("Bộ Tư pháp", "Bộ Tài chính")
    assert second.date == date(2026, 9, 30)


def test_days_from_the_document_are_counted() -> None:
    (task,) = read(
        "Trong thời hạn 20 ngày kể từ ngày ban hành Chỉ thị này, các bộ, ngành, địa phương gửi kế hoạch về Bộ Nội vụ."
    )
    assert (task.date, task.tier) == (date(2026, 8, 31), "ministry+locality")


def test_an_order_with_a_share_is_task_and_target() -> None:
    task, target = read(
        "Bộ Xây dựng rà soát, đơn giản hóa tối thiểu 30% thủ tục hành chính, hoàn thành trước ngày 01/12/2026."
    )
    assert (task.kind, target.kind) == (Kind.TASK, Kind.TARGET)
    assert (target.value, target.tier, target.date) == (30, "ministry", date(2026, 12, 1))


def test_an_order_only_to_reach_is_a_target_alone() -> None:
    (target,) = read(
        "Ủy ban nhân dân các tỉnh bảo đảm 100% xã có đường truyền dự phòng trước ngày 01/12/2026."
    )
    assert (target.kind, target.value) == (Kind.TARGET, 100)


def test_product_after_the_work() -> None:
    (task,) = read(
        "Sở Nội vụ chủ trì xây dựng kho dữ liệu; sản phẩm: kho dữ liệu đi vào vận hành; thời hạn: quý III năm 2026."
    )
    assert task.product == "kho dữ liệu đi vào vận hành"
    assert task.date == date(2026, 9, 30)


def test_a_report_of_work_done_is_no_order() -> None:
    assert read("BÁO CÁO", "Sở Nội vụ hoàn thành xây dựng kho dữ liệu dùng chung.") == []


def test_those_who_carry_out_a_decision_get_no_task() -> None:
    assert (
        read("Điều 4. Các Bộ trưởng, Thủ trưởng cơ quan ngang bộ chịu trách nhiệm thi hành Quyết định này.")
        == []
    )
