"""What checks of figures need: the device's pseudonym, when a result was digitised, what was due when papers were asked for.

No row is rewritten but the requests for papers: what is not known of the past stays empty.
"""

from django.db import migrations, models

COLUMNS = """
ALTER TABLE dossiers_dossier ADD COLUMN device text CHECK (device ~ '^[0-9a-f]{16}$');
ALTER TABLE dossiers_dossier ADD COLUMN digitised_at timestamptz;
ALTER TABLE dossiers_dossier ADD CONSTRAINT digitised_has_moment CHECK (digitised_at IS NULL OR digitised);
"""
FORGET = "ALTER TABLE dossiers_dossier DROP COLUMN device, DROP COLUMN digitised_at;"

DUE_WHEN_ASKED = """
UPDATE dossiers_supplement_request r SET due_at = m.due_before FROM dossiers_movement m
WHERE m.dossier_id = r.dossier_id AND m.at = r.asked_at AND m.act = 'ask_supplement';
"""

BEFORE = """
SELECT d.id, d.authority_id, d.procedure_code, d.received_at, d.changed, d.due_at, d.outcome,
    date_trunc('month', d.received_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date AS month,
    d.channel = 'online' AS is_online,
    v.is_full,
    COALESCE(d.closed_at, d.stopped_at) AS ended_at,
    d.digitised,
    d.closed_at IS NULL AND d.stopped_at IS NULL AS is_running"""
# A column that a query does not name costs it nothing: the view is inlined, the join on a unique key left out.
MORE = """,
    d.channel, d.state, d.first_due_at, d.closed_at, d.supplements, d.apologies, d.fee,
    d.filed_by, d.device, d.digitised_at,
    d.applicant_number ~ '^(000|(\\d)\\2{11}$|012345678901|123456789012)'
        OR d.applicant_number LIKE '%000000' AS has_placeholder,
    CASE WHEN d.supplements > 0 THEN (SELECT min(q.asked_at) FROM dossiers_supplement_request q
        WHERE q.dossier_id = d.id AND q.stage = 'examination') END AS asked_at,
    CASE WHEN d.supplements > 0 THEN (SELECT min(q.due_at) FROM dossiers_supplement_request q
        WHERE q.dossier_id = d.id AND q.stage = 'examination') END AS due_when_asked,
    v.result_kind,
    EXISTS (SELECT FROM dossiers_paper p WHERE p.dossier_id = d.id AND p.action = 'submit'
        AND (p.file_id IS NOT NULL OR d.channel = 'online')) AS has_digital_paper,
    EXISTS (SELECT FROM dossiers_paper p WHERE p.dossier_id = d.id AND p.action = 'looked_up') AS has_reused_paper,
    d.sources <> '{}' AS has_prefilled_answer,
    r.score AS rating, r.at AS rated_at"""
RATED = " LEFT JOIN feedback_rating r ON r.subject = 'dossier:' || d.id"
VIEW = """
CREATE OR REPLACE VIEW dossiers_fact AS {columns}
FROM dossiers_dossier d JOIN procedures_procedureversion v ON v.id = d.version_id{joined}
WHERE d.received_at IS NOT NULL;
"""
# A rating touches no dossier: who counts ratings asks here which months they fall in.
RATINGS = """
CREATE VIEW dossiers_rated AS
SELECT d.authority_id, date_trunc('month', d.received_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date AS month,
    r.at AS rated_at
FROM feedback_rating r JOIN dossiers_dossier d
    ON d.id = CASE WHEN r.subject ~ '^dossier:[0-9]{1,18}$' THEN substr(r.subject, 9)::bigint END
WHERE d.received_at IS NOT NULL;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("dossiers", "0002_running_and_helped"),
        ("feedback", "0001_ratings"),
        ("procedures", "0004_facts_for_counting"),
    ]
    operations = [
        migrations.RunSQL(
            COLUMNS,
            FORGET,
            state_operations=[
                migrations.AddField(
                    "Dossier",
                    "device",
                    models.TextField(
                        null=True, help_text="Pseudonym of the device filed from, another each month."
                    ),
                ),
                migrations.AddField(
                    "Dossier",
                    "digitised_at",
                    models.DateTimeField(null=True, help_text="Empty with a digitised result: not known."),
                ),
            ],
        ),
        migrations.AddField(
            "SupplementRequest",
            "due_at",
            models.DateTimeField(
                null=True, help_text="When the result was due as these papers were asked for."
            ),
        ),
        migrations.RunSQL(DUE_WHEN_ASKED, migrations.RunSQL.noop),
        migrations.RunSQL(RATINGS, "DROP VIEW dossiers_rated"),
        migrations.RunSQL(
            VIEW.format(columns=BEFORE + MORE, joined=RATED),
            f"DROP VIEW dossiers_fact; {VIEW.format(columns=BEFORE, joined='')}",
        ),
    ]
