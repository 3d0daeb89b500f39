"""Looking places up in the built gazetteer.

:func:`open_gazetteer` opens the store that ``dateline gazetteer build`` made, read-only and immutable, so that any
number of processes share its pages. A look-up of a name costs microseconds and is remembered.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pipeline.errors import ResourceError
from pipeline.gazetteer.names import loose_key, name_key
from pipeline.gazetteer.tables import TableRow, read_tables

STORE_NAME = "gazetteer.sqlite"
# Raised with every change of SCHEMA or of how keys are made, so that an old store is refused with a word.
STORE_VERSION = 2
SCHEMA = """
CREATE TABLE place (number INTEGER PRIMARY KEY, id TEXT NOT NULL, name TEXT NOT NULL, lat REAL NOT NULL,
    lon REAL NOT NULL, country TEXT, admin1 INTEGER, admin2 INTEGER, feature TEXT NOT NULL, population INTEGER NOT NULL,
    fame INTEGER NOT NULL, source TEXT NOT NULL);
CREATE UNIQUE INDEX place_id ON place (id);
CREATE TABLE name (key TEXT NOT NULL, place INTEGER NOT NULL, kind INTEGER NOT NULL, PRIMARY KEY (key, place))
    WITHOUT ROWID;
CREATE TABLE loose (key TEXT NOT NULL, place INTEGER NOT NULL, PRIMARY KEY (key, place)) WITHOUT ROWID;
CREATE TABLE demonym (key TEXT NOT NULL, country TEXT NOT NULL, PRIMARY KEY (key, country)) WITHOUT ROWID;
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""
_SELECT = """
SELECT p.id, p.name, p.lat, p.lon, p.country, a.name, a.id, b.name, b.id, p.feature, p.population, p.fame, {kind}
FROM {table} JOIN place p ON p.number = {number}
LEFT JOIN place a ON a.number = p.admin1 LEFT JOIN place b ON b.number = p.admin2
WHERE {where} ORDER BY p.number LIMIT 400
"""
_BY_NAME = _SELECT.format(kind="n.kind", table="name n", number="n.place", where="n.key = ?")
_BY_LOOSE = _SELECT.format(kind="4", table="loose n", number="n.place", where="n.key = ?")
_BY_ID = _SELECT.format(kind="0", table="(SELECT 1)", number="p.number", where="p.id = ?")
_MATCHES = ("main", "overlay", "alternate", "short", "loose")
_CACHE_SIZE = 20_000
# What a table names is what news names: it counts as a place with this many names.
OVERLAY_FAME = 40


@dataclass(frozen=True, slots=True)
class GazetteerEntry:
    """One place as the gazetteer knows it, and how the name that was asked for matched.

    ``lat``/``lon`` are WGS84 degrees, ``country`` is ISO 3166-1 alpha-2, ``feature`` a GeoNames feature code, ``fame``
    the number of names that the sources have for the place, in any script. ``match``:
    ``main`` (the place's own name), ``overlay`` (from our tables), ``alternate``, ``short`` (an administrative unit
    without the word that says so) or ``loose`` (a transliteration of the same family).
    """

    id: str
    name: str
    lat: float
    lon: float
    country: str | None
    admin1: str | None
    admin1_id: str | None
    admin2: str | None
    admin2_id: str | None
    feature: str
    population: int
    fame: int = 0
    match: str = "main"


@dataclass(frozen=True)
class GazetteerInfo:
    """What a gazetteer was built from, for the manifest of a run."""

    path: Path
    sha256: str
    places: int
    names: int
    versions: dict[str, str]
    inputs: dict[str, str]


def default_path() -> Path:
    """Where ``dateline gazetteer build`` puts the store: ``models/`` of a source tree, else the user's cache folder."""
    root = Path(__file__).resolve().parent.parent.parent
    if (root / "pyproject.toml").is_file() and (root / "models").is_dir():
        return root / "models" / STORE_NAME
    cache = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(cache) / "dateline" / STORE_NAME


def open_gazetteer(path: Path | None = None, *, tables: Sequence[Path] = ()) -> Gazetteer:
    """Open the store at ``path`` (default: :func:`default_path`) and lay the user's place tables over it.

    Raises:
        ResourceError: there is no store there, it is of another version, or a table has a bad row.
    """
    return Gazetteer(path or default_path(), tables=read_tables(tables))


