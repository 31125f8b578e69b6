"""A process of the application's, to be run beside a test, over a server of the test's own.

python child.py build 24 → JSON: a session of Hạnh's and drafts ready to be sent
python child.py proposed 6 → JSON: ids of dossiers that wait for the leader's signature
python child.py decide 1 2 3 → decides each until it is decided, printing its id when it knows
"""

import json
import sys
import time
from uuid import uuid4

import django

django.setup()

from django.db import DatabaseError, connection, transaction  # noqa: E402 - Django stands first
from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402

from lienthong.dossiers.public import (  # noqa: E402
    Draft,
    MoveNotAllowed,
    Outcome,
    decide_dossier,
    put_paper_in_draft,
)
from lienthong.identity.public import Account, Actor, Duty, enrol_authenticator_app, grant_level_two  # noqa: E402
from makers import (  # noqa: E402
    ANSWERS,
    BORN_PAPER,
    BY,
    CASE,
    OFFICERS,
    World,
    build_world,
    keep_paper,
    proposed,
)

GIVEN_NAMES = ("An", "Bảo", "Châu", "Dũng", "Giang", "Hà", "Khôi", "Lan", "Mai", "Nam", "Phúc", "Quân")
"""A birth is registered once: twelve children, and not one twelve times."""


def build(count: int) -> dict[str, object]:
    with transaction.atomic():
        world = build_world()
        hanh = world.account("hanh")
        enrol_authenticator_app(account=hanh, by=BY)
        grant_level_two(account=hanh, source="thử", by=BY)
        drafts = [draft(world) for _ in range(count)]
    return {"session": session_of(hanh), "drafts": drafts}


def draft(world: World) -> str:
    by = world.actor("hanh")
    answers = {**ANSWERS, "child_birth_date": timezone.localdate().isoformat()}
    choices = {"unit": world.ward.pk, "delivery": "online", "circumstances": CASE}
    made = Draft.objects.create(
        key=uuid4(), account=world.account("hanh"), version=world.version, answers=answers, choices=choices
    )
    put_paper_in_draft(key=made.key, paper=BORN_PAPER, file=keep_paper(by), by=by)
    return str(made.key)


def session_of(account: Account) -> str:
    """As after sign-in with both steps."""
    client = Client()
    client.force_login(account)
    session, now = client.session, time.time()
    step = account.authenticator_set.get(type="totp")
    session["account_authentication_methods"] = [
        {"method": "password", "at": now},
        {"method": "mfa", "type": "totp", "id": step.pk, "at": now},
    ]
    session["account_authentication_methods_user"] = str(account.pk)
    session.save()
    return str(session.session_key)


def waiting_for_signature(count: int) -> list[int]:
    with transaction.atomic():
        world = build_world()
    answers = {**ANSWERS, "child_birth_date": timezone.localdate().isoformat()}
    names = [f"Trần Minh {name}" for name in GIVEN_NAMES[:count]]
    return [proposed(world, answers={**answers, "child_name": name}).pk for name in names]


def decide(dossiers: list[int]) -> None:
    role, _ = OFFICERS["leader"]
    assert role is not None
    for dossier in dossiers:
        while True:
            try:
                account = Account.objects.get(sign_in_name="leader")
                by = Actor(
                    account.reference, account.pk, None, account.name, 2, frozenset({Duty(role, "H20.47")})
                )
                decide_dossier(dossier=dossier, outcome=Outcome.APPROVED, opinion="Đủ điều kiện.", by=by)
            except MoveNotAllowed:  # the answer to the first try was lost, not its work
                break
            except DatabaseError:
                connection.close()
                time.sleep(0.2)
            else:
                break
        say(dossier)


def say(value: object) -> None:
    sys.stdout.write(f"{json.dumps(value)}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    act, *values = sys.argv[1:]
    if act == "build":
        say(build(int(values[0])))
    elif act == "proposed":
        say(waiting_for_signature(int(values[0])))
    else:
        decide([int(value) for value in values])
