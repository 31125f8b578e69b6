"""What the pages on tasks show: counts with their rows, rankings, causes, who must act."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from lienthong.console.addresses import Question
from lienthong.identity.public import Actor
from lienthong.kit.words import format_date
from lienthong.organisations.public import Organisation
from lienthong.steering.public import (
    BUCKET_NAMES,
    CAUSE_NAMES,
    LATE_BUCKETS,
    LATE_NAMES,
    NO_CAUSE,
    WHOLE_NAMES,
    Bucket,
    Cause,
    Counts,
    Plan,
    TaskCount,
    TaskRow,
    agencies_now,
    count_tasks,
    movement,
    plans,
    ranks,
)

KINDS = {
    Bucket.DONE_IN_TIME: "done",
    Bucket.DONE_LATE: "soon",
    Bucket.OPEN_IN_TIME: "running",
    Bucket.OPEN_LATE: "late",
}
SLUGS = {
    "xong-dung-han": Bucket.DONE_IN_TIME,
    "xong-qua-han": Bucket.DONE_LATE,
    "trong-han": Bucket.OPEN_IN_TIME,
    "qua-han": Bucket.OPEN_LATE,
}
NAMES_OF_SLUGS = {bucket: slug for slug, bucket in SLUGS.items()}
CAUSES = {"the-che": Cause.INSTITUTIONS, "ha-tang": Cause.INFRASTRUCTURE, "con-nguoi": Cause.PEOPLE,
          "du-lieu": Cause.DATA, "kinh-phi": Cause.MONEY}  # fmt: skip
UNTOLD = "chua-bao-cao"
SHORT = 6
"""How many of the latest the overview lists."""


def url_of(task: str) -> str:
    return reverse("console_task", args=[task])


# ---- the page of counts


def board(asked: Question, *, by: Actor) -> dict[str, Any]:
    """Tasks by bucket, by unit with ranking, by cause, and those late the longest."""
    count = count_tasks(asked.scope, asked.as_of, asked.known_at, by=by)
    return {**short(asked, count), "units": unit_rows(asked, count, by=by)}


def summary(asked: Question, *, by: Actor) -> dict[str, Any]:
    """The same without units: for the national page and the wall."""
    return short(asked, count_tasks(asked.scope, asked.as_of, asked.known_at, by=by))


def short(asked: Question, count: TaskCount) -> dict[str, Any]:
    late = late_rows(count)
    known = agencies_now({pk for row in late[:SHORT] for pk in row.leads} | removers(late), asked.as_of)
    return {
        **head(asked, count),
        "chips": chips(asked, count.counts),
        "sum": adds_up(count.counts),
        "causes": cause_rows(asked, late),
        "late_total": len(late),
        "late": [late_row(row, known, asked) for row in late[:SHORT]],
    }


def head(asked: Question, count: TaskCount) -> dict[str, Any]:
    """What stands on every page of counts: scope, day, knowledge, meaning, share with its denominator."""
    counts = count.counts
    return {
        "asked": asked,
        "count": count,
        "counts": counts,
        "scope_words": scope_words(asked),
        "lasting": asked.lasting(count.known_at),
        "late_number": counts.late(asked.meaning),
        "late_words": _(LATE_NAMES[asked.meaning]),
        "whole": counts.whole(asked.whole),
        "whole_words": _(WHOLE_NAMES[asked.whole]),
        "late_share": counts.late_share(asked.meaning, asked.whole),
    }


def scope_words(asked: Question) -> str:
    """Which tasks were counted, in words."""
    if not (asked.scope.plan or asked.scope.programme):
        return _("mọi kế hoạch của mọi chương trình")
    named = {plan.code: plan for plan in plans()}
    if asked.scope.plan:
        plan = named.get(asked.scope.plan)
        return plan.name if plan else asked.scope.plan
    code = asked.scope.programme
    found = next((plan.programme.name for plan in named.values() if plan.programme.code == code), code)
    return _("mọi kế hoạch của chương trình {name}").format(name=found)


def chips(asked: Question, counts: Counts) -> list[dict[str, Any]]:
    return [
        {
            "count": counts.buckets[bucket],
            "label": _(BUCKET_NAMES[bucket]),
            "url": list_url(asked, nhom_han=NAMES_OF_SLUGS[bucket]),
            "kind": KINDS[bucket] if bucket in {Bucket.OPEN_LATE, Bucket.DONE_IN_TIME} else "",
        }
        for bucket in Bucket
    ]


def list_url(asked: Question, **changes: str) -> str:
    return reverse("console_task_list") + asked.query(**changes)


def adds_up(counts: Counts) -> str:
    """ "214 + 31 + 49 + 18 = 312", and what is in none of them."""
    told = " + ".join(str(counts.buckets[bucket]) for bucket in Bucket)
    words = [f"{told} = {counts.total}."]
    if counts.undated:
        words.append(
            _("Trong hạn có {count} nhiệm vụ chưa hoặc không có ngày đến hạn.").format(count=counts.undated)
        )
    if counts.cancelled:
        words.append(_("Không tính {count} nhiệm vụ đã thôi giao.").format(count=counts.cancelled))
    return " ".join(words)


# ---- by unit


@dataclass
class UnitRow:
    """One unit's counts, its rank by what was done in time, and the places won or lost."""

    agency: Organisation
    counts: Counts
    url: str
    rank: int | None = None
    moved: int | None = None
    inherited: bool = False
    """Some of its tasks were given to an agency whose work it carries on."""

    @property
    def share(self) -> Fraction | None:
        return self.counts.done_in_time_share

    @property
    def numbers(self) -> list[int]:
        return [self.counts.buckets[bucket] for bucket in Bucket]

    @property
    def in_time(self) -> int:
        return self.counts.buckets[Bucket.DONE_IN_TIME]

    @property
    def fallen(self) -> int:
        return -(self.moved or 0)

    @property
    def out_of(self) -> int:
        return self.counts.total - self.counts.buckets[Bucket.OPEN_IN_TIME]


