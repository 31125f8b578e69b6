"""The bench's two years of a country: every dossier twenty times, each as the table wants it."""

import pytest
from django.db import connection
from django.db.models.functions import TruncMonth

from lienthong.dossiers.public import Dossier
from lienthong.site.bench.swell import COPIES, HALF_YEARS, swell
from makers import World, play_histories

pytestmark = pytest.mark.django_db
INDEXES = """SELECT c.relname, i.indisvalid FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
    WHERE i.indrelid IN ('dossiers_dossier'::regclass, 'dossiers_dossier_2026'::regclass) ORDER BY 1"""


def test_each_dossier_stands_twenty_times_in_four_half_years(world: World) -> None:
    played = play_histories(world, 30)
    closed = Dossier.objects.filter(closed_at__isnull=False).count()
    expected = played * COPIES // HALF_YEARS + closed * (COPIES - COPIES // HALF_YEARS)
    connection.ensure_connection()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # what the test itself wrote is checked before
        cursor.execute(INDEXES)
        before = cursor.fetchall()
        swell(cursor.connection)
        cursor.execute(INDEXES)
        assert cursor.fetchall() == before
    dossiers = Dossier.objects.all()
    assert dossiers.count() == expected
    assert dossiers.values("code").distinct().count() == expected
    months = dossiers.annotate(month=TruncMonth("filed_at")).values("month").distinct().count()
    assert months >= HALF_YEARS
