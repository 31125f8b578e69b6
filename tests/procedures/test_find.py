"""Finding a procedure as people ask for it."""

from datetime import date

import pytest

from lienthong.procedures.content import Content
from lienthong.procedures.public import (
    ProcedureVersion,
    find_procedures,
    life_events,
    successors,
    versions_in_force,
)
from lienthong.procedures.search import Index, entry, everyday_words, search_key

TODAY = date(2026, 11, 21)


@pytest.fixture(scope="module")
def index(contents: dict[str, Content]) -> Index:
    return Index(
        entry(
            c.code,
            c.old_codes,
            search_key(code=c.code, short_name=c.short_name, name=c.official_name, sector=c.sector.name),
        )
        for c in contents.values()
    )


@pytest.mark.parametrize(
    ("asked", "first"),
    [
        ("xây nhà", "1.013225"),
        ("xay nha", "1.013225"),
        ("XÂY NHÀ!", "1.013225"),
        ("làm giấy khai sinh", "1.001193"),
        ("lam giay khai sinh cho con", "1.001193"),
        ("khai sinh cho con", "1.001193"),
        ("đổi bằng lái", "3.000347"),
        ("doi bang lai xe may", "3.000347"),
        ("giấy độc thân", "1.004873"),
        ("hộ khẩu", "1.004222"),
        ("tạm trú", "1.004194"),
        ("mở công ty", "2.001583"),
        ("mo quan pho", "1.001612"),
        ("thẻ bảo hiểm y tế", "1.001939"),
        ("trợ cấp thất nghiệp", "1.014748"),
        ("người nhà mất", "1.000656"),
        ("mai tang phi", "2.002913"),
        ("công chứng giấy tờ", "2.000815"),
        ("passport", "1.001456"),
        ("khai sin", "1.001193"),
        ("1.001193", "1.001193"),
        ("1.001193.H56", "1.001193"),
        ("2.002622", "2.002913"),
        ("Thủ tục cấp Giấy xác nhận tình trạng hôn nhân", "1.004873"),
    ],
)
def test_best_hit_comes_first(index: Index, asked: str, first: str) -> None:
    assert index.find(asked)[0].code == first


@pytest.mark.parametrize(
    "asked", ["", "   ", "xyz", "qwerty asdf", "H20.47-261109-0017", "??", "'; DROP TABLE"]
)
def test_nonsense_finds_nothing(index: Index, asked: str) -> None:
    assert index.find(asked) == []


def test_every_procedure_is_found_by_its_names(index: Index, contents: dict[str, Content]) -> None:
    for content in contents.values():
        assert index.find(content.short_name)[0].code == content.code
        assert content.code in [m.code for m in index.find(content.official_name)[:2]]


def test_every_everyday_word_leads_near_its_procedure(index: Index, contents: dict[str, Content]) -> None:
    assert set(everyday_words()) == set(contents)
    for code, words in everyday_words().items():
        for phrase in words:
            assert code in [m.code for m in index.find(phrase)[:3]], phrase


def test_only_what_is_in_force_is_found(loaded: list[ProcedureVersion]) -> None:
    assert [f.procedure.code for f in find_procedures("xây nhà", TODAY)] == ["1.013225"]
    assert find_procedures("xây nhà", date(2026, 6, 30)) == []


def test_search_sees_a_new_publication(loaded: list[ProcedureVersion]) -> None:
    assert len(find_procedures("đăng ký", TODAY)) > 5
    assert len(find_procedures("đăng ký", TODAY, limit=3)) == 3


def test_search_asks_the_database_three_times(
    loaded: list[ProcedureVersion], django_assert_num_queries: object
) -> None:
    find_procedures("khai sinh", TODAY)
    with django_assert_num_queries(3):  # type: ignore[operator] # a context manager of pytest-django
        find_procedures("khai tử", TODAY)


def test_old_code_leads_to_its_successor(loaded: list[ProcedureVersion]) -> None:
    assert [p.code for p in successors("2.001023")] == ["3.000722"]
    assert successors("1.001193") == []


def test_life_events_hold_what_is_in_force(loaded: list[ProcedureVersion]) -> None:
    events = life_events(TODAY)
    assert len(events) == 9
    assert events[0].title == "Sinh con, nuôi con nhỏ"
    assert [v.procedure.code for v in events[8].versions] == ["2.002913", "1.000656"]
    assert len(versions_in_force(TODAY)) == 28
    assert [v.procedure.code for v in life_events(date(2026, 6, 1))[3].versions] == ["1.013949", "3.000001"]
