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


class EventKind(StrEnum):
    """What happens in a life, as far as a register keeps it (Law 60/2014/QH13; Law 68/2020/QH14)."""

    ENTRY = "entry"
    """Taken over from an older register or file, as it stood."""
    BIRTH = "birth"
    MARRIAGE = "marriage"
    DIVORCE = "divorce"
    WIDOWING = "widowing"
    MOVE = "move"
    HOUSEHOLD = "household"
    NAMING = "naming"
    CORRECTION = "correction"
    DEATH = "death"
    MISSING = "missing"
    FOUND = "found"
    """The court withdrew that a person is missing or dead (Civil Code 91/2015/QH13, articles 70, 73)."""
    EMIGRATION = "emigration"
    RETURN = "return"
    CONTINUATION = "continuation"
    """The record goes on under another number: replaced (Decree 137/2015/NĐ-CP, 14), or merged."""
    RENUMBERING = "renumbering"
    """A record begins under a new number, in the place of the one whose number no longer fits (137/2015/NĐ-CP, 14)."""
    ANNULMENT = "annulment"
    """Undoes one earlier event, which stays readable."""


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
    LIFE = "life"
    """The events themselves, not only what they led to."""
    ATTRIBUTES = "attributes"


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
EVENT_NAMES: Final[Mapping[str, str]] = {
    EventKind.ENTRY: said("Nhập từ cơ sở dữ liệu trước"),
    EventKind.BIRTH: said("Khai sinh"),
    EventKind.MARRIAGE: said("Kết hôn"),
    EventKind.DIVORCE: said("Ly hôn"),
    EventKind.WIDOWING: said("Vợ hoặc chồng chết"),
    EventKind.MOVE: said("Thay đổi nơi thường trú"),
    EventKind.HOUSEHOLD: said("Thay đổi hộ gia đình"),
    EventKind.NAMING: said("Thay đổi họ, chữ đệm, tên"),
    EventKind.CORRECTION: said("Cải chính, bổ sung"),
    EventKind.DEATH: said("Khai tử"),
    EventKind.MISSING: said("Tòa án tuyên bố mất tích"),
    EventKind.FOUND: said("Tòa án hủy tuyên bố mất tích hoặc đã chết"),
    EventKind.EMIGRATION: said("Ra nước ngoài định cư"),
    EventKind.RETURN: said("Trở về cư trú"),
    EventKind.CONTINUATION: said("Hủy số định danh, tiếp tục ở số khác"),
    EventKind.RENUMBERING: said("Cấp số định danh mới"),
    EventKind.ANNULMENT: said("Hoàn tác"),
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
    Group.LIFE: said("Sự kiện hộ tịch, cư trú"),
    Group.ATTRIBUTES: said("Thông tin bổ sung từ cơ sở dữ liệu khác"),
}
