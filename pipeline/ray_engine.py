"""Batches on a Ray cluster: the same outcomes, in the same order, as with worker processes of one machine.

Each worker is a Ray actor that loads the model once. The input is read and the run folder written here, so the journal,
and with it resuming, is that of every run. Actors were chosen over Ray Data, which reads its input before it starts or
from sources of its own, ends its actors with each data set, and tries a block that kills its worker again for ever.

A batch whose worker is lost is tried again, then article by article, each with a worker to itself, and with one more,
since the first may be lost with its machine.
"""

from __future__ import annotations

import logging
import os
import platform
import socket
from collections import deque
from collections.abc import Generator, Iterable
from typing import Any

from pipeline.analyse import Clock
from pipeline.config import Config
from pipeline.errors import ConfigError, ResourceError, missing_extra
from pipeline.manifest import changes, describe
from pipeline.pool import Done, Item, Outcome, one_by_one, work, worker_nlp

_AHEAD = 3  # batches that wait for each worker: their way there takes longer than to a process of this machine
_LONE_TRIES = 2
_PATIENCE = 5.0  # seconds to wait for a cluster


class Worker:
    """What an actor runs. Nothing can fail before the first call, so that an error reaches the caller as itself."""

    def __init__(self, config: str, description: dict[str, Any]) -> None:
        self._config = config
        self._description = description
        self._checked = False

    def work(self, batch: list[Item]) -> tuple[list[Outcome], Clock]:
        """Analyse a batch.

        Raises:
            ResourceError: model, gazetteer or data files are missing on this machine, or others than those of the run.
        """
        nlp, config = worker_nlp(self._config)
        if not self._checked:
            here = describe(config, nlp, source=self._description["source"], options=self._description["options"])
            differing = changes(self._description, here)
            if differing:
                raise ResourceError(
                    f"machine {platform.node()} of the Ray cluster has another {', '.join(differing)} than this "
                    "one; install the same versions and the same gazetteer on all of them"
                )
            self._checked = True
        done = work(nlp, batch, config)
        return done.outcomes, done.seconds


def on_ray(
    batches: Iterable[list[Item]],
    config: Config,
    description: dict[str, Any],
    *,
    address: str | None = None,
    workers: int | None = None,
) -> Generator[Done, None, None]:
    """Analyse batches with the workers of a Ray cluster.

    Args:
        description: the manifest's beginning, which every machine must agree with.
        address: the cluster's, as ``ray start`` tells it; ``None`` starts one on this machine for this run. A cluster
            that this process is connected to already is used as it is, and left so.
        workers: how many; ``None`` takes one for each processor of the cluster.

    Raises:
        ResourceError: Ray is not installed, or a machine lacks something.
        ConfigError: there is no cluster at the address.
    """
    ours = _connect(address)
    cluster: _Cluster | None = None
    waiting: deque[_Task] = deque()
    try:
        cluster = _Cluster(config, description, workers)
        for batch in batches:
            waiting.append(cluster.submit(batch))
            if len(waiting) >= cluster.workers * _AHEAD:
                yield cluster.result(waiting.popleft())
        while waiting:
            yield cluster.result(waiting.popleft())
    except _ray_errors() as error:
        raise ResourceError(
            f"the Ray cluster was lost: {error}; what is done is kept: the same command goes on from there"
        ) from error
    finally:
        if cluster is not None:
            cluster.close()
        if ours:
            import ray

            ray.shutdown()


def _ray_errors() -> type[Exception]:
    from ray.exceptions import RayError

    return RayError


def _connect(address: str | None) -> bool:
    """Be connected to a cluster; true if it was done here, so that it must be undone."""
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # nobody asked to tell a third party
    try:
        import ray
    except ImportError as error:
        raise missing_extra("--engine ray", "ray") from error
    if ray.is_initialized():
        return False
    options: dict[str, Any] = (
        {"address": "local", "include_dashboard": False} if address is None else {"address": address}
    )
    try:
        _knock(address)
        ray.init(log_to_driver=False, logging_level=logging.ERROR, **options)
    except (OSError, RuntimeError, ValueError) as error:
        raise ConfigError(
            f"no Ray cluster answers at {address!r} ({error}); start one with `ray start --head`, or leave --address "
            "out for a cluster of this machine alone"
        ) from error
    return True


