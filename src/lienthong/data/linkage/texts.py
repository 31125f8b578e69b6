"""Each distinct text once: equal texts have equal numbers. Found by 64 bits of them, and then compared byte for byte."""

from typing import Final, NamedTuple, Self

import numpy as np
import pyarrow as pa

from lienthong.data.linkage.arrow import of_numbers
from lienthong.data.linkage.jit import AHEAD, NONE, Column, Whole, inline, kernel, mixed, soon
from lienthong.kit.errors import Refused, said

SMALLEST: Final = 1 << 12
WORD: Final = 8
"""Bytes looked at at once."""


class TextsCollide(Refused):
    sentence = said("Hai chuỗi chữ khác nhau có cùng một khóa 64 bit, nên không ghép được tệp này. Hãy báo đơn vị vận hành.")  # fmt: skip


class Strings(NamedTuple):
    """Texts one behind another: text n is data[ends[n]:ends[n + 1]]; words: the eight bytes from each place on."""

    ends: Column
    data: Column
    words: Column

    @classmethod
    def of(cls, ends: Column, data: Column) -> Self:
        return cls(ends, data, np.ndarray((max(len(data) - WORD + 1, 0),), np.uint64, data, strides=(1,)))

    @classmethod
    def column(cls, texts: pa.Array) -> Self:
        """A column of text as Arrow keeps it. Its readers give a null no bytes, so that it reads as empty.

        All columns are of one kind, since kernels are compiled for each kind: not to be written to, and never so short
        that the words lie in a row.
        """
        _, ends, data = texts.buffers()
        wide = np.int64 if pa.types.is_large_string(texts.type) else np.int32
        offsets = np.frombuffer(ends, wide)[texts.offset : texts.offset + len(texts) + 1]
        read = np.frombuffer(data or b"", np.uint8)
        if len(read) < 2 * WORD:
            read = np.append(read, np.zeros(2 * WORD, np.uint8))
        offsets.flags.writeable = read.flags.writeable = False
        return cls.of(offsets, read)


def key_of(data: memoryview) -> int:
    """64 bits of some bytes, as `Texts` looks them up: the same in every process."""
    whole = pa.Array.from_buffers(
        pa.string(), 1, [None, pa.py_buffer(np.array([0, len(data)], np.int32)), pa.py_buffer(data)]
    )
    key = np.empty(1, np.int64)
    _read(Strings.column(whole), key)
    return int(key[0])


@kernel
def _read(texts: Strings, keys: Column) -> None:
    """64 bits of each text: the same in every process."""
    for row in range(len(keys)):
        place, past = texts.ends[row], texts.ends[row + 1]
        short = past - place < WORD
        key = np.int64(past - place)
        while place < past - WORD:
            key = mixed(key, np.int64(texts.words[place]))
            place += WORD
        if short:
            for byte in range(place, past):
                key = mixed(key, np.int64(texts.data[byte]))
        else:
            key = mixed(key, np.int64(texts.words[past - WORD]))
        keys[row] = key


@inline
def _slot(slots: Column, key: Whole) -> Whole:
    """Where a key stands, or where it would."""
    mask = len(slots) - 2
    at = key & mask
    while slots[at + 1] >= 0 and slots[at] != key:
        at = (at + 2) & mask
    return at


@kernel
def _enter(texts: Strings, asked: Column, numbers: Column, row: Whole, count: Whole, pool: Strings, keys: Column, slots: Column) -> tuple[Whole, Whole]:  # noqa: PLR0917 # fmt: skip
    """Number the texts from `row` on by their keys; how far it came before there was no room, and how many texts there are."""
    mask, last = len(slots) - 2, len(asked) - 1
    for r in range(row, len(numbers)):
        soon(slots, asked[min(r + AHEAD, last)] & mask)
        first, past = texts.ends[r], texts.ends[r + 1]
        if first == past:
            numbers[r] = NONE
            continue
        at = _slot(slots, asked[r])
        if slots[at + 1] < 0:
            start = pool.ends[count]
            if count >= len(keys) or start + past - first > len(pool.data):
                return r, count
            for place in range(first, past):
                pool.data[start + place - first] = texts.data[place]
            pool.ends[count + 1] = start + past - first
            keys[count] = slots[at] = asked[r]
            slots[at + 1] = count
            count += 1
        numbers[r] = slots[at + 1]
    return len(numbers), count


