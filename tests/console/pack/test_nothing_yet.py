"""Before anybody has set a target, given a task or received a dossier."""

import pytest

from lienthong.console import queries
from lienthong.console.addresses import question
from lienthong.console.pack.contents import gather
from lienthong.console.pack.making import FORMATS
from makers import World

pytestmark = pytest.mark.django_db


def test_without_plan_or_dossier_the_pack_says_so(world: World) -> None:
    pack = gather(question({}), queries.period_of(""), by=world.actor("committee"))
    assert "Chưa có chỉ tiêu nào vừa được giao mức vừa đo được." in pack.sections[0].notes
    for kind in FORMATS.values():
        assert kind.write(pack)
