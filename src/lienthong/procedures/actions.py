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
from lienthong.procedures.events import ProcedureReplaced, VersionClosed, VersionPublished
from lienthong.procedures.models import Procedure, ProcedureVersion, Replacement, encoded
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
    published = []
    for content in book.contents:
        known = latest.get(content.code)
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
