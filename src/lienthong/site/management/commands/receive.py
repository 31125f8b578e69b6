"""`lienthong receive`: bring in a sector's file that is too large for the page, by the same acts."""

import os
import shutil
import time
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.urls import reverse
from django.utils import timezone

from lienthong.cleaning.public import Case
from lienthong.data.intake import ALL
from lienthong.data.linkage import Progress
from lienthong.data.sources import schema
from lienthong.documents.public import open_file
from lienthong.identity.public import Account, Actor, Role, acting, assignments_of, system
from lienthong.kit.errors import Refused, said
from lienthong.registries.public import (
    STAGE_NAMES,
    VERDICT_NAMES,
    Batch,
    BatchState,
    Run,
    RunUnderWay,
    Settled,
    Stage,
    Verdict,
    batch_of,
    bring_in_batch,
    run_batch,
    settle_file,
    source_of,
)
from lienthong.site.management.commands.link import Watch, number

WORKER: Final = system("registries")
STAGES: Final = tuple(Stage)
SHARES: Final = {Stage.READ: 0.06, Stage.LINK: 0.31, Stage.STORE: 0.2, Stage.COUNT: 0.03, Stage.OPEN: 0.4}
"""What part of a run's time each stage takes, for the estimate alone."""
DRAWN, WRITTEN = 0.5, 15.0
"""Seconds between two words of progress: at a terminal, and into a file."""


class NoSuchFile(Refused):
    sentence = said("Không đọc được tệp {path} trên máy chủ này.")


class CannotWrite(Refused):
    sentence = said("Không ghi được vào {path}: thư mục chưa có, không cho ghi, hoặc đó là một thư mục.")


class NoSuchOfficer(Refused):
    sentence = said("Không có tài khoản cán bộ nào đang dùng mang tên đăng nhập {name}.")


class WhichDuty(Refused):
    sentence = said("{name} quản lý dữ liệu ở nhiều cơ quan: {places}. Chỉ rõ một nơi bằng --at.")


class RunStopped(Refused):
    sentence = said("Tệp {batch} dừng ở bước “{stage}”: {trouble} Xem và cho chạy tiếp tại {page}")


