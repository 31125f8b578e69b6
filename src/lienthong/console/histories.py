"""What the pages on one task, one plan and one agency show."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from lienthong.conference.public import conclusion_of, open_meeting_to_run
from lienthong.console.addresses import Question
from lienthong.console.forms import AssignForm
from lienthong.console.meetings.facts import conclude_link
from lienthong.console.registers import KINDS, adds_up, bucket_words, chips, leads_words, url_of
from lienthong.dossiers.public import Dossier
from lienthong.identity.public import Actor
from lienthong.kit.money import format_dong
from lienthong.kit.numbers import percent
from lienthong.kit.words import format_date
from lienthong.steering.public import (
    ACT_NAMES,
    BUCKET_NAMES,
    CAUSE_NAMES,
    DEADLINE_NAMES,
    EVERY_NAMES,
    GROUP_NAMES,
    MONEY_NAMES,
    Act,
    Bucket,
    Cause,
    DeadlineKind,
    Every,
    Group,
    Line,
    Money,
    Plan,
    Task,
    TaskPage,
    TaskRow,
    TaskScope,
    agencies_now,
    agencies_of,
    bucket_of,
    count_tasks,
    days_late,
    documents_of,
    find_plan,
    funds_of,
    give_task,
    members_of,
    obstacles_of,
    plans_to_assign,
    predecessors_of,
    targets_of,
)

CONCLUSION = "Kết luận phiên họp"
OPEN = frozenset({Bucket.OPEN_LATE, Bucket.OPEN_IN_TIME})


# ---- one task


def of_task(page: TaskPage, asked: Question, *, by: Actor) -> dict[str, Any]:
    """The task, its standing in words, facts, obstacles, money, parts and history."""
    parts = parts_of(page, by=by)
    bucket, late = standing_of(page, parts)
    return {
        "asked": asked,
        "page": page,
        "task": page.task,
        "lasting": url_of(page.task.code) + asked.lasting(page.known_at),
        "kind": KINDS[bucket] if bucket else "none",
        "word": words_of(bucket, late),
        "facts": facts_of(page),
        "documents": page.task.documents.all(),
        "money": money_of(page, parts, by=by),
        "part_obstacles": obstacles_of_parts(page, parts, by=by),
        "obstacles": [obstacle_row(entry) for entry in page.obstacles],
        "asks": page.asks,
        "parts": parts,
        "conclusion": conclusion_of(page.task),
        "history": [line_row(line) for line in page.lines],
    }


def parts_of(page: TaskPage, *, by: Actor) -> list[dict[str, Any]]:
    """The units' parts as they stood, the latest first."""
    if page.task.lead_id is not None:
        return []
    count = count_tasks(TaskScope(plan=page.task.plan.code), page.as_of, page.known_at, by=by)
    parent = next((row for row in count.rows if row.id == page.task.pk), None)
    rows = parent.parts if parent else ()
    known = agencies_now({row.lead for row in rows if row.lead}, page.as_of)
    ordered = sorted(rows, key=lambda row: (-row.days_late, row.done_on or date.max, row.code))
    return [part_row(row, known) for row in ordered]


def part_row(row: TaskRow, known: dict[int, Any]) -> dict[str, Any]:
    return {
        "row": row,
        "url": url_of(row.code),
        "lead": leads_words(row, known),
        "kind": KINDS[row.bucket] if row.bucket else "none",
        "word": bucket_words(row),
    }


def money_of(page: TaskPage, parts: list[dict[str, Any]], *, by: Actor) -> list[dict[str, str]]:
    """Planned, allocated, spent; of a task done unit by unit, of all parts together."""
    sums = dict(page.standing.money)
    if parts:
        sums = funds_of([part["row"].id for part in parts], page.as_of, page.known_at, by=by)
    return money_rows(sums)


