"""Dossiers, their papers, and the ledger of every act. The partitioned tables are in 0001_dossiers.sql."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lienthong.documents.public import StoredFile
from lienthong.dossiers.rules import CHANNEL_NAMES, Channel, Life, Outcome
from lienthong.dossiers.states import ENDED, State
from lienthong.identity.public import Account, Actor, Role
from lienthong.organisations.public import Organisation
from lienthong.procedures.public import ProcedureVersion

YEAR = 10**11
"""Ids begin with the year of filing, so that a range of ids is a year and a partition."""


class DossierQuerySet(models.QuerySet["Dossier"]):
    def visible_to(self, viewer: Actor) -> Self:
        """A citizen's own; an officer's, where one of the three organisations is that of the duty."""
        if viewer.personal_number:
            return self.filter(applicant_number=viewer.personal_number)
        codes = {duty.organisation for duty in viewer.duties if duty.role in OFFICE_ROLES}
        # Named one by one: with a query in their place PostgreSQL would not use the three indexes.
        mine = list(Organisation.objects.filter(code__in=codes).values_list("pk", flat=True))
        return self.filter(Q(authority__in=mine) | Q(reception__in=mine) | Q(helped_at__in=mine))

    def open(self) -> Self:
        return self.filter(closed_at__isnull=True)

    def late(self, now: datetime) -> Self:
        """The same as rules.is_late, for the database."""
        running = Q(closed_at__isnull=True, stopped_at__isnull=True, due_at__lt=now)
        return self.filter(
            running | Q(closed_at__gt=F("due_at")) | Q(stopped_at__gt=F("due_at"), closed_at__isnull=True)
        )


OFFICE_ROLES = frozenset({Role.RECEPTION, Role.HANDLER, Role.LEADER, Role.CENTRE_LEADER, Role.CLERK})


class Dossier(models.Model):
    """One request under one procedure version, from filing to the result's return.

    Three organisations (NĐ 118/2025/NĐ-CP): `helped_at` where the citizen was helped, `reception`
    where it was formally received, `authority` who decides. Moments are in UTC.
    """

    id = models.BigIntegerField(primary_key=True)
    code = models.TextField(_("mã hồ sơ"))
    version = models.ForeignKey(
        ProcedureVersion, on_delete=models.PROTECT, related_name="+", verbose_name=_("thủ tục")
    )
    procedure_code = models.TextField()
    variant = models.TextField(blank=True)
    channel = models.TextField()
    helped_at = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    reception = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    authority = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    applicant_number = models.TextField(_("số định danh của người nộp"))
    applicant_name = models.TextField(_("người nộp"))
    applicant_key = models.TextField()
    contact = models.JSONField(default=dict)
    filed_by = models.TextField()
    device = models.TextField(null=True, help_text="Pseudonym of the device filed from, another each month.")
    answers = models.JSONField()
    sources = models.JSONField(
        default=dict, help_text="{field: {source, read_at}} of answers that registers gave."
    )
    delivery = models.TextField()
    fee = models.BigIntegerField(null=True, help_text="In đồng; empty: not set by the source.")

    state = models.SmallIntegerField()
    filed_at = models.DateTimeField()
    last_at = models.DateTimeField()
    received_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    first_due_at = models.DateTimeField(null=True)
    stopped_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    returned_at = models.DateTimeField(null=True)
    outcome = models.TextField(null=True)
    supplements = models.SmallIntegerField(default=0)
    apologies = models.SmallIntegerField(default=0)

    step = models.TextField(default="", blank=True)
    handler = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    proposal = models.TextField(null=True)
    result = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")
    digitised = models.BooleanField(
        default=False,
        help_text="The result exists signed and electronic: kept here, or told by the system it came from.",
    )
    digitised_at = models.DateTimeField(null=True, help_text="Empty with a digitised result: not known.")
    acts = models.SmallIntegerField(
        default=0, help_text="How many acts the ledger holds; guards against lost updates."
    )

    objects = DossierQuerySet.as_manager()

    class Meta:
        db_table = "dossiers_dossier"

    def __str__(self) -> str:
        return self.code

    @property
    def life(self) -> Life:
        return Life(
            filed_at=self.filed_at,
            last_at=self.last_at,
            state=State(self.state),
            received_at=self.received_at,
            due_at=self.due_at,
            first_due_at=self.first_due_at,
            stopped_at=self.stopped_at,
            closed_at=self.closed_at,
            returned_at=self.returned_at,
            outcome=Outcome(self.outcome) if self.outcome else None,
            supplements=self.supplements,
            apologies=self.apologies,
        )

    @property
    def is_closed(self) -> bool:
        return self.state in ENDED

    @property
    def channel_name(self) -> str:
        return CHANNEL_NAMES[Channel(self.channel)]


class Paper(models.Model):
    """One component of a dossier: a file, something shown at the counter, or a fact looked up."""

    pk = models.CompositePrimaryKey("dossier_id", "number")
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="papers")
    number = models.SmallIntegerField()
    key = models.TextField()
    name = models.TextField()
    action = models.TextField(help_text="submit, present or looked_up: see procedures.")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")
    source = models.TextField(default="", blank=True, help_text="Where a looked-up fact came from.")
    given_at = models.DateTimeField()
    replaced = models.BooleanField(default=False)
    seen_at = models.DateTimeField(null=True)
    verdict = models.TextField(null=True, help_text="good or flawed.")
    remark = models.TextField(default="", blank=True)

    class Meta:
        db_table = "dossiers_paper"

    def __str__(self) -> str:
        return self.name


class Movement(models.Model):
    """One act on a dossier, never changed: the application's role may only insert here.

    `number` counts from 1 within the dossier, so two acts can never both be the third.
    """

    pk = models.CompositePrimaryKey("dossier_id", "number")
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="movements")
    number = models.SmallIntegerField()
    act = models.TextField()
    at = models.DateTimeField()
    before = models.SmallIntegerField(null=True)
    after = models.SmallIntegerField()
    actor = models.TextField(help_text="A reference such as account:17.")
    actor_name = models.TextField(help_text="The name and post shown to the citizen, as they were then.")
    note = models.TextField(default="", blank=True, help_text="Words the applicant may read.")
    due_before = models.DateTimeField(null=True)
    due_after = models.DateTimeField(null=True)
    facts = models.JSONField(default=dict)
    document = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        db_table = "dossiers_movement"

    def __str__(self) -> str:
        return self.act


class DailyNumber(models.Model):
    """The last dossier number an agency gave on a day: codes count up without gaps or twins."""

    pk = models.CompositePrimaryKey("organisation_id", "day")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    last = models.IntegerField()

    class Meta:
        db_table = "dossiers_daily_number"

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.day:%d/%m/%Y}"


class SupplementRequest(models.Model):
    """Papers asked for, each with what is wrong and the rule that wants it (form 02)."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="requests")
    asked_at = models.DateTimeField()
    stage = models.TextField(help_text="receipt or examination.")
    items = models.JSONField(help_text="[{key, name, flaw, rule}]")
    respond_by = models.DateField(null=True)
    answered_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(
        null=True, help_text="When the result was due as these papers were asked for."
    )

    class Meta:
        db_table = "dossiers_supplement_request"
        constraints = [
            models.UniqueConstraint(
                fields=["dossier"], condition=Q(answered_at__isnull=True), name="dossiers_one_open_request"
            )
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.asked_at:%d/%m/%Y}"


class Draft(models.Model):
    """A dossier not yet filed. Its key is what makes a double click file once."""

    key = models.UUIDField(primary_key=True)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    version = models.ForeignKey(ProcedureVersion, on_delete=models.PROTECT, related_name="+")
    variant = models.TextField(default="", blank=True)
    answers = models.JSONField(default=dict)
    choices = models.JSONField(default=dict, help_text="Unit, delivery, consent: what is not in the form.")
    began_at = models.DateTimeField(default=timezone.now)
    saved_at = models.DateTimeField(auto_now=True)
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        db_table = "dossiers_draft"
        indexes = [models.Index(fields=["account", "saved_at"], name="dossiers_draft_mine")]

    def __str__(self) -> str:
        return str(self.key)


class DraftPaper(models.Model):
    """A file put into a draft."""

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="papers")
    key = models.TextField()
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "dossiers_draft_paper"
        constraints = [models.UniqueConstraint(fields=["draft", "key"], name="dossiers_draft_paper_once")]

    def __str__(self) -> str:
        return self.key
