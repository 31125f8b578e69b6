"""Drafts keep what was typed, right or wrong; each is its owner's alone."""

from uuid import uuid4

import pytest

from lienthong.dossiers.actions.filing import PaperNeverAsked
from lienthong.dossiers.public import (
    Draft,
    DraftGone,
    DraftPaper,
    begin_draft,
    discard_draft,
    put_paper_in_draft,
    save_draft,
    submit_dossier,
    take_paper_from_draft,
)
from lienthong.identity.public import NotAllowed
from makers import BORN_PAPER, World, birth_filing, keep_paper

pytestmark = pytest.mark.django_db


def test_beginning_again_opens_the_draft_one_has(world: World) -> None:
    first = begin_draft(version=world.version, by=world.actor("hanh"))
    assert begin_draft(version=world.version, by=world.actor("hanh")).pk == first.pk
    assert begin_draft(version=world.version, by=world.actor("nam")).pk != first.pk


def test_a_filed_draft_is_not_opened_again(world: World) -> None:
    hanh = world.actor("hanh")
    first = begin_draft(version=world.version, by=hanh)
    submit_dossier(filing=birth_filing(world), by=hanh, draft=first.pk)
    assert begin_draft(version=world.version, by=hanh).pk != first.pk


def test_saving_adds_to_what_was_typed(world: World) -> None:
    hanh = world.actor("hanh")
    key = begin_draft(version=world.version, by=hanh).pk
    save_draft(key=key, answers={"child_name": "An", "child_birth_date": "31/02/2026"}, choices={}, by=hanh)
    draft = save_draft(key=key, answers={"child_name": "Trần Minh An"}, choices={"unit": 7}, by=hanh)
    assert draft.answers == {"child_name": "Trần Minh An", "child_birth_date": "31/02/2026"}
    assert draft.choices == {"unit": 7}


def test_one_file_a_paper_and_only_papers_of_the_procedure(world: World) -> None:
    hanh = world.actor("hanh")
    key = begin_draft(version=world.version, by=hanh).pk
    for _ in range(2):
        put_paper_in_draft(key=key, paper=BORN_PAPER, file=keep_paper(hanh), by=hanh)
    assert DraftPaper.objects.filter(draft=key).count() == 1
    with pytest.raises(PaperNeverAsked):
        put_paper_in_draft(key=key, paper="so_do", file=keep_paper(hanh), by=hanh)
    take_paper_from_draft(key=key, paper=BORN_PAPER, by=hanh)
    assert not DraftPaper.objects.filter(draft=key).exists()


def test_another_s_draft_is_hidden(world: World) -> None:
    key = begin_draft(version=world.version, by=world.actor("hanh")).pk
    for act in (
        lambda by: save_draft(key=key, answers={}, choices={}, by=by),
        lambda by: discard_draft(key=key, by=by),
        lambda by: take_paper_from_draft(key=key, paper=BORN_PAPER, by=by),
    ):
        with pytest.raises(NotAllowed) as refused:
            act(world.actor("nam"))
        assert refused.value.status == 404
    with pytest.raises(DraftGone):
        save_draft(key=uuid4(), answers={}, choices={}, by=world.actor("hanh"))


def test_thrown_away_is_gone(world: World) -> None:
    hanh = world.actor("hanh")
    key = begin_draft(version=world.version, by=hanh).pk
    discard_draft(key=key, by=hanh)
    assert not Draft.objects.filter(pk=key).exists()
