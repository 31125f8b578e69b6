"""A meeting's state by server-sent events, from a server with few threads (decision 0015).

One request, at most one event. News is told at once. Without news the request waits for it, but only as many at a
time as leave the pages their threads; the others are answered at once and come back in a few seconds.
"""

import time
from collections.abc import Generator, Iterator
from threading import BoundedSemaphore
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.template.loader import render_to_string

from lienthong.conference.public import Meeting, State, page_of, version_of
from lienthong.console.meetings import facts
from lienthong.identity.public import Actor

RETRY: Final = 3_000
"""Milliseconds after which a browser comes back."""
HELD_FOR: Final = 8.0
"""Seconds that a request waits at most."""
LOOK_EVERY: Final = 0.5
NO_CONTENT: Final = 204
"""Tells an EventSource to come no more."""

SLOTS: Final = BoundedSemaphore(max(settings.LIVE_STREAMS, 1))
"""Of this process."""


def answer(request: HttpRequest, meeting: Meeting, *, by: Actor) -> HttpResponseBase:
    """`Last-Event-ID`, or `?tu=` the first time: the version that the page has seen."""
    told = request.headers.get("Last-Event-ID", "") or str(request.GET.get("tu", ""))
    seen = int(told) if told.isascii() and told.isdigit() and len(told) < 10 else 0
    if is_over(meeting) and version_of(meeting) <= seen:
        return HttpResponse(status=NO_CONTENT)
    response = StreamingHttpResponse(events(request, meeting, seen, by), content_type="text/event-stream")
    response["Cache-Control"] = "no-store"
    response["X-Accel-Buffering"] = "no"
    return response


def is_over(meeting: Meeting) -> bool:
    return Meeting.objects.filter(pk=meeting.pk).in_state(State.APPROVED, State.CALLED_OFF).exists()


def events(request: HttpRequest, meeting: Meeting, seen: int, by: Actor) -> Iterator[str]:
    yield f"retry: {RETRY}\n\n"
    version = version_of(meeting)
    if version <= seen:
        version = yield from waited(meeting, seen)
    if version > seen:
        yield told(request, meeting, by)


def waited(meeting: Meeting, seen: int) -> Generator[str, None, int]:
    """The version after waiting for a newer one; at once where nobody may wait any more."""
    if settings.LIVE_STREAMS < 1 or not SLOTS.acquire(blocking=False):
        yield ": busy\n\n"
        return seen
    try:
        yield ": waiting\n\n"
        end = time.monotonic() + HELD_FOR
        while (version := version_of(meeting)) <= seen and time.monotonic() < end:
            time.sleep(LOOK_EVERY)
    finally:
        SLOTS.release()
    return version


def told(request: HttpRequest, meeting: Meeting, by: Actor) -> str:
    """The live part of the page as `by` sees it, as one event."""
    page = page_of(meeting)
    html = render_to_string("console/meetings/_live.html", facts.of_live(page, by=by), request=request)
    data = "".join(f"data: {line}\n" for line in html.splitlines())
    return f"event: room\nid: {page.room.version}\n{data}\n"
