"""Dateline: raw news text in, grounded incident records out.

Begin with :mod:`pipeline.records` (what comes out), then :mod:`pipeline.stages` (the way there) and
:mod:`pipeline.build` (the only assembler). Names are imported when they are first used, so that importing the package,
which spaCy does to find the stages, costs nothing::

    import pipeline

    config = pipeline.load_config()
    nlp = pipeline.build_nlp(config)
    record = pipeline.extract(nlp, "Ten people were killed in Raqqa on Monday.", published="2020-08-27")
    frames = pipeline.extract_frames(nlp, texts)             # pandas: frames.events, frames.casualties, …
    summary = pipeline.run(config, "articles/", "outputs/a") # what the command does
    print(pipeline.evaluate(config, "corpus").table())

``docs/tutorial.md`` goes through it step by step.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pipeline.analyse import extract, extract_batch
    from pipeline.articles import REASONS, SKIPS, Failure, RawArticle
    from pipeline.assemble import to_record
    from pipeline.batch import RunSummary, run
    from pipeline.build import build_nlp, make_doc
    from pipeline.config import Config, load_config
    from pipeline.errors import ConfigError, DatelineError, GoldError, InputError, ResourceError, StageError
    from pipeline.evaluation import Evaluation, evaluate
    from pipeline.frames import Frames, extract_frames
    from pipeline.io import read_articles
    from pipeline.records import (
        SCHEMA_VERSION,
        Actor,
        Article,
        Casualty,
        Count,
        DateValue,
        Entity,
        Event,
        Place,
        Record,
        Span,
        Toll,
        json_schema,
    )
    from pipeline.tables import to_frame

__all__ = [
    "REASONS",
    "SCHEMA_VERSION",
    "SKIPS",
    "Actor",
    "Article",
    "Casualty",
    "Config",
    "ConfigError",
    "Count",
    "DateValue",
    "DatelineError",
    "Entity",
    "Evaluation",
    "Event",
    "Failure",
    "Frames",
    "GoldError",
    "InputError",
    "Place",
    "RawArticle",
    "Record",
    "ResourceError",
    "RunSummary",
    "Span",
    "StageError",
    "Toll",
    "build_nlp",
    "evaluate",
    "extract",
    "extract_batch",
    "extract_frames",
    "json_schema",
    "load_config",
    "make_doc",
    "read_articles",
    "run",
    "to_frame",
    "to_record",
]

_HOME = {
    "REASONS": "articles",
    "SCHEMA_VERSION": "records",
    "SKIPS": "articles",
    "Actor": "records",
    "Article": "records",
    "Casualty": "records",
    "Config": "config",
    "ConfigError": "errors",
    "Count": "records",
    "DateValue": "records",
    "DatelineError": "errors",
    "Entity": "records",
    "Evaluation": "evaluation",
    "Event": "records",
    "Failure": "articles",
    "Frames": "frames",
    "GoldError": "errors",
    "InputError": "errors",
    "Place": "records",
    "RawArticle": "articles",
    "Record": "records",
    "ResourceError": "errors",
    "RunSummary": "batch",
    "Span": "records",
    "StageError": "errors",
    "Toll": "records",
    "build_nlp": "build",
    "evaluate": "evaluation",
    "extract": "analyse",
    "extract_batch": "analyse",
    "extract_frames": "frames",
    "json_schema": "records",
    "load_config": "config",
    "make_doc": "build",
    "read_articles": "io",
    "run": "batch",
    "to_frame": "tables",
    "to_record": "assemble",
}


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'pipeline' has no attribute {name!r}; it has {', '.join(__all__)}")
    return getattr(importlib.import_module(f"pipeline.{_HOME[name]}"), name)


def __dir__() -> list[str]:
    return __all__
