"""Invented content for the page of parts: nobody here exists, and personal numbers start with 099."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.paginator import Paginator

from lienthong.fields.public import (
    Checkboxes,
    DayField,
    DayMonthYear,
    PartialDateField,
    PersonalNumberField,
    PlainForm,
    Radios,
    posted_date,
)
from lienthong.kit.deadlines import CellKind, ClockCell
from lienthong.kit.partial_dates import Precision

HOME = ZoneInfo("Asia/Ho_Chi_Minh")
COUNTED, STOPPED, LEFT, OFF, LATE = (
    CellKind.COUNTED,
    CellKind.STOPPED,
    CellKind.LEFT,
    CellKind.OFF,
    CellKind.LATE,
)

SHARES = {
    "01": "78.4", "04": "63.1", "08": "76.2", "11": "69.5", "12": "61.3", "14": "81.7", "15": "77.0",
    "19": "74.1", "20": "61.8", "22": "42.34", "24": "57.6", "25": "53.9", "31": "94.17", "33": "56.9",
    "37": "54.1", "38": "67.2", "40": "59.97", "42": "89.8", "44": "56.92", "46": "73.3", "48": "67.7",
    "51": "73.0", "52": "62.4", "56": "67.75", "66": "70.8", "68": "80.7", "75": "59.5", "79": "58.3",
    "80": "78.2", "82": "68.7", "86": "83.9", "91": "79.7", "92": "90.7",
}  # fmt: skip


def form() -> PlainForm:
    """As it comes back after two mistakes."""
    return SampleForm(
        {
            "family": "Trần",
            "given": "",
            "time": "25:10",
            "number": "0992 0401 2345",
            "ethnic": "khmer",
            "papers": ["1"],
            "place": "ben-sen",
            "floors": "3",
            "note": "",
            **posted_date("born", "05/11/2026"),
            **posted_date("father_born", "1958"),
        }
    )


class SampleForm(PlainForm):
    family = forms.CharField(
        label="Họ",
        help_text="Theo họ cha hoặc họ mẹ, do cha mẹ thỏa thuận.",
        widget=forms.TextInput({"class": "govuk-input--width-20"}),
    )
    given = forms.CharField(
        label="Tên của con",
        help_text="Viết đủ dấu, như sẽ in trên giấy khai sinh.",
        widget=forms.TextInput({"class": "govuk-input--width-20"}),
    )
    time = forms.TimeField(
        label="Giờ sinh",
        required=False,
        error_messages={"invalid": "Giờ sinh phải từ 00:00 đến 23:59, ví dụ 14:05"},
        widget=forms.TimeInput({"class": "govuk-input--width-5", "inputmode": "numeric"}),
    )
    born = DayField(label="Ngày sinh của con", help_text="Ví dụ 05 11 2026", widget=DayMonthYear(born=True))
    father_born = PartialDateField(
        label="Ngày sinh của cha", help_text="Chỉ nhớ năm thì ghi năm.", least=Precision.YEAR, required=False
    )
    number = PersonalNumberField(
        label="Số định danh cá nhân", help_text="12 chữ số, ở mặt trước thẻ căn cước."
    )
    ethnic = forms.ChoiceField(
        label="Dân tộc của con",
        choices=[("kinh", "Kinh"), ("khmer", "Khmer")],
        widget=Radios(hints={"kinh": "theo cha", "khmer": "theo mẹ"}),
    )
    papers = forms.MultipleChoiceField(
        label="Nhận kết quả",
        choices=[("1", "Bản điện tử trong kho giấy tờ"), ("2", "Thêm bản giấy qua bưu chính")],
        widget=Checkboxes(),
    )
    place = forms.ChoiceField(
        label="Nơi nộp", choices=[("ben-sen", "Phường Bến Sen"), ("tan-lac", "Phường Tân Lạc")]
    )
    floors = forms.IntegerField(
        label="Số tầng", min_value=1, widget=forms.NumberInput({"class": "govuk-input--width-2"})
    )
    note = forms.CharField(label="Điều muốn nói thêm", required=False, widget=forms.Textarea({"rows": 3}))
    drawing = forms.FileField(
        label="Bản vẽ mặt đứng",
        required=False,
        help_text="PDF, JPG hoặc PNG, dưới 20 MB. Ảnh chụp rõ là được.",
    )
    true = forms.BooleanField(
        label="Tôi xác nhận những điều tôi khai là đúng, và chịu trách nhiệm về lời khai.", required=False
    )


class SampleFilters(forms.Form):
    q = forms.CharField(label="Mã hồ sơ, tên người nộp", required=False)
    procedure = forms.ChoiceField(label="Thủ tục", choices=[("", "Tất cả (19)")], required=False)
    holder = forms.ChoiceField(label="Người giữ", choices=[("", "Tất cả (7)")], required=False)


class SampleBulk(forms.Form):
    officer = forms.ChoiceField(
        label="Giao cho", choices=[("1", "Giao cho: Phạm Đức Long (đang giữ 31)")], required=False
    )


def actions() -> list[dict[str, str]]:
    return [
        {"label": "Giao việc", "value": "assign"},
        {"label": "Chọn cả 24 hồ sơ chưa giao", "value": "pick", "kind": "secondary"},
    ]


def clock() -> list[ClockCell]:
    return [
        ClockCell(COUNTED, date(2026, 11, 10), 1),
        ClockCell(COUNTED, date(2026, 11, 11), 2),
        ClockCell(COUNTED, date(2026, 11, 12), 3),
        ClockCell(STOPPED, date(2026, 11, 13), reason="chờ bổ sung bản vẽ mặt đứng"),
        ClockCell(STOPPED, date(2026, 11, 16), reason="chờ bổ sung bản vẽ mặt đứng"),
        ClockCell(COUNTED, date(2026, 11, 17), 4),
        ClockCell(LEFT, date(2026, 11, 18), 5, is_today=True),
        ClockCell(OFF, date(2026, 11, 24), reason="Ngày Văn hóa Việt Nam"),
        ClockCell(LEFT, date(2026, 11, 25), 6, is_due=True),
        ClockCell(LATE, date(2026, 11, 26), 1),
    ]


def timeline() -> list[dict[str, Any]]:
    def at(day: int, hour: int, minute: int) -> datetime:
        return datetime(2026, 11, day, hour, minute, tzinfo=HOME)

    return [
        {"title": "Bà gửi hồ sơ qua mạng", "when": at(9, 8, 41), "text": "4 giấy tờ", "kind": "done"},
        {
            "title": "Phường Bến Sen tiếp nhận hồ sơ",
            "when": at(9, 9, 15),
            "text": "giấy tiếp nhận và hẹn trả",
            "url": "#timeline",
            "kind": "done",
        },
        {
            "title": "Chờ bà bổ sung bản vẽ mặt đứng",
            "when": at(12, 15, 20),
            "text": "thời hạn dừng từ ngày làm việc tiếp theo",
            "kind": "wait",
        },
        {"title": "Thẩm định (đang làm)", "text": "Phạm Đức Long", "kind": "now"},
        {"title": "Tiếp theo: trình ký, trả giấy phép", "text": "2 bước, 7 ngày làm việc", "kind": "next"},
    ]


def chips() -> list[dict[str, Any]]:
    return [
        {"count": 200, "label": "Tất cả", "url": "?", "current": True},
        {"count": 6, "label": "Quá hạn", "url": "?state=late", "kind": "late"},
        {"count": 14, "label": "Đến hạn hôm nay", "url": "?state=today", "kind": "soon"},
        {"count": 158, "label": "Còn thời gian", "url": "?state=running"},
        {"count": 22, "label": "Đang dừng", "url": "?state=stopped", "kind": "stopped"},
    ]


def table() -> dict[str, Any]:
    head = [
        {"label": "Cơ quan", "url": "?sort=name", "sorted": "ascending"},
        {"label": "Tử số", "num": True},
        {"label": "Mẫu số", "num": True},
        {"label": "Tỷ lệ", "num": True},
    ]
    lines = [
        ("14 sở, ngành cấp tỉnh", "25.367", "31.240", "81,2%", ""),
        ("Phường Hòa Đông", "1.073", "1.789", "59,9%", "late"),
        ("Xã An Thới Đông", "1.170", "1.376", "85,0%", "picked"),
    ]
    rows = [
        {
            "kind": kind,
            "cells": [
                {"text": name, "head": True, "url": "#table"},
                {"text": numerator, "num": True, "label": "Tử số"},
                {"text": denominator, "num": True, "label": "Mẫu số"},
                {"text": share, "num": True, "label": "Tỷ lệ"},
            ],
        }
        for name, numerator, denominator, share, kind in lines
    ]
    foot = [
        {"text": "Cộng", "head": True},
        {"text": "27.610", "num": True, "label": "Tử số"},
        {"text": "34.405", "num": True, "label": "Mẫu số"},
        {"text": "80,2%", "num": True, "label": "Tỷ lệ"},
    ]
    return {"head": head, "rows": rows, "foot": foot}


def provinces() -> list[dict[str, str]]:
    """33 of the 34: the last has not sent its figures."""
    return [{"code": code, "value": value, "url": f"#p{code}"} for code, value in SHARES.items()]


def ranking() -> list[dict[str, Any]]:
    return [
        {
            "rank": 1,
            "name": "Hải Phòng",
            "url": "#p31",
            "numerator": 188358,
            "denominator": 200003,
            "value": "94.17",
            "delta": "-2.4",
        },
        {"gap": "… 31 đơn vị ở giữa", "url": "#ranking"},
        {
            "rank": 33,
            "name": "Nghệ An",
            "url": "#p40",
            "numerator": 59970,
            "denominator": 100000,
            "value": "59.97",
            "target": 60,
            "below": True,
            "delta": "1.0",
        },
        {
            "rank": 34,
            "name": "Quảng Ninh",
            "url": "#p22",
            "numerator": 37813,
            "denominator": 89296,
            "value": "42.34",
            "target": 60,
            "below": True,
            "delta": "0.3",
        },
    ]


def months() -> list[dict[str, Any]]:
    values = ("58.2", "55.4", "60.1", "62.3", "64.0", "65.4", "67.1", "67.3", "65.9", "71.0", "74.6")
    return [{"label": month, "value": value} for month, value in enumerate(values, start=1)]


def page(number: int) -> Any:
    return Paginator(range(200), 25).get_page(number)
