"""The command `lienthong`: Django's commands, with the embedded PostgreSQL started first."""

import errno
import os
import shutil
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from typing import NoReturn

import django
import psycopg
from django.core.management import execute_from_command_line
from django.db import OperationalError
from psycopg.conninfo import conninfo_to_dict

from lienthong.kit.errors import Refused
from lienthong.site import postgres
from lienthong.site.cluster import binaries
from lienthong.site.config import CONFIG
from lienthong.site.errors import OperatorError

WITHOUT_DATABASE = frozenset(
    {
        "help",
        "collectstatic",
        "makemessages",
        "compilemessages",
        "messages",
        "assets",
        "bench",
        "link",
        "quality",
        "indicators",
        "read",
    }
)
AS_OWNER = frozenset(
    {
        "migrate",
        "makemigrations",
        "flush",
        "sqlmigrate",
        "optimizemigration",
        "wipe",
        "maintain",
        "rebuild_tally",
        "register",
    }
)


def main(arguments: list[str] | None = None) -> None:
    """Run one command; every foreseen failure ends in one sentence on stderr and exit status 1."""
    given = sys.argv[1:] if arguments is None else arguments
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lienthong.site.settings")
    try:
        _run(given)
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except (OperatorError, Refused) as refusal:
        _fail(str(refusal))
    except (OperationalError, psycopg.OperationalError) as error:
        _fail(database_sentence(str(error)))
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise
        _fail(f"Disk full while writing {error.filename or CONFIG.var}; free some space and try again.")


def _run(given: list[str]) -> None:
    command = given[0] if given else "help"
    if not command.startswith("-"):
        command = command.replace("-", "_")
        given = [command, *given[1:]]
    if command in {"version", "--version"}:
        print(f"lienthong {version('lienthong')}, Django {django.get_version()}")
        return
    if command == "stop":
        _stop()
        return
    if command == "status":
        _status()
        return
    if _needs_database(command, given):
        start_database()
    if command == "psql":
        _psql(given[1:])
    if command in AS_OWNER:
        os.environ["LIENTHONG_AS_OWNER"] = "1"
    execute_from_command_line(["lienthong", *given])


def _needs_database(command: str, given: list[str]) -> bool:
    asks_for_help = "--help" in given or "-h" in given or command.startswith("-")
    return not CONFIG.database_url and command not in WITHOUT_DATABASE and not asks_for_help


def start_database() -> None:
    """Start the embedded PostgreSQL, with a line of dots while that takes a moment."""
    if postgres.status(CONFIG.var).running:
        postgres.ensure(CONFIG.var)
        return
    with _dots("Starting PostgreSQL "):
        postgres.ensure(CONFIG.var)


def database_sentence(detail: str) -> str:
    """One sentence for an operator from what the database or its driver said."""
    first = detail.strip().splitlines()[0].strip() if detail.strip() else "no reason given"
    if "No space left on device" in detail or "could not extend file" in detail:
        return "Disk full: PostgreSQL cannot write; free some space and try again."
    if CONFIG.database_url:
        return f"The server in DATABASE_URL does not answer ({first}); check the address and that it runs."
    return f"PostgreSQL has gone away ({first}); run the command again and it is restarted."


@contextmanager
def _dots(words: str) -> Iterator[None]:
    done = threading.Event()

    def draw() -> None:
        print(words, end="", file=sys.stderr, flush=True)
        while not done.wait(0.3):
            print(".", end="", file=sys.stderr, flush=True)
        print(file=sys.stderr, flush=True)

    pen = threading.Thread(target=draw)
    pen.start()
    try:
        yield
    finally:
        done.set()
        pen.join()


def _stop() -> None:
    if CONFIG.database_url:
        _fail("DATABASE_URL names a server of yours; lienthong only stops the one that it started.")
    print("PostgreSQL stopped." if postgres.stop(CONFIG.var) else "PostgreSQL was not running.")


def _status() -> None:
    if CONFIG.database_url:
        print("DATABASE_URL names the server; the embedded PostgreSQL is not used.")
        return
    state = postgres.status(CONFIG.var)
    if state.running:
        version, pid = postgres.server_version(), state.pid or "unknown"
        print(f"PostgreSQL {version} runs as process {pid} in {state.home}.")
    else:
        what = "its data is" if state.initialised else "it will be made"
        print(f"PostgreSQL is not running; {what} in {state.home}.")


def _psql(arguments: list[str]) -> NoReturn:
    """Become psql, as the owner of the tables."""
    if CONFIG.database_url:
        program, url = shutil.which("psql"), CONFIG.database_owner_url or CONFIG.database_url
        if program is None:
            _fail("psql is not installed: `apt install postgresql-client`.")
    else:
        program, url = str(binaries() / "psql"), postgres.urls(CONFIG.var).owner
    # The password goes by the environment, which other users cannot read, unlike a command line.
    for name, value in conninfo_to_dict(url).items():
        os.environ["PGDATABASE" if name == "dbname" else f"PG{name.upper()}"] = str(value)
    postgres.keep_open_in_children()
    os.execv(program, [program, *arguments])  # noqa: S606 - psql, without a shell


def _fail(sentence: str) -> NoReturn:
    print(sentence, file=sys.stderr)
    sys.exit(1)


if __name__ == "__main__":
    main()
