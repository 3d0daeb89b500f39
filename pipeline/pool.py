"""Worker processes: batches in, outcomes out, in order; a worker that dies takes nothing with it.

A worker that dies is replaced and its batch tried again alone, then article by article; the article that it dies of
once more is put aside as a failure.
"""

from __future__ import annotations

import os
import signal
from collections import deque
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import lru_cache
from multiprocessing import connection, get_context, parent_process
from threading import Thread

from spacy.language import Language

from pipeline.analyse import Clock, extract_batch
from pipeline.articles import Failure, RawArticle
from pipeline.build import build_nlp
from pipeline.config import Config
from pipeline.output import Rendered, render
from pipeline.records import Record

Item = RawArticle | Failure
Outcome = Rendered | Failure

_AHEAD = 2  # batches that wait for each worker, so that none is idle and memory stays small


def processors() -> int:
    """The processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@dataclass(slots=True)
class Done:
    """A batch with its outcomes, one for each input and in their order, and the seconds that each stage took."""

    batch: list[Item]
    outcomes: list[Outcome]
    seconds: Clock = field(default_factory=dict)


def work(nlp: Language, batch: list[Item], config: Config) -> Done:
    """Analyse a batch in this process."""
    clock: Clock = {}
    articles = [item for item in batch if isinstance(item, RawArticle)]
    analysed = iter(extract_batch(nlp, articles, timeout_s=config.run.timeout_s, clock=clock))
    outcomes = [item if isinstance(item, Failure) else _rendered(item, next(analysed)) for item in batch]
    return Done(batch, outcomes, clock)


def _rendered(article: RawArticle, outcome: Record | Failure) -> Outcome:
    return outcome if isinstance(outcome, Failure) else render(outcome, article.text)


def in_process(batches: Iterable[list[Item]], nlp: Language, config: Config) -> Generator[Done, None, None]:
    """Analyse batches in this process."""
    for batch in batches:
        yield work(nlp, batch, config)


def in_workers(batches: Iterable[list[Item]], config: Config, workers: int) -> Generator[Done, None, None]:
    """Analyse batches in ``workers`` processes. Closing the iterator early ends the processes at once."""
    pool = _Pool(config, workers)
    waiting: deque[_Task] = deque()
    try:
        for batch in batches:
            waiting.append(pool.submit(batch))
            if len(waiting) >= workers * _AHEAD:
                yield pool.result(waiting.popleft())
        while waiting:
            yield pool.result(waiting.popleft())
    except BaseException:
        pool.abort()
        raise
    pool.close()


@dataclass(frozen=True, slots=True)
class _Task:
    batch: list[Item]
    executor: ProcessPoolExecutor
    future: Future[tuple[list[Outcome], Clock]] | None  # None: the executor was broken already


class _Pool:
    def __init__(self, config: Config, workers: int) -> None:
        self._config = config.model_dump_json()
        self._workers = workers
        self._executor = self._start()

    def _start(self) -> ProcessPoolExecutor:
        # spawn: a fork would copy locks that threads of the numeric libraries hold
        context = get_context("spawn")
        self._reader, self._leash = context.Pipe(duplex=False)
        return ProcessPoolExecutor(self._workers, context, initializer=_start_worker, initargs=(self._reader,))

    def submit(self, batch: list[Item]) -> _Task:
        try:
            return _Task(batch, self._executor, self._executor.submit(_work_in_worker, self._config, batch))
        except BrokenExecutor:
            return _Task(batch, self._executor, None)

    def result(self, task: _Task) -> Done:
        """The outcomes of a batch; where a worker died, the batch is tried once more, then article by article."""
        done = _done(task)
        if done is None and task.executor is not self._executor:
            # it only shared the processes with the batch that one of them died of
            task = self.submit(task.batch)
            done = _done(task)
        if done is None:
            self._restart()
            done = self._alone(task.batch)
        return done if done is not None else one_by_one(task.batch, self._alone)

    def _alone(self, batch: list[Item]) -> Done | None:
        """Work on a batch with nothing beside it; ``None`` if its process died, and all processes are new again."""
        done = _done(self.submit(batch))
        if done is None:
            self._restart()
        return done

    def _restart(self) -> None:
        self.close()
        self._executor = self._start()

    def close(self) -> None:
        """Let the processes finish and end."""
        self._executor.shutdown(cancel_futures=True)
        self._leash.close()
        self._reader.close()

    def abort(self) -> None:
        """End the processes at once."""
        self._leash.close()
        self.close()


def one_by_one(batch: list[Item], alone: Callable[[list[Item]], Done | None]) -> Done:
    """The outcomes of a batch that workers died of, each article tried once more by itself, then put aside.

    Args:
        alone: works on a batch with nothing beside it; ``None`` if the worker died.
    """
    result = Done(batch, [])
    message = "the worker process ended while it worked on this article, out of memory perhaps"
    for item in batch:
        done = None if isinstance(item, Failure) else alone([item])
        if done is not None:
            result.outcomes += done.outcomes
            result.seconds |= {key: result.seconds.get(key, 0.0) + spent for key, spent in done.seconds.items()}
        else:
            failed = item if isinstance(item, Failure) else Failure(item.id, item.path, "worker_died", message)
            result.outcomes.append(failed)
    return result


def _done(task: _Task) -> Done | None:
    try:
        return Done(task.batch, *task.future.result()) if task.future else None
    except BrokenExecutor:
        return None


def _work_in_worker(config: str, batch: list[Item]) -> tuple[list[Outcome], Clock]:
    nlp, settings = worker_nlp(config)
    done = work(nlp, batch, settings)
    return done.outcomes, done.seconds


@lru_cache(maxsize=1)
def worker_nlp(config: str) -> tuple[Language, Config]:
    """The pipeline of a worker and its configuration, from the configuration as JSON; made once in a process."""
    settings = Config.model_validate_json(config)
    return build_nlp(settings), settings


def _start_worker(leash: connection.Connection) -> None:
    # Ctrl-C reaches every process of the terminal; the first one decides what to do about it
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, args=(leash,), daemon=True).start()


def _end_with_parent(leash: connection.Connection) -> None:
    """A worker whose parent was killed would wait for work for ever."""
    parent = parent_process()
    connection.wait([leash] if parent is None else [leash, parent.sentinel])
    os._exit(1)
