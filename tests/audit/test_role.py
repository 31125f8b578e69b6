"""Who operates is told when the application's role could change the record."""

import pytest

from lienthong.audit.role import role_is_as_expected, warnings_of

pytestmark = pytest.mark.django_db


def test_the_owner_of_the_tables_is_warned_about(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests run as the owner. Migrating as the owner is as it should be."""
    monkeypatch.delenv("LIENTHONG_AS_OWNER", raising=False)
    assert [w.id for w in role_is_as_expected(databases=["default"])] == ["audit.W001"]
    assert role_is_as_expected(databases=[]) == []
    monkeypatch.setenv("LIENTHONG_AS_OWNER", "1")
    assert role_is_as_expected(databases=["default"]) == []


def test_a_role_from_which_nothing_was_taken_is_warned_about() -> None:
    assert [w.id for w in warnings_of("web", is_super=False, owns=False, may_change=True)] == ["audit.W002"]
    assert warnings_of("lienthong_app", is_super=False, owns=False, may_change=False) == []
