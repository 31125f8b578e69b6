"""What a favourable decision changes in the registers, by the code of the procedure's result.

Most results change nothing. Those that do are done in the decision's own transaction, before the
paper is set, so that the paper can say what was entered.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

from django.utils import timezone

from lienthong.dossiers.models import Dossier
from lienthong.identity.public import Actor
from lienthong.kit import names
from lienthong.kit.errors import Refused, said
from lienthong.kit.partial_dates import PartialDate
from lienthong.population.public import (
    ForDossier,
    NewBorn,
    Purpose,
    Sex,
    ethnicities,
    read_person,
    register_birth,
    register_death,
    register_marriage,
)

Effect = Callable[[Dossier, Actor], dict[str, Any]]
"""Gives what the paper says beside the answers."""


class AnotherPerson(Refused):
    sentence = said(
        "Một số định danh trong tờ khai là của người có họ tên khác trong Cơ sở dữ liệu quốc gia về dân cư. "
        "Đề nghị kiểm tra lại với người nộp trước khi ký."
    )


def enter_birth(dossier: Dossier, by: Actor) -> dict[str, Any]:
    """Luật Hộ tịch 2014 art. 14, 16: a registered child gets a personal number."""
    answers = dossier.answers
    codes = {name: code for code, name in ethnicities().items()}
    child = NewBorn(
        full_name=answers["child_name"],
        birth=PartialDate.from_iso(answers["child_birth_date"]),
        sex=Sex.FEMALE if answers.get("child_sex") == "Nữ" else Sex.MALE,
        ethnicity=codes.get(str(answers.get("child_ethnicity", "")), ""),
        home_town=str(answers.get("child_home_town", "")),
        mother_number=str(answers.get("mother_personal_id", "")),
        mother_name=str(answers.get("mother_name", "")),
        father_number=str(answers.get("father_personal_id", "")),
        father_name=str(answers.get("father_name", "")),
    )
    person = register_birth(
        child=child, dossier=ground_of(dossier), basis="Luật 60/2014/QH13 Điều 14, 16", by=by
    )
    return {"child_personal_number": person.personal_number}


def enter_marriage(dossier: Dossier, by: Actor) -> dict[str, Any]:
    """Luật Hộ tịch 2014 art. 17, 18: from today, the day it is entered. Who has no number is in no record."""
    basis = "Luật 60/2014/QH13 Điều 17, 18"
    couple = [row for row in dossier.answers.get("spouses") or [] if row.get("id_number")]
    for one in couple:
        check_name(dossier, str(one["id_number"]), str(one.get("full_name", "")), basis, by)
    if len(couple) == 2:
        register_marriage(
            *(str(one["id_number"]) for one in couple),
            on=PartialDate.from_iso(timezone.localdate().isoformat()),
            source=f"dossier:{dossier.code}", basis=basis, by=by, dossier=ground_of(dossier),
        )  # fmt: skip
    return {}


def enter_death(dossier: Dossier, by: Actor) -> dict[str, Any]:
    """Luật Hộ tịch 2014 art. 33, 34. Who died without a number is in no record."""
    basis, answers = "Luật 60/2014/QH13 Điều 33, 34", dossier.answers
    number = str(answers.get("deceased_personal_id") or "")
    if number:
        check_name(dossier, number, str(answers["deceased_name"]), basis, by)
        register_death(
            number, on=PartialDate.from_iso(str(answers["death_time"])[: len("2026-11-20")]),
            source=f"dossier:{dossier.code}", basis=basis, by=by, dossier=ground_of(dossier),
        )  # fmt: skip
    return {}


def check_name(dossier: Dossier, number: str, name: str, basis: str, by: Actor) -> None:
    """A mistyped number would marry or bury somebody else."""
    person = read_person(
        number,
        purpose=Purpose.ISSUE,
        basis=f"{basis}, hồ sơ {dossier.code}",
        by=by,
        dossier=ground_of(dossier),
    )
    if names.fold(person.full_name) != names.fold(name):
        raise AnotherPerson


def ground_of(dossier: Dossier) -> ForDossier:
    return ForDossier(dossier.code, (dossier.reception.code, dossier.authority.code))


EFFECTS: Final[Mapping[str, Effect]] = {
    "KQ.G15.000031": enter_birth,
    "KQ.G15.000032": enter_marriage,
    "KQ.G15.000034": enter_death,
}


def take_effect(dossier: Dossier, *, by: Actor) -> dict[str, Any]:
    """Carry out what the result changes. Raises the errors of the register; nothing is decided then."""
    effects = [EFFECTS[code] for code in dossier.version.typed.result.codes if code in EFFECTS]
    return {key: value for effect in effects for key, value in effect(dossier, by).items()}
