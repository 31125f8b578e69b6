"""Dossiers, papers and the ledger are partitioned by year: their tables are in the SQL file beside."""

from pathlib import Path

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

SQL = (Path(__file__).parent / "0001_dossiers.sql").read_text()
KEEP_REQUESTS = """
DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'lienthong_app') THEN
        REVOKE DELETE, TRUNCATE ON dossiers_supplement_request FROM lienthong_app;
    END IF;
END $$;
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("documents", "0001_stored_files"),
        ("organisations", "0001_organisations"),
        ("procedures", "0002_published_versions_stay"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunSQL(
            SQL,
            state_operations=[
                migrations.CreateModel(
                    name="Dossier",
                    fields=[
                        ("id", models.BigIntegerField(primary_key=True, serialize=False)),
                        ("code", models.TextField(verbose_name="mã hồ sơ")),
                        ("procedure_code", models.TextField()),
                        ("variant", models.TextField(blank=True)),
                        ("channel", models.TextField()),
                        ("applicant_number", models.TextField(verbose_name="số định danh của người nộp")),
                        ("applicant_name", models.TextField(verbose_name="người nộp")),
                        ("applicant_key", models.TextField()),
                        ("contact", models.JSONField(default=dict)),
                        ("filed_by", models.TextField()),
                        ("answers", models.JSONField()),
                        (
                            "sources",
                            models.JSONField(
                                default=dict,
                                help_text="{field: {source, read_at}} of answers that registers gave.",
                            ),
                        ),
                        ("delivery", models.TextField()),
                        (
                            "fee",
                            models.BigIntegerField(
                                help_text="In đồng; empty: not set by the source.", null=True
                            ),
                        ),
                        ("state", models.SmallIntegerField()),
                        ("filed_at", models.DateTimeField()),
                        ("last_at", models.DateTimeField()),
                        ("received_at", models.DateTimeField(null=True)),
                        ("due_at", models.DateTimeField(null=True)),
                        ("first_due_at", models.DateTimeField(null=True)),
                        ("stopped_at", models.DateTimeField(null=True)),
                        ("closed_at", models.DateTimeField(null=True)),
                        ("returned_at", models.DateTimeField(null=True)),
                        ("outcome", models.TextField(null=True)),
                        ("supplements", models.SmallIntegerField(default=0)),
                        ("apologies", models.SmallIntegerField(default=0)),
                        ("step", models.TextField(blank=True, default="")),
                        ("proposal", models.TextField(null=True)),
                        (
                            "digitised",
                            models.BooleanField(
                                default=False,
                                help_text="The result exists signed and electronic: kept here, or told by the system it came from.",
                            ),
                        ),
                        (
                            "acts",
                            models.SmallIntegerField(
                                default=0,
                                help_text="How many acts the ledger holds; guards against lost updates.",
                            ),
                        ),
                        (
                            "authority",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="organisations.organisation",
                            ),
                        ),
                        (
                            "handler",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "helped_at",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="organisations.organisation",
                            ),
                        ),
                        (
                            "reception",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="organisations.organisation",
                            ),
                        ),
                        (
                            "result",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="documents.storedfile",
                            ),
                        ),
                        (
                            "version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="procedures.procedureversion",
                                verbose_name="thủ tục",
                            ),
                        ),
                    ],
                    options={
                        "db_table": "dossiers_dossier",
                    },
                ),
                migrations.CreateModel(
                    name="Movement",
                    fields=[
                        (
                            "pk",
                            models.CompositePrimaryKey(
                                "dossier_id",
                                "number",
                                blank=True,
                                editable=False,
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        ("number", models.SmallIntegerField()),
                        ("act", models.TextField()),
                        ("at", models.DateTimeField()),
                        ("before", models.SmallIntegerField(null=True)),
                        ("after", models.SmallIntegerField()),
                        ("actor", models.TextField(help_text="A reference such as account:17.")),
                        (
                            "actor_name",
                            models.TextField(
                                help_text="The name and post shown to the citizen, as they were then."
                            ),
                        ),
                        (
                            "note",
                            models.TextField(
                                blank=True, default="", help_text="Words the applicant may read."
                            ),
                        ),
                        ("due_before", models.DateTimeField(null=True)),
                        ("due_after", models.DateTimeField(null=True)),
                        ("facts", models.JSONField(default=dict)),
                        (
                            "document",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="documents.storedfile",
                            ),
                        ),
                        (
                            "dossier",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="movements",
                                to="dossiers.dossier",
                            ),
                        ),
                    ],
                    options={
                        "db_table": "dossiers_movement",
                    },
                ),
                migrations.CreateModel(
                    name="Paper",
                    fields=[
                        (
                            "pk",
                            models.CompositePrimaryKey(
                                "dossier_id",
                                "number",
                                blank=True,
                                editable=False,
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        ("number", models.SmallIntegerField()),
                        ("key", models.TextField()),
                        ("name", models.TextField()),
                        (
                            "action",
                            models.TextField(help_text="submit, present or looked_up: see procedures."),
                        ),
                        (
                            "source",
                            models.TextField(
                                blank=True, default="", help_text="Where a looked-up fact came from."
                            ),
                        ),
                        ("given_at", models.DateTimeField()),
                        ("replaced", models.BooleanField(default=False)),
                        ("seen_at", models.DateTimeField(null=True)),
                        ("verdict", models.TextField(help_text="good or flawed.", null=True)),
                        ("remark", models.TextField(blank=True, default="")),
                        (
                            "dossier",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="papers",
                                to="dossiers.dossier",
                            ),
                        ),
                        (
                            "file",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="documents.storedfile",
                            ),
                        ),
                    ],
                    options={
                        "db_table": "dossiers_paper",
                    },
                ),
                migrations.CreateModel(
                    name="DailyNumber",
                    fields=[
                        (
                            "pk",
                            models.CompositePrimaryKey(
                                "organisation_id",
                                "day",
                                blank=True,
                                editable=False,
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        ("day", models.DateField()),
                        ("last", models.IntegerField()),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="organisations.organisation",
                            ),
                        ),
                    ],
                    options={"db_table": "dossiers_daily_number"},
                ),
            ],
        ),
        migrations.CreateModel(
            name="Draft",
            fields=[
                ("key", models.UUIDField(primary_key=True, serialize=False)),
                ("variant", models.TextField(blank=True, default="")),
                ("answers", models.JSONField(default=dict)),
                (
                    "choices",
                    models.JSONField(
                        default=dict, help_text="Unit, delivery, consent: what is not in the form."
                    ),
                ),
                ("began_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("saved_at", models.DateTimeField(auto_now=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="dossiers.dossier",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="procedures.procedureversion",
                    ),
                ),
            ],
            options={
                "db_table": "dossiers_draft",
            },
        ),
        migrations.CreateModel(
            name="DraftPaper",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.TextField()),
                (
                    "draft",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="papers",
                        to="dossiers.draft",
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="documents.storedfile",
                    ),
                ),
            ],
            options={
                "db_table": "dossiers_draft_paper",
            },
        ),
        migrations.CreateModel(
            name="SupplementRequest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("asked_at", models.DateTimeField()),
                ("stage", models.TextField(help_text="receipt or examination.")),
                ("items", models.JSONField(help_text="[{key, name, flaw, rule}]")),
                ("respond_by", models.DateField(null=True)),
                ("answered_at", models.DateTimeField(null=True)),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="requests",
                        to="dossiers.dossier",
                    ),
                ),
            ],
            options={
                "db_table": "dossiers_supplement_request",
            },
        ),
        migrations.AddIndex(
            model_name="draft",
            index=models.Index(fields=["account", "saved_at"], name="dossiers_draft_mine"),
        ),
        migrations.AddConstraint(
            model_name="draftpaper",
            constraint=models.UniqueConstraint(fields=("draft", "key"), name="dossiers_draft_paper_once"),
        ),
        migrations.AddConstraint(
            model_name="supplementrequest",
            constraint=models.UniqueConstraint(
                condition=models.Q(("answered_at__isnull", True)),
                fields=("dossier",),
                name="dossiers_one_open_request",
            ),
        ),
        migrations.RunSQL(KEEP_REQUESTS),
    ]
