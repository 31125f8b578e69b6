"""The queue: chips that add up, filters, many given at once."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from desk.world import World, assigned, filed, opened_by, proposed, received
from lienthong.dossiers.public import Dossier, Flaw, ask_for_supplement

pytestmark = pytest.mark.django_db

BASELINE = json.loads((Path(__file__).parents[1] / "query_counts.json").read_text())
COUNTED = ["desk.queue", "desk.queue_of_a_centre", "desk.search", "desk.dossier"]


def queue(world: World, who: str, **typed: Any) -> Any:
    return opened_by(world.officers[who]).get("/can-bo/", typed)


def codes(page: Any) -> list[str]:
    return [row.dossier.code for row in page.context["rows"]]


def make_late(dossier: Dossier, **more: Any) -> Dossier:
    then = timezone.now() - timedelta(days=20)
    moments = {"due_at": then + timedelta(days=3), "received_at": then, "filed_at": then, "last_at": then}
    Dossier.objects.filter(pk=dossier.pk).update(**{**moments, **more})
    dossier.refresh_from_db()
    return dossier


def test_the_chips_add_up_and_each_filters(world: World) -> None:
    late, waiting, running = make_late(received(world)), assigned(world), proposed(world)
    flaw = Flaw("giay_chung_sinh", "Giấy chứng sinh", "Ảnh mờ", "123/2015/NĐ-CP")
    ask_for_supplement(dossier=waiting.pk, flaws=[flaw], respond_by=None, by=world.actor("long"))

    page = queue(world, "hau")

    chips = page.context["chips"]
    assert chips[0]["count"] == 3 == sum(chip["count"] for chip in chips[1:])
    assert codes(queue(world, "hau", chip="late")) == [late.code]
    assert codes(queue(world, "hau", chip="stopped")) == [waiting.code]
    assert codes(queue(world, "hau", chip="to_sign")) == [running.code]
    for chip in chips:
        address = chip["url"].removeprefix("?")
        shown = opened_by(world.officers["hau"]).get(f"/can-bo/?{address}")
        assert len(codes(shown)) == chip["count"]


def test_a_leader_signs_first_then_the_most_urgent(world: World) -> None:
    running, late, to_sign = assigned(world), make_late(received(world)), proposed(world)

    assert codes(queue(world, "hau")) == [to_sign.code, late.code, running.code]
    assert codes(queue(world, "long"))[0] == late.code


def test_a_centre_sees_what_waits_for_receipt(world: World) -> None:
    new, gone = filed(world), received(world)

    page = queue(world, "van")

    assert codes(page) == [new.code]
    assert gone.code not in codes(page)
    assert page.context["bulk"] is None


def test_a_late_row_says_how_late_and_whether_an_apology_went_out(world: World) -> None:
    make_late(received(world))

    html = queue(world, "hau").content.decode()

    assert "ngày làm việc" in html
    assert "chưa gửi thư xin lỗi" in html
    assert "im lặng" in html
    assert '<tr role="row" class="late">' in html


def test_nobodys_and_silent_dossiers_are_named_above_the_list(world: World) -> None:
    silent = make_late(received(world))

    page = queue(world, "hau")

    alerts = [alert["text"] for alert in page.context["alerts"]]
    assert alerts == ["1 hồ sơ chưa giao ai", "1 hồ sơ im lặng quá 48 giờ"]
    assert codes(queue(world, "hau", chip="silent")) == [silent.code]


@pytest.mark.parametrize("text", ["hanh", "Hạnh", "MINH HANH", "099194004471"])
def test_found_by_name_with_or_without_accents_and_by_number(world: World, text: str) -> None:
    dossier = received(world)

    assert codes(queue(world, "hau", q=text)) == [dossier.code]
    assert codes(queue(world, "hau", q="trần")) == []


def test_filters_narrow(world: World) -> None:
    dossier = assigned(world)
    long, phat = world.officers["long"], world.officers["phat"]

    assert codes(queue(world, "hau", handler=long.pk)) == [dossier.code]
    assert codes(queue(world, "hau", handler=phat.pk)) == []
    assert codes(queue(world, "hau", handler="0")) == []
    assert codes(queue(world, "hau", channel="online", procedure="1.001193")) == [dossier.code]
    assert codes(queue(world, "hau", channel="post")) == []
    assert codes(queue(world, "hau", channel="x'--", handler="abc", chip="?", page="9e9")) == [dossier.code]


def test_every_row_is_found_by_the_step_it_shows(world: World) -> None:
    rows = [received(world), assigned(world), proposed(world)]
    for step, word, dossier in zip(
        ("assign", "examination", "signature"), ("Chờ giao", "Thẩm định", "Chờ ký"), rows, strict=True
    ):
        page = queue(world, "hau", step=step)
        assert codes(page) == [dossier.code]
        assert page.context["rows"][0].step == word
        assert page.context["chips"][0]["count"] == 1
    assert len(codes(queue(world, "hau", step="nonsense"))) == 3


def test_columns_sort_both_ways(world: World) -> None:
    first, second = received(world), received(world)
    assert codes(queue(world, "hau", sort="code")) == [first.code, second.code]
    assert codes(queue(world, "hau", sort="-code")) == [second.code, first.code]
    page = queue(world, "hau", sort="code", chip="later")
    head = next(head for head in page.context["heads"] if head["sorted"])
    assert (head["sorted"], "sort=-code" in head["url"], "chip=later" in head["url"]) == (
        "ascending",
        True,
        True,
    )
    assert len(codes(queue(world, "hau", sort="password"))) == 2


def test_many_are_given_in_one_step(world: World) -> None:
    first, second = received(world), received(world)
    picked = [f"{d.pk}:{d.acts}" for d in (first, second)]

    answer = opened_by(world.officers["hau"]).post(
        "/can-bo/", {"pick": picked, "handler": world.officers["phat"].pk}, follow=True
    )

    assert "Đã giao 2 hồ sơ cho Huỳnh Tấn Phát." in answer.content.decode()
    assert Dossier.objects.filter(handler=world.officers["phat"]).count() == 2


def test_what_cannot_be_given_is_told_and_the_rest_is_given(world: World) -> None:
    fresh, stale, new = received(world), received(world), filed(world)
    picked = [f"{fresh.pk}:{fresh.acts}", f"{stale.pk}:{stale.acts - 1}", f"{new.pk}:{new.acts}", "x:y"]

    answer = opened_by(world.officers["hau"]).post(
        "/can-bo/", {"pick": picked, "handler": world.officers["long"].pk}, follow=True
    )

    html = answer.content.decode()
    assert "Đã giao 1 hồ sơ cho Phạm Đức Long." in html
    assert f"{stale.code}: Lê Thị Thu Vân vừa tiếp nhận hồ sơ" in html
    assert f"{new.code}: Hồ sơ đang ở trạng thái “Mới đăng ký”" in html


def test_nothing_picked_and_nobody_chosen_are_answered_in_words(world: World) -> None:
    received(world)
    hau = opened_by(world.officers["hau"])

    nothing = hau.post("/can-bo/", {"handler": world.officers["long"].pk}, follow=True)
    nobody = hau.post("/can-bo/", {"handler": "999999"})

    assert "Đánh dấu ít nhất một hồ sơ" in nothing.content.decode()
    assert nobody.status_code == 422
    assert "Chọn người nhận việc trong danh sách" in nobody.content.decode()


def test_a_handler_takes_for_himself_only(world: World) -> None:
    dossier = received(world)
    long = opened_by(world.officers["long"])

    refused = long.post(
        "/can-bo/", {"pick": f"{dossier.pk}:{dossier.acts}", "handler": world.officers["phat"].pk}
    )
    taken = long.post(
        "/can-bo/", {"pick": f"{dossier.pk}:{dossier.acts}", "handler": world.officers["long"].pk}
    )

    assert refused.status_code == 422
    assert taken.status_code == 302
    dossier.refresh_from_db()
    assert dossier.handler == world.officers["long"]


def test_a_strangers_dossier_cannot_be_given_away(world: World) -> None:
    dossier = received(world)

    opened_by(world.officers["far"]).post(
        "/can-bo/", {"pick": f"{dossier.pk}:{dossier.acts}", "handler": world.officers["far"].pk}
    )

    dossier.refresh_from_db()
    assert dossier.handler is None


def test_all_unassigned_are_ticked_by_a_link(world: World) -> None:
    received(world)
    assigned(world)
    page = queue(world, "hau")

    ticked = opened_by(world.officers["hau"]).get(f"/can-bo/{page.context['pick_all']}")

    assert len(codes(ticked)) == 1
    assert ticked.content.decode().count(" checked") == 1


def test_pages_cost_the_same_however_many_rows(world: World) -> None:
    dossier = proposed(world)
    hau, van = opened_by(world.officers["hau"]), opened_by(world.officers["van"])
    filed(world)
    pages = [
        (hau, "/can-bo/"),
        (van, "/can-bo/"),
        (hau, "/can-bo/tra-cuu/?q=hanh"),
        (hau, f"/can-bo/ho-so/{dossier.code}/"),
    ]

    def costs() -> list[int]:
        found = []
        for client, address in pages:
            client.get(address)
            with CaptureQueriesContext(connection) as queries:
                client.get(address)
            found.append(len(queries))
        return found

    few = costs()
    assert dict(zip(COUNTED, few, strict=True)) == {name: BASELINE[name] for name in COUNTED}
    for _n in range(3):
        received(world)
        filed(world)
    assert costs() == few
