"""`lienthong receive`: a file past what a page takes comes in by the same acts, on behalf of an account."""

import csv
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from openpyxl import load_workbook
from pytest_django import Settings

from lienthong.audit.public import Entry
from lienthong.data.intake import EmptyFile, ExtensionLies, UnsupportedKind
from lienthong.identity.public import NotAllowed, Role, assign_role
from lienthong.kit.errors import Refused
from lienthong.registries.actions import running
from lienthong.registries.actions.stages import part
from lienthong.registries.public import (
    AlreadyReceived,
    Batch,
    ColumnsNotKept,
    FileTooLarge,
    NoSuchProposal,
    NoSuchSource,
    Record,
    Run,
    RunUnderWay,
    Stage,
    receive_batch,
)
from lienthong.registries.rules import ids_of, record_id
from lienthong.site.management.commands.receive import (
    STAGES,
    CannotWrite,
    NoSuchFile,
    NoSuchOfficer,
    RunStopped,
    RunWatch,
    WhichDuty,
    share_done,
)
from registries.test_run import HEAD, ROWS
from registries.world import BY, SINCE, World, opened_by

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _a_page_takes_little(settings: Settings) -> None:
    settings.MAX_UPLOAD_BYTES = 200


@pytest.fixture
def unrun(monkeypatch: pytest.MonkeyPatch) -> None:
    """The file is received and settled; what a run makes of it is not looked at."""
    module = "lienthong.site.management.commands.receive"
    monkeypatch.setattr(f"{module}.Command._run", lambda *_args, **_options: None)
    monkeypatch.setattr(f"{module}.outcome", lambda _batch: [])


def sent(path: Path, *more: list[str], head: list[str] = HEAD) -> Path:
    out = StringIO()
    csv.writer(out).writerows([head, *ROWS, *more])
    path.write_text(out.getvalue(), "utf-8")
    return path


def receive(path: Path, *options: str, by: str = "keeper.demo", source: str = "lao-dong") -> str:
    out = StringIO()
    call_command("receive", str(path), f"--source={source}", f"--by={by}", *options, stdout=out)
    return out.getvalue()


def kept(settings: Settings) -> list[Path]:
    return [path for path in settings.DOCUMENTS_ROOT.rglob("*") if path.is_file()]


def test_a_large_file_is_received_run_and_told(world: World, tmp_path: Path, settings: Settings) -> None:
    marked = tmp_path / "đã đánh dấu.xlsx"
    told = receive(sent(tmp_path / "lao-dong.csv"), "--suggested", f"--marked={marked}")
    batch = Batch.objects.get()
    keeper = world.accounts["keeper"]
    assert (batch.state, batch.name, batch.sender) == ("done", "lao-dong.csv", world.agencies["keeper"])
    assert (batch.received_by, batch.accepted_by, batch.replaces) == (
        keeper.reference,
        keeper.reference,
        True,
    )
    assert batch.file.size > settings.MAX_UPLOAD_BYTES
    run = Run.objects.get()
    failed = {rule for one in Record.objects.values_list("failed", flat=True) for rule in one}
    assert (run.rows, set(run.errors)) == (6, failed)
    assert f"6 bản ghi, {sum(run.errors.values())} lỗi theo quy tắc" in told
    assert "2   33,33%  Khớp\n" in told
    assert "Chờ người quyết định: 2" in told
    assert f"Xem tại: http://localhost:8000/du-lieu/tep/{batch.pk}/" in told
    assert "Lỗi" in load_workbook(marked).sheetnames


@pytest.mark.usefixtures("unrun")
def test_the_record_says_whose_account_it_was_and_that_an_operator_did_it(
    world: World, tmp_path: Path
) -> None:
    receive(sent(tmp_path / "a.csv"), "--suggested")
    reference = world.accounts["keeper"].reference
    actors = dict(Entry.objects.filter(event__startswith="registries.").values_list("event", "actor"))
    assert actors["registries.BatchReceived"] == actors["registries.BatchAccepted"] == reference
    assert actors["registries.BatchBroughtIn"] == "system:operator"
    assert Entry.objects.get(event="registries.BatchBroughtIn").fields["account"] == reference


