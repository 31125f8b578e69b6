"""What a procedure must say to be complete: NĐ 63/2010/NĐ-CP art. 8.2."""

from dataclasses import dataclass

from lienthong.kit.errors import said
from lienthong.procedures.content import Content


@dataclass(frozen=True, slots=True)
class MissingPart:
    part: str
    sentence: str


def completeness(content: Content) -> list[MissingPart]:
    """The required parts that the content does not state; an empty list means complete."""
    parts = [
        ("name", bool(content.official_name), said("Thiếu tên thủ tục.")),
        ("steps", bool(content.steps or content.process), said("Thiếu trình tự thực hiện.")),
        ("channels", bool(content.channels.items), said("Thiếu cách thức thực hiện.")),
        ("papers", bool(content.papers.items), said("Thiếu thành phần hồ sơ.")),
        (
            "sets_of_papers",
            content.sets_of_papers is not None,
            said("Nguồn không nêu số lượng hồ sơ (số bộ)."),
        ),
        ("limits", _has_limit(content), said("Nguồn không nêu thời hạn giải quyết.")),
        ("applicants", bool(content.applicants.who), said("Thiếu đối tượng thực hiện.")),
        ("agency", bool(content.authority.agency), said("Thiếu cơ quan thực hiện.")),
    ]
    return [MissingPart(part, sentence) for part, stated, sentence in parts if not stated]


def _has_limit(content: Content) -> bool:
    return any(v.value is not None or v.kind == "campaign_window" for v in content.variants)
