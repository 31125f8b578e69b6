"""A record may begin under a new number, in the place of one that no longer fits: a kind of event of its own."""

from django.db import migrations, models

KINDS = [
    "entry", "birth", "marriage", "divorce", "widowing", "move", "household", "naming", "correction", "death",
    "missing", "found", "emigration", "return", "continuation", "renumbering", "annulment",
]  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("population", "0004_attributes_by_partition")]

    operations = [
        migrations.RemoveConstraint(model_name="liferow", name="population_life_event_kind"),
        migrations.AddConstraint(
            model_name="liferow",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", KINDS)), name="population_life_event_kind"
            ),
        ),
        migrations.AlterField(
            model_name="liferow",
            name="kind",
            field=models.TextField(verbose_name="sự kiện", choices=[(one, one) for one in KINDS]),
        ),
    ]
