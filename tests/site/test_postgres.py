"""The embedded PostgreSQL starts, is shared, comes back after any crash, and fails in one sentence."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from lienthong.site import accounts, cluster, postgres
from lienthong.site.errors import OperatorError

NewVar = Callable[[], Path]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A var that holds a stopped, whole cluster, to be copied: making one takes seconds."""
    var = tmp_path_factory.mktemp("made")
    postgres.ensure(var)
    postgres.stop(var)
    return var


@pytest.fixture
def new_var(tmp_path: Path, made: Path) -> Iterator[NewVar]:
    """Makes one more checkout's var with a cluster in it; stops what runs there at the end."""
    given: list[Path] = []

    def copy() -> Path:
        var = tmp_path / f"checkout{len(given)}" / "var"
        shutil.copytree(made, var, ignore=shutil.ignore_patterns(".s.*"))
        given.append(var)
        return var

    yield copy
    for var in given:
        postgres.stop(var)


@pytest.fixture
def var(new_var: NewVar) -> Path:
    return new_var()


def ask(url: str, statement: str) -> object:
    with psycopg.connect(url, autocommit=True) as connection:
        answer = connection.execute(statement)
        return answer.fetchone() if answer.description else None


def killed(var: Path) -> None:
    pid = postgres.status(var).pid
    assert pid is not None
    os.kill(pid, signal.SIGKILL)


# Starting


def test_a_fresh_checkout_gets_a_server(tmp_path: Path) -> None:
    before = postgres.urls(tmp_path)
    assert before.application.startswith("postgresql://lienthong_app@/lienthong?host=")
    assert not postgres.status(tmp_path).initialised
    urls = postgres.ensure(tmp_path)
    try:
        assert ask(urls.application, "SELECT current_user, current_database()") == (
            "lienthong_app",
            "lienthong",
        )
        assert ask(urls.owner, "SELECT current_user::text") == ("lienthong_owner",)
        assert urls == postgres.urls(tmp_path)
        assert ask(urls.owner, "SHOW server_version") == (postgres.server_version(),)
    finally:
        postgres.stop(tmp_path)


def test_a_second_caller_attaches_to_the_running_server(var: Path) -> None:
    postgres.ensure(var)
    first = postgres.status(var)
    postgres.ensure(var)
    assert first.running
    assert postgres.status(var).pid == first.pid


def test_reading_urls_or_status_starts_nothing(var: Path) -> None:
    postgres.urls(var)
    assert not postgres.status(var).running


def test_two_checkouts_run_side_by_side(new_var: NewVar) -> None:
    one, other = new_var(), new_var()
    ask(postgres.ensure(one).owner, "CREATE TABLE here (id int)")
    assert ask(postgres.ensure(other).owner, "SELECT to_regclass('here')") == (None,)
    postgres.stop(one)
    assert postgres.status(other).running


def test_six_processes_at_once_start_one_server(tmp_path: Path) -> None:
    program = (
        "import sys, psycopg; from pathlib import Path; from lienthong.site import postgres\n"
        "print(psycopg.connect(postgres.ensure(Path(sys.argv[1])).owner)"
        ".execute('SELECT pg_postmaster_start_time()').fetchone()[0])"
    )
    started = [
        subprocess.Popen([sys.executable, "-c", program, str(tmp_path)], stdout=subprocess.PIPE, text=True)
        for _ in range(6)
    ]
    try:
        answers = {process.communicate(timeout=100)[0] for process in started}
        assert [process.returncode for process in started] == [0] * 6
        assert len(answers) == 1
    finally:
        postgres.stop(tmp_path)


def test_a_path_longer_than_a_socket_may_have(tmp_path: Path, made: Path) -> None:
    """sockaddr_un holds 107 bytes; the client goes by /proc/self/fd instead."""
    var = tmp_path / ("d" * 80) / ("e" * 80) / "var"
    shutil.copytree(made, var)
    try:
        url = postgres.ensure(var).application
        assert "%2Fproc%2Fself%2Ffd%2F" in url
        assert ask(url, "SELECT 1") == (1,)
        killed(var)
        assert ask(postgres.ensure(var).application, "SELECT 1") == (1,)
    finally:
        postgres.stop(var)


def test_a_path_with_spaces_and_letters_of_vietnamese(tmp_path: Path, made: Path) -> None:
    var = tmp_path / "Liên Thông"
    shutil.copytree(made, var)
    try:
        assert ask(postgres.ensure(var).owner, "SELECT 1") == (1,)
    finally:
        postgres.stop(var)


