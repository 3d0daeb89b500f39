"""Counting: what was found, missed and made up, and how gold and prediction are paired.

Nothing here knows about gold files or records; :mod:`pipeline.scoring` does. Everything is held as counts, so that
articles add up to a corpus: a figure of the corpus is not the mean of its articles' figures.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

G = TypeVar("G")
P = TypeVar("P")

EARTH_DIAMETER_KM = 12742
CONTEXT_CHARS = 60


class SpanLike(Protocol):
    """Words at ``[start, end)`` in code points."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Tally:
    """Right, made up and missed. Where gold has none and none was predicted, the figures are ``None``, not 0 or 1."""

    tp: int = 0
    fp: int = 0
    fn: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.tp + other.tp, self.fp + other.fp, self.fn + other.fn)

    @property
    def precision(self) -> float | None:
        return self.tp / (self.tp + self.fp) if self.tp + self.fp else None

    @property
    def recall(self) -> float | None:
        return self.tp / (self.tp + self.fn) if self.tp + self.fn else None

    @property
    def f1(self) -> float | None:
        total = 2 * self.tp + self.fp + self.fn
        return 2 * self.tp / total if total else None


@dataclass(frozen=True, slots=True)
class Mistake:
    """One miss, false alarm or wrong value; ``context`` is the text around it with the words in ``[[ ]]``.

    ``start`` and ``end`` are ``None`` for what is said of the article as a whole.
    """

    article: str
    figure: str
    kind: str
    gold: str | None
    predicted: str | None
    start: int | None
    end: int | None
    context: str

    def __str__(self) -> str:
        where = f"{self.article}:{self.start}" if self.start is not None else self.article
        values = [
            f"{name} {value!r}"
            for name, value in (("gold", self.gold), ("predicted", self.predicted))
            if value is not None
        ]
        return f"{where} {self.figure} {self.kind}: {', '.join(values)}\n    {self.context}"


@dataclass(slots=True)
class Sheet:
    """The score sheet of one article: a tally per figure, every mistake, and how far places lie from gold (km)."""

    article: str
    text: str
    tallies: dict[str, Tally] = field(default_factory=dict)
    mistakes: list[Mistake] = field(default_factory=list)
    distances: list[float] = field(default_factory=list)

    def count(self, figure: str, tally: Tally) -> None:
        self.tallies[figure] = self.tallies.get(figure, Tally()) + tally

    def hit(self, figure: str) -> None:
        self.count(figure, Tally(tp=1))

    def miss(self, figure: str, span: SpanLike, gold: str) -> None:
        self.count(figure, Tally(fn=1))
        self._note(figure, "missed", span, gold, None)

    def false_alarm(self, figure: str, span: SpanLike, predicted: str) -> None:
        self.count(figure, Tally(fp=1))
        self._note(figure, "false alarm", span, None, predicted)

    def slot(
        self, figure: str, span: SpanLike | None, gold: object, predicted: object, *, right: bool | None = None
    ) -> None:
        """Judge one value on something that was found: a wrong value is made up and missed at once.

        Args:
            right: whether the two agree, where that is not plain equality. ``None`` on both sides counts for nothing.
        """
        if gold is None and predicted is None:
            return
        if gold is not None and predicted is not None and (gold == predicted if right is None else right):
            self.hit(figure)
            return
        self.count(figure, Tally(fp=int(predicted is not None), fn=int(gold is not None)))
        kind = "missed" if predicted is None else "false alarm" if gold is None else "wrong"
        self._note(figure, kind, span, *(None if value is None else str(value) for value in (gold, predicted)))

    def _note(self, figure: str, kind: str, span: SpanLike | None, gold: str | None, predicted: str | None) -> None:
        shown = "(the article as a whole)" if span is None else context(self.text, span)
        start, end = (None, None) if span is None else (span.start, span.end)
        self.mistakes.append(Mistake(self.article, figure, kind, gold, predicted, start, end, shown))


def context(text: str, span: SpanLike, chars: int = CONTEXT_CHARS) -> str:
    """The words of a span in ``[[ ]]`` with up to ``chars`` of the text on both sides, on one line."""
    before = text[max(0, span.start - chars) : span.start]
    after = text[span.end : span.end + chars]
    left = "…" if span.start > chars else ""
    right = "…" if span.end + chars < len(text) else ""
    return " ".join(f"{left}{before}[[{text[span.start : span.end]}]]{after}{right}".split())


def overlap(one: SpanLike, other: SpanLike) -> bool:
    """True if two half-open spans share a character."""
    return one.start < other.end and other.start < one.end


def match(gold: Sequence[G], predicted: Sequence[P], weight: Callable[[G, P], float]) -> list[tuple[int, int]]:
    """Pair gold with predictions, each at most once, as many pairs as there can be.

    Heavier pairs are taken first; then augmenting paths add every pair that is still possible, so a prediction that
    fits two gold items never costs a match. Weight 0 or less means that the two cannot be one thing.

    Returns:
        Pairs of indices, ordered by the gold index.
    """
    edges: list[list[tuple[float, int]]] = [[] for _ in gold]
    for i, one in enumerate(gold):
        edges[i] = sorted(((w, j) for j, other in enumerate(predicted) if (w := weight(one, other)) > 0), key=_heaviest)
    owner: dict[int, int] = {}
    for _, i, j in sorted(
        ((w, i, j) for i, row in enumerate(edges) for w, j in row), key=lambda e: (-e[0], e[1], e[2])
    ):
        if j not in owner and i not in owner.values():
            owner[j] = i

    def augment(i: int, seen: set[int]) -> bool:
        for _, j in edges[i]:
            if j not in seen:
                seen.add(j)
                if j not in owner or augment(owner[j], seen):
                    owner[j] = i
                    return True
        return False

    for i in range(len(gold)):
        if i not in owner.values():
            augment(i, set())
    return sorted((i, j) for j, i in owner.items())


def _heaviest(edge: tuple[float, int]) -> tuple[float, int]:
    return -edge[0], edge[1]


def left_over(items: Sequence[G], taken: set[int]) -> list[G]:
    """The items whose index is not among ``taken``."""
    return [item for index, item in enumerate(items) if index not in taken]


def distance_km(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Great-circle distance in km between two points in WGS84 degrees (haversine)."""
    lat, lon, other_lat, other_lon = map(math.radians, (lat, lon, other_lat, other_lon))
    half = (
        math.sin((other_lat - lat) / 2) ** 2
        + math.cos(lat) * math.cos(other_lat) * math.sin((other_lon - lon) / 2) ** 2
    )
    return EARTH_DIAMETER_KM * math.asin(min(1.0, math.sqrt(half)))
