"""A reader waits for whoever is writing a line: none with an earlier time appears behind an answer."""

import threading
import time
from datetime import datetime

import psycopg
import pytest

from lienthong.steering.public import known_moment

pytestmark = pytest.mark.django_db

TURN = "SELECT pg_advisory_xact_lock(hashtext('steering_ledger'))"


def test_what_is_known_now_is_not_answered_while_a_line_is_being_written(
    application_role: psycopg.Connection,
) -> None:
    written: list[datetime] = []
    holds = threading.Event()

    def write() -> None:
        with application_role.transaction():
            application_role.execute(TURN)
            holds.set()
            time.sleep(0.3)
            found = application_role.execute("SELECT clock_timestamp()").fetchone()
            assert found
            written.append(found[0])

    writer = threading.Thread(target=write)
    writer.start()
    holds.wait(10)
    known = known_moment(None)
    writer.join()
    assert known > written[0]
