"""Whether a signed paper still counts."""

from enum import StrEnum
from typing import Final

from lienthong.kit.errors import said


class Force(StrEnum):
    IN_FORCE = "in_force"
    REPLACED = "replaced"
    REVOKED = "revoked"


WORDS: Final = {
    Force.IN_FORCE: said("Đang có hiệu lực"),
    Force.REPLACED: said("Đã được thay bằng giấy tờ mới"),
    Force.REVOKED: said("Đã bị thu hồi"),
}

MOVES: Final[dict[Force, frozenset[Force]]] = {
    Force.IN_FORCE: frozenset({Force.REPLACED, Force.REVOKED}),
    Force.REPLACED: frozenset(),
    Force.REVOKED: frozenset(),
}
"""A paper out of force never comes back: a new one is signed."""