def money_rows(sums: Mapping[Money, int]) -> list[dict[str, str]]:
    """Each sum, and what share of the planned it is; nothing where no sum was noted."""
    if not any(sums.values()):
        return []
    planned = sums[Money.PLANNED]
    return [
        {
            "term": _(MONEY_NAMES[kind]),
            "detail": format_dong(amount)
            + (f" ({percent(amount, planned)})" if planned and kind is not Money.PLANNED else ""),
        }
        for kind, amount in sums.items()
    ]


def obstacles_of_parts(page: TaskPage, parts: list[dict[str, Any]], *, by: Actor) -> list[dict[str, Any]]:
    """What stands in the way of the units that are not done, the oldest first; none is hidden behind its part."""
    open_parts = {part["row"].id: part for part in parts if part["row"].bucket in OPEN}
    if not open_parts:
        return []
    found = obstacles_of(open_parts, page.as_of, page.known_at, by=by)
    removers = agencies_now({o.remover for each in found.values() for o in each if o.remover}, page.as_of)
    rows = [
        {
            "obstacle": obstacle,
            "lead": open_parts[part]["lead"],
            "url": open_parts[part]["url"],
            "cause": _(CAUSE_NAMES[obstacle.cause]),
            "remover": removers[obstacle.remover].name if obstacle.remover else _("đơn vị tự gỡ"),
        }
        for part, obstacles in found.items()
        for obstacle in obstacles
    ]
    return sorted(rows, key=lambda row: (row["obstacle"].since, row["obstacle"].id))


def standing_of(page: TaskPage, parts: list[dict[str, Any]]) -> tuple[Bucket | None, int]:
    """The bucket, and days late; of a parent, as its parts together stand."""
    now = page.standing
    if now.cancelled_on:
        return None, 0
    standing = [part["row"] for part in parts if part["row"].bucket]
    for bucket in (Bucket.OPEN_LATE, Bucket.OPEN_IN_TIME, Bucket.DONE_LATE, Bucket.DONE_IN_TIME):
        same = [row for row in standing if row.bucket is bucket]
        if same:
            return bucket, max(row.days_late for row in same)
    return bucket_of(now.due_on, now.done_on, page.as_of), days_late(now.due_on, now.done_on, page.as_of)


def words_of(bucket: Bucket | None, late: int) -> str:
    if bucket is None:
        return _("Đã thôi giao")
    words = _(BUCKET_NAMES[bucket]).capitalize()
    return _("{words}, {days} ngày").format(words=words, days=late) if late else words


def facts_of(page: TaskPage) -> list[dict[str, str]]:
    """What the task is; who, by when, what comes out."""
    task, now = page.task, page.standing
    partners = ", ".join(partner.name for partner in task.partners.all())
    told = [
        (_("Chủ trì"), task.lead.name if task.lead else _("từng đơn vị, xem bảng phần việc")),
        (_("Phối hợp"), partners),
        (_("Sản phẩm"), task.product),
        (_("Giao ngày"), format_date(now.assigned_on)),
        (_("Thời hạn"), due_words(page)),
        (_("Hoàn thành ngày"), format_date(now.done_on) if now.done_on else ""),
        (_("Tiến độ"), f"{now.percent}%" if now.percent is not None and not now.done_on else ""),
        (_("Cam kết mới"), format_date(now.commitment_on) if now.commitment_on and not now.done_on else ""),
        (_("Nhóm"), _(GROUP_NAMES[Group(task.group)]).capitalize() if task.group else ""),
        (_("Trọng tâm"), _("có") if task.focus else ""),
    ]
    return [{"term": term, "detail": detail} for term, detail in told if detail]


def due_words(page: TaskPage) -> str:
    """The due date as it stood, with the first one beside it where it moved; or how it will be found."""
    task, due = page.task, page.standing.due_on
    kind = DeadlineKind(task.deadline_kind)
    words = format_date(due) if due else _(DEADLINE_NAMES[kind])
    if due and task.first_due_on and due != task.first_due_on:
        return _("{due}, hạn ban đầu {first}").format(due=words, first=format_date(task.first_due_on))
    if kind is DeadlineKind.RELATIVE:
        told = _("{days} ngày sau: {event}").format(days=task.deadline_days, event=task.deadline_event)
        return f"{words} ({told})" if due else told
    if kind is DeadlineKind.RECURRING:
        told = _("{every}, ngày {day}").format(every=_(EVERY_NAMES[Every(task.every)]), day=task.every_day)
        return _("kỳ tới {due} ({rule})").format(due=words, rule=told)
    return words


