"""All that other rooms may import from organisations."""

from lienthong.organisations.models import Holding, Kind, Organisation, Post, Sector

__all__ = ["Holding", "Kind", "Organisation", "Post", "Sector"]
