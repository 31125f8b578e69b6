"""Reads: targets, the measured ones first."""

from lienthong.identity.public import Actor, require
from lienthong.steering.models import Plan, Target
from lienthong.steering.rules.refusals import NoSuchTarget


def targets() -> list[Target]:
    """Every target, those with a live indicator first, in the order they were told."""
    return sorted(Target.objects.order_by("id"), key=lambda t: not t.indicator)


def targets_of(plan: Plan) -> list[Target]:
    return list(plan.targets.select_related("document").order_by("id"))


def target_for(indicator: str, tier: str) -> Target | None:
    """The target an indicator is held against in a tier, if one was set."""
    return Target.objects.filter(indicator=indicator, indicator_tier=tier).order_by("-event_date").first()


def find_target(pk: int, *, by: Actor) -> Target:
    """Raises NoSuchTarget. Requires steering.read."""
    require(by, "steering.read")
    target = Target.objects.filter(pk=pk).select_related("plan__programme", "document").first()
    if target is None:
        raise NoSuchTarget
    return target
