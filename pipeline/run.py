"""A batch: articles in, a run folder out, the same bytes whatever the number of workers.

Articles are cut into batches of ``run.batch_size`` in the order of the input. One process or several work on the
batches; results are written in the order of the input.
"""

from __future__ import annotations

import os
import signal
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from multiprocessing import get_context, parent_process
from pathlib import Path
from threading import Thread

from spacy.language import Language

from pipeline.analyse import analyse_batch
from pipeline.articles import Failure, RawArticle
from pipeline.build import build_nlp
from pipeline.config import Config
from pipeline.io import read_articles
from pipeline.manifest import describe
from pipeline.output import Rendered, RunFolder, render
from pipeline.tables import COLUMNS, Row

Item = RawArticle | Failure
Outcome = Rendered | Failure

SHOWN_EVENTS = 20
_AHEAD = 2  # batches that wait for each worker, so that none is idle and memory stays small


@dataclass
class RunSummary:
    """What a run found. ``events`` are the rows of the first few events, each article's main event first."""

    out: Path
    articles: int = 0
    records: int = 0
    failures: int = 0
    found: int = 0
    seconds: float = 0.0
    reasons: dict[str, int] = field(default_factory=dict)
    warnings: dict[str, int] = field(default_factory=dict)
    events: list[Row] = field(default_factory=list)


def run_batch(
    config: Config,
    source: Path | str,
    out: Path,
    *,
    kind: str | None = None,
    workers: int = 1,
    limit: int | None = None,
    fresh: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> RunSummary:
    """Analyse every article of ``source`` and write the run folder ``out``.

    Args:
        source: a file, a folder or ``-``.
        kind: the input format, where names do not tell it.
        workers: processes that work on the articles.
        limit: stop after this many articles.
        fresh: replace the results of another run.
        progress: called with the numbers of articles and of failures that were just finished.

    Raises:
        InputError: ``source`` does not exist.
        ConfigError: the stages cannot work in this order, or ``out`` holds another run.
        ResourceError: a model or the gazetteer is missing, or ``out`` cannot be written.
    """
    started = time.monotonic()
    items: Iterable[Item] = read_articles(source, kind=kind, exclude=out, max_chars=config.run.max_chars)
    nlp = build_nlp(config)
    options = {key: value for key, value in (("kind", kind), ("limit", limit)) if value is not None}
    description = describe(config, nlp, source=str(source), options=options)
    summary = RunSummary(out)
    batches = _batches(islice(items, limit), config.run.batch_size)
    with RunFolder(out, description, fresh=fresh) as folder:
        for outcomes in _in_process(batches, nlp) if workers <= 1 else _in_workers(batches, config, workers):
            folder.write(outcomes)
            _remember(summary, outcomes)
            if progress is not None:
                progress(len(outcomes), sum(isinstance(outcome, Failure) for outcome in outcomes))
        summary.seconds = time.monotonic() - started
        folder.finish(summary.seconds)
    summary.articles, summary.records = folder.counts["articles"], folder.counts["records"]
    summary.failures, summary.found = folder.counts["failures"], folder.counts["events"]
    summary.reasons, summary.warnings = dict(folder.reasons), dict(folder.warnings)
    return summary


def _remember(summary: RunSummary, outcomes: Sequence[Outcome]) -> None:
    for outcome in outcomes:
        room = SHOWN_EVENTS - len(summary.events)
        if room > 0 and isinstance(outcome, Rendered):
            rows = [dict(zip(COLUMNS["events"], row, strict=True)) for row in outcome.rows["events"]]
            summary.events += sorted(rows, key=lambda row: not row["main"])[:room]


def _batches(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    """Lists of up to ``size`` articles with the failures between them. The cut depends on the input alone."""
    batch: list[Item] = []
    for item in items:
        batch.append(item)
        if len(batch) >= size:
            yield batch
            batch = []
    if batch:
        yield batch


def _work(nlp: Language, batch: Sequence[Item]) -> list[Outcome]:
    articles = [item for item in batch if isinstance(item, RawArticle)]
    done = iter(analyse_batch(nlp, articles))
    outcomes = (item if isinstance(item, Failure) else next(done) for item in batch)
    return [outcome if isinstance(outcome, Failure) else render(outcome) for outcome in outcomes]


def _in_process(batches: Iterable[list[Item]], nlp: Language) -> Iterator[list[Outcome]]:
    for batch in batches:
        yield _work(nlp, batch)


def _in_workers(batches: Iterable[list[Item]], config: Config, workers: int) -> Iterator[list[Outcome]]:
    pool = _Pool(config, workers)
    waiting: deque[_Task] = deque()
    try:
        for batch in batches:
            waiting.append(pool.submit(batch))
            if len(waiting) >= workers * _AHEAD:
                yield pool.result(waiting.popleft())
        while waiting:
            yield pool.result(waiting.popleft())
    finally:
        pool.close()


@dataclass(frozen=True, slots=True)
class _Task:
    batch: list[Item]
    executor: ProcessPoolExecutor
    future: Future[list[Outcome]] | None  # None: the executor was broken already


class _Pool:
    """Worker processes that are replaced when one dies; the article that it dies of again is found and put aside."""

    def __init__(self, config: Config, workers: int) -> None:
        self._config = config.model_dump_json()
        self._workers = workers
        self._executor = self._start()

    def _start(self) -> ProcessPoolExecutor:
        # spawn: a fork would copy locks that threads of the numeric libraries hold
        return ProcessPoolExecutor(self._workers, get_context("spawn"), initializer=_start_worker)

    def submit(self, batch: list[Item]) -> _Task:
        try:
            return _Task(batch, self._executor, self._executor.submit(_work_in_worker, self._config, batch))
        except BrokenExecutor:
            return _Task(batch, self._executor, None)

    def result(self, task: _Task) -> list[Outcome]:
        """The outcomes of a batch; where a worker died, the batch is tried once more, then article by article."""
        outcomes = _outcomes(task)
        if outcomes is None and task.executor is not self._executor:
            # it only shared the processes with the batch that one of them died of
            task = self.submit(task.batch)
            outcomes = _outcomes(task)
        if outcomes is None:
            outcomes = self._alone(task.batch)
        if outcomes is not None:
            return outcomes
        return [outcome for item in task.batch for outcome in self._last_try(item)]

    def _last_try(self, item: Item) -> list[Outcome]:
        if isinstance(item, Failure):
            return [item]
        message = "the worker process ended while it worked on this article, out of memory perhaps"
        return self._alone([item]) or [Failure(item.id, item.path, "worker_died", message)]

    def _alone(self, batch: list[Item]) -> list[Outcome] | None:
        """Work on a batch with new processes and nothing beside it; ``None`` if they died all the same."""
        self.close()
        self._executor = self._start()
        return _outcomes(self.submit(batch))

    def close(self) -> None:
        self._executor.shutdown(cancel_futures=True)


def _outcomes(task: _Task) -> list[Outcome] | None:
    try:
        return task.future.result() if task.future else None
    except BrokenExecutor:
        return None


def _work_in_worker(config: str, batch: list[Item]) -> list[Outcome]:
    return _work(_worker_nlp(config), batch)


@lru_cache(maxsize=1)
def _worker_nlp(config: str) -> Language:
    return build_nlp(Config.model_validate_json(config))


def _start_worker() -> None:
    # Ctrl-C reaches every process of the terminal; the first one decides what to do about it
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """A worker whose parent was killed would wait for work for ever."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
