import pytest
from pytest_django import Settings


@pytest.fixture(autouse=True)
def _fast_hash(settings: Settings) -> None:
    """The real hash takes a third of a second on purpose; the test of equal work puts it back."""
    settings.REAL_PASSWORD_HASHERS = settings.PASSWORD_HASHERS
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
