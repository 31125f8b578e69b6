"""What every test may ask for: a database, the application's role in it, a browser."""

import hashlib
import os
import shutil
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any

import hypothesis
import psycopg
import pytest
from django.conf import settings
from django.db import connections
from psycopg import sql

from lienthong.site import postgres
from lienthong.site.cluster import DATABASE
from lienthong.site.config import CONFIG, ROOT
from lienthong.site.settings import database

# Playwright's synchronous API runs an event loop in the test's thread, where Django would refuse a query.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

# A busy machine is slow, not wrong.
hypothesis.settings.register_profile(
    "untimed", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("untimed")

CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def chromium() -> str | None:
    """The browser of journeys: $CHROMIUM, or Debian's, or another on the path."""
    named = os.environ.get("CHROMIUM")
    candidates = [named] if named else ["chromium", "chromium-browser", "google-chrome"]
    return next((path for name in candidates if (path := shutil.which(name))), None)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if chromium() or os.environ.get("LIENTHONG_REQUIRE_JOURNEYS") == "1":
        return
    skip = pytest.mark.skip(reason="no Chromium: `apt install chromium fonts-noto-core`")
    for item in items:
        if item.get_closest_marker("journey"):
            item.add_marker(skip)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, Any, Any]:
    """With LIENTHONG_REQUIRE_JOURNEYS=1 a journey that is skipped, for whatever reason, has failed."""
    report: Any = yield
    required = os.environ.get("LIENTHONG_REQUIRE_JOURNEYS") == "1"
    if required and report.skipped and item.get_closest_marker("journey") and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"journey skipped though LIENTHONG_REQUIRE_JOURNEYS=1: {report.longrepr}"
    return report


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    path = chromium()
    if path is None:
        pytest.fail("no Chromium found: `apt install chromium fonts-noto-core`, or name one in CHROMIUM")
    return {**browser_type_launch_args, "executable_path": path, "args": CHROMIUM_ARGUMENTS}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_context_args, "locale": "vi-VN", "timezone_id": "Asia/Ho_Chi_Minh"}


@pytest.fixture(scope="session")
def base_url() -> None:
    """Journeys name the live server's URL in full. The plugin's own fixture trips a deprecation of pytest."""


@pytest.fixture(scope="session")
def owner_url() -> str:
    """The URL of the role that owns the tables; the embedded server is started here, at the first need."""
    if CONFIG.database_url:
        return CONFIG.database_owner_url or CONFIG.database_url
    return postgres.ensure(CONFIG.var).owner


@pytest.fixture(scope="session")
def django_db_modify_db_settings(owner_url: str, django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Tests run as the owner, who may make databases; settings were read before the server was there."""
    found = connections.settings["default"]
    fresh = database(owner_url)
    for name in ("NAME", "USER", "PASSWORD", "HOST", "PORT"):
        found[name] = fresh[name]


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    return True


@pytest.fixture(scope="session")
def django_db_createdb(request: pytest.FixtureRequest, django_db_modify_db_settings: None) -> bool:
    """Make the test database anew only after a change of migrations or a run that did not end."""
    record = _record()
    fits = record.exists() and record.read_text() == _migrations_fingerprint()
    record.unlink(missing_ok=True)
    return bool(request.config.getvalue("create_db")) or not fits


@pytest.fixture(scope="session", autouse=False)
def django_db_setup(django_db_setup: None) -> Iterator[None]:
    yield
    record = _record()
    record.parent.mkdir(parents=True, exist_ok=True)
    record.write_text(_migrations_fingerprint())


def _record() -> Path:
    return CONFIG.var / "test-databases" / str(connections.settings["default"]["TEST"]["NAME"])


def _migrations_fingerprint() -> str:
    found = hashlib.sha256(str(settings.INSTALLED_APPS).encode())
    for path in sorted((ROOT / "src").glob("lienthong/*/migrations/*.[ps][yq]*")):  # .py and .sql
        found.update(path.name.encode() + path.read_bytes())
    return found.hexdigest()


@pytest.fixture
def application_url(db: None) -> str:
    """The test database as the application reaches it; give it to a child process as DATABASE_URL."""
    if CONFIG.database_url:
        pytest.skip("with DATABASE_URL the application's role is the operator's affair")
    name = str(connections["default"].settings_dict["NAME"])
    return postgres.urls(CONFIG.var).application.replace(f"/{DATABASE}?", f"/{name}?")


@pytest.fixture
def application_role(application_url: str) -> Iterator[psycopg.Connection]:
    """A connection with no more rights than the application has, for tests of what it may not do."""
    with psycopg.connect(application_url, autocommit=True) as connection:
        connection.execute(sql.SQL("SET search_path TO public"))
        yield connection
