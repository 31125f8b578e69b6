"""The ward is settled once for this folder, in a transaction that is rolled back at its end."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker, Settings

from makers import MONDAY, World, at, build_world


@pytest.fixture(scope="package")
def settled(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    with django_db_blocker.unblock(), transaction.atomic(), at(MONDAY):
        yield build_world()
        transaction.set_rollback(True)


@pytest.fixture(scope="session")
def pki(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo authority's keys, made once."""
    return tmp_path_factory.mktemp("pki")


@pytest.fixture
def world(settled: World, db: None, settings: Settings, tmp_path: Path, pki: Path) -> Iterator[World]:
    """The ward on Monday 09/11/2026 at 08:41."""
    settings.DOCUMENTS_ROOT = tmp_path / "documents"
    settings.PKI_ROOT = pki
    with at(MONDAY):
        yield settled
