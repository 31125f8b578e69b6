from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SignaturesConfig(AppConfig):
    name = "lienthong.signatures"
    label = "signatures"
    verbose_name = _("Chữ ký số")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Declare this room's permissions."""
        import_module("lienthong.signatures.permissions")
