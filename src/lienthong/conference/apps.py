from django.apps import AppConfig


class ConferenceConfig(AppConfig):
    name = "lienthong.conference"

    def ready(self) -> None:
        """Declare the room's permissions."""
        from lienthong.conference import permissions  # noqa: F401, PLC0415 - models exist only now
