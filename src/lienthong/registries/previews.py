"""A preview of intake, kept as JSON with its file, so that a page opens without reading the file again."""

from collections.abc import Collection, Mapping
from dataclasses import asdict
from typing import Any

from lienthong.data.intake import Column, Plan, Preview, Proposal
from lienthong.data.intake.plan import Example, ProposalKind
from lienthong.data.sources import header_key, schema
from lienthong.registries.rules import FieldTakenTwice, MappingIncomplete

KEPT_ROWS = 20
"""First rows kept with the file, for the page."""


def as_json(preview: Preview) -> dict[str, Any]:
    plain = asdict(preview)
    plain["base"] = preview.base.to_dict()
    plain["rows"] = [list(row) for row in preview.rows[:KEPT_ROWS]]
    return plain


def from_json(plain: Mapping[str, Any]) -> Preview:
    return Preview(
        **{
            **plain,
            "columns": tuple(Column(**{**one, "samples": tuple(one["samples"])}) for one in plain["columns"]),
            "proposals": tuple(_proposal(one) for one in plain["proposals"]),
            "notices": tuple(plain["notices"]),
            "rows": tuple(tuple(row) for row in plain["rows"]),
            "sheets": tuple(plain["sheets"]),
            "missing": tuple(plain["missing"]),
            "base": Plan.from_dict(plain["base"]),
        }
    )


def _proposal(one: Mapping[str, Any]) -> Proposal:
    examples = tuple(Example(**example) for example in one["examples"])
    return Proposal(**{**one, "kind": ProposalKind(one["kind"]), "examples": examples})


def settled(preview: Preview, mapping: Mapping[int, str | None], accepted: Collection[str]) -> Plan:
    """What a person settled: each column's field or none, and the changes taken.

    Raises FieldTakenTwice, MappingIncomplete (a name or a number is the least that says whom a row is about).
    """
    plan = preview.plan(accepted).with_mapping(mapping)
    fields = list(plan.mapping.values())
    labels = {field.name: field.label for field in schema(plan.schema).fields}
    twice = next((name for name in fields if fields.count(name) > 1), None)
    if twice:
        raise FieldTakenTwice(field=labels[twice])
    if not {"full_name", "personal_number"} & set(fields):
        raise MappingIncomplete(fields=f"{labels['full_name']}, {labels['personal_number']}")
    return plan


def remembered(plan: Plan) -> dict[str, str]:
    """{heading, folded: field}: what the next file of the source begins with."""
    return {header_key(plan.headers[index]): name for index, name in plan.mapping.items()}
