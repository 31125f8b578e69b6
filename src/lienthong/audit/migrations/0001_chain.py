"""The record's tables, the trigger that links each entry to the one before, and who may write."""

from pathlib import Path

from django.db import migrations, models

SQL = (Path(__file__).parent / "0001_chain.sql").read_text()


class Migration(migrations.Migration):
    initial = True
    dependencies: list[tuple[str, str]] = []
    operations = [
        migrations.RunSQL(
            SQL,
            state_operations=[
                migrations.CreateModel(
                    name="Lane",
                    fields=[
                        ("lane", models.SmallIntegerField(primary_key=True, serialize=False)),
                        ("seq", models.BigIntegerField()),
                        ("hash", models.BinaryField()),
                    ],
                    options={"db_table": "audit_lane"},
                ),
                migrations.CreateModel(
                    name="Entry",
                    fields=[
                        ("id", models.BigIntegerField(primary_key=True, serialize=False)),
                        ("recorded_at", models.DateTimeField()),
                        ("at", models.DateTimeField()),
                        ("actor", models.TextField()),
                        ("event", models.TextField()),
                        ("subject", models.TextField()),
                        ("facts", models.TextField()),
                        ("lane", models.SmallIntegerField()),
                        ("seq", models.BigIntegerField()),
                        ("previous", models.BinaryField()),
                        ("hash", models.BinaryField()),
                    ],
                    options={
                        "db_table": "audit_entry",
                        "indexes": [
                            models.Index(fields=["subject", "id"], name="audit_entry_subject"),
                            models.Index(fields=["lane", "seq"], name="audit_entry_lane"),
                        ],
                    },
                ),
            ],
        )
    ]
