"""What one press of a button does in several rooms, through their doors."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.http import HttpRequest

from lienthong.documents.public import FileRefused, StoredFile, keep_file, upload_refused
from lienthong.dossiers.public import put_paper_in_draft
from lienthong.fields.public import sentence_of
from lienthong.identity.public import Actor

ARRIVED = "portal.arrived"
"""In the session: files sent for a supplement that is not complete yet, by dossier and paper."""


def keep_papers(
    *, request: HttpRequest, keys: Iterable[str], by: Actor
) -> tuple[dict[str, StoredFile], dict[str, str]]:
    """Keep the files posted as `paper_<key>`: those kept, and a sentence for each that was refused.

    A file too large for one request arrives without its content; when it cannot be told which of
    several it was, the sentence stands under "".
    """
    kept: dict[str, StoredFile] = {}
    refused: dict[str, str] = {}
    posted = {key: request.FILES.get(f"paper_{key}") for key in keys}
    for key, file in posted.items():
        if file is None:
            continue
        try:
            kept[key] = keep_file(content=file.file, name=file.name or "", by=by)  # type: ignore[arg-type]  # Django's stubs: IO
        except FileRefused as reason:
            refused[key] = sentence_of(reason)
    dropped = upload_refused(request)
    if dropped is not None:
        absent = [key for key, file in posted.items() if file is None]
        refused[absent[0] if len(absent) == 1 else ""] = sentence_of(dropped)
    return kept, refused


def put_papers(*, request: HttpRequest, draft: UUID, keys: Iterable[str], by: Actor) -> dict[str, str]:
    """Keep the posted files in a draft; gives the sentences of those refused, by paper."""
    kept, refused = keep_papers(request=request, keys=keys, by=by)
    for key, file in kept.items():
        put_paper_in_draft(key=draft, paper=key, file=file, by=by)
    return refused


def gather_papers(
    *, request: HttpRequest, code: str, keys: Iterable[str], by: Actor
) -> tuple[dict[str, StoredFile], dict[str, str]]:
    """Files for a supplement, those of earlier tries too: a good file need not be sent again."""
    wanted = list(keys)
    kept, refused = keep_papers(request=request, keys=wanted, by=by)
    earlier: Mapping[str, Any] = request.session.get(ARRIVED, {}).get(code, {})
    known = StoredFile.objects.filter(pk__in=earlier.values(), kept_by=by.reference).in_bulk()
    before = {
        key: file
        for key, file in ((k, _file(known, v)) for k, v in earlier.items())
        if file and key in wanted
    }
    together = {**before, **kept}
    request.session[ARRIVED] = {code: {key: str(file.pk) for key, file in together.items()}}
    return together, refused


def _file(known: Mapping[Any, StoredFile], pk: str) -> StoredFile | None:
    return next((file for file in known.values() if str(file.pk) == pk), None)
