"""The states of a version of a procedure."""

from enum import StrEnum
from typing import Final

from lienthong.kit.errors import said


class VersionState(StrEnum):
    DRAFT = "draft"
    PUBLISHED = "published"


STATE_NAMES: Final = {VersionState.DRAFT: said("Bản nháp"), VersionState.PUBLISHED: said("Đã công bố")}
MOVES: Final = {VersionState.DRAFT: frozenset({VersionState.PUBLISHED}), VersionState.PUBLISHED: frozenset()}
"""A published version never goes back: dossiers keep it. The database refuses it too."""
