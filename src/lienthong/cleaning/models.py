"""Cases with their ledger, rules decided for many at once, and merges of two people of the register."""

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Case as Choose
from django.db.models import F, Q, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lienthong.cleaning.states import FOR_OWNER, FOR_STEWARD, CaseState, Choice, MergeState
from lienthong.identity.public import WHOLE_COUNTRY, Actor
from lienthong.registries.public import Batch, Record, Source, duty_codes, of_agencies, units_of
from lienthong.territory.public import Unit


class CaseQuerySet(models.QuerySet["Case"]):
    def visible_to(self, viewer: Actor) -> Self:
        """A steward's: of his agency's sources, or of his agency's territory; all with a duty over the country."""
        codes = duty_codes(viewer)
        if WHOLE_COUNTRY in codes or viewer.is_system:
            return self
        return self.filter(of_agencies(codes, "source__") | Q(unit__in=units_of(codes)))

    def waiting(self) -> Self:
        return self.exclude(state=CaseState.SETTLED)

    def for_stewards(self) -> Self:
        return self.filter(state__in=FOR_STEWARD)

    def for_owners(self) -> Self:
        return self.filter(state__in=FOR_OWNER)

    def first_things_first(self) -> Self:
        """The owner's answer first, then what waits longest; the same order for everybody."""
        return self.order_by(F("due_at").asc(nulls_last=True), "-score", "pk")


class Case(models.Model):
    """One record on which a person must decide. The machine proposes; a steward decides; acts say who and why."""

    record = models.OneToOneField(Record, on_delete=models.PROTECT, related_name="case")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+", verbose_name=_("nguồn"))
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="+", null=True, verbose_name=_("địa bàn")
    )
    verdict = models.CharField(_("kết luận"), max_length=20)
    fields = ArrayField(
        models.TextField(), default=list, help_text="Fields that differ, as linkage named them."
    )
    score = models.FloatField(null=True)
    candidates = models.JSONField(
        default=list, help_text="[{number, score, reasons}]: people of the register it may be, best first."
    )
    other = models.ForeignKey(
        Record,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        help_text="The record of the same source that a duplicate repeats.",
    )
    state = models.CharField(
        _("trạng thái"), max_length=12, choices=[(s.value, s.value) for s in CaseState], default="open"
    )
    acts = models.PositiveIntegerField(default=0, help_text="Guards against two stewards at once.")
    opened_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(null=True, help_text="By when the owner agency must answer.")
    asked_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    choice = models.CharField(
        max_length=20, blank=True, default="", choices=[(c.value, c.value) for c in Choice]
    )
    person = models.TextField(
        blank=True, default="", help_text="The personal number the choice names, held by value."
    )
    proposed_by = models.CharField(max_length=100, blank=True, default="")

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("việc làm sạch")
        verbose_name_plural = _("việc làm sạch")
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[s.value for s in CaseState]), name="cleaning_case_state"
            ),
            models.CheckConstraint(
                condition=Q(state="settled", closed_at__isnull=False)
                | (~Q(state="settled") & Q(closed_at__isnull=True)),
                name="cleaning_case_closed_when_settled",
            ),
            models.CheckConstraint(
                condition=~Q(state="proposed") | ~Q(proposed_by=""), name="cleaning_case_proposed_by_somebody"
            ),
        ]
        indexes = [
            models.Index(fields=["source", "state", "verdict"], name="cleaning_case_queue"),
            models.Index(fields=["unit", "state"], name="cleaning_case_place"),
            models.Index(
                fields=["due_at"], condition=Q(state__in=["with_owner", "fixing"]), name="cleaning_case_due"
            ),
        ]

    def __str__(self) -> str:
        return f"case:{self.pk}"


