"""What officers do on a dossier's page: allowed acts, refusals in words, two at once."""

from datetime import timedelta
from typing import Any
from unittest import mock

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from desk.world import PDF, World, assigned, filed, opened_by, proposed, received
from lienthong.dossiers.public import (
    Act,
    Channel,
    Dossier,
    Flaw,
    Movement,
    State,
    ask_for_supplement,
    resume_dossier,
)
from lienthong.kit.calendar import Calendar

pytestmark = pytest.mark.django_db


def act(world: World, who: str, dossier: Dossier, name: str, **typed: Any) -> Any:
    """Press one button as the page shows it now."""
    dossier.refresh_from_db()
    seen = typed.pop("seen", dossier.acts)
    client = opened_by(world.officers[who])
    return client.post(f"/can-bo/ho-so/{dossier.code}/viec/{name}/", {"seen": seen, **typed})


def names(world: World, who: str, dossier: Dossier) -> list[str]:
    page = opened_by(world.officers[who]).get(f"/can-bo/ho-so/{dossier.code}/")
    return [task.name for task, _form in page.context["tasks"]]


def reasons(world: World, who: str, dossier: Dossier) -> str:
    page = opened_by(world.officers[who]).get(f"/can-bo/ho-so/{dossier.code}/")
    return " ".join(page.context["page"].reasons)


def test_each_duty_sees_its_own_acts(world: World) -> None:
    """118/2025/NĐ-CP: the centre receives, the authority examines and decides."""
    dossier = filed(world)
    assert names(world, "van", dossier) == ["tiep-nhan", "yeu-cau-bo-sung", "chuyen"]
    assert names(world, "rang", dossier) == ["tiep-nhan", "yeu-cau-bo-sung", "tu-choi", "chuyen"]
    assert names(world, "hau", dossier) == []
    assert "công chức một cửa" in reasons(world, "hau", dossier)

    act(world, "van", dossier, "tiep-nhan")
    assert names(world, "long", dossier) == ["giao", "yeu-cau-bo-sung"]
    act(world, "long", dossier, "giao", handler=world.officers["long"].pk)
    assert names(world, "long", dossier) == ["trinh", "yeu-cau-bo-sung"]
    assert names(world, "hau", dossier)[0] == "quyet-dinh"
    assert "tra-lai" not in names(world, "hau", dossier)


def test_a_supplement_request_names_component_flaw_and_rule(world: World) -> None:
    """Form 02; the clock stops after receipt."""
    dossier = assigned(world)
    key = "giay_chung_sinh"

    bare = act(world, "long", dossier, "yeu-cau-bo-sung")
    no_rule = act(world, "long", dossier, "yeu-cau-bo-sung", **{f"pick_{key}": "on", f"flaw_{key}": "Ảnh mờ"})
    good = act(
        world, "long", dossier, "yeu-cau-bo-sung",
        **{f"pick_{key}": "on", f"flaw_{key}": "Ảnh mờ", f"rule_{key}": "123/2015/NĐ-CP điều 9"},
    )  # fmt: skip

    assert bare.status_code == no_rule.status_code == 422
    assert "Đánh dấu ít nhất một giấy tờ" in bare.content.decode()
    assert "Nêu điều khoản quy định" in no_rule.content.decode()
    assert good.status_code == 302
    dossier.refresh_from_db()
    assert dossier.state == State.AWAITING_SUPPLEMENT
    assert dossier.stopped_at
    assert dossier.requests.get().items[0]["rule"] == "123/2015/NĐ-CP điều 9"


def test_asked_once_is_asked_enough_and_the_page_says_so(world: World) -> None:
    """One request during examination (Terms.supplements)."""
    dossier = assigned(world)
    ask(world, dossier)
    brought = SimpleUploadedFile("moi.pdf", PDF, content_type="application/pdf")

    missing = act(world, "van", dossier, "nhan-bo-sung")
    answer = act(world, "van", dossier, "nhan-bo-sung", paper_giay_chung_sinh=brought)

    assert missing.status_code == 422
    assert answer.status_code == 302
    dossier.refresh_from_db()
    assert dossier.state == State.IN_PROGRESS
    assert "yeu-cau-bo-sung" not in names(world, "long", dossier)
    assert "Không còn “Yêu cầu bổ sung”" in reasons(world, "long", dossier)


