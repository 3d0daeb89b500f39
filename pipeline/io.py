"""Reading articles: a file, a folder or standard input, in every format of :mod:`pipeline.formats`.

Files and folders are on this machine or behind a scheme (``s3://…``, see :mod:`pipeline.remote`).
:func:`read_articles` streams, in an order that depends on names alone, and never raises for what it finds: an input
that cannot become an article is a :class:`Failure` in its place.
"""

from __future__ import annotations

import io
import os
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from hashlib import blake2b
from pathlib import Path
from typing import Any

from pipeline.articles import REASONS, Failure, Notice, RawArticle, make_article
from pipeline.errors import InputError
from pipeline.formats import READERS, Found, Skipped, known_formats, sniff, suffix_of
from pipeline.remote import RemotePath, place

__all__ = ["REASONS", "Failure", "Meter", "Notice", "RawArticle", "read_articles", "unique"]

Place = Path | RemotePath


def read_articles(
    source: Path | str,
    *,
    kind: str | None = None,
    exclude: Place | None = None,
    max_chars: int | None = None,
    meter: Meter | None = None,
    skipped: Counter[str] | None = None,
) -> Iterator[RawArticle | Failure]:
    """Every article of a file, a folder with all folders in it, or ``-`` (standard input), in sorted order.

    An article's id is the one it gives, else its path relative to the folder (a single file: its name), with ``#n``
    where a file holds several: the line of a JSON Lines file, the element of a list, the row of a table, the entry of
    a feed, the record of a WARC file, from 1. A member of a ZIP goes on with its path inside the archive.
    Ids are unique: of two inputs with one id the later gets ``~2``, ``~3`` … appended and a notice ``duplicate_id``.
    Names that begin with a dot are passed over.

    Texts that were decoded wrongly before they came here are repaired, with a notice (:mod:`pipeline.repair`); all
    offsets and the hash of a record refer to the repaired text.

    Args:
        kind: read everything as this kind of file, such as ``html`` or ``jsonl.gz``, whatever its name.
        exclude: a folder inside ``source`` that is not input, such as the run's own output.
        max_chars: longer articles become failures, in code points.
        meter: is told how far reading is.
        skipped: is added how many parts were no articles and never meant to be, by a reason of
            :data:`pipeline.articles.SKIPS`: the images of a crawl, for instance.

    Raises:
        InputError: ``source`` does not exist.
    """
    suffix = None if kind is None else f".{kind.lower()}"
    if suffix is not None and suffix not in READERS:
        raise InputError("wrong_type", f"no input format {kind!r}; formats: {known_formats()}")
    at = place(source)
    try:
        missing = str(source) != "-" and not at.exists()
    except OSError as error:
        raise InputError("unreadable", f"{at} cannot be reached: {error}") from error
    if missing:
        raise InputError("unreadable", f"no file or folder {str(at)!r}; name a file, a folder, or - for stdin")
    reading = _Reading(suffix, max_chars, meter, Counter() if skipped is None else skipped)
    return unique(_articles(at, exclude.resolve() if exclude else None, reading))


class Meter:
    """How much of an input was read, in bytes of files."""

    def __init__(self, source: Path | str) -> None:
        self._source = source
        self._total: int | None = None
        self._before = 0
        self._stream: io.BufferedReader | None = None

    def opened(self, stream: io.BufferedReader) -> None:
        """Reading goes on in this file."""
        self._stream = stream

    def closed(self, size: int) -> None:
        """A file of this size was read."""
        self._before += size
        self._stream = None

    def begin(self) -> None:
        """Reading begins anew."""
        self._before, self._stream = 0, None

    def share(self) -> float | None:
        """The part that was read, from 0 to 1; ``None`` for standard input and for folders behind a scheme.

        Sizes are summed up when first asked.
        """
        if str(self._source) == "-":
            return None
        if self._total is None:
            self._total = sum(_sizes(place(self._source)))
        try:
            here = self._stream.tell() if self._stream else 0
        except (OSError, ValueError):  # closed, or wrapped in another reader
            here = 0
        return min(1.0, (self._before + here) / self._total) if self._total else None


def _sizes(source: Place) -> Iterator[int]:
    if isinstance(source, RemotePath):
        if not source.is_dir():
            yield source.size() or 0
        return  # a folder may hold millions of objects, and listing them all takes long
    if source.is_file():
        yield source.stat().st_size
        return
    for folder, below, files in os.walk(source):
        below[:] = [name for name in below if not name.startswith(".")]
        for name in files:
            with suppress(OSError):
                yield (Path(folder) / name).stat().st_size


@dataclass(frozen=True, slots=True)
class _Reading:
    """What holds for all files of one reading."""

    suffix: str | None
    max_chars: int | None
    meter: Meter | None
    skipped: Counter[str]


