"""Signals of a month: which figures are unusual, against what, and where they open."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

from django.db import connection
from django.utils.translation import gettext as _

from lienthong.identity.public import Actor, require
from lienthong.indicators.counting import refresh_tally
from lienthong.indicators.detectors.counting import Behind, behind, refresh_signs
from lienthong.indicators.detectors.rules import (
    METHOD_NAMES,
    STRENGTH_NAMES,
    Around,
    Expected,
    Method,
    Strength,
    expected,
    judge,
)
from lienthong.indicators.detectors.table import DETECTORS, Detector
from lienthong.indicators.models import SignCount
from lienthong.indicators.permissions import sees_signals_of
from lienthong.kit.errors import Refused, said
from lienthong.organisations.public import Organisation


class UnknownDetector(Refused):
    sentence = said("Không có loại dấu hiệu này.")
    status = 404


@dataclass(frozen=True)
class Signal:
    """An agency's month in which a share is unusual: something to look at, not a finding.

    `address`: what `reverse("console_signal", kwargs=…)` takes. `sentence` is whole and translated.
    """

    code: str
    name: str
    agency: Organisation
    month: date
    part: int
    whole: int
    expected: Expected
    strength: Strength
    sentence: str

    @property
    def share(self) -> Fraction:
        return Fraction(self.part, self.whole)

    @property
    def excess(self) -> Fraction:
        """How many dossiers more than usual."""
        return self.part - self.expected.share * self.whole

    @property
    def method(self) -> str:
        return _(METHOD_NAMES[self.expected.method]).format(
            count=f"{self.expected.count:,}".replace(",", ".")
        )

    @property
    def strength_name(self) -> str:
        return _(STRENGTH_NAMES[self.strength])

    @property
    def detector(self) -> Detector:
        return DETECTORS[self.code]

    @property
    def address(self) -> dict[str, Any]:
        return {"code": self.code, "agency": self.agency.pk, "month": f"{self.month:%Y-%m}"}


# The cells with enough dossiers, what is usual in the month, and the agency's own other months. For one agency
# the country is looked at only where that agency could give a signal.
CELLS: Final = """
WITH asked AS (
    SELECT * FROM unnest(%(codes)s::text[], %(minima)s::int[], %(least)s::int[]) a (detector, minimum, least)
    WHERE %(agency)s::bigint IS NULL OR EXISTS (
        SELECT FROM indicators_signcount c WHERE c.authority_id = %(agency)s AND c.month = %(month)s
            AND c.detector = a.detector AND c.whole >= a.minimum AND c.part >= a.least
    )
),
cells AS (
    SELECT c.*, a.minimum, a.least FROM indicators_signcount c JOIN asked a USING (detector) WHERE month = %(month)s
),
country AS (
    SELECT detector, count(*) FILTER (WHERE whole >= minimum) AS agencies,
        percentile_disc(0.5) WITHIN GROUP (ORDER BY part::numeric / whole) FILTER (WHERE whole >= minimum) AS median,
        sum(part) AS part, sum(whole) AS whole
    FROM cells GROUP BY 1
)
SELECT c.detector, c.authority_id, c.part, c.whole, n.agencies, n.median, n.part - c.part, n.whole - c.whole,
    COALESCE(o.part, 0), COALESCE(o.whole, 0)
FROM cells c JOIN country n USING (detector), LATERAL (
    SELECT sum(y.part) AS part, sum(y.whole) AS whole FROM indicators_signcount y
    WHERE y.authority_id = c.authority_id AND y.detector = c.detector AND y.month <> c.month
) o
WHERE c.whole >= c.minimum AND c.part >= c.least AND (%(agency)s::bigint IS NULL OR c.authority_id = %(agency)s)
"""
OFFICIAL: Final = """
SELECT DISTINCT ON (s.agency_id) s.agency_id, s.score,
    (EXTRACT(year FROM age(s.last_month, s.first_month)) * 12 + EXTRACT(month FROM age(s.last_month, s.first_month)))::int + 1
FROM indicators_officialscore s JOIN organisations_organisation o ON o.id = s.agency_id
WHERE s.index = 'qd766' AND s.component = '5.4' AND s.score IS NOT NULL AND %(month)s BETWEEN s.first_month AND s.last_month
    AND (%(agency)s::bigint IS NULL OR s.agency_id = %(agency)s)
    AND NOT EXISTS (
        SELECT FROM indicators_officialscore l WHERE l.agency_id = s.agency_id AND l.index = s.index
            AND l.component = s.component AND l.first_month = s.first_month AND l.last_month = s.last_month
            AND l.as_of = s.as_of AND (l.entered_at, l.id) > (s.entered_at, s.id)
    )
    AND NOT EXISTS (
        SELECT FROM indicators_tally y JOIN organisations_organisation g ON g.id = y.authority_id
        WHERE g.path LIKE o.path || '%%' AND y.month BETWEEN s.first_month AND s.last_month
    )
