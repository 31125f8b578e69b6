"""What one press of a button does many times, or in several rooms, through their doors."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest

from lienthong.documents.public import FileRefused, StoredFile, keep_file, upload_refused
from lienthong.dossiers.public import (
    Dossier,
    Draft,
    Filing,
    apologise,
    ask_for_supplement,
    assign_dossier,
    begin_draft,
    decide_dossier,
    discard_draft,
    forward_dossier,
    propose_decision,
    receive_dossier,
    refuse_dossier,
    resume_dossier,
    return_result,
    review_paper,
    save_draft,
    send_back,
    stop_dossier,
    submit_dossier,
    supplement_dossier,
)
from lienthong.fields.public import sentence_of
from lienthong.identity.public import Account, Actor, allowed
from lienthong.kit.errors import Refused
from lienthong.population.public import Person
from lienthong.procedures.public import ProcedureVersion


@dataclass(frozen=True)
class ManyAssigned:
    """How many were given, and a sentence for each dossier that was not, by its code."""

    given: int
    refused: list[tuple[str, str]]


@transaction.atomic
def assign_many(*, picked: Iterable[tuple[int, int]], handler: Account, by: Actor) -> ManyAssigned:
    """Give many dossiers to one handler; `picked` pairs an id with the number of acts that was shown.

    Each stands on its own: what cannot be given is told and the others are given.
    """
    given, refused = 0, []
    for pk, seen in sorted(set(picked)):
        try:
            with transaction.atomic():
                assign_dossier(dossier=pk, handler=handler, by=by, seen=seen)
            given += 1
        except Refused as why:
            refused.append((pk, sentence_of(why)))
    codes = dict(
        Dossier.objects.visible_to(by).filter(pk__in=[pk for pk, _why in refused]).values_list("pk", "code")
    )
    return ManyAssigned(given, [(codes.get(pk, ""), why) for pk, why in refused])


@dataclass(frozen=True)
class Review:
    number: int
    verdict: str
    remark: str


@transaction.atomic
def review_papers(*, dossier: int, reviews: Iterable[Review], by: Actor) -> int:
    """Note how each paper was found; gives how many."""
    done = 0
    for each in reviews:
        review_paper(dossier=dossier, number=each.number, verdict=each.verdict, remark=each.remark, by=by)
        done += 1
    return done


DEEDS: Final[Mapping[str, Callable[..., Dossier]]] = {
    "tiep-nhan": receive_dossier,
    "tu-choi": refuse_dossier,
    "yeu-cau-bo-sung": ask_for_supplement,
    "nhan-bo-sung": supplement_dossier,
    "giao": assign_dossier,
    "trinh": propose_decision,
    "tra-lai": send_back,
    "quyet-dinh": decide_dossier,
    "xin-loi": apologise,
    "chuyen": forward_dossier,
    "dung": stop_dossier,
    "tiep-tuc": resume_dossier,
    "tra-ket-qua": return_result,
}


def do_task(name: str, *, dossier: int, seen: int, by: Actor, **facts: Any) -> Dossier:
    """Carry out the task of this name through the dossiers' door. Raises what its action raises."""
    return DEEDS[name](dossier=dossier, seen=seen, by=by, **facts)


def keep_papers(
    *, request: HttpRequest, keys: Iterable[str], by: Actor
) -> tuple[dict[str, StoredFile], dict[str, str]]:
    """Keep the files posted as `paper_<key>`: those kept, and a sentence for each that was refused.

    The key "" stands for a file too large to tell whose it was.
    """
    kept: dict[str, StoredFile] = {}
    refused: dict[str, str] = {}
    absent = []
    for key in keys:
        file = request.FILES.get(f"paper_{key}")
        if file is None:
            absent.append(key)
            continue
        try:
            kept[key] = keep_file(content=file.file, name=file.name or "", by=by)  # type: ignore[arg-type]  # Django's stubs: IO
        except FileRefused as reason:
            refused[key] = sentence_of(reason)
    dropped = upload_refused(request)
    if dropped is not None:
        refused[absent[0] if len(absent) == 1 else ""] = sentence_of(dropped)
    return kept, refused


@transaction.atomic
def begin_filing(*, version: ProcedureVersion, person: Person, choices: dict[str, Any], by: Actor) -> Draft:
    """A filing of this procedure for the person at the counter; what was begun for somebody else is thrown away."""
    draft = begin_draft(version=version, by=by)
    if draft.choices.get("applicant") != person.personal_number:
        discard_draft(key=draft.pk, by=by)
        draft = begin_draft(version=version, by=by)
    whose = {"applicant": person.personal_number, "name": person.full_name}
    return save_draft(key=draft.pk, answers={}, choices={**choices, **whose}, by=by)


@transaction.atomic
def file_and_receive(*, filing: Filing, draft: UUID, by: Actor) -> Dossier:
    """File for the person at the counter, and receive at once where this centre is the one that receives.

    A second press gives the dossier of the first. Raises what submit_dossier and receive_dossier raise.
    """
    dossier = submit_dossier(filing=filing, by=by, draft=draft)
    if dossier.received_at is None and allowed(by, "dossiers.receive", dossier):
        dossier = receive_dossier(dossier=dossier.pk, by=by)
    return dossier
