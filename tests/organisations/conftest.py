"""Units and agencies are loaded once for this folder, in a transaction that is rolled back at its end."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from lienthong.organisations.public import OrganisationsLoaded, load_organisations
from lienthong.territory.public import load_units


class Loader:
    reference = "system:test"


@pytest.fixture(scope="package")
def loaded(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[OrganisationsLoaded]:
    with django_db_blocker.unblock(), transaction.atomic():
        load_units(by=Loader())
        yield load_organisations(by=Loader())
        transaction.set_rollback(True)


@pytest.fixture
def register(loaded: OrganisationsLoaded, db: None) -> OrganisationsLoaded:
    """The event of the first load; both registers are there."""
    return loaded
