"""Dateline: raw news text in, grounded incident records out.

Begin with :mod:`pipeline.records` (what comes out), then :mod:`pipeline.stages` (the way there) and
:mod:`pipeline.build` (the only assembler). Names are imported when they are first used, so that importing the package,
which spaCy does to find the stages, costs nothing::

    import pipeline

    nlp = pipeline.build_nlp(pipeline.load_config())
    record = pipeline.analyse_text(nlp, "Ten people were killed in Raqqa on Monday.", published="2020-08-27")
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pipeline.analyse import analyse_batch, analyse_text
    from pipeline.articles import REASONS, Failure, RawArticle
    from pipeline.build import build_nlp, make_doc
    from pipeline.config import Config, load_config
    from pipeline.errors import ConfigError, DatelineError, GoldError, InputError, ResourceError, StageError
    from pipeline.io import read_articles
    from pipeline.records import SCHEMA_VERSION, Record, json_schema
    from pipeline.run import RunSummary, run_batch
    from pipeline.tables import to_frame

__all__ = [
    "REASONS",
    "SCHEMA_VERSION",
    "Config",
    "ConfigError",
    "DatelineError",
    "Failure",
    "GoldError",
    "InputError",
    "RawArticle",
    "Record",
    "ResourceError",
    "RunSummary",
    "StageError",
    "analyse_batch",
    "analyse_text",
    "build_nlp",
    "json_schema",
    "load_config",
    "make_doc",
    "read_articles",
    "run_batch",
    "to_frame",
]

_HOME = {
    "REASONS": "articles",
    "SCHEMA_VERSION": "records",
    "Config": "config",
    "ConfigError": "errors",
    "DatelineError": "errors",
    "Failure": "articles",
    "GoldError": "errors",
    "InputError": "errors",
    "RawArticle": "articles",
    "Record": "records",
    "ResourceError": "errors",
    "RunSummary": "run",
    "StageError": "errors",
    "analyse_batch": "analyse",
    "analyse_text": "analyse",
    "build_nlp": "build",
    "json_schema": "records",
    "load_config": "config",
    "make_doc": "build",
    "read_articles": "io",
    "run_batch": "run",
    "to_frame": "tables",
}


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'pipeline' has no attribute {name!r}; it has {', '.join(__all__)}")
    return getattr(importlib.import_module(f"pipeline.{_HOME[name]}"), name)


def __dir__() -> list[str]:
    return __all__
