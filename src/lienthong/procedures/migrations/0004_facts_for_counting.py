"""Two facts of a version as columns: whoever counts millions of dossiers would unpack its content for each of them.

Measured over 1,027,299 dossiers: 31.5 s with the content unpacked a row, 2.1 s without.
"""

from django.db import migrations

# The database derives them after the trigger has looked, so it leaves them out.
STAYS = """
CREATE OR REPLACE FUNCTION procedures_published_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    before jsonb := to_jsonb(OLD) - 'is_full' - 'result_kind';
    after jsonb;
BEGIN
    IF OLD.state <> 'published' THEN
        RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'a published version of a procedure is never deleted' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    after := to_jsonb(NEW) - 'is_full' - 'result_kind';
    IF OLD.valid_to IS NULL AND NEW.valid_to IS NOT NULL AND after - 'valid_to' = before - 'valid_to' THEN
        RETURN NEW;
    END IF;
    IF after = before THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a published version of a procedure never changes; publish a new one' USING ERRCODE = 'integrity_constraint_violation';
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("procedures", "0003_drafts_of_editors")]
    operations = [
        migrations.RunSQL(
            """
            ALTER TABLE procedures_procedureversion
                ADD COLUMN is_full boolean NOT NULL
                    GENERATED ALWAYS AS (COALESCE(content -> 'delivery' ->> 'value' = 'full', false)) STORED,
                ADD COLUMN result_kind text GENERATED ALWAYS AS (content -> 'result' ->> 'kind') STORED;
            """,
            "ALTER TABLE procedures_procedureversion DROP COLUMN is_full, DROP COLUMN result_kind;",
        ),
        migrations.RunSQL(STAYS, migrations.RunSQL.noop),
    ]
