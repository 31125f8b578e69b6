"""Reads: an agency under its name of a day, who serves a unit, who holds a post."""

from datetime import date

from django.db.models import Q
from django.utils import timezone

from lienthong.kit.names import fold, match_key
from lienthong.organisations.models import Holding, Kind, Organisation, OrganisationQuerySet, Post, Sector
from lienthong.organisations.rules import OrganisationUnknown
from lienthong.territory.public import Level, Unit, versions

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
