"""Which pairs are worth comparing: those that share a rare word, or a day and a place.

Each event is looked up by a bounded number of keys, and keys that too many events share lead nowhere, so the number
of pairs grows with the number of events and not with its square.
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from pipeline.link.happenings import Happening
from pipeline.link.settings import BlockSettings
from pipeline.link.words import Rarity

_CELL_DEGREES = 0.5


def candidate_pairs(
    found: Iterable[tuple[int, Happening]],
    rare: Rarity,
    settings: BlockSettings,
    *,
    whole: bool,
    order: Sequence[int] | None = None,
) -> Iterator[tuple[int, int]]:
    """Index pairs ``(i, j)`` with ``i < j``, each once.

    Args:
        found: events with their indices.
        order: the indices in the order in which their pairs are wanted, by default ascending; all pairs of one ``i``
            come together, with ``j`` ascending.
    """
    by_word, by_place = _Keys(), _Keys()
    for index, happening in found:
        by_word.add(index, _rarest(happening, rare, settings, whole=whole))
        by_place.add(index, _days_and_places(happening, settings.days))
    groups = [by_word.groups(settings.max_word), by_place.groups(settings.max_place)]
    every = sorted({*by_word.indices, *by_place.indices}) if order is None else order
    for index in every:
        partners = {other for group in groups for other in group.behind(index)}
        for other in sorted(partners):
            yield index, other


class _Keys:
    """Keys of events, as hashes: they are many, and a pair too many does no harm."""

    def __init__(self) -> None:
        self.indices = array("I")
        self._hashes = array("Q")

    def add(self, index: int, keys: Iterable[str]) -> None:
        for key in keys:
            self.indices.append(index)
            self._hashes.append(_hash(key))

    def groups(self, limit: int) -> _Groups:
        """The events of each key that two or more, and no more than ``limit``, have."""
        hashes, indices = np.array(self._hashes, dtype=np.uint64), np.array(self.indices, dtype=np.uint32)
        order = np.lexsort((indices, hashes))
        hashes, indices = hashes[order], indices[order]
        starts = np.flatnonzero(np.concatenate(([True], hashes[1:] != hashes[:-1]))) if len(hashes) else order
        sizes = np.diff(np.append(starts, len(hashes)))
        ends = np.repeat(starts + sizes, sizes)
        kept = np.repeat((sizes > 1) & (sizes <= limit), sizes)
        return _Groups(indices, ends, np.flatnonzero(kept))


@lru_cache(1 << 17)
def _hash(key: str) -> int:
    return int.from_bytes(blake2b(key.encode(), digest_size=8).digest(), "little")


class _Groups:
    """Events by key, one key after the other, each key's ascending; ``ends``: where the key of each position ends."""

    def __init__(self, indices: NDArray[np.uint32], ends: NDArray[np.intp], kept: NDArray[np.intp]) -> None:
        self._indices, self._ends = indices, ends
        of = indices[kept]
        order = np.argsort(of, kind="stable")
        self._positions = kept[order]
        number = int(of.max()) + 1 if len(of) else 0
        self._first = np.searchsorted(of[order], np.arange(number + 1))

    def behind(self, index: int) -> Iterator[int]:
        """The events behind this one under any of its keys."""
        if index + 1 >= len(self._first):
            return
        for position in self._positions[self._first[index] : self._first[index + 1]].tolist():
            yield from self._indices[position + 1 : self._ends[position]].tolist()


def _rarest(happening: Happening, rare: Rarity, settings: BlockSettings, *, whole: bool) -> list[str]:
    """The rarest words of an event that another article holds as well and not too many do."""
    held = happening.view(whole=whole).words
    shared = (word for word in held if 1 < rare.holding.get(word, 0) <= settings.max_word)
    return sorted(shared, key=lambda word: (-rare(word), word))[: settings.rare_words]


def _days_and_places(happening: Happening, days: int) -> Iterator[str]:
    """A key for each window of days and each cell of the map around the event; wide places have a cell of their own."""
    day = happening.earliest if happening.date and happening.date.precision in ("day", "week") else happening.published
    place = happening.place
    if day is None or place is None:
        return
    width = days + 1
    windows = (day // width, day // width + 1)  # each day lies in two windows, so neighbours share one
    cells = [place.gazetteer_id or (place.names_in_text[0].lower() if place.names_in_text else None)]
    if place.lat is not None and place.lon is not None and place.precision in ("point", "settlement", "admin2"):
        row, column = math.floor(place.lat / _CELL_DEGREES), math.floor(place.lon / _CELL_DEGREES)
        cells += [f"{row + up} {column + right}" for up in (0, 1) for right in (0, 1)]
    for cell in cells:
        if cell is not None:
            for window in windows:
                yield f"{window} {cell}"
