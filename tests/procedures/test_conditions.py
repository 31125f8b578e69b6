"""Conditions in CEL: yes, no, or not known."""

import pytest

from lienthong.procedures.conditions import ConditionUnreadable, facts_of, holds
from lienthong.procedures.content import Content
from lienthong.procedures.schema import condition_of


@pytest.mark.parametrize(
    ("condition", "facts", "answer"),
    [
        ("late", {"late": True}, True),
        ("!late", {"late": True}, False),
        ("late", {}, None),
        ("late", {"late": None}, None),
        ("late", {"late": "có"}, None),
        ("level >= 2", {"level": "x"}, None),
        ("level >= 2 && integrated", {"level": 2, "integrated": True}, True),
        ("level >= 2 && integrated", {"level": 2}, None),
        ('same(kind, "hộ gia đình")', {"kind": "Ho Gia Dinh"}, True),
        ('mentions(purpose, "kết hôn")', {"purpose": "để KẾT HÔN"}, True),
        ('mentions(purpose, "kết hôn")', {"purpose": "vay vốn"}, False),
    ],
)
def test_condition_is_answered(condition: str, facts: dict[str, object], answer: bool | None) -> None:
    assert holds(condition, facts) is answer


@pytest.mark.parametrize("condition", ["a = b", "1 +", "", "unheard(a)"])
def test_condition_that_is_not_cel_is_refused(condition: str) -> None:
    with pytest.raises(ConditionUnreadable):
        holds(condition, {"a": 1, "b": 2})


def test_conditions_of_forms_ask_only_about_the_form(contents: dict[str, Content]) -> None:
    found = 0
    for content in contents.values():
        keys = {f.key for f in content.form.fields}
        for field in content.form.fields:
            condition = condition_of(field)
            if condition:
                found += 1
                assert set(facts_of(condition)) <= keys
    assert found == 4


def test_conditions_of_fees_ask_only_what_is_asked_or_known(contents: dict[str, Content]) -> None:
    known = {"account_level", "five_papers_integrated", "marriage_paper_integrated"}
    for content in contents.values():
        asked = {q.key for q in content.fees.questions} | known
        for fee in content.fees.items:
            names = {fee.reading.quantity} - {None}
            names |= set(facts_of(fee.reading.applies_if)) if fee.reading.applies_if else set()
            assert names <= asked
        for waiver in content.fees.waivers:
            assert set(facts_of(waiver.applies_if)) <= known
