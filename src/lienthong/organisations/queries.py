"""Reads: an agency under its name of a day, who serves a unit, who holds a post."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db import connection
from django.db.models import Q
from django.utils import timezone

from lienthong.kit.names import fold, match_key
from lienthong.organisations.models import Holding, Kind, Organisation, OrganisationQuerySet, Post, Sector
from lienthong.organisations.rules import OrganisationUnknown
from lienthong.territory.public import Level, Succession, Unit, versions

CANDIDATES = 200


def organisations_on(day: date) -> OrganisationQuerySet:
    return Organisation.objects.on(day).select_related("parent", "unit", "unit__parent")


def organisation(code: str, on: date) -> Organisation:
    """The agency that had this code on that day, under its name of the day. Raises OrganisationUnknown."""
    found = organisations_on(on).filter(code=code).first()
    if found is None:
        raise OrganisationUnknown(code=code, day=f"{on:%d/%m/%Y}")
    return found


def organisation_now(organisation: Organisation, on: date) -> Organisation:
    """Who carries on this agency's work on a later day: itself, its new name, or who took it over.

    Ends with the last known one if nobody did.
    """
    one = organisation
    while one.valid_to is not None and one.valid_to <= on and one.successor is not None:
        one = one.successor
    return one


@dataclass(frozen=True)
class Lineage:
    """The agencies before one: whose work it carries on, and those whose area was divided."""

    joined: tuple[Organisation, ...]
    split: tuple[Organisation, ...]
    """Agencies of units that were split: a part of their work went on here, and nobody says how much."""


# Agencies that named nobody are followed by their unit, where it became part of another entirely.
LINEAGE: Final = """
WITH RECURSIVE asked AS (
    SELECT * FROM organisations_organisation WHERE id = %s
), units AS (
    SELECT unit_id AS id FROM asked WHERE unit_id IS NOT NULL
    UNION SELECT s.predecessor_id FROM territory_succession s JOIN units u ON u.id = s.successor_id
    WHERE NOT s.is_partial
), alike AS (
    SELECT o.id, o.unit_id FROM organisations_organisation o JOIN asked a USING (kind, sector)
    WHERE o.valid_to IS NOT NULL AND o.successor_id IS NULL
), joined AS (
    SELECT id FROM asked UNION SELECT alike.id FROM alike JOIN units ON units.id = alike.unit_id
    UNION SELECT o.id FROM organisations_organisation o JOIN joined j ON o.successor_id = j.id
), split AS (
    SELECT alike.id FROM alike JOIN territory_succession s ON s.predecessor_id = alike.unit_id AND s.is_partial
    JOIN units ON units.id = s.successor_id
)
SELECT id, false FROM joined UNION ALL SELECT id, true FROM split WHERE id NOT IN (SELECT id FROM joined)
ORDER BY 2, 1
"""


def lineage_ids(agency: int) -> tuple[list[int], list[int]]:
    """Ids of an agency and of everybody whose work it carries on; and of those whose unit was split."""
    with connection.cursor() as cursor:
        cursor.execute(LINEAGE, [agency])
        rows = cursor.fetchall()
    return [pk for pk, split in rows if not split], [pk for pk, split in rows if split]


def lineage(agency: Organisation) -> Lineage:
    """Who was before an agency, by name."""
    joined, split = lineage_ids(agency.pk)
    known = Organisation.objects.select_related("unit").in_bulk([*joined, *split])
    before = tuple(known[pk] for pk in joined if pk != agency.pk)
    return Lineage(before, tuple(known[pk] for pk in split))


def carried_on_by(ids: Iterable[int], on: date) -> dict[int, int]:
    """Agency that ended -> the one that carries on its work on a day; who is in force, or split, is not in it."""
    heirs: dict[int, int] = {}
    ahead = set(ids)
    while ahead:
        ended = Organisation.objects.filter(pk__in=ahead, valid_to__lte=on)
        found = _heirs_by_unit(ended.filter(successor__isnull=True, unit__isnull=False))
        named = ended.filter(successor__isnull=False).values_list("pk", "successor")
        found |= {pk: heir for pk, heir in named if heir is not None}
        heirs |= found
        ahead = set(found.values()) - heirs.keys()
    return {pk: _last(heirs, pk) for pk in heirs}


def _heirs_by_unit(ended: OrganisationQuerySet) -> dict[int, int]:
    """By whole succession of their units, where the agency itself names nobody."""
    orphans = list(ended)
    steps = Succession.objects.filter(predecessor__in=[one.unit_id for one in orphans], is_partial=False)
    unit_of = dict(steps.values_list("predecessor", "successor"))
    heirs = Organisation.objects.filter(unit__in=unit_of.values()).order_by("-valid_from")
    known = {(one.unit_id, one.kind, one.sector): one.pk for one in heirs}
    found = {one.pk: known.get((unit_of.get(one.unit_id or 0), one.kind, one.sector)) for one in orphans}
    return {pk: heir for pk, heir in found.items() if heir is not None and heir != pk}


def _last(heirs: dict[int, int], pk: int) -> int:
    while pk in heirs:
        pk = heirs[pk]
    return pk


def heirs_of_level_one(on: date) -> dict[str, str]:
    """Code of a ministry or province that ended -> the code of who carries on its work on a day."""
    rows = Organisation.objects.filter(parent__isnull=True).values_list("pk", "code", "successor", "valid_to")
    known = {pk: code for pk, code, _heir, _end in rows}
    heirs = {pk: heir for pk, _code, heir, end in rows if heir is not None and end is not None and end <= on}
    changed = {known[pk]: known[_last(heirs, pk)] for pk in heirs}
    in_force = {code for _pk, code, _heir, end in rows if end is None or end > on}
    return {code: heir for code, heir in changed.items() if code not in in_force and code != heir}


def committee_of(unit: Unit, on: date | None = None) -> Organisation | None:
    """The People's Committee of a province or commune; None for a unit not in force on the day."""
    kinds = {Level.PROVINCE: Kind.PROVINCE_COMMITTEE, Level.COMMUNE: Kind.COMMUNE_COMMITTEE}
    return agency_of(unit, kinds[Level(unit.level)], on=on) if unit.level in kinds else None


