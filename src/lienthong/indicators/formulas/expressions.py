"""Arithmetic over counters, read from text: names, numbers, + - * /, max(), min(). Nothing else.

One text is worked out two ways: exactly, over numbers, and over columns of a table. Division by
zero has no value, and nothing that it enters has one.
"""

import ast
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final, Protocol

from lienthong.kit.errors import Refused, said


class FormulaUnreadable(Refused):
    sentence = said("Công thức “{text}” không đọc được: chỉ dùng tên bộ đếm, số, + - * /, max() và min().")


class Algebra(Protocol):
    """The five operations over whatever values stand for."""

    def constant(self, value: Fraction) -> Any: ...
    def add(self, a: Any, b: Any) -> Any: ...
    def subtract(self, a: Any, b: Any) -> Any: ...
    def multiply(self, a: Any, b: Any) -> Any: ...
    def divide(self, a: Any, b: Any) -> Any: ...
    def maximum(self, a: Any, b: Any) -> Any: ...
    def minimum(self, a: Any, b: Any) -> Any: ...


class Exact:
    """Fractions; None is no value."""

    def constant(self, value: Fraction) -> Fraction:
        return value

    def add(self, a: Fraction | None, b: Fraction | None) -> Fraction | None:
        return None if a is None or b is None else a + b

    def subtract(self, a: Fraction | None, b: Fraction | None) -> Fraction | None:
        return None if a is None or b is None else a - b

    def multiply(self, a: Fraction | None, b: Fraction | None) -> Fraction | None:
        return None if a is None or b is None else a * b

    def divide(self, a: Fraction | None, b: Fraction | None) -> Fraction | None:
        return None if a is None or not b else a / b

    def maximum(self, a: Fraction | None, b: Fraction | None) -> Fraction | None:
        return None if a is None or b is None else max(a, b)

    def minimum(self, a: Fraction | None, b: Fraction | None) -> Fraction | None:
        return None if a is None or b is None else min(a, b)


OPERATIONS: Final[Mapping[type[ast.operator], str]] = {
    ast.Add: "add",
    ast.Sub: "subtract",
    ast.Mult: "multiply",
    ast.Div: "divide",
}
FUNCTIONS: Final = {"max": "maximum", "min": "minimum"}


@dataclass(frozen=True)
class Expression:
    """A formula as written, and the names it uses."""

    text: str
    names: frozenset[str]
    divisors: frozenset[str]
    """Names that stand below a stroke."""
    tree: ast.expr

    def work_out(self, value_of: Callable[[str], Any], algebra: Algebra) -> Any:
        return _value(self.tree, value_of, algebra)


def parse(text: str) -> Expression:
    """Raises FormulaUnreadable."""
    try:
        tree = ast.parse(str(text).strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise FormulaUnreadable(text=text) from error
    names: set[str] = set()
    divisors: set[str] = set()
    _walk(tree, str(text), names, divisors, below=False)
    return Expression(str(text), frozenset(names), frozenset(divisors), tree)


def _walk(node: ast.expr, text: str, names: set[str], divisors: set[str], *, below: bool) -> None:
    match node:
        case ast.Name(id=name):
            names.add(name)
            if below:
                divisors.add(name)
        case ast.Constant(value=value) if isinstance(value, int | float) and not isinstance(value, bool):
            return
        case ast.BinOp(left=left, op=op, right=right) if type(op) in OPERATIONS:
            _walk(left, text, names, divisors, below=below)
            _walk(right, text, names, divisors, below=below or isinstance(op, ast.Div))
        case ast.Call(func=ast.Name(id=function), args=[first, second], keywords=[]) if function in FUNCTIONS:
            _walk(first, text, names, divisors, below=below)
            _walk(second, text, names, divisors, below=below)
        case _:
            raise FormulaUnreadable(text=text)


def _value(node: ast.expr, value_of: Callable[[str], Any], algebra: Algebra) -> Any:
    match node:
        case ast.Name(id=name):
            return value_of(name)
        case ast.BinOp(left=left, op=op, right=right):
            operation = getattr(algebra, OPERATIONS[type(op)])
            return operation(_value(left, value_of, algebra), _value(right, value_of, algebra))
        case ast.Call(func=ast.Name(id=function), args=[first, second]):
            operation = getattr(algebra, FUNCTIONS[function])
            return operation(_value(first, value_of, algebra), _value(second, value_of, algebra))
        case ast.Constant(value=value):
            return algebra.constant(Fraction(str(value)))
    raise FormulaUnreadable(text=ast.dump(node))  # parse() lets nothing else through
