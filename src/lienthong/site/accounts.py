"""Under which account the embedded PostgreSQL runs. As root it refuses, so root lends it a number."""

import os
import pwd
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from lienthong.site.errors import OperatorError


class UnreachableError(OperatorError):
    """No account may run the server there; the message is one sentence with a way out."""


@dataclass(frozen=True)
class Account:
    """A way to run programs: a command put in front of them, and who owns their files on disk."""

    prefix: tuple[str, ...]
    uid: int
    gid: int
    drop: bool = False

    def run(
        self, command: Sequence[str | Path], *, text: str = "", keep_open: Sequence[int] = ()
    ) -> subprocess.CompletedProcess[str]:
        """Run to the end with plain English messages and no PG* variable of the caller's."""
        environment = {name: text for name, text in os.environ.items() if not name.startswith(("PG", "LC_"))}
        return subprocess.run(  # noqa: S603 - programs of the wheel and of util-linux, no shell
            [*self.prefix, *map(str, command)],
            input=text,
            text=True,
            errors="replace",
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            env=environment | {"LC_ALL": "C", "LANG": "C"},
            cwd="/",
            pass_fds=keep_open,
            check=False,
            user=self.uid if self.drop else None,
            group=self.gid if self.drop else None,
            extra_groups=[] if self.drop else None,
        )

    def own(self, path: Path) -> None:
        if os.geteuid() == 0:
            os.chown(path, self.uid, self.gid)


def account_for(home: Path, data: Path, binaries: Path) -> Account:
    """The first account that can execute the binaries and write in home. Raises UnreachableError."""
    owner = data.stat().st_uid if data.exists() else None
    if os.geteuid() != 0 and owner not in (None, os.geteuid()):
        raise PermissionError(data)
    for account in _candidates(home, owner):
        if owner in (None, account.uid) and _works(account, home, binaries):
            return account
    if os.geteuid() != 0:
        raise UnreachableError(
            f"User {os.geteuid()} has no name in /etc/passwd and may not make a user namespace, so "
            "PostgreSQL refuses to start: add the user, or set DATABASE_URL to a server of yours."
        )
    raise UnreachableError(
        "PostgreSQL does not run as root and user namespaces are forbidden here: run as an ordinary user, "
        "or move the checkout where others may enter "
        f"(`chmod o+x` on the directories above {home} and {binaries})."
    )


def _candidates(home: Path, owner: int | None) -> Iterator[Account]:
    me, group = os.geteuid(), os.getegid()
    if me != 0 and name_of(me):
        yield Account((), me, group)
        return
    if me == 0:
        checkout = home.parent.parent.stat() if owner is None else home.stat()
        if checkout.st_uid != 0 and name_of(checkout.st_uid):  # root working in somebody's checkout
            yield Account((), checkout.st_uid, checkout.st_gid, drop=True)
    named = next((entry.pw_uid for entry in pwd.getpwall() if entry.pw_uid != 0), None)
    unshare = shutil.which("unshare", path=_PATH)
    if named is not None and unshare:
        yield Account((unshare, "--user", f"--map-user={named}", f"--map-group={named}"), me, group)
    if me == 0:
        yield from _nobody()


def _nobody() -> Iterator[Account]:
    """Without user namespaces: an unprivileged user, at need with the right to pass closed directories."""
    try:
        nobody = pwd.getpwnam("nobody")
    except KeyError:
        return
    uid, gid = nobody.pw_uid, nobody.pw_gid
    yield Account((), uid, gid, drop=True)
    if setpriv := shutil.which("setpriv", path=_PATH):
        right = "+dac_override"
        command = (setpriv, f"--reuid={uid}", f"--regid={gid}", "--clear-groups", f"--inh-caps={right}")
        # no_setuid_fixup: access(2), which initdb asks, would forget the right otherwise
        bits = ("--securebits=+no_setuid_fixup", f"--ambient-caps={right}")
        yield Account((*command, *bits), uid, gid)


def _works(account: Account, home: Path, binaries: Path) -> bool:
    """Try it: write into a private folder of that account in home, and let initdb look around."""
    trial = home / ".trial"
    shutil.rmtree(trial, ignore_errors=True)
    try:
        trial.mkdir(mode=0o700)
        account.own(trial)
        if os.geteuid() == 0 and home.stat().st_uid != account.uid:
            account.own(home)
        return (
            account.run(["mkdir", trial / "inner"]).returncode == 0
            and account.run([binaries / "initdb", "--show", "-D", trial]).returncode == 0
        )
    finally:
        shutil.rmtree(trial, ignore_errors=True)


def name_of(uid: int) -> str:
    """The user's name; empty if the number has none."""
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return ""


_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
