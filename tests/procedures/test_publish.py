"""Publishing versions: who may, what follows on what, and that a published one stays."""

import dataclasses
from datetime import date, timedelta

import msgspec
import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from lienthong.audit.public import entries_about
from lienthong.identity.public import ANONYMOUS, Actor, Duty, NotAllowed, Role, SignInNeeded, system
from lienthong.procedures import actions
from lienthong.procedures.content import Content
from lienthong.procedures.models import encoded
from lienthong.procedures.public import (
    ContentOfAnotherProcedure,
    Procedure,
    ProcedureVersion,
    Replacement,
    StartNeeded,
    StartsTooEarly,
    current,
    find_version,
    load_procedures,
    publish_version,
    versions_of,
)
from lienthong.procedures.source import SourceBook

SYSTEM = system("test")
EDITOR = Actor(
    reference="account:1",
    account_id=1,
    personal_number=None,
    name="Kiểm soát thủ tục",
    level=2,
    duties=frozenset({Duty(Role.PROCEDURE_EDITOR, "G15")}),
)
OFFICER = Actor(
    reference="account:2",
    account_id=2,
    personal_number=None,
    name="Một cửa",
    level=2,
    duties=frozenset({Duty(Role.RECEPTION, "H20.47"), Duty(Role.ADMINISTRATOR, "VN")}),
)
CITIZEN = Actor(reference="account:3", account_id=3, personal_number="099090012345", name="Bà H", level=2)
CHANGE = date(2027, 3, 1)


def newer(content: Content) -> Content:
    return msgspec.structs.replace(content, issuing_decision="1/QĐ-BTP", as_of="2027-02-01")


def publish(content: Content, *, valid_from: date | None = CHANGE, by: Actor = EDITOR) -> ProcedureVersion:
    procedure = Procedure.objects.get(code="1.001193")
    return publish_version(
        procedure=procedure, content=content, valid_from=valid_from, source="1/QĐ-BTP", by=by
    )


def test_all_records_are_loaded_as_they_are(
    loaded: list[ProcedureVersion], contents: dict[str, Content]
) -> None:
    assert len(loaded) == 28
    for version in ProcedureVersion.objects.select_related("procedure"):
        assert version.typed == contents[version.procedure.code]
    assert Replacement.objects.count() == 6


def test_start_that_nobody_stated_stays_open(loaded: list[ProcedureVersion]) -> None:
    starts = {v.procedure.code: v.valid_from for v in loaded if v.valid_from}
    assert starts == {
        "1.013225": date(2026, 7, 1),
        "3.000722": date(2026, 9, 1),
        "2.002913": date(2026, 9, 1),
    }
    assert current("1.001193", date(2026, 1, 5)) is not None
    assert current("1.013225", date(2026, 6, 30)) is None
    assert current("1.013225", date(2026, 7, 1)) is not None


def test_loading_again_changes_nothing(loaded: list[ProcedureVersion]) -> None:
    assert load_procedures(by=SYSTEM) == []
    assert ProcedureVersion.objects.count() == 28


def test_loading_again_refreshes_the_words_it_is_found_by(loaded: list[ProcedureVersion]) -> None:
    Procedure.objects.filter(code="1.001193").update(search_key="cu\ncu\ncu")
    assert load_procedures(by=SYSTEM) == []
    assert "lam giay khai sinh" in Procedure.objects.get(code="1.001193").search_key


