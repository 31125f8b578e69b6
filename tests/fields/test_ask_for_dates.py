"""A date is asked for in three fields; what is not known stays unknown."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from lienthong.fields.public import DayField, DayMonthYear, PartialDateField, PlainForm, posted_date
from lienthong.kit.partial_dates import Precision


def test_a_full_date_is_a_date():
    assert DayField().clean(["5", "11", "2026"]) == date(2026, 11, 5)


def test_a_date_known_to_the_year_stays_a_year():
    field = PartialDateField(least=Precision.YEAR)
    assert field.clean(["", "", "1958"]) == "1958"
    assert field.clean(["", "3", "1958"]) == "03/1958"
    assert field.clean(["14", "3", "1958"]) == "14/03/1958"


def test_left_empty():
    assert DayField(required=False).clean(["", "", ""]) is None
    assert PartialDateField(required=False).clean(["", "", ""]) == ""


@pytest.mark.parametrize(
    ("least", "typed", "sentence"),
    [
        (Precision.DAY, ["", "11", "2026"], "Nhập đủ ngày, tháng, năm, ví dụ 05/11/2026"),
        (Precision.MONTH, ["", "", "2026"], "Nhập tháng và năm"),
        (Precision.YEAR, ["5", "11", ""], "Nhập ít nhất năm"),
        (Precision.YEAR, ["5", "", "2026"], "Đã ghi ngày thì phải ghi cả tháng"),
        (Precision.DAY, ["30", "2", "2026"], "Trên lịch không có ngày 30/02/2026"),
        (Precision.DAY, ["5", "11", "26"], "Ghi ngày dạng 14/03/1958"),
    ],
)
def test_the_error_says_what_to_type(least, typed, sentence):
    with pytest.raises(ValidationError, match=sentence):
        PartialDateField(least=least).clean(typed)


def test_what_was_typed_comes_back():
    class Form(PlainForm):
        born = DayField(label="Ngày sinh", widget=DayMonthYear(born=True))

    html = str(Form(posted_date("born", "30/02/2026"))["born"])
    assert 'name="born_0" value="30"' in html
    assert 'name="born_2" value="2026"' in html
    assert 'autocomplete="bday-year"' in html
    assert html.count('aria-invalid="true"') == 3


def test_an_unchanged_date_is_not_a_change():
    class Form(PlainForm):
        born = DayField()
        died = PartialDateField(least=Precision.YEAR, required=False)

    form = Form(
        {**posted_date("born", "05/11/2026"), **posted_date("died", "")}, initial={"born": date(2026, 11, 5)}
    )
    assert form.changed_data == []
