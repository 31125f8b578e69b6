"""Words of the register of tasks: what may be said of a task, and the four legal buckets."""

from enum import StrEnum
from typing import Final

from lienthong.kit.errors import said


class Act(StrEnum):
    """What a line of a task's ledger says."""

    ASSIGNED = "assigned"
    SET_DUE = "set_due"
    """The event a relative due date waits for has come, or the request was made."""
    REPORTED = "reported"
    ASKED_EXTENSION = "asked_extension"
    GRANTED_EXTENSION = "granted_extension"
    REFUSED_EXTENSION = "refused_extension"
    OBSTACLE = "obstacle"
    REMOVED_OBSTACLE = "removed_obstacle"
    PERIOD_DONE = "period_done"
    COMPLETED = "completed"
    RETURNED = "returned"
    CANCELLED = "cancelled"
    FUNDED = "funded"
    RETRACTED = "retracted"


ACT_NAMES: Final = {
    Act.ASSIGNED: said("Giao nhiệm vụ"),
    Act.SET_DUE: said("Xác định thời hạn"),
    Act.REPORTED: said("Báo cáo tiến độ"),
    Act.ASKED_EXTENSION: said("Xin gia hạn"),
    Act.GRANTED_EXTENSION: said("Gia hạn"),
    Act.REFUSED_EXTENSION: said("Không đồng ý gia hạn"),
    Act.OBSTACLE: said("Báo vướng mắc"),
    Act.REMOVED_OBSTACLE: said("Vướng mắc đã được gỡ"),
    Act.PERIOD_DONE: said("Xong một kỳ"),
    Act.COMPLETED: said("Hoàn thành"),
    Act.RETURNED: said("Trả lại kết quả, làm tiếp"),
    Act.CANCELLED: said("Thôi giao"),
    Act.FUNDED: said("Kinh phí"),
    Act.RETRACTED: said("Rút lại dòng ghi nhầm"),
}

DECIDING_DUE: Final = (Act.ASSIGNED, Act.SET_DUE, Act.GRANTED_EXTENSION)
"""The last of these tells the due date."""
DECIDING_STATUS: Final = (Act.ASSIGNED, Act.COMPLETED, Act.RETURNED, Act.CANCELLED)
"""The last of these tells whether the task is open, done or cancelled."""
COMMITTING: Final = (Act.REPORTED, Act.ASKED_EXTENSION)
"""What the lead promises anew; it moves no due date."""


class Bucket(StrEnum):
    """The four buckets of every report on assigned tasks (BC 1270/BC-TCTTTg, 27/12/2017)."""

    DONE_IN_TIME = "done_in_time"
    DONE_LATE = "done_late"
    OPEN_IN_TIME = "open_in_time"
    OPEN_LATE = "open_late"


BUCKET_NAMES: Final = {
    Bucket.DONE_IN_TIME: said("hoàn thành đúng hạn"),
    Bucket.DONE_LATE: said("hoàn thành quá hạn"),
    Bucket.OPEN_IN_TIME: said("chưa hoàn thành, trong hạn"),
    Bucket.OPEN_LATE: said("chưa hoàn thành, quá hạn"),
}


class Late(StrEnum):
    """What "late" (chậm) means; reports differ, so the one in use is printed."""

    OPEN = "open"
    WITH_DONE = "with_done"


LATE_BUCKETS: Final = {
    Late.OPEN: frozenset({Bucket.OPEN_LATE}),
    Late.WITH_DONE: frozenset({Bucket.OPEN_LATE, Bucket.DONE_LATE}),
}
LATE_NAMES: Final = {
    Late.OPEN: said("chưa hoàn thành và đã quá hạn"),
    Late.WITH_DONE: said("chưa hoàn thành và đã quá hạn, cộng cả hoàn thành sau hạn"),
}


class Whole(StrEnum):
    """What the share of late tasks is taken over; BC 1270 leaves it open, so it is printed."""

    ALL = "all"
    DUE = "due"


WHOLE_BUCKETS: Final = {
    Whole.ALL: frozenset(Bucket),
    Whole.DUE: frozenset({Bucket.DONE_IN_TIME, Bucket.DONE_LATE, Bucket.OPEN_LATE}),
}
WHOLE_NAMES: Final = {
    Whole.ALL: said("mọi nhiệm vụ đã giao"),
    Whole.DUE: said("nhiệm vụ đến hạn: đã hoàn thành hoặc đã quá hạn"),
}


class DeadlineKind(StrEnum):
    FIXED = "fixed"
    RELATIVE = "relative"
    RECURRING = "recurring"
    REQUEST = "request"
    NONE = "none"


DEADLINE_NAMES: Final = {
    DeadlineKind.FIXED: said("ngày cố định"),
    DeadlineKind.RELATIVE: said("tính từ một sự kiện"),
    DeadlineKind.RECURRING: said("định kỳ"),
    DeadlineKind.REQUEST: said("theo đề nghị của cấp trên"),
    DeadlineKind.NONE: said("không nêu thời hạn"),
}


