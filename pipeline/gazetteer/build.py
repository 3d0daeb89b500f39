"""Building the gazetteer: registry packages and overlay in, one read-only SQLite file out.

The same inputs make the same rows in the same order, and their hash is kept in the file, so that a record can say
which gazetteer it came from.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
from collections.abc import Sequence
from pathlib import Path

from tqdm import tqdm

from pipeline.gazetteer import sources
from pipeline.gazetteer.merge import Draft, Merged, merge
from pipeline.gazetteer.names import loose_key, name_key, names_data
from pipeline.gazetteer.store import SCHEMA, STORE_VERSION, GazetteerInfo, open_gazetteer
from pipeline.gazetteer.tables import read_tables
from pipeline.resources import data_path

_STEPS = 8


def overlay_tables() -> list[Path]:
    """The place tables that ship with Dateline, in order."""
    return sorted(data_path("models", "gazetteer").glob("places-*.tsv"))


def local_tables() -> list[Path]:
    """The villages and districts that ship with Dateline because no package has them."""
    return [data_path("models", "gazetteer") / name for name in ("districts.tsv", "villages.tsv")]


def build_gazetteer(target: Path, *, tables: Sequence[Path] = (), progress: bool = False) -> GazetteerInfo:
    """Build the gazetteer at ``target``, replacing what is there once the new one is whole.

    Args:
        tables: place tables of the user, laid over our own.
        progress: show a progress bar on stderr.

    Raises:
        ResourceError: a package is not installed, or a table has a bad row.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    overlays = [*overlay_tables(), *tables]
    rows = read_tables(overlays)
    partial = target.with_name(f"{target.name}.{os.getpid()}.partial")
    partial.unlink(missing_ok=True)
    with tqdm(total=_STEPS, desc="gazetteer", unit="step", disable=not progress) as bar:

        def step(name: str) -> None:
            bar.set_postfix_str(name)
            bar.update()

        try:
            merged = merge(rows, local=read_tables(local_tables()), step=step)
            step("writing")
            _write(partial, merged, overlays)
            step("done")
            partial.replace(target)
        finally:
            partial.unlink(missing_ok=True)
    return open_gazetteer(target).info()


def _versions() -> dict[str, str]:
    return {file.distribution: file.version() for file in sources.ALL_FILES}


def _inputs(overlays: Sequence[Path]) -> dict[str, str]:
    hashes = {
        f"{file.distribution}/{Path(file.path).name}": sources.file_hash(file.locate()) for file in sources.ALL_FILES
    }
    hashes.update({path.name: sources.file_hash(path) for path in [*overlays, *local_tables(), _demonym_table()]})
    hashes["names.yaml"] = hashlib.sha256(json.dumps(names_data(), sort_keys=True).encode()).hexdigest()
    return hashes


def _demonym_table() -> Path:
    return data_path("models", "gazetteer", "demonyms.tsv")


def _overlay_demonyms() -> set[tuple[str, str]]:
    found = set()
    for line in _demonym_table().read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            names, countries = line.split("\t")[:2]
            found |= {(name_key(name), code) for name in names.split("|") for code in countries.split("|")}
    return found


def _write(path: Path, merged: Merged, overlays: Sequence[Path]) -> None:
    ordered = sorted(merged.places.values(), key=_order)
    numbers = {place.id: number for number, place in enumerate(ordered, 1)}
    loose_countries = set(names_data()["loose_countries"])
    digest = hashlib.sha256()

    def rows(values: list[tuple[object, ...]]) -> list[tuple[object, ...]]:
        values.sort(key=repr)
        digest.update(repr(values).encode())
        return values

    places = rows(
        [
            (
                numbers[place.id],
                place.id,
                place.name,
                place.lat,
                place.lon,
                place.country,
                numbers.get(place.admin1 or ""),
                numbers.get(place.admin2 or ""),
                place.feature,
                place.population,
                place.fame,
                place.source,
            )
            for place in ordered
        ]
    )
    names = rows([(key, numbers[place.id], kind) for place in ordered for key, kind in place.names.items()])
    loose: set[tuple[str, int]] = set()
    for place in ordered:
        if place.country in loose_countries:
            plain = [key for key in place.names if key[0] != "="]
            loose |= {(skeleton, numbers[place.id]) for key in plain if (skeleton := loose_key(key))}
    demonyms = merged.demonyms | _overlay_demonyms()
    connection = sqlite3.connect(path)
    try:
        connection.executescript(
            "PRAGMA page_size=4096; PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;"
            f"PRAGMA user_version={STORE_VERSION};{SCHEMA}"
        )
        connection.execute("BEGIN")
        connection.executemany("INSERT INTO place VALUES (?,?,?,?,?,?,?,?,?,?,?,?)", places)
        connection.executemany("INSERT INTO name VALUES (?,?,?)", sorted(names))
        connection.executemany("INSERT INTO loose VALUES (?,?)", sorted(rows(list(loose))))
        connection.executemany("INSERT INTO demonym VALUES (?,?)", sorted(rows(list(demonyms))))
        meta = {
            "inputs": json.dumps(_inputs(overlays), sort_keys=True),
            "versions": json.dumps(_versions(), sort_keys=True),
            "places": str(len(places)),
            "names": str(len(names)),
            "sha256": digest.hexdigest(),
        }
        connection.executemany("INSERT INTO meta VALUES (?,?)", sorted(meta.items()))
        connection.execute("COMMIT")
    finally:
        connection.close()


def _order(place: Draft) -> tuple[int, str]:
    return -place.population, place.id
