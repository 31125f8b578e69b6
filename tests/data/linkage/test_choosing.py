"""Which of the persons compared with a record is chosen, beside the plain rule: sort them, and look at the first two."""

from typing import Any, NamedTuple

import numpy as np
from hypothesis import example, given
from hypothesis import strategies as st

from lienthong.data.linkage.blocks import _Keyed, _met
from lienthong.data.linkage.comparing import NUMBER, PACKED, Pairs, _choose, is_enough
from lienthong.data.linkage.comparing import Best as Chosen
from lienthong.data.linkage.jit import NONE

ACCEPT, MARGIN = 10.0, 4.0


class Person(NamedTuple):
    number: int
    bits: float
    levels: tuple[int, ...]


LEVELS = st.tuples(
    st.sampled_from([0, 1, 6]),
    st.sampled_from([-1, 3, 7]),
    st.sampled_from([-1, 2, 3]),
    *(st.sampled_from([-1, 0, 1]) for _ in PACKED[3:]),
)
# Few values, so that equal ones, and those just as far apart as is asked, come often.
PEOPLE = st.lists(st.builds(Person, st.integers(1, 3), st.sampled_from([6.0, 8.0, 10.0, 12.0, 14.0]), LEVELS))


def by_sorting(people: list[Person]) -> tuple[int, int, bool]:
    """Place of the one chosen, others nearly as near, whether it is accepted."""
    order = sorted(range(len(people)), key=lambda n: (-people[n].bits, people[n].number, n))
    bits = [people[n].bits for n in order]
    accepted = (
        (len(bits) == 1 or bits[0] - bits[1] >= MARGIN)
        and bits[0] >= ACCEPT
        and bool(is_enough(np.array(people[order[0]].levels, np.int8)))
    )
    holders = [n for n in order if people[n].levels[NUMBER] == 3]
    chosen = order[0] if accepted or not holders else holders[0]
    return chosen, min(sum(one >= bits[0] - MARGIN for one in bits) - 1, 9), accepted


@given(st.lists(PEOPLE, max_size=4))
def test_the_one_chosen_is_the_first_of_those_sorted(records: list[list[Person]]) -> None:
    people = [person for record in records for person in record]
    place = np.array([n for n, record in enumerate(records) for _ in record], np.int32)
    pairs = Pairs(
        place,
        np.arange(len(people), dtype=np.int32),
        np.array([person.levels for person in people], np.int8).reshape(-1, len(PACKED)),
        np.array([person.bits for person in people]),
    )
    best = Chosen(
        np.full(len(records), NONE, np.int64), np.zeros(len(records), np.int8), np.zeros(len(records), bool)
    )
    _choose(pairs, np.array([person.number for person in people], np.int64), ACCEPT, MARGIN, best)
    first = 0
    for n, record in enumerate(records):
        told = (int(best.pair[n]), int(best.rivals[n]), bool(best.accepted[n]))
        chosen, rivals, accepted = by_sorting(record) if record else (NONE, 0, False)
        assert told == (chosen + first if record else NONE, rivals, accepted)
        first += len(record)


def keys(said: Any) -> Any:
    return np.array(said, np.int32)


KEYS = st.lists(st.tuples(st.integers(-1, 3), st.integers(-1, 3)), max_size=60)


@given(KEYS, KEYS, st.integers(1, 40))
@example([(1, 1), (2, 1)], [(1, 1), (0, 0), (1, 1), (1, 1)], 700)
def test_a_block_brings_together_all_that_share_its_two_columns(
    records: list[tuple[int, int]], people: list[tuple[int, int]], times: int
) -> None:
    """Also where more meet than find room at once."""
    records *= times
    table = _Keyed.of_keys(
        keys([one for one, _ in records]), keys([two for _, two in records]), keys(range(len(records)))
    )
    found = _met(table, keys([one for one, _ in people]), keys([two for _, two in people]), 7)
    met = [(int(pair) >> 32, int(pair) & 0xFFFFFFFF) for some in found for pair in some]
    assert sorted(met) == [
        (of, row + 7)
        for of, key in enumerate(records)
        for row, other in enumerate(people)
        if key == other and min(key) >= 0
    ]
