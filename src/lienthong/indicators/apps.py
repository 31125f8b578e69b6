from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    name = "lienthong.indicators"

    def ready(self) -> None:
        """Declare the room's permissions."""
        from lienthong.indicators import permissions  # noqa: F401, PLC0415 - models exist only now
