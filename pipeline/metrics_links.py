"""How well predicted groups of articles or events fit gold groups: B-cubed, CEAF-e, LEA and pairwise figures.

B-cubed: Bagga and Baldwin 1998. CEAF-e: Luo 2005. LEA: Moosavi and Strube 2016. Items alone count in all but the
pairwise figures; in LEA an item alone has one link, to itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T", bound=Hashable)
Groups = Sequence[frozenset[T]]


@dataclass(frozen=True, slots=True)
class Quality:
    """Precision and recall; ``None`` where there is nothing to judge."""

    precision: float | None
    recall: float | None

    @property
    def f1(self) -> float | None:
        if self.precision is None or self.recall is None:
            return None
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def link_qualities(gold: Mapping[T, Hashable], predicted: Mapping[T, Hashable]) -> dict[str, Quality]:
    """All four figures over the items of ``gold``; an item that was not predicted is alone.

    Args:
        gold, predicted: the group of each item, whatever groups are called by.
    """
    groups = _groups(gold)
    answer = _groups({item: predicted.get(item, ("alone", item)) for item in gold})
    return {
        "b_cubed": Quality(_b_cubed(answer, groups), _b_cubed(groups, answer)),
        "ceaf_e": _ceaf_e(groups, answer),
        "lea": Quality(_lea(answer, groups), _lea(groups, answer)),
        "pairwise": Quality(_pairwise(answer, groups), _pairwise(groups, answer)),
    }


def _groups(of: Mapping[T, Hashable]) -> list[frozenset[T]]:
    found: dict[Hashable, set[T]] = defaultdict(set)
    for item, group in of.items():
        found[group].add(item)
    return [frozenset(group) for group in found.values()]


def _split(group: frozenset[T], others: Mapping[T, frozenset[T]]) -> list[frozenset[T]]:
    """The parts into which the others cut a group."""
    return [group & other for other in {others[item] for item in group}]


def _by_item(groups: Groups[T]) -> dict[T, frozenset[T]]:
    return {item: group for group in groups for item in group}


def _b_cubed(groups: Groups[T], others: Groups[T]) -> float | None:
    """Mean share of an item's group that is in its group among the others: recall of ``groups`` by ``others``."""
    by_item = _by_item(others)
    if not by_item:
        return None
    return sum(len(part) ** 2 / len(group) for group in groups for part in _split(group, by_item)) / len(by_item)


def _pairs(size: int) -> int:
    return size * (size - 1) // 2


def _pairwise(groups: Groups[T], others: Groups[T]) -> float | None:
    by_item = _by_item(others)
    pairs = sum(_pairs(len(group)) for group in groups)
    kept = sum(_pairs(len(part)) for group in groups for part in _split(group, by_item))
    return kept / pairs if pairs else None


def _lea(groups: Groups[T], others: Groups[T]) -> float | None:
    """Share of each group's links that the others keep, weighed by the size of the group."""
    by_item = _by_item(others)
    if not by_item:
        return None
    total = 0.0
    for group in groups:
        if len(group) == 1:
            total += by_item[next(iter(group))] == group
        else:
            kept = sum(_pairs(len(part)) for part in _split(group, by_item))
            total += len(group) * kept / _pairs(len(group))
    return total / len(by_item)


def _ceaf_e(gold: Groups[T], answer: Groups[T]) -> Quality:
    """The best one-to-one alignment of groups, by the Dice overlap of aligned groups."""
    if not gold:
        return Quality(None, None)
    by_item = {item: index for index, group in enumerate(answer) for item in group}
    overlaps: dict[int, dict[int, float]] = {}
    for index, group in enumerate(gold):
        found = {by_item[item] for item in group}
        overlaps[index] = {
            other: 2 * len(group & answer[other]) / (len(group) + len(answer[other])) for other in sorted(found)
        }
    best = sum(_assignment(matrix) for matrix in _components(overlaps))
    return Quality(best / len(answer), best / len(gold))


def _components(overlaps: Mapping[int, Mapping[int, float]]) -> list[list[list[float]]]:
    """The overlaps as square matrices, one for each set of groups that touch each other."""
    holders: dict[int, list[int]] = defaultdict(list)
    for row, columns in overlaps.items():
        for column in columns:
            holders[column].append(row)
    seen: set[int] = set()
    matrices = []
    for start in overlaps:
        if start in seen:
            continue
        rows: list[int] = []
        reached: set[int] = set()
        waiting = [start]
        seen.add(start)
        while waiting:
            row = waiting.pop()
            rows.append(row)
            reached |= overlaps[row].keys()
            fresh = {other for column in overlaps[row] for other in holders[column]} - seen
            seen |= fresh
            waiting += sorted(fresh)
        order = sorted(reached)
        size = max(len(rows), len(order))
        matrix = [[overlaps[row].get(column, 0.0) for column in order] for row in rows]
        matrices.append(
            [[*row, *[0.0] * (size - len(row))] for row in matrix] + [[0.0] * size for _ in range(size - len(rows))]
        )
    return matrices


def _assignment(matrix: Sequence[Sequence[float]]) -> float:
    """The largest sum of one entry per row and column (Kuhn 1955, with potentials, in cubic time)."""
    size = len(matrix)
    of_row, of_column = [0.0] * (size + 1), [0.0] * (size + 1)
    row_of = [0] * (size + 1)  # of each column, counted from 1; 0 is free
    for row in range(1, size + 1):
        row_of[0] = row
        column, least = 0, [float("inf")] * (size + 1)
        way, used = [0] * (size + 1), [False] * (size + 1)
        while row_of[column]:
            used[column] = True
            at, step, following = row_of[column], float("inf"), 0
            for other in range(1, size + 1):
                if not used[other]:
                    cost = -matrix[at - 1][other - 1] - of_row[at] - of_column[other]
                    if cost < least[other]:
                        least[other], way[other] = cost, column
                    if least[other] < step:
                        step, following = least[other], other
            for other in range(size + 1):
                if used[other]:
                    of_row[row_of[other]] += step
                    of_column[other] -= step
                else:
                    least[other] -= step
            column = following
        while column:
            row_of[column] = row_of[way[column]]
            column = way[column]
    return sum(matrix[row_of[column] - 1][column - 1] for column in range(1, size + 1))
