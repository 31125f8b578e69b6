"""What cannot be entered, and why, in a sentence."""

from lienthong.kit.errors import Refused, said


class NoSuchTask(Refused):
    sentence = said("Không có nhiệm vụ này, hoặc khi đó chưa được giao.")
    status = 404


class NoSuchPlan(Refused):
    sentence = said("Không có kế hoạch này.")
    status = 404


class NoSuchBody(Refused):
    sentence = said("Không có tổ chức chỉ đạo này.")
    status = 404


class NoSuchTarget(Refused):
    sentence = said("Không có chỉ tiêu này.")
    status = 404


class NoSuchDay(Refused):
    sentence = said("“{text}” không phải là ngày hay thời điểm, ví dụ 2026-11-20.")
    status = 404


class DueBeforeAssigned(Refused):
    sentence = said("Thời hạn {due} sớm hơn ngày giao {assigned}. Sửa lại một trong hai ngày.")


class DueMissing(Refused):
    sentence = said("Nhập ngày đến hạn, hoặc chọn cách tính thời hạn khác.")


class EventMissing(Refused):
    sentence = said("Thời hạn tính từ một sự kiện phải nêu sự kiện và số ngày, ít nhất 1.")


class RuleMissing(Refused):
    sentence = said("Nhiệm vụ định kỳ phải nêu chu kỳ, ngày trong kỳ (1 đến 31) và ngày kết thúc.")


class NoOccurrence(Refused):
    sentence = said("Từ {assigned} đến {until} không có kỳ nào. Chọn ngày kết thúc muộn hơn.")


class TooManyOccurrences(Refused):
    sentence = said("Nhiệm vụ định kỳ có quá {most} kỳ. Chọn ngày kết thúc sớm hơn.")


class ContentMissing(Refused):
    sentence = said("Nhập nội dung nhiệm vụ.")


class SourceMissing(Refused):
    sentence = said("Nêu ít nhất một văn bản giao nhiệm vụ.")


class LeadMissing(Refused):
    sentence = said("Nêu ít nhất một cơ quan chủ trì.")


class LeadTwice(Refused):
    sentence = said("{name} được nêu hai lần trong các cơ quan chủ trì.")


class PartnerIsLead(Refused):
    sentence = said("{name} đã chủ trì nhiệm vụ thì không đồng thời phối hợp.")


class TooEarly(Refused):
    sentence = said("Ngày {day} sớm hơn ngày giao nhiệm vụ {assigned}.")


class InTheFuture(Refused):
    sentence = said("Ngày {day} chưa đến. Chỉ ghi việc đã xảy ra, đến hết ngày {today}.")


class AlreadyDone(Refused):
    sentence = said("Nhiệm vụ {code} đã hoàn thành ngày {day}.")


class AlreadyCancelled(Refused):
    sentence = said("Nhiệm vụ {code} đã thôi giao ngày {day}.")


class NotDone(Refused):
    sentence = said("Nhiệm vụ {code} chưa hoàn thành nên không có kết quả để trả lại.")


class BeforeLastChange(Refused):
    sentence = said("Ngày {day} sớm hơn lần đổi trạng thái gần nhất, ngày {last}.")


class IsParent(Refused):
    sentence = said("Nhiệm vụ {code} do nhiều đơn vị thực hiện: ghi vào phần việc của từng đơn vị.")


class CircularParents(Refused):
    sentence = said("Nhiệm vụ {code} không thể nằm trong chính nó.")


class NotSpecificEnough(Refused):
    sentence = said("Phần việc của đơn vị không chia nhỏ thêm được nữa.")


class ExtensionNotLater(Refused):
    sentence = said("Hạn mới {asked} không muộn hơn hạn đang có {due}.")


class NoDueToExtend(Refused):
    sentence = said("Nhiệm vụ {code} không có hạn ngày cố định nên không có gì để gia hạn.")


