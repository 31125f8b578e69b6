"""Each distinct text once: equal texts have equal numbers. Found by 64 bits of them, and then compared byte for byte."""

from typing import Final

import numpy as np
import pyarrow as pa

from lienthong.data.linkage.jit import NONE, Column, kernel, mixed
from lienthong.kit.errors import Refused, said

SMALLEST: Final = 1 << 12


@kernel
def _read(offsets: Column, data: Column, words: Column, keys: Column) -> None:
    """64 bits of each text: the same in every process."""
    for row in range(len(keys)):
        first, past = offsets[row], offsets[row + 1]
        key, place = np.int64(past - first), first
        while place < past - 8:
            key = mixed(key, np.int64(words[place]))
            place += 8
        if past - first >= 8:
            key = mixed(key, np.int64(words[past - 8]))
        else:
            for byte in range(first, past):
                key = mixed(key, np.int64(data[byte]))
        keys[row] = key


@kernel
def _enter(offsets: Column, data: Column, asked: Column, numbers: Column, row: int, count: int, pool: Column, ends: Column, keys: Column, places: Column, slots: Column) -> tuple[int, int]:  # fmt: skip
    """Number the texts from `row` on by their keys; how far it came before there was no room, and how many texts there are."""
    most, mask = len(slots) // 2, len(slots) - 1
    for r in range(row, len(numbers)):
        first, past = offsets[r], offsets[r + 1]
        if first == past:
            numbers[r] = -1
            continue
        at = asked[r] & mask
        while slots[at] >= 0 and places[at] != asked[r]:
            at = (at + 1) & mask
        if slots[at] < 0:
            start = ends[count]
            if count >= most or start + past - first > len(pool):
                return r, count
            for place in range(first, past):
                pool[start + place - first] = data[place]
            keys[count] = places[at] = asked[r]
            ends[count + 1] = start + past - first
            slots[at] = count
            count += 1
        numbers[r] = slots[at]
    return len(numbers), count


@kernel
def _are(offsets: Column, data: Column, words: Column, numbers: Column, ends: Column, pool: Column, pool_words: Column) -> bool:  # fmt: skip
    """Whether each text is the one of its number, byte for byte."""
    for row in range(len(numbers)):
        if numbers[row] < 0:
            continue
        place, past, start = offsets[row], offsets[row + 1], ends[numbers[row]]
        away = start - place
        if ends[numbers[row] + 1] - start != past - place:
            return False
        if past - place < 8:
            while place < past:
                if data[place] != pool[place + away]:
                    return False
                place += 1
        else:
            while place < past - 8:
                if words[place] != pool_words[place + away]:
                    return False
                place += 8
            if words[past - 8] != pool_words[past - 8 + away]:
                return False
    return True


@kernel
def _spread(keys: Column, count: int, places: Column, slots: Column) -> None:
    mask = len(slots) - 1
    for number in range(count):
        at = keys[number] & mask
        while slots[at] >= 0:
            at = (at + 1) & mask
        slots[at], places[at] = number, keys[number]


class TextsCollide(Refused):
    sentence = said("Hai chuỗi chữ khác nhau có cùng một khóa 64 bit; tệp này không ghép được. Hãy báo cho đơn vị vận hành.")


class Texts:
    """A growing list of distinct texts. `keys`, `ends`, `pool`: of each its 64 bits, where it ends, all bytes."""

    def __init__(self) -> None:
        self.count = 0
        self.pool = np.empty(SMALLEST * 16, np.uint8)
        self.ends = np.zeros(SMALLEST + 1, np.int64)
        self.keys = np.empty(SMALLEST, np.int64)
        self._empty(SMALLEST * 2)

    def _empty(self, size: int) -> None:
        self.slots, self.places = np.full(size, NONE, np.int32), np.empty(size, np.int64)

    def numbers(self, offsets: Column, data: Column) -> Column:
        """The number of each text, new ones entered; NONE for the empty one. Raises TextsCollide.

        data: bytes; offsets: where each text begins, and where the last ends.
        """
        asked, found = np.empty(len(offsets) - 1, np.int64), np.empty(len(offsets) - 1, np.int32)
        words = _words(data)
        _read(offsets, data, words, asked)
        row = 0
        while row < len(found):
            row, self.count = _enter(
                offsets, data, asked, found, row, self.count, self.pool, self.ends, self.keys, self.places, self.slots
            )  # fmt: skip
            if row < len(found):
                self._grow(int(offsets[row + 1] - offsets[row]))
        if not _are(offsets, data, words, found, self.ends, self.pool, _words(self.pool)):
            raise TextsCollide
        return found

    def _grow(self, needed: int) -> None:
        if self.ends[self.count] + needed > len(self.pool):
            self.pool = np.concatenate([self.pool, np.empty(len(self.pool) + needed, np.uint8)])
        if self.count >= len(self.slots) // 2:
            self.ends = np.concatenate([self.ends, np.empty(self.count, np.int64)])
            self.keys = np.concatenate([self.keys, np.empty(self.count, np.int64)])
            self._empty(len(self.slots) * 2)
            _spread(self.keys, self.count, self.places, self.slots)

    def listed(self, numbers: Column) -> pa.Array:
        """The texts of these numbers, as Arrow."""
        buffers = [None, pa.py_buffer(self.ends[: self.count + 1]), pa.py_buffer(self.pool)]
        whole = pa.Array.from_buffers(pa.large_string(), self.count, buffers)
        return whole.take(pa.array(numbers))


def _words(data: Column) -> Column:
    """The eight bytes from each place on, as one number."""
    return np.ndarray((max(len(data) - 7, 0),), np.uint64, data, strides=(1,))


def bytes_of(column: pa.Array) -> tuple[Column, Column]:
    """Offsets and bytes of a column of text. Arrow's readers give a null no bytes, so that it reads as empty."""
    _, ends, data = column.buffers()
    wide = np.int64 if pa.types.is_large_string(column.type) else np.int32
    offsets = np.frombuffer(ends, wide)[column.offset : column.offset + len(column) + 1]
    return offsets, np.frombuffer(data, np.uint8) if data else np.empty(0, np.uint8)
