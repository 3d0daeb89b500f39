"""What linking is set to: ``models/linking.yaml`` as a type."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from pipeline.errors import ConfigError, ResourceError, nearest
from pipeline.link.features import FEATURES, Judge
from pipeline.resources import load_yaml

BestRule = Literal["latest", "median", "most_cited", "lowest"]
"""How ``best`` is chosen among the figures of independent sources."""


class _Settings(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class JudgeSettings(_Settings):
    """Weights of a judge of pairs, and the mean log-odds from which two groups are joined."""

    threshold: float
    bias: float
    weights: dict[str, float]

    @model_validator(mode="after")
    def _known(self) -> JudgeSettings:
        for name in self.weights:
            if name not in FEATURES:
                raise ValueError(f"no feature {name!r}.{nearest(name, FEATURES)}")
        return self

    def judge(self) -> Judge:
        return Judge(self.bias, self.weights)


class BlockSettings(_Settings):
    """Which pairs are looked at at all; it is what keeps the cost near-linear."""

    rare_words: int = Field(ge=1, description="rarest words of each event that it is looked up by")
    max_word: int = Field(ge=2, description="a word that more articles hold is looked up among the days around only")
    word_days: int = Field(ge=0, description="such a word leads to events that are no more days apart")
    place_days: int = Field(ge=0, description="a place leads to events that are no more days apart")
    max_key: int = Field(ge=2, description="what more events share leads nowhere")
    place: float = Field(ge=0, description="what a place within these days weighs; a word weighs its rarity, up to 1")
    min_shared: float = Field(ge=0, description="pairs that share less are not weighed")


class CopySettings(_Settings):
    """When two articles are copies of one story."""

    run: int = Field(ge=1, description="quoted pieces in a row that are compared")
    min_pieces: int = Field(ge=1, description="shorter articles are copies only if they are the same")
    share: float = Field(gt=0, le=1, description="share of common runs, of the shorter article")


class LinkSettings(_Settings):
    """Everything in ``models/linking.yaml``; the comments there say what is fitted and what is set by hand."""

    min_news: float = Field(ge=0, le=1)
    prior: float = Field(gt=0)
    absent: float = Field(le=0, description="log-odds of two events that were never compared")
    best: BestRule
    blocks: BlockSettings
    copies: CopySettings
    main: JudgeSettings
    local: JudgeSettings


@lru_cache(maxsize=1)
def link_settings() -> LinkSettings:
    """The shipped settings.

    Raises:
        ResourceError: the file is malformed.
    """
    try:
        return LinkSettings.model_validate(load_yaml("linking.yaml"))
    except ValidationError as error:
        raise ResourceError(f"models/linking.yaml: {error}") from error


class Wishes(_Settings):
    """What a human decided: pairs of events, each ``ARTICLE/EVENT``, that belong together or do not."""

    must_link: list[tuple[str, str]] = []
    cannot_link: list[tuple[str, str]] = []


def read_wishes(path: Path) -> Wishes:
    """Read a YAML file with ``must_link`` and ``cannot_link``, each a list of pairs.

    Raises:
        ConfigError: the file cannot be read, or holds something else.
    """
    try:
        return Wishes.model_validate(yaml.safe_load(path.read_text("utf-8")) or {})
    except OSError as error:
        raise ConfigError(f"cannot read the pairs in {path}: {error.strerror or error}") from error
    except (ValidationError, yaml.YAMLError, UnicodeDecodeError) as error:
        raise ConfigError(
            f"{path}: {error}\nIt may hold must_link and cannot_link, each a list of pairs [ARTICLE/EVENT, "
            "ARTICLE/EVENT]."
        ) from error
