"""Conditions of procedure data, in CEL, answered yes, no or not known."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import cel

from lienthong.kit.errors import Refused, said
from lienthong.kit.names import fold


class ConditionUnreadable(Refused):
    sentence = said("Không đọc được điều kiện “{condition}” của thủ tục.")


def _same(one: Any, other: Any) -> bool:
    return fold(str(one)) == fold(str(other))


def _mentions(text: Any, words: Any) -> bool:
    return fold(str(words)) in fold(str(text))


FUNCTIONS = {"same": _same, "mentions": _mentions}
"""`same(a, b)`: equal but for case and marks. `mentions(text, words)`: the words stand in the text."""


OF_CEL = {"size", "has", "contains", "startsWith", "endsWith", "matches"}


@lru_cache(maxsize=2048)
def _compiled(condition: str) -> tuple[cel.Program, tuple[str, ...]]:
    try:
        program = cel.compile(condition)
    except ValueError as error:
        raise ConditionUnreadable(condition=condition) from error
    called = {name for name in program.functions() if name.isidentifier() and name[0] != "_"}
    if called - OF_CEL - set(FUNCTIONS):
        raise ConditionUnreadable(condition=condition)
    return program, tuple(program.variables())


def facts_of(condition: str) -> tuple[str, ...]:
    """The names a condition asks about. Raises ConditionUnreadable."""
    return _compiled(condition)[1]


def holds(condition: str, facts: Mapping[str, Any]) -> bool | None:
    """Whether the condition holds; None when a fact that it asks about is missing or of the wrong kind.

    Raises ConditionUnreadable for what is not CEL.
    """
    program, names = _compiled(condition)
    if any(facts.get(name) is None for name in names):
        return None
    try:
        answer = program.execute(cel.Context({name: facts[name] for name in names}, FUNCTIONS))
    except (RuntimeError, TypeError, ValueError, OverflowError):
        return None
    return answer if isinstance(answer, bool) else None
