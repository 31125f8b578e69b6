"""Reading procedures: the version in force, search, life events."""

from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import yaml
from django.db.models import Count, F, Max

from lienthong.procedures.content import Content
from lienthong.procedures.models import Procedure, ProcedureVersion, Replacement
from lienthong.procedures.search import Entry, Index, entry
from lienthong.procedures.states import VersionState

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Found:
    """A procedure found. `replaced_code`: the old code that was asked for, when it was one."""

    procedure: Procedure
    version: ProcedureVersion
    score: float
    replaced_code: str | None = None


@dataclass(frozen=True)
class LifeEvent:
    id: str
    title: str
    hint: str
    versions: tuple[ProcedureVersion, ...]


def current(code: str, on: date) -> ProcedureVersion | None:
    """The published version of the procedure with this very code in force on the day, or None."""
    return ProcedureVersion.objects.on(on).select_related("procedure").filter(procedure__code=code).first()


def find_version(version_id: int) -> ProcedureVersion:
    """The version, whatever its validity: dossiers keep theirs. Raises ProcedureVersion.DoesNotExist."""
    return ProcedureVersion.objects.select_related("procedure").get(pk=version_id)


@dataclass(frozen=True)
class Force:
    """Whether a version is published, and from when to when it holds."""

    is_published: bool
    valid_from: date | None
    valid_to: date | None


def force_of(version_id: int) -> Force:
    """The part of a version that may still change; asked anew each time. Raises ProcedureVersion.DoesNotExist."""
    asked = ProcedureVersion.objects.values_list("published_at", "valid_from", "valid_to")
    published_at, valid_from, valid_to = asked.get(pk=version_id)
    return Force(published_at is not None, valid_from, valid_to)


@lru_cache(maxsize=4096)
def published_content(version_id: int) -> Content:
    """The content of a published version, which never changes. Ask `force_of` first."""
    return find_version(version_id).typed


def versions_of(code: str) -> list[ProcedureVersion]:
    """All published versions of a procedure, newest first."""
    found = ProcedureVersion.objects.published().select_related("procedure").filter(procedure__code=code)
    return sorted(found, key=lambda v: v.valid_from or date.min, reverse=True)


def latest_version(procedure: Procedure) -> ProcedureVersion | None:
    """The published version that begins last; one whose start nobody stated began before all others."""
    published = procedure.versions.filter(state=VersionState.PUBLISHED).select_related("procedure")
    return published.order_by(F("valid_from").desc(nulls_last=True)).first()


def versions_for_editors() -> list[ProcedureVersion]:
    """Every version of every procedure, prepared ones too: by code, newest first. One query."""
    found = ProcedureVersion.objects.select_related("procedure")
    return list(found.order_by("procedure__code", F("valid_from").desc(nulls_last=True), "-pk"))


def versions_in_force(on: date) -> list[ProcedureVersion]:
    """One version of each procedure in force on the day, by code."""
    return list(ProcedureVersion.objects.on(on).select_related("procedure").order_by("procedure__code"))


def successors(old_code: str) -> list[Procedure]:
    """The procedures that took over an old code."""
    return list(Procedure.objects.filter(replacements__old_code=old_code).order_by("code"))


def find_procedures(text: str, on: date, *, limit: int = 20) -> list[Found]:
    """Procedures in force on the day, best first: everyday words, with or without marks, or a code.

    A replaced code finds the procedure that took it over, with `replaced_code` set.
    """
    matches = index().find(text)
    found = {
        v.procedure.code: v
        for v in ProcedureVersion.objects.on(on)
        .select_related("procedure")
        .filter(procedure__code__in=[m.code for m in matches[: limit * 2]])
    }
    return [
        Found(found[m.code].procedure, found[m.code], m.score, m.replaced_code)
        for m in matches[: limit * 2]
        if m.code in found
    ][:limit]


def life_events(on: date) -> list[LifeEvent]:
    """The groups of the front page with what is in force on the day; an empty group is left out."""
    in_force = {v.procedure.code: v for v in versions_in_force(on)}
    events = []
    for group in _groups():
        versions = tuple(in_force[code] for code in group["codes"] if code in in_force)
        if versions:
            events.append(LifeEvent(group["id"], group["title"], group["hint"], versions))
    return events


@cache
def _groups() -> list[dict[str, Any]]:
    groups: list[dict[str, Any]] = yaml.safe_load((DATA / "life_events.yaml").read_text(encoding="utf-8"))[
        "groups"
    ]
    return groups


_index: dict[tuple[Any, ...], Index] = {}


def index() -> Index:
    """The search index, made anew when procedures were added, published or replaced."""
    stamp = (
        *ProcedureVersion.objects.published().aggregate(n=Count("id"), last=Max("published_at")).values(),
        *Replacement.objects.aggregate(n=Count("id"), last=Max("id")).values(),
    )
    if stamp not in _index:
        made = Index(_entries())
        _index.clear()
        _index[stamp] = made
    return _index[stamp]


def _entries() -> list[Entry]:
    procedures = Procedure.objects.prefetch_related("replacements").order_by("code")
    return [entry(p.code, [r.old_code for r in p.replacements.all()], p.search_key) for p in procedures]
