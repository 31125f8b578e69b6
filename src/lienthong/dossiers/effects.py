"""What a favourable decision changes in the registers, by the code of the procedure's result.

Most results change nothing. Those that do are done in the decision's own transaction, before the
paper is set, so that the paper can say what was entered.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

from lienthong.dossiers.models import Dossier
from lienthong.identity.public import Actor
from lienthong.kit.partial_dates import PartialDate
from lienthong.population.public import ForDossier, NewBorn, Sex, ethnicities, register_birth

Effect = Callable[[Dossier, Actor], dict[str, Any]]
"""Gives what the paper says beside the answers."""


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
    ground = ForDossier(dossier.code, (dossier.reception.code, dossier.authority.code))
    person = register_birth(child=child, dossier=ground, basis="Luật 60/2014/QH13 Điều 14, 16", by=by)
    return {"child_personal_number": person.personal_number}


EFFECTS: Final[Mapping[str, Effect]] = {"KQ.G15.000031": enter_birth}


def take_effect(dossier: Dossier, *, by: Actor) -> dict[str, Any]:
    """Carry out what the result changes. Raises the errors of the register; nothing is decided then."""
    effects = [EFFECTS[code] for code in dossier.version.typed.result.codes if code in EFFECTS]
    return {key: value for effect in effects for key, value in effect(dossier, by).items()}
