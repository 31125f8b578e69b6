"""Dossiers of one's own agency, found by what people remember of them."""

from django.db.models import QuerySet

from lienthong.dossiers.public import Dossier, filter_queue
from lienthong.identity.public import Actor

WITH_NAMES = ("authority", "reception", "helped_at", "handler", "version__procedure")
SHORTEST = 2
"""One letter would find everybody."""


def search_dossiers(text: str, *, by: Actor) -> QuerySet[Dossier]:
    """Newest first; nothing for a text too short to mean anybody."""
    if len(text) < SHORTEST:
        return Dossier.objects.none()
    mine = Dossier.objects.visible_to(by)
    return filter_queue(mine, text=text).select_related(*WITH_NAMES).order_by("-filed_at")
