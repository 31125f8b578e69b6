"""What may be written into a task's ledger from its page: each with its form, its action, its permission."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lienthong.console.forms import (
    FILES,
    AskExtensionForm,
    CancelForm,
    CompleteForm,
    FundForm,
    GrantForm,
    ObstacleForm,
    ProgressForm,
    RefuseForm,
    RemoveObstacleForm,
    RetractForm,
    ReturnForm,
    SetDueForm,
    StepForm,
)
from lienthong.documents.public import StoredFile, keep_file, upload_refused
from lienthong.fields.public import refusals_at, sentence_of
from lienthong.identity.public import Actor, allowed, require
from lienthong.kit.words import format_date
from lienthong.steering.public import (
    ACT_NAMES,
    Act,
    DeadlineKind,
    Task,
    TaskEntry,
    TaskPage,
    ask_extension,
    cancel_task,
    complete_period,
    complete_task,
    entry_of,
    fund_task,
    grant_extension,
    refuse_extension,
    remove_obstacle,
    report_obstacle,
    report_progress,
    retract_entry,
    return_task,
    set_due,
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
    of_parent: bool = False
    """Whether a task done unit by unit takes it, too."""


def is_open(page: TaskPage) -> bool:
    now = page.standing
    return now.done_on is None and now.cancelled_on is None and page.task.lead_id is not None


def may_extend(page: TaskPage) -> bool:
    return (
        is_open(page)
        and page.standing.due_on is not None
        and page.task.deadline_kind != DeadlineKind.RECURRING
    )


def may_set_due(page: TaskPage) -> bool:
    waiting = page.task.deadline_kind in {DeadlineKind.RELATIVE, DeadlineKind.REQUEST}
    return is_open(page) and waiting and page.standing.due_on is None


def stands(page: TaskPage) -> bool:
    return page.standing.done_on is None and page.standing.cancelled_on is None


REMOVE: Final = "steering.remove_obstacle"
RETRACT: Final = "own line"
"""No permission of its own: whoever wrote the line may, or who decides; the action asks."""
STEPS: Final = (
    Step("tien-do", _("Báo cáo tiến độ"), _("Gửi báo cáo"), _("Đã ghi báo cáo tiến độ."), ProgressForm,
         "steering.report", is_open),
    Step("vuong-mac", _("Báo vướng mắc"), _("Gửi vướng mắc"), _("Đã ghi vướng mắc."), ObstacleForm,
         "steering.report", is_open),
    Step("xin-gia-han", _("Xin gia hạn"), _("Gửi đề nghị"), _("Đã gửi đề nghị gia hạn. Hạn chưa đổi."),
         AskExtensionForm, "steering.report", may_extend),
    Step("hoan-thanh", _("Báo hoàn thành"), _("Ghi hoàn thành"), _("Đã ghi hoàn thành."), CompleteForm,
         "steering.report", is_open),
    Step("kinh-phi", _("Ghi kinh phí"), _("Ghi kinh phí"), _("Đã ghi kinh phí."), FundForm, "steering.report",
         lambda page: page.task.lead_id is not None and page.standing.cancelled_on is None),
    Step("xac-dinh-han", _("Xác định thời hạn"), _("Ghi thời hạn"), _("Đã xác định thời hạn."), SetDueForm,
         "steering.decide", may_set_due),
    Step("gia-han", _("Gia hạn"), _("Gia hạn"), _("Đã gia hạn."), GrantForm, "steering.decide", may_extend),
    Step("da-go", _("Ghi vướng mắc đã gỡ"), _("Ghi đã gỡ"), _("Đã ghi vướng mắc được gỡ."),
         RemoveObstacleForm, REMOVE, lambda page: bool(page.obstacles)),
    Step("khong-gia-han", _("Không đồng ý gia hạn"), _("Không đồng ý"), _("Đã trả lời đề nghị gia hạn."),
         RefuseForm, "steering.decide", lambda page: bool(page.asks)),
    Step("tra-lai", _("Trả lại kết quả"), _("Trả lại để làm tiếp"), _("Đã trả lại kết quả."), ReturnForm,
         "steering.decide",
         lambda page: page.standing.done_on is not None and page.task.deadline_kind != DeadlineKind.RECURRING),
    Step("thoi-giao", _("Thôi giao nhiệm vụ"), _("Thôi giao"), _("Đã ghi thôi giao nhiệm vụ."), CancelForm,
         "steering.decide", stands, of_parent=True),
    Step("rut-lai", _("Rút lại dòng ghi nhầm"), _("Rút lại"), _("Đã rút lại dòng ghi nhầm; dòng cũ vẫn đọc được."),
         RetractForm, RETRACT, lambda page: True),
)  # fmt: skip


def steps_of(page: TaskPage, *, by: Actor) -> list[Step]:
    """What `by` may write here now. Only of the present: a page of a past day is read."""
    if page.as_of != timezone.localdate():
        return []
    parent = page.task.parts.exists()
    granted = {name: allowed(by, name, page.task) for name in ("steering.report", "steering.decide")}
    granted[REMOVE] = any(allowed(by, REMOVE, obstacle) for obstacle in page.obstacles)
    granted[RETRACT] = bool(retractable(page, by=by))
    return [
        step
        for step in STEPS
        if granted[step.permission] and step.fits(page) and (step.of_parent or not parent)
    ]


def retractable(page: TaskPage, *, by: Actor) -> list[TaskEntry]:
    """The lines that `by` may call a mistake: their own, or all for who decides; the newest first.

    Not what was answered; an assignment is cancelled instead.
    """
    lines = [line.entry for line in page.lines if line.retracted is None]
    answered = {line.answers_id for line in lines}
    decides = allowed(by, "steering.decide", page.task)
    return [
        line
        for line in lines
        if (decides or line.actor == by.reference) and line.pk not in answered and line.act != Act.ASSIGNED
    ]


def line_words(line: TaskEntry) -> str:
    words = f"{format_date(line.happened_on)} · {gettext(ACT_NAMES[Act(line.act)])}"
    return f"{words}: {line.text[:60]}" if line.text else words


def form_of(step: Step, page: TaskPage, *args: Any, by: Actor) -> StepForm:
    if step.form is RetractForm:
        return RetractForm(*args, lines=[(line, line_words(line)) for line in retractable(page, by=by)])
    if step.form is RemoveObstacleForm:
        return RemoveObstacleForm(*args, obstacles=page.obstacles)
    if step.form is GrantForm and not args and page.asks:
        first = page.asks[0]
        return GrantForm(initial={"asked": first.pk, "due_on": first.due_on})
    return step.form(*args)


def take_step(step: Step, page: TaskPage, form: StepForm, request: HttpRequest, *, by: Actor) -> bool:
    """Keep the evidence and write the line, both or nothing; what is refused stands at the form."""
    if step.permission not in {REMOVE, RETRACT}:  # those are asked of what is chosen, by the action
        require(by, step.permission, page.task)
    dropped = upload_refused(request)
    if dropped is not None:
        form.add_error(FILES, sentence_of(dropped))
        return False
    with refusals_at(form), transaction.atomic():
        _write(step, page, form.facts(_kept(form, by)), by)
    return not form.errors


def _kept(form: StepForm, by: Actor) -> list[StoredFile]:
    file = form.cleaned_data.get(FILES)
    return [keep_file(content=file.file, name=file.name or "", by=by)] if file else []


def _write(step: Step, page: TaskPage, facts: dict[str, Any], by: Actor) -> None:
    task = page.task
    if step.slug == "da-go":
        remove_obstacle(**facts, by=by)
    elif step.slug == "rut-lai":
        retract_entry(**facts, by=by)
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
    "kinh-phi": lambda task, facts, by: fund_task(task=task, **facts, by=by),
    "xac-dinh-han": lambda task, facts, by: set_due(task=task, **facts, by=by),
    "thoi-giao": lambda task, facts, by: cancel_task(task=task, **facts, by=by),
    "tra-lai": lambda task, facts, by: return_task(task=task, **facts, by=by),
}
