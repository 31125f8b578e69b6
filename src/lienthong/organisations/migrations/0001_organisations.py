import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.db.models.functions.text
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("territory", "0001_units"),
    ]

    operations = [
        migrations.CreateModel(
            name="Organisation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=35, verbose_name="mã định danh")),
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
                ("name", models.CharField(max_length=250, verbose_name="tên")),
                ("short_name", models.CharField(max_length=250, verbose_name="tên gọi")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("ministry", "Bộ, cơ quan ngang bộ, cơ quan thuộc Chính phủ"),
                            ("province_committee", "Ủy ban nhân dân cấp tỉnh"),
                            ("department", "Cơ quan chuyên môn cấp tỉnh"),
                            ("commune_committee", "Ủy ban nhân dân cấp xã"),
                            ("one_stop_centre", "Trung tâm Phục vụ hành chính công"),
                            ("police", "Công an"),
                            ("social_insurance", "Bảo hiểm xã hội"),
                            ("school", "Cơ sở giáo dục"),
                            ("utility", "Doanh nghiệp điện, nước"),
                            ("other", "Cơ quan khác"),
                        ],
                        max_length=20,
                        verbose_name="loại",
                    ),
                ),
                (
                    "sector",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("justice", "Tư pháp"),
                            ("construction", "Xây dựng"),
                            ("finance", "Tài chính, đăng ký kinh doanh"),
                            ("environment", "Nông nghiệp và môi trường"),
                            ("land_registration", "Đăng ký đất đai"),
                            ("education", "Giáo dục và đào tạo"),
                            ("home_affairs", "Nội vụ"),
                            ("health", "Y tế"),
                        ],
                        default="",
                        max_length=20,
                        verbose_name="lĩnh vực",
                    ),
                ),
                (
                    "path",
                    models.TextField(
                        editable=False,
                        help_text="Codes from the top down, each closed by a slash: H26/H26.A0/.",
                    ),
                ),
                (
                    "is_service_point",
                    models.BooleanField(
                        default=False,
                        help_text=(
                            "A point of the province's centre, where the one-level model is piloted"
                            " (Decree 118/2025/NĐ-CP), and not a commune's own centre."
                        ),
                        verbose_name="điểm phục vụ",
                    ),
                ),
                (
                    "code_is_official",
                    models.BooleanField(
                        default=False,
                        help_text=(
                            "False: a provisional code made by this software; the official code of "
                            "agencies below level 1 was not in our sources."
                        ),
                        verbose_name="mã chính thức",
                    ),
                ),
                (
                    "is_certain",
                    models.BooleanField(
                        default=True,
                        help_text=(
                            "False: something in this row, told in the note, was inferred and not "
                            "seen in a source."
                        ),
                        verbose_name="đã đối chiếu",
                    ),
                ),
                ("source", models.CharField(max_length=200, verbose_name="căn cứ")),
                ("source_note", models.TextField(blank=True, verbose_name="ghi chú")),
                (
                    "search_key",
                    models.CharField(help_text="Both names folded; never an identifier.", max_length=500),
                ),
                (
                    "sort_key",
                    models.CharField(
                        db_collation="C",
                        help_text="Vietnamese alphabetical order of the name.",
                        max_length=500,
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        help_text="The newest row of the agency above during this row's validity.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="members",
                        to="organisations.organisation",
                        verbose_name="thuộc",
                    ),
                ),
                (
                    "successor",
                    models.ForeignKey(
                        blank=True,
                        help_text=(
                            "Who carries on its work: the new name, or the agency it was merged into."
                        ),
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="predecessors",
                        to="organisations.organisation",
                        verbose_name="cơ quan kế thừa",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        help_text="Where it has authority; empty for ministries.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="organisations",
                        to="territory.unit",
                        verbose_name="địa bàn",
                    ),
                ),
            ],
            options={
                "verbose_name": "cơ quan",
                "verbose_name_plural": "cơ quan",
            },
        ),
        migrations.CreateModel(
            name="Post",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=150, verbose_name="chức danh")),
                ("seat", models.PositiveSmallIntegerField(default=1, verbose_name="chỗ thứ")),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="posts",
                        to="organisations.organisation",
                        verbose_name="cơ quan",
                    ),
                ),
            ],
            options={
                "verbose_name": "vị trí",
                "verbose_name_plural": "vị trí",
            },
        ),
        migrations.CreateModel(
            name="Holding",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "holder",
                    models.CharField(
                        help_text=(
                            "A reference of a higher room, such as account:17; text, since keys "
                            "point down only."
                        ),
                        max_length=60,
                    ),
                ),
                (
                    "holder_name",
                    models.CharField(
                        help_text="As in the appointing document.", max_length=150, verbose_name="họ và tên"
                    ),
                ),
                ("since", models.DateField(verbose_name="từ ngày")),
                (
                    "until",
                    models.DateField(
                        blank=True,
                        help_text="First day no longer in the post; empty: still.",
                        null=True,
                        verbose_name="đến trước ngày",
                    ),
                ),
                ("source", models.CharField(max_length=200, verbose_name="quyết định")),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="holdings",
                        to="organisations.post",
                        verbose_name="vị trí",
                    ),
                ),
            ],
            options={
                "verbose_name": "người giữ vị trí",
                "verbose_name_plural": "người giữ vị trí",
            },
        ),
        migrations.AddIndex(
            model_name="organisation",
            index=models.Index(fields=["path"], name="organisations_below", opclasses=["text_pattern_ops"]),
        ),
        migrations.AddIndex(
            model_name="organisation",
            index=models.Index(
                fields=["search_key"], name="organisations_search", opclasses=["varchar_pattern_ops"]
            ),
        ),
        migrations.AddIndex(
            model_name="organisation",
            index=models.Index(fields=["unit", "kind", "sector"], name="organisations_of_unit"),
        ),
        migrations.AddConstraint(
            model_name="organisation",
            constraint=models.UniqueConstraint(
                fields=("code", "valid_from"), name="organisations_organisation_known_by_code_and_day"
            ),
        ),
        migrations.AddConstraint(
            model_name="organisation",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    (
                        models.Func(
                            models.F("code"),
                            models.Value(0),
                            function="hashtextextended",
                            output_field=models.BigIntegerField(),
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
                name="organisations_organisation_code_once_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="organisation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_to__isnull", True), ("valid_to__gt", models.F("valid_from")), _connector="OR"
                ),
                name="organisations_organisation_ends_after_it_begins",
            ),
        ),
        migrations.AddConstraint(
            model_name="organisation",
            constraint=models.CheckConstraint(
                condition=models.Q(("code__regex", "^[A-Z]\\d\\d(\\.[0-9A-Z]{2,3})*$")),
                name="organisations_organisation_code_is_well_formed",
            ),
        ),
        migrations.AddConstraint(
            model_name="organisation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "path__endswith",
                        django.db.models.functions.text.Concat(models.F("code"), models.Value("/")),
                    )
                ),
                name="organisations_organisation_path_ends_in_code",
            ),
        ),
        migrations.AddConstraint(
            model_name="post",
            constraint=models.UniqueConstraint(
                fields=("organisation", "title", "seat"), name="organisations_post_numbered_once"
            ),
        ),
        migrations.AddIndex(
            model_name="holding",
            index=models.Index(fields=["holder"], name="organisations_holding_holder"),
        ),
        migrations.AddConstraint(
            model_name="holding",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    ("post", "="),
                    (
                        models.Func(
                            models.F("since"),
                            models.F("until"),
                            function="daterange",
                            output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                        ),
                        "&&",
                    ),
                ],
                name="organisations_holding_one_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="holding",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("until__isnull", True), ("until__gt", models.F("since")), _connector="OR"
                ),
                name="organisations_holding_ends_after_it_begins",
            ),
        ),
    ]
