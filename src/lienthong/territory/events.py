from dataclasses import dataclass

from lienthong.audit.public import Event
from lienthong.kit.errors import said


@dataclass(frozen=True, kw_only=True)
class UnitsLoaded(Event):
    """The register of units was brought to an edition of the data files."""

    edition: str
    """Day from which the newest unit of the edition is in force, ISO."""
    units_added: int
    units_changed: int
    successions_added: int

    sentence = said(
        "Danh mục đơn vị hành chính được cập nhật đến {edition}: thêm {units_added}, sửa {units_changed}, "
        "thêm {successions_added} quan hệ kế thừa."
    )
