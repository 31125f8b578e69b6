"""The procedure's own steps on a dossier's page: nothing stands as done that the ledger does not tell."""

import pytest

from desk.world import World, received
from lienthong.desk.steps import kind_of, stages
from lienthong.dossiers.public import State

pytestmark = pytest.mark.django_db


def test_a_step_that_only_some_dossiers_take_is_not_called_done(world: World) -> None:
    own = {stage.step.id: stage for stage in stages(received(world).version.typed)}
    assert {"verify", "post_notice", "forward"} <= set(own)
    kinds = {
        code: kind_of(stage, now=State.RETURNED, been=frozenset({State.RECEIVED}), signing=False)
        for code, stage in own.items()
    }
    assert [code for code, kind in kinds.items() if kind is None] == [
        "forward", "supplement", "verify", "post_notice", "refuse",
    ]  # fmt: skip
    assert {kind for kind in kinds.values() if kind} == {"done"}
