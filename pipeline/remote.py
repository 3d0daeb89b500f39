"""Paths with a scheme, ``s3://bucket/folder`` or ``file:///data``, read and written through fsspec.

:class:`RemotePath` has those parts of :class:`pathlib.Path` that reading articles and publishing a run need, so that
one code reads both. Whatever goes wrong in a store's driver is an :class:`OSError` here.
"""

from __future__ import annotations

import io
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any

from pipeline.errors import ConfigError, ResourceError, missing_extra, nearest

_URL = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+)://")
_SECRETS = re.compile(r"(?<=://)[^/@]*@")
_BUFFER = 2**20


class RemotePath:
    """A file or folder behind a scheme.

    Raises:
        ResourceError: fsspec, or the driver of the scheme, is not installed.
        ConfigError: nobody knows the scheme.
    """

    def __init__(self, url: str) -> None:
        try:
            import fsspec
        except ImportError as error:
            raise missing_extra(f"{_SECRETS.sub('', url)}:", "remote") from error
        scheme = url.partition("://")[0]
        try:
            self._fs, self._path = fsspec.core.url_to_fs(url)
        except ImportError as error:
            raise ResourceError(f"{scheme}:// needs a driver that is not installed: {error}") from error
        except ValueError as error:
            known = fsspec.available_protocols()
            raise ConfigError(
                f"no scheme {scheme!r} in {_SECRETS.sub('', url)!r}.{nearest(scheme, known)} "
                "Among others there are s3, gs, az, https, file"
            ) from error
        self._url = _SECRETS.sub("", url).rstrip("/")

    def __str__(self) -> str:
        return self._url

    def __truediv__(self, name: str) -> RemotePath:
        child = object.__new__(RemotePath)
        child._fs, child._path, child._url = self._fs, f"{self._path.rstrip('/')}/{name}", f"{self._url}/{name}"
        return child

    def __eq__(self, other: object) -> bool:
        return isinstance(other, RemotePath) and self._url == other._url

    def __hash__(self) -> int:
        return hash(self._url)

    @property
    def name(self) -> str:
        """The last part."""
        return self._url.rsplit("/", 1)[-1]

    @property
    def suffix(self) -> str:
        """The last part from its last full stop on, as :mod:`pathlib` tells it."""
        return Path(self.name).suffix

    def resolve(self) -> RemotePath:
        """Itself: stores have no links."""
        return self

    def exists(self) -> bool:
        """Whether there is such a file, or anything below such a folder."""
        with _as_os_errors():
            self._fs.invalidate_cache()  # somebody else may have written since
            return bool(self._fs.exists(self._path))

    def is_dir(self) -> bool:
        """Whether it is a folder, or has anything below it."""
        with _as_os_errors():
            return bool(self._fs.isdir(self._path))

    def entries(self) -> Iterator[tuple[str, bool, bool]]:
        """What a folder holds: name, whether it is a folder, whether it is a file."""
        with _as_os_errors():
            found = self._fs.ls(self._path, detail=True)
        for entry in found:
            name = entry["name"].rstrip("/").rsplit("/", 1)[-1]
            # some stores list a folder as an empty object in itself
            if entry["name"].strip("/") != self._path.strip("/"):
                yield name, entry["type"] == "directory", entry["type"] == "file"

    def size(self) -> int | None:
        """Bytes of a file, where the store tells."""
        with _as_os_errors():
            size: int | None = self._fs.info(self._path).get("size")
            return size

    def open(self, mode: str = "rb") -> io.BufferedReader:
        """The file, to be read as bytes."""
        with _as_os_errors():
            return io.BufferedReader(_Reading(self._fs.open(self._path, mode)), _BUFFER)

    def put(self, file: Path) -> None:
        """Upload a local file; it is there as a whole or not at all where the store writes objects as a whole."""
        with _as_os_errors():
            self._fs.makedirs(self._path.rsplit("/", 1)[0], exist_ok=True)
            self._fs.put_file(str(file), self._path)

    def unlink(self) -> None:
        """Remove the file, if there is one."""
        with _as_os_errors():
            if self._fs.exists(self._path):
                self._fs.rm_file(self._path)

    def scratch(self) -> Path:
        """The folder of this machine where what is to be published here is made ready.

        It is below ``DATELINE_SCRATCH``, else below the user's cache folder.
        """
        cache = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
        base = os.environ.get("DATELINE_SCRATCH") or Path(cache) / "dateline" / "runs"
        return Path(base) / sha256(self._url.encode()).hexdigest()[:16]


def place(path: str | Path) -> Path | RemotePath:
    """A path of this machine, or one with a scheme."""
    return RemotePath(str(path)) if is_remote(path) else Path(path)


def is_remote(path: str | Path) -> bool:
    """True for a path with a scheme. One letter is a drive of Windows."""
    return _URL.match(str(path)) is not None


class _Reading(io.RawIOBase):
    """A driver's file as the standard library's buffers want it."""

    def __init__(self, file: Any) -> None:
        self._file = file
        self._at = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        with _as_os_errors():
            data = self._file.read(len(buffer))
        buffer[: len(data)] = data
        self._at += len(data)
        return len(data)

    def tell(self) -> int:
        return self._at

    def close(self) -> None:
        if not self.closed:
            self._file.close()
        super().close()


@contextmanager
def _as_os_errors() -> Iterator[None]:
    try:
        yield
    except OSError:
        raise
    except Exception as error:  # every driver has errors of its own
        raise OSError(f"{type(error).__name__}: {error}") from error
