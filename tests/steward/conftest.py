"""The world is settled once for this folder, in a transaction that is rolled back at its end."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import transaction
from django.test import override_settings
from pytest_django import DjangoDbBlocker, Settings

from lienthong.steward import jobs
from registries.world import World, make_world

HASHER = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(scope="package")
def settled(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[World]:
    fast = override_settings(PASSWORD_HASHERS=HASHER, DOCUMENTS_ROOT=tmp_path_factory.mktemp("kept"))
    with django_db_blocker.unblock(), fast, transaction.atomic():
        yield make_world()
        transaction.set_rollback(True)


@pytest.fixture
def world(settled: World, db: None) -> World:
    return settled


@pytest.fixture(autouse=True)
def _places_for_files(settings: Settings, tmp_path: Path) -> None:
    settings.DOCUMENTS_ROOT = tmp_path / "documents"
    settings.RUNS_ROOT = tmp_path / "runs"


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a thread would do beside the answer is done before it: a test's transaction has one connection."""
    monkeypatch.setattr(jobs, "begin", lambda work, _name: work())
