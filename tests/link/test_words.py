from __future__ import annotations

import pytest

from pipeline.link.words import cosine, english, rarity, words


def test_link_words_are_small_and_without_possessives() -> None:
    assert words("Baker Salim Aziz's 23-year-old son, 1,200 km away") == [
        *("baker", "salim", "aziz", "23", "year-old", "son", "1,200", "km", "away")
    ]


def test_link_words_that_english_knows_weigh_less_than_names() -> None:
    rare = rarity([["the", "police", "lysak"], ["the", "police", "nikopol"]], 1000)
    assert rare("lysak") > 2 * rare("the") > 0
    assert rare("lysak") > rare("police")
    assert english()["the"] > 0.9


def test_link_one_article_more_hardly_changes_how_rare_a_word_is() -> None:
    few = [["police", "lysak"], ["police", "nikopol"]]
    before, after = rarity(few, 1000), rarity([*few, ["flood", "mayor"]], 1000)
    assert after("lysak") == pytest.approx(before("lysak"), rel=0.01)


def test_link_cosine_is_one_with_itself_and_nothing_with_strangers() -> None:
    rare = rarity([["a", "lysak"], ["nikopol"]], 1000)
    bag = rare.bag({"lysak": 2, "nikopol": 1})
    assert cosine(bag, bag, bag) == pytest.approx(1)
    assert cosine(bag, rare.bag({"aziz": 1}), []) == 0
