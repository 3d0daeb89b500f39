"""What a long text costs, and how far apart in it one happening may be told."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pipeline.records import Record
from pipeline.stages.events.linking import Cluster

Read = Callable[[str], Record]
BOMB = "A bomb killed four people at a market in Homs on Monday."
FILLER = "The shops sell bread and fruit."
AGAIN = "Four people were killed by a bomb in Homs."


@pytest.mark.parametrize(("sentences", "events"), [(0, 1), (150, 1), (210, 2)])
def test_happening_is_told_again_within_two_hundred_sentences(read: Read, sentences: int, events: int) -> None:
    record = read(" ".join([BOMB, *[FILLER] * sentences, AGAIN]))
    assert len(record.events) == events
    assert sum(len(event.mentions) for event in record.events) == 4


def test_comparisons_of_mentions_grow_with_the_length_and_no_faster(
    read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    type_of, calls = Cluster.type, [0]

    def counted(cluster: Cluster) -> str:
        calls[0] += 1
        return type_of(cluster)

    monkeypatch.setattr(Cluster, "type", counted)
    took = []
    for items in (100, 200, 400):
        calls[0] = 0
        days = (f"{1 + n % 28} May {1600 + n}" for n in range(items))
        read(" ".join(f"Gunmen shot a farmer in Homs on {day}. {FILLER} {FILLER} {FILLER}" for day in days))
        took.append(calls[0])
    once, twice = took[1] - took[0], took[2] - took[1]
    assert 0 < twice < 2.2 * once
