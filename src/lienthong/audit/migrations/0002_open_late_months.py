"""Opening a month moves what already lies among the leftovers."""

from pathlib import Path

from django.db import migrations

SQL = (Path(__file__).parent / "0002_open_late_months.sql").read_text()


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_chain")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
