"""The values a person's record may take, and the words for them on screen."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from lienthong.kit.errors import said
from lienthong.kit.partial_dates import Precision


class Sex(StrEnum):
    MALE = "male"
    FEMALE = "female"
    UNDETERMINED = "undetermined"


class Status(StrEnum):
    ALIVE = "alive"
    DEAD = "dead"
    MISSING = "missing"
    """Declared missing by a court (Civil Code 91/2015/QH13, article 68)."""
    EMIGRATED = "emigrated"


class Relation(StrEnum):
    """Of a member of a household to its head, as on form CT01 (Circular 53/2025/TT-BCA)."""

    HEAD = "head"
    WIFE = "wife"
    HUSBAND = "husband"
    CHILD = "child"
    PARENT = "parent"
    SIBLING = "sibling"
    GRANDCHILD = "grandchild"
    GRANDPARENT = "grandparent"
    OTHER = "other"


class Purpose(StrEnum):
    """What a person's data are read for; the legal basis is told beside it."""

    OWN = "own"
    PREFILL = "prefill"
    """Filling a form with what the State already holds."""
    COUNTER = "counter"
    """Finding the person who stands at the counter, before there is a dossier."""
    EXAMINE = "examine"
    ISSUE = "issue"
    REVIEW = "review"
    """Keeping the register by a plan, without anybody's request."""


class Oddity(StrEnum):
    """Why a person may want to ask about an access."""

    NO_DOSSIER = "no_dossier"
    OUTSIDE_HOURS = "outside_hours"
    OTHER_PROVINCE = "other_province"


class Group(StrEnum):
    """The parts of a record that an access names: "Họ tên, nơi cư trú"."""

    NAME = "name"
    BIRTH = "birth"
    SEX = "sex"
    ETHNICITY = "ethnicity"
    NATIONALITY = "nationality"
    NUMBER = "number"
    CARD = "card"
    RESIDENCE = "residence"
    HOME_TOWN = "home_town"
    PARENTS = "parents"
    SPOUSE = "spouse"
    HOUSEHOLD = "household"
    STATUS = "status"


SEX_NAMES: Final[Mapping[str, str]] = {
    Sex.MALE: said("Nam"),
    Sex.FEMALE: said("Nữ"),
    Sex.UNDETERMINED: said("Chưa xác định"),
}
PRECISION_NAMES: Final[Mapping[str, str]] = {
    Precision.DAY: said("Đủ ngày, tháng, năm"),
    Precision.MONTH: said("Chỉ tháng, năm"),
    Precision.YEAR: said("Chỉ năm"),
}
STATUS_NAMES: Final[Mapping[str, str]] = {
    Status.ALIVE: said("Còn sống"),
    Status.DEAD: said("Đã chết"),
    Status.MISSING: said("Bị tuyên bố mất tích"),
    Status.EMIGRATED: said("Đã ra nước ngoài định cư"),
}
RELATION_NAMES: Final[Mapping[str, str]] = {
    Relation.HEAD: said("Chủ hộ"),
    Relation.WIFE: said("Vợ"),
    Relation.HUSBAND: said("Chồng"),
    Relation.CHILD: said("Con"),
    Relation.PARENT: said("Cha, mẹ"),
    Relation.SIBLING: said("Anh, chị, em"),
    Relation.GRANDCHILD: said("Cháu"),
    Relation.GRANDPARENT: said("Ông, bà"),
    Relation.OTHER: said("Khác"),
}
PURPOSE_NAMES: Final[Mapping[str, str]] = {
    Purpose.OWN: said("Tự xem dữ liệu của mình"),
    Purpose.PREFILL: said("Điền sẵn tờ khai"),
    Purpose.COUNTER: said("Tiếp nhận tại bộ phận một cửa"),
    Purpose.EXAMINE: said("Thẩm định hồ sơ"),
    Purpose.ISSUE: said("Cấp kết quả"),
    Purpose.REVIEW: said("Rà soát theo kế hoạch"),
}
ODDITY_NAMES: Final[Mapping[str, str]] = {
    Oddity.NO_DOSSIER: said("Chưa gắn hồ sơ"),
    Oddity.OUTSIDE_HOURS: said("Ngoài giờ làm việc"),
    Oddity.OTHER_PROVINCE: said("Cơ quan ở tỉnh khác"),
}
GROUP_NAMES: Final[Mapping[str, str]] = {
    Group.NAME: said("Họ tên"),
    Group.BIRTH: said("Ngày sinh"),
    Group.SEX: said("Giới tính"),
    Group.ETHNICITY: said("Dân tộc"),
    Group.NATIONALITY: said("Quốc tịch"),
    Group.NUMBER: said("Số định danh"),
    Group.CARD: said("Thẻ căn cước"),
    Group.RESIDENCE: said("Nơi cư trú"),
    Group.HOME_TOWN: said("Quê quán"),
    Group.PARENTS: said("Cha, mẹ"),
    Group.SPOUSE: said("Quan hệ hôn nhân"),
    Group.HOUSEHOLD: said("Hộ gia đình"),
    Group.STATUS: said("Tình trạng"),
}