def centre_of(organisation: Organisation, on: date | None = None) -> Organisation | None:
    """The one-stop centre that receives for an agency: that of its commune or province.

    Where the one-level model is piloted, the service point in the commune. None for ministries.
    """
    day = on or timezone.localdate()
    unit = organisation_now(organisation, day).unit
    return agency_of(unit, Kind.ONE_STOP_CENTRE, on=day) if unit else None


def agency_of(
    unit: Unit, kind: Kind, sector: Sector | None = None, *, on: date | None = None
) -> Organisation | None:
    """The agency of a kind (and sector) with authority over this unit, on a day or today.

    None for a unit not in force then: its code may be another's. territory.units_now tells what
    stands in its place.
    """
    day = on or timezone.localdate()
    if unit.valid_from > day or (unit.valid_to is not None and unit.valid_to <= day):
        return None
    found = organisations_on(day).filter(unit_id__in=versions(unit))
    return found.filter(kind=kind, sector=sector or "").first()


def descendants(organisation: Organisation, on: date | None = None) -> OrganisationQuerySet:
    """All agencies under this one, at any depth; in every version unless a day is given."""
    below = Organisation.objects.below(organisation).select_related("unit").by_name()
    return below.on(on) if on else below


def ancestors(organisation: Organisation, on: date) -> list[Organisation]:
    """The agencies above, from the top down, under their names of the day."""
    codes = organisation.path.rstrip("/").split("/")[:-1]
    above = {one.code: one for one in Organisation.objects.on(on).filter(code__in=codes)}
    return [above[code] for code in codes if code in above]


def find_organisations(
    text: str, on: date | None = None, *, kind: Kind | None = None, limit: int = 20
) -> list[Organisation]:
    """Agencies by the words of their name, with or without accents; 'UBND Tân Tiến, Cà Mau' narrows.

    `on` None searches every version. Names spelled with the very accents come first, then shorter ones.
    """
    name, _, within = text.partition(",")
    words = fold(name).split()
    if not words:
        return []
    found = Organisation.objects.all() if on is None else Organisation.objects.on(on)
    for word in words:
        found = found.filter(search_key__contains=word)
    if kind:
        found = found.filter(kind=kind)
    place = fold(within)
    if place:
        found = found.filter(Q(unit__search_key=place) | Q(unit__parent__search_key=place))
    wanted = match_key(name).split()
    listed = found.select_related("unit__parent").order_by("sort_key", "code", "-valid_from")[:CANDIDATES]
    return sorted(listed, key=lambda one: (accents_differ(one, wanted), len(one.name)))[:limit]


def accents_differ(organisation: Organisation, wanted: list[str]) -> bool:
    words = match_key(f"{organisation.name} {organisation.short_name}").split()
    return not all(any(word.startswith(w) for word in words) for w in wanted)


def posts_of(organisation: Organisation) -> list[Post]:
    """Posts of the agency under any of its names."""
    posts = Post.objects.filter(organisation__code=organisation.code)
    return list(posts.select_related("organisation").order_by("title", "seat"))


def holder_of(post: Post, on: date) -> Holding | None:
    """Who sat in the post on a day."""
    return post.holdings.filter(Q(until__isnull=True) | Q(until__gt=on), since__lte=on).first()


def holdings_of(holder: str, on: date) -> list[Holding]:
    """The posts that a person, by reference, holds on a day."""
    held = Holding.objects.filter(Q(until__isnull=True) | Q(until__gt=on), holder=holder, since__lte=on)
    return list(held.select_related("post__organisation").order_by("since", "pk"))