def obstacle_row(entry: Any) -> dict[str, Any]:
    return {
        "entry": entry,
        "cause": _(CAUSE_NAMES[Cause(entry.cause)]),
        "remover": entry.remover.name if entry.remover else _("cơ quan chủ trì"),
    }


def line_row(line: Line) -> dict[str, Any]:
    """A line of the history: what, when true, when known, by whom, on what evidence."""
    entry = line.entry
    return {
        "title": _(ACT_NAMES[Act(entry.act)]),
        "entry": entry,
        "said": [text for text in details(entry) if text],
        "files": [
            {"name": each.file.name, "sha256": each.file.sha256,
             "url": reverse("console_evidence", args=[entry.pk, each.file_id])}
            for each in entry.evidence.all()
        ],
        "retracted": line.retracted,
        "kind": "wait" if entry.act == Act.OBSTACLE else "done",
    }  # fmt: skip


def details(entry: Any) -> list[str]:
    dues = {
        Act.ASSIGNED: _("Hạn {day}"),
        Act.SET_DUE: _("Hạn {day}"),
        Act.GRANTED_EXTENSION: _("Hạn mới {day}"),
        Act.ASKED_EXTENSION: _("Xin lùi đến {day}"),
        Act.REPORTED: _("Cam kết xong {day}"),
    }
    return [
        _(CAUSE_NAMES[Cause(entry.cause)]) if entry.cause else "",
        entry.text,
        _("Đề xuất: {text}").format(text=entry.proposal) if entry.proposal else "",
        _("Ai gỡ được: {who}").format(who=entry.remover.name) if entry.remover else "",
        _("Tiến độ {percent}%").format(percent=entry.percent) if entry.percent is not None else "",
        dues[Act(entry.act)].format(day=format_date(entry.due_on)) if entry.due_on else "",
        f"{_(MONEY_NAMES[Money(entry.money)])}: {format_dong(entry.amount)}" if entry.money else "",
        _("Văn bản {number}").format(number=entry.reference) if entry.reference else "",
    ]


# ---- an agency's own


def own_tasks(*, by: Actor) -> dict[str, Any]:
    """The open tasks of the agencies one speaks for, the most urgent first; then those done."""
    today = timezone.localdate()
    agencies = agencies_of(by)
    mine = {pk for agency in agencies for pk in predecessors_of(agency)}
    count = count_tasks(TaskScope(by_unit=True), today, by=by)
    rows = [row for row in count.rows if row.lead in mine]
    waiting = [row for row in count.rows if any(o.remover in mine for o in row.obstacles)]
    known = agencies_now({row.lead for row in (*rows, *waiting) if row.lead}, today)
    open_ones = [row for row in rows if row.bucket in {Bucket.OPEN_LATE, Bucket.OPEN_IN_TIME}]
    done = [row for row in rows if row.bucket in {Bucket.DONE_IN_TIME, Bucket.DONE_LATE}]
    found = dict.fromkeys(Bucket, 0)
    for row in rows:
        if row.bucket:
            found[row.bucket] += 1
    return {
        "agencies": agencies,
        "waiting": [
            {**part_row(row, known), "obstacles": [o for o in row.obstacles if o.remover in mine]}
            for row in waiting
        ],
        "as_of": today,
        "buckets": [
            {"count": found[bucket], "label": _(BUCKET_NAMES[bucket]),
             "kind": KINDS[bucket] if bucket is Bucket.OPEN_LATE else ""}
            for bucket in Bucket
        ],
        "sum": " + ".join(str(found[bucket]) for bucket in Bucket) + f" = {sum(found.values())}.",
        "open": [part_row(row, known) for row in sorted(open_ones, key=lambda r: (r.due_on or date.max, r.code))],
        "done": [part_row(row, known) for row in sorted(done, key=lambda r: r.done_on or today, reverse=True)],
    }  # fmt: skip


