"""People and who read them, both split by the hash of the personal number; births entered once."""

import django.contrib.postgres.fields
import django.contrib.postgres.functions
import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

PERSON = """
CREATE TABLE population_person (
    personal_number text NOT NULL,
    ref uuid NOT NULL DEFAULT gen_random_uuid(),
    full_name text NOT NULL,
    search_key text NOT NULL,
    sort_key text COLLATE "C" NOT NULL,
    birth_date date NOT NULL,
    birth_precision text NOT NULL,
    sex text NOT NULL,
    ethnicity text NOT NULL,
    nationality text NOT NULL,
    status text NOT NULL,
    residence_unit_id bigint REFERENCES territory_unit DEFERRABLE INITIALLY DEFERRED,
    residence_detail text NOT NULL,
    residence_since date,
    home_town_unit_id bigint REFERENCES territory_unit DEFERRABLE INITIALLY DEFERRED,
    home_town text NOT NULL,
    mother_number text NOT NULL,
    mother_name text NOT NULL,
    father_number text NOT NULL,
    father_name text NOT NULL,
    spouse_number text NOT NULL,
    head_number text NOT NULL,
    relation_to_head text NOT NULL,
    old_number text NOT NULL,
    card_issued_on date,
    card_issued_by text NOT NULL,
    PRIMARY KEY (personal_number),
    CONSTRAINT population_person_number CHECK (personal_number ~ '^[0-9]{12}$'),
    CONSTRAINT population_person_has_a_name CHECK (full_name <> ''),
    CONSTRAINT population_person_name_is_nfc CHECK (full_name IS NFC NORMALIZED),
    CONSTRAINT population_person_birth_precision CHECK (
        birth_precision = 'day'
        OR birth_precision = 'month' AND extract(day FROM birth_date) = 1
        OR birth_precision = 'year' AND extract(doy FROM birth_date) = 1
    ),
    CONSTRAINT population_person_sex CHECK (sex IN ('male', 'female', 'undetermined')),
    CONSTRAINT population_person_status CHECK (status IN ('alive', 'dead', 'missing', 'emigrated')),
    CONSTRAINT population_person_ethnicity CHECK (ethnicity ~ '^([0-9]{2})?$'),
    CONSTRAINT population_person_nationality CHECK (nationality ~ '^[A-Z]{2}$'),
    CONSTRAINT population_person_family_numbers CHECK (
        mother_number ~ '^([0-9]{12})?$' AND father_number ~ '^([0-9]{12})?$'
        AND spouse_number ~ '^([0-9]{12})?$'
    ),
    CONSTRAINT population_person_household CHECK (
        head_number = '' AND relation_to_head = ''
        OR head_number ~ '^[0-9]{12}$' AND relation_to_head IN (
            'head', 'wife', 'husband', 'child', 'parent', 'sibling', 'grandchild', 'grandparent', 'other'
        )
    ),
    CONSTRAINT population_person_old_number_shape CHECK (old_number ~ '^([0-9]{9})?$')
) PARTITION BY HASH (personal_number);

DO $$
BEGIN
    FOR part IN 0..15 LOOP
        EXECUTE format('CREATE TABLE population_person_%s PARTITION OF population_person '
            'FOR VALUES WITH (MODULUS 16, REMAINDER %s)', to_char(part, 'FM00'), part);
        IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'lienthong_app') THEN
            EXECUTE format('REVOKE DELETE, TRUNCATE ON population_person_%s FROM lienthong_app',
                to_char(part, 'FM00'));
        END IF;
    END LOOP;
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'lienthong_app') THEN
        REVOKE DELETE, TRUNCATE ON population_person FROM lienthong_app;
    END IF;
END $$;

CREATE INDEX population_person_ref ON population_person (ref);
CREATE INDEX population_person_lives_in ON population_person (residence_unit_id, search_key);
CREATE INDEX population_person_search ON population_person (search_key text_pattern_ops, birth_date);
CREATE INDEX population_person_mother ON population_person (mother_number) WHERE mother_number <> '';
CREATE INDEX population_person_father ON population_person (father_number) WHERE father_number <> '';
CREATE INDEX population_person_head ON population_person (head_number) WHERE head_number <> '';
CREATE INDEX population_person_old_number ON population_person (old_number) WHERE old_number <> '';

CREATE FUNCTION population_person_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a personal number is never changed';
END $$;
CREATE TRIGGER population_person_stays BEFORE UPDATE ON population_person FOR EACH ROW
    WHEN (NEW.personal_number <> OLD.personal_number OR NEW.ref <> OLD.ref)
    EXECUTE FUNCTION population_person_stays();
"""

