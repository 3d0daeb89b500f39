"""The journal of an unfinished run: what is done already, so that the same command goes on behind it.

A line of JSON for each batch that was written: fingerprints of its inputs, the sizes of all files then, and the sums so
far. A line counts only if it is whole and the files are as long as it says, so a process may be killed at any moment:
what stands behind the last good line is cut off, and done again.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import islice
from pathlib import Path
from typing import IO, Any

from pipeline.articles import Failure, RawArticle
from pipeline.errors import ConfigError

JOURNAL = "journal.jsonl"
_LOCK = "lock"
_COMPLETE = "complete"
_HEX = 16  # hexadecimal digits of one fingerprint


@dataclass(frozen=True, slots=True)
class Progress:
    """What an unfinished run has done: ``end`` is the length of the journal in bytes up to its last good line.

    ``complete`` means that everything was written and only the files had to be put in their places.
    """

    description: dict[str, Any]
    batches: int
    sizes: dict[str, int]
    state: dict[str, Any]
    complete: bool
    end: int


def read_progress(folder: Path) -> Progress | None:
    """What the journal in ``folder`` tells, ``None`` where nothing was done or nothing can be made of it."""
    path = folder / JOURNAL
    if not path.is_file():
        return None
    found: Progress | None = None
    complete = (folder / _COMPLETE).exists()
    with path.open("rb") as lines:
        head = next(lines, b"")
        first, end = _values(head), len(head)
        if first is None or not isinstance(first.get("description"), dict):
            return None
        for number, line in enumerate(lines, 1):
            values = _values(line)
            if values is None:
                break
            if not complete and any(_size(folder / name) < size for name, size in values["sizes"].items()):
                break
            end += len(line)
            found = Progress(first["description"], number, values["sizes"], values["state"], complete, end)
    return found


def _values(line: bytes) -> dict[str, Any] | None:
    try:
        values = json.loads(line) if line.endswith(b"\n") else None
    except ValueError:
        return None
    return values if isinstance(values, dict) else None


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return -1


def fingerprints(folder: Path, batches: int) -> Iterator[list[str]]:
    """The fingerprints of the inputs of each batch that was done."""
    if not batches:
        return
    with (folder / JOURNAL).open("rb") as lines:
        for line in islice(lines, 1, batches + 1):
            joined = json.loads(line)["inputs"]
            yield [joined[at : at + _HEX] for at in range(0, len(joined), _HEX)]


def fingerprint(item: RawArticle | Failure) -> str:
    """A hash of everything that an input says, its text and its metadata."""
    if isinstance(item, Failure):
        parts: tuple[object, ...] = (item.id, item.path, item.reason, item.message)
    else:
        metadata = (item.title, item.published, item.source, item.url, item.body_start, item.notices)
        parts = (item.id, item.path, metadata, item.text)
    digest = blake2b("\0".join(map(str, parts)).encode("utf-8", "surrogatepass"), digest_size=_HEX // 2)
    return digest.hexdigest()


class Journal:
    """The journal as it is written, behind its last good line or anew."""

    def __init__(self, folder: Path, description: dict[str, Any], progress: Progress | None) -> None:
        path = folder / JOURNAL
        self._complete = folder / _COMPLETE
        self._file: IO[bytes]
        if progress is None:
            self._file = path.open("wb")
            self._add({"description": description})
        else:
            self._file = path.open("r+b")
            self._file.truncate(progress.end)
            self._file.seek(progress.end)

    def batch(self, inputs: Sequence[str], sizes: dict[str, int], state: dict[str, Any]) -> None:
        """Note that a batch is done and all its lines are in the files."""
        self._add({"inputs": "".join(inputs), "sizes": sizes, "state": state})

    def complete(self) -> None:
        """Note that everything is written, and the files may be moved."""
        self._complete.touch()

    def _add(self, values: dict[str, Any]) -> None:
        self._file.write(json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode() + b"\n")
        self._file.flush()

    def close(self) -> None:
        self._file.close()


def lock(folder: Path) -> IO[bytes]:
    """Hold the working folder for this process; closing the file, or the end of the process, lets it go.

    Raises:
        ConfigError: another process is at work in it.
    """
    file = (folder / _LOCK).open("ab")
    try:
        import fcntl
    except ImportError:  # not on Windows, which keeps others from files that are open
        return file
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        file.close()
        raise ConfigError(
            f"another process is writing the run folder {folder.parent}; wait for it, or name another with -o"
        ) from error
    return file


def clear(folder: Path) -> None:
    """Remove everything from the working folder but the lock."""
    for path in folder.iterdir():
        if path.name != _LOCK:
            path.unlink()
