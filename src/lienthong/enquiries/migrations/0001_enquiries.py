"""Questions, and the trigger that keeps what was asked and answered."""

from django.db import migrations, models

KEEP = """
CREATE FUNCTION enquiries_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.answered_at IS NULL AND
        (OLD.kind, OLD.person, OLD.subject, OLD.about, OLD.words, OLD.organisation, OLD.asked_at, OLD.due_on)
        = (NEW.kind, NEW.person, NEW.subject, NEW.about, NEW.words, NEW.organisation, NEW.asked_at, NEW.due_on)
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a question and its answer stay';
END $$;
CREATE TRIGGER enquiries_enquiry_stays BEFORE UPDATE OR DELETE ON enquiries_enquiry
    FOR EACH ROW EXECUTE FUNCTION enquiries_stays();
DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'lienthong_app') THEN
        REVOKE DELETE, TRUNCATE ON enquiries_enquiry FROM lienthong_app;
    END IF;
END $$;
"""
UNDO = "DROP TRIGGER enquiries_enquiry_stays ON enquiries_enquiry; DROP FUNCTION enquiries_stays();"


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Enquiry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.TextField(
                        choices=[("access", "Hỏi lý do xem dữ liệu"), ("wrong", "Báo thông tin sai")],
                        verbose_name="loại",
                    ),
                ),
                ("person", models.TextField(help_text="Personal number.", verbose_name="người hỏi")),
                (
                    "subject",
                    models.TextField(
                        help_text='Such as "access:17" or "field:birth_date".', verbose_name="về việc"
                    ),
                ),
                (
                    "about",
                    models.TextField(
                        help_text="In words, as it stood when it was asked.", verbose_name="nội dung được hỏi"
                    ),
                ),
                ("words", models.TextField(verbose_name="câu hỏi")),
                ("organisation", models.TextField(verbose_name="mã cơ quan")),
                ("organisation_name", models.TextField(verbose_name="cơ quan trả lời")),
                ("asked_at", models.DateTimeField(verbose_name="hỏi lúc")),
                ("due_on", models.DateField(verbose_name="trả lời trước hết ngày")),
                ("answer", models.TextField(blank=True, default="", verbose_name="trả lời")),
                ("upheld", models.BooleanField(null=True, verbose_name="đúng như người hỏi nêu")),
                ("answered_at", models.DateTimeField(null=True, verbose_name="trả lời lúc")),
                (
                    "answered_by",
                    models.TextField(blank=True, default="", help_text='A reference such as "account:17".'),
                ),
                ("answered_as", models.TextField(blank=True, default="", verbose_name="người trả lời")),
            ],
            options={
                "verbose_name": "câu hỏi",
                "verbose_name_plural": "câu hỏi",
                "indexes": [
                    models.Index(fields=["person", "-asked_at"], name="enquiries_of_person"),
                    models.Index(fields=["organisation", "due_on"], name="enquiries_of_agency"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("answered_at__isnull", True), ("kind", "access"), _connector="OR"
                        ),
                        fields=("person", "subject"),
                        name="enquiries_enquiry_asked_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["access", "wrong"])), name="enquiries_enquiry_kind"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("answer", ""),
                                ("answered_at__isnull", True),
                                ("answered_by", ""),
                                ("upheld__isnull", True),
                            ),
                            models.Q(
                                ("answered_at__isnull", False),
                                ("upheld__isnull", False),
                                models.Q(("answer", ""), _negated=True),
                                models.Q(("answered_by", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="enquiries_enquiry_answered_whole",
                    ),
                ],
            },
        ),
        migrations.RunSQL(KEEP, UNDO),
    ]
