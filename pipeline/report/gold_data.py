"""An evaluation as the data of a page: gold beside prediction, with every mistake where it was made."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.gold import as_record
from pipeline.report.page import Blocks, render, write_page
from pipeline.report.payload import CATEGORIES, slim, type_table

if TYPE_CHECKING:
    from pipeline.evaluation import Evaluation

ARTICLE_COLUMNS = ("id", "title", "published", "source", "missed", "false alarms", "wrong", "failure", "block", "at")
MISTAKE_COLUMNS = ("article", "figure", "kind", "gold", "predicted", "start", "end", "context")
_KINDS = {"missed": "missed", "false alarms": "false alarm", "wrong": "wrong"}


def write_evaluation(evaluation: Evaluation, out: Path) -> int:
    """Write an evaluation as one HTML file; returns its size in bytes.

    Raises:
        ResourceError: ``out`` cannot be written.
    """
    blocks = Blocks()
    articles: list[list[Any]] = []
    mistakes: list[list[Any]] = []
    for gold in evaluation.golds:
        sheet = evaluation.sheets[gold.id]
        record = evaluation.records.get(gold.id)
        number = len(articles)
        mistakes += ([number, *(getattr(one, name) for name in MISTAKE_COLUMNS[1:])] for one in sheet.mistakes)
        about = gold.article.model_dump(mode="json", exclude_none=True)
        said = None if record is None else slim(record, with_text=True)
        due = slim(as_record(gold), with_text=True)
        at = blocks.add({"article": about, "text": gold.text, "gold": due, "said": said})
        counts = [sum(one.kind == kind for one in sheet.mistakes) for kind in _KINDS.values()]
        meta = [about.get(name) for name in ARTICLE_COLUMNS[:4]]
        articles.append([*meta, *counts, evaluation.failures.get(gold.id), *at])
    found = evaluation.as_json()
    index = {
        "kind": "evaluation",
        "name": "gold beside prediction",
        "has_text": True,
        "categories": CATEGORIES,
        "types": type_table(),
        "gold": evaluation.gold,
        "scopes": found["scopes"],
        "articles": {"columns": ARTICLE_COLUMNS, "rows": articles},
        "mistakes": {"columns": MISTAKE_COLUMNS, "rows": mistakes},
    }
    return write_page(out, render("Dateline evaluation", index, blocks, with_map=False))
