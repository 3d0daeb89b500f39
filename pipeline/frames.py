"""Texts in, pandas data frames out, in one call."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from itertools import islice
from typing import TYPE_CHECKING, Any

from spacy.language import Language

from pipeline.analyse import extract_batch
from pipeline.articles import Failure, RawArticle, make_article
from pipeline.errors import InputError
from pipeline.io import unique
from pipeline.tables import COLUMNS, Row, frame, table_rows

if TYPE_CHECKING:
    import pandas as pd

_BATCH = 32  # texts that go through the stages together


@dataclass(frozen=True)
class Frames:
    """The tables of a run as data frames, and the texts that became no record with their reasons."""

    events: pd.DataFrame
    casualties: pd.DataFrame
    places: pd.DataFrame
    entities: pd.DataFrame
    failures: pd.DataFrame


def extract_frames(
    nlp: Language, texts: Iterable[str | Mapping[str, object] | RawArticle] | pd.DataFrame | str
) -> Frames:
    """The events, casualties, places and entities of texts; needs ``pip install "dateline[tables]"``.

    Args:
        texts: strings; mappings with ``text`` and optional ``id``, ``title``, ``published``, ``source``, ``url``;
            articles of :func:`pipeline.read_articles`; or a data frame with such columns. Where no id is given it is
            ``text#1``, ``text#2`` … Offsets point into the texts as they are given.

    Raises:
        ResourceError: pandas is not installed.
    """
    rows: dict[str, list[Row]] = {table: [] for table in COLUMNS}
    failures: list[dict[str, Any]] = []
    items = unique(_articles(texts))
    while batch := list(islice(items, _BATCH)):
        outcomes = iter(extract_batch(nlp, [item for item in batch if isinstance(item, RawArticle)]))
        for item in batch:
            outcome = item if isinstance(item, Failure) else next(outcomes)
            if isinstance(outcome, Failure):
                failures.append(asdict(outcome))
                continue
            for table, found in rows.items():
                found.extend(table_rows(outcome, table))
    tables = {table: frame(found, COLUMNS[table]) for table, found in rows.items()}
    return Frames(**tables, failures=frame(failures, [field.name for field in fields(Failure)]))


def _articles(texts: Any) -> Iterator[RawArticle | Failure]:
    if isinstance(texts, str):
        texts = [texts]
    if hasattr(texts, "to_dict"):
        texts = texts.to_dict("records")
    for number, given in enumerate(texts, 1):
        if isinstance(given, RawArticle | Failure):
            yield given
            continue
        values = {"text": given} if isinstance(given, str) else {key: _or_none(value) for key, value in given.items()}
        try:
            yield make_article(values, default_id=f"text#{number}")
        except InputError as error:
            own = values.get("id")
            yield Failure(own if own and isinstance(own, str) else f"text#{number}", None, error.reason, error.message)


def _or_none(value: Any) -> Any:
    """``None`` for the missing values of pandas, which are unlike themselves or cannot be compared."""
    if type(value).__name__ in ("NAType", "NaTType") or value != value:  # noqa: PLR0124  # NaN
        return None
    return value.date().isoformat() if type(value).__name__ == "Timestamp" else value