# ---- a new one


def conclusion(told: Mapping[str, Any]) -> dict[str, Any]:
    """What the assign page starts from: the session's conclusion, on what the chair was looking at."""
    today = timezone.localdate()
    return {
        "content": str(told.get("noi-dung", ""))[:4000],
        "lead": str(told.get("co-quan", "")),
        "title": f"{CONCLUSION}, {format_date(today)}",
        "signed_on": today,
    }


def conclusion_on(dossier: Dossier, *, by: Actor) -> dict[str, Any]:
    """From a dossier's course to the task that a session concludes: its province leads, no person is named."""
    content = _("Giải quyết dứt điểm hồ sơ {code} và rà soát các hồ sơ chậm cùng loại tại {agency}").format(
        code=dossier.code, agency=dossier.authority.name
    )
    told = {"noi-dung": content, "co-quan": dossier.authority.path.split("/")[0]}
    return {
        "may_assign": bool(plans_to_assign(by)),
        "assign_url": reverse("console_assign") + "?" + urlencode(told),
        "conclude_url": conclude_link(
            open_meeting_to_run(by=by), text=content, lead=told["co-quan"], dossier=dossier.code
        ),
    }


def assign(form: AssignForm, *, by: Actor) -> Task:
    """What the form gives, on the ground of its document."""
    told = form.cleaned_data
    return give_task(
        plan=form.chosen_plan, content=told["content"], leads=form.leads, product=told["product"],
        deadline=form.due, number=told["number"], signed_on=told["signed_on"], title=told["title"],
        kind=CONCLUSION, assigned_on=timezone.localdate(), by=by,
    )  # fmt: skip


def given(task: Task) -> str:
    return _("Đã giao nhiệm vụ {code}.").format(code=task.code)


# ---- a plan


def of_plan(code: str, asked: Question, *, by: Actor) -> dict[str, Any]:
    """A plan with who follows it, its targets, documents and tasks as they stood."""
    plan = find_plan(code, by=by)
    here = asked.of(programme="", plan=plan.code)
    count = count_tasks(here.scope, asked.as_of, asked.known_at, by=by)
    known = agencies_now({pk for row in count.rows for pk in row.leads}, asked.as_of)
    scoped = Question(
        here.scope, asked.as_of, asked.known_at, None, asked.meaning, asked.whole,
        {**asked.told, "pham-vi": f"{plan.programme.code}/{plan.code}"},
    )  # fmt: skip
    return {
        "asked": scoped,
        "plan": plan,
        "count": count,
        "chips": chips(scoped, count.counts),
        "sum": adds_up(count.counts),
        "groups": groups_of(plan, asked, count.known_at, by=by),
        "members": members_of(plan.body, asked.as_of),
        "targets": targets_of(plan),
        "documents": documents_of(plan),
        "lasting": reverse("console_plan", args=[plan.code]) + asked.lasting(count.known_at),
        "late_number": count.counts.late(),
        "money": money_rows(
            funds_of(
                [pk for row in count.rows for pk in (row.id, *(part.id for part in row.parts))],
                asked.as_of,
                count.known_at,
                by=by,
            )
        ),
        "rows": [part_row(row, known) for row in count.rows],
        "may_assign": any(each.pk == plan.pk for each in plans_to_assign(by)),
    }


def groups_of(plan: Plan, asked: Question, known_at: Any, *, by: Actor) -> str:
    """ "20 nhiệm vụ chung + 61 nhiệm vụ cụ thể = 81", where the plan divides its tasks so."""
    found = {
        group: count_tasks(TaskScope(plan=plan.code, group=group), asked.as_of, known_at, by=by).counts.total
        for group in Group
    }
    if not all(found.values()):
        return ""
    told = " + ".join(f"{number} {_(GROUP_NAMES[group])}" for group, number in found.items())
    return f"{told} = {sum(found.values())}."
