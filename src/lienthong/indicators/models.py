"""Additive counters of operations, by agency, month and procedure."""

from django.db import models
from django.db.models.functions import Now

from lienthong.documents.public import StoredFile
from lienthong.organisations.public import Organisation


class Tally(models.Model):
    """What one authority did with the dossiers of one procedure received in one month.

    Counted from the dossiers themselves and never typed in. Adding rows gives the province, the
    country, the year. `running` dossiers are open with the clock running: which of them are late
    depends on the hour, so that is counted when asked.
    """

    authority = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    month = models.DateField(help_text="First day of the month of receipt, Vietnamese time.")
    procedure_code = models.TextField()
    received = models.IntegerField()
    online = models.IntegerField(help_text="Filed online.")
    full = models.IntegerField(help_text="Received under a version that is end to end (toàn trình).")
    full_online = models.IntegerField(help_text="Of those, filed online.")
    in_time = models.IntegerField(help_text="Closed or stopped not later than due.")
    late = models.IntegerField(help_text="Closed or stopped later than due.")
    running = models.IntegerField()
    results = models.IntegerField(help_text="Decided in the applicant's favour.")
    digitised = models.IntegerField(help_text="Of those, with a signed electronic result.")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["month", "authority", "procedure_code"], name="indicators_tally_once"
            ),
            models.CheckConstraint(
                condition=models.Q(received=models.F("in_time") + models.F("late") + models.F("running")),
                name="indicators_tally_adds_up",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.authority_id} {self.month:%m/%Y} {self.procedure_code}"


class Total(models.Model):
    """The tally added up to a ministry or province and month, so that the country is read in one look."""

    top = models.TextField(help_text="Code of the level-1 agency: the first code of an agency's path.")
    month = models.DateField()
    received = models.BigIntegerField()
    online = models.BigIntegerField()
    in_time = models.BigIntegerField()
    running = models.BigIntegerField()
    results = models.BigIntegerField()
    digitised = models.BigIntegerField()
    services = models.BigIntegerField(help_text="Rows of the tally: a procedure at an agency is a service.")
    services_full = models.BigIntegerField(help_text="Of those, used online and end to end.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["month", "top"], name="indicators_total_once")]

    def __str__(self) -> str:
        return f"{self.top} {self.month:%m/%Y}"


class Mark(models.Model):
    """Up to where the tally has counted: transactions before `seen` are in it. One row."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    seen = models.TextField(help_text="A transaction id (xid8).")
    at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="indicators_one_mark")]

    def __str__(self) -> str:
        return self.seen


class SignCount(models.Model):
    """What one detector counts at one authority, of the dossiers received in one month.

    Counted from the dossiers and never typed in; a row only where there is something to look at.
    """

    authority = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    month = models.DateField(help_text="First day of the month of receipt, Vietnamese time.")
    detector = models.TextField(help_text="A code of detectors.table.")
    part = models.IntegerField()
    whole = models.IntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["month", "detector", "authority"], name="indicators_signcount_once"
            ),
            models.CheckConstraint(
                condition=models.Q(whole__gt=0, part__gte=0, part__lte=models.F("whole")),
                name="indicators_signcount_part_of_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.authority_id} {self.month:%m/%Y} {self.detector}"


class SignMark(models.Model):
    """Up to where the detectors have counted, as `Mark` is for the tally. One row."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    seen = models.TextField(help_text="A transaction id (xid8).")
    at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="indicators_one_signmark")]

    def __str__(self) -> str:
        return self.seen


class OfficialScore(models.Model):
    """What the national portal, or another official publication, gave an agency for one component.

    Kept beside our own score and never mixed with it. Rows are appended, never changed (a trigger holds it): of
    those of one period and one day of the source, the last entered counts, and none where its `score` is empty.
    """

    index = models.TextField(default="qd766", help_text="A key of officials.INDEXES.")
    agency = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    component = models.TextField(help_text="Code in the index, such as 2.1, or total.")
    first_month = models.DateField(help_text="First day of the period's first month.")
    last_month = models.DateField(help_text="First day of its last month.")
    score = models.DecimalField(max_digits=7, decimal_places=3, null=True, help_text="Empty: withdrawn.")
    source = models.TextField(help_text="Where it was read.")
    document = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, related_name="+", help_text="The publication itself."
    )
    note = models.TextField(blank=True, help_text="Why an earlier entry was corrected or withdrawn.")
    as_of = models.DateField(help_text="The day the source speaks of.")
    entered_at = models.DateTimeField(db_default=Now())
    entered_by = models.TextField(blank=True, help_text="The name of who entered it.")

    class Meta:
        indexes = [models.Index(fields=["agency", "first_month"], name="indicators_official_of")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(first_month__lte=models.F("last_month")), name="indicators_official_period"
            ),
            models.CheckConstraint(condition=models.Q(score__gte=0), name="indicators_official_score"),
        ]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.component} {self.first_month:%m/%Y}"


class Observation(models.Model):
    """A figure from outside (EGDI, GCI, fibre, …) as its source told it, with how its day was inferred."""

    series = models.TextField(blank=True, help_text="A key of outside.SERIES; empty: none of them.")
    subject = models.TextField(help_text="In the source's words.")
    tier = models.TextField(blank=True, help_text="Whom it is about, in the source's words.")
    told = models.TextField(blank=True, help_text="The value as told, such as 25/194.")
    value = models.DecimalField(max_digits=18, decimal_places=4, null=True)
    out_of = models.DecimalField(max_digits=18, decimal_places=4, null=True)
    comparator = models.TextField(blank=True)
    unit = models.TextField(blank=True)
    as_of = models.DateField(null=True, help_text="Empty: the source does not let one say.")
    as_of_told = models.TextField(blank=True)
    inferred = models.TextField(
        blank=True, help_text="How as_of was inferred, where the source gives no day."
    )
    note = models.TextField(blank=True)
    source = models.TextField()
    source_date = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source", "source_date", "subject", "tier", "as_of_told"],
                name="indicators_observation_once",
            )
        ]

    def __str__(self) -> str:
        return self.subject
