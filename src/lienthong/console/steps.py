"""What may be written into a task's ledger from its page: each with its form, its action, its permission."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lienthong.console.forms import (
    FILES,
    AskExtensionForm,
    CompleteForm,
    GrantForm,
    ObstacleForm,
    ProgressForm,
    RefuseForm,
    RemoveObstacleForm,
    ReturnForm,
    StepForm,
)
from lienthong.documents.public import StoredFile, keep_file, upload_refused
from lienthong.fields.public import sentence_of
from lienthong.identity.public import Actor, allowed, require
from lienthong.kit.errors import Refused
from lienthong.steering.public import (
    DeadlineKind,
    Task,
    TaskPage,
    ask_extension,
    complete_period,
    complete_task,
    entry_of,
    grant_extension,
    refuse_extension,
    remove_obstacle,
    report_obstacle,
    report_progress,
    return_task,
)


@dataclass(frozen=True)
class Step:
    """`slug`: in the address. `fits`: whether it makes sense where the task stands."""

    slug: str
    title: Any
    button: Any
    done: Any
    form: type[StepForm]
    permission: str
    fits: Callable[[TaskPage], bool]


def is_open(page: TaskPage) -> bool:
    now = page.standing
    return now.done_on is None and now.cancelled_on is None and page.task.lead_id is not None


def may_extend(page: TaskPage) -> bool:
    return (
        is_open(page)
        and page.standing.due_on is not None
        and page.task.deadline_kind != DeadlineKind.RECURRING
    )


REMOVE: Final = "steering.remove_obstacle"
STEPS: Final = (
    Step("tien-do", _("Báo cáo tiến độ"), _("Gửi báo cáo"), _("Đã ghi báo cáo tiến độ."), ProgressForm,
         "steering.report", is_open),
    Step("vuong-mac", _("Báo vướng mắc"), _("Gửi vướng mắc"), _("Đã ghi vướng mắc."), ObstacleForm,
         "steering.report", is_open),
    Step("xin-gia-han", _("Xin gia hạn"), _("Gửi đề nghị"), _("Đã gửi đề nghị gia hạn. Hạn chưa đổi."),
         AskExtensionForm, "steering.report", may_extend),
    Step("hoan-thanh", _("Báo hoàn thành"), _("Ghi hoàn thành"), _("Đã ghi hoàn thành."), CompleteForm,
         "steering.report", is_open),
    Step("gia-han", _("Gia hạn"), _("Gia hạn"), _("Đã gia hạn."), GrantForm, "steering.decide", may_extend),
    Step("da-go", _("Ghi vướng mắc đã gỡ"), _("Ghi đã gỡ"), _("Đã ghi vướng mắc được gỡ."),
         RemoveObstacleForm, REMOVE, lambda page: bool(page.obstacles)),
    Step("khong-gia-han", _("Không đồng ý gia hạn"), _("Không đồng ý"), _("Đã trả lời đề nghị gia hạn."),
         RefuseForm, "steering.decide", lambda page: bool(page.asks)),
    Step("tra-lai", _("Trả lại kết quả"), _("Trả lại để làm tiếp"), _("Đã trả lại kết quả."), ReturnForm,
         "steering.decide",
         lambda page: page.standing.done_on is not None and page.task.deadline_kind != DeadlineKind.RECURRING),
)  # fmt: skip


def steps_of(page: TaskPage, *, by: Actor) -> list[Step]:
    """What `by` may write here now. Only of the present: a page of a past day is read."""
    if page.as_of != timezone.localdate() or page.task.parts.exists():
        return []
    granted = {name: allowed(by, name, page.task) for name in ("steering.report", "steering.decide")}
    granted[REMOVE] = any(allowed(by, REMOVE, obstacle) for obstacle in page.obstacles)
    return [step for step in STEPS if granted[step.permission] and step.fits(page)]


def form_of(step: Step, page: TaskPage, *args: Any) -> StepForm:
    if step.form is RemoveObstacleForm:
        return RemoveObstacleForm(*args, obstacles=page.obstacles)
    if step.form is GrantForm and not args and page.asks:
        first = page.asks[0]
        return GrantForm(initial={"asked": first.pk, "due_on": first.due_on})
    return step.form(*args)


def take_step(step: Step, page: TaskPage, form: StepForm, request: HttpRequest, *, by: Actor) -> bool:
    """Keep the evidence and write the line, both or nothing; what is refused stands at the form."""
    if step.permission != REMOVE:  # that one is asked of the obstacle chosen, by its action
        require(by, step.permission, page.task)
    dropped = upload_refused(request)
    if dropped is not None:
        form.add_error(FILES, sentence_of(dropped))
        return False
    try:
        with transaction.atomic():
            _write(step, page, form.facts(_kept(form, by)), by)
    except Refused as why:
        if why.status != 409:
            raise
        form.add_error(None, sentence_of(why))
        return False
    return True


def _kept(form: StepForm, by: Actor) -> list[StoredFile]:
    file = form.cleaned_data.get(FILES)
    return [keep_file(content=file.file, name=file.name or "", by=by)] if file else []


def _write(step: Step, page: TaskPage, facts: dict[str, Any], by: Actor) -> None:
    task = page.task
    if step.slug == "da-go":
        remove_obstacle(**facts, by=by)
    elif step.slug == "khong-gia-han":
        refuse_extension(asked=page.asks[0], **facts, by=by)
    elif step.slug == "gia-han":
        asked = facts.pop("asked")
        grant_extension(task=task, asked=entry_of(task, asked) if asked else None, **facts, by=by)
    else:
        ACTIONS[step.slug](task, facts, by)


def _complete(task: Task, facts: dict[str, Any], by: Actor) -> None:
    act = complete_period if task.deadline_kind == DeadlineKind.RECURRING else complete_task
    act(task=task, **facts, by=by)


ACTIONS: Final[dict[str, Callable[[Task, dict[str, Any], Actor], Any]]] = {
    "tien-do": lambda task, facts, by: report_progress(task=task, **facts, by=by),
    "vuong-mac": lambda task, facts, by: report_obstacle(task=task, **facts, by=by),
    "xin-gia-han": lambda task, facts, by: ask_extension(task=task, **facts, by=by),
    "hoan-thanh": _complete,
    "tra-lai": lambda task, facts, by: return_task(task=task, **facts, by=by),
}
