"""All that other rooms may import from territory."""

from lienthong.territory.models import Kind, Level, Succession, Unit

__all__ = ["Kind", "Level", "Succession", "Unit"]
