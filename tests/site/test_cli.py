"""The command `lienthong`: what it starts, as which role, and how it fails."""

import errno
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing
from importlib.metadata import version
from pathlib import Path

import psycopg
import pytest
from django.db import OperationalError

from lienthong.kit.errors import Refused
from lienthong.site import cli, postgres
from lienthong.site.serve import ServeError, check_address

# A site of one page, so that these tests stand before the rooms do.
SETTINGS = """
from lienthong.site.settings import *
INSTALLED_APPS = ["django.contrib.contenttypes", "lienthong.site.apps.SiteConfig"]
AUTH_USER_MODEL = "auth.User"
ROOT_URLCONF = "one_page"
MIDDLEWARE = []
TEMPLATES = []
"""
ONE_PAGE = """
import os
from django.db import connection
from django.http import HttpResponse
from django.urls import path
def page(request):
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        return HttpResponse(f"{cursor.fetchone()[0]} {os.getpid()}")
urlpatterns = [path("", page)]
"""
MAIN = [sys.executable, "-c", "import sys; from lienthong.site.cli import main; main(sys.argv[1:])"]


class Checkout:
    """A var of its own, and the command run in it."""

    def __init__(self, folder: Path) -> None:
        (folder / "one_page_settings.py").write_text(SETTINGS)
        (folder / "one_page.py").write_text(ONE_PAGE)
        self.var = folder / "var"
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("DATABASE_", "LIENTHONG_"))
        }
        self.environment = kept | {
            "DJANGO_SETTINGS_MODULE": "one_page_settings",
            "LIENTHONG_VAR": str(self.var),
            "PYTHONPATH": os.pathsep.join([str(folder), *(path for path in sys.path if path)]),
        }

    def run(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*MAIN, *arguments],
            env=self.environment | environment,
            capture_output=True,
            text=True,
            timeout=180,
            check=False,
        )


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Checkout]:
    checkout = Checkout(tmp_path_factory.mktemp("checkout"))
    yield checkout
    postgres.stop(checkout.var)


def test_a_database_command_starts_the_server_with_one_line(checkout: Checkout) -> None:
    postgres.stop(checkout.var)
    first = checkout.run("psql", "-Atc", "SELECT current_user")
    assert (first.returncode, first.stdout) == (0, "lienthong_owner\n")
    assert first.stderr.startswith("Starting PostgreSQL ")
    assert first.stderr.count("\n") == 1
    assert checkout.run("psql", "-Atc", "SELECT 1").stderr == ""


def test_status_and_stop(checkout: Checkout) -> None:
    checkout.run("psql", "-c", "SELECT 1")
    assert "runs as process" in checkout.run("status").stdout
    assert checkout.run("stop").stdout == "PostgreSQL stopped.\n"
    assert checkout.run("stop").stdout == "PostgreSQL was not running.\n"
    assert "is not running; its data is in" in checkout.run("status").stdout


def test_asking_for_help_starts_nothing(tmp_path: Path) -> None:
    checkout = Checkout(tmp_path)
    assert checkout.run("migrate", "--help").returncode == 0
    assert not postgres.status(checkout.var).initialised


@pytest.mark.parametrize("asked", ["version", "--version"])
def test_it_says_its_own_version(asked: str, capsys: pytest.CaptureFixture[str]) -> None:
    cli.main([asked])
    ours, with_what = capsys.readouterr().out.split(", ")
    assert ours == f"lienthong {version('lienthong')}"
    assert with_what.startswith("Django 5.2")


def test_a_worker_that_serves_pages_loads_no_kernels(checkout: Checkout) -> None:
    """60 MB for each worker, and half a second for each command: they come with the first file that is linked."""
    loads = "import django; django.setup(); from lienthong.site import urls; from lienthong.data import linkage; import sys; "
    asked = checkout.environment | {"DJANGO_SETTINGS_MODULE": "lienthong.site.settings"}
    for more, there in (("", "False"), ("linkage.link; ", "True")):
        program = [sys.executable, "-c", f"{loads}{more}print('numba' in sys.modules)"]
        done = subprocess.run(program, env=asked, capture_output=True, text=True, timeout=180, check=True)
        assert done.stdout.split() == [there]


def test_migrate_runs_as_the_owner_of_the_tables_and_other_commands_do_not(checkout: Checkout) -> None:
    assert checkout.run("migrate", "--verbosity", "0").returncode == 0
    with psycopg.connect(postgres.ensure(checkout.var).owner) as connection:
        owner = connection.execute("SELECT tableowner FROM pg_tables WHERE tablename = 'django_migrations'")
        assert owner.fetchone() == ("lienthong_owner",)
    question = "from django.db import connection as c; print(c.settings_dict['USER'])"
    assert "lienthong_app" in checkout.run("shell", "--command", question).stdout


