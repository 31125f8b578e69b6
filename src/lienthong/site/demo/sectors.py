"""Three sectors send what they have: dirty workbooks, brought in by the same actions as anybody's."""

import csv
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO, StringIO
from itertools import count
from random import Random
from typing import Any, Final

import xlsxwriter
from django.utils import timezone

from lienthong.data.intake import encode
from lienthong.data.sources import schema, schemas
from lienthong.kit.names import fold
from lienthong.organisations.public import organisation
from lienthong.population.public import Person
from lienthong.registries.public import (
    Batch,
    Source,
    accept_batch,
    from_json,
    open_source,
    receive_batch,
    run_batch,
)
from lienthong.site.demo.officers import DEMO

OWNERS: Final = {
    "workers": "G09", "merit": "G09", "farmers": "G10", "elderly": "G09", "veterans": "G09",
    "health_insurance": "G12", "taxpayers": "G12", "telecom": "G06", "land_users": "G10",
}  # fmt: skip
"""Ministries; the associations are not in the list of agencies, so who oversees them stands in their place."""
CODES: Final = {"health_insurance": "bao-hiem-y-te", "workers": "lao-dong", "elderly": "nguoi-cao-tuoi",
                "merit": "nguoi-co-cong", "farmers": "hoi-nong-dan", "veterans": "hoi-cuu-chien-binh",
                "taxpayers": "nguoi-nop-thue", "telecom": "thue-bao", "land_users": "su-dung-dat"}  # fmt: skip
LARGEST: Final = 64 << 20

Facts = dict[str, str]


def open_sources() -> dict[str, Source]:
    """A source of each schema; by the schema's code."""
    today = timezone.localdate()
    return {
        one.code: open_source(
            code=CODES[one.code], schema=one.code, name=one.title, owner=organisation(OWNERS[one.code], today), by=DEMO
        )
        for one in schemas()
    }  # fmt: skip


@dataclass(frozen=True)
class Sector:
    """A sector's file: which schema, what kind of file, whom it holds, and what it says beside who they are."""

    schema: str
    name: str
    holds: Callable[[Person, int], bool]
    more: Callable[[Random, Person], Facts]
    charmap: str = ""


def _worker(dice: Random, person: Person) -> Facts:
    working = dice.random() < 0.9
    return {
        "activity": "Có việc làm" if working else dice.choice(["Thất nghiệp", "2", "không"]),
        "occupation": dice.choice(["Công nhân may", "Giáo viên", "Lái xe", "Thợ xây", ""]) if working else "",
        "contract": dice.choice(["Không xác định thời hạn", "Xác định thời hạn", ""]),
        "qualification": dice.choice(["Đại học", "Trung cấp", "Chưa qua đào tạo", "CĐ"]),
    }


def _insured(dice: Random, person: Person) -> Facts:
    number = f"{dice.randrange(10**9, 10**10)}"
    return {
        "insurance_number": number if dice.random() < 0.97 else "0000000000",
        "insured_group": dice.choice(["Hộ gia đình", "Người lao động", "Học sinh, sinh viên"]),
        "valid_from": "01/01/2026",
        "valid_to": "31/12/2026",
    }


def _elder(dice: Random, person: Person) -> Facts:
    return {
        "branch": f"Chi hội {dice.randrange(1, 9)}",
        "admitted_on": f"{dice.randrange(1, 29):02d}/{dice.randrange(1, 13):02d}/{dice.randrange(2015, 2026)}",
        "member_state": member_state(dice, person),
    }


def member_state(dice: Random, person: Person) -> str:
    """Of the dead an association knows some; once in a while it takes a living member for dead."""
    state = dice.choice(["Đang sinh hoạt", "Đang sinh hoạt", "Tạm vắng", "Miễn sinh hoạt"])
    known = dice.random() < (0.6 if person.status == "dead" else 0.005)
    return "Từ trần" if known else state


SECTORS: Final = (
    Sector("workers", "Người lao động 2026.xlsx", lambda p, age: 18 <= age < 62, _worker),
    Sector("health_insurance", "The BHYT thang 11.csv", lambda p, age: age < 90, _insured),
    Sector("elderly", "Hội viên người cao tuổi.xlsx", lambda p, age: age >= 60, _elder, charmap="tcvn3"),
)


def dirty_files(size: int, seed: int) -> Iterator[tuple[Sector, bytes]]:
    """Each sector's file of about `size` rows, as a content ready to send; the same for a seed and a register."""
    people = list(
        Person.objects.filter(residence_unit__isnull=False)
        .select_related("residence_unit__parent")
        .order_by("personal_number")
    )
    for sector in SECTORS:
        dice = Random(f"{seed} {sector.schema}")
        year = timezone.localdate().year
        chosen = [one for one in people if sector.holds(one, year - one.birth_date.year)]
        picked = dice.sample(chosen, min(size, len(chosen)))
        rows = [line for one in picked for line in lines(dice, sector, one, seed)]
        dice.shuffle(rows)
        headers = [schema(sector.schema).field(name).label for name in rows[0]]
        yield sector, written(sector, headers, rows)


def lines(dice: Random, sector: Sector, person: Person, seed: int) -> Iterator[Facts]:
    """A person as a sector has him: mostly right, worse in some provinces; sometimes twice, sometimes nobody."""
    province = (
        person.residence_unit.parent.code if person.residence_unit and person.residence_unit.parent else ""
    )
    carelessness = Random(f"{seed} {province}").uniform(0.04, 0.3)
    facts = {**clean(person), **sector.more(dice, person)}
    if dice.random() < carelessness:
        dice.choice(DIRT)(dice, facts)
    yield facts
    if dice.random() < 0.02:
        yield dict(facts)
    if dice.random() < 0.006:
        yield {
            **facts,
            "personal_number": "000000001",
            "full_name": dice.choice(NOBODY),
            "birth_date": "01/01/1900",
        }


