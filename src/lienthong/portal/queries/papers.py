"""The signed results a citizen holds."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse

from lienthong.dossiers.public import Dossier, dossiers_of
from lienthong.identity.public import Actor
from lienthong.signatures.public import tokens_of


@dataclass(frozen=True)
class KeptPaper:
    """A signed result, and where anybody checks it; no address for one that was not signed here."""

    dossier: Dossier
    check_url: str


def kept_papers(dossiers: Iterable[Dossier]) -> list[KeptPaper]:
    found = list(dossiers)
    tokens = tokens_of(d.result_id for d in found if d.result_id)
    return [
        KeptPaper(d, reverse("signatures:paper", args=[tokens[d.result_id]]) if d.result_id in tokens else "")
        for d in found
    ]


def my_results(*, by: Actor) -> QuerySet[Dossier]:
    """Dossiers of one's own that have a signed result, newest first."""
    return dossiers_of(by).filter(result__isnull=False).select_related("result").order_by("-closed_at")
