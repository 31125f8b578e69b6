"""One stage for all journeys of a process; each journey brings its own people, and cleans up nothing."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser

from journeys.stage import Stage, raised
from journeys.visitors import Visitor


@pytest.fixture(scope="session")
def stage(owner_url: str, tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[Stage]:
    with raised(owner_url, tmp_path_factory.mktemp("stage"), worker_id) as found:
        yield found


@pytest.fixture
def comes(browser: Browser, stage: Stage) -> Iterator[Callable[..., Visitor]]:
    """A new person at a new browser: comes(viewport=…, java_script_enabled=False, …)."""
    here: list[Visitor] = []

    def come(**window: Any) -> Visitor:
        visitor = Visitor(browser, stage, **window)
        visitor.page.set_default_timeout(30_000)
        here.append(visitor)
        return visitor

    yield come
    for visitor in here:
        visitor.context.close()
    assert [fault for visitor in here for fault in visitor.faults] == []
