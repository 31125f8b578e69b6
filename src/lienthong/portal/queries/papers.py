"""The signed results a citizen holds."""

from django.db.models import QuerySet

from lienthong.dossiers.public import Dossier, dossiers_of
from lienthong.identity.public import Actor


def my_results(*, by: Actor) -> QuerySet[Dossier]:
    """Dossiers of one's own that have a signed result, newest first."""
    return dossiers_of(by).filter(result__isnull=False).select_related("result").order_by("-closed_at")
