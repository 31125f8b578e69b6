"""Accounts, roles and levels: every write."""

import re
import secrets
from datetime import date
from functools import cache

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext

from lienthong.audit.public import record
from lienthong.identity import events, permissions
from lienthong.identity.models import Account, RoleAssignment
from lienthong.identity.queries import second_steps_of
from lienthong.identity.rules import (
    NATIONAL_ROLES,
    WHOLE_COUNTRY,
    Actor,
    AlreadyAssigned,
    LastSecondStep,
    NameMalformed,
    NameTaken,
    OfficersOnly,
    OrganisationNeeded,
    PasswordTooWeak,
    Role,
    SecondStepNeeded,
    SourceNeeded,
    require,
)
from lienthong.identity.sign_in import forget_failures
from lienthong.kit.errors import said
from lienthong.organisations.public import (
    Holding,
    Organisation,
    Post,
    PostVacant,
    appoint_holder,
    end_holding,
    open_post,
)

__all__ = ["permissions"]  # importing the checks declares them

WEAK = {
    "password_too_short": said("Mật khẩu cần ít nhất 12 ký tự."),
    "password_too_common": said("Nhiều người dùng mật khẩu này nên dễ bị đoán."),
    "password_too_similar": said("Mật khẩu quá giống tên hoặc tên đăng nhập."),
    "password_entirely_numeric": said("Mật khẩu không được chỉ gồm chữ số."),
}

THE_SAME = said("Mật khẩu mới phải khác mật khẩu đang dùng.")

NAMES = {
    Account.Kind.OFFICER: re.compile(r"[a-z][a-z0-9._-]{2,39}"),
    Account.Kind.CITIZEN: re.compile(r"[0-9]{12}"),
}


@transaction.atomic
def create_account(
    *,
    kind: str,
    sign_in_name: str,
    name: str,
    password: str | None,
    personal_number: str | None = None,
    demo: bool = False,
    one_time: bool = False,
    by: Actor,
) -> Account:
    """Make an account of level 1. A citizen signs in with the personal number; None: no password yet.

    `one_time`: the password is another's making and must be changed before work begins.

    Raises NameMalformed, NameTaken, PasswordTooWeak.
    """
    require(by, "identity.create_account")
    kind = Account.Kind(kind)
    if not NAMES[kind].fullmatch(sign_in_name):
        raise NameMalformed
    if Account.objects.filter(sign_in_name=sign_in_name).exists():
        raise NameTaken
    if kind == Account.Kind.CITIZEN:
        personal_number = sign_in_name
    account = Account(
        kind=kind,
        sign_in_name=sign_in_name,
        personal_number=personal_number,
        name=name,
        demo=demo,
        must_change_password=one_time,
    )
    _set_password(account, password)
    account.save()
    record(events.AccountCreated(account=account.pk, account_kind=kind), by=by)
    return account


@transaction.atomic
def create_officer(*, sign_in_name: str, name: str, by: Actor) -> tuple[Account, str]:
    """An officer's account, and the password to hand over in person: it must be changed at the first sign-in."""
    password = one_time_password()
    account = create_account(
        kind=Account.Kind.OFFICER,
        sign_in_name=sign_in_name,
        name=name,
        password=password,
        one_time=True,
        by=by,
    )
    return account, password


@transaction.atomic
def change_password(*, account: Account, password: str, by: Actor) -> None:
    """Set a new password; other sessions of the account end. Raises PasswordTooWeak."""
    require(by, "identity.change_password", account)
    if account.check_password(password):
        raise PasswordTooWeak(reasons=gettext(THE_SAME))
    _set_password(account, password)
    account.must_change_password = by.account_id != account.pk
    account.save(update_fields=["password", "must_change_password"])
    record(events.PasswordChanged(account=account.pk), by=by)


@transaction.atomic
def give_one_time_password(*, account: Account, source: str, by: Actor) -> str:
    """A password made here, good until its owner has signed in and set his own; shown to nobody twice."""
    require(by, "identity.change_password", account)
    _need(source)
    password = one_time_password()
    change_password(account=account, password=password, by=by)
    record(events.PasswordGiven(account=account.pk, source=source), by=by)
    return password


