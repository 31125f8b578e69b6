"""The register of people, the events of their lives, and who read whose data."""

from lienthong.population.models.accesses import Access, BulkRead
from lienthong.population.models.life import Attribute, Batch, LifeRow
from lienthong.population.models.people import Birth, Person, chain

__all__ = ["Access", "Attribute", "Batch", "Birth", "BulkRead", "LifeRow", "Person", "chain"]