class Command(BaseCommand):
    help = (
        "Receives a sector's file of any size on behalf of a steward's account, runs it, and says what came out. "
        "A run that was cut off is taken up again by `run_batches`."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "file", type=Path, metavar="FILE", help="CSV, XLSX, XLS, Parquet or JSON lines on this server"
        )
        parser.add_argument(
            "--source", required=True, metavar="CODE", help="code of the source, as in its page"
        )
        parser.add_argument("--by", required=True, metavar="NAME", help="sign-in name of the steward")
        parser.add_argument(
            "--at", metavar="CODE", help="the steward's agency, or VN, where there are several"
        )
        parser.add_argument(
            "--suggested",
            action="store_true",
            help="take columns by their headings, too, not only as last settled",
        )
        parser.add_argument(
            "--accept",
            default="none",
            help="changes to apply: none, all, or ids between commas, as --look tells",
        )
        parser.add_argument(
            "--add", action="store_true", help="beside what was sent before, not in its place"
        )
        parser.add_argument("--look", action="store_true", help="only say what would be taken")
        parser.add_argument(
            "--marked", type=Path, metavar="XLSX", help="also write the marked workbook there"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        by, source = steward(options["by"], options["at"]), source_of(options["source"])
        check_paths(path, options["marked"])
        how = settle_file(
            source=source,
            path=path,
            by=by,
            accept=accepted(options["accept"]),
            suggested=options["suggested"],
        )
        self._tell(columns_told(how))
        if options["look"]:
            return
        batch = bring_in_batch(source=source, path=path, how=how, by=by, replaces=not options["add"])
        self._tell([f"Đã nhận tệp {batch.pk}: {page_of(batch)}"])
        self._run(batch, quiet=options["verbosity"] == 0)
        done = batch_of(batch.pk, by=by)
        self._tell(outcome(done))
        if options["marked"] and done.marked:
            with open_file(done.marked) as kept, options["marked"].open("wb") as copy:
                shutil.copyfileobj(kept, copy, 1 << 20)
            self._tell([f"Tệp đã đánh dấu: {options['marked']}"])

    def _run(self, batch: Batch, *, quiet: bool) -> None:
        watch = RunWatch(quiet=quiet)
        taken = run_batch(batch=batch.pk, by=WORKER, watcher=watch.look)
        watch.end()
        batch.refresh_from_db()
        if not taken:
            raise RunUnderWay
        if batch.state != BatchState.DONE:
            stage = STAGE_NAMES[Stage(batch.run.stage)]
            raise RunStopped(batch=batch.pk, stage=stage, trouble=batch.run.trouble, page=page_of(batch))

    def _tell(self, lines: list[str]) -> None:
        for line in lines:
            self.stdout.write(line)


def steward(name: str, place: str | None) -> Actor:
    """The officer in one of the duties held today; without any, whatever is asked for is refused by its action."""
    account = Account.objects.filter(sign_in_name=name, kind=Account.Kind.OFFICER, is_active=True).first()
    if account is None or (account.demo and not settings.DEMO):
        raise NoSuchOfficer(name=name)
    held = [one.duty for one in assignments_of(account, on=timezone.localdate()) if one.role == Role.STEWARD]
    duties = [duty for duty in held if place in (None, duty.organisation)]
    if len(duties) > 1:
        raise WhichDuty(name=account.name, places=", ".join(sorted(duty.organisation for duty in duties)))
    return acting(account, *duties)


def check_paths(path: Path, marked: Path | None) -> None:
    """Before anything is kept: what is said after an hour's run comes too late."""
    try:
        with path.open("rb"):
            pass
    except OSError as why:
        raise NoSuchFile(path=path) from why
    if marked is not None and (marked.is_dir() or not os.access(marked.parent, os.W_OK)):
        raise CannotWrite(path=marked)


def accepted(words: str) -> str | list[str]:
    named: dict[str, str | list[str]] = {"none": [], "all": ALL}
    return named[words] if words in named else [word.strip() for word in words.split(",")]


def columns_told(how: Settled) -> list[str]:
    """Which column is taken as what, and each change that was offered."""
    labels = {field.name: field.label for field in schema(how.preview.base.schema).fields}
    said_so = ["Cột:"]
    for one in how.preview.columns:
        field = how.mapping[one.index]
        left = f"không lấy (gợi ý: {labels[one.field]})" if one.field else "không lấy"
        said_so.append(f"  {one.header or one.index + 1} → {labels[field] if field else left}")
    for offer in how.preview.proposals:
        taken = "lấy" if offer.id in how.accepted else "không lấy"
        said_so.append(f"Đề nghị {offer.id}, {taken}: {offer.sentence}")
    return [*said_so, *how.preview.notices]


class RunWatch(Watch):
    """Stage, part of the whole and what may be left: every half second at a terminal, now and then in a log."""

    def __init__(self, *, quiet: bool) -> None:
        super().__init__(quiet=quiet)
        self.stage, self.told_at = "", 0.0

    def look(self, run: Run) -> None:
        now = time.monotonic()
        if run.stage == self.stage and now - self.told_at < (DRAWN if self.drawn else WRITTEN):
            return
        self.stage, self.told_at = run.stage, now
        done = share_done(run)
        left = (now - self.began) * (1 - done) / done if done else None
        step = f"bước {STAGES.index(Stage(run.stage)) + 1}/{len(STAGES)}: {STAGE_NAMES[Stage(run.stage)]}"
        self.show(Progress(step, done, left))


def share_done(run: Run) -> float:
    """Of the whole run, from 0 to 1."""
    at = Stage(run.stage)
    before = sum(SHARES[stage] for stage in STAGES[: STAGES.index(at)])
    # How far storing is, is told by the row's number, which counts the heading, too.
    return before + (SHARES[at] * min(run.done / run.total, 1) if run.total else 0.0)


def outcome(batch: Batch) -> list[str]:
    run = batch.run
    told = [f"{number(run.rows)} bản ghi, {number(sum(run.errors.values()))} lỗi theo quy tắc"]
    for verdict in Verdict:
        count = run.verdicts.get(verdict.value, 0)
        share = f"{count / run.rows:.2%}".replace(".", ",") if run.rows else ""
        told.append(f"  {number(count):>12}  {share:>7}  {VERDICT_NAMES[verdict]}")
    waiting = Case.objects.filter(batch=batch).waiting().count()
    return [*told, f"Chờ người quyết định: {number(waiting)}", f"Xem tại: {page_of(batch)}"]


def page_of(batch: Batch) -> str:
    return f"{settings.PUBLIC_URL}{reverse('steward:file', args=[batch.pk])}"
