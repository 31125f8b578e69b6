"""What cannot be done in a meeting, and why, in a sentence."""

from lienthong.kit.errors import Refused, said


class NoSuchMeeting(Refused):
    sentence = said("Không có phiên họp này.")
    status = 404


class NoSuchPaper(Refused):
    sentence = said("Không có tài liệu này.")
    status = 404


class NotOpenYet(Refused):
    sentence = said("Phiên họp chưa khai mạc.")


class IsOpen(Refused):
    sentence = said("Phiên họp đang họp, việc này không làm được nữa hoặc chưa làm được.")


class IsClosed(Refused):
    sentence = said("Phiên họp đã bế mạc, không ghi thêm được.")


class IsApproved(Refused):
    sentence = said("Biên bản phiên họp đã thông qua, không ghi thêm được.")


class IsCalledOff(Refused):
    sentence = said("Phiên họp này thôi không họp, không ghi thêm được.")


class AnotherIsOpen(Refused):
    sentence = said("{body} đang họp phiên {code}. Bế mạc phiên đó rồi khai mạc phiên này.")


class SitesMissing(Refused):
    sentence = said("Phiên họp chưa có điểm cầu nào ngoài điểm cầu trung tâm. Thêm ít nhất một điểm cầu.")


class ItemsMissing(Refused):
    sentence = said("Chương trình họp chưa có nội dung nào. Thêm ít nhất một nội dung.")


class TitleMissing(Refused):
    sentence = said("Nhập tên phiên họp.")


class PlanOfAnother(Refused):
    sentence = said("Kế hoạch {plan} do tổ chức khác theo dõi, không họp về kế hoạch đó ở đây được.")


class FiguresAfter(Refused):
    sentence = said("Số liệu tính đến {as_of} muộn hơn ngày họp {day}.")


class StartsInThePast(Refused):
    sentence = said("Giờ họp {start} đã qua.")


class SiteOutside(Refused):
    sentence = said("{name} không thuộc {host} nên không là điểm cầu của phiên họp này.")


class CentreStays(Refused):
    sentence = said("Điểm cầu trung tâm luôn có trong phiên họp.")


class ContentMissing(Refused):
    sentence = said("Nhập nội dung.")


class MinutesOutOfRange(Refused):
    sentence = said("Thời gian dự kiến của một nội dung từ 1 đến 480 phút.")


class OfAnotherMeeting(Refused):
    sentence = said("Nội dung, điểm cầu hoặc kết luận này thuộc phiên họp khác.")


class AlreadyTakenUp(Refused):
    sentence = said("Phiên họp đang bàn nội dung này.")


class NameMissing(Refused):
    sentence = said("Nhập họ và tên người dự họp.")


class AlreadyHere(Refused):
    sentence = said("{name} đã được điểm danh tại điểm cầu này.")


class NotHere(Refused):
    sentence = said("Người này không có mặt, hoặc đã rời phòng họp.")


class HasAsked(Refused):
    sentence = said(
        "{name} đã đăng ký phát biểu tại phiên họp này nên không bỏ khỏi điểm danh được. Nếu chỉ ghi sai tên hay chức vụ thì sửa."
    )


class NoFurther(Refused):
    sentence = said("Nội dung này đã ở đầu hoặc cuối chương trình họp.")


class NobodyHere(Refused):
    sentence = said("Điểm cầu chưa điểm danh ai. Điểm danh rồi đăng ký phát biểu.")


class AskedAlready(Refused):
    sentence = said("Điểm cầu này đã đăng ký và đang chờ, hoặc đang phát biểu.")


class AskGone(Refused):
    sentence = said("Lượt đăng ký này đã được mời, đã xong hoặc đã rút.")


class SomebodySpeaks(Refused):
    sentence = said("{site} đang phát biểu. Kết thúc lượt đó rồi mời điểm cầu khác.")


class NobodySpeaks(Refused):
    sentence = said("Không có điểm cầu nào đang phát biểu.")


class ConclusionMissing(Refused):
    sentence = said("Nhập nội dung kết luận.")


class LeadMissing(Refused):
    sentence = said("Nêu ít nhất một cơ quan phải làm.")


class DuePassed(Refused):
    sentence = said("Thời hạn {due} đã qua, kết luận ghi ngày {day}. Chọn ngày muộn hơn.")


class LeadOutside(Refused):
    sentence = said("{name} không thuộc {host} nên phiên họp này không giao việc được.")


class IsTask(Refused):
    sentence = said("Kết luận này đã thành nhiệm vụ {code}.")


class IsRetracted(Refused):
    sentence = said("Kết luận này đã rút.")


class ReasonMissing(Refused):
    sentence = said("Nêu lý do.")


class BeforeLastLine(Refused):
    sentence = said("{moment} sớm hơn dòng cuối của sổ phiên họp, lúc {last}.")


class NotYet(Refused):
    sentence = said("{moment} chưa đến.")
