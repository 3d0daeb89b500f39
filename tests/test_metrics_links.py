from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.metrics_links import link_qualities

GROUPS = st.dictionaries(st.integers(0, 7), st.integers(0, 4), min_size=1)


def test_metrics_links_of_a_perfect_answer_are_all_one() -> None:
    gold = {"a": 1, "b": 1, "c": 2}
    found = link_qualities(gold, {"a": "x", "b": "x", "c": "y"})
    assert {name: quality.f1 for name, quality in found.items()} == dict.fromkeys(
        ("b_cubed", "ceaf_e", "lea", "pairwise"), 1.0
    )


def test_metrics_links_of_a_hand_worked_answer() -> None:
    # gold {a b c} {d e}, answer {a b} {c d e}
    found = link_qualities({"a": 1, "b": 1, "c": 1, "d": 2, "e": 2}, {"a": "x", "b": "x", "c": "y", "d": "y", "e": "y"})
    b_cubed = (2 / 3 + 2 / 3 + 1 / 3 + 1 + 1) / 5
    assert found["b_cubed"].recall == pytest.approx(b_cubed)
    assert found["b_cubed"].precision == pytest.approx(b_cubed)
    assert found["pairwise"].recall == pytest.approx(2 / 4)
    assert found["lea"].recall == pytest.approx((3 * 1 / 3 + 2 * 1) / 5)
    assert found["ceaf_e"].f1 == pytest.approx((4 / 5 + 4 / 5) / 2)


def test_metrics_links_count_what_was_not_predicted_as_alone() -> None:
    found = link_qualities({"a": 1, "b": 1}, {"a": "x"})
    assert found["b_cubed"].recall == 0.5
    assert found["pairwise"].precision is None
    assert found["pairwise"].recall == 0


def test_metrics_links_of_nothing_are_none_and_not_perfect() -> None:
    found = link_qualities({}, {})
    assert [quality.f1 for quality in found.values()] == [None] * 4


def ceaf(gold: dict[int, int], predicted: dict[int, int]) -> float:
    """The best alignment, by trying all."""
    groups = [[{i for i in of if of[i] == name} for name in set(of.values())] for of in (gold, predicted)]
    few, many = sorted(groups, key=len)
    return max(
        sum(2 * len(one & other) / (len(one) + len(other)) for one, other in zip(few, order, strict=False))
        for order in permutations(many)
    )


@given(GROUPS, st.data())
def test_metrics_links_ceaf_finds_the_best_alignment(gold: dict[int, int], data: st.DataObject) -> None:
    predicted = {item: data.draw(st.integers(0, 4)) for item in gold}
    found = link_qualities(gold, predicted)["ceaf_e"]
    assert found.recall == pytest.approx(ceaf(gold, predicted) / len(set(gold.values())))


@given(GROUPS, st.data())
def test_metrics_links_precision_is_recall_the_other_way_round(gold: dict[int, int], data: st.DataObject) -> None:
    predicted = {item: data.draw(st.integers(0, 4)) for item in gold}
    there, back = link_qualities(gold, predicted), link_qualities(predicted, gold)
    for name, quality in there.items():
        assert quality.precision == pytest.approx(back[name].recall), name
