"""Permissions: closed unless declared, and granted by exactly one check."""

import pytest

from lienthong.identity import rules
from lienthong.identity.rules import (
    ANONYMOUS,
    Actor,
    Duty,
    LevelTwoNeeded,
    NotAllowed,
    Role,
    SignInNeeded,
    UnknownPermissionError,
    allowed,
    permission,
    require,
    require_level,
    system,
)

HANDLER = Actor(
    reference="account:7",
    account_id=7,
    personal_number=None,
    name="Trần Văn Nghiệm",
    level=2,
    duties=frozenset({Duty(Role.HANDLER, "H20.47")}),
)
CITIZEN = Actor(reference="account:8", account_id=8, personal_number="099099000001", name="Nguyễn", level=1)


@pytest.fixture(autouse=True)
def _own_permissions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "_permissions", {})

    @permission("test.handle", doc="Handle at the place named")
    def may_handle(by: Actor, place: str) -> bool:
        return by.has(Role.HANDLER, at=place)

    @permission("test.peek", doc="See something whose existence is private", private=True)
    def may_peek(by: Actor, _obj: object) -> bool:
        return by.personal_number == "099099000002"

    @permission("test.run", doc="Run by itself", system=True)
    def may_run(_by: Actor, _obj: object) -> bool:
        return False


def test_an_undeclared_permission_is_a_mistake_and_never_a_yes() -> None:
    for actor in (ANONYMOUS, HANDLER, CITIZEN, system("demo")):
        with pytest.raises(UnknownPermissionError):
            require(actor, "test.nothing")
        with pytest.raises(LookupError):
            allowed(actor, "test.nothing")


def test_a_duty_holds_at_its_own_organisation_only() -> None:
    require(HANDLER, "test.handle", "H20.47")
    for elsewhere in ("H20", "H20.4", "H20.47.01", "H21.47", ""):
        with pytest.raises(NotAllowed) as refusal:
            require(HANDLER, "test.handle", elsewhere)
        assert refusal.value.status == 403


def test_has_takes_one_place_or_several_and_several_roles() -> None:
    assert HANDLER.has(Role.HANDLER)
    assert HANDLER.has(Role.LEADER, Role.HANDLER, at=["H20", "H20.47"])
    assert not HANDLER.has(Role.HANDLER, at=[])
    assert not HANDLER.has(Role.LEADER)
    assert not HANDLER.has()


def test_nobody_signed_in_is_asked_to_sign_in() -> None:
    with pytest.raises(SignInNeeded):
        require(ANONYMOUS, "test.handle", "H20.47")


@pytest.mark.parametrize("actor", [ANONYMOUS, CITIZEN, HANDLER])
def test_where_existence_is_private_the_answer_is_404_for_everybody(actor: Actor) -> None:
    with pytest.raises(NotAllowed) as refusal:
        require(actor, "test.peek")
    assert refusal.value.status == 404
    assert not isinstance(refusal.value, SignInNeeded)


def test_the_system_may_do_only_what_declares_it() -> None:
    require(system("demo"), "test.run")
    with pytest.raises(NotAllowed):
        require(system("demo"), "test.handle", "H20.47")
    assert not allowed(HANDLER, "test.run")


def test_a_check_that_answers_anything_but_true_refuses() -> None:
    @permission("test.sloppy", doc="A check that forgot to compare")
    def sloppy(by: Actor, _obj: object) -> bool:
        return by.name  # type: ignore[return-value]  # the mistake under test

    assert not allowed(HANDLER, "test.sloppy")


def test_a_name_is_declared_once() -> None:
    with pytest.raises(ValueError, match="twice"):
        permission("test.handle", doc="Again")(lambda by, obj: True)


def test_nobody_acts_as_citizen_and_officer_at_once() -> None:
    with pytest.raises(ValueError, match="at once"):
        Actor(
            reference="account:9",
            account_id=9,
            personal_number="099099000003",
            name="",
            level=2,
            duties=HANDLER.duties,
        )


def test_level_two_is_asked_of_everybody_but_the_system() -> None:
    """NĐ 69/2024/NĐ-CP: level 2 opens what level 1 does not."""
    require_level(HANDLER, 2)
    require_level(system("demo"), 2)
    with pytest.raises(LevelTwoNeeded):
        require_level(CITIZEN, 2)
    with pytest.raises(SignInNeeded):
        require_level(ANONYMOUS, 1)


def test_a_refusal_says_so_in_vietnamese() -> None:
    assert str(NotAllowed()) == "Tài khoản đang dùng không có quyền thực hiện việc này."
    assert str(SignInNeeded()) == "Cần đăng nhập để thực hiện việc này."


def test_references_say_who_and_no_more() -> None:
    assert ANONYMOUS.reference == "anonymous"
    assert system("demo").reference == "system:demo"
    assert CITIZEN.personal_number not in CITIZEN.reference