@pytest.mark.usefixtures("unrun")
def test_columns_are_taken_as_the_source_keeps_them(world: World, tmp_path: Path, settings: Settings) -> None:
    path = sent(tmp_path / "a.csv")
    with pytest.raises(ColumnsNotKept, match=r"a\.csv là: Họ và tên, Số định danh cá nhân"):
        receive(path)
    assert not Batch.objects.exists()
    assert not kept(settings)
    world.source.mapping = {"ho va ten": "full_name", "so cccd": "personal_number", "nghe nghiep": "training"}
    world.source.save()
    told = receive(path)
    assert Batch.objects.get().plan["mapping"] == {
        "1": "personal_number",
        "2": "full_name",
        "8": "training",
    }
    assert "Nghề nghiệp → Ngành đào tạo" in told
    assert "Giới tính → không lấy (gợi ý: Giới tính)" in told


@pytest.mark.usefixtures("unrun")
def test_a_look_keeps_nothing_and_names_the_changes_offered(
    world: World, tmp_path: Path, settings: Settings
) -> None:
    path = sent(tmp_path / "a.csv", *[["", "99091000938", f"Trần Văn {n}", *[""] * 6] for n in "ABCDEF"])
    told = receive(path, "--look")
    assert "Đề nghị zeros:1, không lấy: Cột Số CCCD mất số 0 ở đầu" in told
    assert "Họ và tên → không lấy (gợi ý: Họ và tên)" in told
    assert not Batch.objects.exists()
    assert not kept(settings)
    assert "zeros:1, lấy" in receive(path, "--look", "--accept=all")
    receive(path, "--suggested", "--accept=zeros:1", "--add")
    batch = Batch.objects.get()
    assert (batch.plan["zeros"], batch.replaces) == ([1], False)


@pytest.mark.parametrize(
    ("options", "error"),
    [
        ({"name": "khong-co.csv"}, NoSuchFile),
        ({"name": "."}, NoSuchFile),
        ({"name": "trong.csv", "content": b""}, EmptyFile),
        ({"name": "anh.csv", "content": b"%PDF-1.7 ..."}, ExtensionLies),
        ({"name": "a.doc", "content": b"a,b\n1,2\n"}, UnsupportedKind),
        ({"source": "khong-co"}, NoSuchSource),
        ({"by": "nobody"}, NoSuchOfficer),
        ({"by": "099194004471"}, NoSuchOfficer),
        ({"by": "leader.demo"}, NotAllowed),
        ({"by": "far.demo", "at": "VN"}, NotAllowed),
        ({"more": "--accept=zeros:77"}, NoSuchProposal),
        ({"more": "--marked=khong/co/a.xlsx"}, CannotWrite),
        ({"more": "--marked=."}, CannotWrite),
    ],
)
def test_bad_input_is_refused_in_a_sentence_and_nothing_is_kept(
    world: World, tmp_path: Path, settings: Settings, options: dict[str, Any], error: type[Refused]
) -> None:
    path = tmp_path / options.get("name", "lao-dong.csv")
    if "content" in options:
        path.write_bytes(options["content"])
    elif "name" not in options:
        sent(path)
    more = [options["more"]] if "more" in options else []
    if "at" in options:
        more.append(f"--at={options['at']}")
    with pytest.raises(error) as why:
        receive(
            path,
            "--suggested",
            *more,
            by=options.get("by", "keeper.demo"),
            source=options.get("source", "lao-dong"),
        )
    assert str(why.value)
    assert "{" not in str(why.value)
    assert not Batch.objects.exists()
    assert not kept(settings)


def test_an_account_that_is_closed_or_of_a_demo_that_is_off_brings_nothing_in(
    world: World, tmp_path: Path, settings: Settings
) -> None:
    path, account = sent(tmp_path / "a.csv"), world.accounts["keeper"]
    settings.DEMO, account.demo = False, True
    account.save()
    with pytest.raises(NoSuchOfficer):
        receive(path, "--suggested")
    account.demo, account.is_active = False, False
    account.save()
    with pytest.raises(NoSuchOfficer):
        receive(path, "--suggested")