def ask(world: World, dossier: Dossier) -> None:
    flaw = Flaw("giay_chung_sinh", "Giấy chứng sinh", "Ảnh mờ", "123/2015/NĐ-CP điều 9")
    ask_for_supplement(dossier=dossier.pk, flaws=[flaw], respond_by=None, by=world.actor("long"))


def test_a_refusal_names_component_rule_and_reason(world: World) -> None:
    """118/2025/NĐ-CP, form 03, by the centre's leader."""
    dossier = filed(world)

    bare = act(world, "rang", dossier, "tu-choi", component="Giấy chứng sinh")
    good = act(
        world, "rang", dossier, "tu-choi",
        component="Giấy chứng sinh", rule="123/2015/NĐ-CP điều 9", reason="Bản không có chữ ký.",
    )  # fmt: skip

    assert bare.status_code == 422
    assert "Nhập điều khoản quy định" in bare.content.decode()
    assert good.status_code == 302
    page = opened_by(world.officers["rang"]).get(f"/can-bo/ho-so/{dossier.code}/")
    assert [number for number, _name in page.context["letters"]] == ["03"]
    pdf = opened_by(world.officers["rang"]).get(f"/can-bo/ho-so/{dossier.code}/mau-03.pdf")
    assert pdf.content.startswith(b"%PDF-")


def test_the_leader_sends_back_with_a_reason(world: World) -> None:
    dossier = proposed(world)

    assert act(world, "hau", dossier, "tra-lai", reason="").status_code == 422
    assert act(world, "hau", dossier, "tra-lai", reason="Đối chiếu lại quê quán").status_code == 302

    dossier.refresh_from_db()
    assert dossier.proposal is None
    assert names(world, "long", dossier)[0] == "trinh"


def test_a_proposal_already_made_is_not_made_again(world: World) -> None:
    dossier = proposed(world)

    assert "trinh" not in names(world, "long", dossier)
    assert "chờ lãnh đạo" in reasons(world, "long", dossier)


def test_unseen_papers_are_named_beside_the_button_and_keep_it_from_working(world: World) -> None:
    dossier = assigned(world)
    page = opened_by(world.officers["hau"]).get(f"/can-bo/ho-so/{dossier.code}/").content.decode()
    assert "Còn 1 giấy tờ chưa xem" in page

    answer = act(world, "hau", dossier, "quyet-dinh", outcome="approved", opinion="Đủ")

    assert answer.status_code == 422
    assert "Còn 1 giấy tờ chưa xem: Giấy chứng sinh. Xem hết rồi mới ký." in answer.content.decode()
    dossier.refresh_from_db()
    assert dossier.state == State.IN_PROGRESS


def test_a_paper_found_flawed_needs_its_flaw(world: World) -> None:
    dossier = assigned(world)
    long = opened_by(world.officers["long"])
    address = f"/can-bo/ho-so/{dossier.code}/xem-giay-to/"

    assert long.post(address, {"verdict_1": "flawed", "remark_1": ""}).status_code == 422
    assert long.post(address, {"verdict_1": "flawed", "remark_1": "Thiếu chữ ký"}).status_code == 302

    assert dossier.papers.get(number=1).remark == "Thiếu chữ ký"


def test_signing_asks_who_it_is_when_that_was_proven_long_ago(world: World) -> None:
    dossier = proposed(world)
    late = opened_by(world.officers["hau"], ago=16 * 60)
    address = f"/can-bo/ho-so/{dossier.code}/"

    page = late.get(address).content.decode()
    answer = late.post(
        f"{address}viec/quyet-dinh/", {"seen": dossier.acts, "outcome": "approved", "opinion": "Đủ"}
    )

    assert "Xác nhận lại để ký" in page
    assert answer.status_code == 302
    assert answer["Location"].startswith("/xac-nhan-lai/")
    dossier.refresh_from_db()
    assert dossier.state == State.IN_PROGRESS


def test_a_denial_needs_its_reason(world: World) -> None:
    dossier = proposed(world)

    answer = act(world, "hau", dossier, "quyet-dinh", outcome="denied", opinion="")

    assert answer.status_code == 422
    assert "Nêu rõ lý do và điều khoản" in answer.content.decode()


