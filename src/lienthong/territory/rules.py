"""How names of units are made of a type word and the name itself."""

from typing import Final

from lienthong.kit.errors import Refused, said
from lienthong.kit.names import fold

TYPE_WORDS: Final = {
    "province": {"province": "Tỉnh", "city": "Thành phố"},
    "district": {
        "urban_district": "Quận",
        "rural_district": "Huyện",
        "town": "Thị xã",
        "provincial_city": "Thành phố",
    },
    "commune": {"commune": "Xã", "ward": "Phường", "township": "Thị trấn", "special_zone": "Đặc khu"},
}
"""The word that names of each kind begin with, by level (Law 72/2025/QH15; before it, 77/2015/QH13)."""

LEVEL_OF_LENGTH: Final = {2: "province", 3: "district", 5: "commune"}
"""The number of digits of a unit's code tells its level."""

_WORD_OF = {kind: word for words in TYPE_WORDS.values() for kind, word in words.items()}
_FOLDED_WORDS = sorted({fold(word) for word in _WORD_OF.values()} | {"tp"}, key=len, reverse=True)


class UnitUnknown(Refused):
    """No unit had this code on that day."""

    sentence = said("Không có đơn vị hành chính mang mã {code} vào ngày {day}.")


def short_name(name: str, kind: str) -> str:
    """'Phường Ba Đình' without its type word: 'Ba Đình'."""
    return name.removeprefix(_WORD_OF[kind]).strip()


def without_type_word(folded: str) -> str:
    """A folded search text without a type word at its head: 'phuong ba dinh' gives 'ba dinh'."""
    for word in _FOLDED_WORDS:
        if folded.startswith(f"{word} "):
            return folded[len(word) + 1 :]
    return folded
