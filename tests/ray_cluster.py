"""What tests/test_ray.py runs in a process of its own: a batch on a cluster of two machines, one of which is lost.

``python ray_cluster.py FOLDER SCRATCH`` runs ``FOLDER/in.jsonl``, in which one article kills its worker and one never
ends, into ``FOLDER/ray``: on the cluster until it is interrupted, then on one that the run starts for itself.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from pathlib import Path
from typing import Any

# what Ray reads when it is imported or started
os.environ |= {"RAY_USAGE_STATS_ENABLED": "0", "RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO": "0", "RAY_TMPDIR": sys.argv[2]}

from pipeline import analyse, assemble, pool, ray_engine
from pipeline.batch import Progress
from pipeline.batch import run as run_batch
from pipeline.config import load_config

_work, _to_record = pool.work, assemble.to_record


def work(nlp: Any, batch: list[pool.Item], config: Any) -> pool.Done:
    """As ever, but a word kills."""
    if any("poison" in getattr(item, "text", "") for item in batch):
        os.kill(os.getpid(), signal.SIGKILL)
    return _work(nlp, batch, config)


def to_record(doc: Any, text: str | None = None) -> Any:
    """As ever, but one text never ends."""
    while "endless" in doc.text:
        pass
    return _to_record(doc, text)


class Spoiled(ray_engine.Worker):
    """An actor where they are in their places. It travels by value with all it refers to: nobody imports this file."""

    def work(self, batch: list[pool.Item]) -> Any:
        """As ever."""
        vars(analyse).update(to_record=to_record)
        return super().work(batch)


def main(folder: Path) -> None:
    """Run, and say how it went."""
    import ray
    from ray.cluster_utils import Cluster

    vars(ray_engine).update(work=work, Worker=Spoiled)
    config = load_config(overrides=["run.batch_size=2", "run.timeout_s=5"])
    size: dict[str, Any] = {"num_cpus": 1, "object_store_memory": 80_000_000}
    cluster = Cluster(initialize_head=True, head_node_args={**size, "include_dashboard": False})
    lost = cluster.add_node(**size)
    told: list[Progress] = []

    def disturb(progress: Progress) -> None:
        told.append(progress)
        if len(told) == 2:
            cluster.remove_node(lost, allow_graceful=False)
        if len(told) == 6:
            raise KeyboardInterrupt

    try:
        run_batch(config, folder / "in.jsonl", folder / "ray", engine="ray", address=cluster.address, progress=disturb)
    except KeyboardInterrupt:
        assert not ray.is_initialized()
    cluster.shutdown()  # type: ignore[no-untyped-call]
    summary = run_batch(config, folder / "in.jsonl", folder / "ray", engine="ray", workers=1)
    sys.stdout.write(json.dumps({"resumed": summary.resumed, "ended": not ray.is_initialized()}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