def _knock(address: str | None) -> None:
    """Ray itself tries for minutes to reach a cluster that is not there.

    Raises:
        OSError: nothing listens at the address.
    """
    host, separator, port = (address or "").removeprefix("ray://").rpartition(":")
    if separator and port.isdecimal():
        socket.create_connection((host.strip("[]"), int(port)), timeout=_PATIENCE).close()


class _Actor:
    """A worker with what it was asked for and has not answered yet, in that order."""

    def __init__(self, handle: Any) -> None:
        self.handle = handle
        self.queue: list[_Task] = []


class _Task:
    """A batch that an actor was given; ``done`` once it has answered, ``lost`` once it cannot."""

    def __init__(self, batch: list[Item], actor: _Actor) -> None:
        self.batch = batch
        self.actor = actor
        self.reference = actor.handle.work.remote(batch)
        self.done: Done | None = None
        self.lost = False
        actor.queue.append(self)


class _Cluster:
    def __init__(self, config: Config, description: dict[str, Any], workers: int | None) -> None:
        import ray

        self._ray: Any = ray
        self._given = (config.model_dump_json(), description)
        self._lone: _Actor | None = None
        self.workers = workers or max(1, int(self._ray.cluster_resources().get("CPU", 1)))
        self._actors = [self._start() for _ in range(self.workers)]

    def _start(self, *, num_cpus: int = 1) -> _Actor:
        # starting and trying again are decided here: Ray itself would do it without end
        options = {"num_cpus": num_cpus, "max_restarts": 0, "max_task_retries": 0, "scheduling_strategy": "SPREAD"}
        return _Actor(self._ray.remote(**options)(Worker).remote(*self._given))

    def submit(self, batch: list[Item]) -> _Task:
        """Give a batch to the worker with the least to do."""
        pending = {task.reference: task for actor in self._actors for task in actor.queue}
        if pending:
            ready, _ = self._ray.wait([*pending], num_returns=len(pending), timeout=0, fetch_local=False)
            for reference in ready:
                self._finish(pending[reference])
        return _Task(batch, min(self._actors, key=lambda actor: len(actor.queue)))

    def result(self, task: _Task) -> Done:
        """The outcomes of a batch; where its worker was lost, it is tried once more, then article by article."""
        done = self._finish(task)
        if done is None:
            # it may only have waited behind the batch that the worker died of, or a machine was lost
            done = self._finish(self.submit(task.batch))
        return done if done is not None else one_by_one(task.batch, self._alone)

    def _finish(self, task: _Task) -> Done | None:
        """Wait for the answer; ``None`` where there will be none, with another worker in the place of the lost one."""
        from ray.exceptions import ObjectLostError, RayActorError, RayTaskError

        if task.done is None and not task.lost:
            try:
                task.done = Done(task.batch, *self._ray.get(task.reference))
            except RayTaskError as error:
                raise error.cause from error
            except (RayActorError, ObjectLostError) as error:
                if getattr(error, "actor_init_failed", False):
                    raise ResourceError(f"a worker of the Ray cluster could not start: {error}") from error
                task.lost = True
                if task.actor in self._actors:
                    self._ray.kill(task.actor.handle)
                    self._actors[self._actors.index(task.actor)] = self._start()
            task.actor.queue.remove(task)
        return task.done

    def _alone(self, batch: list[Item]) -> Done | None:
        """Work on a batch with a worker that has nothing else to do; ``None`` if it died of it."""
        for _ in range(_LONE_TRIES):
            # the other workers hold all processors
            self._lone = self._lone or self._start(num_cpus=0)
            done = self._finish(_Task(batch, self._lone))
            if done is not None:
                return done
            self._lone = None
        return None

    def close(self) -> None:
        """End all workers at once."""
        for actor in (*self._actors, *filter(None, [self._lone])):
            self._ray.kill(actor.handle)
