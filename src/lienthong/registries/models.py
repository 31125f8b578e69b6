"""Sources, files received, their runs, sector records with provenance, and counts of kept rules."""

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lienthong.documents.public import StoredFile
from lienthong.identity.public import WHOLE_COUNTRY, Actor, Role
from lienthong.organisations.public import Organisation
from lienthong.registries.states import BatchState, Stage, Verdict
from lienthong.territory.public import Unit


def duty_codes(by: Actor) -> list[str]:
    """Codes of the agencies at which somebody is a steward; "VN" for the whole country."""
    return [duty.organisation for duty in by.duties if duty.role is Role.STEWARD]


def of_agencies(codes: list[str], prefix: str = "") -> Q:
    """Whatever hangs on a source that one of these agencies owns or keeps."""
    return Q(**{f"{prefix}owner__code__in": codes}) | Q(**{f"{prefix}keeper__code__in": codes})


class Source(models.Model):
    """A sector's register as it is sent here: whose it is, by which schema, who keeps it clean."""

    code = models.SlugField(_("mã nguồn"), max_length=40, unique=True)
    schema = models.CharField(_("mẫu dữ liệu"), max_length=40, help_text="A schema of data.sources.")
    name = models.CharField(_("tên"), max_length=200)
    owner = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("cơ quan chủ quản"),
        help_text="Whose data these are, and who answers for conflicts.",
    )
    keeper = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("cơ quan làm sạch"),
        help_text="Whose stewards decide; empty: stewards of the whole country only.",
    )
    mapping = models.JSONField(
        default=dict, blank=True, help_text="{heading, folded: field}, as last accepted."
    )

    class Meta:
        verbose_name = _("nguồn dữ liệu")
        verbose_name_plural = _("nguồn dữ liệu")

    def __str__(self) -> str:
        return self.name


class BatchQuerySet(models.QuerySet["Batch"]):
    def visible_to(self, viewer: Actor) -> Self:
        """A steward's: of his agency's sources, or sent by his agency; all with a duty over the country."""
        codes = duty_codes(viewer)
        if WHOLE_COUNTRY in codes or viewer.is_system:
            return self
        return self.filter(of_agencies(codes, "source__") | Q(sender__code__in=codes))


class Batch(models.Model):
    """One file received from a source: kept whole, previewed, accepted, run."""

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="batches")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64, help_text="Of the content: the same content is received once.")
    name = models.CharField(_("tên tệp"), max_length=120)
    sender = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("cơ quan gửi"),
    )
    state = models.CharField(
        _("trạng thái"), max_length=10, choices=[(s.value, s.value) for s in BatchState], default="received"
    )
    received_at = models.DateTimeField(_("nhận lúc"), default=timezone.now)
    received_by = models.CharField(_("người nhận"), max_length=100)
    preview = models.JSONField(default=dict, help_text="intake.Preview, as shown before anything is taken.")
    plan = models.JSONField(default=dict, blank=True, help_text="intake.Plan accepted.")
    replaces = models.BooleanField(
        default=True, help_text="Stands in the place of what the same sender sent of this source before."
    )
    replaced_on = models.DateField(
        null=True, help_text="First day on which a newer file stands in its place."
    )
    counted_on = models.DateField(null=True, help_text="First day on which it counts.")
    replaced_by = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    marked = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, related_name="+", help_text="The marked workbook."
    )
    accepted_at = models.DateTimeField(_("xác nhận lúc"), null=True, blank=True)
    accepted_by = models.CharField(_("người xác nhận"), max_length=100, blank=True, default="")
    version = models.PositiveIntegerField(
        default=0, help_text="Grows with each act: guards against two at once."
    )

    objects = BatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("tệp nhận")
        verbose_name_plural = _("tệp nhận")
        constraints = [
            models.UniqueConstraint(
                fields=["source", "sha256"],
                condition=~Q(state="withdrawn"),
                name="registries_batch_received_once",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[s.value for s in BatchState]), name="registries_batch_state"
            ),
        ]
        indexes = [models.Index(fields=["source", "-received_at"], name="registries_batch_latest")]

    def __str__(self) -> str:
        return self.name


class Run(models.Model):
    """The run of one batch: the stage it is at, how far, and what came out."""

    batch = models.OneToOneField(Batch, on_delete=models.PROTECT, primary_key=True, related_name="run")
    stage = models.CharField(max_length=10, choices=[(s.value, s.value) for s in Stage], default="read")
    done = models.BigIntegerField(default=0, help_text="Rows the stage has passed.")
    total = models.BigIntegerField(null=True, help_text="Rows the stage has to pass; empty: not known yet.")
    began_at = models.DateTimeField(default=timezone.now)
    beat_at = models.DateTimeField(default=timezone.now, help_text="When a worker last said it is alive.")
    finished_at = models.DateTimeField(null=True)
    rows = models.BigIntegerField(default=0)
    verdicts = models.JSONField(default=dict, help_text="{verdict: records}")
    errors = models.JSONField(default=dict, help_text="{rule: cells that broke it}")
    trouble = models.TextField(blank=True, default="", help_text="Why it stopped, in words to act on.")

    class Meta:
        verbose_name = _("lần đối chiếu")
        verbose_name_plural = _("lần đối chiếu")

    def __str__(self) -> str:
        return f"{self.batch_id} {self.stage}"


