"""`python -m lienthong.data.linkage`: compile the kernels, by linking two records, so that no user waits for it."""

import tempfile
from pathlib import Path

from lienthong.data.linkage import Summary, link

HEAD = "personal_number,full_name,birth_date,sex,commune_code,mother_name"
PEOPLE = "099058000001,Nguyễn Văn Hoà,1958-03-14,male,00004,Trần Thị Bé\n099190000003,Đỗ Thị Ánh,1990-05-06,female,00010,Phan Thị Na"
RECORDS = "099058000001,NGUYEN VAN HOA,14/03/1958,Nam,00004,\n099190000031,Đỗ Thi Anh,06/05/1990,Nữ,00010,Phan Thi Na"


def main() -> Summary:
    """One record by its number, one by comparing: every kernel has its turn."""
    with tempfile.TemporaryDirectory(prefix="lienthong-") as folder:
        people, records = Path(folder) / "people.csv", Path(folder) / "records.csv"
        people.write_text(f"{HEAD}\n{PEOPLE}\n", "utf-8")
        records.write_text(f"{HEAD}\n{RECORDS}\n", "utf-8")
        return link(records, people, Path(folder) / "out")


if __name__ == "__main__":
    main()
