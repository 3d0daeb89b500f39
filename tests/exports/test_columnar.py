"""Parquet, DuckDB and SQLite hold the tables with fixed types, and null where a record has nothing."""

from __future__ import annotations

import importlib.util
import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest

from pipeline.errors import ConfigError
from pipeline.exports.columnar import Source, column_type, columns
from pipeline.exports.files import check_exports, export
from pipeline.link.files import write_incidents
from pipeline.link.link import link
from pipeline.records import Record
from pipeline.tables import COLUMNS, to_frame

TEXTS = (
    "Rebels killed 12 soldiers in Homs, Syria, on Monday.",
    "Talks were held in Geneva. The ministers met again.",
)


@pytest.fixture
def records(read: Callable[[str], Record]) -> list[Record]:
    found = []
    for number, text in enumerate(TEXTS):
        record = read(text)
        article = record.article.model_copy(update={"id": f"{number}.txt"})
        found.append(record.model_copy(update={"article": article}))
    return found


@pytest.fixture
def run(tmp_path: Path, records: list[Record]) -> Path:
    (tmp_path / "records.jsonl").write_text("".join(f"{record.model_dump_json()}\n" for record in records))
    (tmp_path / "manifest.json").write_text('{"schema_version": "1.0", "dateline": "0.1.0"}')
    return tmp_path


def test_parquet_has_every_table_with_types_and_nulls(run: Path, records: list[Record]) -> None:
    written = export(run, "parquet")
    assert written.rows == {table: len(to_frame(records, table)) for table in COLUMNS}
    events = pq.read_table(run / "events.parquet")
    assert tuple(events.column_names) == COLUMNS["events"]
    types = {
        name: str(events.schema.field(name).type) for name in ("killed_best", "lat", "main", "date_earliest", "type")
    }
    assert types == {
        "killed_best": "int64",
        "lat": "double",
        "main": "bool",
        "date_earliest": "date32[day]",
        "type": "string",
    }
    rows = {row["trigger"]: row for row in events.to_pylist()}
    assert (rows["killed"]["killed_best"], rows["killed"]["date_earliest"]) == (12, date(2021, 3, 8))
    assert rows["killed"]["published"] == date(2021, 3, 10)
    assert (rows["met"]["killed_best"], rows["met"]["lat"], rows["met"]["date_earliest"]) == (None, None, None)
    assert events.schema.metadata[b"dateline"] == b"0.1.0"
    assert b"CC BY 4.0" in events.schema.metadata[b"attribution"]


def test_a_table_without_rows_has_its_columns_and_types(tmp_path: Path) -> None:
    (tmp_path / "records.jsonl").write_text("")
    assert export(tmp_path, "parquet").rows == dict.fromkeys(COLUMNS, 0)
    schema = pq.read_schema(tmp_path / "casualties.parquet")
    assert (tuple(schema.names), str(schema.field("low").type)) == (COLUMNS["casualties"], "int64")


def test_duckdb_answers_questions(run: Path) -> None:
    export(run, "duckdb", run / "out.duckdb")
    with closing(duckdb.connect(str(run / "out.duckdb"), read_only=True)) as database:
        told = database.sql(
            "SELECT country, sum(killed_best) FROM events WHERE date_latest < DATE '2021-04-01' GROUP BY 1"
        )
        assert told.fetchall() == [("SY", 12)]
        joined = "SELECT e.type, c.kind FROM casualties c JOIN events e USING (article_id, event_id)"
        assert database.sql(joined).fetchall() == [("attack", "killed")] or database.sql(joined).fetchall() == [
            ("armed_clash", "killed")
        ]
        assert dict(database.sql("FROM about").fetchall())["dateline"] == "0.1.0"
    assert [path.name for path in run.glob(".*")] == []


def test_sqlite_answers_questions_and_has_incidents_once_linked(run: Path, records: list[Record]) -> None:
    export(run, "sqlite")
    with closing(sqlite3.connect(run / "dateline.sqlite")) as database:
        found = database.execute(
            "SELECT date_earliest, main, killed_high, lat IS NULL FROM events WHERE killed_best = 12"
        )
        assert found.fetchall() == [("2021-03-08", 1, 12, 0)]
        assert {name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")} == {
            *COLUMNS,
            "about",
        }
    write_incidents(run / "incidents.jsonl", link(records))
    assert "incidents" in export(run, "sqlite").rows
    with closing(sqlite3.connect(run / "dateline.sqlite")) as database:
        found = database.execute(
            "SELECT i.killed_best, i.members, e.article_id FROM incidents i JOIN events e USING (incident_id) "
            "WHERE i.killed_best IS NOT NULL"
        )
        ((killed, members, article),) = found.fetchall()
    assert (killed, members.split("/")[0], article) == (12, "0.txt", "0.txt")


def test_every_row_fits_the_types_of_its_columns(records: list[Record]) -> None:
    python = {"integer": int, "real": float, "boolean": bool, "date": date, "text": str}
    source = Source(lambda: records, link(records))
    for table, names in columns(linked=True).items():
        found = list(source.rows(table))
        assert found, table
        for row in found:
            for name, cell in zip(names, row, strict=True):
                kinds = (python[column_type(table, name)], int) if name in ("lat", "lon", "score") else ()
                assert cell is None or isinstance(cell, kinds or python[column_type(table, name)]), (table, name, cell)


def test_a_missing_package_is_named_with_what_to_type(monkeypatch: pytest.MonkeyPatch) -> None:
    real = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == "duckdb" else real(name))
    with pytest.raises(ConfigError, match=r'duckdb not installed; this format needs: pip install "dateline\[tables\]"'):
        check_exports(["sqlite", "duckdb"])
    assert check_exports(["acled", "sqlite", "acled"]) == ["acled", "sqlite"]


def test_damaged_manifest_costs_only_its_versions(run: Path) -> None:
    (run / "manifest.json").write_text(json.dumps([1])[:2])
    export(run, "parquet")
    assert set(pq.read_schema(run / "places.parquet").metadata) == {b"attribution"}
