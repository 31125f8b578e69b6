"""All that other rooms may import from organisations."""

from lienthong.organisations.models import Duty, Holding, Kind, Organisation, Post

__all__ = ["Duty", "Holding", "Kind", "Organisation", "Post"]
