"""The manifest of a run: the versions and hashes that its figures depend on, so that they can be defended later.

It holds no time and no machine: the same inputs, configuration and versions give the same manifest.
"""

from __future__ import annotations

import hashlib
import json
import platform
from importlib import metadata
from pathlib import Path
from typing import Any

from spacy.about import __version__ as spacy_version
from spacy.language import Language

from pipeline.config import Config
from pipeline.gazetteer import open_gazetteer
from pipeline.records import SCHEMA_VERSION
from pipeline.resources import data_path, word_files

_COMPARED = ("dateline", "spacy", "model", "gazetteer", "data", "config", "source", "options")


def package_version() -> str:
    """The version of the installed distribution, ``"0+unknown"`` in a source tree that was not installed."""
    try:
        return metadata.version("dateline")
    except metadata.PackageNotFoundError:
        return "0+unknown"


def describe(config: Config, nlp: Language, *, source: str, options: dict[str, Any] | None = None) -> dict[str, Any]:
    """Everything that decides what a run will write, told before it starts.

    Args:
        source: the input as the user named it.
        options: what else chooses among the inputs, such as a limit.
    """
    settings = config.model_dump(mode="json")
    uses_gazetteer = any(name in config.enabled() for name in ("entities", "places", "actors"))
    return {
        "schema_version": SCHEMA_VERSION,
        "dateline": package_version(),
        "python": platform.python_version(),
        "spacy": spacy_version,
        "model": model_info(nlp),
        "gazetteer": gazetteer_info(config) if uses_gazetteer else None,
        "data": data_hashes(config.words),
        "config": {"sha256": _hash(settings), "values": settings},
        "source": source,
        "options": options or {},
    }


def changes(old: dict[str, Any], new: dict[str, Any]) -> list[str]:
    """Which parts of two manifests differ, among those that decide what a run writes."""
    return [key for key in _COMPARED if old.get(key) != new.get(key)]


def explain_changes(old: dict[str, Any], new: dict[str, Any], *, most: int = 5) -> list[str]:
    """The same by name and value: ``config.run.batch_size 16, was 32``; no more than ``most`` of them."""
    found = [told for key in changes(old, new) for told in _explain(key, old.get(key), new.get(key))]
    return found if len(found) <= most else [*found[: most - 1], f"{len(found) - most + 1} more"]


def _explain(path: str, old: Any, new: Any) -> list[str]:
    if isinstance(old, dict) and isinstance(new, dict):
        keys = [key for key in {**old, **new} if old.get(key) != new.get(key)]
        # a hash beside the values that it is made of says nothing more
        return [
            told
            for key in keys
            if not (key == "sha256" and len(keys) > 1)
            for told in _explain(path if key == "values" else f"{path}.{key}", old.get(key), new.get(key))
        ]
    shown = [str(value) for value in (new, old)]
    if max(map(len, shown)) > 40:
        return [path]
    return [f"{path} {shown[0]}, was {shown[1]}"]


def model_info(nlp: Language) -> dict[str, Any]:
    """Name, version and hash of the spaCy pipeline; the hash is over all its files."""
    meta = nlp.meta
    return {
        "name": f"{meta['lang']}_{meta['name']}",
        "version": meta["version"],
        "sha256": None if nlp.path is None else _hash_files(Path(nlp.path)),
    }


def gazetteer_info(config: Config) -> dict[str, Any]:
    """Hash, size and sources of the built gazetteer, and the hashes of the user's own place tables."""
    info = open_gazetteer(config.gazetteer.path).info()
    return {
        "sha256": info.sha256,
        "places": info.places,
        "names": info.names,
        "versions": info.versions,
        "tables": {path.name: hash_file(path) for path in config.gazetteer.tables},
    }


def data_hashes(words: Path | None = None) -> dict[str, str]:
    """SHA-256 of every data file that the stages load, by path below ``models/``; the user's are ``words/…``."""
    root = data_path("models")
    drawn = root / "map"  # for reports, no record depends on it
    files = (path for path in sorted(root.rglob("*")) if path.is_file() and ".sqlite" not in path.name)
    files = (path for path in files if drawn not in path.parents)
    hashes = {path.relative_to(root).as_posix(): hash_file(path) for path in files}
    return hashes | {f"words/{name}": hash_file(path) for name, path in word_files(words).items()}


def hash_file(path: Path) -> str:
    """SHA-256 of a file's bytes."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _hash_files(root: Path) -> str:
    hashes = {path.relative_to(root).as_posix(): hash_file(path) for path in sorted(root.rglob("*")) if path.is_file()}
    return _hash(hashes)


def _hash(value: object) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
