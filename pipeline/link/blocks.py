"""Which pairs are worth comparing: those that share enough rare words, or a day and a place.

Each event is looked up by a bounded number of keys, and keys that too many events share lead nowhere, so the number
of pairs grows with the number of events and not with its square. A word that few articles hold is a key by itself, any
other only together with the days around the event: however many years are linked, what is rare among a month's news is.
"""

from __future__ import annotations

import math
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

from pipeline.link.happenings import Happening
from pipeline.link.settings import BlockSettings
from pipeline.link.words import Rarity

_CELL_DEGREES = 0.5
_ANY_DAY, _NO_DAY = 0, 1  # no windows of real days; -1 and -2 would have one hash


class Blocks:
    """Events by what they are looked up by. All are added first, then their pairs are asked for.

    Args:
        rare: how rare words are, among all articles.
        whole: whether main events are looked up by their whole article.
    """

    def __init__(self, rare: Rarity, settings: BlockSettings, *, whole: bool) -> None:
        self._rare, self._settings, self._whole = rare, settings, whole
        self._hashes, self._indices = array("q"), array("I")
        self._weights, self._settled = array("d"), array("b")

    def add(self, index: int, happening: Happening, *, settled: bool = False) -> None:
        """Take in an event. Pairs of which both are ``settled`` are not wanted."""
        for key, weight in _keys_of(happening, self._rare, self._settings, whole=self._whole):
            # a hash stands for its key: they are many, and a pair too many does no harm
            self._hashes.append(hash(key))
            self._indices.append(index)
            self._weights.append(weight)
            self._settled.append(settled)

    def pairs(self, order: Iterable[int]) -> Iterator[tuple[int, int]]:
        """Index pairs ``(i, j)`` with ``i < j``, each once.

        Args:
            order: the indices in the order in which their pairs are wanted; all pairs of one ``i`` come together, with
                ``j`` ascending.
        """
        groups, settled = self._groups()
        for index in order:
            shared: dict[int, float] = defaultdict(float)
            for weight, others in groups.behind(index):
                for other in others:
                    shared[other] += weight
            for other in sorted(other for other, weight in shared.items() if weight >= self._settings.min_shared):
                if not (settled[index] and settled[other]):
                    yield index, other

    def _groups(self) -> tuple[_Groups, bytearray]:
        """The events of each key that two or more, not too many and not only settled ones have; which are settled."""
        hashes, indices = np.array(self._hashes, dtype=np.int64), np.array(self._indices, dtype=np.uint32)
        settled = np.array(self._settled, dtype=bool)
        flags = np.zeros(int(indices.max(initial=0)) + 1, dtype=bool)
        flags[indices[settled]] = True
        order = np.lexsort((indices, hashes))
        hashes, indices, settled = hashes[order], indices[order], settled[order]
        starts = np.flatnonzero(np.concatenate(([True], hashes[1:] != hashes[:-1]))) if len(hashes) else order
        sizes = np.diff(np.append(starts, len(hashes)))
        wanted = np.logical_or.reduceat(~settled, starts) if len(starts) else settled
        kept = np.repeat((sizes > 1) & (sizes <= self._settings.max_key) & wanted, sizes)
        ends = np.repeat(starts + sizes, sizes)
        weights = np.array(self._weights)[order]
        return _Groups(indices, weights, ends, np.flatnonzero(kept)), bytearray(flags.tobytes())


def _keys_of(
    happening: Happening, rare: Rarity, settings: BlockSettings, *, whole: bool
) -> Iterator[tuple[tuple[str, int], float]]:
    """Keys of an event, each with what it weighs that two events share it."""
    day = happening.earliest if happening.date and happening.date.precision in ("day", "week") else happening.published
    holding = rare.holding
    # a share of the scale, so that one word, however rare among millions of articles, is not enough
    shared = sorted((-rare(word) / rare.most, word) for word in happening.view(whole=whole).words if word in holding)
    months = _windows(day, settings.word_days)
    for weight, word in shared[: settings.rare_words]:
        if holding[word] <= settings.max_word:
            yield (word, _ANY_DAY), -weight
        else:
            for month in months:
                yield (word, month), -weight
    if day is not None:
        for cell in _cells(happening):
            for window in _windows(day, settings.place_days):
                yield (f"@ {cell}", window), settings.place


def _windows(day: int | None, days: int) -> tuple[int, ...]:
    """Two windows for each day, so that days that are no more than ``days`` apart share one, near ones both."""
    return (_NO_DAY,) if day is None else (day // (days + 1), day // (days + 1) + 1)


def _cells(happening: Happening) -> Iterator[str]:
    """The place, and cells of the map around it; wide places have no cell but their own."""
    place = happening.place
    if place is None:
        return
    if place.gazetteer_id or place.names_in_text:
        yield place.gazetteer_id or place.names_in_text[0].lower()
    if place.lat is not None and place.lon is not None and place.precision in ("point", "settlement", "admin2"):
        row, column = math.floor(place.lat / _CELL_DEGREES), math.floor(place.lon / _CELL_DEGREES)
        yield from (f"{row + up} {column + right}" for up in (0, 1) for right in (0, 1))


class _Groups:
    """Events by key, one key after the other, each key's ascending; ``ends``: where the key of each position ends."""

    def __init__(
        self,
        indices: NDArray[np.uint32],
        weights: NDArray[np.float64],
        ends: NDArray[np.intp],
        kept: NDArray[np.intp],
    ) -> None:
        self._indices, self._weights, self._ends = indices, weights, ends
        of = indices[kept]
        order = np.argsort(of, kind="stable")
        self._positions = kept[order]
        self._first = np.searchsorted(of[order], np.arange((int(of.max()) if len(of) else -1) + 2))

    def behind(self, index: int) -> Iterator[tuple[float, list[int]]]:
        """For each key of this one, its weight and the events behind this one."""
        if index + 1 >= len(self._first):
            return
        positions = self._positions[self._first[index] : self._first[index + 1]]
        ends, weights = self._ends[positions].tolist(), self._weights[positions].tolist()
        for position, end, weight in zip(positions.tolist(), ends, weights, strict=True):
            yield weight, self._indices[position + 1 : end].tolist()
