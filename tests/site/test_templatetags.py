"""Numbers, dates and signals as pages print them."""

from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest
from django.core.paginator import Paginator
from django.template import Context, Template

from lienthong.kit.deadlines import CellKind, ClockCell
from lienthong.kit.partial_dates import PartialDate
from lienthong.site import maps
from lienthong.site.templatetags import lienthong as tags

HOME = ZoneInfo("Asia/Ho_Chi_Minh")


def render(source: str, **context: object) -> str:
    return Template(source).render(Context(context))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1234567, "1.234.567"),
        (1234567.8, "1.234.567,8"),
        (Decimal("12.50"), "12,5"),
        ("214", "214"),
        (-3, "-3"),
        (0, "0"),
        (None, ""),
        ("chưa có", "chưa có"),
    ],
)
def test_numbers(value, text):
    assert tags.number(value) == text


@pytest.mark.parametrize(
    ("value", "target", "text"),
    [
        (59.97, None, "59,9%"),
        (59.97, 60, "59,9%"),
        ("28.999999", None, "28,9%"),
        (0.29 * 100, None, "28,9%"),
        (Fraction(504, 100), 5, "5,04%"),
        (100, 100, "100,0%"),
        (None, None, "không áp dụng"),
        ("", 60, "không áp dụng"),
    ],
)
def test_shares_are_cut_and_stay_on_their_side_of_the_target(value, target, text):
    assert tags.percent(value, target) == text


def test_a_share_of_nothing_is_not_applicable():
    assert tags.share(0, 0, 60) == "không áp dụng"
    assert tags.share(128089, 186420, 60) == "68,7%"


def test_changes_carry_their_sign():
    assert [tags.signed(value) for value in ("1", "-2.4", 0, None)] == ["+1,0", "−2,4", "0,0", "–"]


def test_money():
    assert tags.dong(75000) == "75.000 đồng"


def test_days():
    assert tags.day(date(2026, 11, 20)) == "20/11/2026"
    assert tags.day(date(2026, 11, 20), "short") == "20/11"
    assert tags.day(PartialDate(1958)) == "1958 (chỉ biết năm)"
    assert tags.day(None) == ""


def test_moments_are_told_in_vietnamese_time():
    assert tags.moment(datetime(2026, 11, 27, 10, tzinfo=ZoneInfo("UTC"))) == "17:00 thứ Sáu 27/11/2026"
    assert tags.moment(datetime(2026, 11, 22, 8, 5, tzinfo=HOME)) == "08:05 Chủ nhật 22/11/2026"


@pytest.mark.parametrize(
    ("then", "text"),
    [
        (datetime(2026, 11, 20, 9, 59, 40, tzinfo=HOME), "vừa xong"),
        (datetime(2026, 11, 20, 9, 15, tzinfo=HOME), "45 phút trước"),
        (datetime(2026, 11, 20, 6, 59, tzinfo=HOME), "3 giờ trước"),
        (datetime(2026, 11, 19, 23, 59, tzinfo=HOME), "hôm qua"),
        (datetime(2026, 11, 14, 12, tzinfo=HOME), "6 ngày trước"),
        (datetime(2026, 9, 1, 12, tzinfo=HOME), "01/09/2026"),
        (datetime(2026, 11, 21, 12, tzinfo=HOME), "21/11/2026"),
    ],
)
def test_how_long_ago(then, text):
    assert tags.ago(then, datetime(2026, 11, 20, 10, tzinfo=HOME)) == text


def test_numbers_of_people_are_masked():
    assert tags.masked("099192004471") == "•••• •••• 4471"
    assert tags.masked("C1234567") == "•••• 4567"
    assert tags.masked("12") == "••••"
    assert tags.masked_phone("0912345218") == "09•• ••• 218"


def test_a_state_is_shape_word_and_colour():
    html = render('{% state "late" word "13/11" %}', word="Quá hạn <5> ngày")
    assert 'class="lt-st lt-st--late"' in html
    assert tags.SIGNS["late"] in html
    assert "Quá hạn &lt;5&gt; ngày" in html
    assert '<span class="lt-due">13/11</span>' in html


