"""Files that are written whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO

from pipeline.errors import ResourceError


@contextmanager
def beside(path: Path) -> Iterator[Path]:
    """A path beside ``path`` to write to, which takes its place when the block ends well.

    Raises:
        ResourceError: the file cannot be written.
    """
    partial = path.with_name(f".{path.name}.partial")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        partial.unlink(missing_ok=True)
        yield partial
        partial.replace(path)
    except OSError as error:
        raise ResourceError(f"cannot write {path}: {error.strerror or error}") from error
    finally:
        with suppress(OSError):  # a folder that is a file has no partial file to remove either
            partial.unlink(missing_ok=True)


@contextmanager
def replacing(path: Path, *, errors: str = "strict") -> Iterator[TextIO]:
    """A UTF-8 text file to write, with line ends as they are given.

    Args:
        errors: what becomes of half a surrogate pair, as :func:`open` has it.

    Raises:
        ResourceError: the file cannot be written.
    """
    with beside(path) as partial, partial.open("w", encoding="utf-8", errors=errors, newline="") as stream:
        yield stream