def test_changed_record_becomes_a_version_from_today(
    loaded: list[ProcedureVersion], book: SourceBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, *others = book.contents
    changed = msgspec.structs.replace(first, short_name="Khai sinh (mới)")
    contents = (changed, *others)
    monkeypatch.setattr(actions, "source_book", lambda: dataclasses.replace(book, contents=contents))
    assert [v.procedure.code for v in load_procedures(by=SYSTEM)] == ["1.001193"]
    assert [v.valid_from for v in versions_of("1.001193")] == [timezone.localdate(), None]
    assert Procedure.objects.get(code="1.001193").short_name == "Khai sinh (mới)"


def test_new_version_closes_the_one_before(
    loaded: list[ProcedureVersion], contents: dict[str, Content]
) -> None:
    """Luật Hộ tịch 03/2026/QH16 takes effect on 1/3/2027: dossiers received before keep the old version."""
    before = current("1.001193", CHANGE)
    assert before is not None
    after = publish(newer(contents["1.001193"]))
    on_last_day = current("1.001193", CHANGE - timedelta(days=1))
    assert on_last_day == before
    assert current("1.001193", CHANGE) == after
    assert find_version(before.pk).typed == contents["1.001193"]
    assert find_version(before.pk).valid_to == CHANGE


def test_publishing_is_recorded(loaded: list[ProcedureVersion], contents: dict[str, Content]) -> None:
    version = publish(newer(contents["1.001193"]))
    events = [(e.event, e.actor) for e in entries_about(f"procedure:{version.procedure_id}")]
    assert events == [
        ("procedures.VersionPublished", "system:test"),
        ("procedures.VersionClosed", "account:1"),
        ("procedures.VersionPublished", "account:1"),
    ]


@pytest.mark.parametrize(
    ("by", "refusal"), [(OFFICER, NotAllowed), (CITIZEN, NotAllowed), (ANONYMOUS, SignInNeeded)]
)
def test_only_an_editor_publishes(
    loaded: list[ProcedureVersion], contents: dict[str, Content], by: Actor, refusal: type[NotAllowed]
) -> None:
    with pytest.raises(refusal):
        publish(newer(contents["1.001193"]), by=by)
    with pytest.raises(refusal):
        load_procedures(by=by)
    assert len(versions_of("1.001193")) == 1


def test_second_version_needs_a_start(loaded: list[ProcedureVersion], contents: dict[str, Content]) -> None:
    with pytest.raises(StartNeeded):
        publish(newer(contents["1.001193"]), valid_from=None)


def test_version_may_not_start_before_the_one_before(
    loaded: list[ProcedureVersion], contents: dict[str, Content]
) -> None:
    publish(newer(contents["1.001193"]))
    with pytest.raises(StartsTooEarly, match="01/03/2027"):
        publish(newer(contents["1.001193"]), valid_from=CHANGE)


def test_content_of_another_procedure_is_refused(
    loaded: list[ProcedureVersion], contents: dict[str, Content]
) -> None:
    with pytest.raises(ContentOfAnotherProcedure):
        publish(contents["1.000894"])


@pytest.mark.parametrize(
    "change",
    [
        "content = jsonb_set(content, '{short_name}', '\"khác\"')",
        "valid_from = '2020-01-01'",
        "source = 'khác'",
        "state = 'draft', published_at = NULL",
    ],
)
def test_published_version_never_changes(loaded: list[ProcedureVersion], change: str) -> None:
    with (
        pytest.raises(IntegrityError, match="never changes"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"UPDATE procedures_procedureversion SET {change} WHERE id = %s", [loaded[0].pk])


def test_published_version_is_never_deleted(loaded: list[ProcedureVersion]) -> None:
    with pytest.raises(IntegrityError, match="never deleted"), transaction.atomic():
        ProcedureVersion.objects.filter(pk=loaded[0].pk).delete()


def test_end_of_a_version_is_set_once(loaded: list[ProcedureVersion]) -> None:
    mine = ProcedureVersion.objects.filter(pk=loaded[0].pk)
    mine.update(valid_to=CHANGE)
    for other in (CHANGE + timedelta(days=1), None):
        with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
            mine.update(valid_to=other)


def test_versions_of_one_procedure_never_overlap(
    loaded: list[ProcedureVersion], contents: dict[str, Content]
) -> None:
    with pytest.raises(IntegrityError, match="procedures_version_one_a_day"), transaction.atomic():
        ProcedureVersion.objects.create(
            procedure=loaded[0].procedure,
            valid_from=CHANGE,
            source="chồng",
            content=encoded(contents["1.001193"]),
            state="published",
            published_at=timezone.now(),
        )


def test_draft_may_change_and_go(loaded: list[ProcedureVersion], contents: dict[str, Content]) -> None:
    draft = ProcedureVersion.objects.create(
        procedure=loaded[0].procedure, source="nháp", content=encoded(contents["1.001193"]), state="draft"
    )
    ProcedureVersion.objects.filter(pk=draft.pk).update(source="nháp 2")
    assert current("1.001193", CHANGE) == loaded[0]
    draft.delete()


def test_application_may_not_touch_a_published_version(loaded: list[ProcedureVersion]) -> None:
    """The trigger holds for every role, the owner included."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgenabled FROM pg_trigger WHERE tgname = 'procedures_published_stays'")
        assert cursor.fetchall() == [("O",)]
