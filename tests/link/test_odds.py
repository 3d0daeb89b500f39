from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.link.cluster import Grouping, group
from pipeline.link.odds import Odds, Pair

PAIRS = st.tuples(st.integers(0, 11), st.integers(0, 11)).filter(lambda pair: pair[0] < pair[1])
VALUES = st.integers(-8, 8).map(float)


def odds_of(values: dict[Pair, float]) -> Odds:
    odds = Odds()
    for number, (pair, value) in enumerate(values.items()):
        odds.add(pair, value)
        if number % 5 == 0:
            odds.freeze()
    odds.freeze()
    return odds


@given(st.dictionaries(PAIRS, VALUES))
def test_link_odds_give_back_what_was_added(values: dict[Pair, float]) -> None:
    odds = odds_of(values)
    assert len(odds) == len(values)
    for one in range(12):
        assert odds.of(one) == sorted((pair[0] + pair[1] - one, value) for pair, value in values.items() if one in pair)
        assert [odds.get((one, other)) for other in range(one + 1, 12)] == [
            values.get((one, other)) for other in range(one + 1, 12)
        ]
    assert set(odds.above(1.0)) == {pair for pair, value in values.items() if value >= 1}


@given(
    st.dictionaries(PAIRS, VALUES),
    st.lists(PAIRS, max_size=3),
    st.lists(PAIRS, max_size=3),
    st.sets(st.integers(0, 11)),
    st.lists(st.sampled_from("abcdefgh"), min_size=12, max_size=12),
)
def test_link_groups_made_part_by_part_are_those_made_at_once(
    values: dict[Pair, float], forced: list[Pair], apart: list[Pair], settled: set[int], articles: list[str]
) -> None:
    whole = Grouping(dict(enumerate(articles)), values, absent=-6)
    whole.force(forced)
    whole.keep_apart(apart)
    whole.settle(sorted(settled))
    whole.join(-0.5)
    found = group(
        odds_of(values),
        articles.__getitem__,
        12,
        threshold=-0.5,
        absent=-6,
        forced=forced,
        apart=apart,
        settled=settled.__contains__,
    )
    assert found == [members for members in whole.groups() if len(members) > 1]
