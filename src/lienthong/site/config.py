"""What an operator may set, each with its own help text."""

import os
import secrets
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

ROOT = Path(__file__).resolve().parents[3]


@dataclass(frozen=True, kw_only=True)
class Setting:
    variable: str
    help: str


@dataclass(frozen=True, kw_only=True)
class Config:
    """The settings of one installation, read once from the environment."""

    database_url: str | None
    database_owner_url: str | None
    var: Path
    secret_key: str
    debug: bool
    hosts: list[str]
    https: bool
    demo: bool
    max_upload_mb: int
    public_url: str
    proxies: int

    SETTINGS = {
        "database_url": Setting(
            variable="DATABASE_URL",
            help="postgresql://… of the application's role. Unset: the embedded PostgreSQL under var/.",
        ),
        "database_owner_url": Setting(
            variable="DATABASE_OWNER_URL",
            help="postgresql://… of the role that owns the tables, used by migrate. Unset: DATABASE_URL.",
        ),
        "var": Setting(
            variable="LIENTHONG_VAR", help="Where this installation writes. Default: var/ of the checkout."
        ),
        "secret_key": Setting(
            variable="LIENTHONG_SECRET_KEY",
            help="Signs sessions and links. Unset: made once and kept in var/.",
        ),
        "debug": Setting(
            variable="LIENTHONG_DEBUG", help="1 shows tracebacks in the browser; never in production."
        ),
        "hosts": Setting(
            variable="LIENTHONG_HOSTS", help="Host names served, with commas. Default: localhost."
        ),
        "https": Setting(variable="LIENTHONG_HTTPS", help="1 when served over TLS: secure cookies, HSTS."),
        "demo": Setting(
            variable="LIENTHONG_DEMO", help="0 takes the demo's ribbon and sign-in help away. Default: 1."
        ),
        "max_upload_mb": Setting(
            variable="LIENTHONG_MAX_UPLOAD_MB", help="Largest file accepted, in MB. Default: 20."
        ),
        "public_url": Setting(
            variable="LIENTHONG_PUBLIC_URL",
            help="Address printed in QR codes. Default: http://localhost:8000.",
        ),
        "proxies": Setting(
            variable="LIENTHONG_PROXIES",
            help="How many proxies of yours stand in front and set X-Forwarded-For and -Proto. Default: 0.",
        ),
    }

    @classmethod
    def from_environment(cls) -> Self:
        def env(name: str, default: str = "") -> str:
            return os.environ.get(cls.SETTINGS[name].variable, default)

        var = Path(env("var") or ROOT / "var")
        values: dict[str, Any] = {
            "database_url": env("database_url") or None,
            "database_owner_url": env("database_owner_url") or None,
            "var": var,
            "secret_key": env("secret_key") or kept_secret(var / "secret_key"),
            "debug": env("debug") == "1",
            "hosts": env("hosts", "localhost,127.0.0.1,[::1]").split(","),
            "https": env("https") == "1",
            "demo": env("demo", "1") != "0",
            "max_upload_mb": int(env("max_upload_mb", "20")),
            "public_url": env("public_url", "http://localhost:8000").rstrip("/"),
            "proxies": int(env("proxies", "0")),
        }
        return cls(**values)


def kept_secret(path: Path) -> str:
    """A random secret made at first use and kept in a file that only its owner may read."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f"{path.name}.{os.getpid()}")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(50))
        with suppress(FileExistsError):  # another process was first
            path.hardlink_to(draft)  # whole or not at all: nobody reads half a secret
        draft.unlink()
    return path.read_text()


def read_config() -> Config:
    """The configuration; what the operator got wrong ends the program with one sentence."""
    try:
        return Config.from_environment()
    except PermissionError as error:
        sys.exit(f"{error.filename} may not be used by this user: run as its owner, or set LIENTHONG_VAR.")
    except OSError as error:
        sys.exit(
            f"{error.filename or 'var'} cannot be written ({error.strerror}); set LIENTHONG_VAR elsewhere."
        )
    except ValueError as error:
        sys.exit(f"A setting in the environment is not what it should be: {error}.")


CONFIG = read_config()
