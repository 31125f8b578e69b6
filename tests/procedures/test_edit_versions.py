"""Editors prepare the next version, change limits, fees, level and papers, publish and close.

NĐ 63/2010/NĐ-CP art. 8, 15: a procedure changes by a decision, from a day on; what was received stays under
the version it was received under.
"""

from dataclasses import replace
from datetime import date, timedelta

import msgspec
import pytest
from django.test import Client
from django.utils import timezone

from identity.people import officer, sign_in
from lienthong.audit.public import entries_about
from lienthong.identity.public import ANONYMOUS, Actor, Duty, NotAllowed, Role, SignInNeeded, system
from lienthong.kit.errors import Refused
from lienthong.procedures import actions
from lienthong.procedures.content import Content
from lienthong.procedures.public import ProcedureVersion, agency_limit, current, fee_for, load_procedures
from lienthong.procedures.rules import Edits, FeeEdit, LimitEdit, changes_between, edit_of, edited, facts_of

pytestmark = pytest.mark.django_db
BIRTH, DECISION = "1.001193", "9999/QĐ-BTP ngày 20/11/2026"
EDITOR = Actor("account:1", 1, None, "Lý Hải Yến", 2, frozenset({Duty(Role.PROCEDURE_EDITOR, "VN")}))
HANDLER = Actor("account:2", 2, None, "Phạm Đức Long", 2, frozenset({Duty(Role.HANDLER, "H20.47")}))


def soon(days: int = 30) -> date:
    return timezone.localdate() + timedelta(days=days)


def in_force() -> ProcedureVersion:
    version = current(BIRTH, timezone.localdate())
    assert version is not None
    return version


def as_it_is(content: Content) -> Edits:
    return Edits(
        delivery=content.delivery.value,
        limits={n: edit_of(one) for n, one in enumerate(content.limits.items)},
        fees={n: FeeEdit(one.amount, one.set_by or "") for n, one in enumerate(content.fees.items)},
        papers={n: one.action for n, one in enumerate(content.papers.items)},
    )


def changed(content: Content) -> Edits:
    """Three working days, copies at 9.000 đồng, no paper of surrogacy, one paper more, partial."""
    same = as_it_is(content)
    surrogacy = next(n for n, one in enumerate(content.papers.items) if one.key == "xac_nhan_mang_thai_ho")
    return Edits(
        delivery="partial",
        limits={**same.limits, 0: LimitEdit(3, "working_day")},
        fees={**same.fees, 2: FeeEdit(9_000)},
        papers={n: action for n, action in same.papers.items() if n != surrogacy},
        new_papers=(("Ảnh của trẻ", "submit"),),
    )


def prepared() -> ProcedureVersion:
    procedure = in_force().procedure
    return actions.prepare_version(procedure=procedure, valid_from=soon(), source=DECISION, by=EDITOR)


def test_every_record_goes_through_the_editor_unchanged(contents: dict[str, Content]) -> None:
    for content in contents.values():
        assert edited(content, as_it_is(content), source=DECISION) == content, content.code


def test_nulls_stay_nulls_and_are_no_zeros(contents: dict[str, Content]) -> None:
    content = contents[BIRTH]
    late = next(n for n, one in enumerate(content.fees.items) if one.amount is None)
    assert edited(content, as_it_is(content), source=DECISION).fees.items[late].amount is None
    assert not any(fact.words == "0 đồng" for fact in facts_of(content) if "muộn" in fact.label)


def test_what_was_edited_is_said_and_counts_as_seen_in_the_decision(contents: dict[str, Content]) -> None:
    later = edited(contents[BIRTH], changed(contents[BIRTH]), source=DECISION)
    told = {change.label: change for change in changes_between(contents[BIRTH], later)}
    assert {"Mức độ trực tuyến", "thông thường", "bản sao Giấy khai sinh", "Ảnh của trẻ"} <= set(told)
    assert told["Văn bản xác nhận của cơ sở y tế về kỹ thuật hỗ trợ sinh sản cho mang thai hộ"].after is None
    assert told["Ảnh của trẻ"].before is None
    assert told["bản sao Giấy khai sinh"].after.words == "9.000 đồng"  # type: ignore[union-attr]  # just asserted
    assert later.delivery.certainty.level == "seen"
    sure = {fact.label: fact.certainty for fact in facts_of(later)}
    assert sure["Ảnh của trẻ"].note == DECISION
    assert sure["Giấy chứng sinh"] == contents[BIRTH].papers.certainty  # not touched, so no surer than before
    limit, _cut_off = agency_limit(later)
    assert limit is not None
    assert (limit.value, limit.unit) == (3, "working_day")
    assert (
        fee_for(later, on=date(2026, 12, 1), channel="online", facts={"late": False, "copies": 2}).total
        == 18_000
    )
    assert msgspec.convert(msgspec.to_builtins(later), Content) == later


