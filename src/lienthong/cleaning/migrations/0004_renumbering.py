"""A question may be about one record that goes on under a new number; the paper by which it does, in question and ledger."""

from django.db import migrations, models
from django.db.models import F, Q

CHANGES = models.JSONField(default=dict, help_text="Of a renumbering: birth and sex as the paper says them.")
PAPER = models.TextField(blank=True, default="", help_text="As a source: decision:12/QĐ-UBND.")
PAPER_ON = models.DateField(null=True, help_text="The day of the paper; a new number holds from it.")


class Migration(migrations.Migration):
    dependencies = [("cleaning", "0003_found_pairs")]

    operations = [
        migrations.AlterField(
            model_name="merge",
            name="other",
            field=models.TextField(
                blank=True, default="", help_text="Personal number; empty: `one` is to be renumbered."
            ),
        ),
        migrations.AddField(model_name="merge", name="changes", field=CHANGES),
        migrations.AddField(model_name="merge", name="paper", field=PAPER),
        migrations.AddField(model_name="merge", name="paper_on", field=PAPER_ON),
        migrations.AddField(model_name="mergeline", name="changes", field=models.JSONField(default=dict)),
        migrations.AddField(
            model_name="mergeline",
            name="paper",
            field=models.TextField(blank=True, default="", verbose_name="giấy tờ"),
        ),
        migrations.AddField(model_name="mergeline", name="paper_on", field=models.DateField(null=True)),
        migrations.RemoveConstraint(model_name="merge", name="cleaning_merge_smaller_first"),
        migrations.AddConstraint(
            model_name="merge",
            constraint=models.CheckConstraint(
                condition=Q(one__lt=F("other")) | Q(other=""), name="cleaning_merge_smaller_first"
            ),
        ),
        migrations.RemoveConstraint(model_name="merge", name="cleaning_merge_proposed_by_somebody"),
        migrations.AddConstraint(
            model_name="merge",
            constraint=models.CheckConstraint(
                condition=~Q(state="proposed")
                | (~Q(proposed_by="") & (~Q(kept="") | (Q(other="") & ~Q(paper="")))),
                name="cleaning_merge_proposed_by_somebody",
            ),
        ),
    ]
