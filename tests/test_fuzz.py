"""Whatever the bytes, a run ends with a record or a reason for each input, and every span fits its text."""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from spacy.language import Language

from pipeline.analyse import extract_batch
from pipeline.articles import REASONS, Failure, RawArticle
from pipeline.build import build_nlp
from pipeline.config import load_config
from pipeline.formats import READERS
from pipeline.io import read_articles
from pipeline.records import Record

NEWS = (
    "At least 12 people were killed and 40 injured on Monday when a car bomb exploded in Homs, police said. "
    "“We deny it,” a spokesman for the army’s 4th Division (4D) told reporters in Damascus on 3 March 2019.\n\n"
    "Clashes between protesters and police in Zākhō left a dozen wounded; two later died. U.S.-backed forces withdrew."
)
VALID = {
    "jsonl": json.dumps({"id": "a", "text": NEWS, "published": "2019-03-05"}) + "\n" + json.dumps({"text": NEWS[:60]}),
    "json": json.dumps([{"title": "Blast", "text": NEWS}, {"text": NEWS[:80], "published": "yesterday"}]),
    "csv": f'id,published,text\n1,2019-03-05,"{NEWS}"\n2,,"{NEWS[:50]}"\n',
    "html": f"<html><head><title>Blast</title></head><body><article><p>{NEWS}</p></article></body></html>",
    "txt": f"---\npublished: 2019-03-05\n---\nBlast in Homs\n\n{NEWS}",
}


def quick(examples: int) -> settings:
    """The same few examples each time, and no shrinking: a search for the smallest would take minutes."""
    return settings(
        max_examples=examples,
        deadline=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
        derandomize=True,
    )


words = st.sampled_from([*NEWS.split(), "\n", "\n\n", "\t", "12", "dozens", "killed", "-", "–", "(", ")", "'s", "ʿAyn"])
prose = st.lists(words | st.text(max_size=6), min_size=1, max_size=40).map(" ".join)


@pytest.fixture(scope="module")
def nlp(root: Path) -> Language:
    return build_nlp(load_config(root / "config.yaml"))


def check(record: Record, text: str) -> None:
    """Every value with offsets quotes the text, and every id that is named exists."""

    def spans(value: object) -> None:
        if isinstance(value, dict):
            if {"start", "end", "text"} <= value.keys():
                assert text[value["start"] : value["end"]] == value["text"]
            for inner in value.values():
                spans(inner)
        elif isinstance(value, list):
            for inner in value:
                spans(inner)

    spans(record.model_dump())
    assert Record.model_validate_json(record.model_dump_json()) == record
    sentences = {sentence.id for sentence in record.sentences}
    assert all(mention.sentence in {None, *sentences} for event in record.events for mention in event.mentions)
    events, figures = {event.id for event in record.events}, {figure.id for figure in record.casualties}
    assert {figure.event for figure in record.casualties} <= {None, *events}
    assert {name for event in record.events for name in event.casualties} <= figures
    assert record.main_event in {None, *events}
    assert {event.place for event in record.events} <= {None, *(place.id for place in record.places)}


def analysed(nlp: Language, texts: list[str]) -> None:
    articles = [RawArticle(id=str(n), text=text, published="2019-03-05") for n, text in enumerate(texts)]
    for article, outcome in zip(articles, extract_batch(nlp, articles), strict=True):
        assert isinstance(outcome, Record), (article.text, outcome)
        check(outcome, article.text)


@quick(100)
@given(texts=st.lists(st.text(min_size=1, max_size=120), min_size=1, max_size=6))
def test_any_unicode_is_read_and_every_span_fits(nlp: Language, texts: list[str]) -> None:
    analysed(nlp, texts)


@quick(150)
@given(texts=st.lists(prose, min_size=1, max_size=6))
def test_shuffled_news_is_read_and_every_span_fits(nlp: Language, texts: list[str]) -> None:
    analysed(nlp, texts)


@quick(150)
@given(kind=st.sampled_from(sorted(VALID)), data=st.data())
def test_damaged_files_end_as_records_or_reasons(nlp: Language, kind: str, data: st.DataObject) -> None:
    damaged = bytearray(VALID[kind].encode())
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(damaged)))
        much = data.draw(st.sampled_from([0, 1, 3, 40]))
        damaged[at : at + much] = data.draw(st.binary(max_size=6) | st.sampled_from([b'"', b"\n", b"\0", b"{", b"<p>"]))
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"a.{kind}"
        path.write_bytes(damaged)
        found = list(read_articles(path))
    assert found
    assert len({item.id for item in found}) == len(found)
    assert all(item.reason in REASONS for item in found if isinstance(item, Failure))
    analysed_articles = [item for item in found if isinstance(item, RawArticle)]
    for article, outcome in zip(analysed_articles, extract_batch(nlp, analysed_articles), strict=True):
        assert isinstance(outcome, Record), (article.text, outcome)
        check(outcome, article.text)


@quick(200)
@given(suffix=st.sampled_from(sorted(READERS)), data=st.binary(max_size=400))
def test_any_bytes_are_read_as_any_kind_of_file(suffix: str, data: bytes) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"a{suffix}"
        path.write_bytes(data)
        assert list(read_articles(path))


def test_the_undamaged_files_are_articles(tmp_path: Path) -> None:
    for kind, content in VALID.items():
        (tmp_path / f"a.{kind}").write_text(content, encoding="utf-8")
        assert all(isinstance(item, RawArticle) for item in read_articles(tmp_path / f"a.{kind}")), kind
