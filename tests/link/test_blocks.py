from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from pipeline.link.blocks import Blocks
from pipeline.link.happenings import Happening, Site, View
from pipeline.link.settings import BlockSettings
from pipeline.link.words import rarity

SETTINGS = BlockSettings(rare_words=10, max_word=2, word_days=15, place_days=3, max_key=5, place=0.55, min_shared=1.1)
TOWN = Site("resolved", "geonames:1", "Nikopol", ("Nikopol",), 47.57, 34.4, "UA", "Dnipro", "settlement", 1.0)


def happening(name: str, words: str, *, day: str, place: Site | None = None) -> Happening:
    view = View(dict.fromkeys(words.split(), 1), {}, frozenset(), frozenset(), frozenset())
    return Happening(
        key=(name, "v0"),
        main=True,
        type="shelling",
        source=None,
        sha256=name,
        published=date.fromisoformat(day).toordinal(),
        earliest=None,
        latest=None,
        date=None,
        place=place,
        towns=frozenset(),
        roles=(),
        figures={},
        evidence=(),
        local=view,
        whole=view,
        shape=(),
    )


def pairs(found: Sequence[Happening], settled: str = "") -> list[str]:
    blocks = Blocks(rarity([one.whole.words for one in found], 1000), SETTINGS, whole=True)
    for index, one in enumerate(found):
        blocks.add(index, one, settled=one.key[0] in settled)
    return [found[i].key[0] + found[j].key[0] for i, j in blocks.pairs(range(len(found)))]


def test_link_blocks_pair_what_shares_rare_words_whenever_it_was_told() -> None:
    a = happening("a", "lysak patriotiv people", day="2023-02-07")
    b = happening("b", "lysak patriotiv court", day="2024-09-01")
    c = happening("c", "people court", day="2023-02-07")
    assert pairs([a, b, c]) == ["ab"]


def test_link_blocks_pair_by_words_that_many_hold_only_among_the_days_around() -> None:
    told = [
        happening(name, "haddad karim", day=day)
        for name, day in (("a", "2023-02-07"), ("b", "2023-02-09"), ("c", "2023-07-01"), ("d", "2023-07-02"))
    ]
    assert pairs(told) == ["ab", "cd"]


def test_link_blocks_pair_by_day_and_place_without_a_word_in_common() -> None:
    near = TOWN._replace(gazetteer_id="geonames:2", lat=47.6)
    a = happening("a", "flat", day="2023-02-07", place=TOWN)
    b = happening("b", "couple", day="2023-02-08", place=near)
    c = happening("c", "bakery", day="2023-02-17", place=TOWN)
    assert pairs([a, b, c]) == ["ab"]


def test_link_blocks_what_too_many_share_leads_nowhere() -> None:
    told = [happening(name, "flat", day="2023-02-07", place=TOWN) for name in "abcdef"]
    assert pairs(told) == []
    assert len(pairs(told[:5])) == 10


def test_link_blocks_two_settled_events_are_no_pair() -> None:
    told = [happening(name, "flat", day="2023-02-07", place=TOWN) for name in "abc"]
    assert pairs(told, settled="ab") == ["ac", "bc"]
    assert pairs(told, settled="abc") == []
