"""The whole register is loaded once for this folder, in a transaction that is rolled back at its end."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from lienthong.territory.events import UnitsLoaded
from lienthong.territory.public import load_units


class Loader:
    reference = "system:test"


@pytest.fixture(scope="package")
def loaded(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[UnitsLoaded]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield load_units(by=Loader())
        transaction.set_rollback(True)


@pytest.fixture
def register(loaded: UnitsLoaded, db: None) -> UnitsLoaded:
    """The event of the first load; the register is there."""
    return loaded
