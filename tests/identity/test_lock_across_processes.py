"""The lock is shared: a failure in one process counts in all, and many at once do not slip past."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from identity.people import citizen
from lienthong.identity.rules import Refused, TooManyAttempts
from lienthong.identity.sign_in import check_password
from lienthong.site.config import ROOT

pytestmark = pytest.mark.django_db(transaction=True)

NAME = "099099000001"

CHILD = """
import django
django.setup()
from lienthong.identity.sign_in import check_password
from lienthong.kit.errors import Refused
for _ in range(5):
    try:
        check_password(kind="citizen", sign_in_name="099099000001", password="sai", address="192.0.2.1")
    except Refused as refusal:
        print(refusal.code)
"""


def attempt(password: str = "sai") -> str:
    try:
        check_password(kind="citizen", sign_in_name=NAME, password=password, address="192.0.2.2")
    except Refused as refusal:
        return refusal.code
    finally:
        connection.close()
    return "in"


def test_failures_in_another_process_lock_the_name_here(application_url: str) -> None:
    there = subprocess.run(
        [sys.executable, "-c", CHILD],
        env=os.environ
        | {
            "DATABASE_URL": application_url,
            "DJANGO_SETTINGS_MODULE": os.environ["DJANGO_SETTINGS_MODULE"],
            "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), os.environ.get("PYTHONPATH", "")]),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert there.stdout.split() == ["SignInRefused"] * 5, there.stderr
    with pytest.raises(TooManyAttempts):
        check_password(kind="citizen", sign_in_name=NAME, password="sai", address="192.0.2.2")


def test_of_many_attempts_at_once_no_more_than_five_are_judged() -> None:
    citizen(NAME)
    with ThreadPoolExecutor(12) as pool:
        answers = list(pool.map(lambda _: attempt(), range(24)))
    assert answers.count("SignInRefused") <= 5
    assert set(answers) == {"SignInRefused", "TooManyAttempts"}
    assert attempt("mot-cua-lien-thong") in {"TooManyAttempts", "in"}
