"""Reads: targets, the measured ones first."""

from lienthong.steering.models import Target


def targets() -> list[Target]:
    """Every target, those with a live indicator first, in the order they were told."""
    return sorted(Target.objects.order_by("id"), key=lambda t: not t.indicator)


def target_for(indicator: str, tier: str) -> Target | None:
    """The target an indicator is held against in a tier, if one was set."""
    return Target.objects.filter(indicator=indicator, indicator_tier=tier).order_by("-event_date").first()
