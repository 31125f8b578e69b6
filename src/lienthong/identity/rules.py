"""Who acts, in which duty, and what that allows. Closed by default."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final, TypeVar

from lienthong.kit.errors import Refused, said

WHOLE_COUNTRY: Final = "VN"
"""Stands where a duty names an organisation, for a duty over the whole country."""


class Role(StrEnum):
    """A duty's kind. NĐ 118/2025/NĐ-CP names the parties; the words on screen are in `ROLE_NAMES`."""

    RECEPTION = "reception"
    """Receives and returns dossiers at a one-stop centre (công chức một cửa)."""
    HANDLER = "handler"
    """Examines a dossier at the agency that decides it (chuyên viên thụ lý)."""
    LEADER = "leader"
    """Assigns, decides and signs for an agency (lãnh đạo cơ quan)."""
    CENTRE_LEADER = "centre_leader"
    """Heads a one-stop centre (giám đốc trung tâm phục vụ hành chính công)."""
    CLERK = "clerk"
    """Numbers papers and affixes the agency's seal signature (văn thư), NĐ 30/2020/NĐ-CP."""
    PROCEDURE_EDITOR = "procedure_editor"
    """Writes and publishes versions of procedures (kiểm soát thủ tục hành chính)."""
    STEWARD = "steward"
    """Keeps a register correct, complete, clean and live (người quản lý dữ liệu)."""
    COMMITTEE = "committee"
    """Sits on a steering committee (thành viên ban chỉ đạo): "VN", or a province's code."""
    AUDITOR = "auditor"
    """Reads the record of who did and who read what (kiểm tra, giám sát)."""
    ADMINISTRATOR = "administrator"
    """Makes accounts and assigns roles (quản trị)."""


ROLE_NAMES: Final[Mapping[Role, str]] = MappingProxyType(
    {
        Role.RECEPTION: said("Công chức một cửa"),
        Role.HANDLER: said("Chuyên viên thụ lý"),
        Role.LEADER: said("Lãnh đạo cơ quan"),
        Role.CENTRE_LEADER: said("Giám đốc trung tâm phục vụ hành chính công"),
        Role.CLERK: said("Văn thư"),
        Role.PROCEDURE_EDITOR: said("Kiểm soát thủ tục hành chính"),
        Role.STEWARD: said("Người quản lý dữ liệu"),
        Role.COMMITTEE: said("Thành viên ban chỉ đạo"),
        Role.AUDITOR: said("Kiểm tra, giám sát"),
        Role.ADMINISTRATOR: said("Quản trị"),
    }
)


NATIONAL_ROLES: Final = frozenset(
    {Role.PROCEDURE_EDITOR, Role.STEWARD, Role.COMMITTEE, Role.AUDITOR, Role.ADMINISTRATOR}
)
"""Roles that may be held over the whole country, at no organisation."""

# How many failures in how long. The sources name no numbers: our settings.
FAILURE_WINDOW: Final = timedelta(minutes=15)
FAILURES_BY_NAME: Final = 5
FAILURES_BY_ADDRESS: Final = 50
"""High enough for an office, or a village, behind one address."""


@dataclass(frozen=True)
class Duty:
    """A role at one organisation, by its code ("H20.47"), and nowhere else."""

    role: Role
    organisation: str


@dataclass(frozen=True)
class Actor:
    """Who acts: a citizen for himself, an officer in his duties, the system, or nobody known.

    A citizen carries his `personal_number` and no duties, an officer duties and no number:
    the same person never acts as both at once, so that nobody decides his own dossier.
    """

    reference: str
    """ "account:17", "system:demo", "anonymous": no personal data, since the record stores it."""
    account_id: int | None
    personal_number: str | None
    name: str
    level: int
    """Assurance: 0 nobody known, 1, 2 (NĐ 69/2024/NĐ-CP)."""
    duties: frozenset[Duty] = frozenset()
    device: str = field(default="", compare=False)
    """Pseudonym of the browser acted from, another each month; empty: not known."""

    def __post_init__(self) -> None:
        if self.personal_number and self.duties:
            raise ValueError(f"{self.reference} acts as a citizen and as an officer at once")

    def has(self, *roles: Role, at: str | Iterable[str] | None = None) -> bool:
        """Hold one of `roles`, at (one of) the organisations `at` if any is named.

        Codes are compared whole: a duty at "H20" says nothing about "H20.47", nor "VN" about "H20".
        """
        places = None if at is None else {at} if isinstance(at, str) else set(at)
        return any(
            duty.role in roles and (places is None or duty.organisation in places) for duty in self.duties
        )

    @property
    def is_known(self) -> bool:
        """Signed in, or the system itself."""
        return self.reference != ANONYMOUS.reference

    @property
    def is_citizen(self) -> bool:
        return self.personal_number is not None

    @property
    def is_officer(self) -> bool:
        return bool(self.duties)

    @property
    def is_system(self) -> bool:
        return self.reference.startswith("system:")


ANONYMOUS: Final = Actor(reference="anonymous", account_id=None, personal_number=None, name="", level=0)


def system(name: str) -> Actor:
    """The platform acting by itself: a demo, a job, an import. May do what declares `system=True`."""
    return Actor(reference=f"system:{name}", account_id=None, personal_number=None, name=name, level=0)


