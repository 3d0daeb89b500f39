"""Upper-case text in normal case: words, names, passages, and the record that still quotes the article."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel
from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

from pipeline import facts
from pipeline.analyse import extract
from pipeline.articles import RawArticle
from pipeline.assemble import to_record
from pipeline.build import build_nlp, make_doc
from pipeline.config import load_config
from pipeline.records import Entity, Place
from pipeline.truecase import LONG_PASSAGE, is_shouted, truecase

STORY = """SAN ROQUE, 4 MAR 91 (EFE) -- [TEXT] GUERRILLAS OF THE NORTHERN LIBERATION FRONT [NLF] KILLED THREE SOLDIERS
AND WOUNDED A CHILD ON SUNDAY IN VILLA DE LAS FLORES, POLICE SAID.

   COLONEL RAMIRO TEJADA SAID THE NLF ATTACKED TEJADA'S CONVOY WITH AN M-16 RIFLE AND TWO GRENADES.
"""
HEADLINE = "THREE SOLDIERS KILLED IN NORTHERN AMBUSH"


@pytest.mark.parametrize(
    "normal",
    [
        pytest.param("Two gunmen shot a judge on Monday in Kandahar, Afghanistan.", id="words and names"),
        pytest.param("The mayor's driver didn't see the Salvadoran army's truck.", id="apostrophes"),
        pytest.param("They met in San Luis de la Reina and in Santa Rosa del Monte.", id="particles"),
        pytest.param(
            "Police blamed the Patriotic Youth Front [PYF]. The PYF denied it.", id="a short form in brackets"
        ),
        pytest.param("The National Republican Alliance [ARENA] won; ARENA's men left.", id="short form and word"),
        pytest.param("Mayor Hugo Brewer drank with a brewer.", id="a rare word after a name"),
        pytest.param("The UN and the FARC signed it, the U.S. ambassador said.", id="known short forms"),
        pytest.param("President George Bush left early. Bush had met nobody.", id="a surname that is a word"),
        pytest.param("A fire burned near a bush that the president saw.", id="the word that is no surname"),
        pytest.param("General Omar Kassim met Bishop Duarte and a priest.", id="titles before names only"),
        pytest.param("It happened in May 1990, and it may happen on 3 March.", id="months that are words"),
        pytest.param("They fired a 9mm pistol and an M-16 in the 2nd attack.", id="numbers"),
        pytest.param("Maria O'Brien and Ian McDonald were unhurt.", id="capitals inside names"),
        pytest.param("Troops of Bashar al-Assad left East Jerusalem.", id="articles before a hyphen"),
        pytest.param("Gen. Kassim died at once. His driver survived.", id="an abbreviated title ends no sentence"),
        pytest.param('He said: "We will fight." Nobody answered.', id="a quote opens with a capital"),
        pytest.param("The Tejada Battalion left the battalion's base.", id="kinds after a name only"),
        pytest.param("Antigovernment gunmen unloaded narcotics in Turkey.", id="prefixes; a nation that is a word"),
    ],
)
def test_truecase_writes_a_sentence_as_a_newspaper_would(normal: str) -> None:
    assert truecase(normal.upper()) == normal


def test_truecase_joins_names_across_wrapped_lines() -> None:
    assert truecase("THE BODIES WERE FOUND IN NEW\nYORK AND IN SANTA\nELENA ON FRIDAY.") == (
        "The bodies were found in New\nYork and in Santa\nElena on Friday."
    )


def test_truecase_reads_labels_of_agencies() -> None:
    assert truecase("LIMA, 9 JAN 90 (ANA) -- [TEXT] THE POLICE FOUND A BOMB.") == (
        "Lima, 9 Jan 90 (ANA) -- [Text] The police found a bomb."
    )


def test_truecase_tells_the_country_from_the_pronoun() -> None:
    assert truecase("US TROOPS TOLD US TO LEAVE, AND THE US EMBASSY CLOSED.") == (
        "US troops told us to leave, and the US embassy closed."
    )


def test_truecase_keeps_letters_whose_small_form_is_longer() -> None:
    assert truecase("FOUR MEN DIED IN İZMİR ON TUESDAY.") == "Four men died in İzmİr on Tuesday."


def test_truecase_handles_accents_composed_and_not() -> None:
    assert truecase("THREE DIED NEAR PEN\u0303A BLANCA AND BOGOTÁ.") == "Three died near Pen\u0303a Blanca and Bogotá."


def test_truecase_leaves_a_headline_over_normal_text() -> None:
    text = f"{HEADLINE}\n\nGunmen killed three soldiers near Kosti on Monday, officials said."
    assert truecase(text) is text


def test_truecase_rewrites_a_long_passage_inside_normal_text() -> None:
    passage = "REBELS KILLED THREE SOLDIERS NEAR KOSTI ON MONDAY, OFFICIALS SAID. " * 4
    assert len(passage) > LONG_PASSAGE
    text = f"Our reporter writes from the town.\n{passage}\nMore follows from the same town."
    written = truecase(text)
    assert "Rebels killed three soldiers near Kosti on Monday, officials said." in written
    assert (written[:35], written[-33:]) == (text[:35], text[-33:])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (HEADLINE, True),
        ("Three soldiers killed in northern ambush", False),
        ("NATO, UN", False),
        ("1991-03-04 12:00", False),
        ("", False),
    ],
)
def test_is_shouted_needs_words_in_capitals(text: str, expected: bool) -> None:
    assert is_shouted(text) is expected


@given(st.text())
def test_truecase_keeps_length_and_changes_nothing_but_case(text: str) -> None:
    for given_text in (text, text.upper(), f"{HEADLINE} {text.upper()}"):
        written = truecase(given_text)
        assert len(written) == len(given_text)
        assert all(new in (old, old.lower()) for new, old in zip(written, given_text, strict=True))


@given(st.text().filter(lambda text: not any(map(str.isupper, text))))
def test_truecase_returns_normal_text_itself(text: str) -> None:
    normal = f"Gunmen killed three soldiers near Kosti on Monday. {text}"
    assert truecase(normal) is normal


@given(st.lists(st.sampled_from(STORY.split()), min_size=30, max_size=60))
@settings(max_examples=50, deadline=None)
def test_truecase_of_its_own_answer_changes_nothing(words: list[str]) -> None:
    written = truecase(" ".join(words))
    assert is_shouted(written) or truecase(written) is written


@pytest.fixture(scope="module")
def nlp() -> Language:
    return build_nlp(load_config())


def _quotes(value: Any) -> Iterator[tuple[int, int, str]]:
    if isinstance(value, list):
        for item in value:
            yield from _quotes(item)
    elif isinstance(value, BaseModel):
        if {"start", "end", "text"} <= set(type(value).model_fields):
            yield value.start, value.end, value.text  # type: ignore[attr-defined]
        for name in type(value).model_fields:
            yield from _quotes(getattr(value, name))


def test_record_of_an_upper_case_article_quotes_the_article(nlp: Language) -> None:
    record = extract(nlp, STORY, published="1991-03-05")
    quotes = list(_quotes(record))
    assert all(STORY[start:end] == text for start, end, text in quotes)
    assert {"KILLED", "THREE", "NLF", "VILLA DE LAS FLORES"} <= {text for _, _, text in quotes}
    assert record.article.chars == len(STORY)
    assert all(name in " ".join(STORY.split()) for place in record.places for name in place.names_in_text)


def test_upper_case_article_is_read_as_well_as_the_same_article_in_normal_case(nlp: Language) -> None:
    shouted, normal = (
        extract(nlp, text, published="1991-03-05")
        for text in ("TWO SOLDIERS WERE KILLED IN BOGOTA ON SUNDAY.", "Two soldiers were killed in Bogota on Sunday.")
    )
    for one, other in zip(shouted.events, normal.events, strict=True):
        assert (one.type, one.trigger.start, one.toll, one.place) == (
            other.type, other.trigger.start, other.toll, other.place,
        )  # fmt: skip
    assert shouted.events[0].toll.killed is not None
    assert [place.gazetteer_id for place in shouted.places] == [place.gazetteer_id for place in normal.places]


@given(text=st.text(alphabet="ABCÉİ .,\n[]'-", min_size=40, max_size=200))
@settings(max_examples=25, deadline=None)
def test_extract_puts_the_article_s_words_at_the_offsets(text: str) -> None:
    shouted = f"{HEADLINE} {text}"
    read = truecase(shouted)
    doc = Doc(Vocab(), words=[read], spaces=[False])
    half = len(read) // 2
    facts.put(doc, "entities", [Entity(id="e0", start=0, end=half, text=read[:half], label="ORG")])
    facts.put(doc, "places", [Place(id="p0", status="unresolved", names_in_text=[read[:half], "not there"])])
    record = to_record(doc, shouted)
    assert record.entities[0].text == shouted[:half]
    assert record.places[0].names_in_text == [shouted[:half], "not there"]


def test_extract_refuses_another_text(nlp: Language) -> None:
    doc = make_doc(nlp, RawArticle("a", STORY))
    with pytest.raises(ValueError, match="the Doc was made from one of"):
        to_record(doc, STORY + "MORE")


def test_make_doc_keeps_the_article_s_text(nlp: Language) -> None:
    doc = make_doc(nlp, RawArticle("a", STORY))
    assert facts.text(doc) == STORY
    assert doc.text == truecase(STORY)
    normal = make_doc(nlp, RawArticle("b", "Gunmen left."))
    assert facts.text(normal) == normal.text == "Gunmen left."