ORDER BY s.agency_id, s.as_of DESC, s.entered_at DESC
"""


def signals(month: date, *, by: Actor, agency: int | None = None) -> list[Signal]:
    """Every signal of a month that `by` may see, the strongest first; of one agency where it is named.

    Requires indicators.read_signals. A leader sees those of his own agency and of what is below it.
    """
    require(by, "indicators.read_signals")
    refresh_signs()
    refresh_tally()
    values: dict[str, Any] = {"month": month, "agency": agency}
    asked = {
        "codes": list(DETECTORS),
        "minima": [d.minimum for d in DETECTORS.values()],
        "least": [d.least for d in DETECTORS.values()],
    }
    with connection.cursor() as cursor:
        cursor.execute(CELLS, values | asked)
        cells = cursor.fetchall()
        cursor.execute(OFFICIAL, values)
        official = cursor.fetchall()
    found = [*_unusual(cells), *_without_dossiers(official)]
    agencies = Organisation.objects.in_bulk({one.agency for one in found})
    seen = [
        one.told(agencies[one.agency], month)
        for one in found
        if sees_signals_of(by, agencies[one.agency].path)
    ]
    return sorted(seen, key=lambda s: (s.strength is not Strength.STRONG, -s.excess, s.code, s.agency.pk))


@dataclass(frozen=True)
class Found:
    """A signal before it has an agency's name and words."""

    code: str
    agency: int
    part: int
    whole: int
    usual: Expected
    strength: Strength

    def told(self, agency: Organisation, month: date) -> Signal:
        detector = DETECTORS[self.code]
        facts = {"share": percent(Fraction(self.part, self.whole)), "usual": percent(self.usual.share)}
        sentence = _(detector.sentence).format(part=self.part, whole=self.whole, **facts)
        return Signal(
            code=self.code,
            name=_(detector.name),
            agency=agency,
            month=month,
            part=self.part,
            whole=self.whole,
            expected=self.usual,
            strength=self.strength,
            sentence=sentence,
        )


def _unusual(cells: Iterable[tuple[Any, ...]]) -> Iterator[Found]:
    for code, agency, part, whole, agencies, median, *rest in cells:
        around = Around(agencies, None if median is None else Fraction(Decimal(median)), *map(int, rest))
        usual = expected(around, DETECTORS[code].minimum)
        strength = judge(part, whole, usual, DETECTORS[code].margin) if usual else None
        if usual and strength:
            yield Found(code, agency, part, whole, usual, strength)


def _without_dossiers(official: Iterable[tuple[Any, ...]]) -> Iterator[Found]:
    for agency, score, months in official:
        if score:
            usual = Expected(Fraction(0), Method.RULE, 0)
            yield Found("points_without_dossiers", agency, months, months, usual, Strength.STRONG)


def percent(share: Fraction) -> str:
    """ "12,5%", as it is written in a sentence."""
    return f"{float(share * 100):.1f}".replace(".", ",").removesuffix(",0") + "%"


@dataclass(frozen=True)
class Opened:
    """One detector at one agency and month, opened: its signal if there is one, the dossiers, the months."""

    detector: Detector
    agency: Organisation
    month: date
    signal: Signal | None
    dossiers: Behind
    months: list[tuple[date, int, int]]
    """(month, part, whole) of this agency, oldest first."""
    as_of: datetime


def open_signal(code: str, agency: Organisation, month: date, *, by: Actor) -> Opened:
    """Raises UnknownDetector, NotAllowed."""
    if code not in DETECTORS:
        raise UnknownDetector
    require(by, "indicators.read_signals", agency)
    found = [s for s in signals(month, by=by, agency=agency.pk) if s.code == code]
    months = SignCount.objects.filter(authority=agency, detector=code).order_by("month")
    return Opened(
        detector=DETECTORS[code],
        agency=agency,
        month=month,
        signal=found[0] if found else None,
        dossiers=behind(code, agency.pk, month),
        months=list(months.values_list("month", "part", "whole")),
        as_of=refresh_signs().at,
    )
