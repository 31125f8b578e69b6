"""A filter of the queue as it stands in an address."""

from typing import Any

from lienthong.cleaning.public import Wanted
from lienthong.registries.public import Verdict

NAMES = {
    "source": "nguon", "verdict": "ket-luan", "state": "trang-thai", "unit": "noi", "batch": "tep",
    "field": "muc", "least": "tu",
}  # fmt: skip
"""Field of `Wanted` -> its name in an address."""


def wanted_of(typed: Any) -> Wanted:
    """The address as typed values; what is odd is ignored."""
    given = {field: str(typed.get(name, ""))[:40] for field, name in NAMES.items()}
    batch, least = given.pop("batch"), given.pop("least")
    if given["verdict"] not in set(Verdict):
        given["verdict"] = ""
    return Wanted(
        **given,
        batch=int(batch) if batch.isdigit() and len(batch) < 15 else None,
        least=min(int(least), 100) if least.isdigit() and len(least) < 4 else None,
    )


def address_of(wanted: Wanted) -> dict[str, str]:
    return {NAMES[field]: str(value) for field, value in wanted.as_json().items()}
