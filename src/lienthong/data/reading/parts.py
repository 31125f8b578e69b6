"""Counts that are parts of another: "81 nhiệm vụ, gồm 20 nhiệm vụ chung và 61 nhiệm vụ riêng"."""

from dataclasses import replace

from lienthong.data.reading.facts import Fact, Kind
from lienthong.data.reading.words import Line, pattern


def related(one: Line, placed: list[tuple[int, Fact]], before: list[Fact], work: int) -> list[Fact]:
    """The facts of a sentence; in a part, `part_of` is the distance back to its whole.

    `before` are the facts of the sentence before, which "Trong đó: …" divides; `work` tasks of this
    sentence come ahead of its figures.
    """
    found = [fact for _, fact in placed]
    counts = [i for i, fact in enumerate(found) if fact.kind is Kind.TASK_COUNT]
    if one.key.startswith("trong đó"):
        return _parts_of_before(found, counts, before, work)
    whole = _whole(one, placed, counts)
    if whole is None:
        return found
    parts = [i for i in counts if i > whole]
    adds_up = sum(found[i].value or 0 for i in parts) == found[whole].value
    found[whole] = replace(found[whole], parts_add_up=adds_up)
    return [replace(f, part_of=i - whole) if i in parts else f for i, f in enumerate(found)]


def _parts_of_before(found: list[Fact], counts: list[int], before: list[Fact], work: int) -> list[Fact]:
    earlier = [i for i, fact in enumerate(before) if fact.kind is Kind.TASK_COUNT]
    if not earlier:
        return found
    back = len(before) - earlier[-1] + work
    return [replace(f, part_of=i + back) if i in counts else f for i, f in enumerate(found)]


def _whole(one: Line, placed: list[tuple[int, Fact]], counts: list[int]) -> int | None:
    """The last count before the word that divides it, if any count follows."""
    begin = placed[counts[0]][0] if counts else 0
    word = pattern("cues", "parts").search(one.key, begin)
    cut = word.start() if word else _bracket(one.key, begin, [placed[i][0] for i in counts])
    earlier = [i for i in counts if placed[i][0] < cut]
    return earlier[-1] if earlier and len(earlier) < len(counts) else None


def _bracket(key: str, begin: int, places: list[int]) -> int:
    """Where a bracket opens that holds counts: "96 nhiệm vụ (36 nhiệm vụ chung, 60 nhiệm vụ riêng)"; else -1."""
    opened = key.find("(", begin)
    closed = key.find(")", opened)
    return opened if any(opened < place < closed for place in places) else -1
