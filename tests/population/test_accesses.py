"""The page "Ai đã xem dữ liệu của tôi"."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from lienthong.identity.public import ANONYMOUS, NotAllowed
from lienthong.population.models import Access
from lienthong.population.public import Oddity, Purpose, accesses_of, find_person, known_facts, read_person

HANH, LOC = "099194004471", "099091000938"
BASIS = "Luật Hộ tịch, điều 16"

pytestmark = pytest.mark.usefixtures("family")


def test_each_line_says_who_what_why_and_by_which_dossier(actors, dossier):
    known_facts(
        HANH, keys=["requester_name", "requester_residence"], basis=BASIS, by=actors.handler, dossier=dossier
    )
    (line,) = accesses_of(HANH, by=actors.hanh).lines
    assert line.organisation_name == "Ủy ban nhân dân phường Bến Sen"
    assert line.actor_display == "Chuyên viên thụ lý"
    assert line.groups == ("Họ tên", "Nơi cư trú")
    assert (line.purpose, line.basis) == ("Điền sẵn tờ khai", BASIS)
    assert (line.dossier, line.is_tied) == ("H20.47-261120-0031", True)


def test_own_readings_are_apart(actors, dossier):
    read_person(HANH, purpose=Purpose.OWN, basis=BASIS, by=actors.hanh)
    read_person(HANH, purpose=Purpose.ISSUE, basis=BASIS, by=actors.handler, dossier=dossier)
    book = accesses_of(HANH, by=actors.hanh)
    assert (len(book.own), len(book.lines)) == (1, 1)
    assert book.own[0].oddities == ()


def test_the_head_counts_readings_agencies_and_those_without_a_dossier(actors, dossier):
    read_person(HANH, purpose=Purpose.EXAMINE, basis=BASIS, by=actors.handler, dossier=dossier)
    find_person(HANH, basis="Kế hoạch 42/KH-UBND", by=actors.steward_elsewhere, purpose=Purpose.REVIEW)
    book = accesses_of(HANH, by=actors.hanh)
    assert (len(book.lines), book.tied, book.untied) == (2, 1, 1)
    assert book.organisations == {
        "H24.01": "Ủy ban nhân dân phường Thành Đông",
        "H20.47": "Ủy ban nhân dân phường Bến Sen",
    }
    odd = book.odd[0]
    assert odd.basis == "Kế hoạch 42/KH-UBND"
    assert {Oddity.NO_DOSSIER, Oddity.OTHER_PROVINCE} <= set(odd.oddities)


def test_newest_first_since_a_day_and_of_one_agency(actors):
    now = timezone.now()
    for days, code in ((400, "H20.47"), (20, "H20.47"), (3, "H24.01")):
        Access.objects.create(
            person_id=HANH,
            at=now - timedelta(days=days),
            actor="account:9",
            actor_display="Chuyên viên thụ lý",
            organisation=code,
            purpose=Purpose.EXAMINE,
            basis=BASIS,
            groups=["name"],
            dossier="H20.47-1",
        )
    year = accesses_of(HANH, by=actors.hanh, since=now - timedelta(days=365))
    assert [line.organisation for line in year.lines] == ["H24.01", "H20.47"]
    assert len(accesses_of(HANH, by=actors.hanh, organisation="H20.47").lines) == 2
    assert not accesses_of(HANH, by=actors.hanh, since=datetime(2199, 1, 1, tzinfo=UTC)).lines


@pytest.mark.parametrize("who", ["nam", "handler", "leader", "steward_elsewhere", "system"])
def test_only_oneself_sees_it(actors, who):
    with pytest.raises(NotAllowed):
        accesses_of(HANH, by=getattr(actors, who))
    with pytest.raises(NotAllowed):
        accesses_of(HANH, by=ANONYMOUS)


def test_a_husband_does_not_see_his_wifes(actors):
    with pytest.raises(NotAllowed):
        accesses_of(LOC, by=actors.hanh)
