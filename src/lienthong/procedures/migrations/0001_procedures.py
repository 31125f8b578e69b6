import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.contrib.postgres.operations import BtreeGistExtension
from django.db import migrations, models

import lienthong.procedures.states


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        BtreeGistExtension(),
        migrations.CreateModel(
            name="Procedure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=32, unique=True, verbose_name="mã thủ tục")),
                ("name", models.TextField(help_text="Official, as published.", verbose_name="tên thủ tục")),
                ("short_name", models.CharField(max_length=200, verbose_name="tên gọi")),
                ("sector", models.CharField(max_length=200, verbose_name="lĩnh vực")),
                (
                    "issuing_agency",
                    models.CharField(
                        blank=True,
                        help_text="Empty: not stated.",
                        max_length=200,
                        verbose_name="cơ quan ban hành",
                    ),
                ),
                (
                    "search_key",
                    models.TextField(
                        help_text="Folded names and everyday words, a line each; never an identifier."
                    ),
                ),
            ],
            options={
                "verbose_name": "thủ tục hành chính",
                "verbose_name_plural": "thủ tục hành chính",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("code__regex", "^\\d\\.\\d{6}(\\.(000\\.)?(\\d\\d\\.\\d\\d\\.)?[GH]\\d{2})?$")
                        ),
                        name="procedures_procedure_code_shape",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ProcedureVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "valid_from",
                    models.DateField(
                        blank=True,
                        help_text="Empty: the source does not state it.",
                        null=True,
                        verbose_name="có hiệu lực từ",
                    ),
                ),
                (
                    "valid_to",
                    models.DateField(
                        blank=True,
                        help_text="First day no longer in force; empty: in force.",
                        null=True,
                        verbose_name="hết hiệu lực từ",
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        help_text="The decision that published it, or how it was seen.",
                        max_length=300,
                        verbose_name="căn cứ",
                    ),
                ),
                ("content", models.JSONField(verbose_name="nội dung")),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "Bản nháp"), ("published", "Đã công bố")],
                        max_length=9,
                        verbose_name="trạng thái",
                    ),
                ),
                ("published_at", models.DateTimeField(blank=True, null=True)),
                (
                    "procedure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="procedures.procedure",
                    ),
                ),
            ],
            options={
                "verbose_name": "bản của thủ tục",
                "verbose_name_plural": "các bản của thủ tục",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["draft", "published"])),
                        name="procedures_version_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("published_at__isnull", True),
                                ("state", lienthong.procedures.states.VersionState["DRAFT"]),
                            ),
                            models.Q(
                                ("published_at__isnull", False),
                                ("state", lienthong.procedures.states.VersionState["PUBLISHED"]),
                            ),
                            _connector="OR",
                        ),
                        name="procedures_version_published_when",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to__isnull", True),
                            ("valid_from__isnull", True),
                            ("valid_to__gt", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="procedures_version_ends_after_it_begins",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("state", lienthong.procedures.states.VersionState["PUBLISHED"])),
                        expressions=[
                            ("procedure", "="),
                            (
                                models.Func(
                                    models.F("valid_from"),
                                    models.F("valid_to"),
                                    function="daterange",
                                    output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                                ),
                                "&&",
                            ),
                        ],
                        name="procedures_version_one_a_day",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Replacement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("old_code", models.CharField(max_length=32, verbose_name="mã cũ")),
                (
                    "since",
                    models.DateField(
                        blank=True,
                        help_text="Empty: the source does not state it.",
                        null=True,
                        verbose_name="thay từ",
                    ),
                ),
                ("source", models.CharField(max_length=300, verbose_name="căn cứ")),
                (
                    "procedure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replacements",
                        to="procedures.procedure",
                    ),
                ),
            ],
            options={
                "verbose_name": "thay mã",
                "verbose_name_plural": "thay mã",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("old_code", "procedure"), name="procedures_replacement_once"
                    )
                ],
            },
        ),
    ]
