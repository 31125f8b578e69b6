"""Who steers: bodies, who sits in them on a day, and who did before."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from lienthong.identity.public import Actor
from lienthong.steering.public import (
    BODY_NAMES,
    BODY_POST_NAMES,
    BodyKind,
    BodyPost,
    Plan,
    bodies,
    find_body,
    members_of,
    plans,
    seats_of,
    seats_on,
)


def of_bodies(as_of: date, *, by: Actor) -> list[dict[str, Any]]:
    """Each body with its chair on the day, how many sit in it, and its plans."""
    plans_of: dict[int, list[Plan]] = {}
    for plan in plans():
        plans_of.setdefault(plan.body_id, []).append(plan)
    seats = seats_on(as_of, by=by)
    return [
        {
            "body": body,
            "kind": _(BODY_NAMES[BodyKind(body.kind)]),
            "chair": next((seat for seat in seats.get(body.pk, []) if seat.post == BodyPost.CHAIR), None),
            "members": len(seats.get(body.pk, [])),
            "plans": plans_of.get(body.pk, []),
        }
        for body in bodies(by=by)
    ]


def of_body(code: str, as_of: date, *, by: Actor) -> dict[str, Any]:
    """Who sits in it on the day, and everybody who ever did, from when to when."""
    body = find_body(code, by=by)
    return {
        "body": body,
        "kind": _(BODY_NAMES[BodyKind(body.kind)]),
        "as_of": as_of,
        "members": members_of(body, as_of),
        "seats": [{"seat": seat, "post": _(BODY_POST_NAMES[BodyPost(seat.post)])} for seat in seats_of(body)],
        "plans": [plan for plan in plans() if plan.body_id == body.pk],
    }
