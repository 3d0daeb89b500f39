"""The events that are linked, a bounded number of them in memory.

A shelf is a sequence of happenings in the order of their keys. Past :data:`KEPT` articles those that were not used for
the longest time are in a temporary file; what every event needs all the time (its key, its day, whether it is main)
stays in memory in a few bytes.
"""

from __future__ import annotations

import pickle
import tempfile
import weakref
from array import array
from bisect import bisect_left
from collections import Counter, OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from typing import IO, overload

from pipeline.errors import ConfigError, ResourceError
from pipeline.link.happenings import Happening, Key, happenings
from pipeline.records import Record

KEPT = 8192
"""Articles whose events are in memory."""

_NO_DAY = 0  # the ordinal of no day


class Shelf(Sequence[Happening]):
    """The linked events of records, sorted by key so that the order of the input does not matter.

    ``keys`` are the keys in order; ``holding`` counts the articles that hold each word, of ``articles`` articles.

    Args:
        min_news: see :func:`~pipeline.link.happenings.happenings`.
        kept: articles whose events are in memory.

    Raises:
        ConfigError: two records have one article id.
        ResourceError: there is no room for the temporary file.
    """

    def __init__(self, records: Iterable[Record], *, min_news: float, kept: int = KEPT) -> None:
        self.keys: list[Key] = []
        self.articles = 0
        self.holding: Counter[str] = Counter()
        self._kept = kept
        self._near: OrderedDict[int, list[Happening]] = OrderedDict()
        self._offsets = array("q")
        self._file: IO[bytes] | None = None
        found: list[tuple[Key, int, int, int, bool]] = []
        ids: set[str] = set()
        for record in records:
            if record.article.id in ids:
                raise ConfigError(
                    f"two records have the article id {record.article.id!r}; incidents need ids of their own"
                )
            ids.add(record.article.id)
            events = list(happenings(record, min_news=min_news))
            if events:
                number = self._put(events)
                found += ((e.key, number, at, e.published or _NO_DAY, e.main) for at, e in enumerate(events))
        found.sort()
        self.keys = [key for key, *_ in found]
        self._article = array("I", [number for _, number, *_ in found])
        self._at = array("H", [at for _, _, at, *_ in found])
        self._day = array("i", [day for *_, day, _ in found])
        self._main = bytearray(main for *_, main in found)

    def _put(self, events: list[Happening]) -> int:
        number = len(self._offsets)
        self._offsets.append(-1)
        self.articles += 1
        self.holding.update(events[0].whole.words.keys())
        self._keep(number, events)
        return number

    def _keep(self, number: int, events: list[Happening]) -> None:
        self._near[number] = events
        if len(self._near) > self._kept:
            oldest, put_away = self._near.popitem(last=False)
            if self._offsets[oldest] < 0:
                self._offsets[oldest] = self._write(put_away)

    def _write(self, events: list[Happening]) -> int:
        try:
            if self._file is None:
                self._file = tempfile.TemporaryFile()  # noqa: SIM115  # closed, and so gone, with the shelf
                weakref.finalize(self, self._file.close)
            offset = self._file.seek(0, 2)
            pickle.dump(events, self._file, protocol=5)
        except OSError as error:
            raise ResourceError(
                f"no room for the events that are linked in {tempfile.gettempdir()}: {error.strerror or error}; set "
                "TMPDIR to a folder with more"
            ) from error
        return offset

    def _events(self, number: int) -> list[Happening]:
        events = self._near.get(number)
        if events is not None:
            self._near.move_to_end(number)
            return events
        if self._file is None:
            raise AssertionError("an article that is not in memory is in the file")
        self._file.seek(self._offsets[number])
        read: list[Happening] = pickle.load(self._file)  # noqa: S301  # our own file, without a name
        self._keep(number, read)
        return read

    def __len__(self) -> int:
        return len(self.keys)

    @overload
    def __getitem__(self, index: int) -> Happening: ...
    @overload
    def __getitem__(self, index: slice) -> list[Happening]: ...
    def __getitem__(self, index: int | slice) -> Happening | list[Happening]:
        if isinstance(index, slice):
            return [self[each] for each in range(len(self))[index]]
        return self._events(self._article[index])[self._at[index]]

    def as_read(self) -> Iterator[tuple[int, Happening]]:
        """Every event with its index, in the order in which the records came: the file is read from end to end."""
        for index in sorted(range(len(self)), key=lambda index: (self._article[index], self._at[index])):
            yield index, self[index]

    def by_day(self) -> list[int]:
        """All indices by day of publication: events that may be one incident are near each other then."""
        return sorted(range(len(self)), key=lambda index: (self._day[index], index))

    def is_main(self, index: int) -> bool:
        return bool(self._main[index])

    def when(self, index: int) -> tuple[bool, int, Key]:
        """What :func:`~pipeline.link.copies.by_time` gives, out of memory."""
        day = self._day[index]
        return day == _NO_DAY, day, self.keys[index]

    def find(self, key: Key) -> int | None:
        """The index of a key, ``None`` where there is no such event."""
        index = bisect_left(self.keys, key)
        return index if index < len(self.keys) and self.keys[index] == key else None