def test_an_apology_gives_a_later_working_day_once(world: World) -> None:
    """118/2025/NĐ-CP, form 04."""
    dossier = assigned(world)
    due = dossier.due_at
    assert due is not None
    later = Calendar.official().add_working_days(timezone.localdate(due), 3)
    sunday = later + timedelta(days=6 - later.weekday())

    def new_day(day: Any) -> dict[str, Any]:
        return {
            "new_day_0": day.day,
            "new_day_1": day.month,
            "new_day_2": day.year,
            "reason": "Chờ đối chiếu sổ gốc",
        }

    earlier = act(world, "hau", dossier, "xin-loi", **new_day(timezone.localdate(due)))
    off = act(world, "hau", dossier, "xin-loi", **new_day(sunday))
    good = act(world, "hau", dossier, "xin-loi", **new_day(later))

    assert earlier.status_code == off.status_code == 422
    assert "Ngày hẹn mới phải sau" in earlier.content.decode()
    assert "Chọn một ngày làm việc" in off.content.decode()
    assert good.status_code == 302
    assert "xin-loi" not in names(world, "hau", dossier)
    page = opened_by(world.officers["hau"]).get(f"/can-bo/ho-so/{dossier.code}/").content.decode()
    assert "Hẹn ban đầu" in page
    assert "Không còn “Xin lỗi và hẹn lại”" in page


def test_stopped_and_resumed_with_reason_rule_and_paper(world: World) -> None:
    """Form 05: the ledger bears why, by which paper, and the due moment moves by the time that stood still."""
    dossier, start = assigned(world), "dung"
    assert act(world, "hau", dossier, start, reason="Chờ bản án", basis="").status_code == 422
    scan = SimpleUploadedFile("quyet-dinh.pdf", PDF, content_type="application/pdf")
    posted = {"reason": "Chờ bản án", "basis": "QĐ 12/QĐ-TA", "paper_document": scan}
    assert act(world, "hau", dossier, start, **posted).status_code == 302

    assert names(world, "hau", dossier) == ["tiep-tuc"]
    hau = opened_by(world.officers["hau"])
    page = hau.get(f"/can-bo/ho-so/{dossier.code}/").content.decode()
    assert "theo QĐ 12/QĐ-TA: Chờ bản án" in page
    number = Movement.objects.get(dossier=dossier, act="stop").number
    paper = f"/can-bo/ho-so/{dossier.code}/can-cu/{number}/"
    assert paper in page
    assert b"".join(hau.get(paper)) == PDF
    assert opened_by(world.officers["far"]).get(paper).status_code == 404
    due = Dossier.objects.get(pk=dossier.pk).due_at

    later = timezone.now() + timedelta(days=7)
    with mock.patch("django.utils.timezone.now", return_value=later):
        resume_dossier(dossier=dossier.pk, reason="Có bản án", basis="BA 3/2026", by=world.actor("hau"))
    dossier.refresh_from_db()
    assert dossier.state == State.IN_PROGRESS
    assert due is not None
    assert dossier.due_at is not None
    assert dossier.due_at > due


def test_a_file_that_is_no_paper_stops_nothing(world: World) -> None:
    dossier = assigned(world)
    program = SimpleUploadedFile("can-cu.pdf", b"MZ" + bytes(300), content_type="application/pdf")
    posted = {"reason": "Chờ", "basis": "QĐ 12", "paper_document": program}
    assert act(world, "hau", dossier, "dung", **posted).status_code == 422
    dossier.refresh_from_db()
    assert dossier.state == State.IN_PROGRESS


def test_only_the_form_that_fits_how_it_came_may_be_asked_for(world: World) -> None:
    """Of the paper form and the electronic one, what is asked for is the one of the channel."""
    for channel, fits, other in (
        (Channel.ONLINE, "mau_dien_tu", "to_khai"),
        (Channel.COUNTER, "to_khai", "mau_dien_tu"),
    ):
        dossier = assigned(world)
        Dossier.objects.filter(pk=dossier.pk).update(channel=channel)
        page = opened_by(world.officers["long"]).get(f"/can-bo/ho-so/{dossier.code}/")
        form = next(form for task, form in page.context["tasks"] if task.name == "yeu-cau-bo-sung")
        assert fits in form.components
        assert other not in form.components


