"""What an event is: a fact with a name, said once, kept for ever."""

import json
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime
from typing import Any, ClassVar

from lienthong.kit.errors import said

KINDS: dict[str, type["Event"]] = {}


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something that happened. A room declares its own as frozen dataclasses.

    The first field is the subject ("dossier" 17 becomes "dossier:17"). Fields hold ids and
    codes, never personal data. `sentence` is the line in the log, in Vietnamese, with the
    fields as `{placeholders}`.
    """

    sentence: ClassVar[str] = said("Có một việc được ghi lại.")

    def __init_subclass__(cls) -> None:
        KINDS[cls.kind()] = cls

    @classmethod
    def kind(cls) -> str:
        """ "room.Name", the same for ever: renaming a class is a change of the record."""
        return f"{cls.__module__.split('.')[1]}.{cls.__name__}"

    @property
    def subject(self) -> str:
        first = fields(self)[0].name
        return f"{first}:{getattr(self, first)}"

    def facts(self) -> str:
        """Canonical JSON of all fields: sorted keys, no spaces, UTF-8 as it is."""
        return json.dumps(
            asdict(self), default=plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False
        )


def plain(value: Any) -> str:
    return value.isoformat() if isinstance(value, datetime | date) else str(value)
