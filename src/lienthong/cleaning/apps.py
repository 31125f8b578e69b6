from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CleaningConfig(AppConfig):
    name = "lienthong.cleaning"
    verbose_name = _("Làm sạch dữ liệu")

    def ready(self) -> None:
        """Declare the room's permissions, and take part in runs."""
        from lienthong.cleaning import permissions, tasks  # noqa: F401, PLC0415 - models exist only now