class BasisMissing(Refused):
    sentence = said("Nêu căn cứ của việc gia hạn: văn bản hoặc lý do cụ thể.")


class NoSuchAsk(Refused):
    sentence = said("Không có đề nghị gia hạn nào đang chờ ý kiến.")


class NoSuchObstacle(Refused):
    sentence = said("Không có vướng mắc này, hoặc vướng mắc đã được gỡ.")


class TextMissing(Refused):
    sentence = said("Nhập nội dung.")


class ProposalMissing(Refused):
    sentence = said("Nêu đề xuất cách gỡ vướng mắc.")


class ResultMissing(Refused):
    sentence = said("Nêu số, ký hiệu văn bản kết quả, hoặc đính kèm sản phẩm.")


class PercentOutOfRange(Refused):
    sentence = said("Tiến độ tính bằng phần trăm, từ 0 đến 100.")


class NotRecurring(Refused):
    sentence = said("Nhiệm vụ {code} không phải là nhiệm vụ định kỳ.")


class AllPeriodsDone(Refused):
    sentence = said("Mọi kỳ của nhiệm vụ {code} đã xong.")


class PeriodsOpen(Refused):
    sentence = said("Nhiệm vụ định kỳ hoàn thành khi xong kỳ cuối; còn {left} kỳ chưa xong.")


class DueIsSet(Refused):
    sentence = said("Thời hạn của nhiệm vụ {code} đã xác định, hoặc không tính từ sự kiện.")


class AmountOutOfRange(Refused):
    sentence = said("Số tiền phải là số đồng lớn hơn 0.")


class NothingToRetract(Refused):
    sentence = said("Dòng này không có, không rút được, hoặc đã rút rồi.")


class ReasonMissing(Refused):
    sentence = said("Nêu lý do.")


class WholeMissing(Refused):
    sentence = said("Chỉ tiêu tính bằng tỷ lệ phải nêu mẫu số: tỷ lệ của những gì?")


class ThresholdMissing(Refused):
    sentence = said("Nêu mức phải đạt.")


class ThresholdOutOfRange(Refused):
    sentence = said("Mức giao {value}% không nằm từ 0 đến 100%.")


class DeadlineBeforePlan(Refused):
    sentence = said("Thời hạn {due} sớm hơn ngày bắt đầu kế hoạch, {since}.")


class UnknownIndicatorNamed(Refused):
    sentence = said("Không có chỉ tiêu “{name}” trong các chỉ tiêu đo được.")


class TermBackwards(Refused):
    sentence = said("Ngày kết thúc {until} không sau ngày bắt đầu {since}.")


class SeatedAlready(Refused):
    sentence = said("{name} đã giữ vị trí này trong {body} thời gian đó.")


class HistoryNotFirst(Refused):
    sentence = said("Kế hoạch {plan} đã có dòng ghi, không nạp sổ cũ vào được nữa.")


class KnownBeforeHappened(Refused):
    sentence = said("Dòng sổ cũ ghi nhận ngày {known}, trước khi việc xảy ra ngày {day}.")


class NoSuchReading(Refused):
    sentence = said("Không có văn bản này.")
    status = 404


class NoSuchProposal(Refused):
    sentence = said("Không có đề xuất này trong văn bản.")
    status = 404


class NothingToRead(Refused):
    sentence = said("Chọn tệp văn bản, hoặc dán nội dung văn bản; chỉ một trong hai.")


class DocumentNotDescribed(Refused):
    sentence = said(
        "Ghi số, ngày, loại và trích yếu của văn bản trước khi xác nhận: mọi chỉ tiêu, nhiệm vụ phải có nguồn."
    )


class AlreadyJudged(Refused):
    sentence = said(
        "Đề xuất {number} đã được xác nhận nên không sửa hay bỏ được nữa. Hãy sửa ở trang của kết quả."
    )


class UnknownAgency(Refused):
    sentence = said("Không có cơ quan mang mã {code} vào ngày {day}.")
