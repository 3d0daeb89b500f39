from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pipeline.gold import GoldArticle, as_record, load_article, load_gold
from pipeline.metrics import Sheet, Tally
from pipeline.records import DateValue, Record
from pipeline.scoring import score_article

CORPUS = Path(__file__).parents[1] / "corpus"
TEXT = """\
Bomb kills two in Qamishli

A bomb killed two policemen in Qamishli on 3 May 2019, the governor said. Three shoppers were hurt in the blast.

Turkish officials met the governor in Ankara.
"""
GOLD = """\
article: market
published: null
sentences: [Bomb … Qamishli, A bomb … said., Three … blast., Turkish … Ankara.]
entities:
- [Bomb, WEAPON]
- [Qamishli, GPE]
- [bomb, WEAPON]
- [Qamishli, GPE]
- [3 May 2019, DATE]
- [Turkish, NORP]
- [Ankara, GPE]
dates:
- {text: 3 May 2019, earliest: 2019-05-03, latest: 2019-05-03, precision: day}
places:
- {id: qamishli, gazetteer_id: 'geonames:164000', name: Al Qamishli, lat: 37.05, lon: 41.23, country: SY, \
precision: settlement, mentions: ['Qamishli#all']}
- {id: ankara, gazetteer_id: 'geonames:323786', name: Ankara, lat: 39.92, lon: 32.85, country: TR, \
precision: settlement, mentions: [Ankara]}
actors:
- {id: turkey, name: Turkey, country: TR, kind: government, mentions: [Turkish]}
events:
- id: blast
  type: explosion
  trigger: kills
  mentions: [killed, blast]
  date: 3 May 2019
  place: qamishli
  target: [two policemen, Three shoppers]
  attribution: {text: the governor#1, verb: said}
- id: meeting
  type: consult
  trigger: met
  place: ankara
  source: [Turkish officials]
  target: [the governor#2]
main_event: blast
casualties:
- {event: blast, kind: killed, count: 2/2/2, text: two#2, victims: {text: policemen, group: combatant}}
- {event: blast, kind: injured, count: 3/3/3, text: Three, victims: {text: shoppers, group: civilian}}
tolls:
  blast: {killed: 2/2/2, injured: 3/3/3}
"""


@pytest.fixture(scope="module")
def gold(tmp_path_factory: pytest.TempPathFactory) -> GoldArticle:
    folder = tmp_path_factory.mktemp("corpus")
    (folder / "market.txt").write_text(TEXT, encoding="utf-8")
    (folder / "market.yaml").write_text(GOLD, encoding="utf-8")
    return load_article(folder / "market.yaml", folder / "market.txt")


@pytest.fixture(scope="module")
def record(gold: GoldArticle) -> Record:
    return as_record(gold)


def dates_of(gold: GoldArticle) -> list[DateValue]:
    return [DateValue.model_validate(date.model_dump()) for date in gold.dates]


def spoil(record: Record, name: str, index: int, **values: Any) -> Record:
    """The record with one item of a list changed, or with no ``values`` left out."""
    items = list(getattr(record, name))
    if values:
        items[index] = items[index].model_copy(update=values)
    else:
        del items[index]
    return record.model_copy(update={name: items})


def wrong(sheet: Sheet) -> dict[str, Tally]:
    """The figures that are not perfect."""
    return {figure: tally for figure, tally in sheet.tallies.items() if tally.f1 != 1.0}


@pytest.mark.parametrize("article", load_gold(CORPUS), ids=lambda article: str(article.id))
def test_scoring_gives_every_gold_article_full_marks_for_what_gold_says(article: GoldArticle) -> None:
    sheet = score_article(article, as_record(article), dates=dates_of(article))
    assert wrong(sheet) == {}
    assert sheet.mistakes == []
    assert {"sentences.spans", "events.main", "casualties.main_toll"} <= sheet.tallies.keys()


def test_scoring_gives_an_empty_record_no_marks_but_for_nothing_found(gold: GoldArticle) -> None:
    sheet = score_article(gold, Record(article=gold.article), dates=[])
    assert {figure for figure, tally in sheet.tallies.items() if tally.tp} == set()
    assert sheet.tallies["events.found"] == Tally(fn=2)


