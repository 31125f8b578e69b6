from dataclasses import dataclass
from datetime import date

from lienthong.audit.public import Event
from lienthong.kit.errors import said


@dataclass(frozen=True, kw_only=True)
class AccountCreated(Event):
    sentence = said("Lập tài khoản {account} ({account_kind}).")
    account: int
    account_kind: str


@dataclass(frozen=True, kw_only=True)
class AccountClosed(Event):
    sentence = said("Khóa tài khoản {account}. Căn cứ: {source}.")
    account: int
    source: str


@dataclass(frozen=True, kw_only=True)
class AccountUnlocked(Event):
    sentence = said("Mở khóa đăng nhập của tài khoản {account}. Căn cứ: {source}.")
    account: int
    source: str


@dataclass(frozen=True, kw_only=True)
class PasswordGiven(Event):
    sentence = said("Cấp mật khẩu dùng một lần cho tài khoản {account}. Căn cứ: {source}.")
    account: int
    source: str


@dataclass(frozen=True, kw_only=True)
class RoleAssigned(Event):
    sentence = said(
        "Giao vai trò {role} tại {organisation} cho tài khoản {account} từ {since}. Căn cứ: {source}."
    )
    account: int
    assignment: int
    role: str
    organisation: str
    since: date
    source: str


@dataclass(frozen=True, kw_only=True)
class RoleEnded(Event):
    sentence = said("Thôi giao vai trò {role} tại {organisation} cho tài khoản {account} từ {until}.")
    account: int
    assignment: int
    role: str
    organisation: str
    until: date
    source: str


@dataclass(frozen=True, kw_only=True)
class LevelTwoGranted(Event):
    sentence = said("Xác nhận tài khoản {account} đạt mức độ 02. Căn cứ: {source}.")
    account: int
    source: str


@dataclass(frozen=True, kw_only=True)
class LevelTwoWithdrawn(Event):
    sentence = said("Tài khoản {account} không còn mức độ 02: {reason}.")
    account: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class SecondStepAdded(Event):
    sentence = said("Tài khoản {account} thêm cách xác thực thứ hai ({method}).")
    account: int
    method: str


@dataclass(frozen=True, kw_only=True)
class SecondStepRemoved(Event):
    sentence = said("Tài khoản {account} gỡ cách xác thực thứ hai ({method}).")
    account: int
    method: str


@dataclass(frozen=True, kw_only=True)
class SecondStepReset(Event):
    sentence = said("Gỡ mọi cách xác thực thứ hai của tài khoản {account}. Căn cứ: {source}.")
    account: int
    source: str


@dataclass(frozen=True, kw_only=True)
class PasswordChanged(Event):
    sentence = said("Đổi mật khẩu tài khoản {account}.")
    account: int


@dataclass(frozen=True, kw_only=True)
class SignedIn(Event):
    sentence = said("Tài khoản {account} đăng nhập, mức độ {level}, bước thứ hai: {second_step}.")
    account: int
    level: int
    second_step: str


@dataclass(frozen=True, kw_only=True)
class DutyTaken(Event):
    sentence = said("Tài khoản {account} làm việc trong vai trò {role} tại {organisation}.")
    account: int
    role: str
    organisation: str
