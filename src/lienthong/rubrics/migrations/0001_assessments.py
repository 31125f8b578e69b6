"""Lines of assessments, and the trigger that keeps them."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

KEEP = """
CREATE FUNCTION rubrics_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a line of an assessment stays: another one follows it';
END $$;
CREATE TRIGGER rubrics_rubricline_stays BEFORE UPDATE OR DELETE ON rubrics_rubricline
    FOR EACH ROW EXECUTE FUNCTION rubrics_stays();
DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'lienthong_app') THEN
        REVOKE UPDATE, DELETE, TRUNCATE ON rubrics_rubricline FROM lienthong_app;
    END IF;
END $$;
"""
UNDO = "DROP TRIGGER rubrics_rubricline_stays ON rubrics_rubricline; DROP FUNCTION rubrics_stays();"


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("documents", "0003_texts_read"),
        ("organisations", "0001_organisations"),
    ]

    operations = [
        migrations.CreateModel(
            name="RubricLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("rubric", models.TextField(help_text="Its code.")),
                ("year", models.PositiveSmallIntegerField()),
                ("criterion", models.TextField(help_text="Its code in the rubric.")),
                (
                    "act",
                    models.TextField(
                        choices=[
                            ("answered", "Answered"),
                            ("evidence", "Evidence"),
                            ("appraised", "Appraised"),
                        ]
                    ),
                ),
                (
                    "value",
                    models.JSONField(
                        help_text="What the criterion's kind asks for; of an answer.", null=True
                    ),
                ),
                (
                    "points",
                    models.DecimalField(
                        decimal_places=2, help_text="Of an appraisal.", max_digits=7, null=True
                    ),
                ),
                ("note", models.TextField(blank=True)),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("by", models.TextField(help_text='A reference such as "account:17".')),
                ("by_name", models.TextField()),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.organisation",
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        help_text="Of evidence.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="documents.storedfile",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["agency", "rubric", "year"], name="rubrics_of_agency")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("act", "answered"),
                                ("document__isnull", True),
                                ("points__isnull", True),
                                ("value__isnull", False),
                            ),
                            models.Q(
                                ("act", "evidence"),
                                ("document__isnull", False),
                                ("points__isnull", True),
                                ("value__isnull", True),
                            ),
                            models.Q(
                                ("act", "appraised"),
                                ("document__isnull", True),
                                ("points__gte", 0),
                                ("value__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="rubrics_line_of_one_kind",
                    )
                ],
            },
        ),
        migrations.RunSQL(KEEP, UNDO),
    ]