def test_scoring_counts_a_sentence_that_is_glued_to_the_next(gold: GoldArticle, record: Record) -> None:
    glued = spoil(spoil(record, "sentences", 1, end=record.sentences[2].end), "sentences", 2)
    assert wrong(score_article(gold, glued)) == {"sentences.spans": Tally(tp=2, fp=1, fn=2)}


def test_scoring_entity_with_a_word_too_many_is_partial_and_not_strict(gold: GoldArticle, record: Record) -> None:
    longer = record.entities[3]
    start, end = longer.start - len("in "), longer.end
    spoilt = spoil(record, "entities", 3, start=start, end=end, text=gold.text[start:end])
    sheet = score_article(gold, spoilt)
    assert sheet.tallies["entities.partial"] == Tally(tp=7)
    assert sheet.tallies["entities.strict"] == Tally(tp=6, fp=1, fn=1)
    assert sheet.tallies["entities.GPE"] == Tally(tp=2, fp=1, fn=1)


def test_scoring_entity_of_the_wrong_label_is_wrong_for_both_labels(gold: GoldArticle, record: Record) -> None:
    sheet = score_article(gold, spoil(record, "entities", 5, label="ORG"))
    assert sheet.tallies["entities.NORP"] == Tally(fn=1)
    assert sheet.tallies["entities.ORG"] == Tally(fp=1)
    assert sheet.tallies["entities.partial"] == Tally(tp=6, fp=1, fn=1)


def test_scoring_leaves_labels_out_that_gold_does_not_annotate(gold: GoldArticle, record: Record) -> None:
    assert wrong(score_article(gold, spoil(record, "entities", 5, label="CARDINAL"))) == {
        "entities.NORP": Tally(fn=1),
        "entities.strict": Tally(tp=6, fn=1),
        "entities.partial": Tally(tp=6, fn=1),
    }


def test_scoring_place_far_away_is_wrong_by_id_and_by_distance(gold: GoldArticle, record: Record) -> None:
    away = spoil(record, "places", 1, gazetteer_id="geonames:1", lat=48.0, lon=2.0)
    sheet = score_article(gold, away)
    assert sheet.tallies["places.found"] == Tally(tp=3)
    assert sheet.tallies["places.id"] == Tally(tp=2, fp=1, fn=1)
    assert sheet.tallies["places.161km"] == Tally(tp=2, fp=1, fn=1)
    assert sheet.tallies["events.place"] == Tally(tp=1, fp=1, fn=1)
    assert max(sheet.distances) > 2000


def test_scoring_neighbouring_entry_is_wrong_by_id_and_right_within_161_km(gold: GoldArticle, record: Record) -> None:
    near = score_article(gold, spoil(record, "places", 0, gazetteer_id="geonames:2", lat=37.2, lon=41.3))
    assert near.tallies["places.id"] == Tally(tp=1, fp=2, fn=2)
    assert near.tallies["places.161km"] == Tally(tp=3)


def test_scoring_ambiguous_place_is_not_taken_for_a_resolved_one(gold: GoldArticle, record: Record) -> None:
    unsure = score_article(gold, spoil(record, "places", 1, status="ambiguous", lat=None, lon=None))
    assert unsure.tallies["places.id"] == Tally(tp=2, fn=1)


def test_scoring_one_place_split_in_two_is_one_place_too_many(gold: GoldArticle, record: Record) -> None:
    first, second = record.places[0].mentions
    split = spoil(record, "places", 0, mentions=[first])
    twin = record.places[0].model_copy(update={"id": "twin", "mentions": [second]})
    sheet = score_article(gold, split.model_copy(update={"places": [*split.places, twin]}))
    assert wrong(sheet) == {"places.grouped": Tally(tp=2, fp=1)}


def test_scoring_date_as_a_year_instead_of_a_day_is_found_and_wrong(gold: GoldArticle, record: Record) -> None:
    (date,) = dates_of(gold)
    year = date.model_copy(update={"earliest": "2019-01-01", "latest": "2019-12-31", "precision": "year"})
    sheet = score_article(gold, record, dates=[year])
    assert wrong(sheet) == {"dates.value": Tally(fp=1, fn=1)}


