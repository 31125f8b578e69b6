"""One dossier through the officers' hands, page by page."""

import pytest

from desk.world import World, filed, opened_by
from lienthong.dossiers.public import Dossier, State
from lienthong.population.public import Access

pytestmark = pytest.mark.django_db


def test_from_the_queue_to_the_signed_result(world: World) -> None:
    dossier = filed(world)
    page = f"/can-bo/ho-so/{dossier.code}/"

    def act(who: str, name: str, **typed: object) -> None:
        dossier.refresh_from_db()
        answer = opened_by(world.officers[who]).post(f"{page}viec/{name}/", {"seen": dossier.acts, **typed})
        assert answer.status_code == 302, answer.context["failed_form"].errors
        dossier.refresh_from_db()

    assert dossier.code in opened_by(world.officers["van"]).get("/can-bo/").content.decode()
    assert "Tiếp nhận hồ sơ" in opened_by(world.officers["van"]).get(page).content.decode()
    act("van", "tiep-nhan")
    assert dossier.state == State.RECEIVED
    act("hau", "giao", handler=world.officers["long"].pk)
    answer = opened_by(world.officers["long"]).post(
        f"{page}xem-giay-to/", {"verdict_1": "good", "remark_1": "Đủ, rõ"}
    )
    assert answer.status_code == 302
    act("long", "trinh", proposal="approved", opinion="Đủ điều kiện đăng ký")
    assert dossier.code in opened_by(world.officers["hau"]).get("/can-bo/?chip=to_sign").content.decode()
    act("hau", "quyet-dinh", outcome="approved", opinion="Đủ điều kiện đăng ký")
    assert dossier.state == State.RETURNED
    seen = opened_by(world.officers["hau"]).get(page).content.decode()
    assert f"{page}ket-qua/" in seen
    file = opened_by(world.officers["hau"]).get(f"{page}ket-qua/")
    assert b"".join(file).startswith(b"%PDF-")  # type: ignore[arg-type]  # a streaming response


def test_opening_a_dossier_is_one_reading_that_its_applicant_sees(world: World) -> None:
    dossier = filed(world)
    van = opened_by(world.officers["van"])

    van.get(f"/can-bo/ho-so/{dossier.code}/")
    assert Access.objects.filter(dossier=dossier.code).count() == 1
    van.post(f"/can-bo/ho-so/{dossier.code}/viec/tiep-nhan/", {"seen": dossier.acts}, follow=True)

    assert Access.objects.filter(dossier=dossier.code).count() == 1
    assert Dossier.objects.get(pk=dossier.pk).state == State.RECEIVED
