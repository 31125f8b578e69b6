"""A process of the application's, to be killed: decides many cases by one rule, over a server of the test's own.

python child.py build 300 → JSON: the sweep that waits
python child.py sweep 1 → carries it out
"""

import json
import sys

import django

django.setup()

from django.db import transaction  # noqa: E402 - Django stands first

from lienthong.cleaning.public import Choice, Wanted, begin_sweep, carry_out_sweep, open_cases  # noqa: E402
from lienthong.identity.public import system  # noqa: E402
from registries.world import make_world, matched, stored  # noqa: E402


def build(count: int) -> int:
    with transaction.atomic():
        world = make_world()
        batch = stored(world, [{**matched(), "verdict": "corrected"} for _ in range(count)])
    open_cases(batch=batch, by=system("cleaning"))
    wanted = Wanted(verdict="corrected")
    return begin_sweep(
        wanted=wanted, choice=Choice.SAME, ground="Sai một chữ số", by=world.actor("keeper")
    ).pk


if __name__ == "__main__":
    act, value = sys.argv[1:]
    if act == "build":
        sys.stdout.write(json.dumps(build(int(value))))
    else:
        carry_out_sweep(sweep=int(value))
