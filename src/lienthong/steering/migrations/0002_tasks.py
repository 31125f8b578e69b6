from pathlib import Path

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

import lienthong.steering.states

SQL = (Path(__file__).parent / "0002_tasks.sql").read_text()
UNDO = """
DROP TRIGGER steering_task_stays ON steering_task;
DROP TRIGGER steering_taskentry_stays ON steering_taskentry;
DROP TRIGGER steering_evidence_stays ON steering_evidence;
DROP FUNCTION steering_stays();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0001_stored_files"),
        ("organisations", "0001_organisations"),
        ("steering", "0001_targets"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Programme",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.TextField(unique=True, verbose_name="mã")),
                ("name", models.TextField(verbose_name="chương trình")),
                ("since", models.DateField(verbose_name="từ ngày")),
                ("source", models.TextField(verbose_name="căn cứ")),
            ],
            options={
                "verbose_name": "chương trình",
                "verbose_name_plural": "chương trình",
            },
        ),
        migrations.AddField(
            model_name="target",
            name="compare",
            field=models.TextField(
                blank=True,
                choices=[
                    ("at_least", "tối thiểu"),
                    ("above", "trên"),
                    ("equal", "bằng"),
                    ("at_most", "tối đa"),
                    ("below", "dưới"),
                    ("about", "gần"),
                    ("reach", "đạt"),
                ],
            ),
        ),
        migrations.AddField(
            model_name="target",
            name="due_on",
            field=models.DateField(
                help_text="The deadline as a day; a year means its last day. Empty: not told.", null=True
            ),
        ),
        migrations.AddField(
            model_name="target",
            name="priority",
            field=models.TextField(
                choices=[("normal", "normal"), ("urgent", "urgent")],
                default=lienthong.steering.states.Priority["NORMAL"],
            ),
        ),
        migrations.AddField(
            model_name="target",
            name="whole",
            field=models.TextField(
                blank=True, help_text="What a share is taken over, as agreed.", verbose_name="mẫu số"
            ),
        ),
        migrations.CreateModel(
            name="Body",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.TextField(unique=True, verbose_name="mã")),
                ("name", models.TextField(verbose_name="tên")),
                (
                    "kind",
                    models.TextField(
                        choices=[
                            ("national_committee", "Ủy ban Quốc gia"),
                            ("steering_committee", "Ban Chỉ đạo"),
                            ("working_group", "Tổ công tác"),
                        ]
                    ),
                ),
                ("since", models.DateField(verbose_name="từ ngày")),
                ("until", models.DateField(null=True, verbose_name="đến trước ngày")),
                ("source", models.TextField(verbose_name="văn bản thành lập")),
                (
                    "host",
                    models.ForeignKey(
                        help_text="The agency whose committee it is; empty: the whole country.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.organisation",
                        verbose_name="đặt tại",
                    ),
                ),
            ],
            options={
                "verbose_name": "tổ chức chỉ đạo",
                "verbose_name_plural": "tổ chức chỉ đạo",
            },
        ),
        migrations.CreateModel(
            name="Plan",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.TextField(unique=True, verbose_name="mã")),
                ("name", models.TextField(verbose_name="kế hoạch")),
                ("year", models.PositiveSmallIntegerField(verbose_name="năm")),
                ("since", models.DateField(verbose_name="từ ngày")),
                (
                    "body",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="plans",
                        to="steering.body",
                        verbose_name="theo dõi",
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="plans",
                        to="steering.programme",
                    ),
                ),
            ],
            options={
                "verbose_name": "kế hoạch",
                "verbose_name_plural": "kế hoạch",
            },
        ),
        migrations.AddField(
            model_name="target",
            name="plan",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="targets",
                to="steering.plan",
                verbose_name="kế hoạch",
            ),
        ),
        migrations.CreateModel(
            name="SourceDocument",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.TextField(verbose_name="số, ký hiệu")),
                ("signed_on", models.DateField(verbose_name="ngày")),
                ("title", models.TextField(verbose_name="trích yếu")),
                ("kind", models.TextField(verbose_name="loại văn bản")),
            ],
            options={
                "verbose_name": "văn bản giao",
                "verbose_name_plural": "văn bản giao",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("number", "signed_on"), name="steering_document_known_by_number"
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="target",
            name="document",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="steering.sourcedocument",
                verbose_name="văn bản giao",
            ),
        ),
        migrations.CreateModel(
            name="Task",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.TextField(unique=True, verbose_name="mã nhiệm vụ")),
                ("content", models.TextField(verbose_name="nội dung")),
                ("product", models.TextField(blank=True, verbose_name="sản phẩm")),
                (
                    "group",
                    models.TextField(
                        blank=True, choices=[("common", "nhiệm vụ chung"), ("specific", "nhiệm vụ cụ thể")]
                    ),
                ),
                ("focus", models.BooleanField(default=False, verbose_name="trọng tâm")),
                (
                    "deadline_kind",
                    models.TextField(
                        choices=[
                            ("fixed", "ngày cố định"),
                            ("relative", "tính từ một sự kiện"),
                            ("recurring", "định kỳ"),
                            ("request", "theo đề nghị của cấp trên"),
                            ("none", "không nêu thời hạn"),
                        ]
                    ),
                ),
                ("first_due_on", models.DateField(null=True, verbose_name="thời hạn ban đầu")),
                ("deadline_event", models.TextField(blank=True, verbose_name="sự kiện")),
                ("deadline_days", models.PositiveSmallIntegerField(default=0)),
                (
                    "every",
                    models.TextField(
                        blank=True,
                        choices=[
                            ("month", "hằng tháng"),
                            ("quarter", "hằng quý"),
                            ("half_year", "sáu tháng một lần"),
                            ("year", "hằng năm"),
                        ],
                    ),
                ),
                ("every_day", models.PositiveSmallIntegerField(default=0)),
                ("until", models.DateField(null=True)),
                (
                    "documents",
                    models.ManyToManyField(
                        related_name="tasks", to="steering.sourcedocument", verbose_name="văn bản giao"
                    ),
                ),
                (
                    "lead",
                    models.ForeignKey(
                        help_text="Empty for a task done unit by unit.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.organisation",
                        verbose_name="chủ trì",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parts",
                        to="steering.task",
                    ),
                ),
                (
                    "partners",
                    models.ManyToManyField(
                        related_name="+", to="organisations.organisation", verbose_name="phối hợp"
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="tasks", to="steering.plan"
                    ),
                ),
            ],
            options={
                "verbose_name": "nhiệm vụ",
                "verbose_name_plural": "nhiệm vụ",
            },
        ),
        migrations.CreateModel(
            name="TaskEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "act",
                    models.TextField(
                        choices=[
                            ("assigned", "Giao nhiệm vụ"),
                            ("set_due", "Xác định thời hạn"),
                            ("reported", "Báo cáo tiến độ"),
                            ("asked_extension", "Xin gia hạn"),
                            ("granted_extension", "Gia hạn"),
                            ("refused_extension", "Không đồng ý gia hạn"),
                            ("obstacle", "Báo vướng mắc"),
                            ("removed_obstacle", "Vướng mắc đã được gỡ"),
                            ("period_done", "Xong một kỳ"),
                            ("completed", "Hoàn thành"),
                            ("returned", "Trả lại kết quả, làm tiếp"),
                            ("cancelled", "Thôi giao"),
                            ("funded", "Kinh phí"),
                            ("retracted", "Rút lại dòng ghi nhầm"),
                        ]
                    ),
                ),
                ("happened_on", models.DateField(verbose_name="ngày xảy ra")),
                (
                    "recorded_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), verbose_name="ghi nhận lúc"
                    ),
                ),
                ("actor", models.TextField(help_text='An actor: "account:17".')),
                ("actor_name", models.TextField(verbose_name="người ghi")),
                ("text", models.TextField(blank=True, verbose_name="nội dung")),
                ("proposal", models.TextField(blank=True, verbose_name="đề xuất")),
                (
                    "reference",
                    models.TextField(
                        blank=True, help_text="Number of the document it rests on.", verbose_name="văn bản"
                    ),
                ),
                ("due_on", models.DateField(help_text="What the act sets, asks for or promises.", null=True)),
                (
                    "cause",
                    models.TextField(
                        blank=True,
                        choices=[
                            ("institutions", "Thể chế, văn bản quy định"),
                            ("infrastructure", "Hạ tầng, hệ thống"),
                            ("people", "Con người"),
                            ("data", "Dữ liệu, kết nối"),
                            ("money", "Kinh phí"),
                        ],
                    ),
                ),
                ("percent", models.PositiveSmallIntegerField(null=True)),
                (
                    "money",
                    models.TextField(
                        blank=True,
                        choices=[("planned", "Dự kiến"), ("allocated", "Đã bố trí"), ("spent", "Đã chi")],
                    ),
                ),
                ("amount", models.BigIntegerField(default=0, help_text="Dong.")),
                (
                    "answers",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answered_by",
                        to="steering.taskentry",
                    ),
                ),
                (
                    "remover",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.organisation",
                        verbose_name="ai gỡ được",
                    ),
                ),
                (
                    "retracts",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="retracted_by",
                        to="steering.taskentry",
                    ),
                ),
                (
                    "task",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="steering.task",
                    ),
                ),
            ],
            options={
                "verbose_name": "dòng theo dõi",
                "verbose_name_plural": "dòng theo dõi",
            },
        ),
        migrations.CreateModel(
            name="Evidence",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="evidence",
                        to="steering.taskentry",
                    ),
                ),
            ],
            options={
                "verbose_name": "minh chứng",
                "verbose_name_plural": "minh chứng",
            },
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "post",
                    models.TextField(
                        choices=[
                            ("chair", "Chủ tịch, trưởng ban"),
                            ("vice", "Phó chủ tịch, phó trưởng ban"),
                            ("secretary", "Thư ký"),
                            ("member", "Ủy viên"),
                        ]
                    ),
                ),
                ("name", models.TextField(verbose_name="họ và tên")),
                ("title", models.TextField(blank=True, verbose_name="chức vụ")),
                ("since", models.DateField(verbose_name="từ ngày")),
                ("until", models.DateField(null=True, verbose_name="đến trước ngày")),
                ("source", models.TextField(verbose_name="căn cứ")),
                (
                    "account",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "body",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to="steering.body",
                    ),
                ),
            ],
            options={
                "verbose_name": "thành viên",
                "verbose_name_plural": "thành viên",
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("body", "="),
                            ("post", "="),
                            ("name", "="),
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
                        name="steering_membership_once_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until__isnull", True), ("until__gt", models.F("since")), _connector="OR"
                        ),
                        name="steering_membership_ends_after_it_begins",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="task",
            constraint=models.CheckConstraint(
                condition=models.Q(("parent__isnull", True), ("lead__isnull", False), _connector="OR"),
                name="steering_task_part_has_lead",
            ),
        ),
        migrations.AddConstraint(
            model_name="task",
            constraint=models.CheckConstraint(
                condition=models.Q(("parent", models.F("id")), _negated=True),
                name="steering_task_not_in_itself",
            ),
        ),
        migrations.AddIndex(
            model_name="taskentry",
            index=models.Index(fields=["task", "happened_on"], name="steering_entry_of_task"),
        ),
        migrations.AddConstraint(
            model_name="taskentry",
            constraint=models.CheckConstraint(
                condition=models.Q(("percent__isnull", True), ("percent__lte", 100), _connector="OR"),
                name="steering_entry_percent",
            ),
        ),
        migrations.AddConstraint(
            model_name="taskentry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("act", "retracted"), ("retracts__isnull", False)),
                    models.Q(models.Q(("act", "retracted"), _negated=True), ("retracts__isnull", True)),
                    _connector="OR",
                ),
                name="steering_entry_retracts_one",
            ),
        ),
        migrations.AddConstraint(
            model_name="evidence",
            constraint=models.UniqueConstraint(fields=("entry", "file"), name="steering_evidence_once"),
        ),
        migrations.RunSQL(SQL, UNDO),
    ]
