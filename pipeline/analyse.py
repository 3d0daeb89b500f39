"""Articles in, records out, with an assembled pipeline: what `run`, `evaluate` and a notebook share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import raise_error

from pipeline.articles import Failure, RawArticle, make_article
from pipeline.build import make_doc
from pipeline.errors import StageError
from pipeline.extract import extract
from pipeline.records import Record


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
    outcomes: dict[int, Record | Failure] = {}
    alone: list[int] = []

    def on_error(name: str, _component: Any, docs: list[Doc], error: Exception) -> None:
        for doc in docs:
            number: int = doc._context  # spaCy's place for what as_tuples carries along
            if len(docs) == 1:
                outcomes[number] = _failure(articles[number], name.removeprefix("dateline_"), error)
            else:
                # the model's components report the whole batch when one text fails
                alone.append(number)

    nlp.set_error_handler(on_error)  # type: ignore[arg-type]  # typed NoReturn, though spaCy's own handlers return
    try:
        # what a batch adds to spaCy's string store goes with it; a run of a million articles would fill the memory
        with nlp.memory_zone():
            docs: list[tuple[Doc, int]] = []
            for number, article in enumerate(articles):
                try:
                    docs.append((make_doc(nlp, article), number))
                except Exception as error:  # noqa: BLE001  # whatever it is, it concerns this article alone
                    outcomes[number] = _failure(article, "tokenizer", error)
            for doc, number in nlp.pipe(docs, as_tuples=True, batch_size=max(len(docs), 1)):
                try:
                    outcomes[number] = extract(doc, doc.text)
                except Exception as error:  # noqa: BLE001  # the same
                    outcomes[number] = _failure(articles[number], "extract", error)
    finally:
        nlp.set_error_handler(raise_error)
    for number in alone:
        outcomes[number] = analyse_batch(nlp, [articles[number]])[0]
    return [outcomes[number] for number in range(len(articles))]


def _failure(article: RawArticle, stage: str, error: Exception) -> Failure:
    message = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    return Failure(article.id, article.path, "stage_error", message, stage)
