"""Drafts: what was typed is kept, through closed windows and expired sessions."""

from typing import Any
from uuid import UUID, uuid4

from django.db import transaction

from lienthong.documents.public import StoredFile
from lienthong.dossiers.actions.filing import DraftGone, FileNotOurs, PaperNeverAsked
from lienthong.dossiers.models import Draft, DraftPaper
from lienthong.identity.public import Actor, require
from lienthong.procedures.public import ProcedureVersion


@transaction.atomic
def begin_draft(*, version: ProcedureVersion, by: Actor) -> Draft:
    """The account's unfiled draft of this version, or a new one."""
    require(by, "dossiers.draft", by.account_id)
    owner = by.account_id or 0
    mine = Draft.objects.filter(account_id=owner, version=version, dossier__isnull=True)
    found = mine.select_related("version__procedure").order_by("-saved_at").first()
    return found or Draft.objects.create(key=uuid4(), account_id=owner, version=version)


def open_draft(key: UUID, *, by: Actor) -> Draft:
    """The draft, held to the end of the transaction. Raises DraftGone, and NotAllowed (404) for another's."""
    draft = (
        Draft.objects.select_for_update(of=("self",))
        .select_related("version__procedure")
        .filter(pk=key)
        .first()
    )
    if draft is None:
        raise DraftGone
    require(by, "dossiers.draft", draft.account_id)
    return draft


@transaction.atomic
def save_draft(
    *, key: UUID, answers: dict[str, Any], choices: dict[str, Any], by: Actor, variant: str | None = None
) -> Draft:
    """Keep what was typed, right or wrong."""
    draft = open_draft(key, by=by)
    draft.answers = {**draft.answers, **answers}
    draft.choices = {**draft.choices, **choices}
    if variant is not None:
        draft.variant = variant
    draft.save(update_fields=["answers", "choices", "variant", "saved_at"])
    return draft


@transaction.atomic
def put_paper_in_draft(*, key: UUID, paper: str, file: StoredFile, by: Actor) -> None:
    """Put one file under a paper's key, in place of the one before. Raises PaperNeverAsked, FileNotOurs."""
    draft = open_draft(key, by=by)
    if paper not in {p.key for p in draft.version.typed.papers.items}:
        raise PaperNeverAsked(key=paper)
    if file.kept_by != by.reference:
        raise FileNotOurs
    DraftPaper.objects.update_or_create(draft=draft, key=paper, defaults={"file": file})


@transaction.atomic
def take_paper_from_draft(*, key: UUID, paper: str, by: Actor) -> None:
    """Leave a file out again."""
    draft = open_draft(key, by=by)
    DraftPaper.objects.filter(draft=draft, key=paper).delete()


@transaction.atomic
def discard_draft(*, key: UUID, by: Actor) -> None:
    """Throw a draft away, filed or not; the dossier that came of it stays."""
    open_draft(key, by=by).delete()