# Coming back


def test_it_comes_back_after_kill_9_with_what_was_committed(var: Path) -> None:
    url = postgres.ensure(var).owner
    ask(url, "CREATE TABLE kept (id int)")
    for round_ in range(3):
        ask(url, f"INSERT INTO kept VALUES ({round_})")
        killed(var)
        assert ask(postgres.ensure(var).owner, "SELECT count(*) FROM kept") == (round_ + 1,)


def test_it_waits_for_backends_that_outlive_the_server(var: Path) -> None:
    with psycopg.connect(postgres.ensure(var).owner, autocommit=True) as busy:
        busy.execute("SELECT 1")
        killed(var)
        assert ask(postgres.ensure(var).owner, "SELECT 1") == (1,)


def test_a_process_number_used_again_is_not_mistaken_for_the_server(var: Path) -> None:
    other = subprocess.Popen(["sleep", "600"])
    try:
        (var / "postgres/data/postmaster.pid").write_text(f"{other.pid}\n/elsewhere\n1\n5432\n")
        assert postgres.status(var).running is False
        assert postgres.stop(var) is False
        assert ask(postgres.ensure(var).owner, "SELECT 1") == (1,)
        assert other.poll() is None
    finally:
        other.kill()
        other.wait()


def test_a_half_made_cluster_is_made_anew(tmp_path: Path) -> None:
    unfinished = tmp_path / "postgres" / "data.new"
    unfinished.mkdir(parents=True)
    (unfinished / "PG_VERSION").write_text("18\n")
    try:
        assert ask(postgres.ensure(tmp_path).owner, "SELECT 1") == (1,)
        assert not unfinished.exists()
    finally:
        postgres.stop(tmp_path)


def test_it_has_died_when_killed_but_not_when_stopped(var: Path) -> None:
    postgres.ensure(var)
    assert not postgres.has_died(var)
    killed(var)
    end = time.monotonic() + 30
    while not postgres.has_died(var) and time.monotonic() < end:
        time.sleep(0.05)
    assert postgres.has_died(var)
    postgres.ensure(var)
    assert postgres.stop(var)
    assert not postgres.has_died(var)
    assert postgres.stop(var) is False


# Who may do what


def test_nobody_else_may_enter(var: Path) -> None:
    postgres.ensure(var)
    assert (var / "postgres").stat().st_mode & 0o777 == 0o700
    assert (var / "postgres/s").stat().st_mode & 0o777 == 0o700
    assert (var / "postgres/passwords.json").stat().st_mode & 0o777 == 0o600


def test_a_wrong_password_and_the_superuser_are_turned_away(var: Path) -> None:
    url = postgres.ensure(var).owner
    secret = url.split(":")[2].split("@")[0]
    for wrong in (url.replace(secret, "wrong"), url.replace("lienthong_owner", "postgres")):
        with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
            psycopg.connect(wrong)


def test_there_is_no_tcp_port(var: Path) -> None:
    assert ask(postgres.ensure(var).owner, "SHOW listen_addresses") == ("",)


@pytest.mark.parametrize("database", ["lienthong", "test_another"])
def test_the_application_reads_and_writes_rows_and_nothing_more(var: Path, database: str) -> None:
    urls = postgres.ensure(var)
    owner, application = (
        url.replace("/lienthong?", f"/{database}?") for url in (urls.owner, urls.application)
    )
    if database != "lienthong":
        ask(urls.owner, f"CREATE DATABASE {database}")
    ask(owner, "CREATE TABLE paper (id bigint GENERATED BY DEFAULT AS IDENTITY, name text)")
    ask(owner, "CREATE SEQUENCE numbers")
    ask(application, "INSERT INTO paper (name) VALUES ('a')")
    ask(application, "UPDATE paper SET name = 'b'")
    assert ask(application, "SELECT name, nextval('numbers') FROM paper") == ("b", 1)
    ask(application, "DELETE FROM paper")
    for refused in (
        "CREATE TABLE more (id int)",
        "TRUNCATE paper",
        "DROP TABLE paper",
        "ALTER TABLE paper DISABLE TRIGGER ALL",
        "CREATE DATABASE mine",
        "SET ROLE lienthong_owner",
        "GRANT ALL ON paper TO PUBLIC",
    ):
        with psycopg.connect(application, autocommit=True) as connection:
            try:
                connection.execute(refused)
            except psycopg.errors.InsufficientPrivilege:
                continue
            # GRANT without a right to give only warns, and gives nothing
            assert refused.startswith("GRANT")
            assert ask(owner, "SELECT has_table_privilege('lienthong_app', 'paper', 'TRUNCATE')") == (False,)


