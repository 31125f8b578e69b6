"""What a record says, as a list of facts, its numbers masked."""

from typing import Final

from lienthong.cleaning.public import shown
from lienthong.data.sources import schema
from lienthong.registries.public import Record

MASKED: Final = frozenset(
    {"personal_number", "old_number", "phone", "tax_code", "insurance_number", "card_code"}
)
"""Kinds of values of which a page shows the end only."""


def own_values(record: Record) -> list[dict[str, str]]:
    """term and detail for parts/_keys.html, in the order of the schema; what is empty is left out."""
    return [
        {
            "term": field.label,
            "detail": f"•••• {record.values[field.name][-4:]}"
            if field.kind.code in MASKED
            else shown(field, record.values[field.name]),
        }
        for field in schema(record.source.schema).fields
        if record.values.get(field.name)
    ]
