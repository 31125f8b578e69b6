"""Month after month, through mergers: what a unit of today came out of is counted with it, and said so."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.utils import timezone

from lienthong.identity.public import Actor, require
from lienthong.indicators.counting import refresh_tally
from lienthong.indicators.queries import Sums, counted, sums_by
from lienthong.indicators.rules import Scope
from lienthong.organisations.public import Organisation, heirs_of_level_one, lineage_ids


@dataclass(frozen=True)
class Before:
    """An agency that ended, with its own months, oldest first."""

    agency: Organisation
    months: list[Sums]

    @property
    def ended_on(self) -> date | None:
        return self.agency.valid_to


@dataclass(frozen=True)
class Series:
    """Months of one scope, oldest first.

    `joined`: merged agencies whose months are counted in it. `apart`: agencies of units that were split
    between several; their months stand by themselves, since no source says how much went where.
    """

    months: list[Sums]
    joined: tuple[Before, ...] = ()
    apart: tuple[Before, ...] = ()


def series_of(scope: Scope, *, by: Actor) -> Series:
    """The months of a scope; of one agency or province with those before it. Requires indicators.read."""
    if scope.agency is not None:
        return _of_agency(scope, by=by)
    if scope.top is not None:
        return _of_top(scope, by=by)
    return Series(sums_by("month", scope, by=by))


def _of_top(scope: Scope, *, by: Actor) -> Series:
    require(by, "indicators.read", scope)
    refresh_tally()
    heirs = heirs_of_level_one(timezone.localdate())
    before = [code for code, heir in heirs.items() if heir == scope.top]
    rows = _by_owner(counted("top_month", ["top = ANY(%(tops)s)"], {"tops": [scope.top, *before]}))
    told = set(before) & set(rows)
    ended = Organisation.objects.filter(parent__isnull=True, code__in=told).order_by("code", "valid_from")
    named = {one.code: one for one in ended} if told else {}
    joined = tuple(Before(named[code], rows[code]) for code in sorted(told))
    return Series(_together(rows.values()), joined)


def _of_agency(scope: Scope, *, by: Actor) -> Series:
    require(by, "indicators.read", scope)
    refresh_tally()
    joined, split = lineage_ids(scope.agency or 0)
    where, values = ["authority_id = ANY(%(ids)s)"], {"ids": [*joined, *split]}
    rows = _by_owner(counted("agency_month", where, values))
    told = {int(key) for key in rows} - {scope.agency}
    named = Organisation.objects.in_bulk([*told, scope.agency or 0]) if told else {}
    before = [Before(named[pk], rows[str(pk)]) for pk in sorted(told)]
    return Series(
        _together(rows[key] for key in rows if int(key) in joined),
        tuple(each for each in before if each.agency.pk in joined),
        tuple(each for each in before if each.agency.pk in split),
    )


def _by_owner(rows: Iterable[Sums]) -> dict[str, list[Sums]]:
    """ "H20/2026-11-01" under "H20", as the month."""
    found: dict[str, list[Sums]] = {}
    for row in rows:
        owner, _slash, month = row.key.partition("/")
        found.setdefault(owner, []).append(replace(row, key=month))
    return {owner: sorted(months, key=lambda row: row.key) for owner, months in found.items()}


def _together(owners: Iterable[list[Sums]]) -> list[Sums]:
    months: dict[str, Sums] = {}
    for rows in owners:
        for row in rows:
            months[row.key] = months[row.key].plus(row) if row.key in months else row
    return [months[key] for key in sorted(months)]


def tops_by_month(scope: Scope, *, by: Actor) -> Mapping[date, Mapping[str, Sums]]:
    """Month -> level-1 code of today -> its counters, for every month, in one question."""
    found: dict[date, dict[str, Any]] = {}
    for row in sums_by("top_month", scope, by=by):
        top, _slash, month = row.key.partition("/")
        found.setdefault(date.fromisoformat(month), {})[top] = replace(row, key=top)
    return found
