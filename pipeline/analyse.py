"""Articles in, records out, with an assembled pipeline: what `run`, `evaluate` and a notebook share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ParamSpec, TypeVar

from spacy.language import Language
from spacy.tokens import Doc

from pipeline import facts
from pipeline.articles import Failure, RawArticle, make_article
from pipeline.build import make_doc
from pipeline.errors import StageError
from pipeline.extract import extract
from pipeline.records import Record

T = TypeVar("T")
P = ParamSpec("P")


def analyse_text(
    nlp: Language,
    text: str,
    *,
    title: str | None = None,
    published: str | None = None,
    source: str | None = None,
    url: str | None = None,
    id: str = "text",  # noqa: A002  # the record's own word
) -> Record:
    """The record of one text.

    Args:
        published: the date that relative dates are resolved against.

    Raises:
        InputError: the text is empty or no text.
        StageError: a stage failed on it.
    """
    values = {"text": text, "title": title, "published": published, "source": source, "url": url}
    (outcome,) = analyse_batch(nlp, [make_article(values, default_id=id)])
    if isinstance(outcome, Failure):
        raise StageError(outcome.stage or "?", outcome.message)
    return outcome


def analyse_batch(nlp: Language, articles: Sequence[RawArticle]) -> list[Record | Failure]:
    """A record, or a failure that names the stage, for each article, in order. One bad article harms no other."""
    return read_batch(nlp, articles, lambda doc: extract(doc, facts.text(doc)))


def read_batch(nlp: Language, articles: Sequence[RawArticle], read: Callable[[Doc], T]) -> list[T | Failure]:
    """What ``read`` makes of each article's analysed ``Doc``, or a failure, in order.

    ``read`` must not keep the ``Doc``: its memory is freed with the batch, as a run of a million articles needs it.
    """
    try:
        with nlp.memory_zone():
            docs = [make_doc(nlp, article) for article in articles]
            return [read(doc) for doc in nlp.pipe(docs, batch_size=max(len(docs), 1))]
    except Exception:  # noqa: BLE001  # of one article, we cannot tell which: some components report whole batches
        return [_read_alone(nlp, article, read) for article in articles]


def _read_alone(nlp: Language, article: RawArticle, read: Callable[[Doc], T]) -> T | Failure:
    try:
        with nlp.memory_zone():
            return _call("extract", read, run_components(nlp, article))
    except StageError as error:
        return Failure(article.id, article.path, "stage_error", error.message, error.stage)


def run_components(nlp: Language, article: RawArticle) -> Doc:
    """Run the pipeline on one article, component by component.

    Raises:
        StageError: a component failed; the error names it.
    """
    doc = _call("tokenizer", lambda: make_doc(nlp, article))
    for name, component in nlp.pipeline:
        doc = _call(name.removeprefix("dateline_"), component, doc)
    return doc


def _call(stage: str, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    try:
        return function(*args, **kwargs)
    except Exception as error:
        message = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
        raise StageError(stage, message) from error
