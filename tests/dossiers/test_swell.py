"""The bench's two years of a country: every dossier twenty times, each as the table wants it."""

import pytest
from django.db import connection
from django.db.models.functions import TruncMonth

from lienthong.dossiers.public import Dossier
from lienthong.site.bench.swell import COPIES, HALF_YEARS, swell
from makers import World, play_histories

pytestmark = pytest.mark.django_db


def test_each_dossier_stands_twenty_times_in_four_half_years(world: World) -> None:
    played = play_histories(world, 30)
    connection.ensure_connection()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # what the test itself wrote is checked before
        swell(cursor.connection)
        cursor.execute("SELECT count(*) FROM pg_index WHERE indrelid = 'dossiers_dossier'::regclass")
        assert cursor.fetchone()[0] == 9
    dossiers = Dossier.objects.all()
    assert dossiers.count() == played * COPIES
    assert dossiers.values("code").distinct().count() == played * COPIES
    months = dossiers.annotate(month=TruncMonth("filed_at")).values("month").distinct().count()
    assert months >= HALF_YEARS
