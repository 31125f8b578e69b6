"""A process of the application's, to be killed: runs a received file, over a server of the test's own.

python child.py build 600 → JSON: the batch that waits, of so many rows
python child.py run 1 100 → runs it, stored so many records at a time
"""

import csv
import json
import sys
from io import BytesIO, StringIO

import django

django.setup()

from django.db import transaction  # noqa: E402 - Django stands first

from lienthong.identity.public import system  # noqa: E402
from lienthong.registries.actions import storing  # noqa: E402
from lienthong.registries.public import accept_batch, from_json, receive_batch, run_batch  # noqa: E402
from registries.test_run import HEAD, ROWS  # noqa: E402
from registries.world import make_world  # noqa: E402


def build(count: int) -> int:
    out = StringIO()
    lines = csv.writer(out)
    lines.writerow(HEAD)
    lines.writerows([f"LD{n}", *ROWS[n % len(ROWS)][1:]] for n in range(count))
    with transaction.atomic():
        world = make_world()
        by = world.actor("keeper")
        batch = receive_batch(
            source=world.source, content=BytesIO(out.getvalue().encode()), name="lao-dong.csv", by=by
        )
        mapping = {column.index: column.field for column in from_json(batch.preview).columns}
        return accept_batch(batch=batch.pk, mapping=mapping, accepted=[], by=by).pk


if __name__ == "__main__":
    act, *values = sys.argv[1:]
    if act == "build":
        sys.stdout.write(json.dumps(build(int(values[0]))))
    else:
        storing.PIECE = int(values[1])  # type: ignore[misc]  # many pieces of a small file
        run_batch(batch=int(values[0]), by=system("registries"))