def test_the_owner_is_no_superuser_yet_may_add_the_extensions_of_search(var: Path) -> None:
    url = postgres.ensure(var).owner
    assert ask(url, "SELECT rolsuper, rolcreaterole FROM pg_roles WHERE rolname = current_user") == (
        False,
        False,
    )
    ask(url, "CREATE EXTENSION unaccent; CREATE EXTENSION pg_trgm")
    assert ask(url, "SELECT unaccent('Đường Nguyễn Trãi')") == ("Duong Nguyen Trai",)


def test_sorting_and_time_zone_data(var: Path) -> None:
    url = postgres.ensure(var).owner
    assert ask(url, "SELECT datlocprovider, datlocale FROM pg_database WHERE datname = 'lienthong'") == (
        "b",
        "C.UTF-8",
    )
    assert ask(url, "SELECT lower('ĐẮK LẮK')") == ("đắk lắk",)
    assert ask(
        url, "SELECT to_char('2026-01-01T00:00Z'::timestamptz AT TIME ZONE 'Asia/Ho_Chi_Minh', 'HH24')"
    ) == ("07",)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root needs another account for the server")
@pytest.mark.parametrize("missing", [["unshare"], []], ids=["no user namespaces", "user namespaces"])
def test_root_starts_it_where_only_root_may_enter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, missing: list[str]
) -> None:
    found = shutil.which
    monkeypatch.setattr(
        "shutil.which", lambda name, path: None if name in missing else found(name, path=path)
    )
    (tmp_path / "closed").mkdir(mode=0o700)
    var = tmp_path / "closed" / "var"
    try:
        assert ask(postgres.ensure(var).owner, "SELECT 1") == (1,)
    finally:
        postgres.stop(var)


# Failing, in one sentence with a way out


def test_root_without_any_way_is_told_what_the_directory_needs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(accounts, "_candidates", lambda *_: iter(()))
    monkeypatch.setattr("os.geteuid", lambda: 0)
    with pytest.raises(OperatorError, match=r"run as an ordinary user, or move the checkout .*`chmod o\+x`"):
        postgres.ensure(tmp_path)


def test_somebody_elses_data(var: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.geteuid", lambda: 54321)
    with pytest.raises(OperatorError, match=r"may not be used by this user: .*`sudo chown -R 54321 "):
        postgres.ensure(var)


def test_a_cluster_of_another_version(var: Path) -> None:
    (var / "postgres/data/PG_VERSION").write_text("17\n")
    with pytest.raises(OperatorError, match="made by PostgreSQL 17 and PostgreSQL 18 is installed: dump it"):
        postgres.ensure(var)


def test_a_configuration_it_does_not_understand(var: Path) -> None:
    with (var / "postgres/data/postgresql.conf").open("a") as file:
        file.write("shared_bufers = 1GB\n")
    with pytest.raises(
        OperatorError, match=r"PostgreSQL did not start \(.*\); see .*/log, or set DATABASE_URL"
    ):
        postgres.ensure(var)


def test_no_binaries(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "find_spec", lambda _: None)
    cluster.binaries.cache_clear()
    with pytest.raises(OperatorError, match="not installed: run `make demo` again, or set DATABASE_URL"):
        postgres.ensure(tmp_path)


FULL_DISK = """
import sys; from pathlib import Path; from lienthong.site import cluster, postgres
cluster.SPACE_FOR_A_CLUSTER = int(sys.argv[2])
try:
    postgres.ensure(Path(sys.argv[1]))
except postgres.PostgresError as error:
    print(error, [path.name for path in Path(sys.argv[1], "postgres").glob("data*")])
"""


@pytest.mark.parametrize("wanted", [300 * 2**20, 0], ids=["seen before", "met while making the cluster"])
def test_a_full_disk(tmp_path: Path, wanted: int) -> None:
    inside = f'mount -t tmpfs -o size=12m none "{tmp_path}" && exec "$0" -c "$1" "{tmp_path}/var" {wanted}'
    answer = subprocess.run(
        ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", inside, sys.executable, FULL_DISK],
        capture_output=True,
        text=True,
        check=False,
    )
    if "unshare" in answer.stderr or "mount" in answer.stderr:
        pytest.skip("no small file system can be mounted here")
    assert answer.stdout.startswith("Disk full: "), answer
    assert "free some space" in answer.stdout
    assert answer.stdout.endswith("[]\n")
