"""Reading a delimited text block by block gives the rows that reading it line by line gives, and holds one block."""

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lienthong.data.intake import blocks, textfiles
from lienthong.data.intake import rows as rows_module
from lienthong.data.intake.rows import shape, tables_of

WIDTH = 3


def listed(tables: Iterator[pa.Table]) -> list[tuple[object, ...]]:
    """Rows as tuples; a cell that is missing and one that is empty are the same to what comes after."""
    whole = pa.concat_tables([shape(WIDTH).empty_table(), *tables])
    return [tuple(cell or "" for cell in row.values()) for row in whole.to_pylist()]


def both(path: Path, how: textfiles.Dialect) -> tuple[list[tuple[object, ...]], list[tuple[object, ...]]]:
    line_by_line = listed(tables_of(textfiles.rows(path, how), WIDTH))
    return listed(blocks.tables(path, how, WIDTH)), line_by_line


LINES = st.lists(
    st.one_of(
        st.sampled_from([
            b"a,b,c", b"1,\xe1\xba\xa1,", b'1,"x, y",z', b'"a ""b""",,""', b"", b"only", b"a,b,c,d", b"a,b,c,", b'a,"open',
            b'cell",z', b'a"b,"c', b'a"b,"', b'"x"y,1,2', b"\xff\xfe,2,3", b"x" * 60, b' "a",b,c', b"\xef\xbb\xbfa,b,c", b"a\0,b,c",
        ]),
        st.text('a",\r \u1ea1', max_size=8).map(str.encode),
    ),
    max_size=60,
)  # fmt: skip


@settings(deadline=None, max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    lines=LINES,
    end=st.sampled_from([b"\n", b"\r\n"]),
    last=st.booleans(),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "latin-1"]),
    block=st.sampled_from([40, 200, 1000, 1 << 20]),
)
def test_any_text_reads_block_by_block_as_line_by_line(
    tmp_path: Path, lines: list[bytes], end: bytes, last: bool, encoding: str, block: int
) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(end.join(lines) + (end if last else b""))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(blocks, "BLOCK", block)
        patch.setattr(blocks, "CELL", 30)
        patch.setattr(rows_module, "CELL", 30)
        got, expected = both(path, textfiles.Dialect(encoding, ","))
    assert got == expected
