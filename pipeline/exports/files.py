"""The exports: which there are, and a run written as one of them."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, get_args

from pipeline.atomic import replacing
from pipeline.convert.texts import Texts, texts_of
from pipeline.errors import ConfigError, InputError, nearest
from pipeline.exports import acled, ucdp
from pipeline.exports.coded import Coded, code_event, code_incidents
from pipeline.exports.columnar import Source, about, need, write_duckdb, write_parquet, write_sqlite
from pipeline.link.files import read_incidents, read_runs
from pipeline.link.incidents import Incident
from pipeline.records import Record, Status
from pipeline.tables import Row

Unit = Literal["event", "incident"]
INCIDENTS = "incidents.jsonl"
"""The file of a run folder that ``dateline link`` writes there."""


@dataclass(frozen=True, slots=True)
class Export:
    """An export: ``file`` is its name in a run folder, ``None`` for a file of each table; ``needs`` are packages."""

    name: str
    made: str
    file: str | None
    needs: tuple[str, ...] = ()


EXPORTS: dict[str, Export] = {
    each.name: each
    for each in (
        Export("parquet", "a Parquet file for each table", None, ("pyarrow",)),
        Export("duckdb", "a DuckDB database of the tables", "dateline.duckdb", ("duckdb", "pyarrow")),
        Export("sqlite", "an SQLite database of the tables", "dateline.sqlite"),
        Export("acled", "a CSV with ACLED's columns", "acled.csv"),
        Export("ucdp", "a CSV with the columns of UCDP's GED", "ucdp.csv"),
    )
}
"""The exports by name."""


@dataclass
class Written:
    """What was written: rows by table, what was left out by reason, and what a row is."""

    path: Path
    rows: dict[str, int]
    unit: Unit = "event"
    left_out: Counter[str] = field(default_factory=Counter)

    def told(self) -> str:
        """What a person wants to know, in one line."""
        rows = ", ".join(f"{number:,} {table}" for table, number in self.rows.items())
        if set(self.rows) <= set(_CODED):
            rows = ", ".join(
                f"{number:,} row{'s' * (number != 1)}, one for each {self.unit}" for number in self.rows.values()
            )
        left = ", ".join(f"{reason} {number:,}" for reason, number in self.left_out.most_common())
        return f"written to {self.path}: {rows}" + (f"; left out: {left}" if left else "")


def check_exports(names: Iterable[str]) -> list[str]:
    """The names, each once, if there are such exports and what they need is installed.

    Raises:
        ConfigError: there is no such export, or a package is missing.
    """
    names = list(dict.fromkeys(names))
    for name in names:
        if name not in EXPORTS:
            raise ConfigError(f"no export {name!r}.{nearest(name, EXPORTS)} Exports: {', '.join(EXPORTS)}")
        need(*EXPORTS[name].needs)
    return names


def export(
    run: Path,
    name: str,
    out: Path | None = None,
    *,
    unit: Unit | None = None,
    statuses: Sequence[Status] = ("asserted",),
    articles: str | None = None,
) -> Written:
    """Write a run as one of :data:`EXPORTS`.

    Args:
        run: a run folder or its ``records.jsonl``.
        out: where to; by default the run folder.
        unit: what a row of ``acled`` and ``ucdp`` is; by default an incident where the run was linked.
        statuses: which events have rows there; incidents are asserted, so this asks for events.
        articles: the input that was analysed, for notes of sentences where the run has no texts.

    Raises:
        ConfigError: no such export, or what it needs is missing.
        InputError: the run cannot be read, or its incidents are of another run.
        ResourceError: the output cannot be written.
    """
    check_exports([name])
    _known([unit] if unit else [], get_args(Unit))
    _known(statuses, get_args(Status))
    folder = run if run.is_dir() else run.parent
    linked = folder / INCIDENTS
    if unit == "incident" and not linked.is_file():
        raise InputError("unreadable", f"{run} was not linked; first: dateline link {run} -o {linked}")
    incidents = read_incidents(linked) if linked.is_file() and unit != "event" else None
    target = out or (folder if EXPORTS[name].file is None else folder / str(EXPORTS[name].file))
    if EXPORTS[name].file is not None and target.is_dir():
        raise ConfigError(f"{target} is a folder, and {name} is {EXPORTS[name].made}; name a file")
    if EXPORTS[name].file is None and target.is_file():
        raise ConfigError(f"{target} is a file, and {name} is {EXPORTS[name].made}; name a folder")
    if name not in _CODED:
        source = Source(lambda: read_runs([run]), incidents)
        writers = {"parquet": write_parquet, "duckdb": write_duckdb, "sqlite": write_sqlite}
        return Written(target, writers[name](target, source, about(folder / "manifest.json")))
    if tuple(statuses) != ("asserted",):
        if unit == "incident":
            raise ConfigError("incidents are made of asserted events; for others write a row for each with --per event")
        incidents = None
    return _coded(run, name, target, incidents, statuses, articles)


def _known(asked: Sequence[str], known: Sequence[str]) -> None:
    for value in asked:
        if value not in known:
            raise ConfigError(f"no {value!r}.{nearest(value, known)} There are: {', '.join(known)}")


_CODED: dict[str, tuple[tuple[str, ...], Callable[[Coded], str | None], Callable[[Coded], Row]]] = {
    "acled": (acled.COLUMNS, acled.wanted, acled.row),
    "ucdp": (ucdp.COLUMNS, ucdp.wanted, ucdp.row),
}


def _coded(
    run: Path,
    name: str,
    target: Path,
    incidents: Sequence[Incident] | None,
    statuses: Sequence[Status],
    articles: str | None,
) -> Written:
    header, wanted, row = _CODED[name]
    written = Written(target, {name: 0}, "event" if incidents is None else "incident")
    with replacing(target) as stream:
        table = csv.DictWriter(stream, header, lineterminator="\n")
        table.writeheader()
        for coded in happenings(run, incidents, articles=articles):
            reason: str | None = None if coded.status in statuses else coded.status
            reason = reason or wanted(coded)
            if reason is not None:
                written.left_out[reason] += 1
                continue
            table.writerow(row(coded))
            written.rows[name] += 1
    return written


def happenings(
    run: Path, incidents: Sequence[Incident] | None = None, *, articles: str | None = None
) -> Iterator[Coded]:
    """The events of a run as coders see them, or its incidents.

    Raises:
        InputError: the run cannot be read, or the incidents are of another run.
    """
    file = run / "records.jsonl" if run.is_dir() else run
    texts = Texts(texts_of(file, articles))

    def coded(record: Record) -> Iterator[Coded]:
        try:
            text = texts.of(record)
        except InputError:
            if articles is not None:
                raise
            text = None  # the words of the events must do
        return (code_event(record, event, text) for event in record.events)

    events = (each for record in read_runs([run]) for each in coded(record))
    if incidents is None:
        yield from events
        return
    members = {(member.article, member.event) for incident in incidents for member in incident.members}
    refs = {f"{article}/{event}" for article, event in members}
    yield from code_incidents(incidents, {each.refs[0]: each for each in events if each.refs[0] in refs})
    # what was denied or planned is in no incident
