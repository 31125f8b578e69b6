"""Sources, files received and their runs; records split by the hash of their id; provenance; counts."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

RECORDS = """
CREATE TABLE registries_record (
    id bigint NOT NULL,
    source_id bigint NOT NULL REFERENCES registries_source DEFERRABLE INITIALLY DEFERRED,
    batch_id bigint NOT NULL REFERENCES registries_batch DEFERRABLE INITIALLY DEFERRED,
    row integer NOT NULL,
    key text NOT NULL,
    unit_id bigint REFERENCES territory_unit DEFERRABLE INITIALLY DEFERRED,
    name text NOT NULL,
    "values" jsonb NOT NULL,
    failed text[] NOT NULL,
    verdict text NOT NULL,
    personal_number text NOT NULL,
    candidate text NOT NULL,
    score double precision,
    reasons jsonb NOT NULL,
    tied_by text NOT NULL,
    superseded boolean NOT NULL,
    changes_made integer NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT registries_record_number CHECK (personal_number ~ '^([0-9]{12})?$'),
    CONSTRAINT registries_record_id_is_its_row CHECK (id = batch_id * 1000000000 + row),
    CONSTRAINT registries_record_verdict CHECK (verdict IN (
        'matched', 'corrected', 'conflict', 'possible', 'duplicate', 'dead', 'not_in_register',
        'not_a_person', 'incomplete'))
) PARTITION BY HASH (id);

DO $$
BEGIN
    FOR part IN 0..15 LOOP
        EXECUTE format('CREATE TABLE registries_record_%s PARTITION OF registries_record '
            'FOR VALUES WITH (MODULUS 16, REMAINDER %s)', to_char(part, 'FM00'), part);
    END LOOP;
END $$;

CREATE INDEX registries_record_of_batch ON registries_record (batch_id, verdict, row);
CREATE INDEX registries_record_key ON registries_record (source_id, key);
CREATE INDEX registries_record_place ON registries_record (source_id, unit_id, verdict);

CREATE FUNCTION registries_record_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'what a sector sent is never changed';
END $$;
CREATE TRIGGER registries_record_stays BEFORE UPDATE ON registries_record FOR EACH ROW
    WHEN (NEW.id <> OLD.id OR NEW."values" <> OLD."values" OR NEW.verdict <> OLD.verdict OR NEW.candidate <> OLD.candidate OR NEW.key <> OLD.key)
    EXECUTE FUNCTION registries_record_stays();
"""

KEEP = """
CREATE FUNCTION registries_change_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'provenance is never changed';
END $$;
CREATE TRIGGER registries_change_stays BEFORE UPDATE OR DELETE ON registries_change
    FOR EACH ROW EXECUTE FUNCTION registries_change_stays();
DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'lienthong_app') THEN
        REVOKE UPDATE, DELETE, TRUNCATE ON registries_change FROM lienthong_app;
        REVOKE DELETE, TRUNCATE ON registries_batch FROM lienthong_app;
    END IF;
