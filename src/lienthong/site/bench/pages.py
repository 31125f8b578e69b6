"""p95 of pages over the whole demo database, with their queries, beside the time their SQL alone takes."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final
from unittest.mock import patch

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import connection
from django.test import Client

from lienthong.identity.public import Account
from lienthong.site.bench.ground import BenchError


@dataclass(frozen=True)
class Page:
    name: str
    who: str
    url: str


PAGES: Final = (
    Page("officer's queue (centre)", "van.le", "/can-bo/"),
    Page("officer's queue (leader)", "hau.vo", "/can-bo/"),
    Page("queue narrowed by a name", "hau.vo", "/can-bo/?q=nguyen+thi"),
    Page("search by a name", "hau.vo", "/can-bo/tra-cuu/?q=nguyen+thi"),
    Page("console, national page", "anh.do", "/dieu-hanh/"),
    Page("console, one indicator", "anh.do", "/dieu-hanh/chi-tieu/on_time/"),
    Page("console, one province", "anh.do", "/dieu-hanh/chi-tieu/on_time/H20/"),
    Page("console, the wall", "anh.do", "/dieu-hanh/man-hinh-lon/"),
    Page("console, two provinces compared", "anh.do", "/dieu-hanh/so-sanh/?don-vi=H20&voi-don-vi=H24"),
)


@dataclass(frozen=True)
class Timed:
    """Milliseconds; `sql` is the 95th percentile of the time spent in the database in one request."""

    page: Page
    p50: float
    p95: float
    sql: float
    queries: int


class Counter:
    """Counts queries and their time, as an execute wrapper."""

    def __init__(self) -> None:
        self.count, self.spent = 0, 0.0

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:  # noqa: FBT001 - Django's signature
        begun = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            self.count += 1
            self.spent += time.perf_counter() - begun


def measure(*, times: int, named: str = "") -> list[Timed]:
    """Each page whose name begins so `times` times after three to warm up. Raises BenchError for one not there."""
    with _test_client_host():
        return [_timed(page, times) for page in PAGES if page.name.startswith(named)]


def _timed(page: Page, times: int) -> Timed:
    client = signed_in(page.who)
    walls, sqls, queries = [], [], 0
    for number in range(times + 3):
        counter = Counter()
        begun = time.perf_counter()
        with connection.execute_wrapper(counter):
            answer = client.get(page.url)
        wall = time.perf_counter() - begun
        if answer.status_code != 200:
            raise BenchError(f"{page.url} answered {answer.status_code} to {page.who}.")
        if number >= 3:
            walls.append(wall * 1000)
            sqls.append(counter.spent * 1000)
            queries = counter.count
    return Timed(page, percentile(walls, 50), percentile(walls, 95), percentile(sqls, 95), queries)


def percentile(values: list[float], per_cent: int) -> float:
    """The nearest rank: a value that was measured, none in between."""
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * per_cent // 100) - 1)]


def signed_in(name: str) -> Client:
    """A browser of one of the demo's officers, who has just passed both steps."""
    account = Account.objects.get(sign_in_name=name)
    client = Client()
    client.force_login(account)
    session, now = client.session, time.time()
    step = Authenticator.objects.filter(user=account, type="totp").first()
    session["account_authentication_methods"] = [
        {"method": "password", "at": now},
        {"method": "mfa", "type": "totp", "id": step.pk if step else 0, "at": now},
    ]
    session["account_authentication_methods_user"] = str(account.pk)
    session.save()
    return client


@contextmanager
def _test_client_host() -> Iterator[None]:
    with patch.object(settings, "ALLOWED_HOSTS", ["testserver"]):
        yield
