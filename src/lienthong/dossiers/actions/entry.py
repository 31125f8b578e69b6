"""Entering a new dossier: number, dossier, first ledger line and papers, in one statement.

One statement and not four, since this is the busiest write there is and the row of the day's number
is held from here to the end of the transaction.
"""

from typing import Final

from django.db import connection
from django.utils import timezone
from psycopg.types.json import Jsonb

from lienthong.dossiers.models import YEAR, Dossier, Paper
from lienthong.dossiers.states import Act
from lienthong.identity.public import Actor
from lienthong.kit.identifiers import AgencyCode, DossierCode

COLUMNS: Final = (
    "version_id", "procedure_code", "variant", "channel", "helped_at_id", "reception_id", "authority_id",
    "applicant_number", "applicant_name", "applicant_key", "contact", "filed_by", "device", "answers", "sources",
    "delivery", "fee", "state", "filed_at", "last_at", "supplements", "apologies", "step", "digitised", "acts",
)  # fmt: skip
PAPER_COLUMNS: Final = {
    "number": "smallint",
    "key": "text",
    "name": "text",
    "action": "text",
    "file_id": "uuid",
    "source": "text",
    "given_at": "timestamptz",
    "replaced": "boolean",
    "remark": "text",
}
JSON: Final = frozenset({"contact", "answers", "sources"})

ENTER: Final = f"""
WITH numbered AS (
    INSERT INTO dossiers_daily_number AS n (organisation_id, day, last) VALUES (%(reception_id)s, %(day)s, 1)
    ON CONFLICT (organisation_id, day) DO UPDATE SET last = n.last + 1
    RETURNING last, %(year)s + nextval('dossiers_dossier_id') AS id
), filed AS (
    INSERT INTO dossiers_dossier (id, code, {", ".join(COLUMNS)})
    SELECT id, %(before_number)s || lpad(last::text, greatest(length(last::text), %(width)s), '0'),
        {", ".join(f"%({name})s" for name in COLUMNS)}
    FROM numbered RETURNING id, code
), line AS (
    INSERT INTO dossiers_movement (dossier_id, number, act, at, after, actor, actor_name, note, facts)
    SELECT id, 1, %(act)s, %(filed_at)s, %(state)s, %(actor)s, %(actor_name)s, '', %(facts)s FROM filed
), papers AS (
    INSERT INTO dossiers_paper (dossier_id, {", ".join(PAPER_COLUMNS)})
    SELECT id, p.* FROM filed,
        unnest({", ".join(f"%(paper_{name})s::{kind}[]" for name, kind in PAPER_COLUMNS.items())}) p
)
SELECT id, code FROM filed
"""  # noqa: S608 - names of columns, from above


def enter(dossier: Dossier, papers: list[Paper], *, reception_code: str, by: Actor) -> None:
    """Give a new dossier its id and code and write it with its first line; the caller is in a transaction."""
    day = timezone.localdate(dossier.filed_at)
    first = str(DossierCode.make(AgencyCode.parse(reception_code), day, 1))
    before_number, _, number = first.rpartition("-")
    values = {name: getattr(dossier, name) for name in COLUMNS}
    values |= {name: Jsonb(values[name]) for name in JSON}
    values |= {f"paper_{name}": [getattr(paper, name) for paper in papers] for name in PAPER_COLUMNS}
    values |= {
        "day": day,
        "year": day.year * YEAR,
        "before_number": f"{before_number}-",
        "width": len(number),
        "act": Act.FILE.value,
        "actor": by.reference,
        "actor_name": by.name or by.reference,
        "facts": Jsonb({"channel": dossier.channel}),
    }
    with connection.cursor() as cursor:
        cursor.execute(ENTER, values)
        dossier.pk, dossier.code = cursor.fetchone()
    dossier._state.adding = False
    dossier._state.db = connection.alias
