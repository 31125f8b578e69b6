"""Rules that hold for every source: each broken, kept, and not asked, at the edge of what it says."""

import pytest

from data.checks.test_rules import verdicts

BROKEN, KEPT, NOT_ASKED = (True, False), (True, True), (False, None)


@pytest.mark.parametrize(
    ("code", "schema", "row", "expected"),
    [
        ("required:full_name", "workers", {}, BROKEN),
        ("required:full_name", "workers", {"full_name": "Lê Thị An"}, KEPT),
        ("no_placeholder:full_name", "workers", {"full_name__was": "không", "full_name__mark": "placeholder"}, BROKEN),
        ("no_placeholder:full_name", "workers", {"full_name": "Lê Thị An"}, KEPT),
        ("no_placeholder:full_name", "workers", {}, NOT_ASKED),
        ("readable_text:full_name", "workers", {"full_name": "=1+1", "full_name__mark": "formula"}, BROKEN),
        ("readable_text:full_name", "workers", {"full_name": "L�", "full_name__mark": "broken_text"}, BROKEN),
        ("readable_text:full_name", "workers", {"full_name": "Lê", "full_name__mark": "composed"}, KEPT),
        ("unicode:full_name", "workers", {"full_name": "Lê", "full_name__mark": "composed"}, BROKEN),
        ("unicode:full_name", "workers", {"full_name": "Lê", "full_name__mark": "charmap"}, BROKEN),
        ("unicode:full_name", "workers", {"full_name": "Le", "full_name__mark": "composed"}, NOT_ASKED),
        ("in_vocabulary:sex", "workers", {"sex": "Trung", "sex__mark": "not_in_list"}, BROKEN),
        ("in_vocabulary:sex", "workers", {"sex": "male"}, KEPT),
        ("is_number:area", "land_users", {"area": "hai"}, BROKEN),
        ("is_number:area", "land_users", {"area": "12.5"}, KEPT),
        ("is_date:birth_date", "workers", {"birth_date": "31/02/1990"}, BROKEN),
        ("is_date:birth_date", "workers", {"birth_date": "1849"}, BROKEN),
        ("is_date:birth_date", "workers", {"birth_date": "1990-02"}, KEPT),
        ("date_not_swapped:birth_date", "workers", {"birth_date": "x", "birth_date__mark": "swapped"}, BROKEN),
        ("date_not_swapped:birth_date", "workers", {"birth_date": "x", "birth_date__mark": "a,swapped,b"}, BROKEN),
        ("date_not_swapped:birth_date", "workers", {"birth_date": "x", "birth_date__mark": "swapped_back"}, KEPT),
        ("birth_in_life:birth_date", "workers", {"birth_date": "1906"}, KEPT),
        ("number_shape:personal_number", "workers", {"personal_number": "000090000001"}, BROKEN),
        ("number_shape:personal_number", "workers", {"personal_number": "99090427316"}, BROKEN),
        ("number_shape:personal_number", "workers", {"personal_number": "099090427316"}, KEPT),
        ("old_number_shape:old_number", "workers", {"old_number": "02468135"}, BROKEN),
        ("old_number_shape:old_number", "workers", {"old_number": "024681357"}, KEPT),
        ("old_number_shape:old_number", "workers", {"old_number": "099090427316"}, KEPT),
        ("old_number_shape:old_number", "workers", {"old_number": "0246813579"}, BROKEN),
        ("person_identified:personal_number", "workers", {}, BROKEN),
        ("person_identified:personal_number", "workers", {"old_number": "024681357"}, KEPT),
        ("person_identified:personal_number", "workers", {"personal_number": "x"}, KEPT),
        ("commune_shape:commune_code", "workers", {"commune_code": "4"}, BROKEN),
        ("commune_shape:commune_code", "workers", {"commune_code": "00004"}, KEPT),
        ("insurance_shape:insurance_number", "workers", {"insurance_number": "091234567"}, BROKEN),
        ("insurance_shape:insurance_number", "workers", {"insurance_number": "0912345678"}, KEPT),
        ("insurance_shape:insurance_number", "workers", {"insurance_number": "099090427316"}, KEPT),
        ("card_code_shape:card_code", "health_insurance", {"card_code": "HS6010912345678"}, BROKEN),
        ("card_code_shape:card_code", "health_insurance", {"card_code": "HS401091234567"}, BROKEN),
        ("card_code_shape:card_code", "health_insurance", {"card_code": "HS5010912345678"}, KEPT),
        ("phone_shape:phone", "workers", {"phone": "0912345678"}, KEPT),
        ("phone_shape:phone", "workers", {"phone": "02123456789"}, KEPT),
        ("phone_shape:phone", "workers", {"phone": "0112345678"}, BROKEN),
        ("updated_lately:updated_on", "workers", {"updated_on": "2026-11-23"}, BROKEN),
        ("workers.of_working_age", "workers", {"birth_date": "2012"}, BROKEN),
        ("workers.of_working_age", "workers", {"birth_date": "2011"}, KEPT),
        ("workers.of_working_age", "workers", {"birth_date": "1916"}, KEPT),
        ("workers.of_working_age", "workers", {"birth_date": "1915"}, BROKEN),
    ],
)  # fmt: skip
def test_general_rules_at_their_edges(
    code: str, schema: str, row: dict[str, str | None], expected: tuple[bool, bool | None]
) -> None:
    applies, satisfied = verdicts(code, row, schema=schema)[0]
    assert (applies, satisfied if applies else None) == expected
