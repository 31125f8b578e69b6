"""The list of sources: those with scores first; latest file, what waits; in a constant number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count

from lienthong.cleaning.public import Case
from lienthong.data.quality import Score, Scores
from lienthong.data.sources import schema
from lienthong.identity.public import Actor
from lienthong.registries.public import Source, readings
from lienthong.steward.queries.words import kind_of


@dataclass(frozen=True)
class Line:
    source: Source
    scores: Scores | None
    latest: datetime | None
    waiting: int

    @property
    def own(self) -> bool:
        return schema(self.source.schema).own

    @property
    def kind(self) -> str:
        return kind_of(self.scores.database) if self.scores else "none"

    @property
    def criteria(self) -> list[tuple[Score, str]]:
        return [(score, kind_of(score)) for score in self.scores.criteria] if self.scores else []


def lines_of(sources: Iterable[Source], *, by: Actor) -> list[Line]:
    known = readings(by=by)
    rows = Case.objects.visible_to(by).waiting().order_by().values_list("source")
    waiting: dict[Any, int] = dict(rows.annotate(n=Count("pk", distinct=True)))
    lines = [
        Line(
            source=one,
            scores=known[one.pk].scores if one.pk in known else None,
            latest=getattr(one, "latest", None),
            waiting=waiting.get(one.pk, 0),
        )
        for one in sources
    ]
    return sorted(lines, key=lambda line: (not line.own, line.scores is None))
