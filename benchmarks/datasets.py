"""The annotated sets, each with its own small reader, all as rows that the pipeline can take and a scorer can judge.

The sets lie outside of the project: in ``../shared/data``, or where ``DATELINE_DATA`` or ``--data`` points. A set that
is not there is skipped with a line that says so.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

DATA_ENV = "DATELINE_DATA"
SCORE_ENV = "DATELINE_SCORE"
DEFAULT_DATA = Path("../shared/data")
DEFAULT_SCORE = Path("../shared/score/score.py")

Half = Literal["a", "b"]


@dataclass(frozen=True, slots=True)
class Row:
    """One text with its gold, the row as published. ``group`` keeps rows about one thing in the same half."""

    id: str
    text: str
    published: str | None
    group: str
    gold: dict[str, Any]

    @property
    def half(self) -> Half:
        """``a`` to develop on, ``b`` to keep for the end: a hash of the group, so the same on every machine."""
        return "a" if hashlib.sha256(self.group.encode()).digest()[0] % 2 == 0 else "b"


def _plain(gold: dict[str, Any]) -> Row:
    """Sets whose scorer gives nothing but the text: no title, no date of publication."""
    return Row(str(gold["id"]), gold["text"], None, str(gold["id"]), gold)


def _dated(gold: dict[str, Any]) -> Row:
    """Stories that come with their day of publication."""
    return Row(str(gold["id"]), gold["text"], gold.get("doc_date"), str(gold["id"]), gold)


def _linked(gold: dict[str, Any]) -> Row:
    """Pages about one incident stay in one half, or the halves would share incidents."""
    return Row(str(gold["id"]), gold["text"], gold.get("doc_date"), str(gold["incident_id"]), gold)


@dataclass(frozen=True, slots=True)
class Dataset:
    """A set: its file below the data folder, its reader, and the scorer's tasks that its gold can answer."""

    name: str
    path: str
    tasks: tuple[str, ...]
    read: Callable[[dict[str, Any]], Row] = _plain


DATASETS: dict[str, Dataset] = {
    dataset.name: dataset
    for dataset in (
        Dataset("incidents", "incidents/dev.jsonl", ("toll", "toll_range", "place")),
        Dataset("incident_linking", "incident_linking/dev.jsonl", ("toll", "place"), _linked),
        Dataset("muc34-dev", "muc34/dev.jsonl", ("muc",), _dated),
        Dataset("muc34-tst1", "muc34/tst1.jsonl", ("muc",), _dated),
        Dataset("muc34-tst2", "muc34/tst2.jsonl", ("muc",), _dated),
        Dataset("event_types", "event_types/dev.jsonl", ("sub_events",)),
        Dataset("plover", "plover/train.jsonl", ("plover",)),
        Dataset("wikievents", "wikievents/dev.jsonl", ("violence",)),
        Dataset("lgl", "toponyms/lgl_dev.jsonl", ("toponyms",)),
        Dataset("tr-news", "toponyms/tr-news_dev.jsonl", ("toponyms",)),
        Dataset("re3d", "entities/re3d_dev.jsonl", ("ner",)),
        Dataset("newswire", "entities/newswire_dev.jsonl", ("ner",)),
    )
}


def data_folder(given: Path | None = None) -> Path:
    """The folder with the sets: what was given, else ``DATELINE_DATA``, else ``../shared/data``."""
    return given or Path(os.environ.get(DATA_ENV, DEFAULT_DATA))


def score_program(given: Path | None = None) -> Path:
    """The scorer: what was given, else ``DATELINE_SCORE``, else ``../shared/score/score.py``."""
    return given or Path(os.environ.get(SCORE_ENV, DEFAULT_SCORE))


def missing(dataset: Dataset, data: Path) -> str | None:
    """Why a set cannot be read, in a line for the user; ``None`` where it is there."""
    path = data / dataset.path
    if path.is_file():
        return None
    return f"{dataset.name}: skipped, no {path}; name the folder with --data or {DATA_ENV}"


def load(dataset: Dataset, data: Path, *, split: Half | None = None, limit: int | None = None) -> list[Row]:
    """The rows of a set, in its order, of one half where ``split`` says so, no more than ``limit``."""
    rows = (row for row in _rows(dataset, data) if split is None or row.half == split)
    return [row for _, row in zip(range(limit), rows, strict=False)] if limit is not None else list(rows)


def _rows(dataset: Dataset, data: Path) -> Iterator[Row]:
    with (data / dataset.path).open(encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                yield dataset.read(json.loads(line))
