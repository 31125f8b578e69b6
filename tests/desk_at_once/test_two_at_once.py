"""Two officers press at the same moment: one wins, the other is told. With real transactions."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from pytest_django import Settings

from desk.world import BY, World, filed, make_world, opened_by, proposed
from lienthong.dossiers.public import Act, Dossier, Movement, State
from lienthong.procedures.public import load_procedures

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world(settings: Settings, tmp_path: Path) -> World:
    settings.DOCUMENTS_ROOT = tmp_path / "documents"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    load_procedures(by=BY)
    return make_world()


def at_once(presses: list[Callable[[], Any]]) -> list[Any]:
    """Every press in a thread of its own, from the same moment."""
    start = Barrier(len(presses))

    def run(press: Callable[[], Any]) -> Any:
        start.wait(timeout=30)
        try:
            return press()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(presses)) as pool:
        return list(pool.map(run, presses))


def press(client: Client, dossier: Dossier, name: str, **typed: Any) -> Callable[[], Any]:
    address = f"/can-bo/ho-so/{dossier.code}/viec/{name}/"
    return lambda: client.post(address, {"seen": dossier.acts, **typed})


def test_two_leaders_decide_at_once(world: World) -> None:
    dossier = proposed(world)
    hau, mai = opened_by(world.officers["hau"]), opened_by(world.officers["mai"])

    answers = at_once(
        [
            press(hau, dossier, "quyet-dinh", outcome="approved", opinion="Đủ điều kiện"),
            press(mai, dossier, "quyet-dinh", outcome="denied", opinion="Thiếu căn cứ, điều 9"),
        ]
    )

    assert sorted(answer.status_code for answer in answers) == [302, 422]
    told = next(answer for answer in answers if answer.status_code == 422).content.decode()
    assert "vừa quyết định lúc" in told or "vừa trả kết quả lúc" in told
    assert Movement.objects.filter(dossier=dossier, act=Act.DECIDE).count() == 1
    dossier.refresh_from_db()
    assert dossier.state == State.RETURNED


def test_one_double_click_receives_once(world: World) -> None:
    dossier = filed(world)
    van = opened_by(world.officers["van"])

    answers = at_once([press(van, dossier, "tiep-nhan"), press(van, dossier, "tiep-nhan")])

    assert sorted(answer.status_code for answer in answers) == [302, 422]
    assert Movement.objects.filter(dossier=dossier, act=Act.RECEIVE).count() == 1
