"""Reading a person leaves an access and an event, in the transaction of the reading."""

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction

from lienthong.audit.public import Entry
from lienthong.identity.public import ANONYMOUS, NotAllowed, SignInNeeded
from lienthong.kit.identifiers import PersonalNumberMalformed
from lienthong.population.public import Access, BasisNeeded, Person, Purpose, UnknownPerson, read_person

HANH, NAM, NOBODY = "099194004471", "099088001234", "099194999999"
BASIS = "Luật Hộ tịch, điều 16"

pytestmark = pytest.mark.usefixtures("family")


def test_read_leaves_who_what_why_and_for_which_dossier(actors, dossier):
    person = read_person(HANH, purpose=Purpose.EXAMINE, basis=BASIS, by=actors.handler, dossier=dossier)

    assert person.full_name == "Nguyễn Thị Minh Hạnh"
    assert person.residence == "Khu phố 4, Phường Bến Sen, Tỉnh Đồng Tháp"
    access = Access.objects.get()
    assert (access.person_id, access.actor, access.dossier) == (HANH, "account:2", "H20.47-261120-0031")
    assert (access.purpose, access.basis, access.by_self) == ("examine", BASIS, False)
    assert (access.organisation, access.organisation_name) == ("H20.47", "Ủy ban nhân dân phường Bến Sen")
    assert (access.organisation_province, access.home_province) == ("82", "82")
    assert "residence" in access.groups


def test_the_access_shows_a_duty_and_not_a_private_name(actors, dossier):
    read_person(HANH, purpose=Purpose.EXAMINE, basis=BASIS, by=actors.handler, dossier=dossier)
    access = Access.objects.get()
    assert access.actor_display == "Chuyên viên thụ lý"
    assert "Vũ Kín" not in str(vars(access))


def test_the_record_holds_a_reference_and_no_personal_data(actors, dossier):
    person = read_person(HANH, purpose=Purpose.EXAMINE, basis=BASIS, by=actors.handler, dossier=dossier)
    entry = Entry.objects.get(event="population.PersonRead")
    assert entry.subject == f"person:{person.ref}"
    assert not any(word in entry.facts for word in (HANH, "Hạnh", "1994"))


def test_a_reading_rolled_back_leaves_no_access_and_no_event(actors, dossier):
    with transaction.atomic():
        read_person(HANH, purpose=Purpose.EXAMINE, basis=BASIS, by=actors.handler, dossier=dossier)
        assert Access.objects.count() == 1
        transaction.set_rollback(True)
    assert Access.objects.count() == 0
    assert not Entry.objects.filter(event="population.PersonRead").exists()


def test_nothing_is_read_when_the_access_cannot_be_written(actors, dossier, monkeypatch):
    def refuse(*_args, **_kwargs):
        raise DatabaseError

    monkeypatch.setattr(Access.objects, "bulk_create", refuse)
    with pytest.raises(DatabaseError):
        read_person(HANH, purpose=Purpose.EXAMINE, basis=BASIS, by=actors.handler, dossier=dossier)


def test_one_reads_oneself_and_it_is_marked(actors):
    read_person(HANH, purpose=Purpose.OWN, basis="Luật 91/2025/QH15", by=actors.hanh)
    access = Access.objects.get()
    assert (access.by_self, access.actor_display, access.organisation) == (True, "Chính ông, bà", "")


def test_a_reading_needs_a_basis(actors, dossier):
    with pytest.raises(BasisNeeded):
        read_person(HANH, purpose=Purpose.EXAMINE, basis=" ", by=actors.handler, dossier=dossier)


def test_unknown_and_malformed_numbers_are_told_apart_without_repeating_them(actors, dossier):
    with pytest.raises(UnknownPerson) as unknown:
        read_person(NOBODY, purpose=Purpose.EXAMINE, basis=BASIS, by=actors.handler, dossier=dossier)
    assert NOBODY not in str(unknown.value)
    with pytest.raises(PersonalNumberMalformed):
        read_person("0991940044", purpose=Purpose.EXAMINE, basis=BASIS, by=actors.handler, dossier=dossier)


@pytest.mark.parametrize("number", [HANH, NOBODY])
def test_another_citizen_learns_not_even_whether_the_person_exists(actors, number):
    with pytest.raises(NotAllowed) as refused:
        read_person(number, purpose=Purpose.OWN, basis=BASIS, by=actors.nam)
    assert refused.value.status == 404
    assert Access.objects.count() == 0


def test_an_officer_elsewhere_may_not_read_for_a_dossier_he_has_not(actors, dossier):
    with pytest.raises(NotAllowed):
        read_person(HANH, purpose=Purpose.EXAMINE, basis=BASIS, by=actors.handler_elsewhere, dossier=dossier)


def test_an_officer_may_not_read_without_a_dossier(actors):
    with pytest.raises(NotAllowed):
        read_person(HANH, purpose=Purpose.EXAMINE, basis=BASIS, by=actors.handler)
    with pytest.raises(NotAllowed):
        read_person(HANH, purpose=Purpose.COUNTER, basis=BASIS, by=actors.handler)


def test_nobody_signed_in_may_not_read(dossier):
    with pytest.raises(NotAllowed) as refused:
        read_person(HANH, purpose=Purpose.EXAMINE, basis=BASIS, by=ANONYMOUS, dossier=dossier)
    assert not isinstance(refused.value, SignInNeeded)


def test_the_machine_reads_in_the_name_of_the_agency_that_received(actors, dossier):
    read_person(HANH, purpose=Purpose.PREFILL, basis=BASIS, by=actors.system, dossier=dossier)
    access = Access.objects.get()
    assert access.actor_display == "Hệ thống tự động"
    assert access.organisation_name == "Ủy ban nhân dân phường Bến Sen"


def test_nobody_changes_or_deletes_an_access(actors):
    read_person(HANH, purpose=Purpose.OWN, basis=BASIS, by=actors.hanh)
    for statement in ("UPDATE population_access SET basis = 'x'", "DELETE FROM population_access"):
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            connection.cursor().execute(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE population_access SET basis = 'x'",
        "DELETE FROM population_access",
        "TRUNCATE population_access",
        "DELETE FROM population_access_00",
        "INSERT INTO population_access_00 SELECT * FROM population_access",
        "DELETE FROM population_person",
        "DELETE FROM population_person_07",
        "DELETE FROM population_birth",
        "UPDATE population_birth SET dossier = 'x'",
    ],
)
def test_the_application_role_may_not_rewrite_accesses_births_or_people(application_role, statement):
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        application_role.execute(statement)


def test_a_personal_number_is_never_changed():
    """Decree 137/2015/NĐ-CP: another number is another record."""
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        Person.objects.filter(pk=NAM).update(personal_number=NOBODY)


def test_a_number_is_found_through_the_key_of_one_partition():
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("EXPLAIN SELECT * FROM population_person WHERE personal_number = %s", [HANH])
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert plan.count("population_person_") == plan.count("_pkey") + plan.count(" on population_person_")
    assert plan.count(" on population_person_") == 1