def one_time_password() -> str:
    """80 random bits in groups that can be read out over a table: no letters that look alike."""
    letters = "".join(secrets.choice("abcdefghjkmnpqrstuvwxyz23456789") for _ in range(16))
    return "-".join(letters[n : n + 4] for n in range(0, 16, 4))


def _need(source: str) -> None:
    if not source.strip():
        raise SourceNeeded


@transaction.atomic
def unlock_account(*, account: Account, source: str, by: Actor) -> None:
    """Forget the failed attempts of this name, so that its owner need not wait. Raises SourceNeeded."""
    require(by, "identity.unlock", account)
    _need(source)
    forget_failures(account)
    record(events.AccountUnlocked(account=account.pk, source=source), by=by)


@transaction.atomic
def appoint_to_post(
    *, account: Account, organisation: Organisation, title: str, since: date, source: str, by: Actor
) -> Holding:
    """Put an officer into a post of an agency; who held it leaves it that day.

    Raises OfficersOnly, SourceNeeded, and organisations' AppointedTooEarly.
    """
    require(by, "identity.assign_role", (account, organisation.code))
    if not account.is_officer:
        raise OfficersOnly
    _need(source)
    post = open_post(organisation=organisation, title=title)
    return appoint_holder(
        post=post, holder=account.reference, holder_name=account.name, since=since, source=source, by=by
    )


@transaction.atomic
def leave_post(*, account: Account, post: Post, until: date, by: Actor) -> Holding:
    """End an officer's time in a post; `until` is the first day no longer in it. Raises PostVacant."""
    require(by, "identity.assign_role", (account, post.organisation.code))
    if not post.holdings.filter(until__isnull=True, holder=account.reference).exists():
        raise PostVacant
    return end_holding(post=post, until=until, by=by)


def _set_password(account: Account, password: str | None) -> None:
    if password is not None:
        try:
            validate_password(password, account)
        except ValidationError as error:
            weak = [WEAK[each.code or ""] for each in error.error_list]
            reasons = [gettext(sentence) for sentence in weak]
            raise PasswordTooWeak(reasons=" ".join(reasons)) from error
    if account.demo and password is not None:
        account.password = _hash_of_demo(password)
    else:
        account.set_password(password)


@cache
def _hash_of_demo(password: str) -> str:
    """Two dozen demo accounts share one published password, and a hash takes half a second."""
    return make_password(password)


@transaction.atomic
def close_account(*, account: Account, source: str, by: Actor) -> None:
    """End an account: its sessions stop at their next page."""
    require(by, "identity.close_account", account)
    account.is_active = False
    account.save(update_fields=["is_active"])
    record(events.AccountClosed(account=account.pk, source=source), by=by)


@transaction.atomic
def assign_role(
    *,
    account: Account,
    role: Role,
    organisation: Organisation | None,
    since: date,
    source: str,
    by: Actor,
) -> RoleAssignment:
    """Give an officer a role from `since`; organisation None: the whole country.

    Raises OfficersOnly, OrganisationNeeded, AlreadyAssigned.
    """
    place = organisation.code if organisation else WHOLE_COUNTRY
    require(by, "identity.assign_role", (account, place))
    if not account.is_officer:
        raise OfficersOnly
    if organisation is None and role not in NATIONAL_ROLES:
        raise OrganisationNeeded
    Account.objects.select_for_update().get(pk=account.pk)
    held = RoleAssignment.objects.filter(account=account, role=role, organisation=organisation)
    if held.exclude(until__lte=since).exists():
        raise AlreadyAssigned
    assignment = RoleAssignment.objects.create(
        account=account, role=role, organisation=organisation, since=since, source=source
    )
    record(
        events.RoleAssigned(
            account=account.pk,
            assignment=assignment.pk,
            role=role,
            organisation=place,
            since=since,
            source=source,
        ),
        by=by,
    )
    return assignment


