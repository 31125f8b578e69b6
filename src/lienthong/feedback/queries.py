"""Reading ratings."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from django.db.models import Count, Sum

from lienthong.feedback.models import Rating


@dataclass(frozen=True)
class Average:
    """`score` is None while nobody rated: an empty denominator is not 0."""

    total: int
    count: int

    @property
    def score(self) -> Fraction | None:
        return Fraction(self.total, self.count) if self.count else None


def rating_of(subject: str) -> Rating | None:
    return Rating.objects.filter(subject=subject).first()


def average_of(subjects: Iterable[str]) -> Average:
    """The mean over those of the subjects that were rated, as a sum and a count."""
    found = Rating.objects.filter(subject__in=list(subjects)).aggregate(total=Sum("score"), count=Count("pk"))
    return Average(total=found["total"] or 0, count=found["count"])
