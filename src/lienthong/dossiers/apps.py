from django.apps import AppConfig


class DossiersConfig(AppConfig):
    name = "lienthong.dossiers"

    def ready(self) -> None:
        """Declare the room's permissions."""
        from lienthong.dossiers import permissions  # noqa: F401, PLC0415 - models exist only now
