"""From judged pairs to groups: average link over log-odds, the strongest pair of groups first.

The result does not depend on the order of the input, and groups that share no judged pair never touch each other.
"""

from __future__ import annotations

import heapq
from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain

from pipeline.link.odds import Odds, Pair


class Grouping:
    """Groups that are being joined.

    Args:
        articles: the items and the article of each; two events of one article are two happenings, so they are never
            joined.
        odds: log-odds of the judged pairs.
        absent: log-odds of all other pairs.
    """

    def __init__(self, articles: Mapping[int, str], odds: Mapping[Pair, float], *, absent: float) -> None:
        self._absent = absent
        self._members: dict[int, list[int]] = {item: [item] for item in articles}
        self._articles = {item: {article} for item, article in articles.items()}
        self._of = {item: item for item in articles}
        self._sums: dict[int, dict[int, tuple[float, int]]] = {index: {} for index in self._members}
        self._settled: set[int] = set()
        self._apart: dict[int, set[int]] = {index: set() for index in self._members}
        for (i, j), value in odds.items():
            self._sums[i][j] = self._sums[j][i] = (value, 1)

    def groups(self) -> list[list[int]]:
        """Item indices, sorted, of every group."""
        return sorted(sorted(members) for members in self._members.values())

    def keep_apart(self, pairs: Iterable[Pair]) -> None:
        """Forbid that the groups of two items are ever joined."""
        for i, j in pairs:
            one, other = self._of[i], self._of[j]
            self._apart[one].add(other)
            self._apart[other].add(one)

    def settle(self, items: Iterable[int]) -> None:
        """Forbid that the groups of any two of these items are joined with each other."""
        self._settled |= {self._of[item] for item in items}

    def force(self, pairs: Iterable[Pair]) -> None:
        """Join the groups of two items, whatever the odds."""
        for i, j in pairs:
            one, other = self._of[i], self._of[j]
            if one != other:
                self._join(one, other)

    def join(self, threshold: float) -> None:
        """Join groups as long as the mean log-odds between two of them reach the threshold."""
        heap = [
            (-self._link(one, other), *self._order(one, other), one, other)
            for one, others in self._sums.items()
            for other in others
            if one < other
        ]
        heapq.heapify(heap)
        while heap:
            link, _, _, one, other = heapq.heappop(heap)
            if -link < threshold:
                break
            if one not in self._members or other not in self._members or link != -self._link(one, other):
                continue
            if not self.may_join(one, other):
                continue
            joined = self._join(one, other)
            for neighbour in self._sums[joined]:
                entry = (-self._link(joined, neighbour), *self._order(joined, neighbour), joined, neighbour)
                heapq.heappush(heap, entry)

    def may_join(self, one: int, other: int) -> bool:
        """Whether nothing forbids it: no article on both sides, no human's wish, not both settled."""
        if other in self._apart[one] or (one in self._settled and other in self._settled):
            return False
        return not self._articles[one] & self._articles[other]

    def _order(self, one: int, other: int) -> tuple[int, int]:
        """Ties are broken by the members, never by how the groups came about."""
        first, second = min(self._members[one]), min(self._members[other])
        return min(first, second), max(first, second)

    def _link(self, one: int, other: int) -> float:
        total, judged = self._sums[one][other]
        pairs = len(self._members[one]) * len(self._members[other])
        return (total + (pairs - judged) * self._absent) / pairs

    def _join(self, one: int, other: int) -> int:
        """The smaller group goes into the larger, so that the work stays small."""
        if len(self._sums[one]) < len(self._sums[other]):
            one, other = other, one
        for member in self._members[other]:
            self._of[member] = one
        self._members[one] += self._members.pop(other)
        self._articles[one] |= self._articles.pop(other)
        for neighbour in self._apart.pop(other):
            self._apart[neighbour].discard(other)
            self._apart[neighbour].add(one)
            self._apart[one].add(neighbour)
        if other in self._settled:
            self._settled.discard(other)
            self._settled.add(one)
        self._sums[one].pop(other, None)
        for neighbour, (total, judged) in self._sums.pop(other).items():
            if neighbour == one:
                continue
            del self._sums[neighbour][other]
            before, number = self._sums[one].get(neighbour, (0.0, 0))
            self._sums[one][neighbour] = self._sums[neighbour][one] = (before + total, number + judged)
        return one


class Components:
    """Items that are held together by pairs, however far; what is in different ones can be grouped one by one."""

    def __init__(self, items: int, pairs: Iterable[Pair]) -> None:
        self._leader = array("I", range(items))
        for one, other in pairs:
            self._leader[self._lead(one)] = self._lead(other)

    def _lead(self, item: int) -> int:
        leader = self._leader
        while leader[item] != item:
            leader[item] = leader[leader[item]]
            item = leader[item]
        return item

    def together(self, pair: Pair) -> bool:
        return self._lead(pair[0]) == self._lead(pair[1])

    def several(self) -> list[list[int]]:
        """The components of more than one item, each ascending."""
        found: dict[int, list[int]] = {}
        for item, leader in enumerate(self._leader):
            if leader != item:
                found.setdefault(self._lead(item), []).append(item)
        return [sorted((leader, *items)) for leader, items in found.items()]


def group(
    odds: Odds,
    article: Callable[[int], str],
    items: int,
    *,
    threshold: float,
    absent: float,
    forced: Sequence[Pair] = (),
    apart: Sequence[Pair] = (),
    settled: Callable[[int], bool] = lambda _: False,
) -> list[list[int]]:
    """The groups of more than one item, joined as :class:`Grouping` does.

    Two groups are only joined where one pair at least reaches the threshold, so each component of such pairs is
    grouped by itself, and no more than one is in memory.

    Args:
        absent: log-odds of pairs that were not judged; below the threshold.
        forced: pairs that are joined whatever the odds.
        apart: pairs that are never joined.
        settled: no two items for which this is true come together, unless ``forced`` joins them.
    """
    held_together = Components(items, chain(forced, odds.above(threshold)))
    forced_of, apart_of = _by_first(forced), _by_first(apart)
    found = []
    for component in held_together.several():
        inside = frozenset(component)
        judged = {
            (one, other): value for one in component for other, value in odds.of(one) if one < other and other in inside
        }
        grouping = Grouping({item: article(item) for item in component}, judged, absent=absent)
        grouping.force((one, other) for one in component for other in forced_of[one])
        grouping.keep_apart((one, other) for one in component for other in apart_of[one] if other in inside)
        grouping.settle(item for item in component if settled(item))
        grouping.join(threshold)
        found += [members for members in grouping.groups() if len(members) > 1]
    return sorted(found)


def _by_first(pairs: Iterable[Pair]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    for one, other in pairs:
        found[one].append(other)
    return found
