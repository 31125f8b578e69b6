"""Loops over columns, compiled by Numba when first called and kept beside the source, or in the user's cache."""

import contextlib
import gc
import hashlib
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, TypeAlias, TypeVar, cast

import numba
import numpy as np
import numpy.typing as npt
from llvmlite import ir
from numba.core import cgutils, types
from numba.extending import intrinsic
from numba.np.arrayobj import make_array

_F = TypeVar("_F", bound=Callable[..., Any])

Column: TypeAlias = npt.NDArray[Any]
"""Values of one field, one a row."""
Whole: TypeAlias = Any
"""A whole number: Python's for a caller, of the machine's kinds inside a kernel."""

NONE: Final = -1
"""What is not said, in a column of whole numbers that are never below zero."""

_HERE: Final = Path(__file__).parent
VERSION: Final = hashlib.blake2b(
    b"".join(path.read_bytes() for path in sorted(_HERE.glob("*.py"))), digest_size=8
).hexdigest()
"""Changes when a rule of linkage does."""


def _kept_in() -> str:
    """Where compiled kernels are kept: Numba looks at a kernel's own file only, and not at those that it calls.

    Beside the source, else in the user's cache, else for this process alone: never where others may write.
    """
    home = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "lienthong"
    for place in (_HERE / "__pycache__", home):
        with contextlib.suppress(OSError):
            place.mkdir(parents=True, exist_ok=True)
            if os.access(place, os.W_OK):
                return str(place / f"kernels-{VERSION}")
    return tempfile.mkdtemp(prefix="lienthong-kernels-")


# What is loaded by now stays as long as the process: the search for cycles need not look at it, least of all when the
# process ends (a fortieth of a run over two million records).
gc.freeze()

_settings: Any = numba.config
_settings.CACHE_DIR = _settings.CACHE_DIR or _kept_in()


def kernel(function: _F) -> _F:
    """Indices are not checked: a kernel never reads past what its caller measured."""
    return cast("_F", numba.njit(cache=True, nogil=True, error_model="numpy")(function))


def inline(function: _F) -> _F:
    """A piece of kernels, put into each that calls it: a call would count the references of every column it is given."""
    return cast("_F", numba.njit(cache=True, nogil=True, error_model="numpy", forceinline=True)(function))


_FIRST, _SECOND, _THIRD = map(np.uint64, (0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB))
_29, _32 = np.uint64(29), np.uint64(32)


@inline
def mixed(value: Whole, more: Whole) -> Whole:
    """Two whole numbers as one of 64 bits, well spread (the steps of splitmix64). Unsigned: signed ones may not wrap."""
    h = (np.uint64(value) ^ _FIRST) * _SECOND
    h = (h ^ (h >> _29) ^ np.uint64(more)) * _THIRD
    return np.int64(h ^ (h >> _32))


@inline
def scattered(one: Whole, two: Whole) -> Whole:
    """As `mixed`, quicker and less well: where what is found is compared anyway."""
    h = np.uint64(one) * _FIRST + np.uint64(two) * _SECOND
    return np.int64(h ^ (h >> _32))


AHEAD: Final = 16
"""Rows after which the processor has what it was asked for."""


def _soon(column: Column, place: Whole) -> None:
    """Have this place of a column fetched while other rows are worked on. It may lie outside: nothing is read."""


def _prefetch(_typing: Any, column: Any, place: Any) -> Any:
    array_of, declared = cast("Any", make_array), cast("Any", cgutils.get_or_insert_function)

    def made(context: Any, builder: Any, signature: Any, given: Any) -> Any:
        byte, flag = ir.IntType(8).as_pointer(), ir.IntType(32)
        of = builder.gep(array_of(signature.args[0])(context, builder, given[0]).data, [given[1]])
        kind = ir.FunctionType(ir.VoidType(), [byte, flag, flag, flag])
        prefetch = declared(builder.module, kind, "llvm.prefetch.p0")
        builder.call(prefetch, [builder.bitcast(of, byte), flag(0), flag(3), flag(1)])
        return context.get_dummy_value()

    return types.void(column, place), made


soon = _soon if _settings.DISABLE_JIT else cast("Callable[[Column, Whole], None]", intrinsic(_prefetch))
"""LLVM's prefetch: the processor else waits for one row's memory after the other's."""
