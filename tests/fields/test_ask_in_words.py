"""What a form says: what to type, never that a field is "required"; never a known number in full."""

from django import forms

from lienthong.fields.public import Checkboxes, PersonalNumberField, PlainForm, Radios


class Asks(PlainForm):
    given = forms.CharField(label="Tên của con")
    place = forms.ChoiceField(label="Nơi nộp", choices=[("1", "Phường Bến Sen")])
    drawing = forms.FileField(label="Bản vẽ mặt đứng")
    unit = forms.CharField(label="UBND cấp xã")
    own = forms.CharField(label="Họ", error_messages={"required": "Viết họ của con"})


def test_empty_fields_say_what_to_do():
    errors = {name: found[0] for name, found in Asks({}).errors.items()}
    assert errors == {
        "given": "Nhập tên của con",
        "place": "Chọn nơi nộp",
        "drawing": "Đính kèm bản vẽ mặt đứng",
        "unit": "Nhập UBND cấp xã",
        "own": "Viết họ của con",
    }


def test_the_browser_shows_no_bubbles():
    assert " required" not in str(Asks())


class Number(PlainForm):
    number = PersonalNumberField(label="Số định danh")


def test_a_number_may_be_typed_with_spaces():
    form = Number({"number": "0992 0401 2345"})
    assert form.is_valid()
    assert form.cleaned_data == {"number": "099204012345"}


def test_a_short_number_is_refused_with_an_example():
    assert Number({"number": "0992"}).errors["number"] == [
        "Số định danh cá nhân gồm đúng 12 chữ số, ví dụ 099204012345. Hãy nhập lại theo thẻ."
    ]


def test_a_known_number_never_leaves_in_full():
    field = PersonalNumberField(known="099192004471")

    class Known(PlainForm):
        number = field

    assert "099192004471" not in str(Known())
    assert "•••• •••• 4471" in str(Known())
    kept = Known({"number": "•••• •••• 4471"})
    assert kept.is_valid()
    assert kept.cleaned_data["number"] == "099192004471"
    assert not kept.has_changed()


def test_choices_carry_their_hints():
    class Form(PlainForm):
        way = forms.ChoiceField(
            choices=[("a", "Trình ký"), ("b", "Trả lại")], widget=Radios(hints={"a": "Tới <ông>"})
        )
        more = forms.MultipleChoiceField(
            choices=[("a", "Bản giấy")], widget=Checkboxes(hints={"a": "2 đến 4 ngày"})
        )

    html = str(Form())
    assert 'aria-describedby="id_way_0_hint"' in html
    assert "Tới &lt;ông&gt;" in html
    assert 'id="id_more_0_hint">2 đến 4 ngày' in html
    assert "id_way_1_hint" not in html
