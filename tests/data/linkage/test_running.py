"""A run is bounded, goes on after a kill, and says in one sentence what is wrong with its inputs."""

import fcntl
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import pytest

from data.linkage.cases import PEOPLE, RECORDS, REGISTER, linked, write
from lienthong.data.linkage import LinkSettings, Model, jit, link, run
from lienthong.data.linkage.__main__ import main as compile_kernels
from lienthong.data.linkage.inputs import (
    PIECE,
    ColumnsMissing,
    InputEmpty,
    InputMissing,
    InputUnknown,
    InputUnreadable,
    digest,
)
from lienthong.data.linkage.model import ModelUnusable
from lienthong.data.linkage.run import WORK, OutputInUse
from lienthong.data.synthetic.people import write_people
from lienthong.data.synthetic.records import write_records
from lienthong.kit.errors import Refused

HOA = {"personal_number": "099058000001", "full_name": "Nguyễn Văn Hoà", "birth_date": "14/03/1958"}

SLOW = """
import sys, time
from pathlib import Path
from lienthong.data.linkage import LinkSettings, link
from lienthong.data.linkage import engine
decide = engine.decide
def slowly(job, register, number):
    kept = decide(job, register, number)
    print("kept", job.part(number).name, flush=True)
    time.sleep(30 if number == 2 else 0)
    return kept
engine.decide = slowly
records, people, out = map(Path, sys.argv[1:])
link(records, people, out, settings=LinkSettings(bucket=5, threads=1))
"""


def files(place: Path, count: int) -> tuple[Path, Path]:
    rows = [{"record_id": str(n), "source": str(n % 3), **HOA} for n in range(count)]
    return write(place / "records.csv", RECORDS, rows), write(place / "people.csv", PEOPLE, REGISTER)


