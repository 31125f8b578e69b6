"""Quality of sectors' data by place: what the pages read, with the proof that the places add up."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from lienthong.data.checks import rules_for
from lienthong.data.quality import Colour, Score, Scores
from lienthong.data.sources import schema
from lienthong.identity.public import Actor
from lienthong.registries.public import (
    VERDICT_NAMES,
    Reading,
    Record,
    Source,
    Verdict,
    readings,
    readings_by_place,
    words_of,
)
from lienthong.territory.public import Level, Unit, UnitUnknown, children, provinces, unit, units_on

NOWHERE = "chua-ro"
"""In an address: records whose commune is not known."""
KINDS = {Colour.GREEN: "done", Colour.AMBER: "soon", Colour.RED: "late", Colour.NONE: "none"}


def figures(scores: Scores | None) -> list[dict[str, Any]]:
    return [figure(one) for one in (scores.database, *scores.criteria)] if scores else []


def figure(score: Score) -> dict[str, Any]:
    return {
        "title": words_of(score.label).capitalize(),
        "value": score.value,
        "target": score.target,
        "target_words": f"≥ {score.target}%",
        "numerator": score.numerator,
        "denominator": score.denominator,
        "kind": KINDS[score.colour],
        "verdict": _(score.colour.label).capitalize(),
    }


def communes() -> dict[str, str]:
    """Commune -> province, of today; "" stands for the place not known."""
    rows = units_on(timezone.localdate(), level=Level.COMMUNE).order_by().values_list("code", "parent__code")
    return {**dict(rows), "": NOWHERE}


def of_country(shown: Source, known: Mapping[int, Reading], *, by: Actor) -> dict[str, Any]:
    """A source over the country: its score, and each province's."""
    names = {one.code: one.name for one in provinces(timezone.localdate())}
    places = readings_by_place(shown, communes(), by=by)
    whole = known.get(shown.pk)
    rows = ranking(places, {**names, NOWHERE: _("Chưa rõ địa bàn")}, shown, lambda code: [shown.code, code])
    return {
        "source": shown,
        "figures": figures(whole.scores if whole else None),
        "rows": rows,
        "map_figures": [
            {"code": row["code"], "value": row["value"], "url": row["url"]}
            for row in rows
            if row["code"] != NOWHERE
        ],
        "target": 90,
        **proof(places, whole),
    }


def of_province(shown: Source, code: str, *, by: Actor) -> dict[str, Any]:
    """A source in a province, commune by commune."""
    inside = {one: one for one, province in communes().items() if province == code}
    known = readings_by_place(shown, inside, by=by)
    whole = readings(by=by, communes=list(inside)).get(shown.pk)
    province = place_of(code)
    names = {one.code: one.name for one in children(province)} if province else {"": _("Chưa rõ địa bàn")}
    rows = ranking(known, names, shown, lambda one: [shown.code, code, one or NOWHERE])
    name = province.name if province else _("Chưa rõ địa bàn")
    return {
        "source": shown, "name": name, "figures": figures(whole.scores if whole else None), "rows": rows,
        **proof(known, whole),
    }  # fmt: skip


def of_commune(shown: Source, province: str, code: str, *, by: Actor) -> dict[str, Any]:
    """A source in a commune, rule by rule; each rule opens to the records that break it."""
    commune = "" if code == NOWHERE else code
    found = readings(by=by, communes=[commune]).get(shown.pk)
    scores = found.scores if found else None
    place = place_of(code)
    address = reverse("console_quality_commune", args=[shown.code, province, code])
    return {
        "source": shown,
        "name": place.name if place else _("Chưa rõ địa bàn"),
        "figures": figures(scores),
        "rules": [
            {"label": words_of(rule.label), "score": rule, "kind": KINDS[rule.colour], "broken": rule.denominator - rule.numerator,
             "url": f"{address}?quy-tac={rule.code}"}
            for rule in (scores.rules if scores else ())
            if rule.denominator
        ],
    }  # fmt: skip


def by_score(row: dict[str, Any]) -> tuple[Fraction, str]:
    return -Fraction(row["value"]), str(row["name"])


def ranking(
    places: Mapping[str, Reading], names: Mapping[str, str], shown: Source, address: Any
) -> list[dict[str, Any]]:
    """Best first, as parts/_ranking.html reads it."""
    pages = {2: "console_quality_province", 3: "console_quality_commune"}
    rows = []
    for code, reading in places.items():
        score = reading.scores.database if reading.scores else None
        if score is None or score.value is None:
            continue
        args = address(code)
        rows.append(
            {
                "code": code, "name": names.get(code, code), "url": reverse(pages[len(args)], args=args),
                "numerator": score.numerator, "denominator": score.denominator, "value": score.value,
                "target": score.target, "below": score.value < score.target,
            }
        )  # fmt: skip
    rows.sort(key=by_score)
    for position, row in enumerate(rows):
        above = rows[position - 1] if position else None
        row["rank"] = above["rank"] if above and above["value"] == row["value"] else position + 1
    return rows


def proof(places: Mapping[str, Reading], whole: Reading | None) -> dict[str, Any]:
    """Checks satisfied and made, summed over places, against the sum made apart for all of them."""
    parts = [one.scores.database for one in places.values() if one.scores]
    part, total = sum(one.numerator for one in parts), sum(one.denominator for one in parts)
    apart = whole.scores.database if whole and whole.scores else None
    same = apart is not None and (part, total) == (apart.numerator, apart.denominator)
    return {"adds_up": same, "part": part, "total": total, "count": len(parts)}


def place_of(code: str) -> Unit | None:
    """A province or commune in force today; None for the place not known."""
    try:
        return unit(code, timezone.localdate())
    except UnitUnknown:
        return None


def sentence_of_rule(shown: Source, code: str) -> str:
    found = next((rule for rule in rules_for(schema(shown.schema)) if rule.code == code), None)
    return words_of(found.sentence) if found else ""


def record_row(record: Record) -> dict[str, Any]:
    """A record as a steering page may show it: which row of which file, its verdict; nobody's name."""
    return {
        "file": record.batch.name,
        "row": record.row,
        "verdict": _(VERDICT_NAMES[Verdict(record.verdict)]),
    }
