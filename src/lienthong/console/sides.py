"""Which unit a person means, by name or code; of several of one name a person chooses."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from lienthong.console import queries
from lienthong.console.queries import Period, Place
from lienthong.indicators.public import Indicator, Scope, Tier
from lienthong.kit.errors import Refused, said
from lienthong.kit.names import fold, match_key
from lienthong.organisations.public import Kind, Organisation, find_organisations, organisations_on
from lienthong.steering.public import Target
from lienthong.territory.public import full_name

UNIT: Final = "don-vi"
OTHER: Final = "voi-don-vi"
WHOLE_TIERS: Final = {"bo-nganh": Tier.MINISTRY, "dia-phuong": Tier.LOCALITY}
MOST: Final = 20
"""How many agencies of one name are offered."""


class Incomparable(Refused):
    """What was asked for cannot be put side by side; said beside the form."""

    status = 422


class NoSuchUnit(Incomparable):
    sentence = said("Không tìm thấy cơ quan “{text}”. Hãy nhập tên tỉnh, bộ, xã, phường hoặc mã cơ quan.")


class ManyUnits(Incomparable):
    """`found`: among which a person chooses."""

    sentence = said("Có {count} cơ quan khớp với “{text}”. Hãy chọn một cơ quan dưới đây.")

    def __init__(self, found: list[Organisation], text: str) -> None:
        super().__init__(count=len(found), text=text)
        self.found = found
        self.text = text


@dataclass(frozen=True)
class Side:
    """One unit of a comparison: a whole tier, a ministry or province, or an agency under one."""

    told: str
    """As it stands in the address."""
    name: str
    tier: str
    """The tier in words: two sides have the same."""
    place: Place | None = None
    agency: Organisation | None = None
    whole: Tier | None = None

    def scope(self, month: date) -> Scope:
        if self.whole:
            return Scope(month, tier=self.whole)
        if self.place:
            return Scope(month, top=self.place.code)
        return Scope(month, agency=self.agency.pk if self.agency else None)

    def url(self, shown: Indicator, month: date) -> str:
        """Where a value of it opens."""
        query = Period(month, []).query
        if self.whole:
            return reverse("console_country", args=[shown.code]) + query + f"&cap={self.whole.value}"
        if self.place:
            return reverse("console_top", args=[shown.code, self.place.code]) + query
        return reverse("console_agency", args=[shown.code, self.agency.pk if self.agency else 0]) + query

    def target(self, shown: Indicator, goals: Mapping[tuple[str, str], Target]) -> Target | None:
        tier = self.whole or (self.place.tier if self.place else self._tier_above())
        return goals.get((shown.code, tier.value)) if tier else None

    def _tier_above(self) -> Tier | None:
        return queries.TIER_LETTERS.get(self.agency.code[0]) if self.agency else None


def side_of(text: str, known: Mapping[str, Place]) -> Side:
    """By code or by name; the beginning of an address is what a person types. Raises NoSuchUnit, ManyUnits."""
    if text in WHOLE_TIERS:
        tier = WHOLE_TIERS[text]
        return Side(text, queries.tier_name(tier), _("một cấp gộp lại"), whole=tier)
    place = known.get(text.upper()) or _place_named(text, known)
    if place:
        return Side(place.code, place.name, _tier_of(place), place=place)
    agency = _agency(text)
    return Side(agency.code, agency.name, str(Kind(agency.kind).label), agency=agency)


def _tier_of(place: Place) -> str:
    return _("bộ, ngành") if place.tier is Tier.MINISTRY else _("cấp tỉnh")


def _place_named(text: str, known: Mapping[str, Place]) -> Place | None:
    """With the very accents first: Hà Tĩnh and Hà Tiên are two, "ha noi" is one."""
    wanted = match_key(text)
    same = [place for place in known.values() if match_key(place.name) == wanted]
    alike = same or [place for place in known.values() if fold(place.name) == fold(text)]
    return alike[0] if len(alike) == 1 else None


def _agency(text: str) -> Organisation:
    today = timezone.localdate()
    by_code = organisations_on(today).filter(code=text.upper()).first()
    if by_code:
        return by_code
    found = find_organisations(text, today, limit=MOST)
    name = fold(text.partition(",")[0])
    committees = [one for one in found if one.kind == Kind.COMMUNE_COMMITTEE]
    exact = [
        one for one in committees if one.unit and name in (fold(one.unit.name), fold(one.unit.short_name))
    ]
    for few in (exact, [one for one in found if fold(one.name) == name], found):
        if len(few) == 1:
            return few[0]
        if few:
            raise ManyUnits(few, text=text)
    raise NoSuchUnit(text=text)


def offered(many: ManyUnits, told: Mapping[str, str]) -> list[dict[str, str]]:
    """Each agency of that name, with the address that means it."""
    field = UNIT if told.get(UNIT, "").strip() == many.text else OTHER
    return [
        {
            "name": one.name,
            "above": full_name(one.unit, timezone.localdate()) if one.unit else "",
            "url": "?" + urlencode({**told, field: one.code}),
        }
        for one in many.found
    ]


def suggestions() -> list[str]:
    """What the fields of units offer while one types: provinces and ministries by name."""
    return [place.name for place in queries.places().values()]
