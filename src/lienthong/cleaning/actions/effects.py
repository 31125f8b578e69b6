"""What a decision does to the record and to the register of people, and how that is taken back."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final
from uuid import UUID

from django.utils.translation import gettext as _

from lienthong.cleaning.models import Case, CaseAct
from lienthong.cleaning.rules import NothingToCorrect
from lienthong.cleaning.states import Choice
from lienthong.identity.public import Actor
from lienthong.kit.identifiers import PersonalNumber
from lienthong.population.public import apply_correction, number_going_on, undo_act
from lienthong.registries.public import supersede_record, take_back, tie_record

CORRECTABLE: Final[Mapping[str, str]] = MappingProxyType(
    {"full_name": "full_name", "birth_date": "birth", "sex": "sex", "mother_name": "mother_name"}
)
"""Field of a record -> field of the register that a sector's record may correct. Residence moves by its own act."""


@dataclass(frozen=True)
class Deed:
    """A choice about to take effect: on which case, as which line of its ledger, on what ground."""

    case: Case
    choice: Choice
    person: str
    ground: str
    by: Actor

    @property
    def ref(self) -> str:
        """How provenance names it; the line that tells of it comes next."""
        return ref(self.case, self.case.acts + 1)

    @property
    def basis(self) -> str:
        return basis(self.case, self.ground)


def ref(case: Case, number: int) -> str:
    return f"case:{case.pk}/{number}"


def basis(case: Case, ground: str) -> str:
    words = _("{ground} (việc làm sạch số {case}, nguồn {source})")
    return words.format(ground=ground.strip(), case=case.pk, source=case.source.name)


def apply_choice(deed: Deed) -> dict[str, Any]:
    """Carry it out; gives what the ledger must remember to take it back."""
    return EFFECTS[deed.choice](deed)


def _tie(deed: Deed, number: str) -> dict[str, Any]:
    tie_record(
        record=deed.case.record_id, personal_number=number, ground=deed.ground, ref=deed.ref, by=deed.by
    )
    return {}


def _same(deed: Deed) -> dict[str, Any]:
    return _tie(deed, person_now(deed))


def person_now(deed: Deed) -> str:
    """Who was offered may have been merged or renumbered since: it is the number that goes on which is meant."""
    return number_going_on(PersonalNumber(deed.person).digits, by=deed.by)


def _different(deed: Deed) -> dict[str, Any]:
    return _tie(deed, "")


def _merge(deed: Deed) -> dict[str, Any]:
    supersede_record(record=deed.case.record_id, ground=deed.ground, ref=deed.ref, by=deed.by)
    return {}


def _keep_both(_deed: Deed) -> dict[str, Any]:
    """Nothing changes but that somebody looked, and the ledger says so."""
    return {}


def _correct_register(deed: Deed) -> dict[str, Any]:
    """Tie the record, and let the register follow it: one event of correction, each field with its source."""
    changes = corrections(deed.case)
    if not changes:
        raise NothingToCorrect
    _same(deed)
    source = f"register:{deed.case.source.code}"
    act = apply_correction(person_now(deed), changes, source=source, basis=deed.basis, by=deed.by)
    return {"act": str(act), "fields": sorted(changes)}


def corrections(case: Case) -> dict[str, str]:
    """Field of the register -> what the record says, for the fields in which the two conflict."""
    values = case.record.values
    return {
        CORRECTABLE[name]: str(values[name])
        for name in case.fields
        if name in CORRECTABLE and values.get(name)
    }


EFFECTS: Final[Mapping[Choice, Callable[[Deed], dict[str, Any]]]] = MappingProxyType(
    {
        Choice.SAME: _same,
        Choice.DIED: _same,
        Choice.DIFFERENT: _different,
        Choice.MERGE: _merge,
        Choice.KEEP_BOTH: _keep_both,
        Choice.CORRECT_REGISTER: _correct_register,
    }
)


def undo_choice(case: Case, decided: CaseAct, *, ground: str, by: Actor) -> None:
    """The record stands for what it stood for before; a correction of the register is annulled by an act of its own."""
    mine = ref(case, case.acts + 1)
    take_back(record=case.record_id, of=ref(case, decided.number), ground=ground, ref=mine, by=by)
    act = decided.facts.get("act")
    if act:
        undo_act(UUID(act), source=f"register:{case.source.code}", basis=basis(case, ground), by=by)
