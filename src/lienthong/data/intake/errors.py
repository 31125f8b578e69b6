"""Why a file is not taken, each with what to do about it."""

from lienthong.kit.errors import Refused, said


class Unsafe(Refused):
    """The file could harm whoever opens it."""

    sentence = said("Tệp {name} không an toàn nên không được nhận.")


class Unreadable(Refused):
    sentence = said("Không đọc được tệp {name}. Hãy mở bằng chương trình đã tạo ra tệp, lưu lại rồi gửi lại.")


class UnsupportedKind(Refused):
    sentence = said(
        "Tệp {name} không thuộc loại được nhận. Hãy gửi tệp XLSX, XLS, CSV, Parquet hoặc JSON lines."
    )


class EmptyFile(Refused):
    sentence = said("Tệp {name} không có dòng dữ liệu nào.")


class NoSuchSheet(Refused):
    sentence = said("Tệp {name} không có trang tính {sheet}.")


class ExtensionLies(Unsafe):
    sentence = said(
        "Tệp {name} có đuôi {extension} nhưng nội dung là {found}. "
        "Hãy mở tệp, chọn lưu thành đúng loại rồi gửi lại."
    )


class TooBigUnpacked(Unsafe):
    sentence = said(
        "Tệp {name} khi giải nén lớn bất thường nên không được mở. Hãy lưu dữ liệu sang một tệp mới, "
        "hoặc gửi dạng CSV."
    )


class HasMacros(Unsafe):
    sentence = said("Tệp {name} có chứa macro. Hãy lưu thành sổ tính không có macro (XLSX) rồi gửi lại.")


class HasEmbeddedObjects(Unsafe):
    sentence = said(
        "Tệp {name} có nhúng đối tượng từ chương trình khác. Hãy xóa các đối tượng đó rồi gửi lại."
    )


class HasEntities(Unsafe):
    sentence = said(
        "Tệp {name} có khai báo XML không được phép. Hãy chép dữ liệu sang một sổ tính mới rồi gửi lại."
    )


class IsProtected(Unsafe):
    sentence = said("Tệp {name} có đặt mật khẩu. Hãy bỏ mật khẩu khi mở tệp rồi gửi lại.")


class NothingMapped(Refused):
    sentence = said(
        "Chưa có cột nào của tệp {name} được gắn với một trường dữ liệu. Hãy gắn ít nhất một cột."
    )


class PlanDoesNotFit(Refused):
    sentence = said("Cách đọc đã lưu không khớp với tệp {name}: {why}. Hãy xem lại bản xem trước.")
