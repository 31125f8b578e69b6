"""Each kind of record ends in the verdict that a steward would give, and says why."""

from pathlib import Path

from data.linkage.cases import Linked, linked
from lienthong.data.linkage import LinkSettings, Verdict, parse_reasons

ACCEPTED_HOA = ("matched", "099058000001")

WRITTEN = [
    ("Nguyễn Văn Hoà", "14/03/1958", "full_name.equal"),
    ("NGUYỄN VĂN HOÀ", "14/3/1958", "full_name.spelling"),
    ("Nguyễn Văn Hòa", "1958-03-14", "full_name.spelling"),
    ("Nguye\u0302\u0303n Va\u0306n Hoa\u0300", "14.3.1958", "full_name.spelling"),
    ("Nguyen Van Hoa", "14-3-58", "full_name.bare"),
    ("  nguyễn  văn   hoà ", "14031958", "full_name.spelling"),
    ("Nguyễn Văn Hoa", "21258", "full_name.marks"),
    ("NguyÔn V¨n Hoµ", "14/03/1958", "full_name.equal"),
    ("Nguyeãn Vaên Hoaø", "14/03/1958", "full_name.equal"),
    ("Nguyễn Văn Hòaa", "14/03/1958", "full_name.near"),
    ("Nguyễn Hoà", "14/03/1958", "full_name.part"),
    ("Nguyễn Văn Hoà", "1958", "birth_date.year"),
    ("Nguyễn Văn Hoà", "03/1958", "birth_date.month"),
    ("Nguyễn Văn Hoà", "03/14/1958", "birth_date.read_otherwise"),
    ("Nguyễn Văn Hoà", "01/01/1958", "birth_date.filled"),
    ("Nguyễn Văn Hoà", "ngày 14 tháng 3 năm 1958", "birth_date.equal"),
    ("Nguyễn Văn Hoà", "1958-03-14 00:00:00", "birth_date.equal"),
    ("Nguyễn Văn Hoà", "14-Mar-1958", "birth_date.equal"),
    ("Nguyễn Văn Hoà", "xx/xx/1958", "birth_date.year"),
    ("Nguyễn Văn Hoà", "01/01/1900", "birth_date.missing"),
    ("Nguyễn Văn Hoà", "chưa rõ", "birth_date.missing"),
]


def test_exact_number_with_agreeing_name_and_birth(tmp_path: Path) -> None:
    found = linked(
        tmp_path,
        [
            {"personal_number": "099058000001", "full_name": name, "birth_date": born}
            for name, born, _ in WRITTEN
        ],
    )
    for row, (name, born, code) in enumerate(WRITTEN, start=1):
        assert found[str(row)] == ACCEPTED_HOA, (name, born)
        assert code in found.reasons(str(row)), (name, born)


def test_a_number_with_signs_between_is_the_number(tmp_path: Path) -> None:
    numbers = ["099 058 000001", "099.058.000001", "'099058000001"]
    found = linked(
        tmp_path,
        [
            {"personal_number": number, "full_name": "Nguyễn Văn Hoà", "birth_date": "1958"}
            for number in numbers
        ],
    )
    assert [found[n] for n in "123"] == [ACCEPTED_HOA] * 3


CORRECTED = [
    ("099058000007", "", "personal_number.one_digit"),
    ("099050800001", "", "personal_number.one_digit"),
    ("09905800001", "", "personal_number.one_digit"),
    ("99058000001", "", "personal_number.zeros_lost"),
    ("99058000001.0", "", "personal_number.zeros_lost"),
    ("", "012345671", "old_number.equal"),
    ("", "12345671", "old_number.equal"),
    ("012345671", "", "personal_number.old_in_place"),
    ("12345671", "", "personal_number.old_in_place"),
    ("000000001", "012345671", "personal_number.filler"),
]


def test_corrected_numbers(tmp_path: Path) -> None:
    found = linked(tmp_path, [
        {"personal_number": number, "old_number": old, "full_name": "Nguyen Van Hoa", "birth_date": "14/03/1958"}
        for number, old, _ in CORRECTED
    ])  # fmt: skip
    for row, (number, old, code) in enumerate(CORRECTED, start=1):
        assert found[str(row)] == ("corrected", "099058000001"), (number, old)
        assert code in found.reasons(str(row)), (number, old)