ACCESS = """
CREATE SEQUENCE population_access_id;

CREATE TABLE population_access (
    id bigint NOT NULL DEFAULT nextval('population_access_id'),
    person_number text NOT NULL REFERENCES population_person DEFERRABLE INITIALLY DEFERRED,
    at timestamptz NOT NULL DEFAULT statement_timestamp(),
    actor text NOT NULL,
    actor_display text NOT NULL,
    organisation text NOT NULL,
    organisation_name text NOT NULL,
    organisation_province text NOT NULL,
    home_province text NOT NULL,
    purpose text NOT NULL,
    basis text NOT NULL,
    groups text[] NOT NULL,
    dossier text NOT NULL,
    by_self boolean NOT NULL,
    PRIMARY KEY (person_number, id),
    CONSTRAINT population_access_says_why CHECK (basis <> ''),
    CONSTRAINT population_access_purpose CHECK (
        purpose IN ('own', 'prefill', 'counter', 'examine', 'issue', 'review')
    )
) PARTITION BY HASH (person_number);

CREATE INDEX population_access_of ON population_access (person_number, at DESC);

CREATE FUNCTION population_access_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'who read whose data is never changed';
END $$;
CREATE TRIGGER population_access_stays BEFORE UPDATE OR DELETE ON population_access
    FOR EACH ROW EXECUTE FUNCTION population_access_stays();

DO $$
BEGIN
    FOR part IN 0..15 LOOP
        EXECUTE format('CREATE TABLE population_access_%s PARTITION OF population_access '
            'FOR VALUES WITH (MODULUS 16, REMAINDER %s)', to_char(part, 'FM00'), part);
        IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'lienthong_app') THEN
            EXECUTE format('REVOKE ALL ON population_access_%s FROM lienthong_app', to_char(part, 'FM00'));
        END IF;
    END LOOP;
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'lienthong_app') THEN
        REVOKE UPDATE, DELETE, TRUNCATE ON population_birth FROM lienthong_app;
        REVOKE ALL ON population_access FROM lienthong_app;
        GRANT SELECT, INSERT ON population_access TO lienthong_app;
    END IF;
END $$;
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("territory", "0001_units"),
    ]

    operations = [
        migrations.RunSQL(
            PERSON,
            "DROP TABLE population_person; DROP FUNCTION population_person_stays",
            state_operations=[
                migrations.CreateModel(
                    name="Person",
                    fields=[
                        (
                            "personal_number",
                            models.TextField(
                                primary_key=True, serialize=False, verbose_name="số định danh cá nhân"
                            ),
                        ),
                        (
                            "ref",
                            models.UUIDField(
                                db_default=django.contrib.postgres.functions.RandomUUID(),
                                editable=False,
                                help_text="What the record of events holds of this person.",
                            ),
                        ),
                        (
                            "full_name",
                            models.TextField(
                                help_text="As registered, NFC.", verbose_name="họ, chữ đệm và tên"
                            ),
                        ),
                        (
                            "search_key",
                            models.TextField(
                                editable=False, help_text="The name folded; never an identifier."
                            ),
                        ),
                        (
                            "sort_key",
                            models.TextField(
                                db_collation="C",
                                editable=False,
                                help_text="Vietnamese order: given name, then family name.",
                            ),
                        ),
                        (
                            "birth_date",
                            models.DateField(
                                help_text="Month or day is 1 where it is not known.", verbose_name="ngày sinh"
                            ),
                        ),
                        (
                            "birth_precision",
                            models.TextField(
                                choices=[
                                    ("day", "Đủ ngày, tháng, năm"),
                                    ("month", "Chỉ tháng, năm"),
                                    ("year", "Chỉ năm"),
                                ],
                                default="day",
                                verbose_name="độ chính xác",
                            ),
                        ),
                        (
                            "sex",
                            models.TextField(
                                choices=[
                                    ("male", "Nam"),
                                    ("female", "Nữ"),
                                    ("undetermined", "Chưa xác định"),
                                ],
                                verbose_name="giới tính",
                            ),
                        ),
                        (
                            "ethnicity",
                            models.TextField(
                                blank=True,
                                default="",
                                help_text="Two digits of 121-TCTK/PPCĐ; see data/ethnicities.csv.",
                                verbose_name="dân tộc",
                            ),
                        ),
                        (
                            "nationality",
                            models.TextField(
                                default="VN", help_text="ISO 3166-1 alpha-2.", verbose_name="quốc tịch"
                            ),
                        ),
                        (
                            "status",
                            models.TextField(
                                choices=[
                                    ("alive", "Còn sống"),
                                    ("dead", "Đã chết"),
                                    ("missing", "Bị tuyên bố mất tích"),
                                    ("emigrated", "Đã ra nước ngoài định cư"),
                                ],
                                default="alive",
                                verbose_name="tình trạng",
                            ),
                        ),
                        (
                            "residence_detail",
                            models.TextField(blank=True, default="", verbose_name="số nhà, đường, thôn"),
                        ),
                        (
                            "residence_since",
                            models.DateField(blank=True, null=True, verbose_name="thường trú từ ngày"),
                        ),
                        (
                            "home_town",
                            models.TextField(
                                blank=True,
                                default="",
                                help_text="As registered, under its old names.",
                                verbose_name="quê quán như đã đăng ký",
                            ),
                        ),
                        (
                            "mother_number",
                            models.TextField(blank=True, default="", verbose_name="số định danh của mẹ"),
                        ),
                        ("mother_name", models.TextField(blank=True, default="", verbose_name="họ tên mẹ")),
                        (
                            "father_number",
                            models.TextField(blank=True, default="", verbose_name="số định danh của cha"),
                        ),
                        ("father_name", models.TextField(blank=True, default="", verbose_name="họ tên cha")),
                        (
                            "spouse_number",
                            models.TextField(
                                blank=True, default="", verbose_name="số định danh của vợ hoặc chồng"
                            ),
                        ),
                        (
                            "head_number",
                            models.TextField(blank=True, default="", verbose_name="số định danh của chủ hộ"),
                        ),
                        (
                            "relation_to_head",
                            models.TextField(
                                blank=True,
                                choices=[
                                    ("head", "Chủ hộ"),
                                    ("wife", "Vợ"),
                                    ("husband", "Chồng"),
                                    ("child", "Con"),
                                    ("parent", "Cha, mẹ"),
                                    ("sibling", "Anh, chị, em"),
                                    ("grandchild", "Cháu"),
                                    ("grandparent", "Ông, bà"),
                                    ("other", "Khác"),
                                ],
                                default="",
                                verbose_name="quan hệ với chủ hộ",
                            ),
                        ),
                        (
                            "old_number",
                            models.TextField(
                                blank=True, default="", verbose_name="số chứng minh nhân dân cũ"
                            ),
                        ),
                        (
                            "card_issued_on",
                            models.DateField(blank=True, null=True, verbose_name="ngày cấp thẻ"),
                        ),
                        (
                            "card_issued_by",
                            models.TextField(blank=True, default="", verbose_name="nơi cấp thẻ"),
                        ),
                        (
                            "home_town_unit",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="territory.unit",
                                verbose_name="quê quán",
                            ),
                        ),
                        (
                            "residence_unit",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                help_text="A commune; empty while no residence is registered.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="territory.unit",
                                verbose_name="nơi thường trú",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "người",
                        "verbose_name_plural": "người",
                    },
                ),
                migrations.AddIndex(
                    model_name="person",
                    index=models.Index(fields=["ref"], name="population_person_ref"),
                ),
                migrations.AddIndex(
                    model_name="person",
                    index=models.Index(
                        fields=["residence_unit", "search_key"], name="population_person_lives_in"
                    ),
                ),
                migrations.AddIndex(
                    model_name="person",
                    index=models.Index(
                        fields=["search_key", "birth_date"],
                        name="population_person_search",
                        opclasses=["text_pattern_ops", "date_ops"],
                    ),
                ),
                migrations.AddIndex(
                    model_name="person",
                    index=models.Index(
                        condition=models.Q(("mother_number", ""), _negated=True),
                        fields=["mother_number"],
                        name="population_person_mother",
                    ),
                ),
                migrations.AddIndex(
                    model_name="person",
                    index=models.Index(
                        condition=models.Q(("father_number", ""), _negated=True),
                        fields=["father_number"],
                        name="population_person_father",
                    ),
                ),
                migrations.AddIndex(
                    model_name="person",
                    index=models.Index(
                        condition=models.Q(("head_number", ""), _negated=True),
                        fields=["head_number"],
                        name="population_person_head",
                    ),
                ),
                migrations.AddIndex(
                    model_name="person",
                    index=models.Index(
                        condition=models.Q(("old_number", ""), _negated=True),
                        fields=["old_number"],
                        name="population_person_old_number",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="person",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("personal_number__regex", "^[0-9]{12}$")),
                        name="population_person_number",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="person",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("full_name", ""), _negated=True),
                        name="population_person_has_a_name",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="person",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("birth_precision", "day"),
                            models.Q(("birth_date__day", 1), ("birth_precision", "month")),
                            models.Q(
                                ("birth_date__day", 1), ("birth_date__month", 1), ("birth_precision", "year")
                            ),
                            _connector="OR",
                        ),
                        name="population_person_birth_precision",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="person",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("sex__in", ["male", "female", "undetermined"])),
                        name="population_person_sex",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="person",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("status__in", ["alive", "dead", "missing", "emigrated"])),
                        name="population_person_status",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="person",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("ethnicity__regex", "^([0-9]{2})?$")),
                        name="population_person_ethnicity",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="person",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("nationality__regex", "^[A-Z]{2}$")),
                        name="population_person_nationality",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="person",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("mother_number__regex", "^([0-9]{12})?$"),
                            ("father_number__regex", "^([0-9]{12})?$"),
                            ("spouse_number__regex", "^([0-9]{12})?$"),
                        ),
                        name="population_person_family_numbers",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="person",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("head_number", ""), ("relation_to_head", "")),
                            models.Q(
                                ("head_number__regex", "^[0-9]{12}$"),
                                (
                                    "relation_to_head__in",
                                    [
                                        "head",
                                        "wife",
                                        "husband",
                                        "child",
                                        "parent",
                                        "sibling",
                                        "grandchild",
                                        "grandparent",
                                        "other",
                                    ],
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="population_person_household",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="person",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("old_number__regex", "^([0-9]{9})?$")),
                        name="population_person_old_number_shape",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Birth",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("dossier", models.TextField(unique=True, verbose_name="hồ sơ")),
                ("basis", models.TextField(verbose_name="căn cứ")),
                (
                    "registered_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), verbose_name="lúc"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_column="person_number",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="births",
                        to="population.person",
                    ),
                ),
            ],
            options={
                "verbose_name": "việc khai sinh",
                "verbose_name_plural": "việc khai sinh",
            },
        ),
        migrations.RunSQL(
            ACCESS,
            "DROP TABLE population_access; DROP SEQUENCE population_access_id; "
            "DROP FUNCTION population_access_stays",
            state_operations=[
                migrations.CreateModel(
                    name="Access",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        (
                            "at",
                            models.DateTimeField(
                                db_default=django.db.models.functions.datetime.Now(), verbose_name="lúc"
                            ),
                        ),
                        (
                            "actor",
                            models.TextField(
                                help_text='A reference such as "account:17".', verbose_name="ai xem"
                            ),
                        ),
                        (
                            "actor_display",
                            models.TextField(help_text="Duty, never a private name.", verbose_name="hiện là"),
                        ),
                        ("organisation", models.TextField(blank=True, default="", verbose_name="mã cơ quan")),
                        (
                            "organisation_name",
                            models.TextField(blank=True, default="", verbose_name="cơ quan"),
                        ),
                        (
                            "organisation_province",
                            models.TextField(blank=True, default="", help_text="Unit code; empty: country."),
                        ),
                        (
                            "home_province",
                            models.TextField(
                                blank=True, default="", help_text="Of the person, when it was read."
                            ),
                        ),
                        (
                            "purpose",
                            models.TextField(
                                choices=[
                                    ("own", "Tự xem dữ liệu của mình"),
                                    ("prefill", "Điền sẵn tờ khai"),
                                    ("counter", "Tiếp nhận tại bộ phận một cửa"),
                                    ("examine", "Thẩm định hồ sơ"),
                                    ("issue", "Cấp kết quả"),
                                    ("review", "Rà soát theo kế hoạch"),
                                ],
                                verbose_name="mục đích",
                            ),
                        ),
                        ("basis", models.TextField(verbose_name="căn cứ")),
                        (
                            "groups",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.TextField(), size=None, verbose_name="xem gì"
                            ),
                        ),
                        ("dossier", models.TextField(blank=True, default="", verbose_name="hồ sơ")),
                        ("by_self", models.BooleanField(default=False, verbose_name="tự xem")),
                        (
                            "person",
                            models.ForeignKey(
                                db_column="person_number",
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="accesses",
                                to="population.person",
                                verbose_name="người",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "lần xem",
                        "verbose_name_plural": "lần xem",
                    },
                ),
                migrations.AddIndex(
                    model_name="access",
                    index=models.Index(fields=["person", "-at"], name="population_access_of"),
                ),
                migrations.AddConstraint(
                    model_name="access",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("basis", ""), _negated=True), name="population_access_says_why"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="access",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("purpose__in", ["own", "prefill", "counter", "examine", "issue", "review"])
                        ),
                        name="population_access_purpose",
                    ),
                ),
            ],
        ),
    ]
