"""`lienthong audit verify` names the first place where the record is not as it was written."""

from collections.abc import Callable

import pytest
from django.core.management import CommandError, call_command

from audit.conftest import run, triggers_off, write
from lienthong.audit.public import Entry, verify
from lienthong.audit.queries import link_hash

pytestmark = pytest.mark.django_db


def test_an_untouched_record_holds(record_of_ten: list[int], capsys: pytest.CaptureFixture[str]) -> None:
    result = verify()
    assert result.broken is None
    assert result.entries == Entry.objects.count() >= 10
    call_command("audit", "verify")
    assert "every link holds" in capsys.readouterr().out


def test_a_link_is_what_an_auditor_reckons_without_the_database(record_of_ten: list[int]) -> None:
    entries = list(Entry.objects.filter(pk__in=record_of_ten).order_by("seq"))
    assert [bytes(e.hash) for e in entries] == [link_hash(e) for e in entries]
    assert [bytes(e.previous) for e in entries[1:]] == [bytes(e.hash) for e in entries[:-1]]


def change_content(ids: list[int]) -> tuple[int, str]:
    run("UPDATE audit_entry SET facts = replace(facts, '5', '6') WHERE id = %s", ids[4])
    return ids[4], "its content is not what was recorded"


def change_when(ids: list[int]) -> tuple[int, str]:
    run("UPDATE audit_entry SET at = at + interval '1 microsecond' WHERE id = %s", ids[4])
    return ids[4], "its content is not what was recorded"


def change_who(ids: list[int]) -> tuple[int, str]:
    run("UPDATE audit_entry SET actor = 'system:other' WHERE id = %s", ids[0])
    return ids[0], "its content is not what was recorded"


def change_content_and_hash(ids: list[int]) -> tuple[int, str]:
    """Who reckons the changed entry's hash anew breaks the next link."""
    run("UPDATE audit_entry SET facts = '{}' WHERE id = %s", ids[4])
    changed = Entry.objects.get(pk=ids[4])
    run("UPDATE audit_entry SET hash = %s WHERE id = %s", link_hash(changed), ids[4])
    return ids[5], "it does not point to the entry before it"


def delete_in_the_middle(ids: list[int]) -> tuple[int, str]:
    gone = Entry.objects.get(pk=ids[4])
    run("DELETE FROM audit_entry WHERE id = %s", ids[4])
    return ids[5], f"entry {gone.seq} is missing"


def delete_and_close_the_gap(ids: list[int]) -> tuple[int, str]:
    lane, seq = Entry.objects.values_list("lane", "seq").get(pk=ids[4])
    run("DELETE FROM audit_entry WHERE id = %s", ids[4])
    run("UPDATE audit_entry SET seq = seq - 1 WHERE lane = %s AND seq > %s", lane, seq)
    return ids[5], "it does not point to the entry before it"


def change_order(ids: list[int]) -> tuple[int, str]:
    """Two entries change places: their numbers are swapped."""
    first, second = Entry.objects.filter(pk__in=ids[4:6]).order_by("seq").values_list("seq", flat=True)
    run("UPDATE audit_entry SET seq = CASE seq WHEN %s THEN %s ELSE %s END WHERE id = ANY(%s)",
        first, second, first, ids[4:6])  # fmt: skip
    return ids[5], "it does not point to the entry before it"


def slip_one_in(ids: list[int]) -> tuple[int, str]:
    run(
        """INSERT INTO audit_entry (recorded_at, at, actor, event, subject, facts, lane, seq, previous, hash)
        SELECT recorded_at, at, actor, event, subject, facts, lane, seq, previous, hash
        FROM audit_entry WHERE id = %s""",
        ids[4],
    )
    slipped = Entry.objects.order_by("-id").first()
    assert slipped
    return slipped.pk, f"entry {slipped.seq} stands twice"


def open_a_lane(ids: list[int]) -> tuple[int, str]:
    run("UPDATE audit_entry SET lane = 900 WHERE id = %s", ids[9])
    run("UPDATE audit_lane SET seq = %s, hash = (SELECT hash FROM audit_entry WHERE id = %s) WHERE lane = (SELECT lane FROM audit_entry WHERE id = %s)",
        Entry.objects.get(pk=ids[8]).seq, ids[8], ids[8])  # fmt: skip
    return ids[9], "a lane nobody opened"


Tampering = Callable[[list[int]], tuple[int, str]]


@pytest.mark.parametrize(
    "tamper",
    [
        change_content,
        change_when,
        change_who,
        change_content_and_hash,
        delete_in_the_middle,
        delete_and_close_the_gap,
        change_order,
        slip_one_in,
        open_a_lane,
    ],
)
def test_the_first_broken_link_is_named(record_of_ten: list[int], tamper: Tampering) -> None:
    with triggers_off():
        entry, reason = tamper(record_of_ten)

    broken = verify().broken
    assert broken
    assert (broken.entry, broken.reason) == (entry, reason)
    with pytest.raises(
        CommandError, match=rf"Broken at lane {broken.lane}, link {broken.seq} \(entry {entry}\)"
    ):
        call_command("audit", "verify")


def test_a_tail_cut_off_is_missed_by_its_head(record_of_ten: list[int]) -> None:
    last = Entry.objects.get(pk=record_of_ten[-1])
    with triggers_off():
        run("DELETE FROM audit_entry WHERE id = ANY(%s)", record_of_ten[-3:])

    broken = verify().broken
    assert broken
    assert broken.entry is None
    assert (broken.lane, broken.seq) == (last.lane, last.seq - 2)
    assert broken.reason == f"the head says {last.seq} entries, {last.seq - 3} are there"
    with pytest.raises(CommandError, match="the end of the chain"):
        call_command("audit", "verify")


def test_everything_wiped_is_missed_by_the_heads(record_of_ten: list[int]) -> None:
    with triggers_off():
        run("DELETE FROM audit_entry")
    assert verify().broken


def test_the_chain_goes_on_after_what_was_verified(record_of_ten: list[int]) -> None:
    before = verify()
    write(3, start=11)
    after = verify()
    assert after.broken is None
    assert after.entries == before.entries + 3
