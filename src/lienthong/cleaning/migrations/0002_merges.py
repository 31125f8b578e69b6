"""Merges of two people of the register, with their ledger."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

KEEP = """
CREATE TRIGGER cleaning_mergeline_stays BEFORE UPDATE OR DELETE ON cleaning_mergeline
    FOR EACH ROW EXECUTE FUNCTION cleaning_caseact_stays();
DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'lienthong_app') THEN
        REVOKE UPDATE, DELETE, TRUNCATE ON cleaning_mergeline FROM lienthong_app;
        REVOKE DELETE, TRUNCATE ON cleaning_merge FROM lienthong_app;
    END IF;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("cleaning", "0001_cases"),
        ("territory", "0001_units"),
    ]

    operations = [
        migrations.CreateModel(
            name="Merge",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("one", models.TextField(help_text="Personal number.")),
                ("other", models.TextField(help_text="Personal number.")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "open"),
                            ("proposed", "proposed"),
                            ("merged", "merged"),
                            ("apart", "apart"),
                        ],
                        default="open",
                        max_length=12,
                        verbose_name="trạng thái",
                    ),
                ),
                (
                    "kept",
                    models.TextField(
                        blank=True, default="", help_text="The number that is proposed to go on."
                    ),
                ),
                (
                    "acts",
                    models.PositiveIntegerField(default=0, help_text="Guards against two stewards at once."),
                ),
                ("opened_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("proposed_by", models.CharField(blank=True, default="", max_length=100)),
                (
                    "one_unit",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territory.unit",
                    ),
                ),
                (
                    "other_unit",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territory.unit",
                    ),
                ),
            ],
            options={
                "verbose_name": "đề nghị gộp",
                "verbose_name_plural": "đề nghị gộp",
            },
        ),
        migrations.CreateModel(
            name="MergeLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.IntegerField(help_text="Counts from 1 within the merge.")),
                ("act", models.CharField(max_length=12)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("actor", models.CharField(max_length=100)),
                ("actor_name", models.CharField(max_length=150)),
                ("kept", models.TextField(blank=True, default="")),
                ("ground", models.TextField(blank=True, default="", verbose_name="căn cứ")),
                ("before", models.CharField(blank=True, default="", max_length=12)),
                ("after", models.CharField(max_length=12)),
                (
                    "life_act",
                    models.UUIDField(help_text="What it wrote in the lives of the register.", null=True),
                ),
                (
                    "merge",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ledger",
                        to="cleaning.merge",
                    ),
                ),
            ],
            options={
                "verbose_name": "lần xử lý đề nghị gộp",
                "verbose_name_plural": "lần xử lý đề nghị gộp",
            },
        ),
        migrations.AddIndex(
            model_name="merge",
            index=models.Index(fields=["state", "-changed_at"], name="cleaning_merge_list"),
        ),
        migrations.AddConstraint(
            model_name="merge",
            constraint=models.UniqueConstraint(fields=("one", "other"), name="cleaning_merge_asked_once"),
        ),
        migrations.AddConstraint(
            model_name="merge",
            constraint=models.CheckConstraint(
                condition=models.Q(("one__lt", models.F("other"))), name="cleaning_merge_smaller_first"
            ),
        ),
        migrations.AddConstraint(
            model_name="merge",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["open", "proposed", "merged", "apart"])),
                name="cleaning_merge_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="merge",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "proposed"), _negated=True),
                    models.Q(
                        models.Q(("proposed_by", ""), _negated=True), models.Q(("kept", ""), _negated=True)
                    ),
                    _connector="OR",
                ),
                name="cleaning_merge_proposed_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="mergeline",
            constraint=models.UniqueConstraint(
                fields=("merge", "number"), name="cleaning_mergeline_numbered"
            ),
        ),
        migrations.RunSQL(KEEP, reverse_sql=migrations.RunSQL.noop),
    ]
