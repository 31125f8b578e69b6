"""Which browser acts, as a pseudonym: enough to see that many people's accounts act from one, no more.

A cookie holds a random word. What is kept is its keyed digest with the month in it, so that a
browser goes by another name each month and nobody can be followed from one to the next
(Luật 91/2025/QH15: no more than the purpose needs).
"""

import hmac
import re
import secrets
from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

COOKIE: Final = "lt_may"
SHAPE: Final = re.compile(r"[0-9a-f]{32}")
A_YEAR: Final = 365 * 24 * 3600


class DeviceMiddleware:
    """Gives the browser of somebody signed in its word, once."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.user.is_authenticated and not word_of(request):
            response.set_cookie(
                COOKIE, secrets.token_hex(16), max_age=A_YEAR, httponly=True, samesite="Lax",
                secure=settings.SESSION_COOKIE_SECURE,
            )  # fmt: skip
        return response


def word_of(request: HttpRequest) -> str:
    """The browser's word; empty where it has none, or something that we did not give."""
    word = request.COOKIES.get(COOKIE, "")
    return word if SHAPE.fullmatch(word) else ""


def device_of(request: HttpRequest) -> str:
    """The browser's pseudonym of this month, 16 hexadecimal digits; empty: not known."""
    word = word_of(request)
    return pseudonym(word, f"{timezone.localdate():%Y-%m}") if word else ""


def pseudonym(word: str, month: str) -> str:
    key = f"device|{settings.SECRET_KEY}".encode()
    return hmac.new(key, f"{month}|{word}".encode(), "sha256").hexdigest()[:16]
