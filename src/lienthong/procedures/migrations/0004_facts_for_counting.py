"""Two facts of a version as columns: whoever counts millions of dossiers would unpack its content for each of them.

Measured over 1,027,299 dossiers: 31.5 s with the content unpacked a row, 2.1 s without.
"""

from django.db import migrations


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
    ]
