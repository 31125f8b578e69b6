import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.text
from django.contrib.postgres.operations import BtreeGistExtension
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        BtreeGistExtension(),
        BtreeGistExtension(),
        BtreeGistExtension(),
        migrations.CreateModel(
            name="Unit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=5, verbose_name="mã đơn vị")),
                (
                    "level",
                    models.CharField(
                        choices=[("province", "Cấp tỉnh"), ("district", "Cấp huyện"), ("commune", "Cấp xã")],
                        max_length=8,
                        verbose_name="cấp",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("province", "Tỉnh"),
                            ("city", "Thành phố"),
                            ("urban_district", "Quận"),
                            ("rural_district", "Huyện"),
                            ("town", "Thị xã"),
                            ("provincial_city", "Thành phố thuộc tỉnh"),
                            ("commune", "Xã"),
                            ("ward", "Phường"),
                            ("township", "Thị trấn"),
                            ("special_zone", "Đặc khu"),
                        ],
                        max_length=16,
                        verbose_name="loại",
                    ),
                ),
                (
                    "name",
                    models.CharField(
                        help_text="As published, type word included, NFC.", max_length=100, verbose_name="tên"
                    ),
                ),
                (
                    "short_name",
                    models.CharField(
                        help_text="Without the type word.", max_length=100, verbose_name="tên gọi"
                    ),
                ),
                (
                    "search_key",
                    models.CharField(help_text="The short name folded; never an identifier.", max_length=100),
                ),
                (
                    "sort_key",
                    models.CharField(
                        db_collation="C",
                        help_text="Vietnamese alphabetical order of the short name.",
                        max_length=200,
                    ),
                ),
                ("valid_from", models.DateField(verbose_name="có hiệu lực từ")),
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
                    "is_certain",
                    models.BooleanField(
                        default=True,
                        help_text=(
                            "False: the first day in force was inferred (the note says how), not "
                            "seen in a source."
                        ),
                        verbose_name="ngày đã đối chiếu",
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        help_text="Number and date of the resolution.", max_length=200, verbose_name="căn cứ"
                    ),
                ),
                ("source_note", models.TextField(blank=True, verbose_name="ghi chú")),
                (
                    "latitude",
                    models.FloatField(blank=True, help_text="Degrees WGS 84 of one point inside.", null=True),
                ),
                ("longitude", models.FloatField(blank=True, null=True)),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        help_text=(
                            "The newest row of the unit above during this row's validity; see "
                            "queries.parent_on."
                        ),
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="members",
                        to="territory.unit",
                        verbose_name="thuộc",
                    ),
                ),
            ],
            options={
                "verbose_name": "đơn vị hành chính",
                "verbose_name_plural": "đơn vị hành chính",
            },
        ),
        migrations.CreateModel(
            name="Succession",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "is_partial",
                    models.BooleanField(
                        default=False,
                        help_text="The predecessor was split; only a part of it went to this successor.",
                    ),
                ),
                ("source", models.CharField(max_length=200)),
                (
                    "predecessor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="successions_out",
                        to="territory.unit",
                    ),
                ),
                (
                    "successor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="successions_in",
                        to="territory.unit",
                    ),
                ),
            ],
            options={
                "verbose_name": "kế thừa đơn vị hành chính",
                "verbose_name_plural": "kế thừa đơn vị hành chính",
            },
        ),
        migrations.AddIndex(
            model_name="unit",
            index=models.Index(
                fields=["search_key"], name="territory_unit_search", opclasses=["varchar_pattern_ops"]
            ),
        ),
        migrations.AddIndex(
            model_name="unit",
            index=models.Index(fields=["level", "valid_to", "sort_key"], name="territory_unit_list"),
        ),
        migrations.AddConstraint(
            model_name="unit",
            constraint=models.UniqueConstraint(
                fields=("level", "code", "valid_from"), name="territory_unit_known_by_code_and_day"
            ),
        ),
        migrations.AddConstraint(
            model_name="unit",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    (
                        django.db.models.functions.comparison.Cast(
                            django.db.models.functions.text.Concat(models.Value("1"), models.F("code")),
                            models.IntegerField(),
                        ),
                        "=",
                    ),
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
                name="territory_unit_code_once_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="unit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_to__isnull", True), ("valid_to__gt", models.F("valid_from")), _connector="OR"
                ),
                name="territory_unit_ends_after_it_begins",
            ),
        ),
        migrations.AddConstraint(
            model_name="unit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("code__regex", "^\\d{2}$"), ("level", "province"), ("parent__isnull", True)),
                    models.Q(("code__regex", "^\\d{3}$"), ("level", "district"), ("parent__isnull", False)),
                    models.Q(("code__regex", "^\\d{5}$"), ("level", "commune"), ("parent__isnull", False)),
                    _connector="OR",
                ),
                name="territory_unit_code_fits_level",
            ),
        ),
        migrations.AddConstraint(
            model_name="succession",
            constraint=models.UniqueConstraint(
                fields=("predecessor", "successor"), name="territory_succession_said_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="succession",
            constraint=models.CheckConstraint(
                condition=models.Q(("predecessor", models.F("successor")), _negated=True),
                name="territory_succession_not_of_itself",
            ),
        ),
    ]
