"""Where one rule of the verdicts ends and the next begins: found by breaking each in turn."""

from pathlib import Path

from data.linkage.cases import linked

BAO, HOA = "099090000004", "099058000001"


def test_an_old_number_of_somebody_who_differs_in_one_thing_is_a_conflict(tmp_path: Path) -> None:
    """Name alike and born another day, or born that day under another name; differing in both it says nothing."""
    found = linked(
        tmp_path,
        [
            {"old_number": "112233445", "full_name": "Trần Quốc Bảo", "birth_date": "17/08/1981"},
            {"old_number": "112233445", "full_name": "Lý Văn Tám", "birth_date": "06/05/1990"},
            {"old_number": "112233445", "full_name": "Lý Văn Tám", "birth_date": "17/08/1981"},
        ],
    )
    assert [found[n] for n in "12"] == [("conflict", BAO)] * 2
    assert found.reasons("1").startswith("birth_date.differs")
    assert found.reasons("2").startswith("full_name.differs")
    assert found["3"][0] != "conflict"


def test_without_a_birth_a_wrong_digit_needs_the_commune_or_the_mother(tmp_path: Path) -> None:
    """A number with one digit wrong and a name are not enough: name and number of a neighbour are as near."""
    wrong = {"personal_number": "099058000091", "full_name": "Nguyễn Văn Hoà"}
    found = linked(
        tmp_path,
        [
            wrong,
            wrong | {"commune_code": "00004"},
            wrong | {"mother_name": "Trần Thị Bé"},
            {
                "full_name": "Nguyễn Văn Hoà",
                "commune_code": "00004",
                "mother_name": "Trần Thị Bé",
                "sex": "Nam",
            },
        ],
    )
    assert found["1"][0] not in {"matched", "corrected"}
    assert [found[n] for n in "23"] == [("corrected", HOA)] * 2
    assert found["4"][0] == "incomplete"
