"""Where the data files are, and what a user lays over them.

They stand beside the package in a source tree, inside it in an installed wheel. A folder of the user's own YAML files
(``words`` in ``config.yaml``) adds to those of ``models/``; it holds for the whole process, as the compiled tables do.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from pipeline.errors import ResourceError, nearest

_PACKAGE = Path(__file__).resolve().parent
# Other programs read the types of events; the other files are read by commands that no configuration reaches, or are
# built into the gazetteer.
_FIXED = ("ontology.yaml", "linking.yaml", "exports/", "gazetteer/")
# Files whose first keys are words; a new one elsewhere would be read by nothing.
_KEYED_BY_WORD = frozenset({"inflections.yaml"})
# Rows whose first item is no word like the others: the user's row takes the place of the one that ships.
_ROWS = frozenset({("lexicons/actors.yaml", "known")})


def data_path(*parts: str) -> Path:
    """Path of a file or folder that ships with Dateline, such as ``data_path("models", "ontology.yaml")``.

    Raises:
        ResourceError: neither the source tree nor the installed package has it.
    """
    for root in (_PACKAGE, _PACKAGE.parent):
        path = root.joinpath(*parts)
        if path.exists():
            return path
    raise ResourceError(f"{'/'.join(parts)} is not part of this installation of Dateline; reinstall the package.")


class _Words:
    """The user's folder that is in force, and which data files were read so far."""

    folder: Path | None = None
    own: frozenset[str] = frozenset()
    read: frozenset[str] = frozenset()


@cache
def load_yaml(*parts: str) -> Any:
    """A YAML data file of ``models/`` with the user's words, parsed once per process. Treat the result as read-only."""
    name = "/".join(parts)
    _Words.read |= {name}
    shipped = _parse(data_path("models", *parts))
    if _Words.folder is None or name not in _Words.own:
        return shipped
    path = _Words.folder / name
    own = _parse(path)
    if own is None:
        return shipped
    unknown = [key for key in own if key not in shipped] if isinstance(own, dict) else []
    if unknown and name not in _KEYED_BY_WORD:
        key = str(unknown[0])
        raise ResourceError(f"{path}: unknown key {key!r}.{nearest(key, map(str, shipped))}")
    return _laid_over(shipped, own, (name,))


def use_words(folder: Path | None) -> None:
    """Lay the YAML files of a folder over those of ``models/``, from now on and in this process.

    Args:
        folder: files named and built as in ``models/``, each with what is new or changed; ``None`` for none.

    Raises:
        ResourceError: no such folder, a file that ``models/`` lacks or that cannot be changed, one that is not built
            like the one that it adds to, or words that this process has already read without the folder.
    """
    if folder == _Words.folder:
        return
    own = word_files(folder)
    late = sorted((_Words.own | own.keys()) & _Words.read)
    if late:
        raise ResourceError(
            f"words {folder}: this process has already read {late[0]} with {_Words.folder or 'the words that ship'}; "
            "one process keeps to one set of words, so use another process for another"
        )
    before = _Words.folder, _Words.own, _Words.read
    _Words.folder, _Words.own = folder, frozenset(own)
    try:
        for name in own:
            load_yaml(*name.split("/"))
    except ResourceError:
        _Words.folder, _Words.own, _Words.read = before
        load_yaml.cache_clear()
        raise


def word_files(folder: Path | None) -> dict[str, Path]:
    """The YAML files of a folder of words by the name of the file in ``models/`` that they are laid over.

    Raises:
        ResourceError: no such folder, or a file that nothing would read.
    """
    if folder is None:
        return {}
    if not folder.is_dir():
        raise ResourceError(f"words {folder}: no such folder")
    root = data_path("models")
    files = [path.relative_to(root).as_posix() for path in root.rglob("*.yaml")]
    known = [name for name in files if not name.startswith(_FIXED)]
    found = {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*.y*ml"))}
    for name in found:
        if name not in known:
            why = "cannot be changed" if name in files else f"is no file of models/.{nearest(name, known)}"
            raise ResourceError(f"words {folder}: {name} {why}")
    return found


def _parse(path: Path) -> Any:
    try:
        return yaml.load(path.read_text("utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506  # safe
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise ResourceError(f"{path} is not valid YAML: {error}") from error
    except OSError as error:
        raise ResourceError(f"cannot read {path}: {error.strerror}") from error


def _laid_over(shipped: Any, own: Any, at: tuple[str, ...]) -> Any:
    """Keys are joined, lists of words or rules get the user's in front, any other value is replaced.

    ``at``: the file and the keys down to these values.
    """
    if isinstance(shipped, dict) and isinstance(own, dict):
        joined = {
            key: _laid_over(shipped[key], value, (*at, str(key))) if key in shipped else value
            for key, value in own.items()
        }
        return shipped | joined
    if isinstance(shipped, dict | list) and type(own) is not type(shipped):
        expected = "keys" if isinstance(shipped, dict) else "a list"
        raise ResourceError(f"words {': '.join(at)}: expected {expected}, got {own!r}")
    if (
        isinstance(shipped, list)
        and at[:2] not in _ROWS
        and all(isinstance(item, str | dict) for item in (*shipped, *own))
    ):
        return [*own, *(item for item in shipped if item not in own)]
    return own
