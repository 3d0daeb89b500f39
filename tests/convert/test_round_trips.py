"""What is written in a format and read again is what it was, or what the format is said to hold."""

from __future__ import annotations

import hashlib
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from annotated import Drawer, records, same, texts
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.convert import conll
from pipeline.convert.annotation import Document, Mark, parse, plain, tokens
from pipeline.convert.files import FORMATS, Report
from pipeline.convert.gold import from_gold, to_gold, write_gold
from pipeline.convert.records import from_record, to_record
from pipeline.gold import GoldArticle, load_article, load_gold
from pipeline.records import Article, Record

GOLD = load_gold(Path(__file__).parents[2] / "corpus")
LOSSLESS = [name for name, each in FORMATS.items() if each.lost.startswith("nothing")]
slow = settings(deadline=None, max_examples=20, suppress_health_check=[HealthCheck.too_slow])


def through(name: str, document: Document) -> Document:
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"out{FORMATS[name].suffix or ''}"
        report = Report()
        assert FORMATS[name].write(path, [document], False, report) == 1, report
        (back,) = FORMATS[name].read(path, None)
    return back


def canonical(gold: GoldArticle) -> object:
    """Gold but for the order of its places and actors, which says nothing."""
    told = gold.model_dump()
    return told | {key: sorted(told[key], key=lambda one: str(one["id"])) for key in ("places", "actors")}


def test_annotation_formats_are_said_to_lose_nothing() -> None:
    assert LOSSLESS == ["brat", "labelstudio", "prodigy", "spacy"]


@slow
@given(made=records())
def test_a_record_survives_being_a_document(made: tuple[Record, str]) -> None:
    record, text = made
    assert to_record(from_record(record, text)) == record


@pytest.mark.parametrize("name", LOSSLESS)
@slow
@given(made=records())
def test_a_record_survives_a_format_that_loses_nothing(name: str, made: tuple[Record, str]) -> None:
    record, text = made
    document = from_record(record, text)
    back = through(name, document)
    assert same(back, document)
    assert to_record(back) == record


@slow
@given(made=records())
def test_conll_gives_back_what_it_is_said_to_hold(made: tuple[Record, str]) -> None:
    document = from_record(*made)
    assert same(through("conll", document), conll.held(document))


def test_conll_holds_text_article_sentences_and_marks_and_nothing_else() -> None:
    document = from_gold(GOLD[0])
    held = conll.held(document)
    assert (held.text, held.article, held.sentences) == (document.text, document.article, document.sentences)
    assert {(m.label, m.start, m.end) for m in held.marks} == {(m.label, m.start, m.end) for m in document.marks}
    assert any(mark.values for mark in document.marks)
    assert not any(mark.values or mark.rest for mark in held.marks)
    assert document.links
    assert not held.links


@pytest.mark.parametrize("name", [*LOSSLESS, "gold"])
def test_committed_gold_survives(name: str) -> None:
    for gold in GOLD:
        back, left_out = to_gold(through(name, from_gold(gold)))
        assert canonical(back) == canonical(gold)
        assert left_out == []


def test_conll_keeps_neighbours_and_of_overlapping_marks_the_first_and_longest() -> None:
    marks = [("e0", "GPE", 0, 4), ("e1", "GPE", 4, 8), ("e2", "ORG", 4, 6), ("e3", "ORG", 7, 9), ("v0", "attack", 5, 9)]
    document = Document("Homs, no 9", {"id": "a"}, None, tuple(Mark(*mark) for mark in marks), ())
    back = through("conll", document)
    assert {(m.label, m.start, m.end) for m in back.marks} == {("GPE", 0, 4), ("GPE", 4, 8), ("attack", 5, 9)}


def test_gold_as_records_loses_the_dates_of_no_event() -> None:
    gold = next(gold for gold in GOLD if gold.id == "kaduna-school-abduction")
    record = to_record(through("records", from_gold(gold)))
    assert "December" in {when.text for when in gold.dates}
    assert "December" not in {event.date.text for event in record.events if event.date}
    assert record.events[0].plover == "ASSAULT"
    assert record.events[0].toll.captured is not None
    assert (record.events[0].toll.captured.best, record.main_event) == (140, record.events[0].id)


@slow
@given(data=st.data())
def test_gold_of_any_spans_survives_being_a_file(data: st.DataObject) -> None:
    text = data.draw(texts())
    d = Drawer(data.draw, text)
    entities = sorted((span | {"label": "ORG"} for span in d.spans(4)), key=lambda span: (span["start"], span["end"]))
    trigger, *others = d.spans(3) or [d.span()]
    gold = GoldArticle.model_validate(
        {
            "text": text,
            "article": Article(
                id="made",
                published=d.maybe("2021-04-01"),
                source=d.maybe('A: "wire" #1'),
                chars=len(text),
                sha256=hashlib.sha256(text.encode()).hexdigest(),
            ),
            "sentences": [{"start": 0, "end": len(text), "text": text}] if data.draw(st.booleans()) else [],
            "entities": entities,
            "events": [{"id": "v", "type": "attack", "trigger": trigger, "mentions": others, "source": d.spans(2)}],
            "main_event": "v",
        }
    )
    with TemporaryDirectory() as folder:
        write_gold(Path(folder), gold)
        back = load_article(Path(folder, "gold", "made.yaml"), Path(folder, "articles", "made.txt"))
    assert back.model_dump(exclude={"article"}) == gold.model_dump(exclude={"article"})
    assert (back.article.published, back.article.source) == (gold.article.published, gold.article.source)


@slow
@given(made=records())
def test_tokens_cover_the_text_and_fit_every_mark(made: tuple[Record, str]) -> None:
    document = from_record(*made)
    cut = tokens(document.text, document.marks)
    assert "".join(document.text[t.start : t.end] + " " * t.space for t in cut) == document.text
    assert {mark.start for mark in document.marks} <= {token.start for token in cut}
    assert {mark.end for mark in document.marks} <= {token.end for token in cut}


@given(st.one_of(st.text(), st.integers(), st.floats(allow_nan=False), st.booleans(), st.lists(st.text(max_size=3))))
def test_values_survive_being_written_for_people(value: object) -> None:
    assert parse(plain(value)) == value


def test_plain_values_are_written_as_people_write_them() -> None:
    assert [plain(value) for value in ("said", "12/12/null", "12", "a; b", 12)] == [
        *("said", "12/12/null", '"12"', '"a; b"', "12"),
    ]