@pytest.mark.usefixtures("unrun")
def test_one_acts_in_one_duty_at_a_time(world: World, tmp_path: Path) -> None:
    path, account = sent(tmp_path / "a.csv"), world.accounts["keeper"]
    assign_role(
        account=account, role=Role.STEWARD, organisation=world.agencies["owner"], since=SINCE, source="thử", by=BY
    )  # fmt: skip
    with pytest.raises(WhichDuty, match=r"G09, H20\.10"):
        receive(path, "--suggested")
    receive(path, "--suggested", "--at=G09")
    assert Batch.objects.get().sender == world.agencies["owner"]


@pytest.mark.usefixtures("unrun")
def test_what_was_sent_before_is_not_taken_twice(world: World, tmp_path: Path) -> None:
    receive(sent(tmp_path / "a.csv"), "--suggested")
    with pytest.raises(AlreadyReceived):
        receive(sent(tmp_path / "b.csv"), "--suggested")
    assert Batch.objects.count() == 1


def test_a_run_that_stops_is_told_and_its_file_stays_to_go_on(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_run: Run, _told: object) -> None:
        raise FileTooLarge(limit="1")

    steps = {stage: full if stage is Stage.STORE else step for stage, step in running.STEPS.items()}
    monkeypatch.setattr(running, "STEPS", steps)
    with pytest.raises(RunStopped, match=r"Ghi kết luận từng dòng.*Tệp lớn hơn 1 MB.*/du-lieu/tep/"):
        receive(sent(tmp_path / "a.csv"), "--suggested")
    assert Batch.objects.get().state == "failed"


def test_a_run_that_another_worker_took_is_left_to_it(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lienthong.site.management.commands.receive.run_batch", lambda **_facts: False)
    with pytest.raises(RunUnderWay):
        receive(sent(tmp_path / "a.csv"), "--suggested")


def test_the_page_says_that_the_command_exists(world: World) -> None:
    """What is past the page's limit is refused by it, whoever calls the action."""
    browser, content = opened_by(world.accounts["keeper"]), b"x" * 300
    page = browser.post("/du-lieu/nguon/lao-dong/gui/", {"file": SimpleUploadedFile("a.csv", content)})
    assert page.status_code == 422
    assert "lienthong receive" in page.content.decode()
    with pytest.raises(FileTooLarge, match="lienthong receive"):
        receive_batch(
            source=world.source, content=BytesIO(b"a,b\n" * 80), name="a.csv", by=world.actor("keeper")
        )


# ---- progress


def test_progress_grows_from_stage_to_stage_and_estimates(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    told = [share_done(Run(stage=stage, done=done, total=10)) for stage in STAGES for done in (0, 5, 11)]
    assert told == sorted(told)
    assert (told[0], round(told[-1], 6)) == (0, 1)

    clock = iter([100.0, 130.0, 130.1, 170.0])
    monkeypatch.setattr("time.monotonic", lambda: next(clock))
    watch = RunWatch(quiet=False)
    for done in (5, 6, 10):
        watch.look(Run(stage=Stage.STORE, done=done, total=10))
    monkeypatch.undo()
    before = share_done(Run(stage=Stage.STORE, done=5, total=10))
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 2  # into a log, now and then
    assert lines[0].endswith(
        f"bước 3/5: Ghi kết luận từng dòng, còn khoảng {30 * (1 - before) / before:.0f} giây"
    )


def test_steps_of_a_stage_share_it() -> None:
    heard: list[tuple[int, int | None]] = []
    tell = part(lambda done, total: heard.append((done, total)), 0.4, 0.6)
    tell(0, None)
    tell(5, 10)
    tell(10, 10)
    assert heard == [(400, 1000), (500, 1000), (600, 1000)]


def test_ids_of_a_batch_are_its_own() -> None:
    first, last = ids_of(7)
    assert record_id(6, 999_999_999) < first == record_id(7, 1)
    assert last < record_id(8, 1)
