from dataclasses import dataclass
from datetime import date

from lienthong.audit.public import Event
from lienthong.kit.errors import said


@dataclass(frozen=True, kw_only=True)
class OrganisationsLoaded(Event):
    """The register of agencies was brought to the edition of the data files."""

    edition: str
    """Day from which the newest agency is in force, ISO."""
    organisations_added: int
    organisations_changed: int

    sentence = said(
        "Danh mục cơ quan được cập nhật đến {edition}: "
        "thêm {organisations_added}, sửa {organisations_changed}."
    )


@dataclass(frozen=True, kw_only=True)
class HolderAppointed(Event):
    post: int
    holding: int
    organisation: str
    since: date

    sentence = said("Vị trí {post} của cơ quan {organisation} có người giữ từ {since}.")


@dataclass(frozen=True, kw_only=True)
class HoldingEnded(Event):
    post: int
    holding: int
    organisation: str
    until: date

    sentence = said("Vị trí {post} của cơ quan {organisation} thôi có người giữ từ {until}.")
