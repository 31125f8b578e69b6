"""What the pages of signals read: the list by kind and unit, and one signal with its explanation."""

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from typing import Any, Final
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from lienthong.console import queries
from lienthong.console.queries import Period, Place
from lienthong.indicators.public import DETECTORS, Detector, Opened, Signal, Strength, percent

KINDS: Final = {Strength.STRONG: "soon", Strength.NOTABLE: "none"}
"""Shapes of the states: red is for late and wrong only, and a signal is neither."""


def whole_month(period: Period) -> Period:
    """The newest month that is over, where the address names none: a month half gone compares badly."""
    over = [m for m in period.months if m < timezone.localdate().replace(day=1)]
    return Period(over[-1], period.months) if over else period


def listed(every: Sequence[Signal], period: Period, *, kind: str, unit: str) -> dict[str, Any]:
    """The signals of a month, those of a kind and a unit shown; each chip's count is of its list."""
    known = queries.places()
    shown = [s for s in every if kind in {"", s.code} and unit in {"", top_of(s)}]
    of_unit = [s for s in every if unit in {"", top_of(s)}]
    of_kind = [s for s in every if kind in {"", s.code}]
    kinds, units = Counter(s.code for s in of_unit), Counter(top_of(s) for s in of_kind)

    def chip(count: int, label: str, *, code: str, top: str) -> dict[str, Any]:
        asked = {"thang": f"{period.month:%Y-%m}", "loai": code, "don-vi": top}
        url = "?" + urlencode({k: v for k, v in asked.items() if v})
        return {"count": count, "label": label, "url": url, "current": (code, top) == (kind, unit)}

    return {
        "rows": [row(one, known) for one in shown],
        "kinds": [
            chip(len(of_unit), _("mọi loại"), code="", top=unit),
            *(
                chip(n, _(d.name), code=d.code, top=unit)
                for d in DETECTORS.values()
                if (n := kinds[d.code]) or d.code == kind
            ),
        ],
        "units": [
            chip(len(of_kind), _("cả nước"), code=kind, top=""),
            *(chip(n, name_of(code, known), code=kind, top=code) for code, n in units.most_common()),
        ],
        "agencies": len({s.agency.pk for s in shown}),
        "detectors": [explained(d) for d in DETECTORS.values()],
    }


def top_of(signal: Signal) -> str:
    return signal.agency.path.split("/")[0]


def name_of(code: str, known: dict[str, Place]) -> str:
    return known[code].name if code in known else code


def row(signal: Signal, known: dict[str, Place]) -> dict[str, Any]:
    return {
        "agency": signal.agency.name,
        "place": name_of(top_of(signal), known),
        "url": reverse("console_signal", kwargs=signal.address),
        "name": signal.name,
        "sentence": signal.sentence,
        "method": signal.method,
        "part": signal.part,
        "whole": signal.whole,
        "kind": KINDS[signal.strength],
        "strength": signal.strength_name,
    }


def explained(detector: Detector) -> dict[str, Any]:
    return {
        "name": _(detector.name),
        "part": _(detector.part_words),
        "whole": _(detector.whole_words),
        "minimum": detector.minimum,
        "margin": detector.margin * 100,
        "basis": _(detector.basis),
    }


def opened(found: Opened, period: Period, *, part: str) -> dict[str, Any]:
    """One signal: the formula, what is usual and how that is known, the months, the dossiers."""
    known, detector, agency = queries.places(), found.detector, found.agency
    ids = found.dossiers.rest if part == "rest" else found.dossiers.part
    counted = len(found.dossiers.part), len(found.dossiers.part) + len(found.dossiers.rest)
    signal = found.signal
    of_dossiers = detector.whole != "false"
    numbers = (signal.part, signal.whole) if signal and not of_dossiers else counted
    listing = reverse("console_signals") + period.query
    top = agency.path.split("/")[0]
    return {
        "detector": detector,
        "name": _(detector.name),
        "agency": agency,
        "signal": signal,
        "kind": KINDS[signal.strength] if signal else "none",
        "part_words": _(detector.part_words),
        "whole_words": _(detector.whole_words),
        "part": numbers[0],
        "whole": numbers[1],
        "value": Fraction(*numbers) * 100 if numbers[1] else None,
        "facts": compared(signal) if signal else [],
        "look": _(detector.look),
        "basis": _(detector.basis),
        "of_dossiers": of_dossiers,
        "months": [
            {"label": f"T{month.month}", "month": month, "value": Fraction(p * 100, w), "part": p, "whole": w}
            for month, p, w in found.months
        ],
        "chosen": part,
        "ids": ids,
        "adds_up": signal is None or not of_dossiers or counted == (signal.part, signal.whole),
        "as_of": found.as_of,
        "trail": [
            {"label": _("Dấu hiệu cần kiểm tra"), "url": listing},
            {"label": name_of(top, known), "url": f"{listing}&don-vi={top}"},
            {"label": agency.name, "url": ""},
        ],
    }


def compared(signal: Signal) -> list[dict[str, Any]]:
    """What the share is held against."""
    usual = f"{percent(signal.expected.share)}: {signal.method}"
    return [
        {"key": _("Thường là"), "value": usual},
        {"key": _("Nhiều hơn thường"), "value": _("khoảng {n} hồ sơ").format(n=round(signal.excess))},
        {"key": _("Mức độ"), "value": signal.strength_name.capitalize()},
    ]