def test_the_clock_is_read_out():
    cells = [
        ClockCell(CellKind.STOPPED, date(2026, 11, 13), reason="chờ bổ sung"),
        ClockCell(CellKind.LEFT, date(2026, 11, 16), 4, is_today=True, is_due=True),
    ]
    assert [tags.cell_words(cell) for cell in cells] == [
        "dừng (chờ bổ sung)",
        "còn lại, ngày thứ 4, ngày hẹn trả",
    ]
    html = render("{% clock cells %}", cells=cells)
    assert 'class="left today last"' in html
    assert "đã tính" not in html  # the key names only what is there


def test_a_meter_marks_the_target_and_what_misses_it():
    assert 'class="share missed"' in render("{% meter value 60 %}", value="59.97")
    assert 'class="share"' in render("{% meter value 60 %}", value="60")
    assert 'width="0%"' in render("{% meter value 60 %}", value=None)
    assert 'width="57.14%"' in render("{% meter 4 of=7 %}")


def test_pages_in_a_row():
    assert tags.page_numbers(Paginator(range(200), 10).page(10)) == [1, None, 9, 10, 11, None, 20]
    assert tags.page_numbers(Paginator(range(20), 10).page(1)) == [1, 2]


# Maps

ALL = frozenset(maps.TILES)


def test_the_grid_and_the_map_hold_the_same_34_provinces():
    assert set(maps.names()) == set(maps.paths()) == set(ALL)
    assert len(ALL) == 34
    places = [at[:2] for at in maps.TILES.values()]
    assert len(set(places)) == 34


@pytest.mark.parametrize(
    "source",
    [
        "{% vn_map figures 60 %}",
        '{% vn_tiles figures 60 "Lưới ô" %}',
        "{% vn_map figures 60 caption=False %}",
    ],
)
def test_every_map_shows_hoang_sa_and_truong_sa(source):
    html = render(source, figures=[])
    for words in ("Hoàng Sa (TP. Đà Nẵng)", "Trường Sa (Khánh Hòa)"):
        assert words in html


def test_the_map_says_that_it_is_a_sketch():
    assert "không dùng làm bản đồ địa giới hành chính" in render("{% vn_map figures 60 %}", figures=[])


def test_a_value_just_below_the_target_is_below():
    found = maps.areas([{"code": "40", "value": "59.97", "url": "/nghe-an"}], maps.Scale(Fraction(60)))["40"]
    assert (found.step, found.below, found.short) == (2, True, "59")
    assert found.words == "Nghệ An: 59,9%, dưới mức giao"


def test_missing_figures_are_not_nought():
    found = maps.areas([{"code": "96", "value": None}], maps.Scale(Fraction(60)))["96"]
    assert (found.step, found.below, found.short) == (0, False, "–")
    assert found.words == "Cà Mau: chưa đủ số liệu"


def test_the_legend_counts_every_province_once():
    figures = [{"code": code, "value": 10 * i} for i, code in enumerate(sorted(ALL)[:10])]
    items = maps.legend(figures, maps.Scale(Fraction(60)))
    assert sum(item["count"] for item in items) == 34
    assert items[-1] == {"step": 0, "words": "chưa đủ số liệu", "count": 24}


def test_links_of_the_map_are_outside_the_tab_order():
    html = render("{% vn_map figures 60 %}", figures=[{"code": "01", "value": 80, "url": "/x?a=1&b=2"}])
    assert 'aria-hidden="true"' in html
    assert html.count('href="/x?a=1&amp;b=2" tabindex="-1"') == 1


@pytest.mark.parametrize(("months", "named"), [(12, 12), (13, 7), (36, 9)])
def test_of_many_months_about_ten_are_named_and_always_the_last(months: int, named: int) -> None:
    told = tags.bars([{"label": f"T{n}", "value": 50} for n in range(1, months + 1)], 60, "x")["bars"]
    labels = [each["label"] for each in told]
    assert len([label for label in labels if label]) == named
    assert labels[-1] == f"T{months}"
    assert len(told) == months
