from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RegistriesConfig(AppConfig):
    name = "lienthong.registries"
    verbose_name = _("Dữ liệu chuyên ngành")

    def ready(self) -> None:
        """Declare the room's permissions."""
        from lienthong.registries import permissions  # noqa: F401, PLC0415 - models exist only now
