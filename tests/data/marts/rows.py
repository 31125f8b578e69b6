"""Dossiers, petitions and the rest, made from a seed, for tests that compare ways of counting."""

from datetime import date, datetime, timedelta
from random import Random
from typing import Any

AGENCIES = ("H26.05", "H26.06", "H01.02", "G02.11", "G02")
PARENTS = {"H26.05": "H26", "H26.06": "H26", "H01.02": "H01", "G02.11": "G02"}
PROCEDURES = ("1.001193", "2.000635", "2.000908", "1.000894")
FLAGS = (
    "end_to_end",
    "synced",
    "returns_paper",
    "electronic_result",
    "digitised_papers",
    "reused_papers",
    "personal_store",
    "vneid_account",
    "population_data",
    "paid_online",
    "certified_copy",
    "electronic_copy",
    "complained",
)
START = datetime(2026, 9, 1)  # noqa: DTZ001 - local time, as in the files
AS_OF = datetime(2026, 12, 1)  # noqa: DTZ001


def make(seed: int, count: int) -> dict[str, list[dict[str, Any]]]:
    draw = Random(seed)
    return {
        "dossiers": [_dossier(draw, number) for number in range(count)],
        "procedures": [_procedure(draw, a, p) for a in AGENCIES for p in PROCEDURES],
        "publications": [_publication(draw) for _ in range(count // 4)],
        "petitions": [_petition(draw) for _ in range(count // 4)],
        "reported": [_reported(draw, a, m) for a in AGENCIES for m in (9, 10, 11)],
    }


def _moment(draw: Random) -> datetime:
    return START + timedelta(minutes=draw.randrange(91 * 24 * 60))


def _dossier(draw: Random, number: int) -> dict[str, Any]:
    received = _moment(draw)
    due = None if draw.random() < 0.1 else received + timedelta(hours=draw.randrange(1, 200))
    ended = None if draw.random() < 0.3 else received + timedelta(minutes=draw.randrange(1, 15000))
    state = draw.choice((2, 4, 5)) if ended is None else draw.choice((7, 8, 9, 10))
    asked = received + timedelta(hours=draw.randrange(1, 200)) if state == 5 else None
    return {
        "code": str(number),
        "agency": draw.choice(AGENCIES),
        "unit": draw.choice(("00001", "00004", "00006")),
        "procedure": draw.choice(PROCEDURES),
        "received_at": received,
        "channel": draw.choice(("online", "direct", "post")),
        "state": state,
        "due_at": due,
        "ended_at": ended,
        "supplements": draw.choice((0, 0, 0, 1, 2)),
        "supplement_asked_at": asked,
        "supplement_seconds": draw.choice((0, 0, 3600, 200000)),
        "limit_seconds": draw.choice((None, 86400, 400000)),
        "outcome": draw.choice(("approved", "denied")) if state in (9, 10) else None,
        "fee": draw.choice((0, 8000, 20000)),
        "applicant": f"p{draw.randrange(60)}",
        **{flag: draw.random() < 0.5 for flag in FLAGS},
    }


def _procedure(draw: Random, agency: str, procedure: str) -> dict[str, Any]:
    return {
        "agency": agency,
        "procedure": procedure,
        "valid_from": draw.choice((None, date(2026, 10, 5))),
        "valid_to": draw.choice((None, None, date(2026, 11, 20))),
        "online_level": draw.choice(("full", "partial", None)),
        "is_public": draw.random() < 0.8,
        "mandatory_parts": draw.choice((7, 7, 6)),
        "has_fee": draw.random() < 0.5,
        "payable_online": draw.random() < 0.5,
        "for_people": draw.random() < 0.7,
        "uses_population_data": draw.random() < 0.5,
    }


def _publication(draw: Random) -> dict[str, Any]:
    decided = _moment(draw).date()
    return {
        "agency": draw.choice(AGENCIES),
        "procedure": draw.choice(PROCEDURES),
        "decided_on": decided,
        "effective_on": decided + timedelta(days=draw.randrange(40)),
        "published_on": draw.choice((None, decided + timedelta(days=draw.randrange(25)))),
    }


def _petition(draw: Random) -> dict[str, Any]:
    received = _moment(draw)
    return {
        "agency": draw.choice(AGENCIES),
        "received_at": received,
        "due_at": received + timedelta(days=21),
        "ended_at": draw.choice((None, received + timedelta(days=draw.randrange(40)))),
        "kind": draw.choice(("conduct", "rule")),
        "likes": draw.randrange(3),
        "dislikes": draw.randrange(3),
        "repeated": draw.random() < 0.2,
    }


def _reported(draw: Random, agency: str, month: int) -> dict[str, Any]:
    return {
        "agency": agency,
        "month": date(2026, month, 1),
        "received": draw.randrange(80),
        "last_year_received": 1200,
    }
