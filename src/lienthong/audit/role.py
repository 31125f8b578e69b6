"""Whether the database's role can break the record: a warning for who operates, at the start of `serve`."""

import os
from collections.abc import Sequence
from typing import Any

from django.core import checks
from django.core.checks import CheckMessage
from django.db import DatabaseError, connections

APPLICATION = "lienthong_app"
MAY = """
SELECT current_user, rolsuper, pg_has_role(current_user, c.relowner, 'MEMBER'),
    has_table_privilege(current_user, c.oid, 'UPDATE') OR has_table_privilege(current_user, c.oid, 'DELETE')
    OR has_table_privilege(current_user, c.oid, 'TRUNCATE')
FROM pg_roles, pg_class c WHERE rolname = current_user AND c.oid = to_regclass('audit_entry')
"""


def role_is_as_expected(*, databases: Sequence[str] | None = None, **_: Any) -> list[CheckMessage]:
    """Warn when the application connects as a role that may change the record. The owner migrates only."""
    if "default" not in (databases or ()) or os.environ.get("LIENTHONG_AS_OWNER") == "1":
        return []
    try:
        with connections["default"].cursor() as cursor:
            cursor.execute(MAY)
            found = cursor.fetchone()
    except DatabaseError:
        return []  # not there yet, or away: other sentences say so
    return warnings_of(*found) if found else []


def warnings_of(role: str, is_super: bool, owns: bool, may_change: bool) -> list[CheckMessage]:  # noqa: FBT001 a row
    hint = f"Make the role {APPLICATION} as docs/operating.md says, and name it in DATABASE_URL."
    if is_super or owns:
        what = "is a superuser" if is_super else "owns the tables"
        return [
            checks.Warning(
                f"The database role {role} {what}: it can rewrite the record.", hint=hint, id="audit.W001"
            )
        ]
    if may_change:
        return [
            checks.Warning(
                f"The database role {role} may change or delete entries of the record; migrations take that right "
                f"from {APPLICATION} only.",
                hint=hint,
                id="audit.W002",
            )
        ]
    return []
