"""Which cancelled numbers go on as a person's: what was noted under them is that person's too."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("population", "0002_lives")]

    operations = [
        migrations.AddIndex(
            model_name="person",
            index=models.Index(
                condition=models.Q(("continued_as", ""), _negated=True),
                fields=["continued_as"],
                name="population_person_continued",
            ),
        ),
    ]
