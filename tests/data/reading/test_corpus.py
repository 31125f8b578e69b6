"""The corpus: sound answers, and rules that have not got worse on the half that they were written on."""

from datetime import date

import pytest

from lienthong.data.reading import Comparator, Kind, facts_in
from lienthong.data.reading.facts import TIERS
from lienthong.site.bench.reading import CORPUS, Answered, corpus, measure, pairs

TEXTS = list(corpus())


def test_the_halves_are_fixed_and_alike() -> None:
    halves = {half: [text for text in TEXTS if text.half == half] for half in ("seen", "unseen")}
    assert len(TEXTS) >= 60
    assert {half: len(texts) for half, texts in halves.items()} == {"seen": 52, "unseen": 57}
    assert len({text.id for text in TEXTS}) == len(TEXTS)


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text.id)
def test_answers_are_well_formed(text: Answered) -> None:
    for answer in text.facts:
        assert answer["kind"] in list(Kind)
        assert set(answer.get("tier", "country").split("+")) <= set(TIERS)
        assert answer.get("comparator", "exactly") in list(Comparator)
        assert isinstance(answer.get("date", date.min), date)
        assert ("value" in answer) != (answer["kind"] == "task")


def test_the_half_that_rules_were_written_on_is_read() -> None:
    scores = {(s.kind, s.strict): s for s in measure(CORPUS, ["seen"])}
    assert (scores["all", True].precision or 0) >= 0.9
    assert (scores["all", True].recall or 0) >= 0.9


def test_a_wrong_value_is_not_counted_as_found() -> None:
    answer = {
        "kind": "target",
        "subject": "hồ sơ số hóa",
        "value": 81,
        "unit": "%",
        "date": date(2027, 12, 31),
    }
    found = list(facts_in(["Phấn đấu năm 2027 đạt 80% hồ sơ số hóa."], dated=date(2026, 11, 20)))
    assert pairs([answer], found, strict=False) == []
    assert pairs([answer | {"value": 80}], found, strict=True) == [(0, 0)]
    assert pairs([answer | {"value": 80, "date": date(2028, 12, 31)}], found, strict=True) == []
