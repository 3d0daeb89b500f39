"""Log-odds of the pairs that were judged, many of them in little memory."""

from __future__ import annotations

from array import array
from collections.abc import Iterator

import numpy as np

Pair = tuple[int, int]
"""Two indices, the smaller first."""


class Odds:
    """Log-odds by pair of indices. Pairs are added in any order, each once, and looked up after :meth:`freeze`."""

    def __init__(self) -> None:
        self._new, self._new_values = array("Q"), array("d")
        self._keys = np.zeros(0, np.uint64)
        self._values = np.zeros(0)
        self._first = np.zeros(1, np.intp)  # where the partners of each index begin

    def __len__(self) -> int:
        return (len(self._new) + len(self._keys)) // 2

    def add(self, pair: Pair, value: float) -> None:
        # both ways round, so that all partners of an index stand together
        one, other = pair
        self._new.extend((one << 32 | other, other << 32 | one))
        self._new_values.extend((value, value))

    def freeze(self) -> None:
        """Sort what was added, so that it can be looked up."""
        keys = np.concatenate((self._keys, np.array(self._new, dtype=np.uint64)))
        order = np.argsort(keys)
        self._keys = keys[order]
        self._values = np.concatenate((self._values, np.array(self._new_values)))[order]
        self._new, self._new_values = array("Q"), array("d")
        last = int(self._keys[-1] >> np.uint64(32)) if len(self._keys) else -1
        self._first = np.searchsorted(self._keys, np.arange(last + 2, dtype=np.uint64) << np.uint64(32))

    def get(self, pair: Pair) -> float | None:
        """The log-odds of a pair, ``None`` where it was not judged."""
        key = np.uint64((pair[0] << 32) | pair[1])
        at = int(np.searchsorted(self._keys, key))
        return float(self._values[at]) if at < len(self._keys) and self._keys[at] == key else None

    def of(self, index: int) -> list[tuple[int, float]]:
        """The partners of an index, ascending, with the log-odds of each pair."""
        if index + 1 >= len(self._first):
            return []
        first, last = self._first[index : index + 2]
        others = (self._keys[first:last] & np.uint64(0xFFFFFFFF)).tolist()
        return list(zip(others, self._values[first:last].tolist(), strict=True))

    def above(self, threshold: float) -> Iterator[Pair]:
        """The pairs whose log-odds reach a threshold."""
        for key in self._keys[self._values >= threshold].tolist():
            one, other = key >> 32, key & 0xFFFFFFFF
            if one < other:
                yield one, other
