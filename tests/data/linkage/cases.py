"""A small register, and records written by hand: what each must end in is in the tests."""

import csv
import json
from dataclasses import dataclass, field
from pathlib import Path

from lienthong.data.linkage import LinkSettings, Summary, link
from lienthong.data.linkage.inputs import PEOPLE, RECORDS

REGISTER = [
    # personal_number, old_number, full_name, birth_date, precision, sex, commune, mother, status
    ("099058000001", "012345671", "Nguyễn Văn Hoà", "1958-03-14", "day", "male", "00004", "Trần Thị Bé", "alive"),
    ("099158000002", "", "Lê Thị Thủy Tiên", "1958-07-05", "day", "female", "00004", "Phan Thị Lụa", "dead"),
    ("099190000003", "", "Đỗ Thị Ánh", "1990-01-01", "year", "female", "00010", "Phan Thị Na", "alive"),
    ("099090000004", "112233445", "Trần Quốc Bảo", "1990-05-06", "day", "male", "00010", "Phan Thị Na", "alive"),
    ("099211000005", "", "Vũ Minh An", "2011-02-03", "day", "male", "00013", "Hồ Thị Sen", "alive"),
    ("099211000876", "", "Vũ Minh Anh", "2011-02-03", "day", "male", "00013", "Hồ Thị Sen", "alive"),
    ("099175000007", "223344556", "Phạm Thị Hoa", "1975-08-21", "day", "female", "00016", "Cao Thị Mai", "alive"),
    ("099175000918", "", "Phạm Thị Hoa", "1975-08-21", "day", "female", "00016", "Ngô Thị Tư", "alive"),
    ("099165000009", "", "Bùi Thị Mỹ Hạnh", "1965-11-30", "day", "female", "00019", "Lý Thị Năm", "missing"),
    ("099070000010", "334455667", "Hoàng Công Tỵ", "1970-12-01", "month", "male", "00022", "Đinh Thị Bảy", "emigrated"),
]  # fmt: skip


@dataclass
class Linked:
    """Verdicts by record id, as written; the summary as returned."""

    rows: dict[str, dict[str, str]]
    order: list[str]
    summary: Summary
    written: dict[str, object] = field(default_factory=dict)

    def __getitem__(self, record_id: str) -> tuple[str, str]:
        row = self.rows[record_id]
        return row["verdict"], row["personal_number"]

    def reasons(self, record_id: str) -> str:
        return self.rows[record_id]["reasons"]


def write(path: Path, columns: tuple[str, ...], rows: list[tuple[str, ...]] | list[dict[str, str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        for row in rows:
            writer.writerow([row.get(column, "") for column in columns] if isinstance(row, dict) else row)
    return path


def linked(place: Path, records: list[dict[str, str]], *, settings: LinkSettings | None = None) -> Linked:
    """Records (record_id counted from 1, each in a source of its own, where not given) against REGISTER."""
    numbered = [
        {"record_id": str(n), "source": f"nguon-{n}", **row} for n, row in enumerate(records, start=1)
    ]
    register = write(place / "people.csv", PEOPLE, REGISTER)
    given = write(place / "records.csv", RECORDS, numbered)
    return read(
        place / "out", link(given, register, place / "out", settings=settings or LinkSettings(threads=1))
    )


def read(out: Path, summary: Summary) -> Linked:
    with (out / "verdicts.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    written = json.loads((out / "summary.json").read_text("utf-8"))
    return Linked(
        {row["record_id"]: row for row in rows}, [row["record_id"] for row in rows], summary, written
    )
