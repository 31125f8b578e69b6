"""Facts inside a sentence are put into the reader's language too, not only the sentence."""

from unittest import mock

from lienthong.procedures.content import Content
from lienthong.procedures.public import answer_in_words, form_hints, papers_for, reason_in_words

IN_OTHER_WORDS = "lienthong.fields.sentences.gettext"


def other(sentence: str) -> str:
    return f"<{sentence}>"


def test_a_register_is_named_in_the_readers_language(contents: dict[str, Content]) -> None:
    demands = papers_for(contents["1.001193"], channel="direct", known={"population_db"})
    paper = next(d for d in demands if d.paper.key == "giay_to_tuy_than")
    with mock.patch(IN_OTHER_WORDS, other):
        assert reason_in_words(paper) == (
            "<Cơ quan tra cứu trong <cơ sở dữ liệu quốc gia về dân cư>; không phải nộp.>"
        )


def test_a_year_of_birth_alone_says_so_in_the_readers_language(contents: dict[str, Content]) -> None:
    hint = next(h for h in form_hints(contents["1.001193"].form) if h.key == "mother_birth")
    with mock.patch(IN_OTHER_WORDS, other):
        assert answer_in_words(hint, "1958") == "<1958 (chỉ biết năm)>"
        assert answer_in_words(hint, "1958-03") == "<03/1958 (chỉ biết tháng và năm)>"
