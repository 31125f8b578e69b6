from django.apps import AppConfig


class SteeringConfig(AppConfig):
    name = "lienthong.steering"

    def ready(self) -> None:
        """Declare the room's permissions."""
        from lienthong.steering import permissions  # noqa: F401, PLC0415 - models exist only now
