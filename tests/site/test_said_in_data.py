"""Sentences that stand in files of data are messages too, and come out in the language of the page."""

import pytest
from babel.messages.catalog import Catalog
from django.utils import translation
from django.utils.translation import trans_real

from lienthong.data import sources
from lienthong.data.checks import Sentence, rules_for
from lienthong.registries.public import words_of
from lienthong.site import messages

YAML = """
# Said on screen: sentence, label.
title: Không phải câu
fields:
  - {name: a, label: Họ và tên, weight: 2}
checks:
  - sentence: "{label}: chưa có giá trị."
    nested: {label: Ngày sinh}
"""


def test_a_file_of_data_says_which_of_its_keys_are_messages() -> None:
    assert set(messages.spoken(YAML)) == {"Họ và tên", "Ngày sinh", "{label}: chưa có giá trị."}
    assert list(messages.spoken(YAML.replace("Said on screen", "Other"))) == []


def test_every_rule_and_field_that_a_steward_sees_is_in_the_catalogue() -> None:
    catalogue: Catalog = messages.template()
    for schema in (*sources.schemas(), *map(sources.schema, sources.OWN)):
        said = [field.label for field in schema.fields]
        said += [text for rule in rules_for(schema) for text in (rule.sentence.pattern, rule.sentence.label)]
        assert [text for text in said if catalogue.get(text) is None] == []


def test_a_rules_sentence_is_translated_with_its_fields_name(monkeypatch: pytest.MonkeyPatch) -> None:
    english = {"{label}: chưa có giá trị.": "{label}: no value.", "Họ và tên": "Full name"}
    monkeypatch.setattr(trans_real.DjangoTranslation, "gettext", lambda _self, text: english.get(text, text))
    sentence = Sentence.of("{label}: chưa có giá trị.", "Họ và tên")
    assert sentence == "Họ và tên: chưa có giá trị."
    with translation.override("en"):
        assert words_of(sentence) == "Full name: no value."
        assert words_of("Họ và tên") == "Full name"
