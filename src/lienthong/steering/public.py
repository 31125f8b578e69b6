"""All that other rooms may import from steering."""

from lienthong.steering.actions import load_targets
from lienthong.steering.models import Target
from lienthong.steering.queries import target_for, targets

__all__ = ["Target", "load_targets", "target_for", "targets"]
