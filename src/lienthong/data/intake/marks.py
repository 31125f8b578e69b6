"""What may be remarked about a value while it is read, and the sentence that its sender is told."""

from typing import Final

from lienthong.kit.errors import said

MARKS: Final = {
    "placeholder": said("Giá trị ghi thay chỗ trống, không phải dữ liệu thật. Hãy để trống hoặc ghi giá trị đúng."),
    "charmap": said("Chữ theo bảng mã cũ đã được chuyển sang Unicode theo lựa chọn của người gửi."),
    "composed": said("Dấu chữ được ghép lại theo Unicode dựng sẵn."),
    "broken_text": said("Có ký tự hỏng, không đọc được. Hãy ghi lại giá trị này."),
    "formula": said("Ô bắt đầu như một công thức nên được giữ ở dạng chữ."),
    "zeros_lost": said("Số thiếu chữ số; bảng tính có thể đã bỏ số 0 ở đầu. Hãy để ô ở dạng văn bản và ghi lại."),
    "zeros_restored": said("Số 0 ở đầu do bảng tính bỏ mất đã được thêm lại theo lựa chọn của người gửi."),
    "scientific": said("Bảng tính đã đổi số sang dạng rút gọn (9,9E+10) nên mất chữ số. Hãy ghi lại số ở dạng văn bản."),
    "swapped": said("Ngày và tháng đổi chỗ cho nhau so với các dòng khác. Hãy kiểm tra lại."),
    "swapped_back": said("Ngày và tháng đã được đổi lại theo lựa chọn của người gửi."),
    "two_digit_year": said("Năm chỉ có hai chữ số. Hãy ghi đủ bốn chữ số."),
    "not_a_date": said("Không đọc được ngày này. Ghi dạng 14/03/1958, 03/1958 hoặc 1958."),
    "year_kept": said("Ngày 01/01 được hiểu là chỉ biết năm, theo lựa chọn của người gửi."),
    "not_in_list": said("Giá trị không có trong danh mục."),
    "not_a_number": said("Giá trị này không phải là số."),
    "moved_to_old_number": said("Số 9 chữ số được chuyển sang cột số chứng minh nhân dân cũ, theo lựa chọn của người gửi."),
    "extra_cells": said("Dòng có nhiều ô hơn tiêu đề; phần thừa không được đọc."),
    "quote": said("Dòng có dấu nháy kép không đóng; các ô của dòng có thể bị lệch."),
}  # fmt: skip
"""Mark -> sentence. A mark is a remark, not always a mistake: `checks` decides which of them counts."""

CHANGED: Final = frozenset({"charmap", "composed", "zeros_restored", "swapped_back", "year_kept", "moved_to_old_number"})  # fmt: skip
"""Marks of what was changed because somebody accepted it."""
