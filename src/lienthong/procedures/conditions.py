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


@lru_cache(maxsize=2048)
def _compiled(condition: str) -> tuple[cel.Program, tuple[str, ...]]:
    try:
        program = cel.compile(condition)
    except ValueError as error:
        raise ConditionUnreadable(condition=condition) from error
    return program, tuple(program.variables())


def facts_of(condition: str) -> tuple[str, ...]:
    """The names a condition asks about. Raises ConditionUnreadable."""
    return _compiled(condition)[1]


def holds(condition: str, facts: Mapping[str, Any]) -> bool | None:
    """Whether the condition holds; None when a fact that it asks about is not known.

    Raises ConditionUnreadable for what is not CEL, or not a yes or no over these facts.
    """
    program, names = _compiled(condition)
    if any(facts.get(name) is None for name in names):
        return None
    try:
        answer = program.execute(cel.Context({name: facts[name] for name in names}, FUNCTIONS))
    except (RuntimeError, TypeError, ValueError) as error:
        raise ConditionUnreadable(condition=condition) from error
    if not isinstance(answer, bool):
        raise ConditionUnreadable(condition=condition)
    return answer
