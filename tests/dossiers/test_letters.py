"""Forms 01–04 of TT 03/2025/TT-VPCP say what the ledger says."""

from datetime import date

import pytest

from lienthong.dossiers.public import (
    FORMS,
    NoSuchDossier,
    apologise,
    ask_for_supplement,
    forward_dossier,
    receive_dossier,
    refuse_dossier,
    supplement_dossier,
    withdraw_dossier,
)
from makers import BORN_PAPER, FLAW, World, asked, assigned, at, file_birth_dossier, keep_paper, received
from pdf_text import text_of

pytestmark = pytest.mark.django_db


def test_form_01_receipt_and_appointment(world: World) -> None:
    dossier = received(world)
    text = text_of(FORMS["01"](dossier))
    for words in (
        "Mẫu số 01",
        dossier.code,
        "Nguyễn Thị Minh Hạnh",
        "Giấy chứng sinh",
        "Giấy tờ chứng minh cư trú",
        "17 giờ 00",
        "Lê Thị Thu Vân",
        "Đăng ký khai sinh",
    ):
        assert words in text, words


def test_form_02_names_paper_flaw_rule_and_day(world: World) -> None:
    text = text_of(FORMS["02"](asked(world)))
    for words in (
        "Mẫu số 02",
        "Giấy chứng sinh",
        "ảnh mờ, không đọc được số",
        "123/2015/NĐ-CP điều 16",
        "ngày 23 tháng 11 năm 2026",
        "Phạm Đức Long",
    ):
        assert words in text, words


def test_form_03_names_component_rule_and_reason(world: World) -> None:
    dossier = refuse_dossier(
        dossier=file_birth_dossier(world).pk,
        component="Giấy chứng sinh",
        rule="123/2015/NĐ-CP điều 16",
        reason="Giấy chứng sinh của người khác.",
        by=world.actor("centre_leader"),
    )
    text = text_of(FORMS["03"](dossier))
    for words in ("Mẫu số 03", "Giấy chứng sinh của người khác", "123/2015/NĐ-CP điều 16", "Sơn Minh Ràng"):
        assert words in text, words


def test_form_04_gives_old_day_new_day_and_cause(world: World) -> None:
    dossier = apologise(
        dossier=assigned(world).pk,
        reason="Chờ xác minh nơi cư trú",
        new_day=date(2026, 11, 12),
        by=world.actor("leader"),
    )
    text = text_of(FORMS["04"](dossier))
    for words in (
        "Mẫu số 04",
        "09 tháng 11 năm 2026",
        "12 tháng 11 năm 2026",
        "Chờ xác minh nơi cư trú.",
        "Võ Văn Hậu",
    ):
        assert words in text, words


def test_forms_name_who_had_the_authority_then_and_not_who_has_it_now(world: World) -> None:
    """Forwarded afterwards: the papers given out before still bear the agency that gave them."""
    dossier = apologise(
        dossier=assigned(world).pk,
        reason="Chờ xác minh nơi cư trú",
        new_day=date(2026, 11, 12),
        by=world.actor("leader"),
    )
    asked_then = ask_for_supplement(
        dossier=dossier.pk, flaws=[FLAW], respond_by=date(2026, 11, 23), by=world.actor("handler")
    )
    supplement_dossier(
        dossier=dossier.pk,
        papers={BORN_PAPER: keep_paper(world.actor("hanh"))},
        by=world.actor("hanh"),
    )
    before = [FORMS[number](asked_then) for number in ("02", "04")]
    with at("10/11/2026 09:00"):
        forwarded = forward_dossier(
            dossier=dossier.pk, authority=world.police, reason="Cư trú.", by=world.actor("reception")
        )
        assert [FORMS[number](forwarded) for number in ("02", "04")] == before
    assert all("Công an" not in text_of(form) for form in before)
    assert "Ủy ban nhân dân phường Bến Sen" in text_of(before[0])


def test_form_02_asked_before_receipt_stays_the_centres(world: World) -> None:
    filed = file_birth_dossier(world)
    ask_for_supplement(
        dossier=filed.pk, flaws=[FLAW], respond_by=date(2026, 11, 23), by=world.actor("reception")
    )
    papers = {BORN_PAPER: keep_paper(world.actor("hanh"))}
    supplement_dossier(dossier=filed.pk, papers=papers, by=world.actor("hanh"))
    dossier = receive_dossier(dossier=filed.pk, by=world.actor("reception"))
    assert "Trung tâm Phục vụ hành chính công phường Bến Sen" in text_of(FORMS["02"](dossier))


def test_a_form_is_given_only_for_an_act_that_happened(world: World) -> None:
    dossier = file_birth_dossier(world)
    for form in FORMS.values():
        with pytest.raises(NoSuchDossier):
            form(dossier)
    withdraw_dossier(dossier=dossier.pk, reason="", by=world.actor("hanh"))
    with pytest.raises(NoSuchDossier):
        FORMS["03"](dossier)


def test_markup_typed_by_a_person_is_printed_and_not_obeyed(world: World) -> None:
    """Typst is a language: "#", "*", "$" and "[" in a name or a reason are letters."""
    reason = '#panic(1) *đậm* $x$ [y] \\ " <z> @ref'
    dossier = refuse_dossier(
        dossier=file_birth_dossier(world).pk, component="#eval", rule="*", reason=reason,
        by=world.actor("centre_leader"),
    )  # fmt: skip
    text = text_of(FORMS["03"](dossier))
    assert "#panic(1) *đậm* $x$ [y]" in text
