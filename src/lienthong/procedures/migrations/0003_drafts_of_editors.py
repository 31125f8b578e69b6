from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("procedures", "0002_published_versions_stay")]
    operations = [
        migrations.AddField(
            model_name="procedureversion",
            name="prepared_by",
            field=models.TextField(
                blank=True, default="", help_text="The editor, as account:17; empty: loaded from the record."
            ),
        ),
        migrations.AddConstraint(
            model_name="procedureversion",
            constraint=models.UniqueConstraint(
                condition=models.Q(state="draft"), fields=["procedure"], name="procedures_version_one_draft"
            ),
        ),
    ]
