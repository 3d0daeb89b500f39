"""The texts that records were made of: records hold offsets, not words."""

from __future__ import annotations

import json
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from pipeline.articles import RawArticle
from pipeline.errors import InputError
from pipeline.io import read_articles
from pipeline.records import Record

ARTICLES = "articles.jsonl"
"""The file of a run folder that holds the analysed text of each record."""


class Texts:
    """Texts by their hash. They come in the order of the records, so that few are kept."""

    def __init__(self, source: Iterator[tuple[str, str]]) -> None:
        self._source = source
        self._kept: dict[str, str] = {}

    def of(self, record: Record) -> str:
        """The text that a record was made of.

        Raises:
            InputError: it is not there.
        """
        wanted = record.article.sha256
        while wanted not in self._kept:
            found = next(self._source, None)
            if found is None:
                raise InputError(
                    "unreadable",
                    f"no text for the record of {record.article.id!r}: a record holds offsets, not the text; name the "
                    "articles that were analysed with --articles INPUT",
                )
            self._kept[found[0]] = found[1]
        return self._kept[wanted]


def texts_of(file: Path, articles: str | None) -> Iterator[tuple[str, str]]:
    """Hashes and texts for records: of ``articles``, else of the file beside them, else of the input of their run."""
    beside = file.with_name(ARTICLES)
    if articles is None and beside.is_file():
        with beside.open(encoding="utf-8") as lines:
            for line in lines:
                kept = json.loads(line)
                yield kept["sha256"], kept["text"]
        return
    kind = None
    if articles is None:
        try:
            manifest = json.loads((file.parent / "manifest.json").read_bytes())
            articles, kind = manifest["source"], manifest.get("options", {}).get("kind")
        except (OSError, ValueError, KeyError, TypeError):
            return
        if not Path(str(articles)).exists():
            return
    for article in read_articles(str(articles), kind=kind):
        if isinstance(article, RawArticle):
            yield sha256(article.text.encode()).hexdigest(), article.text
