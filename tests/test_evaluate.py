from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipeline.errors import InputError
from pipeline.evaluation import Evaluation, evaluate_records
from pipeline.gold import as_record, gold_hash, load_gold
from pipeline.metrics import Sheet, Tally
from pipeline.records import Record

CORPUS = Path(__file__).parents[1] / "corpus"
GOLD = load_gold(CORPUS)


@pytest.fixture
def records() -> list[Record]:
    return [as_record(gold) for gold in GOLD]


def write(path: Path, records: list[Record]) -> Path:
    path.write_text("".join(record.model_dump_json() + "\n" for record in records), encoding="utf-8")
    return path


def small(**tallies: Tally) -> Sheet:
    return Sheet("a", "text", tallies={name.replace("_", "."): tally for name, tally in tallies.items()})


def test_evaluate_records_gives_perfect_records_full_marks(tmp_path: Path, records: list[Record]) -> None:
    evaluation = evaluate_records(write(tmp_path / "records.jsonl", records), CORPUS)
    assert evaluation.failures == {}
    assert set(evaluation.f1()["all"].values()) == {1.0}
    assert evaluation.gold == gold_hash(CORPUS)


def test_evaluate_records_names_the_article_that_has_no_record(tmp_path: Path, records: list[Record]) -> None:
    evaluation = evaluate_records(write(tmp_path / "records.jsonl", records[1:]), CORPUS)
    assert list(evaluation.failures) == [GOLD[0].id]
    assert evaluation.scope().tallies["sentences.spans"].fn == len(GOLD[0].sentences)


def test_evaluate_records_does_not_take_a_record_of_another_text(tmp_path: Path, records: list[Record]) -> None:
    other = records[0].article.model_copy(update={"sha256": "0" * 64})
    records[0] = records[0].model_copy(update={"article": other})
    evaluation = evaluate_records(write(tmp_path / "records.jsonl", records), CORPUS)
    assert list(evaluation.failures) == [GOLD[0].id]


def test_evaluate_records_meets_gold_by_text_whatever_the_id(tmp_path: Path, records: list[Record]) -> None:
    renamed = [
        r.model_copy(update={"article": r.article.model_copy(update={"id": f"{n}.txt"})}) for n, r in enumerate(records)
    ]
    assert evaluate_records(write(tmp_path / "records.jsonl", renamed), CORPUS).failures == {}


def test_evaluate_records_refuses_a_file_that_holds_no_records(tmp_path: Path) -> None:
    path = tmp_path / "records.jsonl"
    path.write_text('{"title": "no record"}\n', encoding="utf-8")
    with pytest.raises(InputError, match="does not hold records"):
        evaluate_records(path, CORPUS)
    with pytest.raises(InputError, match="cannot read"):
        evaluate_records(tmp_path / "none.jsonl", CORPUS)


def test_evaluate_reads_records_whose_words_hold_other_line_ends(tmp_path: Path, records: list[Record]) -> None:
    article = records[0].article.model_copy(update={"source": "A\u2028B\x85C"})
    records[0] = records[0].model_copy(update={"article": article})
    assert evaluate_records(write(tmp_path / "records.jsonl", records), CORPUS).failures == {}


def test_evaluate_sums_articles_by_counts_and_keeps_rows_of_their_own() -> None:
    sheets = {"a": small(places_id=Tally(tp=1)), "b": small(places_id=Tally(tp=1, fn=2))}
    evaluation = Evaluation(gold="abc", sheets=sheets, own=("b",))
    assert evaluation.f1() == {"all": {"places.id": round(4 / 6, 4)}, "b": {"places.id": 0.5}}


def test_evaluate_median_is_that_of_all_mentions() -> None:
    sheets = {"a": small(places_id=Tally(tp=2)), "b": small(places_id=Tally(tp=1))}
    sheets["a"].distances += [0.0, 10.0]
    sheets["b"].distances += [400.0]
    evaluation = Evaluation(gold="abc", sheets=sheets)
    assert evaluation.scope().median_km == 10.0
    assert "places.median_km" in evaluation.table()


def test_evaluate_table_orders_figures_by_stage_and_shows_none_as_a_dash() -> None:
    sheets = {"a": small(events_found=Tally(fn=3), sentences_spans=Tally(tp=4, fp=1))}
    lines = Evaluation(gold="abc", sheets=sheets).table().splitlines()
    assert lines[2].split() == ["sentences.spans", "4", "0.800", "1.000", "0.889"]
    assert lines[3].split() == ["events.found", "3", "-", "0.000", "0.000"]


def test_evaluate_json_holds_what_the_table_shows_and_every_mistake(tmp_path: Path, records: list[Record]) -> None:
    records[0] = records[0].model_copy(update={"sentences": records[0].sentences[1:]})
    evaluation = evaluate_records(write(tmp_path / "records.jsonl", records), CORPUS, own=[GOLD[0].id])
    data = json.loads(json.dumps(evaluation.as_json()))
    assert data["scopes"][GOLD[0].id]["figures"]["sentences.spans"]["fn"] == 1
    assert [(one["figure"], one["kind"]) for one in data["mistakes"]] == [("sentences.spans", "missed")]
    assert f"{GOLD[0].id}:0 sentences.spans missed" in evaluation.error_list()
