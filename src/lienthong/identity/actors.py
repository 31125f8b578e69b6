"""From a web request to the actor behind it."""

from django.http import HttpRequest

from lienthong.identity.rules import ANONYMOUS, Actor


def actor_of(request: HttpRequest) -> Actor:
    """Who is behind this request: account, assurance of this session, chosen duty."""
    known: Actor | None = getattr(request, "_lienthong_actor", None)
    return known or ANONYMOUS
