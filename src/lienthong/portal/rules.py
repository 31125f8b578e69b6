"""How the hall speaks to a person, and what it calls the parts of a form. Plain Python."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from lienthong.kit.errors import Refused, said
from lienthong.kit.identifiers import PersonalNumber, Sex

ANYBODY: Final = said("ông, bà")
SALUTATIONS: Final[Mapping[Sex, str]] = MappingProxyType({Sex.FEMALE: said("bà"), Sex.MALE: said("ông")})


def salutation(number: str | None) -> str:
    """ "bà" or "ông" as the personal number tells; "ông, bà" until the person is known."""
    if not number:
        return ANYBODY
    try:
        return SALUTATIONS[PersonalNumber.parse(number).sex]
    except Refused:
        return ANYBODY


def given_name(name: str) -> str:
    """What a Vietnamese person is called by: the last word."""
    return name.rpartition(" ")[2]


def begin_large(words: str) -> str:
    return words[:1].upper() + words[1:]


def begin_small(words: str) -> str:
    """As in the middle of a sentence; abbreviations keep their capitals."""
    return words if words[:2].isupper() else words[:1].lower() + words[1:]


DELIVERY_LEVELS: Final[Mapping[str | None, str]] = MappingProxyType(
    {
        "full": said("toàn trình: làm trọn vẹn qua mạng, không phải đến nơi"),
        "partial": said("một phần: có bước phải đến nơi"),
        None: said("nguồn chưa nêu làm qua mạng được toàn trình hay một phần"),
    }
)
DELIVERY_SHORT: Final[Mapping[str | None, str]] = MappingProxyType(
    {
        "full": said("làm trọn vẹn qua mạng"),
        "partial": said("cần đến nơi ít nhất một lần"),
        None: said("nguồn chưa nêu mức làm qua mạng"),
    }
)
CHANNELS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "online": said("qua mạng"),
        "direct": said("trực tiếp tại Trung tâm Phục vụ hành chính công"),
        "post": said("qua bưu chính"),
    }
)
RESULTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "online": said("Bản điện tử có chữ ký số, trong kho giấy tờ"),
        "direct": said("Bản giấy, nhận tại nơi nộp"),
        "post": said("Bản giấy, gửi qua bưu chính"),
    }
)
"""Ways to get the result, by dossiers' channel names."""
