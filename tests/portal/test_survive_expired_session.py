"""A session that ends while somebody types costs nothing of what was typed."""

import pytest
from django.test import Client

from identity.people import sign_in
from lienthong.dossiers.public import Draft
from portal.world import CHILD, World, drafted, opened_by

pytestmark = pytest.mark.django_db


def ended(client: Client) -> Client:
    """The same browser after eight hours: its session is gone."""
    client.cookies.pop("sessionid")
    return client


def test_what_was_typed_waits_while_its_writer_signs_in_again(world: World) -> None:
    hanh = opened_by(world.hanh)
    url = f"/khai/{drafted(hanh)}/to-khai/"
    ended(hanh)

    away = hanh.post(url, {**CHILD, "child_name": "Trần Minh An", "act": "go"})
    assert away["Location"] == f"/dang-nhap/?next={url}"
    assert "Trần" not in away["Location"]
    session = hanh.session
    kept = dict(session)
    sign_in(hanh, world.hanh)  # what the pages do keeps the nameless session's rows
    session = hanh.session
    session.update({key: value for key, value in kept.items() if key.startswith("portal.")})
    session.save()
    back = hanh.get(url)

    html = back.content.decode()
    assert 'value="Trần Minh An"' in html
    assert "vẫn còn" in html
    assert Draft.objects.get().answers == {}
    assert 'value="Trần Minh An"' not in hanh.get(url).content.decode()  # given back once


def test_another_person_at_the_same_screen_does_not_see_it(world: World) -> None:
    hanh = opened_by(world.hanh)
    url = f"/khai/{drafted(hanh)}/to-khai/"
    ended(hanh)
    hanh.post(url, {**CHILD, "act": "go"})
    kept = {key: value for key, value in hanh.session.items() if key.startswith("portal.")}
    sign_in(hanh, world.nam, second_step=False)
    session = hanh.session
    session.update(kept)
    session.save()

    assert hanh.get(url).status_code == 404


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
