"""Codes: the centre that receives, the day, a number that counts from one (TT 01/2018/TT-VPCP art. 19)."""

import pytest
from django.db import IntegrityError, connection, transaction

from lienthong.dossiers.public import Dossier, find_dossier
from makers import World, at, file_birth_dossier

pytestmark = pytest.mark.django_db


def test_numbers_count_by_centre_and_day(world: World) -> None:
    codes = [file_birth_dossier(world).code for _ in range(3)]
    codes.append(file_birth_dossier(world, unit=world.far.pk).code)
    with at("10/11/2026 00:01"):
        codes.append(file_birth_dossier(world).code)
    assert codes == [
        "H20.48-261109-0001",
        "H20.48-261109-0002",
        "H20.48-261109-0003",
        "H24.02-261109-0001",
        "H20.48-261110-0001",
    ]


def test_the_day_is_the_vietnamese_one(world: World) -> None:
    """23:30 UTC on the 8th is the morning of the 9th in Viet Nam."""
    with at("09/11/2026 06:30"):
        assert file_birth_dossier(world).code == "H20.48-261109-0001"


def test_past_9999_the_number_takes_another_digit(world: World) -> None:
    file_birth_dossier(world)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE dossiers_daily_number SET last = 9998")
    codes = [file_birth_dossier(world).code for _ in range(2)]
    assert codes == ["H20.48-261109-9999", "H20.48-261109-10000"]


def test_an_id_begins_with_the_year_and_a_code_is_found_in_it(world: World) -> None:
    dossier = file_birth_dossier(world)
    assert str(dossier.pk).startswith("2026")
    assert find_dossier(f" {dossier.code.lower()} ", by=world.actor("hanh")).pk == dossier.pk


def test_the_table_holds_no_code_twice(world: World) -> None:
    first, second = file_birth_dossier(world), file_birth_dossier(world)
    with pytest.raises(IntegrityError), transaction.atomic():
        Dossier.objects.filter(pk=second.pk).update(code=first.code)
