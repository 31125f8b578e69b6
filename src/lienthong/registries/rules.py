"""Errors of the room, and how its ids are made. Plain Python."""

from typing import Final

from lienthong.kit.errors import Refused, said

ROWS: Final = 10**9
"""An id of a record is its batch's id times this, plus its row: storing a row twice gives the same id."""


def record_id(batch: int, row: int) -> int:
    if not 0 < row < ROWS:
        raise ValueError(f"row {row} is outside 1 … {ROWS - 1}")
    return batch * ROWS + row


def ids_of(batch: int) -> tuple[int, int]:
    """First and last id that a record of the batch may have: walked by id, other batches are never read."""
    return record_id(batch, 1), record_id(batch, ROWS - 1)


class NoSuchSource(Refused):
    sentence = said("Không có nguồn dữ liệu này.")
    status = 404


class NoSuchBatch(Refused):
    sentence = said("Không có tệp này.")
    status = 404


class NoSuchRecord(Refused):
    sentence = said("Không có bản ghi này.")
    status = 404


class AlreadyReceived(Refused):
    """The same content was sent to the same source before; found by its hash, whatever its name."""

    sentence = said("Nội dung tệp này đã nhận lúc {at} với tên “{name}”. Hệ thống không nhận lần thứ hai.")

    def __init__(self, *, at: str, name: str, batch: int) -> None:
        super().__init__(at=at, name=name)
        self.batch = batch


class FileTooLarge(Refused):
    """Past what a page takes; how large a file may be on the server is the operator's to decide."""

    sentence = said(
        "Tệp lớn hơn {limit} MB nên không gửi qua trang này được. Hãy chia thành nhiều tệp nhỏ hơn, hoặc chuyển tệp cho "
        "quản trị viên máy chủ nhận bằng lệnh “lienthong receive”, với tên đăng nhập của ông, bà."
    )


class MappingIncomplete(Refused):
    sentence = said("Chưa có cột nào cho biết dòng nói về ai. Chỉ ít nhất một cột cho: {fields}.")


class ColumnsNotKept(Refused):
    """Nobody settled these columns on the page yet, and a command does not guess unless told to."""

    sentence = said(
        "Nguồn chưa ghi nhớ cột nào của tệp {name} là: {fields}. Hãy gửi trước một tệp nhỏ có cùng tiêu đề ở trang của "
        "nguồn và xác nhận cột, hoặc xem các cột bằng --look rồi chạy lại với --suggested để lấy theo gợi ý."
    )


class NoSuchProposal(Refused):
    sentence = said("Tệp {name} không có đề nghị sửa nào mang mã {ids}. Xem các mã bằng --look.")


class FieldTakenTwice(Refused):
    sentence = said("Hai cột cùng được chọn là “{field}”. Mỗi trường chỉ lấy từ một cột.")


class RunUnderWay(Refused):
    sentence = said("Tệp này đang được đối chiếu.")