class CaseAct(models.Model):
    """One act on a case. Never changed: the application's role may only insert here."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="ledger")
    number = models.IntegerField(help_text="Counts from 1 within the case.")
    act = models.CharField(max_length=12)
    at = models.DateTimeField()
    actor = models.CharField(max_length=100)
    actor_name = models.CharField(max_length=150)
    choice = models.CharField(max_length=20, blank=True, default="")
    person = models.TextField(blank=True, default="")
    ground = models.TextField(_("căn cứ"), blank=True, default="")
    before = models.CharField(max_length=12, blank=True, default="")
    after = models.CharField(max_length=12)
    due_after = models.DateTimeField(null=True)
    facts = models.JSONField(default=dict)
    sweep = models.ForeignKey(
        "Sweep", on_delete=models.PROTECT, null=True, related_name="+", help_text="The rule it came from."
    )

    class Meta:
        verbose_name = _("lần xử lý")
        verbose_name_plural = _("lần xử lý")
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="cleaning_caseact_numbered"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.number} {self.act}"


class Sweep(models.Model):
    """One rule decided for many cases: which, what, on what ground; then carried out piece by piece."""

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+", null=True)
    rule = models.JSONField(help_text="The filter, as typed.")
    act = models.CharField(max_length=12)
    choice = models.CharField(max_length=20, blank=True, default="")
    ground = models.TextField()
    began_at = models.DateTimeField(default=timezone.now)
    actor = models.CharField(max_length=100)
    actor_name = models.CharField(max_length=150)
    duties = models.JSONField(default=list, help_text="[[role, agency]] that it was begun in.")
    ended_at = models.DateTimeField(null=True)
    total = models.IntegerField(default=0)
    done = models.IntegerField(default=0)
    refused = models.IntegerField(default=0)

    class Meta:
        verbose_name = _("đợt quyết định")
        verbose_name_plural = _("đợt quyết định")
        constraints = [
            models.CheckConstraint(condition=~Q(ground=""), name="cleaning_sweep_says_why"),
        ]

    def __str__(self) -> str:
        return f"sweep:{self.pk}"


class SweepCase(models.Model):
    """A case that a rule was decided for, frozen when it began, and what came of it."""

    sweep = models.ForeignKey(Sweep, on_delete=models.PROTECT, related_name="cases")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=8, blank=True, default="", help_text='"", "done" or "refused".')
    why = models.TextField(blank=True, default="")

    class Meta:
        verbose_name = _("việc trong đợt")
        verbose_name_plural = _("việc trong đợt")
        constraints = [
            models.UniqueConstraint(fields=["sweep", "case"], name="cleaning_sweepcase_once"),
        ]
        indexes = [
            models.Index(fields=["sweep", "case"], condition=Q(outcome=""), name="cleaning_sweepcase_left"),
        ]

    def __str__(self) -> str:
        return f"{self.sweep_id}/{self.case_id}"


class MergeQuerySet(models.QuerySet["Merge"]):
    def visible_to(self, viewer: Actor) -> Self:
        """Stewards of the territory of either record; all with a duty over the country."""
        codes = duty_codes(viewer)
        if WHOLE_COUNTRY in codes or viewer.is_system:
            return self
        places = units_of(codes)
        return self.filter(Q(one_unit__in=places) | Q(other_unit__in=places))

    def waiting(self) -> Self:
        return self.filter(state__in=[MergeState.OPEN, MergeState.PROPOSED])

    def first_things_first(self) -> Self:
        """What waits for the second pair of eyes; then whom people asked about, then the heaviest; answered ones last."""
        turn = Choose(
            When(state=MergeState.PROPOSED, then=0), When(state=MergeState.OPEN, then=1), default=2,
            output_field=models.SmallIntegerField(),
        )  # fmt: skip
        return self.annotate(turn=turn).order_by(
            "turn", F("weight").desc(nulls_first=True), "-changed_at", "-pk"
        )


class Merge(models.Model):
    """Under which number a person goes on: whether two records of the register are one person; or, with `other` empty,
    whether one record goes on under a new number. Numbers are held by value, the smaller first.
    """

    one = models.TextField(help_text="Personal number.")
    other = models.TextField(
        blank=True, default="", help_text="Personal number; empty: `one` is to be renumbered."
    )
    one_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    other_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    state = models.CharField(
        _("trạng thái"), max_length=12, choices=[(s.value, s.value) for s in MergeState], default="open"
    )
    kept = models.TextField(blank=True, default="", help_text="The number that is proposed to go on.")
    taken = ArrayField(
        models.TextField(),
        default=list,
        help_text="Fields in which the record to be cancelled is the right one.",
    )
    changes = models.JSONField(
        default=dict, help_text="Of a renumbering: birth and sex as the paper says them."
    )
    paper = models.TextField(blank=True, default="", help_text="As a source: decision:12/QĐ-UBND.")
    paper_on = models.DateField(null=True, help_text="The day of the paper; a new number holds from it.")
    weight = models.FloatField(
        null=True, help_text="Bits, as a search weighed it; empty where a person asked."
    )
    evidence = models.JSONField(
        default=list,
        help_text="[[field, level, bits, bearers]] of data.duplicates; no value of either record.",
    )
    acts = models.PositiveIntegerField(default=0, help_text="Guards against two stewards at once.")
    opened_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)
    proposed_by = models.CharField(max_length=100, blank=True, default="")

    objects = MergeQuerySet.as_manager()

    class Meta:
        verbose_name = _("đề nghị gộp")
        verbose_name_plural = _("đề nghị gộp")
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="cleaning_merge_asked_once"),
            models.CheckConstraint(
                condition=Q(one__lt=F("other")) | Q(other=""), name="cleaning_merge_smaller_first"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[s.value for s in MergeState]), name="cleaning_merge_state"
            ),
            models.CheckConstraint(
                condition=~Q(state="proposed")
                | (~Q(proposed_by="") & (~Q(kept="") | (Q(other="") & ~Q(paper="")))),
                name="cleaning_merge_proposed_by_somebody",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "-changed_at"], name="cleaning_merge_list"),
            models.Index(fields=["state", "-weight"], name="cleaning_merge_heaviest"),
            models.Index(fields=["other"], name="cleaning_merge_other"),
        ]

    def __str__(self) -> str:
        return f"merge:{self.pk}"

    @property
    def merged(self) -> str:
        """The number that is proposed to be cancelled; empty while none is."""
        return "" if not self.kept else self.other if self.kept == self.one else self.one

    @property
    def renumbers(self) -> bool:
        return not self.other


class MergeLine(models.Model):
    """One act on a merge. Never changed: the application's role may only insert here."""

    merge = models.ForeignKey(Merge, on_delete=models.PROTECT, related_name="ledger")
    number = models.IntegerField(help_text="Counts from 1 within the merge.")
    act = models.CharField(max_length=12)
    at = models.DateTimeField(default=timezone.now)
    actor = models.CharField(max_length=100)
    actor_name = models.CharField(max_length=150)
    kept = models.TextField(blank=True, default="")
    taken = ArrayField(models.TextField(), default=list)
    changes = models.JSONField(default=dict)
    paper = models.TextField(_("giấy tờ"), blank=True, default="")
    paper_on = models.DateField(null=True)
    ground = models.TextField(_("căn cứ"), blank=True, default="")
    before = models.CharField(max_length=12, blank=True, default="")
    after = models.CharField(max_length=12)
    life_act = models.UUIDField(null=True, help_text="What it wrote in the lives of the register.")

    class Meta:
        verbose_name = _("lần xử lý đề nghị gộp")
        verbose_name_plural = _("lần xử lý đề nghị gộp")
        constraints = [
            models.UniqueConstraint(fields=["merge", "number"], name="cleaning_mergeline_numbered"),
        ]

    def __str__(self) -> str:
        return f"{self.merge_id}/{self.number} {self.act}"


class DuplicateSearch(models.Model):
    """One search of the register for people who are in it twice, and what came of it."""

    at = models.DateTimeField(default=timezone.now)
    actor = models.CharField(max_length=100)
    reading = models.UUIDField(help_text="The reading of many people it rests on, as population noted it.")
    people = models.BigIntegerField()
    pairs = models.IntegerField(help_text="Found, new and known alike.")
    opened = models.IntegerField(help_text="Asked about for the first time, or again.")
    lapsed = models.IntegerField()
    twins = models.IntegerField(help_text="Pairs recognised as twins and left out.")
    cut = models.IntegerField(help_text="Lighter pairs, past the most that is kept.")

    class Meta:
        verbose_name = _("lần dò người trùng")
        verbose_name_plural = _("lần dò người trùng")

    def __str__(self) -> str:
        return f"duplicates:{self.pk}"
