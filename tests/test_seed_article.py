"""The seed article from text to record: full marks against its gold, then what a reader demands in so many words."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from spacy.language import Language

from pipeline import facts
from pipeline.articles import RawArticle
from pipeline.assemble import to_record
from pipeline.build import build_nlp, make_doc
from pipeline.config import load_config
from pipeline.gold import load_article
from pipeline.metrics import Sheet
from pipeline.records import Event, Place, Record, Span
from pipeline.scoring import score_article

ROOT = Path(__file__).parents[1]
ARTICLE = ROOT / "corpus" / "articles" / "dayrik-patrol-collision.txt"
GOLD = ROOT / "corpus" / "gold" / "dayrik-patrol-collision.yaml"
TEXT = ARTICLE.read_bytes().decode("utf-8")
FULL_MARKS = (
    "sentences.spans",
    "places.found",
    "places.id",
    "places.161km",
    "places.grouped",
    "dates.found",
    "dates.value",
    "events.found",
    "events.type",
    "events.plover",
    "events.mentions",
    "events.status",
    "events.source",
    "events.target",
    "events.date",
    "events.place",
    "events.attribution",
    "events.main",
    "casualties.found",
    "casualties.kind",
    "casualties.count",
    "casualties.victims",
    "casualties.group",
    "casualties.event",
    "casualties.status",
    "casualties.toll",
    "casualties.main_toll",
)
DAYRIK = "geonames:173530"
DEIR_EZ_ZOR = "geonames:170794"


@pytest.fixture(scope="session")
def nlp() -> Language:
    return build_nlp(load_config(ROOT / "config.yaml"))


@pytest.fixture(scope="session")
def record(nlp: Language) -> Record:
    return to_record(nlp(make_doc(nlp, RawArticle(id="seed", text=TEXT))), TEXT)


@pytest.fixture(scope="session")
def dated(nlp: Language) -> Record:
    return to_record(nlp(make_doc(nlp, RawArticle(id="seed", text=TEXT, published="2020-08-27"))), TEXT)


@pytest.fixture(scope="session")
def sheet(nlp: Language) -> Sheet:
    gold = load_article(GOLD, ARTICLE)
    doc = nlp(make_doc(nlp, RawArticle(id=gold.id, text=gold.text)))
    return score_article(gold, to_record(doc, doc.text), dates=facts.dates(doc))


@pytest.fixture(scope="session")
def collision(record: Record) -> Event:
    return main_event(record)


@pytest.fixture(scope="session")
def strikes(record: Record) -> Event:
    (event,) = [event for event in record.events if event.acled_sub_event == "Air/drone strike"]
    return event


def main_event(record: Record) -> Event:
    (event,) = [event for event in record.events if event.id == record.main_event]
    return event


def place_of(record: Record, event: Event) -> Place:
    (place,) = [place for place in record.places if place.id == event.place]
    return place


def place_named(record: Record, name: str) -> Place:
    (place,) = [place for place in record.places if name in place.names_in_text]
    return place


def at(words: str) -> int:
    """Where words stand that the article has once."""
    assert TEXT.count(words) == 1, words
    return TEXT.index(words)


def touches(span: Span, words: str) -> bool:
    start = at(words)
    return span.start < start + len(words) and start < span.end


# Against the gold


@pytest.mark.parametrize("figure", FULL_MARKS)
def test_seed_article_has_full_marks(sheet: Sheet, figure: str) -> None:
    wrong = [str(mistake) for mistake in sheet.mistakes if mistake.figure == figure]
    assert sheet.tallies[figure].f1 == 1.0, "\n".join(wrong)


def test_seed_article_entities_are_right_to_the_character_at_95_of_100(sheet: Sheet) -> None:
    wrong = [str(mistake) for mistake in sheet.mistakes if mistake.figure.startswith("entities.")]
    strict = sheet.tallies["entities.strict"].f1
    assert strict is not None
    assert strict >= 0.95, "\n".join(wrong)


# In so many words


def test_seed_article_is_the_one_that_was_given() -> None:
    digest = hashlib.sha256(ARTICLE.read_bytes()).hexdigest()
    assert digest == "d157c404b4f8b8c15d09862f7a24e409d347517b636d21ec5395c1bd44ce0fd0"


def test_seed_article_main_event_is_the_collision(collision: Event) -> None:
    assert collision.type == "vehicle_collision"
    assert collision.status == "asserted"
    assert any(touches(mention, "colliding") for mention in (collision.trigger, *collision.mentions))


def test_seed_article_collision_is_at_dayrik_which_is_one_place(record: Record, collision: Event) -> None:
    place = place_of(record, collision)
    assert (place.gazetteer_id, place.country, place.status) == (DAYRIK, "SY", "resolved")
    assert place_named(record, "Al-Malikiyah") == place_named(record, "Dayrik") == place
    assert [other.id for other in record.places if other.gazetteer_id == DAYRIK] == [place.id]


def test_seed_article_russian_patrol_collided_with_the_americans(collision: Event) -> None:
    assert [touches(span, "a Russian patrol") for span in collision.source] == [True]
    assert collision.target
    for span in collision.target:
        assert touches(span, "U.S. soldiers were injured") or touches(span, "their vehicle near")


def test_seed_article_a_number_of_soldiers_injured_and_nobody_said_to_be_killed(collision: Event) -> None:
    injured = collision.toll.injured
    assert injured is not None
    assert injured.low is not None
    assert injured.low >= 1
    assert (injured.best, injured.high) == (None, None)
    assert collision.toll.killed is None


def test_seed_article_wednesday_is_unresolved_without_a_date_of_publication(collision: Event) -> None:
    date = collision.date
    assert date is not None
    assert "Wednesday" in date.text
    assert (date.earliest, date.latest) == (None, None)


def test_seed_article_wednesday_is_the_day_before_publication(dated: Record) -> None:
    date = main_event(dated).date
    assert date is not None
    assert (date.earliest, date.latest, date.precision) == ("2020-08-26", "2020-08-26", "day")


def test_seed_article_elliott_accuses_russia(record: Record) -> None:
    accusations = [event for event in record.events if event.plover == "ACCUSE"]
    assert len(accusations) == 1
    assert [touches(span, "John Elliott") for span in accusations[0].source] == [True]
    assert ["Russia" in span.text for span in accusations[0].target] == [True]


def test_seed_article_coalition_patrol_left_as_elliott_said(record: Record) -> None:
    (retreat,) = [event for event in record.events if event.plover == "RETREAT"]
    assert retreat.status == "asserted"
    assert [touches(span, "the coalition patrol") for span in retreat.source] == [True]
    assert retreat.attribution is not None
    assert "Elliott" in retreat.attribution.text


def test_seed_article_escalation_that_nobody_seeks_did_not_happen(record: Record) -> None:
    happened = [event for event in record.events if event.status == "asserted"]
    words = [span for event in happened for span in (event.trigger, *event.mentions)]
    for unsought in ("escalate the situation", "seeking an escalation", "defend themselves", "any hostile actions"):
        assert not [span.text for span in words if touches(span, unsought)]


def test_seed_article_milley_called_gerasimov(record: Record) -> None:
    (call,) = [event for event in record.events if event.plover == "CONSULT"]
    assert [touches(span, "Mark A. Milley") for span in call.source] == [True]
    assert [touches(span, "Valery Gerasimov") for span in call.target] == [True]


def test_seed_article_air_strikes_are_one_event_through_all_its_mentions(strikes: Event) -> None:
    words = (strikes.trigger, *strikes.mentions)
    for mention in ("U.S. air strikes", "air operations", "annihilated"):
        assert any(touches(span, mention) for span in words), mention
    assert not any(touches(span, "colliding") for span in words)


def test_seed_article_attack_on_the_detachment_was_an_assault_by_the_advancing_force(record: Record) -> None:
    (attack,) = [event for event in record.events if any(touches(m, "were targeted") for m in event.mentions)]
    assert attack.plover == "ASSAULT"
    assert any(touches(span, "the advancing force consisting") for span in attack.source)
    assert any(touches(span, "A small detachment of U.S. Special Operations Forces") for span in attack.target)


@pytest.mark.parametrize("words", ["U.S. air strikes", "were targeted"])
def test_seed_article_fight_of_2018_has_its_own_month_and_place(record: Record, words: str) -> None:
    (event,) = [event for event in record.events if any(touches(mention, words) for mention in event.mentions)]
    date = event.date
    assert date is not None
    assert (date.earliest, date.latest, date.precision) == ("2018-02-01", "2018-02-28", "month")
    place = place_of(record, event)
    assert place.gazetteer_id == DEIR_EZ_ZOR
    assert place_named(record, "Dayro Zcuro") == place_named(record, "Deir ez-Zor") == place


def test_seed_article_upwards_of_300_were_killed_and_never_500(record: Record, strikes: Event) -> None:
    killed = strikes.toll.killed
    assert killed is not None
    assert (killed.low, killed.best, killed.high) == (300, 300, None)
    assert not [one for one in record.casualties if 500 in (one.low, one.best, one.high)]


def test_seed_article_one_member_of_the_sdf_was_injured(record: Record, collision: Event) -> None:
    (one,) = [casualty for casualty in record.casualties if casualty.start > at("Only one member") - 1]
    assert (one.kind, one.low, one.best, one.high) == ("injured", 1, 1, 1)
    assert one.victims is not None
    assert touches(one.victims, "member of the U.S.-allied Syrian Democratic Forces")
    assert one.event not in (None, collision.id)


@pytest.mark.parametrize("name", ["Gozarto", "Jazira", "North and East Syria"])
def test_seed_article_regions_of_syria_are_resolved(record: Record, name: str) -> None:
    place = place_named(record, name)
    assert (place.status, place.country, place.precision) == ("resolved", "SY", "region")


@pytest.mark.parametrize(("name", "label"), [("Dayro Zcuro", "GPE"), ("Al-Malikiyah", "GPE")])
def test_seed_article_local_place_names_are_places(record: Record, name: str, label: str) -> None:
    assert [entity.label for entity in record.entities if entity.text == name] == [label]


def test_seed_article_half_a_name_is_no_place(record: Record) -> None:
    assert "North and" not in [entity.text for entity in record.entities]
    assert not [place for place in record.places if "North and" in place.names_in_text]


def test_seed_article_every_span_says_what_stands_at_its_offsets(record: Record) -> None:
    spans = list(_spans(record.model_dump()))
    assert len(spans) > len(record.entities) > 0
    assert [words for start, end, words in spans if TEXT[start:end] != words] == []


def _spans(value: object) -> list[tuple[int, int, str]]:
    """Start, end and text of every span anywhere in a record."""
    if isinstance(value, list):
        return [span for item in value for span in _spans(item)]
    if not isinstance(value, dict):
        return []
    own = [(value["start"], value["end"], value["text"])] if {"start", "end", "text"} <= value.keys() else []
    return own + [span for item in value.values() for span in _spans(item)]
