"""What agencies said of themselves by a rubric, their evidence, and what appraisers said of it."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from lienthong.documents.public import StoredFile
from lienthong.organisations.public import Organisation


class RubricLine(models.Model):
    """One line of an assessment: an answer, a file of evidence or an appraisal. Never changed."""

    class Act(models.TextChoices):
        ANSWERED = "answered"
        EVIDENCE = "evidence"
        APPRAISED = "appraised"

    rubric = models.TextField(help_text="Its code.")
    agency = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    criterion = models.TextField(help_text="Its code in the rubric.")
    act = models.TextField(choices=Act)
    value = models.JSONField(null=True, help_text="What the criterion's kind asks for; of an answer.")
    points = models.DecimalField(max_digits=7, decimal_places=2, null=True, help_text="Of an appraisal.")
    document = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, related_name="+", help_text="Of evidence."
    )
    note = models.TextField(blank=True)
    at = models.DateTimeField(db_default=Now())
    by = models.TextField(help_text='A reference such as "account:17".')
    by_name = models.TextField()

    class Meta:
        indexes = [models.Index(fields=["agency", "rubric", "year"], name="rubrics_of_agency")]
        constraints = [
            models.CheckConstraint(
                condition=Q(act="answered", value__isnull=False, points__isnull=True, document__isnull=True)
                | Q(act="evidence", value__isnull=True, points__isnull=True, document__isnull=False)
                | Q(act="appraised", value__isnull=True, points__gte=0, document__isnull=True),
                name="rubrics_line_of_one_kind",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rubric} {self.agency_id} {self.year} {self.criterion} {self.act}"
