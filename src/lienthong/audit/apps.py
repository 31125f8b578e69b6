from django.apps import AppConfig
from django.core import checks


class AuditConfig(AppConfig):
    name = "lienthong.audit"
    label = "audit"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from lienthong.audit.role import role_is_as_expected  # noqa: PLC0415 the database's parts load first

        checks.register(role_is_as_expected, checks.Tags.database)
