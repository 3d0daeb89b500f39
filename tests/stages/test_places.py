"""Stage ``places``: each kind of name and of context, in a sentence of news."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from syrian_names import SYRIAN

from pipeline import facts, trace
from pipeline.gazetteer import Gazetteer, open_gazetteer
from pipeline.records import Entity, Place, Record
from pipeline.stages.places import Options, Places
from pipeline.stages.places.evidence import Context, PlaceMention
from pipeline.stages.places.resolve import resolve


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return open_gazetteer()


def _place_of(record: Record, words: str) -> Place:
    (entity, *_) = [one for one in record.entities if words in one.text]
    (place,) = [one for one in record.places if one.id == entity.place]
    return place


def _one(gazetteer: Gazetteer, *names: str | PlaceMention, countries: Sequence[str] = ()) -> list[Place]:
    mentions = [
        name if isinstance(name, PlaceMention) else PlaceMention(f"e{n}", n * 100, n * 100 + len(name), name)
        for n, name in enumerate(names)
    ]
    return resolve(mentions, Context(demonyms=dict.fromkeys(countries, 1)), gazetteer)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("A driver was shot in the 4000 block of Newburgh Drive.", "Newburgh"),
        ("Police searched the corner of Columbus and Monroe streets.", "Columbus"),
        ("A car bomb went off on Haifa Street in Baghdad.", "Haifa"),
    ],
)
def test_a_street_is_not_the_town_that_it_is_called_after(read: Callable[[str], Record], text: str, name: str) -> None:
    assert all(name not in (place.name or "") for place in read(text).places)


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        ("A gunman opened fire on the Champs-Elysees boulevard in Paris.", "Champs-Elysees", "Champs-Élysées"),
        ("She was born in Churchill, Man., in 1970.", "Man", "Manitoba"),
    ],
)
def test_a_known_street_and_a_listed_abbreviation_stay_places(
    read: Callable[[str], Record], text: str, words: str, name: str
) -> None:
    assert _place_of(read(text), words).name == name


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("Gunmen raided a village in northern Nigeria.", "Nigeria", "NG"),
        ("The flood hit parts of south-eastern Turkey.", "Turkey", "TR"),
    ],
)
def test_a_part_of_a_country_is_known_to_the_country(
    read: Callable[[str], Record], text: str, name: str, country: str
) -> None:
    (place,) = read(text).places
    assert (place.name, place.country, place.precision) == (name, country, "country")


@pytest.mark.parametrize(("name", "identity"), SYRIAN.items())
def test_syrian_names_resolve_in_a_text_about_syria(gazetteer: Gazetteer, name: str, identity: str) -> None:
    place = _one(gazetteer, name, "Syria")[0]
    assert (place.gazetteer_id, place.country) == (identity, "SY")


@pytest.mark.parametrize(
    ("text", "words", "identity"),
    [
        ("Two men were arrested in Oxford, North Carolina, on Friday.", "Oxford", "geonames:4483745"),
        ("The flood reached Oxford, England, overnight.", "Oxford", "geonames:2640729"),
        ("Police in Jackson, Miss., arrested a driver.", "Jackson", "geonames:4431410"),
        ("The W.Va. governor spoke to reporters in Charleston.", "Charleston", "geonames:4801859"),
        ("Lawmakers met in Washington, D.C., on Monday.", "Washington", "geonames:4140963"),
        ("Militias clashed in Tripoli, the Libyan capital.", "Tripoli", "geonames:2210247"),
        ("The mayor of Tripoli, Lebanon, called for calm.", "Tripoli", "geonames:266826"),
        ("Georgia accused Russia of shelling villages near Tskhinvali.", "Georgia", "geonames:614540"),
        ("Georgia's governor declared an emergency in Atlanta.", "Georgia", "geonames:4197000"),
        ("Militants seized a post in Hassakeh province in Syria.", "Hassakeh", "geonames:173813"),
        ("A mine killed a child in the city of Hassakeh in Syria.", "Hassakeh", "geonames:173811"),
        ("Russian shells fell on Kharkiv region in Ukraine.", "Kharkiv", "geonames:706482"),
        ("A ship was attacked in the Red Sea.", "Red Sea", "dateline:red-sea"),
        ("Israeli troops raided Jenin refugee camp.", "Jenin", "dateline:jenin-camp"),
    ],
)
def test_context_decides_which_namesake_is_meant(
    read: Callable[[str], Record], text: str, words: str, identity: str
) -> None:
    assert _place_of(read(text), words).gazetteer_id == identity


def test_names_that_the_text_equates_are_one_place(read: Callable[[str], Record]) -> None:
    place = _place_of(read("A convoy was hit near Dayro Zcuro (Deir ez-Zor) in Syria."), "Dayro Zcuro")
    assert place.gazetteer_id == "geonames:170794"
    assert place.names_in_text == ["Dayro Zcuro", "Deir ez-Zor"]


@pytest.mark.parametrize(
    "text",
    [
        "Jets bombed the village of Milaja, Idlib, at dawn.",
        "A drone struck Milaja (Idlib) and wounded three people.",
        "A shell hit a school in Milaja village in Idlib province.",
    ],
)
def test_an_unknown_village_is_placed_in_its_province_and_says_so(read: Callable[[str], Record], text: str) -> None:
    place = _place_of(read(text), "Milaja")
    assert (place.gazetteer_id, place.precision) == ("geonames:169387", "admin1")


def test_an_unknown_name_without_a_parent_is_unresolved_never_a_namesake_elsewhere(gazetteer: Gazetteer) -> None:
    place = _one(gazetteer, "Qarat Nowhere", "Syria")[0]
    assert (place.status, place.gazetteer_id, place.lat, place.precision) == ("unresolved", None, None, None)
    assert place.names_in_text == ["Qarat Nowhere"]


def test_a_transliteration_is_found_only_inside_the_countries_of_the_text(gazetteer: Gazetteer) -> None:
    inside = _one(gazetteer, "Kafr Nubbol", "Idlib", "Syria")[0]
    outside = _one(gazetteer, "Kafr Nubbol", "Peru", "Lima")[0]
    assert inside.gazetteer_id == "geonames:168661"
    assert outside.status == "unresolved"


def test_one_name_has_one_sense_through_a_text(read: Callable[[str], Record]) -> None:
    record = read("The fire in Paris, Kentucky, is out. Firefighters from Lexington helped. Paris thanked them.")
    assert {one.place for one in record.entities if one.text.startswith("Paris")} == {_place_of(record, "Paris").id}
    assert _place_of(record, "Paris").admin1 == "Kentucky"


def test_a_name_told_with_its_kind_does_not_bear_out_the_bare_name(read: Callable[[str], Record]) -> None:
    record = read("BEIRUT — Shots rang out in Tripoli. Lebanese troops sealed off the port city of Tripoli on Sunday.")
    assert {place.country for place in record.places} == {"LB"}


def test_adjectives_of_nations_are_no_places_but_point_to_a_country(gazetteer: Gazetteer) -> None:
    lebanese = _one(gazetteer, "Tripoli", countries=["LB"])[0]
    libyan = _one(gazetteer, "Tripoli", countries=["LY"])[0]
    assert (lebanese.country, libyan.country) == ("LB", "LY")


def test_words_that_are_also_villages_are_no_places(read: Callable[[str], Record]) -> None:
    record = read("Of the men, March was the best month. Most of them had Reading lessons in May.")
    assert record.places == []


def test_precision_says_what_kind_of_place_it_is(gazetteer: Gazetteer) -> None:
    places = _one(gazetteer, "Syria", "Idlib Governorate", "Aleppo", "Euphrates", "Bab al-Hawa")
    assert [place.precision for place in places] == ["country", "admin1", "settlement", "region", "point"]


def test_a_close_call_is_ambiguous_and_names_its_candidates(gazetteer: Gazetteer) -> None:
    place = _one(gazetteer, "Springfield")[0]
    assert place.status == "ambiguous"
    assert len(place.candidates) > 2
    assert place.candidates[0].score >= place.candidates[1].score


def test_a_trace_says_which_candidates_there_were(gazetteer: Gazetteer) -> None:
    with trace.tracing() as decisions:
        _one(gazetteer, "Tripoli", "Lebanon")
    (decision,) = [one for one in decisions if one.text == "Tripoli"]
    assert "geonames:266826" in decision.detail
    assert "geonames:2210247" in decision.detail


def test_the_component_writes_places_into_their_entities(gazetteer: Gazetteer) -> None:
    doc = spacy.blank("en")("Manbij fell.")
    facts.put(doc, "entities", [Entity(id="e0", start=0, end=6, text="Manbij", label="GPE")])
    doc = Places(gazetteer, Options())(doc)
    (entity,), (place,) = facts.entities(doc), facts.places(doc)
    assert entity.place == place.id
    assert place.mentions == ["e0"]


def test_places_below_the_asked_score_are_left_unresolved(gazetteer: Gazetteer) -> None:
    doc = spacy.blank("en")("Springfield burned.")
    facts.put(doc, "entities", [Entity(id="e0", start=0, end=11, text="Springfield", label="GPE")])
    (place,) = facts.places(Places(gazetteer, Options(min_score=0.99))(doc))
    assert (place.status, place.lat) == ("unresolved", None)
    assert place.candidates


NAMES = st.sampled_from(
    [
        "Aleppo",
        "Idlib",
        "Paris",
        "Georgia",
        "Tripoli",
        "Springfield",
        "Kafr Nobol",
        "Nowhere",
        "U.S.",
        "Syria",
        "Damascus",
    ]
)


@settings(deadline=None, max_examples=40)
@given(names=st.lists(NAMES, min_size=1, max_size=6), data=st.data())
def test_every_mention_belongs_to_exactly_one_place(names: list[str], data: st.DataObject) -> None:
    mentions = []
    for number, name in enumerate(names):
        parent = data.draw(st.integers(-1, len(names) - 1))
        within = parent if parent not in (-1, number) else None
        mentions.append(PlaceMention(f"e{number}", number * 50, number * 50 + len(name), name, within=within))
    places = resolve(mentions, Context(), open_gazetteer())
    assert sorted(one for place in places for one in place.mentions) == sorted(mention.entity for mention in mentions)
    for place in places:
        assert (place.lat is None) == (place.lon is None) == (place.gazetteer_id is None)
        assert (place.status == "unresolved") == (place.lat is None)
        assert 0 <= place.score <= 1
