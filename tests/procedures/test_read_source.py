"""Reading the gathered records: everything is there, nothing is invented."""

from typing import Any

import msgspec
import pytest
import yaml

from lienthong.procedures.content import Content
from lienthong.procedures.source import DATA, SourceBook, StaleReadingError, read_source
from procedures.as_source import procedure_as_source, process_as_source, pruned

SOURCE = (DATA / "procedures.yaml").read_text(encoding="utf-8")
READINGS = (DATA / "readings.yaml").read_text(encoding="utf-8")
RAW: dict[str, Any] = yaml.safe_load(SOURCE)
BY_CODE = {p["code"]: p for p in RAW["procedures"]}


def test_all_procedures_and_processes_are_there(book: SourceBook) -> None:
    assert [c.code for c in book.contents] == [p["code"] for p in RAW["procedures"]]
    assert len(book.contents) == 28
    assert [c.process.id for c in book.contents if c.process] == [
        "birth_registration",
        "criminal_record_certificate",
        "house_construction_permit",
    ]


@pytest.mark.parametrize("code", BY_CODE)
def test_content_says_what_the_record_says_and_no_more(code: str, contents: dict[str, Content]) -> None:
    assert procedure_as_source(contents[code], RAW["shared"]) == pruned(BY_CODE[code])


@pytest.mark.parametrize("raw", RAW["processes"], ids=lambda raw: raw["id"])
def test_process_says_what_the_record_says_and_no_more(
    raw: dict[str, Any], contents: dict[str, Content]
) -> None:
    assert process_as_source(contents[raw["procedure_code"]]) == pruned(raw)


@pytest.mark.parametrize("name", ["requester", "residence_form_ct01"])
def test_shared_fields_are_included_whole(name: str, contents: dict[str, Content]) -> None:
    wanted = [f["key"] for f in RAW["shared"]["field_sets"][name]["fields"]]
    users = [c for c in contents.values() if name in c.form.field_sets]
    assert users
    for content in users:
        assert [f.key for f in content.form.fields if f.field_set == name] == wanted


def test_content_survives_storage(contents: dict[str, Content]) -> None:
    for content in contents.values():
        stored = msgspec.json.decode(msgspec.json.encode(content))
        assert msgspec.convert(stored, Content) == content


def test_every_group_carries_its_certainty(contents: dict[str, Content]) -> None:
    groups = ("sector", "authority", "channels", "delivery", "limits", "fees", "papers", "form", "result")
    for content in contents.values():
        for group in groups:
            assert getattr(content, group).certainty.level in {"seen", "second_hand", "memory"}
    assert contents["1.001193"].delivery.certainty.degree == "medium"
    assert contents["3.000333"].limits.items[1].certainty is not None


def test_reading_whose_sentence_is_gone_stops_the_load() -> None:
    changed = SOURCE.replace('case: "hỏi xã nơi từng thường trú"', 'case: "hỏi xã cũ"')
    with pytest.raises(StaleReadingError, match="hỏi xã nơi từng thường trú"):
        read_source(changed, READINGS)


def test_unknown_key_of_the_source_stops_the_load() -> None:
    changed = SOURCE.replace("short_name:", "shrt_name:", 1)
    with pytest.raises(msgspec.ValidationError):
        read_source(changed, READINGS)
