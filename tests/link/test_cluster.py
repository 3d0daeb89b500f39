from __future__ import annotations

from pipeline.link.cluster import Grouping


def grouped(odds: dict[tuple[int, int], float], articles: str = "abcd") -> list[list[int]]:
    grouping = Grouping(dict(enumerate(articles)), odds, absent=-6)
    grouping.join(0.0)
    return grouping.groups()


def test_link_cluster_joins_what_is_likely_and_leaves_the_rest_alone() -> None:
    assert grouped({(0, 1): 3.0, (2, 3): -1.0}) == [[0, 1], [2], [3]]


def test_link_cluster_does_not_chain_through_one_weak_friend() -> None:
    assert grouped({(0, 1): 5.0, (2, 3): 5.0, (1, 2): 1.0}) == [[0, 1], [2, 3]]


def test_link_cluster_never_joins_two_events_of_one_article() -> None:
    assert grouped({(0, 1): 5.0, (1, 2): 4.0}, articles="abad") == [[0, 1], [2], [3]]


def test_link_cluster_settled_groups_grow_but_do_not_join_each_other() -> None:
    grouping = Grouping(
        dict(enumerate("abcd")),
        {(0, 1): 5.0, (1, 2): 6.0, (2, 3): 4.0, (0, 2): 6.0, (1, 3): 4.0, (0, 3): 4.0},
        absent=-6,
    )
    grouping.settle([0, 3])
    grouping.join(0.0)
    assert grouping.groups() == [[0, 1, 2], [3]]


def test_link_cluster_keeps_apart_across_joins() -> None:
    grouping = Grouping(dict(enumerate("abc")), {(0, 1): 5.0, (1, 2): 4.0, (0, 2): 4.0}, absent=-6)
    grouping.keep_apart([(0, 2)])
    grouping.join(0.0)
    assert grouping.groups() == [[0, 1], [2]]
