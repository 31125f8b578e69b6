"""The records are loaded once for this folder, in a transaction that is rolled back at its end."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from lienthong.identity.public import system
from lienthong.procedures.content import Content
from lienthong.procedures.public import ProcedureVersion, load_procedures
from lienthong.procedures.source import SourceBook, source_book


@pytest.fixture(scope="session")
def book() -> SourceBook:
    return source_book()


@pytest.fixture(scope="session")
def contents(book: SourceBook) -> dict[str, Content]:
    return {content.code: content for content in book.contents}


@pytest.fixture(scope="package")
def published(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[list[ProcedureVersion]]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield load_procedures(by=system("test"))
        transaction.set_rollback(True)


@pytest.fixture
def loaded(published: list[ProcedureVersion], db: None) -> list[ProcedureVersion]:
    """All procedures of the record, published."""
    return published
