"""Pages of the committees' hall, by what they show."""

from lienthong.console.pages.figures import agency, country, course, late, overview, top, wall

__all__ = ["agency", "country", "course", "late", "overview", "top", "wall"]
