from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, reject, settings
from hypothesis import strategies as st
from pydantic import ValidationError
from spacy.language import Language

from pipeline.analyse import extract_batch
from pipeline.articles import Failure, RawArticle, make_article
from pipeline.build import build_nlp
from pipeline.config import load_config
from pipeline.errors import InputError
from pipeline.records import Count, Record, Span, json_schema

bounds = st.none() | st.integers(0, 10**9)


@given(low=bounds, best=bounds, high=bounds)
def test_count_holds_only_bounds_in_order(low: int | None, best: int | None, high: int | None) -> None:
    given_bounds = [value for value in (low, best, high) if value is not None]
    if given_bounds == sorted(given_bounds):
        count = Count(low=low, best=best, high=high)
        assert Count.model_validate_json(count.model_dump_json()) == count
    else:
        with pytest.raises(ValidationError, match="low <= best <= high does not hold"):
            Count(low=low, best=best, high=high)


def test_count_is_never_negative() -> None:
    with pytest.raises(ValidationError):
        Count(low=-1)


@given(
    text=st.text(st.characters(exclude_categories=["Cs"]), max_size=9), start=st.integers(0, 99), end=st.integers(0, 99)
)
def test_span_is_as_long_as_its_text_and_never_empty(text: str, start: int, end: int) -> None:
    if text and end - start == len(text):
        assert Span(start=start, end=end, text=text).text == text
    else:
        with pytest.raises(ValidationError):
            Span(start=start, end=end, text=text)


def test_unknown_field_is_refused() -> None:
    with pytest.raises(ValidationError):
        Span.model_validate({"start": 0, "end": 1, "text": "a", "note": "x"})


def test_schema_describes_every_field_of_a_record() -> None:
    assert set(json_schema()["properties"]) == set(Record.model_fields)


@pytest.fixture(scope="module")
def nlp(root: Path) -> Language:
    return build_nlp(load_config(root / "config.yaml"))


NEWS = (
    "HOMS, Syria — At least 12 people were killed in an air strike near Homs on Monday.",
    "Between 20 and 30 soldiers and three civilians died, including two children, the U.S. military said.",
    "On 3 March 2019 the rebels, who denied the attack, shelled Aleppo (Halab); no one was hurt.",
    "“Dozens of protesters were arrested,” said Gen. Lee A. Smith, a spokesman for the Interior Ministry.",
    "The death toll rose to 17 after a number of the wounded died in hospital late last month.",
    "Russia and Ukraine exchanged 40 prisoners; up to 500 families fled Goma.",
    "He might attack Paris if talks fail, it warned.",
)
piece = st.sampled_from(NEWS) | st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
glue = st.sampled_from([" ", "\n\n", "\r\n", "\n", "", "\t", "\xa0", " – ", "\u2028"])


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(pieces=st.lists(st.tuples(piece, glue), min_size=1, max_size=8), published=st.sampled_from([None, "2020-08-27"]))
@example(pieces=[(sentence, "\n\n") for sentence in NEWS], published="2020-08-27")
def test_record_of_any_text_keeps_the_contract(
    nlp: Language, pieces: list[tuple[str, str]], published: str | None
) -> None:
    text = "".join(part for pair in pieces for part in pair)
    try:
        article = make_article({"text": text, "published": published}, default_id="a")
    except InputError:
        reject()
    (record,) = extract_batch(nlp, [article])
    assert isinstance(record, Record), record
    assert Record.model_validate_json(record.model_dump_json()) == record
    check_spans(record, article)
    check_references(record)


def nodes(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
        for part in value.values():
            yield from nodes(part)
    elif isinstance(value, list):
        for part in value:
            yield from nodes(part)


def check_spans(record: Record, article: RawArticle) -> None:
    for node in nodes(record.model_dump(mode="json")):
        if {"start", "end", "text"} <= node.keys():
            assert article.text[node["start"] : node["end"]] == node["text"], node
    ends = [0]
    for sentence in record.sentences:
        assert ends[-1] <= sentence.start < sentence.end <= len(article.text)
        ends.append(sentence.end)


def check_references(record: Record) -> None:
    lists = (record.sentences, record.entities, record.places, record.actors, record.events, record.casualties)
    known = [item.id for found in lists for item in found]
    assert len(set(known)) == len(known)
    keys = ("sentence", "place", "actor", "event", "main_event")
    used = [node.get(key) for node in nodes(record.model_dump(mode="json")) for key in keys]
    used += [mention for place in record.places for mention in place.mentions]
    used += [mention for actor in record.actors for mention in actor.mentions]
    used += [figure for event in record.events for figure in event.casualties]
    assert {identity for identity in used if isinstance(identity, str)} <= set(known)
    assert (record.main_event is None) == (not record.events)


def test_analysing_a_batch_gives_what_each_article_gives_alone(nlp: Language) -> None:
    articles = [RawArticle(f"a{n}", sentence) for n, sentence in enumerate(NEWS)]
    together = extract_batch(nlp, articles)
    assert not any(isinstance(outcome, Failure) for outcome in together)
    assert together == [extract_batch(nlp, [article])[0] for article in articles]
