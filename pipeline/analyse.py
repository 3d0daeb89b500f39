"""Articles in, records out, with an assembled pipeline: what `run`, `evaluate` and a notebook share."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from threading import current_thread, main_thread
from typing import ParamSpec, TypeVar

from spacy.language import Language
from spacy.tokens import Doc

from pipeline.articles import Failure, RawArticle, make_article
from pipeline.assemble import to_record
from pipeline.build import make_doc
from pipeline.errors import StageError
from pipeline.records import Record

T = TypeVar("T")
P = ParamSpec("P")
Clock = dict[str, float]

_KNOWN_WORDS = 15_000  # some 10 MB


def extract(
    nlp: Language,
    text: str,
    *,
    title: str | None = None,
    published: str | None = None,
    source: str | None = None,
    url: str | None = None,
    id: str = "text",  # noqa: A002  # the record's own word
) -> Record:
    """The record of one text, whose offsets point into the text as it is given; it is not repaired.

    Args:
        title: a headline that stands apart; offsets then point into ``title + "\\n\\n" + text``.
        published: the date that relative dates are resolved against.

    Raises:
        InputError: the text is empty or no text.
        StageError: a stage failed on it.
    """
    values = {"text": text, "title": title, "published": published, "source": source, "url": url}
    (outcome,) = extract_batch(nlp, [make_article(values, default_id=id)])
    if isinstance(outcome, Failure):
        raise StageError(outcome.stage or "?", outcome.message)
    return outcome


def extract_batch(
    nlp: Language, articles: Sequence[RawArticle], *, timeout_s: float | None = None, clock: Clock | None = None
) -> list[Record | Failure]:
    """A record, or a failure that names the stage, for each article, in order. One bad article harms no other.

    Args:
        timeout_s: seconds that one article may take (see :func:`time_limit`).
        clock: is added the seconds of each stage.
    """
    return read_batch(nlp, articles, to_record, timeout_s=timeout_s, clock=clock)


def read_batch(
    nlp: Language,
    articles: Sequence[RawArticle],
    read: Callable[[Doc], T],
    *,
    timeout_s: float | None = None,
    clock: Clock | None = None,
) -> list[T | Failure]:
    """What ``read`` makes of each article's analysed ``Doc``, or a failure, in order.

    ``read`` must not keep the ``Doc``: its memory is freed with the batch, as a run of a million articles needs it.
    """
    clock = {} if clock is None else clock
    try:
        with time_limit(timeout_s), _words(nlp):
            with _timed(clock, "tokenizer"):
                docs = [make_doc(nlp, article) for article in articles]
            # as nlp.pipe does it, but stage by stage, so that each can be timed
            for name, component in nlp.pipeline:
                with _timed(clock, name.removeprefix("dateline_")):
                    pipe = getattr(component, "pipe", None)
                    docs = list(pipe(docs, batch_size=len(docs)) if pipe and docs else map(component, docs))
            with _timed(clock, "extract"):
                return [read(doc) for doc in docs]
    except (Exception, OutOfTime):  # noqa: BLE001  # which article, we cannot tell
        return [_read_alone(nlp, article, read, timeout_s, clock) for article in articles]


def _words(nlp: Language) -> AbstractContextManager[object]:
    """A zone of memory whose words are forgotten at its end, once the pipeline knows enough of them.

    The words of the first texts stay, which are most words of all others: a word that is known is found by its letters,
    others are taken apart and described. In a zone spaCy's tokenizer learns none.
    """
    return nlp.memory_zone() if len(nlp.vocab) >= _KNOWN_WORDS else nullcontext()


def _read_alone(
    nlp: Language, article: RawArticle, read: Callable[[Doc], T], timeout_s: float | None, clock: Clock
) -> T | Failure:
    at = ["tokenizer"]
    try:
        with time_limit(timeout_s), _words(nlp):
            doc = _run_components(nlp, article, clock, at)
            at.append("extract")
            with _timed(clock, "extract"):
                return _call("extract", read, doc)
    except StageError as error:
        return Failure(article.id, article.path, "stage_error", error.message, error.stage)
    except OutOfTime:
        message = f"it took longer than run.timeout_s ({timeout_s:g} s) allows"
        return Failure(article.id, article.path, "timeout", message, at[-1])


def run_components(nlp: Language, article: RawArticle) -> Doc:
    """Run the pipeline on one article, component by component.

    Raises:
        StageError: a component failed; the error names it.
    """
    return _run_components(nlp, article, {}, [])


def _run_components(nlp: Language, article: RawArticle, clock: Clock, at: list[str]) -> Doc:
    with _timed(clock, "tokenizer"):
        doc = _call("tokenizer", lambda: make_doc(nlp, article))
    for name, component in nlp.pipeline:
        stage = name.removeprefix("dateline_")
        at.append(stage)
        with _timed(clock, stage):
            doc = _call(stage, component, doc)
    return doc


def _call(stage: str, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    try:
        return function(*args, **kwargs)
    except Exception as error:
        message = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
        raise StageError(stage, message) from error


@contextmanager
def _timed(clock: Clock, name: str) -> Iterator[None]:
    begun = time.perf_counter()
    try:
        yield
    finally:
        clock[name] = clock.get(name, 0.0) + time.perf_counter() - begun


class OutOfTime(BaseException):
    """Ends work that took too long. No ``Exception``, so that nobody's ``except Exception`` swallows it."""


@contextmanager
def time_limit(seconds: float | None) -> Iterator[None]:
    """Raise :class:`OutOfTime` in the block when the seconds have passed.

    It takes effect between two steps of Python or of a regular expression. There is no limit where the system has no
    timer signals (Windows) or outside of a process's main thread.
    """
    if seconds is None or not hasattr(signal, "setitimer") or current_thread() is not main_thread():
        yield
        return

    def stop(*_: object) -> None:
        raise OutOfTime

    before = signal.signal(signal.SIGALRM, stop)
    # again and again, for a place that lets no error out, such as a finaliser
    signal.setitimer(signal.ITIMER_REAL, seconds, 1.0)
    try:
        yield
    finally:
        try:
            signal.setitimer(signal.ITIMER_REAL, 0)
        finally:  # the alarm may have gone off on the line before
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, before)
