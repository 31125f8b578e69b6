from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Target",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("event", models.TextField(verbose_name="hội nghị")),
                (
                    "event_date",
                    models.TextField(
                        help_text="As told; some years are inferred, the note says how.", verbose_name="ngày"
                    ),
                ),
                ("subject", models.TextField(verbose_name="chỉ tiêu")),
                ("tier", models.TextField(verbose_name="cấp")),
                (
                    "value",
                    models.DecimalField(decimal_places=2, max_digits=14, null=True, verbose_name="mức giao"),
                ),
                ("comparator", models.TextField(blank=True, verbose_name="so sánh")),
                ("deadline", models.TextField(blank=True, verbose_name="thời hạn")),
                ("unit", models.TextField(blank=True, verbose_name="đơn vị tính")),
                ("note", models.TextField(blank=True, verbose_name="ghi chú")),
                ("indicator", models.TextField(blank=True)),
                ("indicator_tier", models.TextField(blank=True)),
            ],
            options={
                "verbose_name": "chỉ tiêu được giao",
                "verbose_name_plural": "chỉ tiêu được giao",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("event_date", "subject", "tier", "deadline"), name="steering_target_once"
                    )
                ],
            },
        ),
    ]