def test_scoring_leaves_the_dates_stage_out_where_its_dates_are_not_given(gold: GoldArticle, record: Record) -> None:
    assert not [figure for figure in score_article(gold, record).tallies if figure.startswith("dates.")]


def test_scoring_leaves_stages_out_that_are_off(gold: GoldArticle, record: Record) -> None:
    sheet = score_article(gold, record, stages=["sentences", "entities"])
    assert {figure.partition(".")[0] for figure in sheet.tallies} == {"sentences", "entities"}


def test_scoring_event_told_twice_is_found_once_and_made_up_once(gold: GoldArticle, record: Record) -> None:
    headline = record.events[0]
    again = headline.model_copy(
        update={"id": "again", "trigger": headline.mentions[2], "mentions": [headline.mentions[2]]}
    )
    split = spoil(record, "events", 0, mentions=headline.mentions[:2])
    sheet = score_article(gold, split.model_copy(update={"events": [*split.events, again]}))
    assert sheet.tallies["events.found"] == Tally(tp=2, fp=1)
    assert sheet.tallies["events.mentions"] == Tally(tp=3, fn=1)


@pytest.mark.parametrize(
    ("values", "figure", "tally"),
    [
        ({"type": "attack"}, "events.type", Tally(tp=1, fp=1, fn=1)),
        ({"plover": "ACCUSE"}, "events.plover", Tally(tp=1, fp=1, fn=1)),
        ({"status": "negated"}, "events.status", Tally(tp=1, fp=1, fn=1)),
        ({"attribution": None}, "events.attribution", Tally(fn=1)),
        ({"date": None}, "events.date", Tally(fn=1)),
        ({"place": None}, "events.place", Tally(tp=1, fn=1)),
        ({"place": "ankara"}, "events.place", Tally(tp=1, fp=1, fn=1)),
        ({"target": []}, "events.target", Tally(tp=1, fn=2)),
    ],
)
def test_scoring_wrong_value_of_an_event_lowers_its_own_figure_alone(
    gold: GoldArticle, record: Record, values: dict[str, Any], figure: str, tally: Tally
) -> None:
    assert wrong(score_article(gold, spoil(record, "events", 0, **values))) == {figure: tally}


def test_scoring_source_taken_for_target_is_wrong_for_both(gold: GoldArticle, record: Record) -> None:
    meeting = record.events[1]
    sheet = score_article(gold, spoil(record, "events", 1, source=meeting.target, target=meeting.source))
    assert wrong(sheet) == {"events.source": Tally(fp=1, fn=1), "events.target": Tally(tp=2, fp=1, fn=1)}


def test_scoring_main_event_that_is_another_has_another_toll_too(gold: GoldArticle, record: Record) -> None:
    other = record.model_copy(update={"main_event": "meeting"})
    assert wrong(score_article(gold, other)) == {
        "events.main": Tally(fp=1, fn=1),
        "casualties.main_toll": Tally(fp=1, fn=1),
    }


@pytest.mark.parametrize(
    ("values", "figure", "tally"),
    [
        ({"kind": "injured"}, "casualties.kind", Tally(tp=1, fp=1, fn=1)),
        ({"high": None}, "casualties.count", Tally(tp=1, fp=1, fn=1)),
        ({"event": "meeting"}, "casualties.event", Tally(tp=1, fp=1, fn=1)),
        ({"status": "hypothetical"}, "casualties.status", Tally(tp=1, fp=1, fn=1)),
        ({"victims": None}, "casualties.victims", Tally(tp=1, fn=1)),
    ],
)
def test_scoring_wrong_value_of_a_figure_lowers_its_own_figure_alone(
    gold: GoldArticle, record: Record, values: dict[str, Any], figure: str, tally: Tally
) -> None:
    assert wrong(score_article(gold, spoil(record, "casualties", 0, **values))) == {figure: tally}


def test_scoring_toll_with_a_kind_too_many_is_wrong_as_a_whole(gold: GoldArticle, record: Record) -> None:
    toll = record.events[0].toll.model_copy(update={"missing": record.events[0].toll.killed})
    sheet = score_article(gold, spoil(record, "events", 0, toll=toll))
    assert wrong(sheet) == {"casualties.toll": Tally(tp=2, fp=1), "casualties.main_toll": Tally(fp=1, fn=1)}
