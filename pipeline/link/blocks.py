"""Which pairs are worth comparing: those that share a rare word, or a day and a place.

Each event is looked up by a bounded number of keys, and keys that too many events share lead nowhere, so the number
of pairs grows with the number of events and not with its square.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence

from pipeline.link.happenings import Happening
from pipeline.link.settings import BlockSettings
from pipeline.link.words import Rarity

_CELL_DEGREES = 0.5


def candidate_pairs(
    found: Sequence[Happening], rare: Rarity, settings: BlockSettings, *, whole: bool
) -> Iterator[tuple[int, int]]:
    """Index pairs ``(i, j)`` with ``i < j``, each once, in order."""
    by_word: dict[str, list[int]] = defaultdict(list)
    by_place: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for index, happening in enumerate(found):
        for word in _rarest(happening, rare, settings, whole=whole):
            by_word[word].append(index)
        for key in _days_and_places(happening, settings.days):
            by_place[key].append(index)
    partners: list[set[int]] = [set() for _ in found]
    for groups, limit in ((by_word.values(), settings.max_word), (by_place.values(), settings.max_place)):
        for group in groups:
            if len(group) <= limit:
                for position, index in enumerate(group):
                    partners[index].update(group[position + 1 :])
    for index, others in enumerate(partners):
        for other in sorted(others):
            yield index, other


def _rarest(happening: Happening, rare: Rarity, settings: BlockSettings, *, whole: bool) -> list[str]:
    """The rarest words of an event that another article holds as well and not too many do."""
    held = happening.view(whole=whole).words
    shared = (word for word in held if 1 < rare.holding.get(word, 0) <= settings.max_word)
    return sorted(shared, key=lambda word: (-rare(word), word))[: settings.rare_words]


def _days_and_places(happening: Happening, days: int) -> Iterator[tuple[object, ...]]:
    """A key for each window of days and each cell of the map around the event; wide places have a cell of their own."""
    day = happening.earliest if happening.date and happening.date.precision in ("day", "week") else happening.published
    place = happening.place
    if day is None or place is None:
        return
    width = days + 1
    windows = (day // width, day // width + 1)  # each day lies in two windows, so neighbours share one
    cells: list[object] = [place.gazetteer_id or (place.names_in_text[0].lower() if place.names_in_text else None)]
    if place.lat is not None and place.lon is not None and place.precision in ("point", "settlement", "admin2"):
        row, column = math.floor(place.lat / _CELL_DEGREES), math.floor(place.lon / _CELL_DEGREES)
        cells += [(row + up, column + right) for up in (0, 1) for right in (0, 1)]
    for cell in cells:
        if cell is not None:
            for window in windows:
                yield cell, window