def one(place: Path, **record: str) -> Linked:
    return linked(place, [record])


def test_conflict_names_the_field_first(tmp_path: Path) -> None:
    found = linked(
        tmp_path,
        [
            {"personal_number": "099058000001", "full_name": "Nguyễn Văn Hoà", "birth_date": "02/09/1961"},
            {"personal_number": "099058000001", "full_name": "Lê Minh Tâm", "birth_date": "14/03/1958"},
            {"personal_number": "099058000001", "full_name": "Lê Minh Tâm", "birth_date": "02/09/1961"},
        ],
    )
    assert [found[n][0] for n in "123"] == ["conflict"] * 3
    first = [parse_reasons(found.reasons(n))[0].code for n in "123"]
    assert first[:2] == ["birth_date.differs", "full_name.differs"]
    assert {r.code for r in parse_reasons(found.reasons("3"))} >= {"birth_date.differs", "full_name.differs"}


def test_name_and_birth_alone_are_only_possible(tmp_path: Path) -> None:
    found = one(tmp_path, full_name="Trần Quốc Bảo", birth_date="06/05/1990")
    assert found["1"] == ("possible", "099090000004")


def test_name_birth_and_place_or_mother_are_accepted(tmp_path: Path) -> None:
    more = [{"commune_code": "00010"}, {"mother_name": "PHAN THI NA"}, {"commune_code": "10"}]
    found = linked(
        tmp_path, [{"full_name": "Trần Quốc Bảo", "birth_date": "06/05/1990", **one} for one in more]
    )
    assert [found[n] for n in "123"] == [("matched", "099090000004")] * 3


def test_twins_are_told_apart_by_name_or_left_to_a_person(tmp_path: Path) -> None:
    same = {"birth_date": "03/02/2011", "commune_code": "00013", "mother_name": "Hồ Thị Sen"}
    found = linked(tmp_path, [{"full_name": "Vũ Minh An", **same}, {"full_name": "Vũ Minh Ang", **same}])
    assert found["1"][1] == "099211000005"
    assert found["2"][0] == "possible"


def test_same_name_and_birth_in_one_commune_are_left_to_a_person_unless_the_mother_tells(
    tmp_path: Path,
) -> None:
    same = {"full_name": "Phạm Thị Hoa", "birth_date": "21/08/1975", "commune_code": "00016"}
    found = linked(tmp_path, [same, {**same, "mother_name": "Ngô Thị Tư", "source": "khac"}])
    assert found["1"][0] == "possible"
    assert "record.rivals" in found.reasons("1")
    assert found["2"] == ("matched", "099175000918")


def test_a_commune_of_before_the_merger_is_the_commune_of_today(tmp_path: Path) -> None:
    units = tmp_path / "units.csv"
    units.write_text("predecessor,successor\n09999,00010\n", "utf-8")
    record = {"full_name": "Trần Quốc Bảo", "birth_date": "06/05/1990", "commune_code": "09999"}
    (tmp_path / "a").mkdir()
    assert (
        linked(tmp_path / "a", [record], settings=LinkSettings(units=units, threads=1))["1"][0] == "matched"
    )
    (tmp_path / "b").mkdir()
    assert linked(tmp_path / "b", [record])["1"][0] == "possible"


def test_dead_missing_and_emigrated(tmp_path: Path) -> None:
    found = linked(
        tmp_path,
        [
            {"personal_number": "099158000002", "full_name": "Lê Thị Thuỷ Tiên", "birth_date": "05/07/1958"},
            {"personal_number": "099165000009", "full_name": "Bùi Thị Mỹ Hạnh", "birth_date": "30/11/1965"},
            {"personal_number": "099070000010", "full_name": "Hoàng Công Tỵ", "birth_date": "12/1970"},
        ],
    )
    assert [found[n][0] for n in "123"] == ["dead", "matched", "matched"]
    assert "status.missing" in found.reasons("2")
    assert "status.emigrated" in found.reasons("3")


