"""What may be done to a dossier now, by this officer, and what may not, with the reason in words."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _

from lienthong.dossiers.public import Act, Dossier, Movement, Outcome, State, acts_allowed, terms_of
from lienthong.identity.public import Account, Actor, Role, allowed
from lienthong.kit.errors import said


@dataclass(frozen=True)
class Task:
    """One thing to do. `name` is its address; `who` says whose it is when it is not this officer's."""

    name: str
    act: Act
    permission: str
    title: str
    hint: str
    who: str
    done: str


TASKS: Final[Mapping[str, Task]] = {
    task.name: task
    for task in (
        Task(
            "quyet-dinh", Act.DECIDE, "dossiers.decide", said("Quyết định và ký số"),
            said("Kết quả được ký số và có hiệu lực ngay."), said("lãnh đạo {authority}"),
            said("Đã ký và ban hành kết quả."),
        ),
        Task(
            "tra-lai", Act.SEND_BACK, "dossiers.decide", said("Trả lại để làm rõ"),
            said("Người thụ lý đọc lý do; thời hạn vẫn chạy."), said("lãnh đạo {authority}"),
            said("Đã trả lại người thụ lý."),
        ),
        Task(
            "tiep-nhan", Act.RECEIVE, "dossiers.receive", said("Tiếp nhận hồ sơ"),
            said("Thời hạn bắt đầu tính; giấy tiếp nhận (mẫu số 01) in được ngay."),
            said("công chức một cửa của {reception}"), said("Đã tiếp nhận. In giấy tiếp nhận, mẫu số 01, ở mục Văn bản."),
        ),
        Task(
            "nhan-bo-sung", Act.SUPPLEMENT, "dossiers.supplement", said("Nhận giấy tờ bổ sung tại quầy"),
            said("Người nộp đang có mặt; đính kèm đủ các giấy tờ đã yêu cầu."),
            said("người nộp, hoặc công chức một cửa của {reception}"), said("Đã nhận bổ sung. Thời hạn chạy tiếp."),
        ),
        Task(
            "trinh", Act.PROPOSE, "dossiers.examine", said("Trình lãnh đạo"),
            said("Lãnh đạo quyết định và ký."), said("người thụ lý của {authority}"), said("Đã trình lãnh đạo."),
        ),
        Task(
            "giao", Act.ASSIGN, "dossiers.assign", said("Giao người thụ lý"),
            said("Thời hạn giữ nguyên."), said("lãnh đạo hoặc người thụ lý của {authority}"), said("Đã giao việc."),
        ),
        Task(
            "yeu-cau-bo-sung", Act.ASK_SUPPLEMENT, "dossiers.ask_supplement", said("Yêu cầu bổ sung"),
            said("Nêu từng thành phần, chỗ chưa đạt và điều khoản. Thời hạn dừng khi đã tiếp nhận."),
            said("người thụ lý của {authority}"), said("Đã gửi yêu cầu bổ sung, mẫu số 02."),
        ),
        Task(
            "tu-choi", Act.REFUSE, "dossiers.refuse", said("Từ chối tiếp nhận"),
            said("Phải nêu thành phần, điều khoản và lý do; mẫu số 03."), said("giám đốc {reception}"),
            said("Đã từ chối tiếp nhận, mẫu số 03."),
        ),
        Task(
            "chuyen", Act.FORWARD, "dossiers.forward", said("Chuyển cơ quan khác"),
            said("Thời hạn không dừng, không tính lại."), said("công chức một cửa của {reception}"),
            said("Đã chuyển hồ sơ."),
        ),
        Task(
            "xin-loi", Act.APOLOGISE, "dossiers.apologise", said("Xin lỗi và hẹn lại"),
            said("Một lần; mẫu số 04 do lãnh đạo ký."), said("lãnh đạo {authority}"), said("Đã xin lỗi và hẹn lại, mẫu số 04."),
        ),
        Task(
            "dung", Act.STOP, "dossiers.decide", said("Dừng giải quyết"),
            said("Chỉ khi luật cho phép; thời hạn đứng yên."), said("lãnh đạo {authority}"), said("Đã dừng giải quyết."),
        ),
        Task(
            "tiep-tuc", Act.RESUME, "dossiers.decide", said("Giải quyết tiếp"),
            said("Thời hạn chạy tiếp từ hôm nay."), said("lãnh đạo {authority}"), said("Đã giải quyết tiếp. Thời hạn chạy lại."),
        ),
        Task(
            "tra-ket-qua", Act.RETURN, "dossiers.return", said("Trả kết quả"),
            said("Chậm hẹn cũng trả ngay."), said("công chức một cửa của {reception}"), said("Đã trả kết quả."),
        ),
    )
}  # fmt: skip
"""In the order of the box "Việc cần làm lúc này": the first that may be done stands open."""


