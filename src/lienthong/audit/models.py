"""The append-only record. Its tables are written in SQL: see migrations/0001_chain.py."""

import json
from typing import Any

from django.db import models


class Lane(models.Model):
    """One of the chains that entries are linked into, and its last link.

    Several lanes let transactions commit side by side: each takes a free lane and holds it
    to its end. Only the trigger writes here; the application's role may not.
    """

    lane = models.SmallIntegerField(primary_key=True)
    seq = models.BigIntegerField()
    hash = models.BinaryField()

    class Meta:
        db_table = "audit_lane"

    def __str__(self) -> str:
        return f"lane {self.lane}"


class Entry(models.Model):
    """One line of the record. The database fills lane, seq, previous and hash."""

    id = models.BigIntegerField(primary_key=True)
    recorded_at = models.DateTimeField()
    at = models.DateTimeField()
    actor = models.TextField()
    event = models.TextField()
    subject = models.TextField()
    facts = models.TextField()
    lane = models.SmallIntegerField()
    seq = models.BigIntegerField()
    previous = models.BinaryField()
    hash = models.BinaryField()

    class Meta:
        db_table = "audit_entry"
        indexes = [
            models.Index(fields=["subject", "id"], name="audit_entry_subject"),
            models.Index(fields=["lane", "seq"], name="audit_entry_lane"),
        ]

    def __str__(self) -> str:
        return f"{self.event} {self.subject}"

    @property
    def fields(self) -> dict[str, Any]:
        loaded: dict[str, Any] = json.loads(self.facts)
        return loaded