def test_published_it_follows_on_the_day_and_not_before(loaded: list[ProcedureVersion]) -> None:
    former = in_force()
    draft = prepared()
    assert current(BIRTH, soon(31)) == former
    actions.edit_version(
        version=draft, edits=changed(former.typed), valid_from=soon(), source=DECISION, by=EDITOR
    )
    published = actions.publish_prepared(version=draft, by=EDITOR)

    assert current(BIRTH, timezone.localdate()) == former
    assert current(BIRTH, soon(29)) == former
    assert current(BIRTH, soon(30)) == published
    former.refresh_from_db()
    assert former.valid_to == soon()
    assert (
        ProcedureVersion.objects.get(pk=former.pk).typed == former.typed
    )  # who was received under it keeps it
    events = [entry.event.rpartition(".")[2] for entry in entries_about(f"procedure:{former.procedure_id}")]
    assert events[-4:] == ["VersionPrepared", "VersionEdited", "VersionClosed", "VersionPublished"]


def test_the_loader_does_not_overrule_an_editor(loaded: list[ProcedureVersion]) -> None:
    draft = prepared()
    actions.edit_version(
        version=draft, edits=changed(draft.typed), valid_from=soon(), source=DECISION, by=EDITOR
    )
    actions.publish_prepared(version=draft, by=EDITOR)
    other = next(version for version in loaded if version.typed.code != BIRTH)
    actions.close_version(version=other, valid_to=soon(), source=DECISION, by=EDITOR)
    assert load_procedures(by=system("test")) == []
    assert current(other.typed.code, soon(40)) is None


@pytest.mark.parametrize("case", ["today", "no source", "twice", "unchanged", "published", "same name"])
def test_what_is_not_safe_is_refused_and_nothing_is_saved(loaded: list[ProcedureVersion], case: str) -> None:
    version = in_force()
    procedure, today = version.procedure, timezone.localdate()

    def same_name() -> None:
        edits = replace(changed(version.typed), new_papers=(("giấy chứng sinh", "submit"),))
        dated = {"valid_from": soon(), "source": DECISION}
        actions.edit_version(version=prepared(), edits=edits, by=EDITOR, **dated)

    acts = {
        "today": lambda: actions.prepare_version(
            procedure=procedure, valid_from=today, source=DECISION, by=EDITOR
        ),
        "no source": lambda: actions.prepare_version(
            procedure=procedure, valid_from=soon(), source=" ", by=EDITOR
        ),
        "twice": lambda: [prepared(), prepared()],
        "unchanged": lambda: actions.publish_prepared(version=prepared(), by=EDITOR),
        "published": lambda: actions.edit_version(
            version=version, edits=changed(version.typed), valid_from=soon(), source=DECISION, by=EDITOR
        ),
        "same name": same_name,
    }
    with pytest.raises(Refused) as refused:
        acts[case]()
    assert str(refused.value)
    assert not {"{", "}"} & set(str(refused.value))
    assert current(BIRTH, soon(60)) == version


@pytest.mark.parametrize("who", [HANDLER, ANONYMOUS])
def test_only_editors_touch_versions(loaded: list[ProcedureVersion], who: Actor) -> None:
    version, draft = in_force(), prepared()
    no = SignInNeeded if who is ANONYMOUS else NotAllowed
    for act in (
        lambda: actions.prepare_version(procedure=version.procedure, valid_from=soon(), source="x", by=who),
        lambda: actions.edit_version(
            version=draft, edits=changed(draft.typed), valid_from=soon(), source="x", by=who
        ),
        lambda: actions.publish_prepared(version=draft, by=who),
        lambda: actions.discard_version(version=draft, by=who),
        lambda: actions.close_version(version=version, valid_to=soon(), source="x", by=who),
    ):
        with pytest.raises(no):
            act()


