"""Pages over dossiers ask the database as often for 500 as for 50; how often stands in query_counts.json."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from identity.people import sign_in
from lienthong.dossiers.public import Dossier
from lienthong.identity.public import enrol_authenticator_app
from lienthong.indicators.public import Mark
from lienthong.steering.public import load_targets
from makers import BY, World, asked, assigned, at, file_birth_dossier, play_histories, received

pytestmark = pytest.mark.django_db

BASELINE: dict[str, int] = json.loads((Path(__file__).parents[1] / "query_counts.json").read_text())

PAGES = {
    "console.overview": ("committee", "/dieu-hanh/"),
    "console.wall": ("committee", "/dieu-hanh/man-hinh-lon/"),
    "console.late": ("committee", "/dieu-hanh/ho-so-cham/"),
    "console.country": ("committee", "/dieu-hanh/chi-tieu/on_time/"),
    "console.top": ("committee", "/dieu-hanh/chi-tieu/on_time/H20/"),
    "console.agency": ("committee", "/dieu-hanh/chi-tieu/on_time/co-quan/{committee}/"),
    "desk.queue": ("leader", "/can-bo/"),
    "desk.queue_of_a_centre": ("reception", "/can-bo/"),
    "desk.search": ("leader", "/can-bo/tra-cuu/?q=nguoi"),
    "portal.my_dossiers": ("hanh", "/ho-so/"),
}


def asked_of_the_database(client: Client, url: str) -> int:
    client.get(url)  # what a process looks up once, and the counters brought up to date
    # To a test, which is one transaction, all seems new; a served page finds nothing new but after an act.
    Mark.objects.update(seen=str(2**62))
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(url)
    assert answer.status_code == 200, url
    return len(queries)


def opened_by(world: World, who: str) -> Client:
    client: Any = Client()
    sign_in(client, world.account(who))
    return client


def test_as_often_for_500_as_for_50(world: World) -> None:
    load_targets(by=BY)
    enrol_authenticator_app(account=world.account("hanh"), by=BY)
    with at("20/11/2026 16:00"):
        browsers = {who: opened_by(world, who) for who, _ in PAGES.values()}
        urls = {name: url.format(committee=world.committee.pk) for name, (_, url) in PAGES.items()}

        def count() -> dict[str, int]:
            Mark.objects.update(seen="0")
            return {name: asked_of_the_database(browsers[PAGES[name][0]], url) for name, url in urls.items()}

        play_histories(world, 50)
        for stage in (file_birth_dossier, received, assigned, asked):
            stage(world)
        few = count()
        play_histories(world, 450)
        for stage in (file_birth_dossier, received, assigned, asked) * 3:
            stage(world)
        Dossier.objects.filter(pk__in=[d.pk for d in Dossier.objects.all()[:20]]).update(
            applicant_number="099194004471"
        )
        many = count()
    assert few == many
    assert many == {name: BASELINE.get(name) for name in PAGES}
