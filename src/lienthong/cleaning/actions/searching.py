"""The register searched for people who are in it twice: each pair found becomes a question for two stewards."""

import tempfile
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q

from lienthong.audit.public import record
from lienthong.cleaning.actions.merging import write_line
from lienthong.cleaning.events import DuplicatesSearched
from lienthong.cleaning.models import DuplicateSearch, Merge, MergeLine
from lienthong.cleaning.states import MergeAct, MergeState
from lienthong.data.duplicates import Found, Pair, pages, search
from lienthong.identity.public import Actor, require, system
from lienthong.kit.errors import said
from lienthong.population.public import Exported, Person, export_for_duplicates

BASIS: Final = said("278/2025/NĐ-CP, điều 15: dò người có hai bản ghi trong dân cư")
MACHINE: Final = system("cleaning")


def find_duplicates(*, by: Actor) -> DuplicateSearch:
    """Read the register once, as one noted reading of many people, and open a question for each pair found.

    Nothing is merged. A pair that was answered stays answered; one that only the machine asked about, and finds no
    more, lapses. All of it appears at once or, after a kill, not at all. Raises NotAllowed.
    """
    require(by, "cleaning.find_duplicates", None)
    settings.RUNS_ROOT.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="duplicates-", dir=settings.RUNS_ROOT) as name:
        folder = Path(name)
        exported = export_for_duplicates(folder / "people.parquet", basis=BASIS, by=by)
        found = search(exported.path, folder / "pairs.parquet")
        return _keep(folder / "pairs.parquet", found, exported, by=by)


@dataclass
class Tally:
    opened: int = 0
    asked: set[int] = field(default_factory=set)
    """Questions that this search asks, new or known."""


@transaction.atomic
def _keep(path: Path, found: Found, exported: Exported, *, by: Actor) -> DuplicateSearch:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('cleaning_duplicates'))")
    tally = Tally()
    for page in pages(path):
        _open_page(page, tally)
    lapsed = _lapse_cancelled() + (0 if found.cut else _lapse(tally.asked))
    done = DuplicateSearch.objects.create(
        actor=by.reference, reading=exported.ref, people=found.people, pairs=found.pairs, opened=tally.opened,
        lapsed=lapsed, twins=found.twins, cut=found.cut,
    )  # fmt: skip
    event = DuplicatesSearched(
        search=done.pk, reading=exported.ref, people=found.people, pairs=found.pairs, opened=tally.opened,
        twins=found.twins,
    )  # fmt: skip
    record(event, by=by)
    return done


def _open_page(page: list[Pair], tally: Tally) -> None:
    numbers = {pair.one for pair in page}
    known = {
        (one.one, one.other): one
        for one in Merge.objects.select_for_update(no_key=True).filter(one__in=numbers)
    }
    new = []
    for pair in page:
        merge = known.get((pair.one, pair.other))
        if merge is None:
            new.append(_question(pair))
        else:
            tally.opened += _ask_again(merge, pair)
            tally.asked.add(merge.pk)
    made = Merge.objects.bulk_create(new)
    MergeLine.objects.bulk_create([_found_line(merge) for merge in made])
    tally.opened += len(made)
    tally.asked.update(merge.pk for merge in made)


def _question(pair: Pair) -> Merge:
    one, other = (int(unit) if unit else None for unit in pair.communes)
    return Merge(
        one=pair.one, other=pair.other, one_unit_id=one, other_unit_id=other, acts=1, weight=pair.weight,
        evidence=_evidence(pair),
    )  # fmt: skip


def _found_line(merge: Merge) -> MergeLine:
    return MergeLine(
        merge=merge, number=1, act=MergeAct.FIND, actor=MACHINE.reference, actor_name=MACHINE.name,
        after=MergeState.OPEN,
    )  # fmt: skip


def _evidence(pair: Pair) -> list[list[str | float | int]]:
    return [one.as_json() for one in pair.evidence]


def _ask_again(merge: Merge, pair: Pair) -> bool:
    """Weigh an open question anew, or ask one that had lapsed; gives whether it is asked again."""
    if merge.state not in {MergeState.OPEN, MergeState.LAPSED}:
        return False
    merge.weight, merge.evidence = pair.weight, _evidence(pair)
    merge.save(update_fields=["weight", "evidence"])
    if merge.state == MergeState.OPEN:
        return False
    write_line(merge, MergeAct.FIND, by=MACHINE)
    return True


def _lapse_cancelled() -> int:
    """Close what is still asked about a number that is no more: its person goes on under another."""
    waiting = {number for pair in Merge.objects.waiting().values_list("one", "other") for number in pair}
    cancelled = Person.objects.filter(pk__in=waiting).exclude(continued_as="").values("pk")
    named = Q(one__in=cancelled) | Q(other__in=cancelled)
    gone = list(Merge.objects.select_for_update(no_key=True, skip_locked=True).waiting().filter(named))
    for merge in gone:
        write_line(merge, MergeAct.LAPSE, by=MACHINE)
    return len(gone)


BY_MACHINE: Final = (MergeAct.FIND, MergeAct.LAPSE)


def _lapse(asked: Collection[int]) -> int:
    """Close what the machine alone asked about and finds no more: a record was corrected, or is no more."""
    touched = MergeLine.objects.exclude(act__in=BY_MACHINE).values("merge")
    open_ones = Merge.objects.select_for_update(no_key=True).filter(state=MergeState.OPEN)
    gone = [
        one for one in open_ones.exclude(pk__in=touched).iterator(chunk_size=2_000) if one.pk not in asked
    ]
    for merge in gone:
        write_line(merge, MergeAct.LAPSE, by=MACHINE)
    return len(gone)
