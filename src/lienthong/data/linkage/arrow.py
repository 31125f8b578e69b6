"""Columns and texts as Arrow's. `pa.array` and `to_numpy` would import pandas: half a second of every run."""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from lienthong.data.linkage.jit import Column


def of_numbers(values: Column) -> pa.Array:
    """A column as it stands in memory."""
    held = np.ascontiguousarray(values)
    return pa.Array.from_buffers(pa.from_numpy_dtype(held.dtype), len(held), [None, pa.py_buffer(held)])


def of_texts(texts: Sequence[str]) -> pa.Array:
    """Texts of at most 2 GiB together."""
    written = [text.encode() for text in texts]
    ends = np.zeros(len(written) + 1, np.int32)
    np.cumsum([len(text) for text in written], out=ends[1:])
    buffers = [None, pa.py_buffer(ends), pa.py_buffer(b"".join(written))]
    return pa.Array.from_buffers(pa.string(), len(written), buffers)


def truths(found: pa.Array) -> Column:
    """Arrow's truth values, without nulls, as NumPy's."""
    return np.from_dlpack(found.cast(pa.int8())).astype(np.bool_)
