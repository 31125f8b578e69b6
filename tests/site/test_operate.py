"""What an operator runs now and then."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command, load_command_class

from lienthong.indicators.models import Mark, SignMark, Tally
from lienthong.site import messages
from makers import MONDAY, at, build_world, play_histories


@pytest.mark.django_db
def test_figures_are_counted_anew_after_a_restore() -> None:
    with at(MONDAY):
        world = build_world()
    play_histories(world, 30)
    out = StringIO()
    call_command("rebuild_tally", stdout=out)
    first = list(Tally.objects.order_by("pk").values_list())
    call_command("rebuild_tally", stdout=out)
    assert first
    assert f"{len(first):,} counters were made anew." in out.getvalue()
    assert len(first) == Tally.objects.count()


@pytest.mark.django_db
def test_maintenance_brings_figures_and_signals_up_to_date() -> None:
    """So that nobody waits for the first count of a large database, as after a restore."""
    call_command("rebuild_tally", stdout=StringIO())
    call_command("maintain", stdout=StringIO())
    signs, tally = SignMark.objects.get(), Mark.objects.get()
    call_command("maintain", stdout=StringIO())
    assert SignMark.objects.get().at > signs.at, "within ten minutes, too"
    assert int(Mark.objects.get().seen) >= int(tally.seen)


def test_collecting_messages_twice_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = tmp_path / "django.po"
    kept.write_bytes(messages.PO.read_bytes())
    monkeypatch.setattr(messages, "PO", kept)
    messages.update()
    first = kept.read_bytes()
    header = next(line for line in first.splitlines() if b"POT-Creation-Date" in line)
    assert header in messages.SOURCE.joinpath("site/locale/en/LC_MESSAGES/django.po").read_bytes()
    messages.update()
    assert kept.read_bytes() == first


def test_the_size_for_tests_is_not_offered() -> None:
    words = load_command_class("lienthong.site", "demo").create_parser("lienthong", "demo").format_help()
    assert "tiny" not in words
    assert "{small,province,nation}" in words
