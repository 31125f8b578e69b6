"""The statements of real submissions as pgbench scripts, and pgbench running them."""

import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from django.db import connection
from psycopg.conninfo import conninfo_to_dict

from lienthong.dossiers.public import Dossier
from lienthong.site import postgres
from lienthong.site.bench.ground import BenchError
from lienthong.site.cluster import binaries

TPS: Final = re.compile(r"tps = ([0-9.]+)")
FILED: Final = re.compile(r"SELECT id, code FROM filed\s*$")


def statements_of(act: Callable[[], Dossier]) -> tuple[Dossier, list[str]]:
    """What the act sends to the database, in full, in order; its own savepoints too."""
    sent: list[str] = []

    def keep(execute: Any, sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:  # noqa: FBT001 - Django's signature
        with connection.connection.cursor() as cursor:
            for values in params if many else [params]:
                sent.append(cursor.mogrify(sql, values) if values else sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(keep):
        dossier = act()
    return dossier, sent


def script(dossier: Dossier, statements: list[str]) -> str:
    """The transaction for pgbench: each run takes an id of its own, as each submission did."""
    lines = ["BEGIN;"]
    inner = [s for s in statements if s not in {"BEGIN", "COMMIT"}]
    if inner[0].startswith("SAVEPOINT"):  # the outermost one is the transaction itself
        raise BenchError("A submission was captured inside another transaction.")
    for statement in inner:
        if FILED.search(statement):
            lines.append(f"{statement.strip()} \\gset filed_")
        else:
            lines.append(f"{statement.strip().replace(str(dossier.pk), LITERAL)};")
    return "\n".join([*lines, "COMMIT;", ""])


LITERAL: Final = "' || :filed_id || '"
"""pgbench sees no variable behind a colon, so the id is joined to the text around it."""


def pgbench(scripts: list[Path], *, connections: int, seconds: int, var: Path) -> float:
    """Transactions a second, each client drawing one of the scripts each time. Raises BenchError."""
    words = [str(binaries() / "pgbench"), "-n", "-c", str(connections), "-j", str(connections)]
    words += ["-T", str(seconds), *(f"-f{path}" for path in scripts)]
    environment = {
        "PGDATABASE" if name == "dbname" else f"PG{name.upper()}": str(value)
        for name, value in conninfo_to_dict(postgres.urls(var).application).items()
    }
    postgres.keep_open_in_children()
    done = subprocess.run(  # noqa: S603 - a program of the wheel, no shell
        words, env=environment, capture_output=True, text=True, check=False, close_fds=False
    )
    found = TPS.search(done.stdout)
    if done.returncode or found is None:
        raise BenchError(f"pgbench failed: {(done.stderr or done.stdout).strip().splitlines()[-1]}")
    return float(found[1])
