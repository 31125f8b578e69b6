"""All that other rooms may import from audit."""

from lienthong.audit.actions import By, OutsideTransaction, on, record, record_all
from lienthong.audit.events import KINDS, Event
from lienthong.audit.models import Entry
from lienthong.audit.queries import BrokenLink, Verified, entries_about, verify

__all__ = [
    "KINDS",
    "BrokenLink",
    "By",
    "Entry",
    "Event",
    "OutsideTransaction",
    "Verified",
    "entries_about",
    "on",
    "record",
    "record_all",
    "verify",
]