class Gazetteer:
    """Names to places. Safe to share between forks and to send to another process; not between threads."""

    def __init__(self, path: Path, *, tables: Iterable[TableRow] = ()) -> None:
        if not path.is_file():
            raise ResourceError(f"there is no gazetteer at {path}; make it once with: dateline gazetteer build")
        self.path = path
        self._rows = tuple(tables)
        self._pid = -1
        self._added: dict[str, list[GazetteerEntry]] = {}
        self._added_ids: dict[str, GazetteerEntry] = {}
        self._connect()
        for row in self._rows:
            self._add(row)

    def __reduce__(self) -> tuple[Callable[..., Gazetteer], tuple[Path, tuple[TableRow, ...]]]:
        return _reopen, (self.path, self._rows)

    def _connect(self) -> sqlite3.Connection:
        if self._pid != os.getpid():
            self._pid = os.getpid()
            self._names: dict[str, tuple[GazetteerEntry, ...]] = {}
            self._demonyms: dict[str, tuple[str, ...]] = {}
            uri = f"{self.path.resolve().as_uri()}?mode=ro&immutable=1"
            self._connection = sqlite3.connect(uri, uri=True)
            try:
                self._connection.executescript("PRAGMA mmap_size=268435456; PRAGMA cache_size=-4096;")
                (version,) = self._connection.execute("PRAGMA user_version").fetchone()
                if version == STORE_VERSION:
                    for key, country in self._connection.execute("SELECT key, country FROM demonym ORDER BY 1, 2"):
                        self._demonyms[key] = (*self._demonyms.get(key, ()), country)
            except sqlite3.DatabaseError as error:
                raise ResourceError(
                    f"{self.path} is not a Dateline gazetteer ({error}); make it anew with: dateline gazetteer build"
                ) from error
            if version != STORE_VERSION:
                self._pid = -1
                raise ResourceError(
                    f"{self.path} was made by another version of Dateline (store version {version}, this one reads "
                    f"{STORE_VERSION}); make it anew with: dateline gazetteer build"
                )
        return self._connection

    def _add(self, row: TableRow) -> None:
        known = self.by_id(row.id)
        if known is None and (row.lat is None or row.lon is None):
            raise ResourceError(f"{row.where}: the gazetteer has no {row.id}, so the row must give lat and lon")
        base = known or GazetteerEntry(row.id, row.name, 0.0, 0.0, None, None, None, None, None, "PPL", 0, OVERLAY_FAME)
        state = None
        if row.admin1:
            units = self.lookup(row.admin1, country=row.country)
            state = next((unit for unit in units if unit.feature == "ADM1"), None)
        entry = replace(
            base,
            name=row.name,
            lat=base.lat if row.lat is None else row.lat,
            lon=base.lon if row.lon is None else row.lon,
            country=row.country or base.country,
            admin1=state.name if state else row.admin1 or base.admin1,
            admin1_id=state.id if state else base.admin1_id,
            feature=row.feature or base.feature,
            population=base.population if row.population is None else row.population,
            match="overlay",
        )
        self._added_ids[row.id] = entry
        for name in (row.name, *row.names):
            self._added.setdefault(name if name.startswith("=") else name_key(name), []).append(entry)

    def entries(self, key: str) -> tuple[GazetteerEntry, ...]:
        """Places that a plain key (:func:`~pipeline.gazetteer.names.name_key`) names, the most populous first."""
        connection = self._connect()
        found = self._names.get(key)
        if found is None:
            found = tuple(_entry(row) for row in connection.execute(_BY_NAME, (key,)))
            if self._added and key in self._added:
                added = self._added[key]
                found = (*added, *(entry for entry in found if all(entry.id != other.id for other in added)))
            if len(self._names) >= _CACHE_SIZE:
                self._names.clear()
            self._names[key] = found
        return found

    def loose_entries(self, key: str) -> tuple[GazetteerEntry, ...]:
        """Places whose names are transliterations of the same family as a plain key."""
        skeleton = loose_key(key)
        return tuple(_entry(row) for row in self._connect().execute(_BY_LOOSE, (skeleton,))) if skeleton else ()

    def lookup(self, name: str, *, country: str | None = None, fuzzy: bool = False) -> list[GazetteerEntry]:
        """Places of this name, the most populous first.

        Args:
            country: keep those of one country (ISO 3166-1 alpha-2).
            fuzzy: where no name matches, take transliterations of the same family ("Hassakeh", "al-Hasaka").
        """
        key = name_key(name)
        written = self.entries("=" + name)
        found = [entry for entry in (*written, *self.entries(key)) if country is None or entry.country == country]
        if not found and fuzzy:
            found = [entry for entry in self.loose_entries(key) if country is None or entry.country == country]
        return found

    def by_id(self, identity: str) -> GazetteerEntry | None:
        """The place with this id (``geonames:N`` or ``dateline:name``)."""
        if identity in self._added_ids:
            return self._added_ids[identity]
        row = self._connect().execute(_BY_ID, (identity,)).fetchone()
        return None if row is None else _entry(row)

    def demonym(self, text: str) -> tuple[str, ...]:
        """Country codes that an adjective or a word for inhabitants stands for: ``("SY",)`` for "Syrians"."""
        self._connect()
        key = name_key(text)
        found = self._demonyms.get(key)
        if found is None and key.endswith("s") and key[:-1] in self._demonyms and not self.entries(key):
            found = self._demonyms[key[:-1]]
        return found or ()

    def info(self) -> GazetteerInfo:
        meta = dict(self._connect().execute("SELECT key, value FROM meta"))
        return GazetteerInfo(
            self.path,
            meta["sha256"],
            int(meta["places"]),
            int(meta["names"]),
            json.loads(meta["versions"]),
            json.loads(meta["inputs"]),
        )


def _reopen(path: Path, rows: tuple[TableRow, ...]) -> Gazetteer:
    return Gazetteer(path, tables=rows)


def _entry(row: tuple[Any, ...]) -> GazetteerEntry:
    identity, name, lat, lon, country, state, state_id, second, second_id, feature, population, fame, kind = row
    return GazetteerEntry(
        identity, name, lat, lon, country, state, state_id, second, second_id, feature, population, fame, _MATCHES[kind]
    )
