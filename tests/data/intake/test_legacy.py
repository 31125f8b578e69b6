"""Legacy workbooks are read like the rest, and refused for the same reasons."""

import struct
from pathlib import Path

import duckdb
import pytest

from data.intake.legacy import xls
from data.intake.ugly import HEAD, ROWS, workbook
from lienthong.data import intake
from lienthong.data.intake import ExtensionLies, HasEmbeddedObjects, HasMacros, IsProtected, Unreadable

TABLE = [HEAD, *((float(row[0]), *row[1:4], float(row[4]), *row[5:]) for row in ROWS)]


def test_a_legacy_workbook_is_read_with_its_lost_zeros(tmp_path: Path) -> None:
    path = xls(tmp_path / "a.xls", TABLE)
    seen = intake.preview(path)
    assert seen.schema == "workers"
    assert [one.id for one in seen.proposals] == ["zeros:4"]
    reading = intake.read(path, seen.plan(intake.ALL), tmp_path / "a.parquet")
    got = duckdb.sql(
        f"SELECT row, full_name, personal_number FROM '{reading.parquet}' ORDER BY row"
    ).fetchall()
    assert got[0] == (2, "Nguyễn Văn An", "099080000001")
    assert len(got) == 5


@pytest.mark.parametrize(
    ("stream", "refusal"),
    [("_VBA_PROJECT_CUR", HasMacros), ("MBD0018D4C1", HasEmbeddedObjects), ("Ctls", HasEmbeddedObjects), ("EncryptedPackage", IsProtected)],
)  # fmt: skip
def test_streams_that_act_are_refused(tmp_path: Path, stream: str, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        intake.preview(xls(tmp_path / "a.xls", TABLE, streams=[stream]))


def test_a_password_record_is_protection(tmp_path: Path) -> None:
    with pytest.raises(IsProtected):
        intake.preview(xls(tmp_path / "a.xls", TABLE, extra=struct.pack("<HHHHH", 0x2F, 6, 0, 0, 0)))


def test_a_sheet_of_old_macros_is_refused(tmp_path: Path) -> None:
    bound = struct.pack("<HHIBBBB", 0x85, 9, 0, 0, 1, 1, 0) + b"M"
    with pytest.raises(HasMacros):
        intake.preview(xls(tmp_path / "a.xls", TABLE, extra=bound))


def test_an_encrypted_xlsx_is_a_compound_file_with_a_password(tmp_path: Path) -> None:
    path = xls(tmp_path / "a.xls", TABLE, streams=["EncryptionInfo", "EncryptedPackage"])
    with pytest.raises(IsProtected):
        intake.inspect(path, name="a.xlsx")


def test_a_legacy_workbook_under_the_new_name_is_a_lie(tmp_path: Path) -> None:
    with pytest.raises(ExtensionLies, match="XLS"):
        intake.inspect(xls(tmp_path / "a.xls", TABLE), name="a.xlsx")
    with pytest.raises(ExtensionLies, match="XLSX"):
        intake.inspect(workbook(tmp_path / "b.xlsx"), name="b.xls")


def test_a_torn_or_looping_compound_file_is_not_read(tmp_path: Path) -> None:
    whole = xls(tmp_path / "a.xls", TABLE).read_bytes()
    for broken in (
        whole[:600],
        whole[:76] + b"\0" * 436 + whole[512:],
        whole[:30] + b"\xff\xff" + whole[32:],
    ):
        path = tmp_path / "b.xls"
        path.write_bytes(broken)
        with pytest.raises(Unreadable):
            intake.preview(path)
