"""Cases, their ledger, and rules decided for many at once."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

KEEP = """
CREATE FUNCTION cleaning_caseact_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'what was decided is never changed, only undone by another act';
END $$;
CREATE TRIGGER cleaning_caseact_stays BEFORE UPDATE OR DELETE ON cleaning_caseact
    FOR EACH ROW EXECUTE FUNCTION cleaning_caseact_stays();
DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'lienthong_app') THEN
        REVOKE UPDATE, DELETE, TRUNCATE ON cleaning_caseact FROM lienthong_app;
        REVOKE DELETE, TRUNCATE ON cleaning_case FROM lienthong_app;
    END IF;
END $$;
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("registries", "0001_sources_and_records"),
        ("territory", "0001_units"),
    ]

    operations = [
        migrations.CreateModel(
            name="Case",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("verdict", models.CharField(max_length=20, verbose_name="kết luận")),
                (
                    "fields",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(),
                        default=list,
                        help_text="Fields that differ, as linkage named them.",
                        size=None,
                    ),
                ),
                ("score", models.FloatField(null=True)),
                (
                    "candidates",
                    models.JSONField(
                        default=list,
                        help_text="[{number, score, reasons}]: people of the register it may be, best first.",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "open"),
                            ("proposed", "proposed"),
                            ("with_owner", "with_owner"),
                            ("fixing", "fixing"),
                            ("answered", "answered"),
                            ("settled", "settled"),
                        ],
                        default="open",
                        max_length=12,
                        verbose_name="trạng thái",
                    ),
                ),
                (
                    "acts",
                    models.PositiveIntegerField(default=0, help_text="Guards against two stewards at once."),
                ),
                ("opened_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "due_at",
                    models.DateTimeField(help_text="By when the owner agency must answer.", null=True),
                ),
                ("asked_at", models.DateTimeField(null=True)),
                ("closed_at", models.DateTimeField(null=True)),
                (
                    "choice",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("same", "same"),
                            ("different", "different"),
                            ("merge", "merge"),
                            ("keep_both", "keep_both"),
                            ("correct_register", "correct_register"),
                            ("ask_owner", "ask_owner"),
                        ],
                        default="",
                        max_length=20,
                    ),
                ),
                (
                    "person",
                    models.TextField(
                        blank=True,
                        default="",
                        help_text="The personal number the choice names, held by value.",
                    ),
                ),
                ("proposed_by", models.CharField(blank=True, default="", max_length=100)),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="registries.batch"
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        help_text="The record of the same source that a duplicate repeats.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registries.record",
                    ),
                ),
                (
                    "record",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="case",
                        to="registries.record",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registries.source",
                        verbose_name="nguồn",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territory.unit",
                        verbose_name="địa bàn",
                    ),
                ),
            ],
            options={
                "verbose_name": "việc làm sạch",
                "verbose_name_plural": "việc làm sạch",
            },
        ),
        migrations.CreateModel(
            name="Sweep",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("rule", models.JSONField(help_text="The filter, as typed.")),
                ("act", models.CharField(max_length=12)),
                ("choice", models.CharField(blank=True, default="", max_length=20)),
                ("ground", models.TextField()),
                ("began_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("actor", models.CharField(max_length=100)),
                ("actor_name", models.CharField(max_length=150)),
                (
                    "duties",
                    models.JSONField(default=list, help_text="[[role, agency]] that it was begun in."),
                ),
                ("ended_at", models.DateTimeField(null=True)),
                ("total", models.IntegerField(default=0)),
                ("done", models.IntegerField(default=0)),
                ("refused", models.IntegerField(default=0)),
                (
                    "source",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registries.source",
                    ),
                ),
            ],
            options={
                "verbose_name": "đợt quyết định",
                "verbose_name_plural": "đợt quyết định",
            },
        ),
        migrations.CreateModel(
            name="CaseAct",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.IntegerField(help_text="Counts from 1 within the case.")),
                ("act", models.CharField(max_length=12)),
                ("at", models.DateTimeField()),
                ("actor", models.CharField(max_length=100)),
                ("actor_name", models.CharField(max_length=150)),
                ("choice", models.CharField(blank=True, default="", max_length=20)),
                ("person", models.TextField(blank=True, default="")),
                ("ground", models.TextField(blank=True, default="", verbose_name="căn cứ")),
                ("before", models.CharField(blank=True, default="", max_length=12)),
                ("after", models.CharField(max_length=12)),
                ("due_after", models.DateTimeField(null=True)),
                ("facts", models.JSONField(default=dict)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="ledger", to="cleaning.case"
                    ),
                ),
                (
                    "sweep",
                    models.ForeignKey(
                        help_text="The rule it came from.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cleaning.sweep",
                    ),
                ),
            ],
            options={
                "verbose_name": "lần xử lý",
                "verbose_name_plural": "lần xử lý",
            },
        ),
        migrations.CreateModel(
            name="SweepCase",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        blank=True, default="", help_text='"", "done" or "refused".', max_length=8
                    ),
                ),
                ("why", models.TextField(blank=True, default="")),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cleaning.case"
                    ),
                ),
                (
                    "sweep",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="cases", to="cleaning.sweep"
                    ),
                ),
            ],
            options={
                "verbose_name": "việc trong đợt",
                "verbose_name_plural": "việc trong đợt",
            },
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["source", "state", "verdict"], name="cleaning_case_queue"),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["unit", "state"], name="cleaning_case_place"),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("state__in", ["with_owner", "fixing"])),
                fields=["due_at"],
                name="cleaning_case_due",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["open", "proposed", "with_owner", "fixing", "answered", "settled"])
                ),
                name="cleaning_case_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closed_at__isnull", False), ("state", "settled")),
                    models.Q(models.Q(("state", "settled"), _negated=True), ("closed_at__isnull", True)),
                    _connector="OR",
                ),
                name="cleaning_case_closed_when_settled",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "proposed"), _negated=True),
                    models.Q(("proposed_by", ""), _negated=True),
                    _connector="OR",
                ),
                name="cleaning_case_proposed_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="sweep",
            constraint=models.CheckConstraint(
                condition=models.Q(("ground", ""), _negated=True), name="cleaning_sweep_says_why"
            ),
        ),
        migrations.AddConstraint(
            model_name="caseact",
            constraint=models.UniqueConstraint(fields=("case", "number"), name="cleaning_caseact_numbered"),
        ),
        migrations.AddIndex(
            model_name="sweepcase",
            index=models.Index(
                condition=models.Q(("outcome", "")), fields=["sweep", "case"], name="cleaning_sweepcase_left"
            ),
        ),
        migrations.AddConstraint(
            model_name="sweepcase",
            constraint=models.UniqueConstraint(fields=("sweep", "case"), name="cleaning_sweepcase_once"),
        ),
        migrations.RunSQL(KEEP, reverse_sql=migrations.RunSQL.noop),
    ]
