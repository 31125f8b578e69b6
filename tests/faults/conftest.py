"""Faults are tried on committed data: on the test database, or on a server of the test's own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import transaction
from pytest_django import Settings

from makers import MONDAY, World, at, build_world


@pytest.fixture
def world(transactional_db: None, settings: Settings, tmp_path: Path) -> Iterator[World]:
    """The ward, committed; it is Monday 09/11/2026, 08:41."""
    settings.DOCUMENTS_ROOT = tmp_path / "documents"
    settings.PKI_ROOT = tmp_path / "pki"
    with at(MONDAY), transaction.atomic():
        made = build_world()
    with at(MONDAY):
        yield made
