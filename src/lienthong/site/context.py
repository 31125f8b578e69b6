"""What every page may read besides its own facts."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils import timezone


def site(request: HttpRequest) -> dict[str, Any]:
    """demo: show the ribbon. as_of: the moment the page was made. *_url: None where not mounted."""
    return {
        "demo": settings.DEMO,
        "as_of": as_of(),
        "language_url": mounted("set_language"),
        "sign_in_url": mounted("account_login"),
        "sign_out_url": mounted("account_logout"),
    }


def as_of() -> datetime:
    return timezone.localtime()


def mounted(name: str) -> str | None:
    try:
        return reverse(name)
    except NoReverseMatch:
        return None