END $$;
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("documents", "0002_data_files"),
        ("organisations", "0001_organisations"),
        ("territory", "0001_units"),
    ]

    operations = [
        migrations.CreateModel(
            name="Batch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "sha256",
                    models.CharField(
                        help_text="Of the content: the same content is received once.", max_length=64
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="tên tệp")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("received", "received"),
                            ("accepted", "accepted"),
                            ("done", "done"),
                            ("failed", "failed"),
                            ("withdrawn", "withdrawn"),
                        ],
                        default="received",
                        max_length=10,
                        verbose_name="trạng thái",
                    ),
                ),
                (
                    "received_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="nhận lúc"),
                ),
                ("received_by", models.CharField(max_length=100, verbose_name="người nhận")),
                (
                    "preview",
                    models.JSONField(
                        default=dict, help_text="intake.Preview, as shown before anything is taken."
                    ),
                ),
                ("plan", models.JSONField(blank=True, default=dict, help_text="intake.Plan accepted.")),
                (
                    "replaces",
                    models.BooleanField(
                        default=True,
                        help_text="Stands in the place of what the same sender sent of this source before.",
                    ),
                ),
                (
                    "replaced_on",
                    models.DateField(
                        help_text="First day on which a newer file stands in its place.", null=True
                    ),
                ),
                ("counted_on", models.DateField(help_text="First day on which it counts.", null=True)),
                ("accepted_at", models.DateTimeField(blank=True, null=True, verbose_name="xác nhận lúc")),
                (
                    "accepted_by",
                    models.CharField(blank=True, default="", max_length=100, verbose_name="người xác nhận"),
                ),
                (
                    "version",
                    models.PositiveIntegerField(
                        default=0, help_text="Grows with each act: guards against two at once."
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
                    "marked",
                    models.ForeignKey(
                        help_text="The marked workbook.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="documents.storedfile",
                    ),
                ),
                (
                    "replaced_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registries.batch",
                    ),
                ),
                (
                    "sender",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.organisation",
                        verbose_name="cơ quan gửi",
                    ),
                ),
            ],
            options={
                "verbose_name": "tệp nhận",
                "verbose_name_plural": "tệp nhận",
            },
        ),
        migrations.CreateModel(
            name="Run",
            fields=[
                (
                    "batch",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="run",
                        serialize=False,
                        to="registries.batch",
                    ),
                ),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("read", "read"),
                            ("link", "link"),
                            ("store", "store"),
                            ("count", "count"),
                            ("open", "open"),
                        ],
                        default="read",
                        max_length=10,
                    ),
                ),
                ("done", models.BigIntegerField(default=0, help_text="Rows the stage has passed.")),
                (
                    "total",
                    models.BigIntegerField(
                        help_text="Rows the stage has to pass; empty: not known yet.", null=True
                    ),
                ),
                ("began_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "beat_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, help_text="When a worker last said it is alive."
                    ),
                ),
                ("finished_at", models.DateTimeField(null=True)),
                ("rows", models.BigIntegerField(default=0)),
                ("verdicts", models.JSONField(default=dict, help_text="{verdict: records}")),
                ("errors", models.JSONField(default=dict, help_text="{rule: cells that broke it}")),
                (
                    "trouble",
                    models.TextField(blank=True, default="", help_text="Why it stopped, in words to act on."),
                ),
            ],
            options={
                "verbose_name": "lần đối chiếu",
                "verbose_name_plural": "lần đối chiếu",
            },
        ),
        migrations.CreateModel(
            name="Source",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.SlugField(max_length=40, unique=True, verbose_name="mã nguồn")),
                (
                    "schema",
                    models.CharField(
                        help_text="A schema of data.sources.", max_length=40, verbose_name="mẫu dữ liệu"
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="tên")),
                (
                    "mapping",
                    models.JSONField(
                        blank=True, default=dict, help_text="{heading, folded: field}, as last accepted."
                    ),
                ),
                (
                    "keeper",
                    models.ForeignKey(
                        blank=True,
                        help_text="Whose stewards decide; empty: stewards of the whole country only.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.organisation",
                        verbose_name="cơ quan làm sạch",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        help_text="Whose data these are, and who answers for conflicts.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.organisation",
                        verbose_name="cơ quan chủ quản",
                    ),
                ),
            ],
            options={
                "verbose_name": "nguồn dữ liệu",
                "verbose_name_plural": "nguồn dữ liệu",
            },
        ),
        migrations.AddField(
            model_name="batch",
            name="source",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="batches", to="registries.source"
            ),
        ),
        migrations.RunSQL(
            RECORDS,
            reverse_sql="DROP TABLE registries_record",
            state_operations=[
                migrations.CreateModel(
                    name="Record",
                    fields=[
                        ("id", models.BigIntegerField(primary_key=True, serialize=False)),
                        ("row", models.IntegerField(help_text="In the file, as the sender sees it.")),
                        (
                            "key",
                            models.TextField(
                                help_text="The sector's own number of the record; else the row."
                            ),
                        ),
                        (
                            "name",
                            models.TextField(
                                blank=True, default="", help_text="For lists: the full name as read."
                            ),
                        ),
                        ("values", models.JSONField(help_text="{field: text as read, NFC}")),
                        (
                            "failed",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.TextField(),
                                default=list,
                                help_text="Codes of the rules it breaks.",
                                size=None,
                            ),
                        ),
                        (
                            "verdict",
                            models.TextField(
                                choices=[
                                    ("matched", "matched"),
                                    ("corrected", "corrected"),
                                    ("conflict", "conflict"),
                                    ("possible", "possible"),
                                    ("duplicate", "duplicate"),
                                    ("dead", "dead"),
                                    ("not_in_register", "not_in_register"),
                                    ("not_a_person", "not_a_person"),
                                    ("incomplete", "incomplete"),
                                ]
                            ),
                        ),
                        (
                            "personal_number",
                            models.TextField(blank=True, default="", help_text="Tied to; empty: to nobody."),
                        ),
                        (
                            "candidate",
                            models.TextField(
                                blank=True, default="", help_text="The personal number linkage named."
                            ),
                        ),
                        (
                            "score",
                            models.FloatField(help_text="From 0 to 1: how sure linkage is.", null=True),
                        ),
                        (
                            "reasons",
                            models.JSONField(
                                default=list, help_text="[{code, bits, sentence}]: linkage's, for people."
                            ),
                        ),
                        (
                            "tied_by",
                            models.TextField(
                                default="machine", help_text='"machine", or the act that tied or untied it.'
                            ),
                        ),
                        (
                            "superseded",
                            models.BooleanField(
                                default=False, help_text="A newer record stands in its place."
                            ),
                        ),
                        ("changes_made", models.IntegerField(default=0)),
                        (
                            "batch",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="records",
                                to="registries.batch",
                            ),
                        ),
                        (
                            "unit",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="territory.unit",
                                verbose_name="địa bàn",
                            ),
                        ),
                        (
                            "source",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="registries.source",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "bản ghi",
                        "verbose_name_plural": "bản ghi",
                    },
                ),
                migrations.AddIndex(
                    model_name="record",
                    index=models.Index(fields=["batch", "verdict", "row"], name="registries_record_of_batch"),
                ),
                migrations.AddIndex(
                    model_name="record",
                    index=models.Index(fields=["source", "key"], name="registries_record_key"),
                ),
                migrations.AddIndex(
                    model_name="record",
                    index=models.Index(fields=["source", "unit", "verdict"], name="registries_record_place"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Change",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.IntegerField(help_text="Counts from 1 within the record.")),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("actor", models.CharField(max_length=100)),
                ("actor_name", models.CharField(max_length=150)),
                ("ground", models.TextField()),
                ("ref", models.CharField(help_text='What brought it about: "case:17".', max_length=60)),
                ("before", models.JSONField()),
                ("after", models.JSONField()),
                (
                    "record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="changes",
                        to="registries.record",
                    ),
                ),
            ],
            options={
                "verbose_name": "lần sửa bản ghi",
                "verbose_name_plural": "lần sửa bản ghi",
                "constraints": [
                    models.UniqueConstraint(fields=("record", "number"), name="registries_change_numbered"),
                    models.UniqueConstraint(fields=("record", "ref"), name="registries_change_once_an_act"),
                    models.CheckConstraint(
                        condition=models.Q(("ground", ""), _negated=True), name="registries_change_says_why"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RuleCount",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "commune",
                    models.TextField(help_text="Unit code as the records give it; empty: none given."),
                ),
                ("rule", models.TextField()),
                ("field", models.TextField()),
                ("criterion", models.TextField()),
                ("satisfied", models.BigIntegerField()),
                ("assessed", models.BigIntegerField()),
                (
                    "batch",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="counts",
                        to="registries.batch",
                    ),
                ),
            ],
            options={
                "verbose_name": "số đếm quy tắc",
                "verbose_name_plural": "số đếm quy tắc",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("batch", "commune", "rule", "field", "criterion"),
                        name="registries_rulecount_once_a_file",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("satisfied__gte", 0), ("satisfied__lte", models.F("assessed"))),
                        name="registries_rulecount_part_of_whole",
                    ),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="batch",
            index=models.Index(fields=["source", "-received_at"], name="registries_batch_latest"),
        ),
        migrations.AddConstraint(
            model_name="batch",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "withdrawn"), _negated=True),
                fields=("source", "sha256"),
                name="registries_batch_received_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="batch",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["received", "accepted", "done", "failed", "withdrawn"])),
                name="registries_batch_state",
            ),
        ),
        migrations.RunSQL(KEEP, reverse_sql=migrations.RunSQL.noop),
    ]
