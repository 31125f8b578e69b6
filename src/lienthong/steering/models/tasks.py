"""Tasks and their ledger. What a task is never changes; what happens to it is appended, with two times.

The database refuses any change of a line (0002_tasks.sql).
"""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from lienthong.documents.public import StoredFile
from lienthong.organisations.public import Organisation
from lienthong.steering.models.programmes import Plan, SourceDocument
from lienthong.steering.rules.deadlines import Deadline
from lienthong.steering.rules.standing import Entry
from lienthong.steering.states import (
    ACT_NAMES,
    CAUSE_NAMES,
    DEADLINE_NAMES,
    EVERY_NAMES,
    GROUP_NAMES,
    MONEY_NAMES,
    Act,
    Cause,
    DeadlineKind,
    Every,
    Group,
    Money,
)


class Task(models.Model):
    """Something concrete that a document assigns (QĐ 42/2014/QĐ-TTg), not a routine duty.

    Assigned to several units it is a parent without a lead and one part each; the parent's standing
    is that of its parts together.
    """

    code = models.TextField(_("mã nhiệm vụ"), unique=True)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="tasks")
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="parts")
    lead = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("chủ trì"),
        help_text="Empty for a task done unit by unit.",
    )  # fmt: skip
    partners = models.ManyToManyField(Organisation, related_name="+", verbose_name=_("phối hợp"))
    documents = models.ManyToManyField(SourceDocument, related_name="tasks", verbose_name=_("văn bản giao"))
    content = models.TextField(_("nội dung"))
    product = models.TextField(_("sản phẩm"), blank=True)
    group = models.TextField(choices=[(each.value, GROUP_NAMES[each]) for each in Group], blank=True)
    focus = models.BooleanField(_("trọng tâm"), default=False)
    deadline_kind = models.TextField(choices=[(each.value, DEADLINE_NAMES[each]) for each in DeadlineKind])
    first_due_on = models.DateField(_("thời hạn ban đầu"), null=True)
    deadline_event = models.TextField(_("sự kiện"), blank=True)
    deadline_days = models.PositiveSmallIntegerField(default=0)
    every = models.TextField(choices=[(each.value, EVERY_NAMES[each]) for each in Every], blank=True)
    every_day = models.PositiveSmallIntegerField(default=0)
    until = models.DateField(null=True)

    class Meta:
        verbose_name = _("nhiệm vụ")
        verbose_name_plural = _("nhiệm vụ")
        constraints = [
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | Q(lead__isnull=False), name="steering_task_part_has_lead"
            ),
            models.CheckConstraint(condition=~Q(parent=F("id")), name="steering_task_not_in_itself"),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def deadline(self) -> Deadline:
        return Deadline(
            kind=DeadlineKind(self.deadline_kind),
            due_on=self.first_due_on,
            event=self.deadline_event,
            days=self.deadline_days,
            every=Every(self.every) if self.every else None,
            day=self.every_day,
            until=self.until,
        )


class TaskEntry(models.Model):
    """A line of the ledger: what happened to a task on a day, and when that was recorded."""

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="entries")
    act = models.TextField(choices=[(each.value, ACT_NAMES[each]) for each in Act])
    happened_on = models.DateField(_("ngày xảy ra"))
    recorded_at = models.DateTimeField(_("ghi nhận lúc"), db_default=Now())
    actor = models.TextField(help_text='An actor: "account:17".')
    actor_name = models.TextField(_("người ghi"))
    text = models.TextField(_("nội dung"), blank=True)
    proposal = models.TextField(_("đề xuất"), blank=True)
    reference = models.TextField(_("văn bản"), blank=True, help_text="Number of the document it rests on.")
    due_on = models.DateField(null=True, help_text="What the act sets, asks for or promises.")
    cause = models.TextField(choices=[(each.value, CAUSE_NAMES[each]) for each in Cause], blank=True)
    remover = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("ai gỡ được")
    )
    percent = models.PositiveSmallIntegerField(null=True)
    money = models.TextField(choices=[(each.value, MONEY_NAMES[each]) for each in Money], blank=True)
    amount = models.BigIntegerField(default=0, help_text="Dong.")
    answers = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="answered_by")
    retracts = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="retracted_by")

    class Meta:
        verbose_name = _("dòng theo dõi")
        verbose_name_plural = _("dòng theo dõi")
        indexes = [models.Index(fields=["task", "happened_on"], name="steering_entry_of_task")]
        constraints = [
            models.CheckConstraint(
                condition=Q(percent__isnull=True) | Q(percent__lte=100), name="steering_entry_percent"
            ),
            models.CheckConstraint(
                condition=Q(act="retracted", retracts__isnull=False)
                | (~Q(act="retracted") & Q(retracts__isnull=True)),
                name="steering_entry_retracts_one",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.act} {self.task_id}"

    @property
    def entry(self) -> Entry:
        return Entry(
            id=self.pk,
            act=Act(self.act),
            on=self.happened_on,
            recorded_at=self.recorded_at,
            due_on=self.due_on,
            cause=Cause(self.cause) if self.cause else None,
            money=Money(self.money) if self.money else None,
            amount=self.amount,
            percent=self.percent,
            answers=self.answers_id,
            retracts=self.retracts_id,
        )


class Evidence(models.Model):
    """A file that a line rests on; its SHA-256 is in the file's row."""

    entry = models.ForeignKey(TaskEntry, on_delete=models.PROTECT, related_name="evidence")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("minh chứng")
        verbose_name_plural = _("minh chứng")
        constraints = [models.UniqueConstraint(fields=["entry", "file"], name="steering_evidence_once")]

    def __str__(self) -> str:
        return str(self.file)
