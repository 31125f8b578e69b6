from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("identity", "0001_accounts")]
    operations = [
        migrations.AddField(
            model_name="account",
            name="must_change_password",
            field=models.BooleanField(
                default=False,
                help_text="The password was made by somebody else: no desk page opens before a new one.",
            ),
        )
    ]