def unit_rows(asked: Question, count: TaskCount, *, by: Actor) -> list[UnitRow]:
    """Each unit with what it leads, parts counted one by one; best first, ties on one rank."""
    parts = [part for row in count.rows for part in (row.parts or (row,))]
    rows = by_agency(parts, asked)
    now = ranks({pk: row.share for pk, row in rows.items()})
    moved: dict[int, int] = {}
    if asked.since:
        before = count_tasks(asked.scope, asked.since, count.known_at, by=by)
        earlier = by_agency([part for row in before.rows for part in (row.parts or (row,))], asked)
        moved = movement(now, ranks({pk: row.share for pk, row in earlier.items()}))
    for pk, row in rows.items():
        row.rank, row.moved = now.get(pk), moved.get(pk)
    return sorted(rows.values(), key=lambda row: (row.rank or len(rows) + 1, row.agency.sort_key))


def by_agency(parts: Iterable[TaskRow], asked: Question) -> dict[int, UnitRow]:
    """By the agency as it is called on the day, or who carries on its work."""
    parts = [part for part in parts if part.lead is not None and part.bucket is not None]
    known = agencies_now({part.lead for part in parts if part.lead}, asked.as_of)
    grouped: dict[int, list[TaskRow]] = {}
    for part in parts:
        grouped.setdefault(known[part.lead or 0].pk, []).append(part)
    agencies = {agency.pk: agency for agency in known.values()}
    return {
        pk: UnitRow(
            agencies[pk],
            _counts_of(mine),
            list_url(asked, don_vi=agencies[pk].code),
            inherited=any(part.lead != pk for part in mine),
        )
        for pk, mine in grouped.items()
    }


def _counts_of(rows: list[TaskRow]) -> Counts:
    found = dict.fromkeys(Bucket, 0)
    for row in rows:
        if row.bucket:
            found[row.bucket] += 1
    return Counts(found)


# ---- the late ones


def late_rows(count: TaskCount) -> list[TaskRow]:
    """Open and past their due day, the latest first."""
    rows = [row for row in count.rows if row.bucket is Bucket.OPEN_LATE]
    return sorted(rows, key=lambda row: (-row.days_late, row.code))


def removers(rows: Iterable[TaskRow]) -> set[int]:
    return {o.remover for row in rows for o in row.obstacles if o.remover is not None}


def cause_rows(asked: Question, late: list[TaskRow]) -> list[dict[str, Any]]:
    """Each cause with its late tasks; every task under one cause, so that they add up."""
    found = []
    for cause in (*Cause, None):
        rows = [row for row in late if row.cause is cause]
        if rows:
            found.append(
                {
                    "name": _(CAUSE_NAMES[cause]) if cause else _(NO_CAUSE),
                    "count": len(rows),
                    "share": Fraction(100 * len(rows), len(late)),
                    "longest": max(row.days_late for row in rows),
                    "url": cause_url(asked, cause),
                }
            )
    return sorted(found, key=lambda row: -row["count"])


def cause_url(asked: Question, cause: Cause | None) -> str:
    """The late tasks under one cause."""
    slugs: dict[Cause | None, str] = {each: slug for slug, each in CAUSES.items()}
    return reverse("console_late_tasks") + asked.query(nguyen_nhan=slugs.get(cause, UNTOLD))


