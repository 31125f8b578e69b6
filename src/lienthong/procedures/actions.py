"""Publishing versions of procedures, and loading the ones shipped with the platform."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils import timezone

from lienthong.audit.public import record
from lienthong.identity.public import Actor, require
from lienthong.kit.errors import Refused, said
from lienthong.procedures import permissions as permissions  # declares what require() asks for
from lienthong.procedures.content import Content
from lienthong.procedures.events import (
    ProcedureReplaced,
    VersionClosed,
    VersionDiscarded,
    VersionEdited,
    VersionPrepared,
    VersionPublished,
)
from lienthong.procedures.models import Procedure, ProcedureVersion, Replacement, encoded
from lienthong.procedures.queries import latest_version
from lienthong.procedures.rules import Edits, changes_between, edited
from lienthong.procedures.search import search_key
from lienthong.procedures.source import source_book
from lienthong.procedures.states import VersionState


class ContentOfAnotherProcedure(Refused):
    sentence = said("Nội dung này là của thủ tục {found}, không phải của thủ tục {code}.")


class StartNeeded(Refused):
    sentence = said("Nhập ngày bắt đầu có hiệu lực: thủ tục {code} đã có bản trước.")


class StartsTooEarly(Refused):
    sentence = said(
        "Bản mới của thủ tục {code} phải có hiệu lực sau ngày {former}, ngày bản trước bắt đầu có hiệu lực."
    )


class StartsInThePast(Refused):
    """People may have filed under what is in force today."""

    sentence = said("Ngày {day} đã đến hoặc đã qua. Chọn một ngày sau hôm nay.")


class SourceNeeded(Refused):
    sentence = said("Ghi số và ngày của quyết định công bố.")


class AlreadyPreparing(Refused):
    sentence = said("Thủ tục {code} đang có một bản soạn dở. Sửa tiếp hoặc bỏ bản ấy.")


class NothingPublished(Refused):
    sentence = said("Thủ tục {code} chưa có bản nào đã công bố để sửa từ đó.")


class NothingChanged(Refused):
    sentence = said("Bản soạn của thủ tục {code} chưa khác bản đang có hiệu lực ở chỗ nào.")


class VersionIsPublished(Refused):
    sentence = said("Bản này đã công bố hoặc không còn; bản đã công bố thì không sửa được. Hãy soạn bản mới.")


class VersionHasEnded(Refused):
    sentence = said("Bản này chưa công bố, hoặc đã có ngày hết hiệu lực.")


@transaction.atomic
def publish_version(
    *, procedure: Procedure, content: Content, valid_from: date | None, source: str, by: Actor
) -> ProcedureVersion:
    """Publish a new version from `valid_from` on, and close the one before it on that day.

    `valid_from` None: the source does not state it; only for a first version. The version is never
    changed afterwards. Raises NotAllowed, ContentOfAnotherProcedure, StartNeeded, StartsTooEarly.
    """
    require(by, "procedures.publish", procedure)
    if content.code != procedure.code:
        raise ContentOfAnotherProcedure(found=content.code, code=procedure.code)
    procedure = Procedure.objects.select_for_update().get(pk=procedure.pk)
    _close_former(procedure, valid_from, by)
    version = ProcedureVersion.objects.create(
        procedure=procedure,
        valid_from=valid_from,
        source=source,
        content=encoded(content),
        state=VersionState.PUBLISHED,
        published_at=timezone.now(),
    )
    _name(procedure, content)
    _note_replaced(procedure, content, source, valid_from, by)
    published = VersionPublished(
        procedure=procedure.pk,
        code=procedure.code,
        version=version.pk,
        in_force_from=valid_from,
        source=source,
    )
    record(published, by=by)
    return version


@transaction.atomic
def load_procedures(*, by: Actor) -> list[ProcedureVersion]:
    """Load the procedures of data/procedures.yaml; what is there already stays as it is.

    A record whose content has changed since becomes a new version from today. Returns the versions
    that were published by this call.
    """
    require(by, "procedures.publish")
    book = source_book()
    latest = {v.procedure.code: v for v in _latest_versions(c.code for c in book.contents)}
    every = ProcedureVersion.objects.published().values_list("procedure__code", flat=True)
    ended = set(every) - set(latest)
    published = []
    for content in book.contents:
        known = latest.get(content.code)
        if (known is not None and known.prepared_by) or content.code in ended:
            continue  # an editor's decision: the record does not overrule it
        if known is not None and known.content == encoded(content):
            _name(known.procedure, content)
            continue
        start = timezone.localdate() if known else book.in_force_from.get(content.code)
        procedure = known.procedure if known else _first_seen(content)
        published.append(
            publish_version(
                procedure=procedure, content=content, valid_from=start, source=_source_of(content), by=by
            )
        )
    return published


@transaction.atomic
def prepare_version(*, procedure: Procedure, valid_from: date, source: str, by: Actor) -> ProcedureVersion:
    """Begin a new version as a copy of the latest one, for an editor to change. One at a time.

    Raises NotAllowed, SourceNeeded, StartsInThePast, StartsTooEarly, AlreadyPreparing, NothingPublished.
    """
    require(by, "procedures.edit", procedure)
    procedure = Procedure.objects.select_for_update().get(pk=procedure.pk)
    _check_start(valid_from, source)
    latest = latest_version(procedure)
    if latest is None:
        raise NothingPublished(code=procedure.code)
    if latest.valid_from is not None and valid_from <= latest.valid_from:
        raise StartsTooEarly(code=procedure.code, former=f"{latest.valid_from:%d/%m/%Y}")
    if procedure.versions.filter(state=VersionState.DRAFT).exists():
        raise AlreadyPreparing(code=procedure.code)
    version = ProcedureVersion.objects.create(
        procedure=procedure,
        valid_from=valid_from,
        source=source.strip(),
        content=latest.content,
        state=VersionState.DRAFT,
        prepared_by=by.reference,
    )
    record(
        VersionPrepared(
            procedure=procedure.pk, code=procedure.code, version=version.pk, source=version.source
        ),
        by=by,
    )
    return version


@transaction.atomic
def edit_version(
    *, version: ProcedureVersion, edits: Edits, valid_from: date, source: str, by: Actor
) -> ProcedureVersion:
    """Change a version that is being prepared; a published one never changes.

    Raises NotAllowed, VersionIsPublished, SourceNeeded, StartsInThePast, PaperNameTaken.
    """
    require(by, "procedures.edit", version.procedure)
    held = _hold_draft(version)
    _check_start(valid_from, source)
    content = edited(held.typed, edits, source=source.strip())
    held.content, held.valid_from, held.source = encoded(content), valid_from, source.strip()
    held.save(update_fields=["content", "valid_from", "source"])
    latest = latest_version(held.procedure)
    changes = len(changes_between(latest.typed, content)) if latest else 0
    edit = VersionEdited(procedure=held.procedure_id, code=content.code, version=held.pk, changes=changes)
    record(edit, by=by)
    return held


@transaction.atomic
def publish_prepared(*, version: ProcedureVersion, by: Actor) -> ProcedureVersion:
    """Publish what was prepared: the version before it ends on the day this one begins; dossiers keep theirs.

    Raises NotAllowed, VersionIsPublished, StartsInThePast, StartsTooEarly, NothingChanged.
    """
    require(by, "procedures.publish", version.procedure)
    held = _hold_draft(version)
    if held.valid_from is None:
        raise StartNeeded(code=held.procedure.code)
    _check_start(held.valid_from, held.source)
    latest = latest_version(held.procedure)
    if latest is not None and latest.content == held.content:
        raise NothingChanged(code=held.procedure.code)
    content = held.typed
    _close_former(held.procedure, held.valid_from, by)
    held.state, held.published_at = VersionState.PUBLISHED, timezone.now()
    held.save(update_fields=["state", "published_at"])
    _name(held.procedure, content)
    published = VersionPublished(
        procedure=held.procedure_id,
        code=content.code,
        version=held.pk,
        in_force_from=held.valid_from,
        source=held.source,
    )
    record(published, by=by)
    return held


@transaction.atomic
def discard_version(*, version: ProcedureVersion, by: Actor) -> None:
    """Throw away what was being prepared. Raises NotAllowed, VersionIsPublished."""
    require(by, "procedures.edit", version.procedure)
    held = _hold_draft(version)
    gone = VersionDiscarded(procedure=held.procedure_id, code=held.procedure.code, version=held.pk)
    held.delete()
    record(gone, by=by)


@transaction.atomic
def close_version(*, version: ProcedureVersion, valid_to: date, source: str, by: Actor) -> ProcedureVersion:
    """End a published version that nothing follows: the procedure was abolished (bãi bỏ).

    `valid_to` is the first day no longer in force. Raises NotAllowed, SourceNeeded, StartsInThePast,
    VersionHasEnded, StartsTooEarly.
    """
    require(by, "procedures.publish", version.procedure)
    _check_start(valid_to, source)
    held = ProcedureVersion.objects.select_for_update().select_related("procedure").get(pk=version.pk)
    if held.state != VersionState.PUBLISHED or held.valid_to is not None:
        raise VersionHasEnded
    if held.valid_from is not None and valid_to <= held.valid_from:
        raise StartsTooEarly(code=held.procedure.code, former=f"{held.valid_from:%d/%m/%Y}")
    ProcedureVersion.objects.filter(pk=held.pk).update(valid_to=valid_to)
    closed = VersionClosed(
        procedure=held.procedure_id,
        code=held.procedure.code,
        version=held.pk,
        no_longer_from=valid_to,
        source=source.strip(),
    )
    record(closed, by=by)
    return ProcedureVersion.objects.select_related("procedure").get(pk=held.pk)


def _hold_draft(version: ProcedureVersion) -> ProcedureVersion:
    held = (
        ProcedureVersion.objects.select_for_update(of=("self",))
        .select_related("procedure")
        .filter(pk=version.pk)
        .first()
    )
    if held is None or held.state != VersionState.DRAFT:
        raise VersionIsPublished
    return held


def _check_start(day: date, source: str) -> None:
    if day <= timezone.localdate():
        raise StartsInThePast(day=f"{day:%d/%m/%Y}")
    if not source.strip():
        raise SourceNeeded


def _latest_versions(codes: Iterable[str]) -> Iterable[ProcedureVersion]:
    open_ones = ProcedureVersion.objects.published().filter(
        procedure__code__in=list(codes), valid_to__isnull=True
    )
    return open_ones.select_related("procedure")


def _first_seen(content: Content) -> Procedure:
    procedure, _ = Procedure.objects.get_or_create(code=content.code, defaults=_names(content))
    return procedure


def _names(content: Content) -> dict[str, str]:
    key = search_key(
        code=content.code,
        short_name=content.short_name,
        name=content.official_name,
        sector=content.sector.name,
    )
    return {
        "name": content.official_name,
        "short_name": content.short_name,
        "sector": content.sector.name,
        "issuing_agency": content.issuing_agency or "",
        "search_key": key,
    }


def _name(procedure: Procedure, content: Content) -> None:
    names = _names(content)
    if any(getattr(procedure, key) != value for key, value in names.items()):
        Procedure.objects.filter(pk=procedure.pk).update(**names)


def _source_of(content: Content) -> str:
    """The decision that published it; where the record names none, the record itself."""
    return content.issuing_decision or f"bản ghi thủ tục, thấy {content.as_of}"


def _close_former(procedure: Procedure, valid_from: date | None, by: Actor) -> None:
    former = procedure.versions.filter(state=VersionState.PUBLISHED, valid_to__isnull=True).first()
    if former is None:
        return
    if valid_from is None:
        raise StartNeeded(code=procedure.code)
    if former.valid_from is not None and valid_from <= former.valid_from:
        raise StartsTooEarly(code=procedure.code, former=f"{former.valid_from:%d/%m/%Y}")
    ProcedureVersion.objects.filter(pk=former.pk).update(valid_to=valid_from)
    closed = VersionClosed(
        procedure=procedure.pk, code=procedure.code, version=former.pk, no_longer_from=valid_from
    )
    record(closed, by=by)


def _note_replaced(
    procedure: Procedure, content: Content, source: str, since: date | None, by: Actor
) -> None:
    for old_code in content.old_codes:
        _, new = Replacement.objects.get_or_create(
            old_code=old_code, procedure=procedure, defaults={"since": since, "source": source}
        )
        if new:
            record(ProcedureReplaced(procedure=procedure.pk, code=procedure.code, old_code=old_code), by=by)