def tasks_of(dossier: Dossier, *, by: Actor) -> list[Task]:
    """What the law and this officer's duty allow now."""
    state = State(dossier.state)
    acts = set(acts_allowed(state))
    granted: dict[str, bool] = {}

    def may(permission: str) -> bool:
        if permission not in granted:
            granted[permission] = allowed(by, permission, dossier)
        return granted[permission]

    return [
        task
        for task in TASKS.values()
        if _act_of(task, dossier) in acts and not _spent(task, dossier, by) and may(task.permission)
    ]


def _act_of(task: Task, dossier: Dossier) -> Act:
    if task.act is Act.SUPPLEMENT and dossier.received_at is None:
        return Act.SUPPLEMENT_BEFORE_RECEIPT
    return task.act


def _spent(task: Task, dossier: Dossier, by: Actor) -> bool:
    """What the table of moves would let through, and the dossier's own life does not."""
    check: Callable[[Dossier, Actor], bool] | None = SPENT.get(task.act)
    return check is not None and check(dossier, by)


def _asked_enough(dossier: Dossier, _by: Actor) -> bool:
    return dossier.received_at is not None and dossier.supplements >= terms_of(dossier).supplements


SPENT: Final[Mapping[Act, Callable[[Dossier, Actor], bool]]] = {
    Act.ASK_SUPPLEMENT: _asked_enough,
    Act.APOLOGISE: lambda dossier, _by: bool(dossier.apologies) or dossier.due_at is None,
    Act.PROPOSE: lambda dossier, by: dossier.step == "signature" or by.has(Role.LEADER),
    Act.SEND_BACK: lambda dossier, _by: dossier.proposal is None,
    Act.ASSIGN: lambda dossier, by: dossier.handler_id == by.account_id and not by.has(Role.LEADER),
}


def reasons(dossier: Dossier, ledger: list[Movement], tasks: list[Task], *, by: Actor) -> list[str]:
    """Why what an officer may look for is not among the tasks."""
    return [
        *_used_up(dossier, ledger),
        *_proposed(dossier, ledger, by),
        *_own(dossier, by),
        *([] if tasks else _others(dossier)),
    ]


def _used_up(dossier: Dossier, ledger: list[Movement]) -> list[str]:
    if dossier.closed_at:
        return []
    said_so = []
    if dossier.received_at and dossier.supplements >= terms_of(dossier).supplements:
        words = _("Không còn “Yêu cầu bổ sung”: đã dùng lần duy nhất ngày {day}.")
        said_so.append(words.format(day=_last_day(ledger, Act.ASK_SUPPLEMENT)))
    if dossier.apologies:
        words = _("Không còn “Xin lỗi và hẹn lại”: đã hẹn lại một lần ngày {day}.")
        said_so.append(words.format(day=_last_day(ledger, Act.APOLOGISE)))
    return said_so


def _last_day(ledger: list[Movement], act: Act) -> str:
    days = [timezone.localdate(line.at) for line in ledger if line.act == act]
    return f"{days[-1]:%d/%m/%Y}" if days else "–"


def _proposed(dossier: Dossier, ledger: list[Movement], by: Actor) -> list[str]:
    if dossier.step != "signature" or by.has(Role.LEADER) or dossier.closed_at:
        return []
    words = _("Đã trình ngày {day}; chờ lãnh đạo {authority} ký hoặc trả lại.")
    return [words.format(day=_last_day(ledger, Act.PROPOSE), authority=dossier.authority.name)]


def _own(dossier: Dossier, by: Actor) -> list[str]:
    own = Account.objects.filter(pk=by.account_id or 0, personal_number=dossier.applicant_number).exists()
    return (
        [_("Đây là hồ sơ của chính người đang làm việc: người khác phải thụ lý và quyết định.")]
        if own
        else []
    )


NEXT: Final[Mapping[State, str]] = {
    State.FILED: "tiep-nhan",
    State.RECEIVED: "giao",
    State.IN_PROGRESS: "trinh",
    State.AWAITING_SUPPLEMENT: "nhan-bo-sung",
    State.STOPPED: "tiep-tuc",
    State.DECIDED: "tra-ket-qua",
}


def _others(dossier: Dossier) -> list[str]:
    name = NEXT.get(State(dossier.state))
    if name is None:
        return [
            _("Hồ sơ đã kết thúc; không còn việc nào.") if dossier.is_closed else _("Đang chờ người nộp.")
        ]
    if name == "trinh" and dossier.step == "signature":
        name = "quyet-dinh"
    task = TASKS[name]
    who = _(task.who).format(authority=dossier.authority.name, reception=dossier.reception.name)
    return [_("Việc tiếp theo là “{title}”, thuộc {who}.").format(title=_(task.title), who=who)]


def opinion_of(dossier: Dossier, ledger: list[Movement]) -> tuple[Outcome | None, str]:
    """What the handler proposed, and in which words."""
    if not dossier.proposal:
        return None, ""
    notes = [line.note for line in ledger if line.act == Act.PROPOSE]
    return Outcome(dossier.proposal), notes[-1] if notes else ""
