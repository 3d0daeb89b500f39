from __future__ import annotations

import pickle

import pytest
import spacy
from spacy.tokens import Doc, DocBin

from pipeline import facts
from pipeline.records import Article, Entity, Event, RecordWarning, Sentence, Span

TEXT = "Ten people died in Homs."


@pytest.fixture
def doc() -> Doc:
    return spacy.blank("en")(TEXT)


def entity(number: int, start: int, end: int, label: str) -> Entity:
    return Entity(id=f"e{number}", start=start, end=end, text=TEXT[start:end], label=label)


def test_facts_are_read_back_as_they_were_put(doc: Doc) -> None:
    both = [entity(0, 0, 3, "CARDINAL"), entity(1, 19, 23, "GPE")]
    facts.put(doc, "entities", both)
    assert facts.entities(doc) == both


def test_two_facts_on_one_span_stay_two(doc: Doc) -> None:
    both = [entity(0, 19, 23, "GPE"), entity(1, 19, 23, "ORG")]
    facts.put(doc, "entities", both)
    assert facts.entities(doc) == both


def test_a_list_of_facts_is_its_readers_own(doc: Doc) -> None:
    facts.put(doc, "entities", [entity(0, 0, 3, "CARDINAL")])
    facts.entities(doc).clear()
    facts.sentences(doc).append(Sentence(id="s9", start=0, end=3))
    assert [each.text for each in facts.entities(doc)] == ["Ten"]
    assert facts.sentences(doc) == []


def test_facts_written_past_put_are_read_as_well(doc: Doc) -> None:
    facts.put(doc, "entities", [entity(0, 0, 3, "CARDINAL")])
    assert facts.entities(doc)
    doc.user_data["dateline_entities"] = [entity(1, 19, 23, "GPE").model_dump(mode="json")]
    assert [each.text for each in facts.entities(doc)] == ["Homs"]


def test_putting_replaces_what_was_there(doc: Doc) -> None:
    facts.put(doc, "entities", [entity(0, 19, 23, "GPE")])
    facts.put(doc, "entities", [])
    assert facts.entities(doc) == []


def test_nothing_found_is_not_the_same_as_not_looked(doc: Doc) -> None:
    assert not facts.has(doc, "events")
    assert facts.events(doc) == []
    facts.put(doc, "events", [])
    assert facts.has(doc, "events")


def test_warnings_add_up(doc: Doc) -> None:
    facts.warn(doc, "dates", "one", "first")
    facts.warn(doc, "dates", "two", "second")
    assert [warning.code for warning in facts.warnings(doc)] == ["one", "two"]
    assert facts.warnings(doc)[0] == RecordWarning(stage="dates", code="one", message="first")


def test_facts_travel_in_a_doc_bin_and_in_a_pickle(doc: Doc) -> None:
    event = Event(id="v0", type="attack", trigger=Span(start=11, end=15, text="died"), rule="r")
    facts.put(doc, "events", [event])
    facts.set_article(doc, Article(id="a", chars=len(TEXT), sha256="0"))
    (unpacked,) = DocBin(store_user_data=True, docs=[doc]).get_docs(doc.vocab)
    for copy in (unpacked, pickle.loads(pickle.dumps(doc))):  # noqa: S301  # our own bytes
        assert facts.events(copy) == [event]
        article = facts.article(copy)
        assert article is not None
        assert article.id == "a"


def test_facts_are_readable_as_extension_attributes(doc: Doc) -> None:
    facts.put(doc, "entities", [entity(0, 19, 23, "GPE")])
    assert doc._.dateline_entities == facts.entities(doc)


def test_sentences_are_those_of_the_doc_without_white_space_around_them() -> None:
    doc = spacy.blank("en")(" Ten died.\n\n Two hurt. ")
    for token in doc:
        token.is_sent_start = token.text in (" ", "Ten", "Two")
    assert facts.sentences(doc) == [Sentence(id="s0", start=1, end=10), Sentence(id="s1", start=13, end=22)]


def test_sentence_that_is_joined_goes_on_over_the_border() -> None:
    doc = spacy.blank("en")("HOMS — Ten died. Two hurt.")
    for token in doc:
        token.is_sent_start = token.text in ("HOMS", "Ten", "Two")
    facts.join_sentences(doc, [7])
    assert facts.sentences(doc) == [Sentence(id="s0", start=0, end=16), Sentence(id="s1", start=17, end=26)]


def test_doc_whose_sentences_were_never_cut_has_none(doc: Doc) -> None:
    assert facts.sentences(doc) == []


def test_doc_of_another_pipeline_has_no_article(doc: Doc) -> None:
    assert facts.article(doc) is None
