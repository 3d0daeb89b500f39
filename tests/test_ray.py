from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from pipeline.batch import run as run_batch
from pipeline.build import build_nlp
from pipeline.config import load_config
from pipeline.errors import ConfigError, ResourceError
from pipeline.manifest import describe
from pipeline.output import FILES
from pipeline.ray_engine import Worker

TOWNS = "Homs Hama Idlib Aleppo Raqqa Manbij Palmyra Latakia Tartus Daraa Azaz Afrin Busra Jableh".split()


def test_cluster_that_loses_a_machine_writes_what_one_process_writes(tmp_path: Path, root: Path) -> None:
    pytest.importorskip("ray")
    texts = [f"Gunmen killed {n + 2} people in {town} on Monday, police said." for n, town in enumerate(TOWNS)]
    lines = [json.dumps({"id": f"a{n}", "text": text, "published": "2021-03-10"}) for n, text in enumerate(texts)]
    lines[3] = lines[5] = lines[9] = '{"text": ""}'
    (tmp_path / "in.jsonl").write_text("\n".join(lines))
    run_batch(load_config(overrides=["run.batch_size=2"]), tmp_path / "in.jsonl", tmp_path / "one")
    # in the places of two inputs that fail for anybody, two that fail by what they do to their workers
    lines[3], lines[9] = '{"id": "p", "text": "A poison was sold."}', '{"id": "e", "text": "An endless war goes on."}'
    (tmp_path / "in.jsonl").write_text("\n".join(lines))
    with TemporaryDirectory(prefix="r") as scratch:  # a short path: sockets lie in it
        done = subprocess.run(
            [sys.executable, str(root / "tests" / "ray_cluster.py"), str(tmp_path), scratch],
            cwd=root,
            env={"PATH": os.defpath, "PYTHONPATH": str(root)},
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout.splitlines()[-1]) == {"resumed": 12, "ended": True}
    for name in set(FILES) - {"stats.json", "manifest.json", "failures.jsonl"}:
        assert (tmp_path / "ray" / name).read_bytes() == (tmp_path / "one" / name).read_bytes(), name
    failures = [json.loads(line) for line in (tmp_path / "ray" / "failures.jsonl").read_text().splitlines()]
    found = [(each["id"], each["reason"], each.get("stage")) for each in failures]
    assert found == [("p", "worker_died", None), ("in.jsonl#6", "empty", None), ("e", "timeout", "extract")]


def test_missing_package_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "in.jsonl").write_text('{"text": "Ten died."}')
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(ResourceError, match=r'--engine ray needs .*pip install "dateline\[ray\]"'):
        run_batch(load_config(), tmp_path / "in.jsonl", tmp_path / "out", engine="ray")


def test_address_without_a_cluster_is_named_at_once(tmp_path: Path) -> None:
    pytest.importorskip("ray")
    (tmp_path / "in.jsonl").write_text('{"text": "Ten died."}')
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound, and nobody listens
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        with pytest.raises(ConfigError, match=rf"no Ray cluster answers at '{address}' .*refused.*ray start --head"):
            run_batch(load_config(), tmp_path / "in.jsonl", tmp_path / "out", engine="ray", address=address)


def test_machine_with_another_gazetteer_is_refused() -> None:
    config = load_config(overrides=["stages={sentences: {}}"])
    description = describe(config, build_nlp(config), source="in", options={})
    other = Worker(config.model_dump_json(), {**description, "gazetteer": {"sha256": "0"}})
    with pytest.raises(ResourceError, match=r"machine .* of the Ray cluster has another gazetteer than this one"):
        other.work([])
    assert Worker(config.model_dump_json(), description).work([])[0] == []
