from __future__ import annotations

import csv
import json
import multiprocessing
import os
import re
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from spacy.tokens import Doc

from pipeline import batch, facts, pool
from pipeline.analyse import OutOfTime, time_limit
from pipeline.batch import Progress
from pipeline.batch import run as run_batch
from pipeline.config import Config, load_config
from pipeline.errors import ConfigError, InputError, ResourceError
from pipeline.output import FILES
from pipeline.records import Event, Record, Span

Toys = Callable[..., str]
Configs = Callable[..., Config]


def lines(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def contents(out: Path) -> dict[str, bytes]:
    """Every file that a run folder shows but the one that holds times."""
    return {path.name: path.read_bytes() for path in out.iterdir() if path.is_file() and path.name != "stats.json"}


def interrupt(_: Progress) -> None:
    raise KeyboardInterrupt


def write(path: Path, *texts: str) -> Path:
    path.write_text("\n".join(json.dumps({"id": f"a{n}", "text": text}) for n, text in enumerate(texts)))
    return path


def find_deaths(doc: Doc) -> Doc:
    """A toy stage: an event for each word "died"."""
    spans = [token for token in doc if token.text == "died"]
    triggers = [Span(start=token.idx, end=token.idx + 4, text="died") for token in spans]
    events = [Event(id=f"v{n}", type="death", trigger=span, rule="toy") for n, span in enumerate(triggers)]
    facts.put(doc, "events", events)
    return doc


def fail_on_poison(doc: Doc) -> Doc:
    if "poison" in doc.text:
        raise ValueError("it is poisoned")
    return find_deaths(doc)


@pytest.fixture
def config(toy_stage: Toys, config_of: Configs) -> Config:
    return config_of(toy_stage(fail_on_poison))


def test_run_folder_holds_every_file_and_nothing_else(tmp_path: Path, config: Config) -> None:
    run_batch(config, write(tmp_path / "in.jsonl", "Ten died."), tmp_path / "out")
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == sorted(FILES)


def test_records_are_lines_of_the_contract_in_the_order_of_the_input(tmp_path: Path, config: Config) -> None:
    run_batch(config, write(tmp_path / "in.jsonl", *(f"{n} died in Zākhō." for n in range(11))), tmp_path / "out")
    records = [Record.model_validate(line) for line in lines(tmp_path / "out" / "records.jsonl")]
    assert [record.article.id for record in records] == [f"a{n}" for n in range(11)]
    assert all(record.events[0].trigger.text == "died" for record in records)


def test_articles_keep_the_text_that_the_offsets_of_the_records_point_into(tmp_path: Path, config: Config) -> None:
    texts = ("Ten died.\u2028And 𐎠 died.", "poison", "TEN DIED IN ZĀKHŌ, AND TWO MORE DIED NEAR IT; two died later.")
    run_batch(config, write(tmp_path / "in.jsonl", *texts), tmp_path / "out")
    records = [Record.model_validate(line) for line in lines(tmp_path / "out" / "records.jsonl")]
    kept = [*map(json.loads, (tmp_path / "out" / "articles.jsonl").read_text("utf-8").split("\n")[:-1])]
    assert [line["text"] for line in kept] == [texts[0], texts[2]]
    assert [(line["id"], line["sha256"]) for line in kept] == [(r.article.id, r.article.sha256) for r in records]
    for line, record in zip(kept, records, strict=True):
        found = [line["text"][event.trigger.start : event.trigger.end] for event in record.events]
        assert found == [event.trigger.text for event in record.events] != []


def test_tables_and_map_hold_the_events_of_every_record(tmp_path: Path, config: Config) -> None:
    run_batch(config, write(tmp_path / "in.jsonl", "Ten died. Two died.", "None.", "One died."), tmp_path / "out")
    with (tmp_path / "out" / "events.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    expected = [("a0", "v0"), ("a0", "v1"), ("a2", "v0")]
    assert [(row["article_id"], row["event_id"]) for row in rows] == expected
    found = json.loads((tmp_path / "out" / "events.geojson").read_text())
    assert [feature["id"] for feature in found["features"]] == ["/".join(pair) for pair in expected]


def test_stage_that_fails_on_one_article_is_named_and_the_rest_goes_on(tmp_path: Path, config: Config) -> None:
    source = write(
        tmp_path / "in.jsonl", "Ten died.", "poison", "Two died.", "More died.", "poison again", "Last died."
    )
    summary = run_batch(config, source, tmp_path / "out")
    stage = config.enabled()[0]
    failed = lines(tmp_path / "out" / "failures.jsonl")
    reason = {"path": "in.jsonl", "reason": "stage_error", "message": "ValueError: it is poisoned", "stage": stage}
    assert failed == [{"id": "a1", **reason}, {"id": "a4", **reason}]
    records = lines(tmp_path / "out" / "records.jsonl")
    assert [Record.model_validate(record).article.id for record in records] == ["a0", "a2", "a3", "a5"]
    assert (summary.articles, summary.records, summary.failures, summary.found) == (6, 4, 2, 4)


def test_inputs_that_cannot_be_read_are_failures_too(tmp_path: Path, config: Config) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("Ten died.")
    (tmp_path / "in" / "b.txt").write_bytes(b"\0\1\2\3")
    (tmp_path / "in" / "c.txt").write_text("x" * 2_000_000)
    summary = run_batch(config, tmp_path / "in", tmp_path / "out")
    assert summary.reasons == {"not_text": 1, "too_long": 1}
    stats = json.loads((tmp_path / "out" / "stats.json").read_text())
    assert stats["failures_by_reason"] == {"not_text": 1, "too_long": 1}
    assert stats["events_by_type"] == {"death": 1}


def test_same_input_gives_the_same_bytes(tmp_path: Path, config: Config) -> None:
    source = write(tmp_path / "in.jsonl", *(f"{n} died." for n in range(9)), "poison")
    run_batch(config, source, tmp_path / "one")
    run_batch(config, source, tmp_path / "two")
    assert contents(tmp_path / "one") == contents(tmp_path / "two")


def test_number_of_workers_does_not_change_a_byte(tmp_path: Path, root: Path) -> None:
    config = load_config(root / "config.yaml", overrides=["run.batch_size=2"])
    texts = [f"Some {n} people died in Homs on {n} March 2019, police in Damascus said." for n in range(2, 9)]
    source = write(tmp_path / "in.jsonl", *texts, " ", "The army shelled Idlib; {} were hurt.")
    one = run_batch(config, source, tmp_path / "one", workers=1)
    two = run_batch(config, source, tmp_path / "two", workers=2)
    assert contents(tmp_path / "one") == contents(tmp_path / "two")
    assert (
        (one.articles, one.failures, one.reasons) == (two.articles, two.failures, two.reasons) == (9, 1, {"empty": 1})
    )


@pytest.fixture
def forked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Workers are forked, so that they know the toys of this process."""
    monkeypatch.setattr(pool, "get_context", lambda _: multiprocessing.get_context("fork"))


@pytest.mark.usefixtures("forked")
@pytest.mark.filterwarnings("ignore:.*multi-threaded.*fork:DeprecationWarning")
def test_article_that_kills_its_worker_is_put_aside_and_no_other(
    tmp_path: Path, toy_stage: Toys, config_of: Configs
) -> None:
    def kill(doc: Doc) -> Doc:
        if "poison" in doc.text:
            os.kill(os.getpid(), signal.SIGKILL)
        return find_deaths(doc)

    texts = [f"{n} died." for n in range(10)]
    texts[5] = "poison"
    run_batch(config_of(toy_stage(kill)), write(tmp_path / "in.jsonl", *texts), tmp_path / "out", workers=2)
    (failed,) = lines(tmp_path / "out" / "failures.jsonl")
    assert (failed["id"], failed["reason"]) == ("a5", "worker_died")
    records = [Record.model_validate(line).article.id for line in lines(tmp_path / "out" / "records.jsonl")]
    assert records == [f"a{n}" for n in range(10) if n != 5]


@pytest.mark.usefixtures("forked")
@pytest.mark.filterwarnings("ignore:.*multi-threaded.*fork:DeprecationWarning")
def test_worker_that_is_killed_once_leaves_no_trace(tmp_path: Path, toy_stage: Toys, config_of: Configs) -> None:
    marker = tmp_path / "killed"

    def kill_once(doc: Doc) -> Doc:
        if doc.text.startswith("5") and not marker.exists():
            marker.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return find_deaths(doc)

    config = config_of(toy_stage(kill_once))
    source = write(tmp_path / "in.jsonl", *(f"{n} died." for n in range(10)))
    run_batch(config, source, tmp_path / "disturbed", workers=2)
    assert marker.exists()
    run_batch(config, source, tmp_path / "undisturbed", workers=2)
    assert contents(tmp_path / "disturbed") == contents(tmp_path / "undisturbed")


def test_article_that_takes_too_long_is_put_aside_with_the_stage_and_no_other(
    tmp_path: Path, toy_stage: Toys, config_of: Configs
) -> None:
    def slow(doc: Doc) -> Doc:
        while "endless" in doc.text:
            pass
        return find_deaths(doc)

    config = config_of(toy_stage(slow))
    # long enough that the short articles are done in it on a busy machine, too
    config = config.model_copy(update={"run": config.run.model_copy(update={"timeout_s": 5})})
    run_batch(config, write(tmp_path / "in.jsonl", "Ten died.", "endless", "Two died."), tmp_path / "out")
    (failed,) = lines(tmp_path / "out" / "failures.jsonl")
    assert (failed["id"], failed["reason"], failed["stage"]) == ("a1", "timeout", config.enabled()[0])
    assert failed["message"] == "it took longer than run.timeout_s (5 s) allows"
    records = [Record.model_validate(line).article.id for line in lines(tmp_path / "out" / "records.jsonl")]
    assert records == ["a0", "a2"]


def test_regular_expression_that_does_not_end_is_stopped() -> None:
    begun = time.monotonic()
    with pytest.raises(OutOfTime), time_limit(0.2):
        re.match(r"(a+)+$", "a" * 60 + "b")
    assert time.monotonic() - begun < 5


def test_time_limit_leaves_no_alarm_behind() -> None:
    with time_limit(0.1):
        pass
    time.sleep(0.2)
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)


def test_batches_are_cut_by_number_and_by_length(tmp_path: Path, config: Config) -> None:
    config = config.model_copy(update={"run": config.run.model_copy(update={"batch_chars": 100})})
    texts = ["x" * 30, "x" * 30, "x" * 300, "x" * 60, "x" * 60, *["x"] * 6]
    told: list[Progress] = []
    run_batch(config, write(tmp_path / "in.jsonl", *texts), tmp_path / "out", progress=told.append)
    assert [step.done for step in told] == [2, 3, 4, 8, 11]


def test_stats_tell_the_time_of_each_stage_and_what_was_left_out(tmp_path: Path, config: Config) -> None:
    source = write(tmp_path / "in.jsonl", "Ten died.", "Two died.", "One died.")
    run_batch(config, source, tmp_path / "out", sample=2)
    stats = json.loads((tmp_path / "out" / "stats.json").read_text())
    assert stats["skipped_by_reason"] == {"not_in_sample": 1}
    assert {"tokenizer", "tagger", "parser", "ner", config.enabled()[0], "extract"} <= stats["seconds_by_stage"].keys()
    assert 0 < sum(stats["seconds_by_stage"].values()) <= stats["seconds"]


def test_sample_of_standard_input_is_refused(tmp_path: Path, config: Config) -> None:
    with pytest.raises(ConfigError, match="reads the input twice"):
        run_batch(config, "-", tmp_path / "out", sample=2)


def test_log_names_each_article(tmp_path: Path, config: Config, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("INFO", logger="pipeline"):
        run_batch(config, write(tmp_path / "in.jsonl", "Ten died.", "poison"), tmp_path / "out")
    assert caplog.messages[0] == "a0: 1 events, 0 casualties, 0 places, 0 entities"
    assert caplog.messages[1].startswith("a1: stage_error in toy")


def test_limit_stops_early(tmp_path: Path, config: Config) -> None:
    summary = run_batch(config, write(tmp_path / "in.jsonl", *["Ten died."] * 9), tmp_path / "out", limit=3)
    assert summary.articles == 3


def test_progress_is_told_in_articles_and_failures(tmp_path: Path, config: Config) -> None:
    told: list[Progress] = []
    source = write(tmp_path / "in.jsonl", "Ten died.", "poison", *["One died."] * 4)
    run_batch(config, source, tmp_path / "out", progress=told.append)
    assert [(step.done, step.resumed, step.failures) for step in told] == [(4, 0, 1), (6, 0, 1)]
    assert told[-1].share == 1.0


def test_results_of_another_run_are_kept_until_fresh_is_asked_for(tmp_path: Path, config: Config) -> None:
    out = tmp_path / "out"
    run_batch(config, write(tmp_path / "in.jsonl", "Ten died."), out)
    before = contents(out)
    with pytest.raises(ConfigError, match=r"results of another run .different: source.*--fresh"):
        run_batch(config, write(tmp_path / "other.jsonl", "Two died."), out)
    assert contents(out) == before
    run_batch(config, tmp_path / "other.jsonl", out, fresh=True)
    assert json.loads((out / "manifest.json").read_text())["source"] == str(tmp_path / "other.jsonl")


def test_run_that_is_interrupted_leaves_what_was_there(tmp_path: Path, config: Config) -> None:
    out = tmp_path / "out"
    source = write(tmp_path / "in.jsonl", *["Ten died."] * 9)
    run_batch(config, source, out)
    before = contents(out)

    with pytest.raises(KeyboardInterrupt):
        run_batch(config, source, out, progress=interrupt)
    assert contents(out) == before


def test_run_folder_that_cannot_be_made_is_named(tmp_path: Path, config: Config) -> None:
    source = write(tmp_path / "in.jsonl", "Ten died.")
    with pytest.raises(ResourceError, match=r"cannot write to the run folder .*out: Not a directory"):
        run_batch(config, source, source / "out")


def test_disk_that_is_full_is_told_and_nothing_is_left_behind(
    tmp_path: Path, config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    source = write(tmp_path / "in.jsonl", *["Ten died."] * 9)
    run_batch(config, source, out)
    before = contents(out)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pipeline.output.hash_file", full)
    with pytest.raises(ResourceError, match="No space left on device; what was there before is unchanged"):
        run_batch(config, source, out)
    assert contents(out) == before


def test_missing_input_makes_no_folder(tmp_path: Path, config: Config) -> None:
    with pytest.raises(InputError):
        run_batch(config, tmp_path / "nowhere", tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_summary_shows_each_main_event_first_and_no_more_than_fit(tmp_path: Path, config: Config) -> None:
    summary = run_batch(config, write(tmp_path / "in.jsonl", *["One died."] * 30), tmp_path / "out")
    assert summary.found == 30
    assert len(summary.events) == batch.SHOWN_EVENTS
