"""Targets: those the conferences told, from the table of facts; those a plan sets."""

import csv
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Final

from django.db import transaction

from lienthong.audit.public import record
from lienthong.identity.public import Actor, require
from lienthong.indicators.public import INDICATORS, Tier
from lienthong.kit.names import tidy
from lienthong.steering.events import TargetSet, TargetsLoaded
from lienthong.steering.models import Plan, SourceDocument, Target
from lienthong.steering.rules import MEASURED_BY, TIERS
from lienthong.steering.rules.refusals import UnknownIndicatorNamed
from lienthong.steering.rules.targets import COMPARED, check_target, dated
from lienthong.steering.states import Compare, Priority

FACTS: Final = Path(__file__).parents[1] / "data" / "programme_facts.csv"
TIER_WORDS: Final = {tier: words for words, tier in TIERS.items()}


@transaction.atomic
def load_targets(*, by: Actor) -> int:
    """Load the targets of data/programme_facts.csv; a second time changes nothing. Gives their number."""
    require(by, "steering.load_targets")
    with FACTS.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["kind"] == "target"]
    for row in rows:
        Target.objects.update_or_create(
            event_date=row["event_date"],
            subject=row["subject"],
            tier=row["unit_tier"],
            deadline=row["as_of_or_deadline"],
            defaults={
                "event": row["event"],
                "value": Decimal(row["value"]) if row["value"] else None,
                "comparator": row["comparator"],
                "compare": COMPARED.get(row["comparator"], ""),
                "due_on": dated(row["as_of_or_deadline"]),
                "unit": row["unit"],
                "note": row["note"],
                "indicator": MEASURED_BY.get(row["subject"], ""),
                "indicator_tier": TIERS.get(row["unit_tier"], ""),
            },
        )
    record(TargetsLoaded(source=FACTS.name, targets=len(rows)), by=by)
    return len(rows)


@transaction.atomic
def set_target(
    *,
    plan: Plan,
    subject: str,
    value: Decimal | None,
    unit: str,
    compare: Compare,
    due_on: date,
    document: SourceDocument,
    whole: str = "",
    indicator: str = "",
    tier: Tier | None = None,
    tier_words: str = "",
    note: str = "",
    priority: Priority = Priority.NORMAL,
    by: Actor,
) -> Target:
    """What the plan's tier shall reach by a day. `whole`: the denominator of a share, in words.

    `tier_words`: whom the document means, where that is no tier that indicators know.

    Raises ThresholdMissing, ThresholdOutOfRange, WholeMissing, DeadlineBeforePlan, UnknownIndicatorNamed.
    """
    require(by, "steering.keep_plan", plan.body)
    if indicator and indicator not in INDICATORS:
        raise UnknownIndicatorNamed(name=indicator)
    check_target(value=value, unit=unit, whole=whole, due_on=due_on, since=plan.since)
    target, _ = Target.objects.update_or_create(
        event_date=document.signed_on.isoformat(),
        subject=tidy(subject),
        tier=TIER_WORDS.get(tier or "", "") or tidy(tier_words) or "quốc gia",
        deadline=due_on.isoformat(),
        defaults={
            "event": document.title,
            "value": value,
            "comparator": next((words for words, each in COMPARED.items() if each is compare), ""),
            "compare": compare,
            "unit": unit,
            "whole": tidy(whole),
            "note": tidy(note),
            "indicator": indicator,
            "indicator_tier": tier or "",
            "plan": plan,
            "document": document,
            "due_on": due_on,
            "priority": priority,
        },
    )
    record(TargetSet(target=target.pk, plan=plan.code), by=by)
    return target
