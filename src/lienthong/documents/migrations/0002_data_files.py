"""A sector's data file may be kept, beside papers."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0001_stored_files"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="storedfile",
            name="documents_storedfile_kind_accepted",
        ),
        migrations.AlterField(
            model_name="storedfile",
            name="media_type",
            field=models.CharField(
                choices=[
                    ("application/pdf", "application/pdf"),
                    ("image/jpeg", "image/jpeg"),
                    ("image/png", "image/png"),
                    (
                        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                    ),
                    ("application/vnd.ms-excel", "application/vnd.ms-excel"),
                    ("text/csv", "text/csv"),
                    ("application/jsonl", "application/jsonl"),
                    ("application/vnd.apache.parquet", "application/vnd.apache.parquet"),
                ],
                help_text="Found in the content, never taken from the sender.",
                max_length=100,
                verbose_name="loại nội dung",
            ),
        ),
        migrations.AlterField(
            model_name="storedfile",
            name="retention",
            field=models.CharField(
                choices=[("draft", "draft"), ("dossier", "dossier"), ("result", "result"), ("data", "data")],
                max_length=20,
                verbose_name="loại lưu giữ",
            ),
        ),
        migrations.AddConstraint(
            model_name="storedfile",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "media_type__in",
                        [
                            "application/pdf",
                            "image/jpeg",
                            "image/png",
                            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                            "application/vnd.ms-excel",
                            "text/csv",
                            "application/jsonl",
                            "application/vnd.apache.parquet",
                        ],
                    )
                ),
                name="documents_storedfile_kind_accepted",
            ),
        ),
    ]
