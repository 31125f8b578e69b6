"""Searches of the register for people who are in it twice; what a pair found weighs and why; what a merge takes over."""

import django.contrib.postgres.fields
import django.utils.timezone
from django.db import migrations, models

KEEP = """
DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'lienthong_app') THEN
        REVOKE UPDATE, DELETE, TRUNCATE ON cleaning_duplicatesearch FROM lienthong_app;
    END IF;
END $$;
"""
STATES = ["open", "proposed", "merged", "apart", "lapsed"]


class Migration(migrations.Migration):
    dependencies = [("cleaning", "0002_merges")]

    operations = [
        migrations.CreateModel(
            name="DuplicateSearch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("actor", models.CharField(max_length=100)),
                (
                    "reading",
                    models.UUIDField(
                        help_text="The reading of many people it rests on, as population noted it."
                    ),
                ),
                ("people", models.BigIntegerField()),
                ("pairs", models.IntegerField(help_text="Found, new and known alike.")),
                ("opened", models.IntegerField(help_text="Asked about for the first time, or again.")),
                ("lapsed", models.IntegerField()),
                ("twins", models.IntegerField(help_text="Pairs recognised as twins and left out.")),
                ("cut", models.IntegerField(help_text="Lighter pairs, past the most that is kept.")),
            ],
            options={"verbose_name": "lần dò người trùng", "verbose_name_plural": "lần dò người trùng"},
        ),
        migrations.AddField(
            model_name="merge",
            name="taken",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.TextField(),
                default=list,
                help_text="Fields in which the record to be cancelled is the right one.",
                size=None,
            ),
        ),
        migrations.AddField(
            model_name="merge",
            name="weight",
            field=models.FloatField(
                help_text="Bits, as a search weighed it; empty where a person asked.", null=True
            ),
        ),
        migrations.AddField(
            model_name="merge",
            name="evidence",
            field=models.JSONField(
                default=list,
                help_text="[[field, level, bits, bearers]] of data.duplicates; no value of either record.",
            ),
        ),
        migrations.AlterField(
            model_name="merge",
            name="state",
            field=models.CharField(
                choices=[(state, state) for state in STATES],
                default="open",
                max_length=12,
                verbose_name="trạng thái",
            ),
        ),
        migrations.AddField(
            model_name="mergeline",
            name="taken",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.TextField(), default=list, size=None
            ),
        ),
        migrations.RemoveConstraint(model_name="merge", name="cleaning_merge_state"),
        migrations.AddConstraint(
            model_name="merge",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", STATES)), name="cleaning_merge_state"
            ),
        ),
        migrations.AddIndex(
            model_name="merge",
            index=models.Index(fields=["state", "-weight"], name="cleaning_merge_heaviest"),
        ),
        migrations.AddIndex(
            model_name="merge", index=models.Index(fields=["other"], name="cleaning_merge_other")
        ),
        migrations.RunSQL(KEEP, migrations.RunSQL.noop),
    ]
