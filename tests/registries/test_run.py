"""A workbook comes in, is previewed, settled, linked and scored; the same content only once."""

from datetime import UTC, datetime
from functools import partial
from io import BytesIO

import pytest
import xlsxwriter
from openpyxl import load_workbook

from lienthong.audit.public import entries_about
from lienthong.data.checks import Criterion
from lienthong.data.quality import Count
from lienthong.documents.public import read_file
from lienthong.identity.public import ANONYMOUS, Actor, Duty, NotAllowed, Role, allowed, system
from lienthong.registries.actions import running
from lienthong.registries.actions.keeping import keep_counts
from lienthong.registries.public import (
    AlreadyReceived,
    Batch,
    BatchMoveNotAllowed,
    FieldTakenTwice,
    MappingIncomplete,
    Record,
    RuleCount,
    Run,
    Stage,
    accept_batch,
    from_json,
    readings,
    receive_batch,
    retry_batch,
    run_batch,
    supersede_record,
    take_back,
    tie_record,
    withdraw_batch,
)
from registries.world import HANH, LOC, World, matched, stored

pytestmark = pytest.mark.django_db
WORKER = system("registries")
HEAD = [
    "Mã bản ghi",
    "Số CCCD",
    "Họ và tên",
    "Ngày sinh",
    "Giới tính",
    "Mã xã",
    "Họ tên mẹ",
    "Tình trạng việc làm",
    "Nghề nghiệp",
]
ROWS = [
    ["LD1", HANH, "Nguyễn Thị Minh Hạnh", "14/02/1994", "Nữ", "28249", "Thạch Thị Sa Rây", "Có việc làm", "Giáo viên"],
    ["LD2", LOC, "Trần Văn Lộc", "29/06/1975", "Nam", "28249", "", "Có việc làm", "Thợ mộc"],
    ["LD3", "", "Lê Hoàng Nam", "1988", "Nam", "11296", "Phan Thị Lụa", "Thất nghiệp", ""],
    ["LD4", HANH, "Nguyễn Thị Minh Hạnh", "14/02/1994", "Nữ", "28249", "Thạch Thị Sa Rây", "Có việc làm", "Giáo viên"],
    ["LD5", "000000001", "Công ty TNHH Bến Sen", "", "", "28249", "", "không", ""],
    ["LD6", "099203000777", "Phạm Đức Minh", "05/05/2003", "Nam", "28249", "Võ Thị Hai", "Có việc làm", "Lái xe"],
]  # fmt: skip


def workbook(rows: list[list[str]] = ROWS) -> bytes:
    out = BytesIO()
    with xlsxwriter.Workbook(out) as book:
        book.set_properties({"created": datetime(2026, 11, 1, tzinfo=UTC)})
        sheet = book.add_worksheet("Lao động")
        for number, row in enumerate([HEAD, *rows]):
            for column, value in enumerate(row):
                sheet.write_string(number, column, value)
    return out.getvalue()


def received(
    world: World, who: str = "keeper", content: bytes | None = None, name: str = "lao-dong.xlsx"
) -> Batch:
    return receive_batch(
        source=world.source, content=BytesIO(content or workbook()), name=name, by=world.actor(who)
    )


def accepted(world: World, **more: object) -> Batch:
    batch = received(world, **more)  # type: ignore[arg-type]
    mapping = {column.index: column.field for column in from_json(batch.preview).columns}
    return accept_batch(batch=batch.pk, mapping=mapping, accepted=[], by=world.actor("keeper"))


def finished(world: World, **more: object) -> Batch:
    batch = accepted(world, **more)
    assert run_batch(batch=batch.pk, by=WORKER)
    batch.refresh_from_db()
    return batch


def test_a_workbook_is_previewed_and_nothing_is_taken(world: World) -> None:
    batch = received(world)
    fields = {column["header"]: column["field"] for column in batch.preview["columns"]}
    assert fields["Số CCCD"] == "personal_number"
    assert fields["Tình trạng việc làm"] == "activity"
    assert batch.state == "received"
    assert not Record.objects.filter(batch=batch).exists()
    assert read_file(batch.file) == workbook()


def test_the_same_content_is_known_whatever_its_name(world: World) -> None:
    first = received(world)
    with pytest.raises(AlreadyReceived) as told:
        received(world, name="ban-moi.xlsx")
    assert told.value.batch == first.pk
    assert "lao-dong.xlsx" in str(told.value)
    withdraw_batch(batch=first.pk, by=world.actor("keeper"))
    assert received(world).pk != first.pk


def test_every_row_ends_in_one_verdict_with_its_reasons(world: World) -> None:
    batch = finished(world)
    assert batch.state == "done"
    verdicts = dict(Record.objects.filter(batch=batch).values_list("key", "verdict"))
    assert verdicts["LD1"] == "matched"
    assert verdicts["LD4"] == "duplicate"
    assert verdicts["LD2"] == "conflict"
    assert verdicts["LD5"] == "not_a_person"
    assert verdicts["LD6"] == "not_in_register"
    first = Record.objects.get(batch=batch, key="LD1")
    assert (first.personal_number, first.unit, first.row) == (HANH, world.ward, 2)
    assert first.values["birth_date"] == "1994-02-14"
    assert first.reasons[0]["code"].startswith("personal_number.")
    assert Record.objects.get(batch=batch, key="LD2").personal_number == ""
    run = Run.objects.get(batch=batch)
    assert (run.rows, sum(run.verdicts.values())) == (6, 6)
    events = [entry.event for entry in entries_about(f"batch:{batch.pk}")]
    assert {"registries.BatchReceived", "registries.BatchAccepted", "registries.BatchFinished"} <= set(events)


