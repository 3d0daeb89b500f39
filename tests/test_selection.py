from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.articles import Failure, RawArticle
from pipeline.errors import ConfigError
from pipeline.selection import Item, Selection


def dated(*days: str | None) -> list[Item]:
    return [RawArticle(id=f"a{n}", text="Ten died.", published=day) for n, day in enumerate(days)]


def test_since_leaves_out_what_is_earlier_or_has_no_date() -> None:
    chosen = Selection(since="2021-03-10")
    items = [*dated("2021-03-09", "2021-03-10", None, "2022-01-01"), Failure("bad", None, "empty", "")]
    assert [item.id for item in chosen.of(lambda: items)] == ["a1", "a3", "bad"]
    assert chosen.skipped == {"too_early": 1, "no_date": 1}


@pytest.mark.parametrize("day", ["yesterday", "10 March 2021", "2021-13-01"])
def test_since_that_is_no_day_is_an_error_that_says_how_to_write_one(day: str) -> None:
    with pytest.raises(ConfigError, match="write it as 2021-03-10"):
        Selection(since=day)


@given(st.integers(1, 60), st.randoms())
def test_sample_is_the_same_whatever_the_order_and_keeps_it(size: int, random: object) -> None:
    items = dated(*[None] * 40)
    shuffled = items.copy()
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    first = [item.id for item in Selection(sample=size).of(lambda: items)]
    assert len(first) == min(size, 40)
    assert first == sorted(first, key=lambda name: int(name[1:]))
    assert {item.id for item in Selection(sample=size).of(lambda: shuffled)} == set(first)


def test_sample_says_how_many_it_left_out() -> None:
    chosen = Selection(sample=3)
    assert len(list(chosen.of(lambda: dated(*[None] * 10)))) == 3
    assert chosen.skipped == {"not_in_sample": 7}


def test_sample_is_taken_of_the_recent_and_the_limit_of_the_sample() -> None:
    chosen = Selection(since="2021-01-01", sample=4, limit=2)
    items = dated(*["2020-01-01", "2021-06-01"] * 10)
    found = list(chosen.of(lambda: items))
    assert len(found) == 2
    assert all(isinstance(item, RawArticle) and item.published == "2021-06-01" for item in found)
    assert chosen.options() == {"since": "2021-01-01", "sample": 4, "limit": 2}