class NotAllowed(Refused):
    """Who asks may not do this. `status` is 404 where the mere existence of the thing is private."""

    sentence = said("Tài khoản đang dùng không có quyền thực hiện việc này.")
    status = 403

    def __init__(self, *, hidden: bool = False, **facts: Any) -> None:
        super().__init__(**facts)
        if hidden:
            self.status = 404


class SignInNeeded(NotAllowed):
    """Nobody is signed in: pages lead to the sign-in page and back."""

    sentence = said("Cần đăng nhập để thực hiện việc này.")


class LevelTwoNeeded(NotAllowed):
    """The session's assurance is below what the act needs (NĐ 69/2024/NĐ-CP)."""

    sentence = said(
        "Việc này cần tài khoản định danh mức độ 02. Hãy đăng nhập bằng mật khẩu và bước xác thực thứ hai."
    )


class SignInRefused(Refused):
    """Name and password do not belong together. Says nothing on whether the account exists."""

    sentence = said("Tên đăng nhập hoặc mật khẩu không đúng.")


class CodeRefused(Refused):
    sentence = said("Mã không đúng hoặc đã dùng rồi. Hãy chờ ứng dụng hiện mã mới rồi nhập lại.")


class PasskeyRefused(Refused):
    sentence = said("Khóa truy cập không khớp với tài khoản này.")


class TooManyAttempts(Refused):
    sentence = said("Đã nhập sai nhiều lần. Hãy thử lại sau {minutes} phút.")


class NameTaken(Refused):
    sentence = said("Tên đăng nhập này đã có tài khoản dùng.")


class NameMalformed(Refused):
    sentence = said(
        "Tên đăng nhập của cán bộ gồm 3 đến 40 chữ cái thường không dấu, chữ số, dấu chấm hoặc gạch, "
        "bắt đầu bằng chữ cái; của công dân là số định danh cá nhân gồm 12 chữ số."
    )


class PasswordTooWeak(Refused):
    sentence = said("{reasons}")


class OfficersOnly(Refused):
    sentence = said("Chỉ giao vai trò cho tài khoản của cán bộ, công chức.")


class OrganisationNeeded(Refused):
    sentence = said("Vai trò này phải gắn với một cơ quan.")


class AlreadyAssigned(Refused):
    sentence = said("Tài khoản đã giữ vai trò này tại cơ quan này trong thời gian đó.")


class SourceNeeded(Refused):
    sentence = said("Ghi căn cứ: số và ngày của quyết định hoặc phiếu đề nghị.")


class SecondStepNeeded(Refused):
    sentence = said(
        "Tài khoản chưa có cách xác thực thứ hai. Cần thêm ứng dụng tạo mã hoặc khóa truy cập trước."
    )


class LastSecondStep(Refused):
    sentence = said("Tài khoản cán bộ phải còn ít nhất một cách xác thực thứ hai. Hãy thêm cách khác trước.")


class UnknownPermissionError(LookupError):
    """A permission nobody declared was asked about: a mistake in the code, never a yes."""


Check = Callable[[Actor, Any], bool]
CheckT = TypeVar("CheckT", bound=Check)


@dataclass(frozen=True)
class Permission:
    name: str
    doc: str
    check: Check
    system: bool
    """The platform itself may do this."""
    private: bool
    """Whoever may not do this should not even learn that the object exists."""


_permissions: dict[str, Permission] = {}


def permission(
    name: str, *, doc: str, system: bool = False, private: bool = False
) -> Callable[[CheckT], CheckT]:
    """Declare a permission and the check that grants it.

    @permission("dossiers.receive", doc="Receive a dossier at the one-stop centre it was filed at")
    def may_receive(by: Actor, dossier: Dossier) -> bool: ...
    """

    def declare(check: CheckT) -> CheckT:
        known = _permissions.get(name)
        if known is not None:
            raise ValueError(f"permission {name!r} is declared twice")
        _permissions[name] = Permission(name=name, doc=doc, check=check, system=system, private=private)
        return check

    return declare


def permissions() -> Mapping[str, Permission]:
    """Every declared permission by name."""
    return MappingProxyType(_permissions)


def allowed(by: Actor, permission: str, obj: object = None) -> bool:
    """Say whether `by` holds `permission` on `obj`; UnknownPermissionError if nobody declared it."""
    declared = _permissions.get(permission)
    if declared is None:
        raise UnknownPermissionError(permission)
    if by.is_system:
        return declared.system
    return declared.check(by, obj) is True


def require(by: Actor, permission: str, obj: object = None) -> None:
    """Go on only if `by` holds `permission` on `obj`.

    Raises SignInNeeded for nobody known, NotAllowed for anybody else, UnknownPermissionError
    for a name that nobody declared.
    """
    if allowed(by, permission, obj):
        return
    hidden = _permissions[permission].private
    raise NotAllowed(hidden=hidden) if by.is_known or hidden else SignInNeeded()


def require_level(by: Actor, level: int) -> None:
    """Go on only if the session's assurance reaches `level`; the system vouches for itself."""
    if by.is_system or by.level >= level:
        return
    raise LevelTwoNeeded() if by.is_known else SignInNeeded()