def test_the_sender_gets_the_workbook_back_with_its_errors(world: World) -> None:
    batch = finished(world)
    assert batch.marked is not None
    book = load_workbook(BytesIO(read_file(batch.marked)))
    assert "Lao động" in book.sheetnames
    assert any("Lỗi" in name for name in book.sheetnames)


def test_the_source_has_a_score_that_follows_from_its_records(world: World) -> None:
    batch = finished(world)
    reading = readings(by=world.actor("keeper"))[world.source.pk]
    assert reading.scores is not None
    assert reading.scores.database.value is not None
    broken = [rule for rule in reading.scores.rules if rule.denominator - rule.numerator]
    for rule in broken:
        behind = Record.objects.filter(batch=batch, failed__contains=[rule.code]).count()
        assert behind == rule.denominator - rule.numerator, rule.code


def test_a_newer_file_stands_in_the_place_of_the_old_one(world: World) -> None:
    old = finished(world)
    new = finished(world, content=workbook(ROWS[:3]))
    old.refresh_from_db()
    assert (old.replaced_by_id, old.replaced_on) == (new.pk, new.counted_on)
    assert not Record.objects.filter(batch=old, superseded=False).exists()


def test_counts_that_are_kept_again_after_a_kill_stand_once(world: World) -> None:
    batch = stored(world, [matched()])
    counts = [Count("a.rule", "full_name", Criterion.COMPLETE, 2, 1, "28249")]
    for _ in range(2):
        keep_counts(batch, counts)
    assert list(RuleCount.objects.values_list("batch", "commune", "rule", "satisfied", "assessed")) == [
        (batch.pk, "28249", "a.rule", 1, 2)
    ]


# ---- what is refused


def test_two_columns_cannot_be_one_field(world: World) -> None:
    batch = received(world)
    with pytest.raises(FieldTakenTwice):
        accept_batch(
            batch=batch.pk, mapping={0: "full_name", 2: "full_name"}, accepted=[], by=world.actor("keeper")
        )
    everything_out = dict.fromkeys(range(len(HEAD)))
    with pytest.raises(MappingIncomplete):
        accept_batch(batch=batch.pk, mapping=everything_out, accepted=[], by=world.actor("keeper"))


def test_a_batch_is_settled_once(world: World) -> None:
    batch = accepted(world)
    with pytest.raises(BatchMoveNotAllowed):
        accept_batch(batch=batch.pk, mapping={2: "full_name"}, accepted=[], by=world.actor("keeper"))
    with pytest.raises(BatchMoveNotAllowed):
        withdraw_batch(batch=batch.pk, by=world.actor("keeper"))


@pytest.mark.parametrize("who", ["leader", "committee"])
def test_only_stewards_send(world: World, who: str) -> None:
    with pytest.raises(NotAllowed):
        received(world, who=who)


def test_another_agencys_steward_neither_settles_nor_sees_a_file(world: World) -> None:
    batch = received(world)
    for who in ("far", "ward"):
        with pytest.raises(NotAllowed) as refused:
            withdraw_batch(batch=batch.pk, by=world.actor(who))
        assert refused.value.status == 404
        assert not Batch.objects.visible_to(world.actor(who)).filter(pk=batch.pk).exists()


# ---- a run that stops


def test_a_stopped_run_says_why_and_goes_on(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    batch = accepted(world)

    def broken(*_: object) -> None:
        raise FieldTakenTwice(field="thử")

    steps = dict(running.STEPS)
    monkeypatch.setattr(running, "STEPS", {**steps, Stage.STORE: broken})
    run_batch(batch=batch.pk, by=WORKER)
    batch.refresh_from_db()
    assert (batch.state, Run.objects.get(batch=batch).stage) == ("failed", "store")
    assert "thử" in Run.objects.get(batch=batch).trouble

    monkeypatch.setattr(running, "STEPS", steps)
    retry_batch(batch=batch.pk, by=world.actor("keeper"))
    assert run_batch(batch=batch.pk, by=WORKER)
    batch.refresh_from_db()
    assert batch.state == "done"
    assert Record.objects.filter(batch=batch).count() == 6


def test_who_opens_sources_and_sees_their_scores(world: World) -> None:
    holders = {who: world.actor(who) for who in ("nation", "keeper", "ward", "leader", "committee")}
    strangers = [Actor("account:1", 1, HANH, "", 2), Actor("account:2", 2, None, "", 2, frozenset(
        {Duty(Role.RECEPTION, "H20.47")})), ANONYMOUS]  # fmt: skip

    assert [who for who, by in holders.items() if allowed(by, "registries.open_source")] == ["nation"]
    assert all(allowed(by, "registries.measure") for by in holders.values())
    for by in strangers:
        assert not allowed(by, "registries.open_source")
        assert not allowed(by, "registries.measure")


@pytest.mark.parametrize("who", ["far", "owner", "leader", "committee"])
def test_only_the_keeper_and_the_territory_tie_a_record_to_a_person(world: World, who: str) -> None:
    stored(world, [matched()])
    record = Record.objects.get()
    for act in (partial(tie_record, personal_number=HANH), supersede_record, partial(take_back, of="x")):
        with pytest.raises(NotAllowed):
            act(record=record.pk, ground="thử", ref="thử", by=world.actor(who))
    assert not record.changes.exists()
