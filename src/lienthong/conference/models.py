"""A meeting as it was prepared, and its ledger: what happened in it, appended line by line.

The database refuses any change of a line, a conclusion, or the link to its task (0001_meetings.sql).
"""

from typing import Self

from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lienthong.conference.rules.room import Line
from lienthong.conference.states import ACT_NAMES, MOVES, STATE_NAMES, TURNS, Act, State
from lienthong.documents.public import StoredFile
from lienthong.identity.public import WHOLE_COUNTRY, Actor, Role
from lienthong.organisations.public import Organisation, lineage_ids
from lienthong.steering.public import Body, Membership, Plan, Task, agencies_of


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def visible_to(self, viewer: Actor) -> Self:
        """Of the bodies that the viewer sits in, of the whole country to its committee and auditors, and
        of the agencies that the viewer speaks for."""
        if viewer.is_system:
            return self
        seats = Membership.objects.on(timezone.localdate()).filter(account=viewer.account_id)
        wide = viewer.has(Role.COMMITTEE, Role.AUDITOR, at=WHOLE_COUNTRY)
        sites = Site.objects.filter(agency__in=spoken_for(viewer))
        seen = Q(body__in=seats.values("body")) | Q(pk__in=sites.values("meeting"))
        return self.filter(seen | Q(body__host__isnull=True) if wide else seen)

    def with_state(self) -> Self:
        """Adds `turn`, the last act that changed the state; read it by `state`."""
        return self.annotate(turn=_last_turn())

    def in_state(self, *states: State) -> Self:
        turns = [act for act, move in MOVES.items() if move.after in states]
        return self.annotate(turn=_last_turn()).filter(turn__in=turns)


def _last_turn() -> Subquery:
    last = MeetingLine.objects.filter(meeting=OuterRef("pk"), act__in=TURNS).order_by("-number")
    return Subquery(last.values("act")[:1])


def spoken_for(viewer: Actor) -> set[int]:
    """Ids of the agencies that the viewer speaks for, and of those whose work these carry on."""
    return {pk for agency in agencies_of(viewer) for pk in lineage_ids(agency.pk)[0]}


class Meeting(models.Model):
    """A session of a body (phiên họp), with its sites connected (hội nghị trực tuyến)."""

    code = models.TextField(_("mã"), unique=True)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+", verbose_name=_("tổ chức"))
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="+", verbose_name=_("kế hoạch"))
    title = models.TextField(_("tên"))
    starts_at = models.DateTimeField(_("họp lúc"))
    as_of = models.DateField(_("số liệu tính đến"), help_text="What the screens of the meeting show.")

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("phiên họp")
        verbose_name_plural = _("phiên họp")

    def __str__(self) -> str:
        return self.code

    @property
    def state(self) -> State:
        """Of a meeting read `with_state`."""
        return MOVES[Act(self.turn)].after or State.PLANNED  # type: ignore[attr-defined]  # annotated

    @property
    def state_name(self) -> str:
        return STATE_NAMES[self.state]


class Site(models.Model):
    """A connected place (điểm cầu): an agency's, or the centre, where the body itself sits."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="sites")
    agency = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("cơ quan"),
        help_text="Empty: the centre.",
    )  # fmt: skip

    class Meta:
        verbose_name = _("điểm cầu")
        verbose_name_plural = _("điểm cầu")
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "agency"], nulls_distinct=False, name="conference_site_once"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return self.agency.name if self.agency else str(_("Điểm cầu trung tâm"))

    @property
    def sort_key(self) -> str:
        """The centre first, then by the place's name."""
        if self.agency is None:
            return ""
        return self.agency.unit.sort_key if self.agency.unit else self.agency.sort_key

    @property
    def short_name(self) -> str:
        """ "Đồng Tháp": of a province, its plain name."""
        if self.agency is None:
            return str(_("Trung tâm"))
        return self.agency.unit.short_name if self.agency.unit else self.agency.short_name


class AgendaItem(models.Model):
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="items")
    number = models.PositiveSmallIntegerField()
    title = models.TextField(_("nội dung"))
    presenter = models.TextField(_("người trình bày"), blank=True)
    minutes = models.PositiveSmallIntegerField(_("số phút dự kiến"))

    class Meta:
        verbose_name = _("nội dung họp")
        verbose_name_plural = _("nội dung họp")
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["meeting", "number"], name="conference_item_in_order")]

    def __str__(self) -> str:
        return self.title


class MeetingPaper(models.Model):
    """A file that an item rests on; its SHA-256 is in the file's row."""

    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="papers")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("tài liệu họp")
        verbose_name_plural = _("tài liệu họp")
        constraints = [models.UniqueConstraint(fields=["item", "file"], name="conference_paper_once")]

    def __str__(self) -> str:
        return self.file.name


class MeetingLine(models.Model):
    """A line of the ledger: what happened, when, and when that was recorded.

    `number` counts from 1 without gaps, so that two writers who passed the lock would collide.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="lines")
    number = models.PositiveIntegerField()
    act = models.TextField(choices=[(each.value, ACT_NAMES[each]) for each in Act])
    happened_at = models.DateTimeField(_("lúc"))
    recorded_at = models.DateTimeField(_("ghi nhận lúc"), db_default=Now())
    actor = models.TextField(help_text='An actor: "account:17".')
    actor_name = models.TextField(_("người ghi"))
    site = models.ForeignKey(Site, on_delete=models.PROTECT, null=True, related_name="+")
    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, null=True, related_name="+")
    answers = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    name = models.TextField(_("họ và tên"), blank=True)
    post = models.TextField(_("chức vụ"), blank=True)
    text = models.TextField(_("nội dung"), blank=True)

    class Meta:
        verbose_name = _("dòng sổ phiên họp")
        verbose_name_plural = _("dòng sổ phiên họp")
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["meeting", "number"], name="conference_line_in_order")]

    def __str__(self) -> str:
        return f"{self.act} {self.meeting_id}"

    @property
    def line(self) -> Line:
        return Line(
            id=self.pk, number=self.number, act=Act(self.act), at=self.happened_at, site=self.site_id,
            item=self.item_id, answers=self.answers_id, name=self.name, post=self.post, text=self.text,
        )  # fmt: skip


class Conclusion(models.Model):
    """What the chair concluded: who shall do what by when."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="conclusions")
    line = models.OneToOneField(MeetingLine, on_delete=models.PROTECT, related_name="conclusion")
    number = models.PositiveSmallIntegerField()
    text = models.TextField(_("kết luận"))
    product = models.TextField(_("sản phẩm"), blank=True)
    due_on = models.DateField(_("thời hạn"))
    leads = models.ManyToManyField(Organisation, related_name="+", verbose_name=_("cơ quan phải làm"))
    dossier = models.TextField(blank=True, help_text="The code of the late dossier that the chair looked at.")

    class Meta:
        verbose_name = _("kết luận")
        verbose_name_plural = _("kết luận")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "number"], name="conference_conclusion_in_order")
        ]

    def __str__(self) -> str:
        return self.text


class ConclusionTask(models.Model):
    """A conclusion and the task it became."""

    conclusion = models.OneToOneField(Conclusion, on_delete=models.PROTECT, related_name="assigned")
    task = models.OneToOneField(Task, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("nhiệm vụ từ kết luận")
        verbose_name_plural = _("nhiệm vụ từ kết luận")

    def __str__(self) -> str:
        return self.task.code
