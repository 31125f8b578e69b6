"""Rubrics on pages: a province answers with a file, the committee appraises, the level appears."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django import Settings

from console.test_open_figures import opened_by, words
from lienthong.rubrics.public import RubricLine
from makers import PDF, World

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folder(settings: Settings, tmp_path: Path) -> None:
    settings.RUBRICS_ROOT = tmp_path / "rubrics"


def page(world: World, criterion: str = "") -> str:
    tail = f"{criterion}/" if criterion else ""
    return f"/dieu-hanh/bo-tieu-chi/level_a/{world.committee.pk}/2026/{tail}"


def test_an_agency_answers_with_a_file_and_the_committee_appraises(world: World) -> None:
    leader, committee = opened_by(world, "leader"), opened_by(world, "committee")
    assert page(world) in leader.get("/dieu-hanh/bo-tieu-chi/").content.decode().replace("/2025/", "/2026/")
    functions = page(world, "functions")
    assert leader.post(functions, {"viec": "tu-cham", "given": "45", "note": ""}).status_code == 302
    file = SimpleUploadedFile("kiem-thu.pdf", PDF, "application/pdf")
    assert leader.post(functions, {"viec": "minh-chung", "document": file, "note": ""}).status_code == 302
    told = words(committee, functions)
    assert "Tự chấm: 45" in told
    assert "kiem-thu.pdf" in told

    silent = committee.post(functions, {"viec": "tham-dinh", "points": "40", "note": ""})
    assert silent.status_code == 422
    assert "ghi lý do" in silent.content.decode()
    given = {"viec": "tham-dinh", "points": "40", "note": "Thiếu chức năng"}
    assert committee.post(functions, given).status_code == 302

    shown = words(leader, page(world))
    assert "kiem-thu.pdf" in shown
    assert "còn 5 tiêu chí chờ thẩm định" in shown
    line = RubricLine.objects.get(act="evidence")
    served = committee.get(f"/dieu-hanh/bo-tieu-chi/tep/{line.pk}/")
    assert b"".join(served) == PDF  # type: ignore[arg-type]  # a FileResponse
    assert world.committee.name in words(committee, "/dieu-hanh/bo-tieu-chi/")


@pytest.mark.parametrize(
    "posted",
    [{"viec": "tu-cham", "given": "99"}, {"viec": "tu-cham", "given": "nhiều"}, {"viec": "minh-chung"}],
)
def test_what_does_not_fit_is_told_at_the_form_and_nothing_written(
    world: World, posted: dict[str, Any]
) -> None:
    answer = opened_by(world, "leader").post(page(world, "functions"), posted)

    assert answer.status_code == 422
    assert "govuk-error-summary" in answer.content.decode()
    assert not RubricLine.objects.exists()


def test_nobody_acts_but_those_whose_act_it_is(world: World) -> None:
    functions = page(world, "functions")
    for who in ("far_leader", "committee"):
        answer = opened_by(world, who).post(functions, {"viec": "tu-cham", "given": "45", "note": ""})
        assert answer.status_code == 200, "the form is not offered"
    own = opened_by(world, "leader").post(functions, {"viec": "tham-dinh", "points": "45", "note": ""})
    assert own.status_code == 200
    assert not RubricLine.objects.exists()
    for address in ("/dieu-hanh/bo-tieu-chi/", page(world), functions):
        assert opened_by(world, "handler").get(address).status_code == 403


def test_what_is_not_there_is_404(world: World) -> None:
    committee = opened_by(world, "committee")
    for address in (
        page(world).replace("level_a", "none"), page(world, "nothing"), page(world).replace("2026", "1900"),
        f"/dieu-hanh/bo-tieu-chi/level_a/{10**9}/2026/", "/dieu-hanh/bo-tieu-chi/tep/1/",
    ):  # fmt: skip
        assert committee.get(address).status_code == 404, address