class Every(StrEnum):
    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half_year"
    YEAR = "year"


MONTHS_OF: Final = {Every.MONTH: 1, Every.QUARTER: 3, Every.HALF_YEAR: 6, Every.YEAR: 12}
EVERY_NAMES: Final = {
    Every.MONTH: said("hằng tháng"),
    Every.QUARTER: said("hằng quý"),
    Every.HALF_YEAR: said("sáu tháng một lần"),
    Every.YEAR: said("hằng năm"),
}


class Cause(StrEnum):
    """The five groups that obstacles are reported under."""

    INSTITUTIONS = "institutions"
    INFRASTRUCTURE = "infrastructure"
    PEOPLE = "people"
    DATA = "data"
    MONEY = "money"


CAUSE_NAMES: Final = {
    Cause.INSTITUTIONS: said("Thể chế, văn bản quy định"),
    Cause.INFRASTRUCTURE: said("Hạ tầng, hệ thống"),
    Cause.PEOPLE: said("Con người"),
    Cause.DATA: said("Dữ liệu, kết nối"),
    Cause.MONEY: said("Kinh phí"),
}
NO_CAUSE: Final = said("Chưa báo cáo nguyên nhân")


class Money(StrEnum):
    PLANNED = "planned"
    ALLOCATED = "allocated"
    SPENT = "spent"


MONEY_NAMES: Final = {
    Money.PLANNED: said("Dự kiến"),
    Money.ALLOCATED: said("Đã bố trí"),
    Money.SPENT: said("Đã chi"),
}


class Group(StrEnum):
    """How the 2024 plan of Đề án 06 divides its tasks."""

    COMMON = "common"
    SPECIFIC = "specific"


GROUP_NAMES: Final = {Group.COMMON: said("nhiệm vụ chung"), Group.SPECIFIC: said("nhiệm vụ cụ thể")}


class BodyKind(StrEnum):
    NATIONAL_COMMITTEE = "national_committee"
    STEERING_COMMITTEE = "steering_committee"
    WORKING_GROUP = "working_group"


BODY_NAMES: Final = {
    BodyKind.NATIONAL_COMMITTEE: said("Ủy ban Quốc gia"),
    BodyKind.STEERING_COMMITTEE: said("Ban Chỉ đạo"),
    BodyKind.WORKING_GROUP: said("Tổ công tác"),
}


class BodyPost(StrEnum):
    CHAIR = "chair"
    VICE = "vice"
    SECRETARY = "secretary"
    MEMBER = "member"


BODY_POST_NAMES: Final = {
    BodyPost.CHAIR: said("Chủ tịch, trưởng ban"),
    BodyPost.VICE: said("Phó chủ tịch, phó trưởng ban"),
    BodyPost.SECRETARY: said("Thư ký"),
    BodyPost.MEMBER: said("Ủy viên"),
}
ASSIGNING_POSTS: Final = frozenset({BodyPost.CHAIR, BodyPost.VICE, BodyPost.SECRETARY})


class Compare(StrEnum):
    """A target's comparator, in the words of its document."""

    AT_LEAST = "at_least"
    ABOVE = "above"
    EQUAL = "equal"
    AT_MOST = "at_most"
    BELOW = "below"
    ABOUT = "about"
    REACH = "reach"
    """ "đạt 80%": the text says neither "at least" nor "exactly"."""


COMPARE_NAMES: Final = {
    Compare.AT_LEAST: said("tối thiểu"),
    Compare.ABOVE: said("trên"),
    Compare.EQUAL: said("bằng"),
    Compare.AT_MOST: said("tối đa"),
    Compare.BELOW: said("dưới"),
    Compare.ABOUT: said("gần"),
    Compare.REACH: said("đạt"),
}


class Direction(StrEnum):
    UP = "up"
    DOWN = "down"


DIRECTION_OF: Final = {
    Compare.AT_LEAST: Direction.UP,
    Compare.ABOVE: Direction.UP,
    Compare.EQUAL: Direction.UP,
    Compare.REACH: Direction.UP,
    Compare.ABOUT: Direction.UP,
    Compare.AT_MOST: Direction.DOWN,
    Compare.BELOW: Direction.DOWN,
}


class Priority(StrEnum):
    NORMAL = "normal"
    URGENT = "urgent"


class Proposal(StrEnum):
    """What a fact read from a document may become."""

    TARGET = "target"
    TASK = "task"
    OBSERVATION = "observation"


PROPOSAL_NAMES: Final = {
    Proposal.TARGET: said("Chỉ tiêu"),
    Proposal.TASK: said("Nhiệm vụ"),
    Proposal.OBSERVATION: said("Số liệu"),
}


class Judgement(StrEnum):
    """What a person said of a proposal."""

    WAITING = "waiting"
    CONFIRMED = "confirmed"
    DROPPED = "dropped"


JUDGEMENT_NAMES: Final = {
    Judgement.WAITING: said("Chờ xem"),
    Judgement.CONFIRMED: said("Đã xác nhận"),
    Judgement.DROPPED: said("Đã bỏ"),
}
