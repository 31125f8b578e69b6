"""List pages ask the database the same number of questions however long the list is."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.world import World, asked, filed, opened_by

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("url", ["/", "/?q=khai+sinh", "/ho-so/", "/kho-giay-to/", "/du-lieu-cua-toi/"])
def test_queries_do_not_grow_with_the_list(world: World, url: str) -> None:
    hanh = opened_by(world.hanh)
    asked(world, filed(hanh))
    few = count(hanh, url)

    asked(world, filed(hanh))
    filed(hanh)

    assert count(hanh, url) == few <= 20


def count(client: object, url: str) -> int:
    client.get(url)  # type: ignore[attr-defined]  # a test client; the first look warms caches
    with CaptureQueriesContext(connection) as found:
        assert client.get(url).status_code == 200  # type: ignore[attr-defined]
    return len(found)