NOBODY: Final = ("Công ty TNHH Thành Đạt", "UBND xã", "Test 123")


def clean(person: Person) -> Facts:
    updated = timezone.localdate() - timedelta(days=int(person.personal_number[-3:]) % 500)
    return {
        "personal_number": person.personal_number,
        "full_name": person.full_name,
        "birth_date": birth_text(person),
        "sex": {"male": "Nam", "female": "Nữ"}.get(person.sex, ""),
        "commune_code": person.residence_unit.code if person.residence_unit else "",
        "mother_name": person.mother_name,
        "updated_on": f"{updated:%d/%m/%Y}",
    }


def birth_text(person: Person) -> str:
    day = person.birth_date
    return f"{day.year}" if person.birth_precision == "year" else f"{day:%d/%m/%Y}"


# ---- what goes wrong


def one_digit(dice: Random, facts: Facts) -> None:
    at = dice.randrange(6, 12)
    digits = facts["personal_number"]
    facts["personal_number"] = (
        digits[:at] + str((int(digits[at]) + dice.randrange(1, 10)) % 10) + digits[at + 1 :]
    )


def swapped_digits(dice: Random, facts: Facts) -> None:
    at = dice.randrange(6, 11)
    digits = facts["personal_number"]
    facts["personal_number"] = digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :]


def no_number(_dice: Random, facts: Facts) -> None:
    facts["personal_number"] = ""


def no_number_and_only_the_year(_dice: Random, facts: Facts) -> None:
    facts["personal_number"], facts["birth_date"] = "", facts["birth_date"][-4:]


def zero_lost(_dice: Random, facts: Facts) -> None:
    facts["personal_number"] = facts["personal_number"].lstrip("0")


def without_marks(_dice: Random, facts: Facts) -> None:
    facts["full_name"] = fold(facts["full_name"]).upper()


def another_day(dice: Random, facts: Facts) -> None:
    if len(facts["birth_date"]) == 10:
        facts["birth_date"] = (
            f"{dice.randrange(1, 29):02d}/{dice.randrange(1, 13):02d}{facts['birth_date'][5:-1]}{dice.randrange(10)}"
        )


def first_of_january(_dice: Random, facts: Facts) -> None:
    facts["birth_date"] = f"01/01/{facts['birth_date'][-4:]}"


def filler(dice: Random, facts: Facts) -> None:
    facts[dice.choice(["mother_name", "birth_date"])] = dice.choice(["không", "chưa rõ", "..."])


def wrong_sex(_dice: Random, facts: Facts) -> None:
    facts["sex"] = "Nam" if facts["sex"] == "Nữ" else "Nữ"


def little_said(_dice: Random, facts: Facts) -> None:
    """A name and a birth date alone, by which a machine may accept nobody."""
    facts["personal_number"] = facts["mother_name"] = facts["commune_code"] = ""


def misspelt(dice: Random, facts: Facts) -> None:
    at = dice.randrange(len(facts["full_name"]))
    facts["full_name"] = facts["full_name"][:at] + facts["full_name"][at + 1 :]
    facts["personal_number"] = ""


def no_place(_dice: Random, facts: Facts) -> None:
    facts["commune_code"] = ""


DIRT: Final = (
    one_digit, swapped_digits, no_number, no_number, no_number_and_only_the_year, no_number_and_only_the_year,
    zero_lost, without_marks, another_day, first_of_january, filler, wrong_sex, misspelt, no_place, little_said,
)  # fmt: skip


# ---- as a file


def written(sector: Sector, headers: Sequence[str], rows: list[Facts]) -> bytes:
    table = [list(row.values()) for row in rows]
    if sector.charmap:
        table = [[encode(cell, sector.charmap) for cell in row] for row in table]
    return _csv(headers, table) if sector.name.endswith(".csv") else _xlsx(sector, headers, table)


def _csv(headers: Sequence[str], table: list[list[str]]) -> bytes:
    out = StringIO()
    lines_out = csv.writer(out)
    lines_out.writerow(headers)
    lines_out.writerows(table)
    return out.getvalue().encode("utf-8-sig")


def _xlsx(sector: Sector, headers: Sequence[str], table: list[list[str]]) -> bytes:
    """With a title above the heading, as offices make them."""
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.set_properties({"created": timezone.now().replace(tzinfo=None, microsecond=0)})
        sheet = book.add_worksheet("Danh sách")
        sheet.write_string(0, 0, schema(sector.schema).title.upper())
        for at, row in zip(count(2), [list(headers), *table], strict=False):
            for column, cell in enumerate(row):
                sheet.write_string(at, column, cell)
    return out.getvalue()


# ---- brought in


def bring_in(sources: dict[str, Source], size: int, seed: int, tick: Callable[[int], Any]) -> list[Batch]:
    """Send, settle as suggested with every change of letters taken, and run each file. Ticks once a stage of ten."""
    brought = []
    for sector, content in dirty_files(size, seed):
        batch = receive_batch(
            source=sources[sector.schema],
            content=BytesIO(content),
            name=sector.name,
            by=DEMO,
            limit_bytes=LARGEST,
        )
        preview = from_json(batch.preview)
        mapping = {column.index: column.field for column in preview.columns}
        taken = [one.id for one in preview.proposals]
        accept_batch(batch=batch.pk, mapping=mapping, accepted=taken, by=DEMO)
        run_batch(batch=batch.pk, by=DEMO)
        brought.append(batch)
        tick(1)
    return brought
