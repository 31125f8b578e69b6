"""Writes: the targets, from the table of programme facts."""

import csv
from decimal import Decimal
from pathlib import Path
from typing import Final

from django.db import transaction

from lienthong.audit.public import record
from lienthong.identity.public import Actor, require
from lienthong.steering.events import TargetsLoaded
from lienthong.steering.models import Target
from lienthong.steering.rules import MEASURED_BY, TIERS

FACTS: Final = Path(__file__).parent / "data" / "programme_facts.csv"


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
                "unit": row["unit"],
                "note": row["note"],
                "indicator": MEASURED_BY.get(row["subject"], ""),
                "indicator_tier": TIERS.get(row["unit_tier"], ""),
            },
        )
    record(TargetsLoaded(source=FACTS.name, targets=len(rows)), by=by)
    return len(rows)
