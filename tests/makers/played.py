"""Many past dossiers, by the demo's player."""

from lienthong.dossiers.public import (
    enter_histories,
)
from lienthong.procedures.public import versions_in_force
from lienthong.site.demo.lives import Asker, Player
from makers.clock import moment
from makers.world import BY, World


def play_histories(world: World, count: int, now: str = "20/11/2026 16:00") -> int:
    """Enter `count` past dossiers of both wards, up to a moment, in every state they end in."""
    askers = [
        Asker(f"0990900000{n:02}", f"Người thử {n}", (world.far if n % 2 else world.ward).pk, str(n % 2))
        for n in range(1, 41)
    ]
    player = Player(seed=7, now=moment(now), versions=versions_in_force(moment(now).date()), askers=askers)
    return enter_histories(histories=player.histories(count), batch="test", by=BY)