def test_the_steps_are_the_procedures_own(world: World) -> None:
    """QĐ 163/QĐ-BTP lists eleven steps of birth registration; those beside the way show once they were taken."""
    dossier = assigned(world)
    shown = opened_by(world.officers["long"]).get(f"/can-bo/ho-so/{dossier.code}/").context["steps"]
    titles = [step["title"].partition(". ")[2] for step in shown]
    assert "Thẩm tra hồ sơ" in titles
    assert "Ký Giấy khai sinh" in titles
    assert "Thông báo từ chối" not in titles
    kinds = {step["title"].partition(". ")[2]: step["kind"] for step in shown}
    assert (kinds["Nộp hồ sơ"], kinds["Thẩm tra hồ sơ"], kinds["Ký Giấy khai sinh"]) == (
        "done",
        "now",
        "next",
    )
    waiting = proposed(world)
    shown = opened_by(world.officers["hau"]).get(f"/can-bo/ho-so/{waiting.code}/").context["steps"]
    kinds = {step["title"].partition(". ")[2]: step["kind"] for step in shown}
    assert (kinds["Thẩm tra hồ sơ"], kinds["Ký Giấy khai sinh"], kinds["Trả kết quả"]) == (
        "done",
        "now",
        "next",
    )


def test_the_result_is_handed_over_at_the_counter(world: World) -> None:
    dossier = proposed(world, delivery=Channel.COUNTER)
    act(world, "hau", dossier, "quyet-dinh", outcome="approved", opinion="Đủ")
    dossier.refresh_from_db()
    assert dossier.state == State.DECIDED
    assert dossier.code in opened_by(world.officers["van"]).get("/can-bo/?chip=decided").content.decode()

    assert act(world, "van", dossier, "tra-ket-qua", handed="direct").status_code == 302

    dossier.refresh_from_db()
    assert dossier.state == State.RETURNED
    assert names(world, "van", dossier) == []


def test_sent_on_to_the_agency_that_decides(world: World) -> None:
    dossier = received(world)
    page = opened_by(world.officers["van"]).get(f"/can-bo/ho-so/{dossier.code}/")
    assert "chuyen" in [task.name for task, _form in page.context["tasks"]]

    answer = act(world, "van", dossier, "chuyen", authority="", reason="Không thuộc thẩm quyền")

    assert answer.status_code == 422
    assert "Chọn chuyển đến" in answer.content.decode()


@pytest.mark.parametrize(
    ("who", "name", "typed"),
    [
        ("long", "tiep-nhan", {}),
        ("van", "trinh", {"proposal": "approved", "opinion": "Đủ"}),
        ("van", "quyet-dinh", {"outcome": "approved", "opinion": "Đủ"}),
        ("long", "quyet-dinh", {"outcome": "approved", "opinion": "Đủ"}),
        ("long", "tra-lai", {"reason": "Thử"}),
        ("long", "dung", {"reason": "Thử"}),
        ("van", "tu-choi", {"component": "A", "rule": "B", "reason": "C"}),
    ],
)
def test_another_duty_may_not(world: World, who: str, name: str, typed: dict[str, str]) -> None:
    dossier = proposed(world)
    before = dossier.acts
    answer = act(world, who, dossier, name, **typed)

    assert answer.status_code in {403, 422}
    assert Movement.objects.filter(dossier=dossier).count() == before


def test_a_stale_page_is_told_who_came_first(world: World) -> None:
    dossier = proposed(world)
    seen = dossier.acts
    assert act(world, "hau", dossier, "tra-lai", reason="Làm rõ").status_code == 302

    answer = act(world, "mai", dossier, "quyet-dinh", seen=seen, outcome="approved", opinion="Đủ")

    assert answer.status_code == 422
    assert "Võ Văn Hậu vừa trả lại để làm rõ" in answer.content.decode()
    dossier.refresh_from_db()
    assert dossier.state == State.IN_PROGRESS


def test_the_same_press_twice_acts_once(world: World) -> None:
    dossier = filed(world)

    first = act(world, "van", dossier, "tiep-nhan", seen=1)
    second = act(world, "van", dossier, "tiep-nhan", seen=1)

    assert first.status_code == 302
    assert second.status_code == 422
    assert Movement.objects.filter(dossier=dossier, act=Act.RECEIVE).count() == 1


def test_without_what_the_page_showed_nothing_is_done(world: World) -> None:
    dossier = filed(world)

    answer = act(world, "van", dossier, "tiep-nhan", seen="")

    assert answer.status_code == 422
    dossier.refresh_from_db()
    assert dossier.state == State.FILED
