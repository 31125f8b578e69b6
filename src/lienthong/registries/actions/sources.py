"""Opening sources."""

from django.db import transaction

from lienthong.audit.public import record
from lienthong.identity.public import Actor, require
from lienthong.organisations.public import Organisation
from lienthong.registries.events import SourceOpened
from lienthong.registries.models import Source


@transaction.atomic
def open_source(
    *, code: str, schema: str, name: str, owner: Organisation, by: Actor, keeper: Organisation | None = None
) -> Source:
    """A source under this code; opening one that is there changes nothing and gives it."""
    require(by, "registries.open_source", None)
    source, made = Source.objects.get_or_create(
        code=code, defaults={"schema": schema, "name": name, "owner": owner, "keeper": keeper}
    )
    if made:
        record(SourceOpened(source=code, owner=owner.code, schema=schema), by=by)
    return source