def opened_by(role: Role) -> Client:
    client = Client()
    sign_in(client, officer((role, None), name=role.value.replace("_", ".")))
    return client


def test_pages_say_certainty_and_nulls_in_words(loaded: list[ProcedureVersion]) -> None:
    editor = opened_by(Role.PROCEDURE_EDITOR)
    assert editor.get("/lam-viec/")["Location"] == "/quan-ly-thu-tuc/"
    every = editor.get("/quan-ly-thu-tuc/").content.decode()
    assert all(version.typed.code in every for version in loaded)
    for version in loaded:
        page = editor.get(f"/quan-ly-thu-tuc/{version.pk}/")
        assert page.status_code == 200, version.typed.code
    html = editor.get(f"/quan-ly-thu-tuc/{in_force().pk}/").content.decode()
    for words in (
        "thấy trong văn bản hoặc trên Cổng",
        "chưa đối chiếu được",
        "tin cậy vừa",
        "nguồn không nêu ngày bắt đầu",
    ):
        assert words in html, words
    assert "None" not in html


def test_through_the_pages_from_preparing_to_publishing(loaded: list[ProcedureVersion]) -> None:
    editor, version, day = opened_by(Role.PROCEDURE_EDITOR), in_force(), soon()
    dated = {f"start-valid_from_{n}": part for n, part in enumerate((day.day, day.month, day.year))}
    bad = editor.post(f"/quan-ly-thu-tuc/{version.pk}/soan/", {**dated, "start-source": ""})
    assert bad.status_code == 422
    made = editor.post(f"/quan-ly-thu-tuc/{version.pk}/soan/", {**dated, "start-source": DECISION})
    draft = ProcedureVersion.objects.get(state="draft")
    assert made["Location"] == f"/quan-ly-thu-tuc/{draft.pk}/sua/"
    form = editor.get(made["Location"]).context["form"]
    posted = {name: "" if form[name].value() is None else form[name].value() for name in form.fields}
    del posted["valid_from"]
    posted |= {f"valid_from_{n}": part for n, part in enumerate((day.day, day.month, day.year))}
    wrong = editor.post(made["Location"], {**posted, "fee_2": "chín nghìn"})
    assert "Nhập một số nguyên" in wrong.content.decode()
    assert editor.post(made["Location"], {**posted, "fee_2": "9000", "paper_4": "drop"}).status_code == 302
    page = editor.get(f"/quan-ly-thu-tuc/{draft.pk}/").content.decode()
    assert "9.000 đồng" in page
    assert "không có trong bản này" in page
    editor.post(f"/quan-ly-thu-tuc/{draft.pk}/cong-bo/")
    assert current(BIRTH, day) == draft
    assert editor.post(f"/quan-ly-thu-tuc/{draft.pk}/bo/").status_code == 302
    assert ProcedureVersion.objects.filter(pk=draft.pk).exists()


def test_the_pages_are_the_editors_alone(loaded: list[ProcedureVersion]) -> None:
    version = in_force()
    urls = ["/quan-ly-thu-tuc/", f"/quan-ly-thu-tuc/{version.pk}/", f"/quan-ly-thu-tuc/{version.pk}/sua/"]
    administrator = opened_by(Role.ADMINISTRATOR)
    for url in urls:
        assert administrator.get(url).status_code == 403, url
        assert Client().get(url)["Location"].startswith("/dang-nhap/can-bo/")
    for act in ("soan", "cong-bo", "bo", "het-hieu-luc"):
        assert administrator.post(f"/quan-ly-thu-tuc/{version.pk}/{act}/").status_code == 403


def test_a_procedure_is_abolished(loaded: list[ProcedureVersion]) -> None:
    editor, version, day = opened_by(Role.PROCEDURE_EDITOR), in_force(), soon()
    dated = {f"end-valid_to_{n}": part for n, part in enumerate((day.day, day.month, day.year))}
    url = f"/quan-ly-thu-tuc/{version.pk}/het-hieu-luc/"
    assert editor.post(url, {**dated, "end-source": DECISION}).status_code == 302
    assert current(BIRTH, day) is None
    assert current(BIRTH, day - timedelta(days=1)) == version
    assert editor.post(url, {**dated, "end-source": DECISION}).status_code == 422