@inline
def _is(texts: Strings, row: Whole, pool: Strings, number: Whole) -> bool:
    place, past, start = texts.ends[row], texts.ends[row + 1], pool.ends[number]
    away = start - place
    if pool.ends[number + 1] - start != past - place:
        return False
    if past - place < WORD:
        while place < past and texts.data[place] == pool.data[place + away]:
            place += 1
        return bool(place == past)
    while place < past - WORD and texts.words[place] == pool.words[place + away]:
        place += WORD
    return bool(place >= past - WORD and texts.words[past - WORD] == pool.words[past - WORD + away])


@kernel
def _are(texts: Strings, pool: Strings, numbers: Column) -> bool:
    """Whether each text is the one of its number, byte for byte."""
    last = len(numbers) - 1
    for row in range(len(numbers)):
        soon(pool.ends, numbers[min(row + 2 * AHEAD, last)])
        soon(pool.data, pool.ends[numbers[min(row + AHEAD, last)]])
        if numbers[row] >= 0 and not _is(texts, row, pool, numbers[row]):
            return False
    return True


@kernel
def _spread(keys: Column, count: Whole, slots: Column) -> None:
    mask = len(slots) - 2
    for number in range(count):
        soon(slots, keys[min(number + AHEAD, count - 1)] & mask)
        at = _slot(slots, keys[number])
        slots[at], slots[at + 1] = keys[number], number


def _slots(keys: Column, count: int) -> Column:
    """An open-addressed table: of each slot the key and beside it the number of its text (NONE). NumPy asks for large
    pages, which Numba does not: half of the time that a look-up takes."""
    slots = np.full(len(keys) * 4, NONE, np.int64)
    _spread(keys, count, slots)
    return slots


class Texts:
    """A growing list of distinct texts; `keys`: 64 bits of each."""

    def __init__(self, room: int = SMALLEST) -> None:
        """room: texts that find place before more is asked for."""
        room = 1 << max(room, SMALLEST).bit_length() - 1
        self.count = 0
        self.strings = Strings.of(np.zeros(room + 1, np.int64), np.empty(room * 24, np.uint8))
        self.keys = np.empty(room, np.int64)
        self.slots = _slots(self.keys, 0)

    def numbers(self, texts: Strings) -> Column:
        """The number of each text, new ones entered; NONE for the empty one. Raises TextsCollide."""
        asked, found = np.empty(len(texts.ends) - 1, np.int64), np.empty(len(texts.ends) - 1, np.int32)
        _read(texts, asked)
        row = 0
        while row < len(found):
            row, self.count = _enter(
                texts, asked, found, row, self.count, self.strings, self.keys, self.slots
            )
            if row < len(found):
                self._grow(int(texts.ends[row + 1] - texts.ends[row]))
        if not _are(texts, self.strings, found):
            raise TextsCollide
        return found

    def _grow(self, needed: int) -> None:
        ends, data, _ = self.strings
        if ends[self.count] + needed > len(data):
            data = np.concatenate([data, np.empty(len(data) + needed, np.uint8)])
        if self.count == len(self.keys):
            ends = np.concatenate([ends, np.empty(self.count * 3, np.int64)])
            self.keys = np.concatenate([self.keys, np.empty(self.count * 3, np.int64)])
            self.slots = _slots(self.keys, self.count)
        self.strings = Strings.of(ends, data)

    def listed(self, numbers: Column) -> pa.Array:
        """The texts of these numbers, as Arrow."""
        buffers = [None, pa.py_buffer(self.strings.ends[: self.count + 1]), pa.py_buffer(self.strings.data)]
        whole = pa.Array.from_buffers(pa.large_string(), self.count, buffers)
        return whole.take(of_numbers(numbers))
