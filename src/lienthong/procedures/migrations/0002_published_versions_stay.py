"""A published version never changes and never goes: dossiers keep it. Only its end is set, once."""

from pathlib import Path

from django.db import migrations

SQL = (Path(__file__).parent / "0002_published_versions_stay.sql").read_text()


class Migration(migrations.Migration):
    dependencies = [("procedures", "0001_procedures")]
    operations = [
        migrations.RunSQL(
            SQL,
            "DROP TRIGGER procedures_published_stays ON procedures_procedureversion;"
            " DROP FUNCTION procedures_published_stays();",
        )
    ]
