"""What is packed: gzip around any format, and ZIP archives of articles. Nothing is unpacked to disk."""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import IO, cast

from pipeline.errors import InputError
from pipeline.formats import base
from pipeline.formats.base import Part, Reader, Skipped, Unread

BOMB_RATIO = 200
"""Text packs to a fifth, at best to a fiftieth of its size. What claims more than this is made to exhaust memory."""

_ENCRYPTED = 0x1
_DEFLATED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


class _Unpacked(io.RawIOBase):
    """The unpacked bytes of a stream. Damage and bombs are :class:`InputError` in the reader's hands."""

    def __init__(self, source: gzip.GzipFile | zipfile.ZipExtFile, packed: Callable[[], int]) -> None:
        self._source = source
        self._packed = packed
        self._out = 0
        self._ended = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]  # any writable buffer
        if self._ended:
            return 0
        self._ended = True  # unless all goes well: damage is told once, and is the end
        try:
            # no more than one read below: what was unpacked before the damage is not lost
            data = self._source.read1(len(buffer))
        except (gzip.BadGzipFile, zipfile.BadZipFile, zlib.error, EOFError) as error:
            message = f"what is packed is damaged or cut off here; the rest was not read ({type(error).__name__})"
            raise InputError("unreadable", message) from error
        self._out += len(data)
        if is_bomb(self._out, self._packed()):
            raise InputError("too_long", _too_dense(self._out, self._packed()))
        self._ended = not data
        buffer[: len(data)] = data
        return len(data)


class _Counted:
    """Counts the bytes that were read."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self.count = 0

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read(size)
        self.count += len(data)
        return data


def is_bomb(size: int, packed: int) -> bool:
    """True where so many bytes from so few are no text."""
    return size > base.MAX_BYTES and size > BOMB_RATIO * packed


def _too_dense(size: int, packed: int) -> str:
    return f"{size:,} bytes out of {packed:,}: no text packs so well, and unpacking it could exhaust this machine"


def gunzipped(reader: Reader) -> Reader:
    """The reader for what another reads, compressed with gzip."""

    def read(stream: io.BufferedReader) -> Iterator[Part]:
        counted = _Counted(stream)
        with gzip.GzipFile(fileobj=counted, mode="rb") as unpacked:  # type: ignore[call-overload]  # read() is enough
            yield from reader(io.BufferedReader(_Unpacked(unpacked, lambda: counted.count), 2**16))

    return read


def zip_reader(readers: Mapping[str, Reader], suffix_of: Callable[[str], str]) -> Reader:
    """The reader for a ZIP of files that ``readers`` can read, one after the other, in the archive's own order.

    Each member is a file of its own: its path is part of the article's id, and a bad one spoils no other. Names that
    begin with a dot are passed over, as in a folder.
    """

    def read(stream: io.BufferedReader) -> Iterator[Part]:
        source = stream if stream.seekable() else io.BytesIO(base.whole(stream))
        try:
            archive = zipfile.ZipFile(source)
            members = archive.infolist()
        except Exception as error:  # many kinds, for many ways in which an archive can be damaged
            raise InputError("unreadable", f"no ZIP archive, or a damaged one ({type(error).__name__})") from error
        with archive:
            size = source.seek(0, io.SEEK_END)
            claimed = sum(member.file_size for member in members)
            if is_bomb(claimed, size):
                raise InputError("too_long", _too_dense(claimed, size))
            for member in members:
                path = member_path(member.filename)
                if not member.filename.endswith(("/", "\\")) and not any(
                    part.startswith(".") for part in path.split("/")
                ):
                    yield from _member(archive, member, path)

    def _member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, path: str) -> Iterator[Part]:
        count = 0
        try:
            stream = _opened(archive, member)
            with stream:
                for part in _reader(path)(stream):
                    count += not isinstance(part, Skipped)
                    yield part if isinstance(part, Skipped) else replace(part, member=path)
            if count == 0:
                raise InputError("empty", "there is no article in it")
        except InputError as error:
            yield Unread(None, error, path)

    def _reader(path: str) -> Reader:
        suffix = suffix_of(path)
        if suffix == ".zip":
            raise InputError("wrong_type", "a ZIP inside a ZIP is not read; unpack the outer one first")
        if suffix not in readers:
            raise InputError("wrong_type", f"files that end in {suffix!r} are not read")
        return readers[suffix]

    return read


def member_path(name: str) -> str:
    """A member's path inside its archive. It names an article and is never opened, so ``..`` can lead nowhere."""
    parts = name.replace("\\", "/").split("/")
    return "/".join(part for part in parts if part not in ("", ".", "..")) or "unnamed"


def _opened(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> io.BufferedReader:
    if member.flag_bits & _ENCRYPTED:
        raise InputError("unreadable", "it is encrypted; unpack the archive with its password first")
    if member.compress_type not in _DEFLATED:
        kind = zipfile.compressor_names.get(member.compress_type, member.compress_type)  # type: ignore[attr-defined]
        raise InputError("unreadable", f"it is compressed as {kind!r}, which is not read; pack it again with deflate")
    if is_bomb(member.file_size, member.compress_size):
        raise InputError("too_long", _too_dense(member.file_size, member.compress_size))
    try:
        unpacked = cast("zipfile.ZipExtFile", archive.open(member))
    except Exception as error:  # many kinds, as above
        raise InputError("unreadable", f"the archive is damaged here ({type(error).__name__})") from error
    return io.BufferedReader(_Unpacked(unpacked, lambda: member.compress_size), 2**16)
