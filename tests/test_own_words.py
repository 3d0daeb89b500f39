"""A user's own words, laid over the data files; each case in a process of its own, as a process keeps to one set."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

SENTENCE = (
    "A helicopter strafed a convoy of the Red Valley Front near Gao on Monday, and hundreds of fighters were killed. "
    "Boko Haram denied it."
)
WORDS = {
    "triggers.yaml": "air_strike:\n  verbs: [strafe]\n",
    "conventions.yaml": 'vague:\n  "hundreds of": [200, 200, null]\n',
    "lexicons/actors.yaml": "known: {rebel: {Red Valley Front: [ML, RVF]}, jihadist: {Boko Haram: [TD, JASDJ]}}",
}


def configuration(folder: Path, root: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = folder / "words" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    path = folder / "mine.yaml"
    text = (root / "config.yaml").read_text("utf-8")
    assert text.count("words: null ") == 1
    path.write_text(text.replace("words: null ", "words: words "), "utf-8")
    return path


def run(root: Path, *words: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pipeline", *map(str, words)]
    return subprocess.run(command, cwd=root, input=SENTENCE, capture_output=True, text=True, check=False)


def test_own_words_are_read_and_told_in_the_manifest(root: Path, tmp_path: Path) -> None:
    config = configuration(tmp_path, root, WORDS)
    done = run(root, "run", "-", "-o", tmp_path / "out", "--config", config)
    assert done.returncode == 0, done.stderr
    record = json.loads((tmp_path / "out" / "records.jsonl").read_text("utf-8"))
    (event,) = [event for event in record["events"] if event["id"] == record["main_event"]]
    assert event["type"] == "air_strike"
    assert (event["toll"]["killed"]["low"], event["toll"]["killed"]["best"]) == (200, 200)
    actors = {actor["name"]: (actor["country"], actor["kind"]) for actor in record["actors"]}
    assert actors["Red Valley Front"] == ("ML", "rebel")
    assert actors["Boko Haram"] == ("TD", "jihadist"), "a row takes the place of the one that ships"
    hashes = json.loads((tmp_path / "out" / "manifest.json").read_text("utf-8"))["data"]
    assert {name for name in hashes if name.startswith("words/")} == {f"words/{name}" for name in WORDS}


@pytest.mark.parametrize(
    ("files", "complaint"),
    [
        ({"trigers.yaml": "{}"}, "trigers.yaml is no file of models/. Did you mean 'triggers.yaml'?"),
        ({"ontology.yaml": "{}"}, "ontology.yaml cannot be changed"),
        ({"triggers.yaml": "airstrike: {}"}, "unknown key 'airstrike'. Did you mean 'air_strike'?"),
        ({"triggers.yaml": "air_strike: {verb: [strafe]}"}, "no list 'verb'. Did you mean 'verbs'?"),
        ({"triggers.yaml": "air_strike: {verbs: strafe}"}, "air_strike: verbs: expected a list, got 'strafe'"),
        ({"harm.yaml": "killed: {nouns: [slaying]}"}, "killed: no list 'nouns'. Did you mean 'noun'?"),
        ({"harm.yaml": "killed: {transitive: {violant: [garrotte]}}"}, "no list 'violant'. Did you mean 'violent'?"),
        ({"conventions.yaml": "vague: {dozens: [200, 100, null]}"}, "'dozens' must be low, best and high"),
        ({"lexicons/actors.yaml": "known: {rebels: {RVF: [ML]}}"}, "no kind 'rebels'. Did you mean 'rebel'?"),
        ({"triggers.yaml": "[strafe]"}, "triggers.yaml: expected keys, got ['strafe']"),
        ({"triggers.yaml": "air_strike: ["}, "is not valid YAML"),
        ({}, "no such folder"),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_words_that_cannot_be_used_stop_the_run_and_say_why(
    root: Path, tmp_path: Path, files: dict[str, str], complaint: str
) -> None:
    config = configuration(tmp_path, root, files)
    done = run(root, "run", "-", "-o", tmp_path / "out", "--config", config)
    assert done.returncode == 2
    assert complaint in " ".join(done.stderr.split())
    assert not (tmp_path / "out" / "records.jsonl").exists()


def test_words_come_too_late_where_the_files_were_read(root: Path, tmp_path: Path) -> None:
    config = configuration(tmp_path, root, WORDS)
    code = (
        "import sys, pathlib, pipeline\n"
        "pipeline.extract(pipeline.build_nlp(pipeline.load_config()), 'A shell killed two.')\n"
        "pipeline.build_nlp(pipeline.load_config(pathlib.Path(sys.argv[1])))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(config)], cwd=root, capture_output=True, text=True, check=False
    )
    assert "one process keeps to one set of words" in done.stderr