@transaction.atomic
def end_role(*, assignment: RoleAssignment, until: date, source: str, by: Actor) -> None:
    """End a role: `until` is the first day it is no longer held."""
    require(by, "identity.assign_role", (assignment.account, assignment.place))
    assignment.until = max(until, assignment.since)
    assignment.save(update_fields=["until"])
    record(
        events.RoleEnded(
            account=assignment.account_id,
            assignment=assignment.pk,
            role=assignment.role,
            organisation=assignment.place,
            until=assignment.until,
            source=source,
        ),
        by=by,
    )


@transaction.atomic
def grant_level_two(*, account: Account, source: str, by: Actor) -> None:
    """Confirm that the person behind the account was identified at level 2 (NĐ 69/2024/NĐ-CP).

    The second step must be set up before, in front of whoever confirms: otherwise the first to
    know the password could set up a second step of his own and be taken for the person.
    Raises SecondStepNeeded.
    """
    require(by, "identity.grant_level_two", account)
    if not second_steps_of(account):
        raise SecondStepNeeded
    account.level = 2
    account.save(update_fields=["level"])
    record(events.LevelTwoGranted(account=account.pk, source=source), by=by)


@transaction.atomic
def note_second_step(*, authenticator: Authenticator, strong: bool, by: Actor) -> None:
    """Put on record that an authenticator app or passkey was added to one's account.

    `strong`: the session had passed a second step before. If not, and the account had one, a
    recovery code let this session in: level 2 must be confirmed again.
    """
    account = Account.objects.select_for_update().get(pk=authenticator.user_id)
    require(by, "identity.keep_second_step", account)
    record(events.SecondStepAdded(account=account.pk, method=authenticator.type), by=by)
    if not strong:
        _withdraw_level_two(account, reason=said("thêm cách xác thực bằng mã dự phòng"), by=by)


@transaction.atomic
def remove_second_step(*, authenticator: Authenticator, by: Actor) -> None:
    """Remove one of one's own; with the last one level 2 and the recovery codes go too.

    Raises LastSecondStep for an officer, who must always have one.
    """
    account = Account.objects.select_for_update().get(pk=authenticator.user_id)
    require(by, "identity.keep_second_step", account)
    others = [step for step in second_steps_of(account) if step.pk != authenticator.pk]
    if account.is_officer and not others:
        raise LastSecondStep
    record(events.SecondStepRemoved(account=account.pk, method=authenticator.type), by=by)
    authenticator.delete()
    if not others:
        _withdraw_second_steps(account, by=by)


@transaction.atomic
def reset_second_step(*, account: Account, source: str, by: Actor) -> None:
    """For somebody who lost phone and keys: all second steps and level 2 go; sign in and set up anew."""
    require(by, "identity.reset_second_step", account)
    record(events.SecondStepReset(account=account.pk, source=source), by=by)
    _withdraw_second_steps(account, by=by)


def _withdraw_second_steps(account: Account, *, by: Actor) -> None:
    Authenticator.objects.filter(user=account).delete()
    _withdraw_level_two(account, reason=said("không còn cách xác thực thứ hai"), by=by)


def _withdraw_level_two(account: Account, *, reason: str, by: Actor) -> None:
    if account.level == 2:
        account.level = 1
        account.save(update_fields=["level"])
        record(events.LevelTwoWithdrawn(account=account.pk, reason=reason), by=by)


@transaction.atomic
def note_sign_in(*, account: Account, second_step: str, by: Actor) -> None:
    """Put a sign-in on record; `second_step` is its method, or "none"."""
    record(events.SignedIn(account=account.pk, level=by.level, second_step=second_step), by=by)


@transaction.atomic
def note_duty(*, assignment: RoleAssignment, by: Actor) -> None:
    """Put on record in which of several roles an officer works from now on."""
    require(by, "identity.take_duty", assignment)
    record(
        events.DutyTaken(account=assignment.account_id, role=assignment.role, organisation=assignment.place),
        by=by,
    )


@transaction.atomic
def enrol_authenticator_app(*, account: Account, secret: str | None = None, by: Actor) -> str:
    """Set up an authenticator app on a demo account; gives its secret in base 32."""
    require(by, "identity.enrol_for_another", account)
    secret = secret or generate_totp_secret()
    TOTP.activate(account, secret)
    record(events.SecondStepAdded(account=account.pk, method=Authenticator.Type.TOTP), by=by)
    return secret