class RecordQuerySet(models.QuerySet["Record"]):
    def visible_to(self, viewer: Actor) -> Self:
        """A steward's: of his agency's sources, of files his agency sent, or of his agency's territory."""
        codes = duty_codes(viewer)
        if WHOLE_COUNTRY in codes or viewer.is_system:
            return self
        return self.filter(
            of_agencies(codes, "source__") | Q(batch__sender__code__in=codes) | Q(unit__in=units_of(codes))
        )

    def current(self) -> Self:
        return self.filter(superseded=False)


def units_of(codes: list[str]) -> list[int]:
    """Communes that committees of these codes have authority over: their own, or those of their province."""
    places = Organisation.objects.filter(
        code__in=codes, kind__in=["commune_committee", "province_committee"], unit__isnull=False
    ).values_list("unit_id", flat=True)
    above = list(places)
    return [*above, *Unit.objects.filter(parent__in=above).values_list("pk", flat=True)] if above else []


class Record(models.Model):
    """One row of a sector's file, as it was read, with its verdict and what it is tied to.

    `values` never change. What a steward ties it to is in `personal_number`, and how it came to that
    in `changes`. The table is split by the hash of the id into 16; ids are `rules.record_id`.
    """

    id = models.BigIntegerField(primary_key=True)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+", db_index=False)
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="records", db_index=False)
    row = models.IntegerField(help_text="In the file, as the sender sees it.")
    key = models.TextField(help_text="The sector's own number of the record; else the row.")
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="+", null=True, db_index=False, verbose_name=_("địa bàn")
    )
    name = models.TextField(blank=True, default="", help_text="For lists: the full name as read.")
    values = models.JSONField(help_text="{field: text as read, NFC}")
    failed = ArrayField(models.TextField(), default=list, help_text="Codes of the rules it breaks.")
    verdict = models.TextField(choices=[(v.value, v.value) for v in Verdict])
    personal_number = models.TextField(blank=True, default="", help_text="Tied to; empty: to nobody.")
    candidate = models.TextField(blank=True, default="", help_text="The personal number linkage named.")
    score = models.FloatField(null=True, help_text="From 0 to 1: how sure linkage is.")
    reasons = models.JSONField(default=list, help_text="[{code, bits, sentence}]: linkage's, for people.")
    tied_by = models.TextField(default="machine", help_text='"machine", or the act that tied or untied it.')
    superseded = models.BooleanField(default=False, help_text="A newer record stands in its place.")
    changes_made = models.IntegerField(default=0)

    objects = RecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("bản ghi")
        verbose_name_plural = _("bản ghi")
        indexes = [
            models.Index(fields=["batch", "verdict", "row"], name="registries_record_of_batch"),
            models.Index(fields=["source", "key"], name="registries_record_key"),
            models.Index(fields=["source", "unit", "verdict"], name="registries_record_place"),
        ]

    def __str__(self) -> str:
        return f"record:{self.pk}"


class Change(models.Model):
    """One change to what a record is tied to: from which, to which, by whom, on what ground. Never changed."""

    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="changes")
    number = models.IntegerField(help_text="Counts from 1 within the record.")
    at = models.DateTimeField(default=timezone.now)
    actor = models.CharField(max_length=100)
    actor_name = models.CharField(max_length=150)
    ground = models.TextField()
    ref = models.CharField(max_length=60, help_text='What brought it about: "case:17".')
    before = models.JSONField()
    after = models.JSONField()

    class Meta:
        verbose_name = _("lần sửa bản ghi")
        verbose_name_plural = _("lần sửa bản ghi")
        constraints = [
            models.UniqueConstraint(fields=["record", "number"], name="registries_change_numbered"),
            models.UniqueConstraint(fields=["record", "ref"], name="registries_change_once_an_act"),
            models.CheckConstraint(condition=~Q(ground=""), name="registries_change_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.record_id}/{self.number}"


class RuleCount(models.Model):
    """How many records of a file in a commune kept a rule, of how many it was asked of.

    Counts add up over communes, files and sources, and scores follow from the sums: `queries.quality`.
    """

    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="counts", db_index=False)
    commune = models.TextField(help_text="Unit code as the records give it; empty: none given.")
    rule = models.TextField()
    field = models.TextField()
    criterion = models.TextField()
    satisfied = models.BigIntegerField()
    assessed = models.BigIntegerField()

    class Meta:
        verbose_name = _("số đếm quy tắc")
        verbose_name_plural = _("số đếm quy tắc")
        constraints = [
            models.UniqueConstraint(
                fields=["batch", "commune", "rule", "field", "criterion"],
                name="registries_rulecount_once_a_file",
            ),
            models.CheckConstraint(
                condition=Q(satisfied__gte=0, satisfied__lte=F("assessed")),
                name="registries_rulecount_part_of_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.batch_id} {self.rule}"
