"""Plain Python: deadlines, standing of a task, counts, targets, foresight."""

from lienthong.steering.rules.targets import MEASURED_BY, TIERS

__all__ = ["MEASURED_BY", "TIERS"]