def late_row(row: TaskRow, known: dict[int, Organisation], asked: Question) -> dict[str, Any]:
    return {
        "row": row,
        "url": url_of(row.code) + asked.query(),
        "lead": leads_of(row, known),
        "act": who_acts(row, known),
        "cause": _(CAUSE_NAMES[row.cause]) if row.cause else _(NO_CAUSE),
        "cause_url": cause_url(asked, row.cause),
        "obstacle": row.obstacles[0] if row.obstacles else None,
        "obstacle_url": url_of(row.code) + asked.query() + ("#vuong-mac" if row.parts else ""),
    }


def leads_of(row: TaskRow, known: dict[int, Organisation]) -> str:
    """The lead by name; of a task done unit by unit, how many of them are late."""
    if not row.parts:
        return known[row.lead].short_name if row.lead else ""
    late = [part for part in row.parts if part.bucket is row.bucket]
    return _("{late} trong {all} đơn vị").format(late=len(late), all=len(row.parts))


def who_acts(row: TaskRow, known: dict[int, Organisation]) -> str:
    """Who can remove the obstacle; where none is told, the lead must say why it is late."""
    named = [known[o.remover].short_name for o in row.obstacles if o.remover is not None]
    if named:
        return _("{who} gỡ vướng mắc").format(who=", ".join(dict.fromkeys(named)))
    if row.obstacles:
        return _("{who} tự gỡ").format(who=leads_of(row, known))
    return _("{who} phải báo cáo nguyên nhân").format(who=leads_of(row, known))


def late_page(asked: Question, cause: str, *, by: Actor) -> dict[str, Any]:
    """Every late task, its cause, and who must act."""
    count = count_tasks(asked.scope, asked.as_of, asked.known_at, by=by)
    late = late_rows(count)
    chosen = CAUSES.get(cause)
    rows = late if not cause else [row for row in late if row.cause is chosen]
    known = agencies_now({pk for row in rows for pk in row.leads} | removers(rows), asked.as_of)
    return {
        **head(asked, count),
        "causes": cause_rows(asked, late),
        "late_total": len(late),
        "chosen": cause,
        "chosen_name": (_(CAUSE_NAMES[chosen]) if chosen else _(NO_CAUSE)) if cause else "",
        "all_url": reverse("console_late_tasks") + asked.query(),
        "late": [late_row(row, known, asked) for row in rows],
    }


# ---- the rows behind a count


def listing(asked: Question, bucket: str, unit: str, *, by: Actor) -> dict[str, Any]:
    """The tasks behind a number: of a bucket, of a unit, or all."""
    narrowed = asked.of(by_unit=True) if unit else asked
    count = count_tasks(narrowed.scope, asked.as_of, asked.known_at, by=by)
    known = agencies_now({pk for row in count.rows for pk in row.leads}, asked.as_of)
    rows = [
        row
        for row in count.rows
        if (not bucket or row.bucket is SLUGS.get(bucket))
        and (not unit or (row.lead is not None and known[row.lead].code == unit))
    ]
    agency = next((one for one in known.values() if one.code == unit), None)
    return {
        **head(narrowed, count),
        "bucket": _(BUCKET_NAMES[SLUGS[bucket]]) if bucket in SLUGS else "",
        "unit": agency,
        "rows": [list_row(row, known, asked) for row in rows],
    }


def list_row(row: TaskRow, known: dict[int, Organisation], asked: Question) -> dict[str, Any]:
    return {
        "row": row,
        "url": url_of(row.code) + asked.query(),
        "lead": leads_words(row, known),
        "kind": KINDS[row.bucket] if row.bucket else "none",
        "word": bucket_words(row),
    }


def leads_words(row: TaskRow, known: dict[int, Organisation]) -> str:
    if row.parts:
        return _("{count} đơn vị").format(count=len(row.parts))
    return known[row.lead].short_name if row.lead else ""


def bucket_words(row: TaskRow) -> str:
    if row.bucket is None:
        return _("Đã thôi giao")
    words = _(BUCKET_NAMES[row.bucket]).capitalize()
    if row.bucket in LATE_BUCKETS[max(LATE_BUCKETS, key=lambda m: len(LATE_BUCKETS[m]))] and row.days_late:
        return _("{words}, {days} ngày").format(words=words, days=row.days_late)
    return words


# ---- filters


def choices_of_scope() -> list[tuple[str, str]]:
    """ "": all; "DA06": a programme; "DA06/DA06-2024": a plan of it."""
    found: list[tuple[str, str]] = [("", _("Mọi kế hoạch"))]
    grouped: dict[str, list[Plan]] = {}
    for plan in plans():
        grouped.setdefault(plan.programme.code, []).append(plan)
    for code, mine in sorted(grouped.items()):
        found.append((code, _("Chương trình: {name}").format(name=mine[0].programme.name)))
        found += [(f"{code}/{plan.code}", plan.name) for plan in mine]
    return found


def day_words(day: date) -> str:
    return format_date(day)