def _articles(source: Place, exclude: Place | None, reading: _Reading) -> Iterator[RawArticle | Failure]:
    if reading.meter is not None:
        reading.meter.begin()
    if str(source) == "-":
        stream: Any = sys.stdin.buffer
        if not isinstance(stream, io.BufferedReader):
            stream = io.BufferedReader(stream)
        yield from _parse(stream, reading.suffix or sniff(stream), "stdin", None, reading)
    elif source.is_dir():
        for found in _walk(source, "", exclude):
            if isinstance(found, Failure):
                yield found
            else:
                yield from _file(source / found, found, reading)
    else:
        yield from _file(source, source.name, reading)


def _entries(folder: Place) -> list[tuple[str, bool, bool]]:
    """What a folder holds, sorted: name, whether it is a folder, whether it is a file."""
    if isinstance(folder, RemotePath):
        return sorted(folder.entries())
    with os.scandir(folder) as found:
        return sorted((entry.name, entry.is_dir(follow_symlinks=False), entry.is_file()) for entry in found)


def _walk(root: Place, folder: str, exclude: Place | None) -> Iterator[str | Failure]:
    """Paths below ``root``, sorted by name, depth first; a folder that cannot be listed is a failure."""
    try:
        entries = _entries(root / folder if folder else root)
    except OSError as error:
        name = _printable(folder)
        yield Failure(name, name, "unreadable", f"the folder cannot be listed: {error.strerror or error}")
        return
    for name, is_folder, is_file in entries:
        if name.startswith("."):
            continue
        path = f"{folder}/{name}" if folder else name
        if is_file:
            yield path
        elif not is_folder:
            shown = _printable(path)
            yield Failure(shown, shown, "unreadable", "not a file: a broken link, a link to a folder, or a device")
        elif exclude is None or (root / path).resolve() != exclude:
            yield from _walk(root, path, exclude)


def _file(path: Place, name: str, reading: _Reading) -> Iterator[RawArticle | Failure]:
    shown = _printable(name)
    suffix, meter = reading.suffix or suffix_of(path.name), reading.meter
    if suffix not in READERS:
        yield Failure(
            shown, shown, "wrong_type", f"files that end in {suffix!r} are not read; known: {known_formats()}"
        )
        return
    try:
        with path.open("rb") as stream:
            if meter is not None:
                meter.opened(stream)
            yield from _parse(stream, suffix, shown, shown, reading)
            if meter is not None:
                # a reader of archives jumps to and fro, and ends anywhere
                meter.closed(stream.seek(0, io.SEEK_END) if stream.seekable() else stream.tell())
    except OSError as error:
        yield Failure(shown, shown, "unreadable", f"cannot be read: {error.strerror or error}")


def _parse(
    stream: io.BufferedReader, suffix: str, name: str, path: str | None, reading: _Reading
) -> Iterator[RawArticle | Failure]:
    count = 0
    try:
        for part in READERS[suffix](stream):
            if isinstance(part, Skipped):
                reading.skipped[part.reason] += 1
                continue
            count += 1
            inside = "" if part.member is None else f"/{_printable(part.member)}"
            own_path = None if path is None else path + inside
            own_id = name + inside + ("" if part.row is None else f"#{part.row}")
            try:
                if not isinstance(part, Found):
                    raise part.error
                yield make_article(
                    part.values,
                    default_id=own_id,
                    path=own_path,
                    headline=part.headline,
                    notices=part.notices,
                    max_chars=reading.max_chars,
                    repair=True,
                )
            except InputError as error:
                yield Failure(own_id, own_path, error.reason, error.message)
        if count == 0:
            yield Failure(name, path, "empty", "there is no article in it")
    except InputError as error:
        yield Failure(name, path, error.reason, error.message)
    except OSError as error:
        yield Failure(name, path, "unreadable", f"reading stopped: {error.strerror or error}")


def unique(found: Iterator[RawArticle | Failure]) -> Iterator[RawArticle | Failure]:
    """Append ``~2``, ``~3`` … to ids that came before. Hashes are kept instead of ids, to keep memory small."""
    seen: set[bytes] = set()
    repeated: dict[bytes, int] = {}
    for item in found:
        key = _digest(item.id)
        if key not in seen:
            seen.add(key)
            yield item
            continue
        number, taken = repeated.get(key, 1), key
        while taken in seen:
            number += 1
            taken = _digest(f"{item.id}~{number}")
        repeated[key] = number
        seen.add(taken)
        renamed = replace(item, id=f"{item.id}~{number}")
        if isinstance(renamed, RawArticle):
            notice = Notice("duplicate_id", f"the id {item.id!r} was taken by an earlier article")
            renamed = replace(renamed, notices=(*renamed.notices, notice))
        yield renamed


def _digest(text: str) -> bytes:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()


def _printable(name: str) -> str:
    """A file name as text: bytes that are not UTF-8 are replaced."""
    return os.fsencode(name).decode("utf-8", "replace")
