"""Which of the articles a run takes: those since a day, a sample, the first so many."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, field
from hashlib import blake2b
from itertools import islice
from typing import Any

from pipeline.articles import Failure, RawArticle, iso_date
from pipeline.errors import ConfigError

Item = RawArticle | Failure


@dataclass(frozen=True)
class Selection:
    """``since``, then ``sample``, then ``limit``. What is left out is counted by its reason in ``skipped``.

    ``since`` is an ISO date: articles that were published earlier, or do not say when, are left out. ``sample`` takes
    so many inputs, the same ones each time, whatever their order: those with the lowest hashes of their ids. Inputs
    that cannot be read are inputs too. ``limit`` takes the first so many.

    Raises:
        ConfigError: ``since`` is not a date.
    """

    since: str | None = None
    sample: int | None = None
    limit: int | None = None
    skipped: Counter[str] = field(default_factory=Counter, compare=False)

    def __post_init__(self) -> None:
        if self.since is not None and iso_date(self.since) != self.since:
            raise ConfigError(f"--since {self.since!r} is no day; write it as 2021-03-10")

    def options(self) -> dict[str, Any]:
        """What was asked for, as plain values."""
        return {key: value for key, value in asdict(self).items() if value is not None and key != "skipped"}

    def of(self, read: Callable[[], Iterable[Item]]) -> Iterator[Item]:
        """The chosen ones among the items that ``read`` gives; it is called twice for a sample."""
        self.skipped.clear()
        return islice(self._sampled(read), self.limit)

    def _sampled(self, read: Callable[[], Iterable[Item]]) -> Iterator[Item]:
        if self.sample is None:
            yield from self._recent(read())
            return
        chosen = set(heapq.nsmallest(self.sample, (_rank(item) for item in self._recent(read()))))
        self.skipped.clear()
        for item in self._recent(read()):
            if _rank(item) in chosen:
                yield item
            else:
                self.skipped["not_in_sample"] += 1

    def _recent(self, items: Iterable[Item]) -> Iterator[Item]:
        for item in items:
            if self.since is None or isinstance(item, Failure):
                yield item
            elif item.published is None:
                self.skipped["no_date"] += 1
            elif item.published < self.since:
                self.skipped["too_early"] += 1
            else:
                yield item


def _rank(item: Item) -> bytes:
    return blake2b(item.id.encode("utf-8", "surrogatepass"), digest_size=16).digest()
