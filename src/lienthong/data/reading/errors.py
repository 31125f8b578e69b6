"""Why a document is not read, each with what to do about it."""

from lienthong.kit.errors import Refused, said


class NoSuchDocument(Refused):
    sentence = said("Không tìm thấy tệp {name}, hoặc đó không phải là một tệp.")


class EmptyDocument(Refused):
    sentence = said("Văn bản {name} không có chữ nào để đọc.")


class NotADocument(Refused):
    sentence = said("Tệp {name} không phải là văn bản đọc được. Hãy gửi tệp DOCX, PDF có chữ hoặc TXT.")


class OldWord(Refused):
    sentence = said("Tệp {name} là tệp Word kiểu cũ. Hãy mở tệp, lưu thành DOCX rồi gửi lại.")


class LockedDocument(Refused):
    sentence = said("Văn bản {name} có đặt mật khẩu. Hãy bỏ mật khẩu khi mở tệp rồi gửi lại.")


class OnlyPictures(Refused):
    sentence = said(
        "Văn bản {name} chỉ có hình ảnh, không có chữ. Hãy gửi bản gốc DOCX, hoặc bản PDF xuất từ chương trình soạn thảo."
    )


class LettersLost(Refused):
    sentence = said("Chữ trong văn bản {name} không lấy ra được đúng. Hãy gửi bản gốc DOCX rồi thử lại.")


class BrokenDocument(Refused):
    sentence = said(
        "Văn bản {name} bị hỏng nên không đọc được. Hãy mở bằng chương trình đã tạo ra tệp, lưu lại rồi gửi lại."
    )


class DocumentTooBig(Refused):
    sentence = said(
        "Văn bản {name} quá lớn: chỉ đọc tệp đến {megabytes} MB. Hãy bỏ bớt hình ảnh hoặc tách tệp rồi gửi lại."
    )


class DocumentTooLong(Refused):
    sentence = said(
        "Văn bản {name} quá dài: chỉ đọc đến {pages} trang. Hãy tách thành nhiều tệp rồi gửi lại."
    )


class TooBigUnpacked(Refused):
    sentence = said(
        "Văn bản {name} khi giải nén lớn bất thường nên không được mở. Hãy chép nội dung sang một tệp mới rồi gửi lại."
    )


class HasEntities(Refused):
    sentence = said(
        "Văn bản {name} có khai báo XML không được phép. Hãy chép nội dung sang một tệp mới rồi gửi lại."
    )


class NothingProposed(Refused):
    sentence = said("Không tìm thấy chỉ tiêu, nhiệm vụ hay số liệu nào trong văn bản {name}.")


class TooManyFacts(Refused):
    sentence = said(
        "Văn bản {name} có quá {most} chỉ tiêu, nhiệm vụ và số liệu, nhiều hơn một người xem được một lượt. "
        "Hãy tách thành nhiều phần rồi gửi từng phần."
    )
