import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("organisations", "0001_organisations"),
    ]

    operations = [
        migrations.CreateModel(
            name="Mark",
            fields=[
                ("id", models.SmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("seen", models.TextField(help_text="A transaction id (xid8).")),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("id", 1)), name="indicators_one_mark")
                ],
            },
        ),
        migrations.CreateModel(
            name="Tally",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("month", models.DateField(help_text="First day of the month of receipt, Vietnamese time.")),
                ("procedure_code", models.TextField()),
                ("received", models.IntegerField()),
                ("online", models.IntegerField(help_text="Filed online.")),
                (
                    "full",
                    models.IntegerField(
                        help_text="Received under a version that is end to end (toàn trình)."
                    ),
                ),
                ("full_online", models.IntegerField(help_text="Of those, filed online.")),
                ("in_time", models.IntegerField(help_text="Closed or stopped not later than due.")),
                ("late", models.IntegerField(help_text="Closed or stopped later than due.")),
                ("running", models.IntegerField()),
                ("results", models.IntegerField(help_text="Decided in the applicant's favour.")),
                ("digitised", models.IntegerField(help_text="Of those, with a signed electronic result.")),
                (
                    "authority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.organisation",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("month", "authority", "procedure_code"), name="indicators_tally_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "received",
                                django.db.models.expressions.CombinedExpression(
                                    django.db.models.expressions.CombinedExpression(
                                        models.F("in_time"), "+", models.F("late")
                                    ),
                                    "+",
                                    models.F("running"),
                                ),
                            )
                        ),
                        name="indicators_tally_adds_up",
                    ),
                ],
            },
        ),
    ]
