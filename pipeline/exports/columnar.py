"""Parquet, DuckDB and SQLite: the flat tables with the types of their columns.

Types are fixed by column, so that a table without a single figure has the same columns as any other. Days are dates
(ISO text in SQLite, which has none). With incidents, events have ``incident_id``, and there is a table of incidents.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from datetime import date
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.atomic import beside
from pipeline.errors import ConfigError
from pipeline.link.incidents import Incident
from pipeline.records import Record
from pipeline.tables import COLUMNS, KINDS, Row, table_rows

if TYPE_CHECKING:
    import pyarrow as pa

INCIDENTS = (
    *("incident_id", "type", "plover", "acled_event", "acled_sub_event", "members", "sources"),
    *("date_earliest", "date_latest", "date_precision"),
    *("place_name", "gazetteer_id", "lat", "lon", "country", "admin1", "place_precision"),
    *("source", "target"),
    *(f"{kind}_{bound}" for kind in KINDS for bound in ("low", "best", "high")),
    "disagreements",
)
"""The columns of the table of incidents. ``members`` are ARTICLE/EVENT, ``sources`` a number."""

_NUMBERS = frozenset(
    [
        *(f"{kind}_{bound}" for kind in KINDS for bound in ("low", "best", "high")),
        *("low", "best", "high", "start", "end", "trigger_start", "trigger_end", "victims_start", "victims_end"),
    ]
)
_COUNTED = {"events": ("mentions",), "places": ("mentions",), "incidents": ("sources",)}
_REALS = frozenset(("lat", "lon", "score"))
_TRUTHS = frozenset(("main", "counted", "perpetrators"))
_DAYS = frozenset(("published", "date_earliest", "date_latest"))
_ROWS = 20_000  # rows that are held at a time


def column_type(table: str, column: str) -> str:
    """``integer``, ``real``, ``boolean``, ``date`` or ``text``."""
    if column in _NUMBERS or column in _COUNTED.get(table, ()):
        return "integer"
    if column in _REALS:
        return "real"
    if column in _TRUTHS:
        return "boolean"
    return "date" if column in _DAYS else "text"


def columns(*, linked: bool) -> dict[str, tuple[str, ...]]:
    """The tables and their columns."""
    tables = dict(COLUMNS)
    if linked:
        tables["events"] = (*tables["events"], "incident_id")
        tables["incidents"] = INCIDENTS
    return tables


class Source:
    """Rows of every table, read anew for each."""

    def __init__(self, records: Any, incidents: Sequence[Incident] | None) -> None:
        self._records = records
        self._incidents = incidents
        self.tables = columns(linked=incidents is not None)
        members = ((m, incident.id) for incident in incidents or () for m in incident.members)
        self._of = {(member.article, member.event): id_ for member, id_ in members}

    def rows(self, table: str) -> Iterator[list[Any]]:
        """The rows of a table, with days as dates."""
        names = self.tables[table]
        days = [number for number, name in enumerate(names) if column_type(table, name) == "date"]
        for row in self._plain(table):
            cells: list[Any] = [row[name] for name in names]
            for number in days:
                cells[number] = None if cells[number] is None else date.fromisoformat(cells[number])
            yield cells

    def _plain(self, table: str) -> Iterator[Row]:
        if table == "incidents":
            yield from map(_incident, self._incidents or ())
            return
        record: Record
        for record in self._records():
            for row in table_rows(record, table):
                if table == "events" and self._incidents is not None:
                    row["incident_id"] = self._of.get((record.article.id, str(row["event_id"])))
                yield row


def _incident(incident: Incident) -> Row:
    when, place = incident.date, incident.place
    row: Row = {
        **dict.fromkeys(INCIDENTS),
        "incident_id": incident.id,
        **{key: getattr(incident, key) for key in ("type", "plover", "acled_event", "acled_sub_event", "sources")},
        "members": "; ".join(f"{member.article}/{member.event}" for member in incident.members),
        "disagreements": "; ".join(incident.disagreements) or None,
    }
    for role in ("source", "target"):
        row[role] = "; ".join(actor.name for actor in incident.actors if actor.role == role) or None
    if when is not None:
        row |= {"date_earliest": when.earliest, "date_latest": when.latest, "date_precision": when.precision}
    if place is not None:
        row |= {key: getattr(place, key) for key in ("gazetteer_id", "lat", "lon", "country", "admin1")}
        row |= {"place_name": place.name, "place_precision": place.precision}
    for kind, toll in incident.toll.items():
        row |= {f"{kind}_{bound}": getattr(toll, bound) for bound in ("low", "best", "high")}
    return row


def need(*modules: str) -> None:
    """See that the optional packages are there.

    Raises:
        ConfigError: one is not; the message says what to type.
    """
    from importlib.util import find_spec

    missing = [module for module in modules if find_spec(module) is None]
    if missing:
        raise ConfigError(f'{" and ".join(missing)} not installed; this format needs: pip install "dateline[tables]"')


def _schema(table: str, names: Iterable[str]) -> pa.Schema:
    import pyarrow as pa

    types = {
        "integer": pa.int64(),
        "real": pa.float64(),
        "boolean": pa.bool_(),
        "date": pa.date32(),
        "text": pa.string(),
    }
    return pa.schema([(name, types[column_type(table, name)]) for name in names])


def _batches(source: Source, table: str, schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    import pyarrow as pa

    for rows in _batched(source.rows(table)):
        arrays = [
            pa.array(list(cells), field.type) for cells, field in zip(zip(*rows, strict=True), schema, strict=True)
        ]
        yield pa.RecordBatch.from_arrays(arrays, schema=schema)


def write_parquet(folder: Path, source: Source, about: Mapping[str, str]) -> dict[str, int]:
    """A file for each table, ``events.parquet`` and so on; returns the number of rows by table."""
    import pyarrow.parquet as pq

    counts = {}
    for table, names in source.tables.items():
        schema = _schema(table, names).with_metadata(dict(about))
        path = folder / f"{table}.parquet"
        with beside(path) as partial, pq.ParquetWriter(partial, schema, compression="zstd") as writer:
            counts[table] = 0
            for batch in _batches(source, table, schema):
                writer.write_batch(batch)
                counts[table] += batch.num_rows
    return counts


def write_duckdb(path: Path, source: Source, about: Mapping[str, str]) -> dict[str, int]:
    """A database with all tables, and ``about`` with what made it; returns the number of rows by table."""
    import duckdb

    types = {"integer": "BIGINT", "real": "DOUBLE", "boolean": "BOOLEAN", "date": "DATE", "text": "VARCHAR"}
    counts = {}
    with beside(path) as partial, closing(duckdb.connect(str(partial))) as database:
        for table, names in source.tables.items():
            database.execute(_create(table, names, types))
            schema = _schema(table, names)
            counts[table] = 0
            for batch in _batches(source, table, schema):
                database.register("batch", batch)
                database.execute(f'INSERT INTO "{table}" SELECT * FROM batch')  # noqa: S608  # a name of our own
                counts[table] += batch.num_rows
        database.execute("CREATE TABLE about (key VARCHAR, value VARCHAR)")
        database.executemany("INSERT INTO about VALUES (?, ?)", [*about.items()])
    return counts


def write_sqlite(path: Path, source: Source, about: Mapping[str, str]) -> dict[str, int]:
    """The same as an SQLite file, with indices on articles and events."""
    types = {"integer": "INTEGER", "real": "REAL", "boolean": "INTEGER", "date": "TEXT", "text": "TEXT"}
    counts = {}
    with beside(path) as partial, closing(sqlite3.connect(partial)) as database:
        for table, names in source.tables.items():
            database.execute(_create(table, names, types))
            marks = ", ".join("?" * len(names))
            counts[table] = 0
            for rows in _batched(source.rows(table)):
                plain = ([cell.isoformat() if isinstance(cell, date) else cell for cell in row] for row in rows)
                database.executemany(f'INSERT INTO "{table}" VALUES ({marks})', plain)  # noqa: S608  # our own names
                counts[table] += len(rows)
            keys = [key for key in ("article_id", "event_id") if key in names]
            if keys:
                database.execute(f'CREATE INDEX "{table}_key" ON "{table}" ({", ".join(keys)})')
        database.execute("CREATE TABLE about (key TEXT, value TEXT)")
        database.executemany("INSERT INTO about VALUES (?, ?)", [*about.items()])
        database.commit()
    return counts


def _batched(rows: Iterator[list[Any]]) -> Iterator[list[list[Any]]]:
    while batch := list(islice(rows, _ROWS)):
        yield batch


def _create(table: str, names: Iterable[str], types: Mapping[str, str]) -> str:
    cells = ", ".join(f'"{name}" {types[column_type(table, name)]}' for name in names)
    return f'CREATE TABLE "{table}" ({cells})'


def about(manifest: Path) -> dict[str, str]:
    """What made the tables: versions of the run, from its manifest, and the attribution that its places ask for."""
    found = {"attribution": "contains data from GeoNames, CC BY 4.0"}
    try:
        made = json.loads(manifest.read_bytes())
    except (OSError, ValueError):
        return found
    keys = ("schema_version", "dateline", "spacy")
    return {key: str(made[key]) for key in keys if key in made} | found
