"""One of each paper, with invented people; personal numbers begin with 099, given to nobody."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from lienthong.documents.public import (
    ApologyPaper,
    Applicant,
    BirthCertificatePaper,
    Child,
    Ground,
    Letterhead,
    Paper,
    PaperLine,
    Parent,
    ReceiptPaper,
    RefusalPaper,
    ResultPaper,
    Shortfall,
    Signatory,
    SupplementPaper,
)

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
URL = "https://lienthong.test/xac-minh/4fTq0cEw2m9yZ1uXb7KpLAxx/"
CODE = "H20.47-261120-0031"


def at(hour: int, minute: int = 0, day: int = 20) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=VIETNAM)


CENTRE = Letterhead(
    parent="Ủy ban nhân dân phường Bến Sen",
    agency="Trung tâm Phục vụ hành chính công",
    agency_in_text="Trung tâm Phục vụ hành chính công phường Bến Sen",
    place="Bến Sen",
    day=date(2026, 11, 20),
    number="0031/TNHS",
)
COMMITTEE = Letterhead(
    parent="",
    agency="Ủy ban nhân dân phường Bến Sen",
    agency_in_text="Ủy ban nhân dân phường Bến Sen",
    place="Bến Sen",
    day=date(2026, 11, 20),
    number="112/2026",
)
APPLICANT = Applicant(
    name="Nguyễn Thị Minh Hạnh",
    salutation="bà",
    identifier="099194004471",
    address="Tổ 4, phường Bến Sen, tỉnh Đồng Tháp",
    phone="0900 000 471",
)
SUBMITTER = Signatory(post="Người nộp hồ sơ", name="Nguyễn Thị Minh Hạnh", note="đã ký số lúc 09:24")
RECEIVER = Signatory(post="Người tiếp nhận hồ sơ", name="Lê Thị Thu Vân", note="đã ký số lúc 09:26")
CHAIR = Signatory(post="Chủ tịch", name="Trần Văn Lộc", note="đã ký số lúc 15:40, ngày 20/11/2026")
ADDRESS = "Tổ 4, phường Bến Sen, tỉnh Đồng Tháp"


def receipt(*, papers: int = 3, applicant: Applicant = APPLICANT) -> ReceiptPaper:
    names = ("Tờ khai đăng ký khai sinh", "Giấy chứng sinh", "Chứng nhận kết hôn")
    lines = [PaperLine(name=names[i % 3], form="Điện tử, ký số", source="Người nộp") for i in range(papers)]
    return ReceiptPaper(
        letterhead=CENTRE,
        dossier_code=CODE,
        procedure_code="1.001193",
        procedure_name="Đăng ký khai sinh",
        verification_url=URL,
        applicant=applicant,
        papers=tuple(lines),
        received_at=at(9, 26),
        due_at=at(17),
        time_limit="ngay trong ngày làm việc",
        fee="không",
        return_way="bản điện tử; bản giấy qua bưu chính",
        submitter=SUBMITTER,
        receiver=RECEIVER,
    )


def supplement() -> SupplementPaper:
    return SupplementPaper(
        letterhead=CENTRE,
        dossier_code=CODE,
        procedure_code="1.001193",
        procedure_name="Đăng ký khai sinh",
        verification_url=URL,
        applicant=APPLICANT,
        shortfalls=(
            Shortfall(
                paper="Giấy chứng sinh (thành phần số 2)",
                wanted="Ảnh chụp thiếu góc dưới, không đọc được số. Chụp lại đủ bốn góc.",
                rule="Điều 16 khoản 1 Luật Hộ tịch 2014",
            ),
        ),
        reason="Chưa đủ căn cứ xác định nơi sinh của trẻ.",
        supplement_by=date(2026, 12, 5),
        contact="bà Lê Thị Thu Vân, điện thoại 0900 000 100",
        adviser=Signatory(post="Người hướng dẫn", name="Lê Thị Thu Vân"),
    )


def refusal() -> RefusalPaper:
    return RefusalPaper(
        letterhead=CENTRE,
        dossier_code=CODE,
        procedure_code="1.001193",
        procedure_name="Đăng ký khai sinh",
        verification_url=URL,
        applicant=APPLICANT,
        grounds=(
            Ground(
                subject="Nơi cư trú của cha, mẹ (điều kiện)",
                reason="Cha và mẹ thường trú tại tỉnh Vĩnh Long.",
                rule="Điều 13 Luật Hộ tịch 2014",
            ),
        ),
        next_step="nộp hồ sơ tới Ủy ban nhân dân phường nơi cha hoặc mẹ cư trú",
        submitter=SUBMITTER,
        receiver=RECEIVER,
    )


def apology() -> ApologyPaper:
    return ApologyPaper(
        letterhead=CENTRE,
        dossier_code=CODE,
        procedure_code="1.001193",
        procedure_name="Đăng ký khai sinh",
        verification_url=URL,
        applicant=APPLICANT,
        received_at=at(9, 26, day=10),
        due_at=at(17),
        new_due_at=at(17, day=25),
        cause="Chờ đối chiếu sổ gốc lưu ở nơi đăng ký cũ.",
        signer=CHAIR,
        responsible="ông Phạm Đức Long",
    )


def result() -> ResultPaper:
    return ResultPaper(
        letterhead=COMMITTEE,
        title="Giấy xác nhận tình trạng hôn nhân",
        dossier_code=CODE,
        procedure_code="1.004873",
        procedure_name="Cấp Giấy xác nhận tình trạng hôn nhân",
        verification_url=URL,
        facts=(("Họ, chữ đệm, tên", "NGUYỄN THỊ MINH HẠNH"), ("Tình trạng hôn nhân", "Chưa kết hôn")),
        signer=CHAIR,
        basis=("Căn cứ Luật Hộ tịch số 60/2014/QH13",),
        opening="Ủy ban nhân dân phường Bến Sen xác nhận:",
        holder_identifier="099194004471",
    )


def birth_certificate() -> BirthCertificatePaper:
    return BirthCertificatePaper(
        letterhead=COMMITTEE,
        dossier_code=CODE,
        procedure_code="1.001193",
        procedure_name="Đăng ký khai sinh",
        verification_url=URL,
        child=Child(
            name="Lê Nguyễn Gia Hân",
            born=date(2026, 4, 15),
            sex="Nữ",
            ethnicity="Kinh",
            nationality="Việt Nam",
            birth_place="Bệnh viện Sản nhi tỉnh, tỉnh Đồng Tháp",
            home_place="Xã Mỹ An, tỉnh Đồng Tháp",
            personal_number="099326001234",
        ),
        mother=Parent(
            name="NGUYỄN THỊ MINH HẠNH",
            born="1994",
            ethnicity="Kinh",
            nationality="Việt Nam",
            residence=ADDRESS,
        ),
        father=None,
        declarant="Nguyễn Thị Minh Hạnh",
        declarant_identity="Căn cước số 099194004471",
        registered_at="Ủy ban nhân dân phường Bến Sen, tỉnh Đồng Tháp",
        registered_on=date(2026, 11, 20),
        signer=CHAIR,
    )


def all_papers() -> list[Paper]:
    return [receipt(), supplement(), refusal(), apology(), result(), birth_certificate()]