def test_the_second_record_of_a_person_in_a_source_is_the_duplicate(tmp_path: Path) -> None:
    hoa = {
        "personal_number": "099058000001",
        "full_name": "Nguyễn Văn Hoà",
        "birth_date": "14/03/1958",
        "source": "a",
    }
    found = linked(
        tmp_path,
        [
            {"record_id": "r10", **hoa},
            {"record_id": "r9", **hoa, "full_name": "NGUYEN VAN HOA"},
            {"record_id": "r11", **hoa, "source": "khac"},
        ],
    )
    assert found["r9"][0] == "matched"
    assert found["r10"] == ("duplicate", "099058000001")
    assert "r9" in found.reasons("r10")
    assert found["r11"][0] == "matched"


def test_a_stranger_twice_in_a_source_is_a_duplicate_too(tmp_path: Path) -> None:
    stranger = {
        "personal_number": "099080999999",
        "full_name": "Tô Văn Lạ",
        "birth_date": "01/02/1980",
        "source": "a",
    }
    found = linked(tmp_path, [stranger, stranger])
    assert [found[n][0] for n in "12"] == ["not_in_register", "duplicate"]


def test_companies_and_test_rows_are_not_persons(tmp_path: Path) -> None:
    names = ["Công ty TNHH Phú Lộc", "HTX Tân Tiến", "UBND xã An Bình", "test", "Nguyễn Văn Test"]
    found = linked(tmp_path, [{"full_name": name, "personal_number": "099058000001"} for name in names])
    assert [found[n] for n in "12345"] == [("not_a_person", "")] * 5


def test_a_person_named_like_a_company_is_a_person(tmp_path: Path) -> None:
    found = one(tmp_path, personal_number="099070000010", full_name="Hoang Cong Ty", birth_date="12/1970")
    assert found["1"][0] == "matched"


def test_what_says_too_little_is_incomplete(tmp_path: Path) -> None:
    found = linked(tmp_path, [
        {"full_name": "Trần Quốc Bảo"},
        {"full_name": "không", "birth_date": "06/05/1990", "commune_code": "00010"},
        {"full_name": "Trần Quốc Bảo", "birth_date": "01/01/1900", "personal_number": "111111111111"},
        {"personal_number": "099058000001"},
        {},
    ])  # fmt: skip
    assert [found[n] for n in "12345"] == [("incomplete", "")] * 5


def test_a_number_against_sex_and_birth_is_remarked(tmp_path: Path) -> None:
    found = one(
        tmp_path, personal_number="099199123456", full_name="Tô Văn Lạ", birth_date="01/02/1980", sex="Nam"
    )
    assert found["1"][0] == "not_in_register"
    codes = {reason.code for reason in parse_reasons(found.reasons("1"))}
    assert codes >= {"personal_number.against_sex", "personal_number.against_birth"}


def test_every_record_has_one_verdict_in_its_own_order_and_the_summary_counts_it(tmp_path: Path) -> None:
    records = [
        {
            "record_id": f"x{n}",
            "personal_number": "099058000001",
            "full_name": "Nguyễn Văn Hoà",
            "source": str(n),
        }
        for n in range(50)
    ]
    found = linked(tmp_path, records, settings=LinkSettings(bucket=7, threads=1))
    assert found.order == [f"x{n}" for n in range(50)]
    assert sum(found.summary.verdicts.values()) == 50
    assert found.summary.buckets == 8
    assert set(found.summary.verdicts) == {str(verdict) for verdict in Verdict}
    assert found.written["records"] == 50


def test_reasons_read_back(tmp_path: Path) -> None:
    found = one(tmp_path, personal_number="099058000001", full_name="Nguyễn Văn Hoà", birth_date="14/03/1958")
    first = parse_reasons(found.reasons("1"))[0]
    assert first.field == "personal_number"
    assert first.bits is not None
    assert first.bits > 20
    assert "; ".join(map(str, parse_reasons(found.reasons("1")))) == found.reasons("1")
