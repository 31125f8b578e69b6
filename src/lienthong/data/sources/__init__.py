"""The sources' schemas: which fields a sector sends, of which kind, under which law.

    SCHEMAS                       codes in the order of the lists on screen
    OWN                           codes of the platform's own registers, which nobody sends
    schema(code) -> Schema        fields, kinds, vocabularies, checks; raises SchemaUnknown
    schemas() -> tuple[Schema]
    guess(headers) -> Schema|None the schema that a header row clearly belongs to
    template_workbook(schema, out) -> Path      an empty workbook to fill in, with lists and a guide
    Schema, Field, Vocabulary, Kind

A schema is a YAML file in `schemas/`; `person.yaml` holds the columns that every one shares, among
them those that linkage reads (`LINKAGE_FIELDS`).
"""

from lienthong.data.sources.schema import (
    DECEASED,
    LINKAGE_FIELDS,
    OWN,
    SCHEMAS,
    Field,
    Kind,
    Schema,
    SchemaUnknown,
    Vocabulary,
    guess,
    header_key,
    schema,
    schemas,
)
from lienthong.data.sources.template import template_workbook

__all__ = [
    "DECEASED",
    "LINKAGE_FIELDS",
    "OWN",
    "SCHEMAS",
    "Field",
    "Kind",
    "Schema",
    "SchemaUnknown",
    "Vocabulary",
    "guess",
    "header_key",
    "schema",
    "schemas",
    "template_workbook",
]