@pytest.mark.fault
def test_a_killed_run_goes_on_without_losing_or_repeating_a_bucket(tmp_path: Path) -> None:
    records, people = files(tmp_path, 40)
    whole = link(records, people, tmp_path / "whole", settings=LinkSettings(bucket=5, threads=1))
    process = subprocess.Popen(
        [sys.executable, "-c", SLOW, str(records), str(people), str(tmp_path / "out")],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    for line in process.stdout:
        if "bucket-00002" in line:
            break
    time.sleep(0.2)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    process.stdout.close()
    done = {path.name: path.stat().st_mtime_ns for path in (tmp_path / "out" / WORK).glob("bucket-*")}
    assert len(done) == 3
    after = link(records, people, tmp_path / "out", settings=LinkSettings(bucket=5, threads=1))
    assert after.buckets_resumed == 3
    assert after.verdicts == whole.verdicts
    assert (tmp_path / "out" / "verdicts.csv").read_bytes() == (
        tmp_path / "whole" / "verdicts.csv"
    ).read_bytes()
    assert not (tmp_path / "out" / WORK).exists()


def test_other_inputs_do_not_go_on_with_what_an_earlier_run_left(tmp_path: Path) -> None:
    records, people = files(tmp_path, 4)
    left = tmp_path / "out" / WORK
    left.mkdir(parents=True)
    (left / "manifest.json").write_text('{"key": "another"}', "utf-8")
    (left / "bucket-00000.parquet").write_text("not ours", "utf-8")
    assert link(records, people, tmp_path / "out", settings=LinkSettings(threads=1)).buckets_resumed == 0


def test_the_digest_of_a_file_is_of_all_that_is_in_it(tmp_path: Path) -> None:
    content = bytes(range(256)) * (PIECE // 256) + bytes(PIECE) + b"end"

    def told(of: bytes, name: str = "file") -> str:
        (tmp_path / name).write_bytes(of)
        return digest(tmp_path / name)

    others = [content[:PIECE], content[PIECE:], content[PIECE : 2 * PIECE] + content[:PIECE] + b"end"]
    others += [content + b"\0", content[:-1], b"", b"\0", b"\0\0"]
    for place in (0, 100, PIECE - 1, PIECE, 2 * PIECE, len(content) - 1):
        others.append(content[:place] + b"*" + content[place + 1 :])
    assert told(content) == told(content, "another name")
    assert len({told(content), *map(told, others)}) == len(others) + 1


def test_the_same_inputs_give_the_same_bytes_whatever_the_buckets_and_threads(tmp_path: Path) -> None:
    records, people = files(tmp_path, 30)
    for name, settings in (("a", LinkSettings(threads=1)), ("b", LinkSettings(bucket=4, threads=2))):
        link(records, people, tmp_path / name, settings=settings)
    assert (tmp_path / "a" / "verdicts.csv").read_bytes() == (tmp_path / "b" / "verdicts.csv").read_bytes()


def test_the_order_is_the_records_also_past_one_row_group(tmp_path: Path) -> None:
    """Two threads writing two row groups may change places: one of 122,880 rows came before the first."""
    _, people = files(tmp_path, 1)
    records = tmp_path / "records.parquet"
    duckdb.execute(
        f"COPY (SELECT CAST(range AS VARCHAR) AS record_id, 'x' AS personal_number, '' AS full_name FROM range(260000)) TO '{records}' (FORMAT parquet)"
    )
    link(records, people, tmp_path / "out", settings=LinkSettings(threads=2))
    rows = duckdb.execute(
        "SELECT count(*) FROM read_parquet(?, file_row_number = true) WHERE CAST(record_id AS BIGINT) <> file_row_number",
        [str(tmp_path / "out" / "verdicts.parquet")],
    ).fetchone()
    assert rows == (0,)


def test_a_run_that_was_killed_before_its_last_step_still_knows_the_register(tmp_path: Path) -> None:
    """All stages are there, the register is not read again: scores and counts are those of a whole run."""
    records, people = files(tmp_path, 8)
    whole = link(records, people, tmp_path / "whole", settings=LinkSettings(bucket=5, threads=1))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(run, "gather", lambda *_, **__: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            link(records, people, tmp_path / "out", settings=LinkSettings(bucket=5, threads=1))
    after = link(records, people, tmp_path / "out", settings=LinkSettings(bucket=5, threads=1))
    assert (after.buckets_resumed, after.people_set_aside) == (2, whole.people_set_aside)
    assert (tmp_path / "out" / "verdicts.csv").read_text() == (
        tmp_path / "whole" / "verdicts.csv"
    ).read_text()


def test_one_run_at_a_time_in_a_directory(tmp_path: Path) -> None:
    records, people = files(tmp_path, 1)
    work = tmp_path / "out" / WORK
    work.mkdir(parents=True)
    with (work / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(OutputInUse):
            link(records, people, tmp_path / "out")


def test_parquet_in_parquet_out_and_missing_columns_are_said(tmp_path: Path) -> None:
    _, people = files(tmp_path, 1)
    records = tmp_path / "records.parquet"
    duckdb.execute(
        f"COPY (SELECT '099058000001' AS personal_number, 'Nguyễn Văn Hoà' AS full_name) TO '{records}' (FORMAT parquet)"
    )
    summary = link(records, people, tmp_path / "out", settings=LinkSettings(threads=1))
    assert summary.records_columns_missing == (
        "record_id", "old_number", "birth_date", "sex", "commune_code", "mother_name", "source",
    )  # fmt: skip
    rows = duckdb.execute(
        f"SELECT record_id, verdict, personal_number FROM '{tmp_path}/out/verdicts.parquet'"
    ).fetchall()
    assert rows == [("1", "matched", "099058000001")]


def test_progress_grows_to_the_end(tmp_path: Path) -> None:
    records, people = files(tmp_path, 20)
    seen: list[float] = []
    link(
        records,
        people,
        tmp_path / "out",
        settings=LinkSettings(bucket=5, threads=1),
        progress=lambda p: seen.append(p.done),
    )
    assert seen == sorted(seen)
    assert seen[-1] == 1.0


@pytest.mark.parametrize(
    ("name", "content", "error"),
    [
        ("none.csv", None, InputMissing),
        ("records.pdf", b"%PDF", InputUnknown),
        ("records.csv", b"", InputEmpty),
        ("records.csv", b"record_id,full_name\n", InputEmpty),
        ("records.csv", b"a,b\n1,2\n", ColumnsMissing),
        ("records.csv", b"record_id,full_name\n1,\xff\xfe\xfa\n", InputUnreadable),
        ("records.parquet", b"PAR1 not really", InputUnreadable),
    ],
)
def test_a_bad_input_is_one_sentence(
    tmp_path: Path, name: str, content: bytes | None, error: type[Refused]
) -> None:
    people = write(tmp_path / "people.csv", PEOPLE, REGISTER)
    given = tmp_path / name
    if content is not None:
        given.write_bytes(content)
    with pytest.raises(error) as refused:
        link(given, people, tmp_path / "out")
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("content", ["{", "{}", '{"bits": {}}', "[]"])
def test_a_bad_model_is_one_sentence(tmp_path: Path, content: str) -> None:
    (tmp_path / "model.json").write_text(content, "utf-8")
    with pytest.raises(ModelUnusable):
        Model.read(tmp_path / "model.json")


def test_the_register_row_with_a_bad_number_is_set_aside_and_said(tmp_path: Path) -> None:
    records, _ = files(tmp_path, 1)
    people = write(
        tmp_path / "people.csv",
        PEOPLE,
        [*REGISTER, ("99", "", "Ai Đó", "1990-01-01", "day", "male", "", "", "alive")],
    )
    assert link(records, people, tmp_path / "out", settings=LinkSettings(threads=1)).people_set_aside == 1


def test_nothing_of_linked_is_needed_but_the_files(tmp_path: Path) -> None:
    assert linked(tmp_path, [HOA])["1"] == ("matched", "099058000001")


def test_what_compiles_the_kernels_goes_both_ways() -> None:
    found = compile_kernels().verdicts
    assert (found["matched"], found["corrected"]) == (1, 1)


COMPILED = """
import sys
from pathlib import Path
from numba.core.dispatcher import Dispatcher
from lienthong.data import linkage
from lienthong.data.linkage import LinkSettings, link, engine
from lienthong.data.linkage.__main__ import main

def kinds():
    modules = [one for name, one in sys.modules.items() if name.startswith(linkage.__name__)]
    found = {id(one): one for module in modules for one in vars(module).values() if isinstance(one, Dispatcher)}
    return {(one.__name__, kind) for one in found.values() for kind in one.signatures}

main()
before = kinds()
people, records, out = map(Path, sys.argv[1:])
link(records, people, out)
print(len(before) > 20, sorted(name for name, _ in kinds() - before))
"""


def test_a_run_compiles_nothing_that_was_not_compiled_at_installation(tmp_path: Path) -> None:
    """On Parquet as anybody brings it, a whole population of it."""
    people, records = tmp_path / "people.parquet", tmp_path / "records.parquet"
    with duckdb.connect() as db:
        write_people(db, people, count=3_000, strangers=100, seed=5, communes=["00004", "00010"])
        write_records(
            db, records, people, count=2_000, seed=5, units=[("00001", "00004")], communes=["00004", "00010"]
        )
    words = [sys.executable, "-c", COMPILED, str(people), str(records), str(tmp_path / "out")]
    said = subprocess.run(words, check=True, capture_output=True, text=True).stdout
    assert said.split() == ["True", "[]"]


def test_kernels_are_kept_where_nobody_else_may_write(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Beside the source; where that is not ours in the user's cache; where there is none, for this process alone."""
    monkeypatch.setattr(jit, "_HERE", tmp_path / "package")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    assert Path(jit._kept_in()).parent == tmp_path / "package" / "__pycache__"
    (tmp_path / "file").touch()
    monkeypatch.setattr(jit, "_HERE", tmp_path / "file")
    assert Path(jit._kept_in()).parent == tmp_path / "cache" / "lienthong"
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    alone = Path(jit._kept_in())
    assert alone.stat().st_mode & 0o077 == 0
    alone.rmdir()
