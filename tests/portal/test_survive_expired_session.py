"""A session that ends while somebody types costs nothing of what was typed."""

from urllib.parse import urlencode

import pytest
from django.test import Client

from lienthong.dossiers.public import Draft
from lienthong.identity.public import DEMO_PASSWORD, Account
from portal.world import CHILD, World, drafted, opened_by

pytestmark = pytest.mark.django_db


def ended(client: Client) -> Client:
    """The same browser after eight hours: its session is gone."""
    client.cookies.pop("sessionid")
    return client


def signs_in(client: Client, account: Account, *, on: str) -> str:
    """Through the sign-in page; gives where it leads."""
    typed = {"sign_in_name": account.sign_in_name, "password": DEMO_PASSWORD, "next": on}
    answer = client.post(f"/dang-nhap/?{urlencode({'next': on})}", typed)
    assert answer.status_code == 302, answer.context["form"].errors
    return answer["Location"]


def test_what_was_typed_waits_while_its_writer_signs_in_again(world: World) -> None:
    nam = opened_by(world.nam)
    url = f"/khai/{drafted(nam)}/to-khai/"
    ended(nam)

    away = nam.post(url, {**CHILD, "act": "go"})

    assert away["Location"] == f"/dang-nhap/?{urlencode({'next': url})}"  # no answer stands in an address
    assert signs_in(nam, world.nam, on=url) == url
    html = nam.get(url).content.decode()
    assert 'value="Trần Minh An"' in html
    assert "vẫn còn" in html
    assert Draft.objects.get().answers == {}
    assert 'value="Trần Minh An"' not in nam.get(url).content.decode()  # given back once


def test_another_person_at_the_same_screen_does_not_see_it(world: World) -> None:
    hanh = opened_by(world.hanh)
    url = f"/khai/{drafted(hanh)}/to-khai/"
    ended(hanh)
    hanh.post(url, {**CHILD, "act": "go"})

    signs_in(hanh, world.nam, on=url)

    answer = hanh.get(url)
    assert answer.status_code == 404
    assert "Trần Minh An" not in answer.content.decode()


def test_files_and_tokens_are_not_kept(world: World) -> None:
    hanh = opened_by(world.hanh)
    url = f"/khai/{drafted(hanh)}/to-khai/"
    ended(hanh)

    hanh.post(url, {**CHILD, "csrfmiddlewaretoken": "abc", "password": "xyz"})

    typed = hanh.session["portal.kept"]["typed"]
    assert "abc" not in typed
    assert "xyz" not in typed


def test_a_post_that_is_no_form_is_not_kept(world: World) -> None:
    stranger = opened_by(None)

    stranger.post("/ho-so/", {"x": "a" * 300_000})

    assert "portal.kept" not in stranger.session
