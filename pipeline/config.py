"""The configuration: which stages run, in which order, with which options.

``config.yaml`` is read into :class:`Config`. Unknown keys are errors that name the key, the file and the nearest
right one; ``--set stages.places.min_score=0.8`` overrides single values.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from pipeline.errors import ConfigError, nearest
from pipeline.resources import data_path
from pipeline.stages import STAGES

CONFIG_NAME = "config.yaml"


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class GazetteerConfig(_Section):
    """``path``: the built store (default: where ``dateline gazetteer build`` puts it). ``tables``: the user's own."""

    path: Path | None = None
    tables: list[Path] = []


class StageConfig(BaseModel):
    """``enabled`` and the stage's own options, which the stage's module validates."""

    model_config = ConfigDict(extra="allow", frozen=True)
    enabled: bool = True

    @property
    def options(self) -> dict[str, Any]:
        return dict(self.model_extra or {})


class RunConfig(_Section):
    """Limits of a batch.

    ``batch_size`` articles, or ``batch_chars`` code points if they are fewer, go through the stages together. Articles
    of more than ``max_chars`` code points, or that take longer than ``timeout_s`` seconds, are refused with a reason.
    """

    batch_size: int = Field(default=32, ge=1)
    batch_chars: int = Field(default=200_000, ge=1)
    max_chars: int = Field(default=1_000_000, ge=1)
    timeout_s: float | None = Field(default=120.0, gt=0)


class Config(_Section):
    """Everything that ``config.yaml`` may say. The order of ``stages`` is the order in which they run.

    ``words``: a folder of the user's own YAML files, laid over those of ``models/``.
    """

    model: str
    gazetteer: GazetteerConfig = GazetteerConfig()
    words: Path | None = None
    stages: dict[str, StageConfig]
    run: RunConfig = RunConfig()

    def enabled(self) -> list[str]:
        """Names of the stages that run, in order."""
        return [name for name, stage in self.stages.items() if stage.enabled]


def load_config(path: Path | None = None, *, overrides: Sequence[str] = ()) -> Config:
    """Read a configuration file, by default the one that ships with Dateline.

    Args:
        path: a YAML file; ``None`` takes ``config.yaml`` of the working folder if there is one, else the shipped one.
        overrides: ``dotted.key=value`` strings, the value in YAML.

    Raises:
        ConfigError: not readable, not YAML, unknown or ill-typed keys, unknown stages.
    """
    if path is None:
        local = Path(CONFIG_NAME)
        path = local if local.is_file() else data_path(CONFIG_NAME)
    try:
        data = yaml.safe_load(path.read_text("utf-8"))
    except OSError as error:
        raise ConfigError(f"cannot read the configuration {path}: {error.strerror}") from error
    except yaml.YAMLError as error:
        raise ConfigError(f"{path} is not valid YAML: {error}") from error
    if not isinstance(data, dict):
        raise ConfigError(f"{path} must be a mapping with the keys {', '.join(Config.model_fields)}")
    for override in overrides:
        _override(data, override)
    return parse_config(data, where=str(path), base=path.parent)


def parse_config(data: dict[str, Any], *, where: str, base: Path | None = None) -> Config:
    """Validate configuration data. ``where`` names its origin in errors; relative paths are taken from ``base``."""
    stages = data.get("stages")
    if isinstance(stages, dict):
        data = {**data, "stages": {name: {} if value is None else value for name, value in stages.items()}}
    try:
        config = Config.model_validate(data)
    except ValidationError as error:
        raise ConfigError(_explain(error, where)) from error
    for name, stage in config.stages.items():
        if name not in STAGES:
            raise ConfigError(
                f"{where}: no stage {name!r} in 'stages'.{nearest(name, STAGES)} Stages: {', '.join(STAGES)}"
            )
        known = STAGES[name].options()
        try:
            known.model_validate(stage.options)
        except ValidationError as error:
            raise ConfigError(_explain(error, where, ("stages", name), [*known.model_fields, "enabled"])) from error
    if base is not None:
        at = config.gazetteer
        tables = [base / table for table in at.tables]
        config = config.model_copy(
            update={
                "gazetteer": GazetteerConfig(path=base / at.path if at.path else None, tables=tables),
                "words": base / config.words if config.words else None,
            }
        )
    return config


def effective(config: Config) -> dict[str, Any]:
    """All values in force as plain data, the defaults of every stage's options included."""
    values = config.model_dump(mode="json")
    for name, stage in config.stages.items():
        options = STAGES[name].options().model_validate(stage.options)
        values["stages"][name] = {"enabled": stage.enabled, **options.model_dump(mode="json")}
    return values


def _override(data: dict[str, Any], override: str) -> None:
    key, separator, value = override.partition("=")
    if not separator or not key:
        raise ConfigError(f"--set {override!r} is not KEY=VALUE, as in --set stages.places.min_score=0.8")
    *parents, last = key.split(".")
    node = data
    for parent in parents:
        if node.get(parent) is None:
            node[parent] = {}
        node = node[parent]
        if not isinstance(node, dict):
            raise ConfigError(f"--set {override!r}: {parent!r} is not a section")
    try:
        node[last] = yaml.safe_load(value)
    except yaml.YAMLError as error:
        raise ConfigError(f"--set {override!r}: the value is not valid YAML: {error}") from error


def _explain(
    error: ValidationError, where: str, prefix: tuple[str, ...] = (), known: Sequence[str] | None = None
) -> str:
    """The first problem in words: which key, in which file, and the nearest right one."""
    problem = error.errors()[0]
    path = [*prefix, *(str(part) for part in problem["loc"])]
    key = ".".join(path)
    if problem["type"] == "extra_forbidden":
        if known is None:
            sections: dict[str, type[BaseModel]] = {"gazetteer": GazetteerConfig, "run": RunConfig}
            model = sections.get(path[0], Config) if len(path) > 1 else Config
            known = list(model.model_fields)
        return (
            f"{where}: unknown key {key!r}.{nearest(path[-1], known)} Known here: {', '.join(sorted(known)) or 'none'}"
        )
    if problem["type"] == "missing":
        return f"{where}: the key {key!r} is missing"
    return f"{where}: {key!r}: {problem['msg']} (given: {problem['input']!r})"