def test_an_external_server_that_is_gone(tmp_path: Path) -> None:
    """DATABASE_URL names it: nothing is started, and one sentence says what to look at."""
    checkout = Checkout(tmp_path)
    answer = checkout.run("migrate", DATABASE_URL="postgresql://nobody@127.0.0.1:1/nothing")
    assert answer.returncode == 1
    assert answer.stderr.startswith("The server in DATABASE_URL does not answer (")
    assert answer.stderr.count("\n") == 1
    assert not postgres.status(checkout.var).initialised


@pytest.mark.parametrize(
    ("problem", "sentence"),
    [
        (
            OperationalError("server closed the connection unexpectedly\n\tThis"),
            "PostgreSQL has gone away (server closed",
        ),
        (
            OperationalError('could not extend file "x": No space left on device'),
            "Disk full: PostgreSQL cannot write",
        ),
        (
            OSError(errno.ENOSPC, "No space left on device", "/a/b"),
            "Disk full while writing /a/b; free some space",
        ),
        (Refused(), "Không thực hiện được yêu cầu này."),
    ],
    ids=["database killed", "its disk full", "our disk full", "refused"],
)
def test_a_foreseen_failure_ends_in_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], problem: Exception, sentence: str
) -> None:
    def fail(_: list[str]) -> None:
        raise problem

    monkeypatch.setattr(cli, "execute_from_command_line", fail)
    with pytest.raises(SystemExit) as ended:
        cli.main(["help"])
    assert ended.value.code == 1
    said = capsys.readouterr().err
    assert said.startswith(sentence)
    assert said.count("\n") == 1


def test_a_bug_keeps_its_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: list[str]) -> None:
        raise PermissionError(errno.EACCES, "no", "/a/b")

    monkeypatch.setattr(cli, "execute_from_command_line", fail)
    with pytest.raises(PermissionError):
        cli.main(["help"])


def test_a_taken_port_is_named_with_a_way_out() -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(ServeError, match=rf"^Port {port} is taken by another program; .*`--port \d+`\.$"):
            check_address("127.0.0.1", port)


@pytest.mark.parametrize(
    ("host", "port", "sentence"),
    [
        ("192.0.2.1", 8000, "192.0.2.1 is not an address of this machine"),
        ("127.0.0.1", 99999, "There is no port 99999"),
        ("no.such.host.invalid", 8000, "no.such.host.invalid:8000 cannot be listened on"),
    ],
)
def test_an_address_that_cannot_be_served(host: str, port: int, sentence: str) -> None:
    with pytest.raises(ServeError, match=sentence):
        check_address(host, port)


@pytest.fixture
def site(checkout: Checkout) -> Iterator[tuple[subprocess.Popen[str], str]]:
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [*MAIN, "serve", "--port", str(port)], env=checkout.environment, stdout=subprocess.PIPE, text=True
    )
    assert server.stdout is not None
    url = f"http://127.0.0.1:{port}/"
    try:
        assert server.stdout.readline() == f"Serving on http://localhost:{port} (Ctrl-C stops)\n"
        until(lambda: read(url) is not None)
        yield server, url
    finally:
        server.kill()
        server.wait()
        server.stdout.close()


def read(url: str) -> tuple[str, int] | None:
    """The database role and the process that answered; None if nobody did."""
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:
            role, process = answer.read().decode().split()
            return role, int(process)
    except OSError:
        return None


def until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < end, "waited for a minute in vain"
        time.sleep(0.1)


def test_the_site_is_served_as_the_application_and_ctrl_c_ends_it(
    site: tuple[subprocess.Popen[str], str],
) -> None:
    server, url = site
    answer = read(url)
    assert answer is not None
    assert answer[0] == "lienthong_app"
    server.send_signal(signal.SIGINT)
    assert server.wait(30) == 0
    assert read(url) is None


def test_killed_workers_come_back_however_often(site: tuple[subprocess.Popen[str], str]) -> None:
    _, url = site
    for _ in range(4):
        until(lambda: read(url) is not None)
        answer = read(url)
        if answer:
            os.kill(answer[1], signal.SIGKILL)
    until(lambda: read(url) is not None)


def test_a_killed_database_comes_back_under_the_site(
    checkout: Checkout, site: tuple[subprocess.Popen[str], str]
) -> None:
    _, url = site
    before = postgres.status(checkout.var).pid
    assert before is not None
    os.kill(before, signal.SIGKILL)
    until(lambda: read(url) is not None and postgres.status(checkout.var).pid not in (None, before))


def test_nothing_of_a_killed_server_stays_behind(site: tuple[subprocess.Popen[str], str]) -> None:
    server, url = site
    server.kill()
    until(lambda: read(url) is None)
