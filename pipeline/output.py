"""The run folder: what a run writes, all of it or nothing.

Everything is written into a hidden folder inside the run folder and moved to its place when the run is finished, the
manifest last. A run that ends early leaves what was there before.
"""

from __future__ import annotations

import csv
import hashlib
import json
import shutil
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TextIO

from pipeline.articles import Failure
from pipeline.errors import ConfigError, ResourceError
from pipeline.manifest import changes, hash_file
from pipeline.records import Record
from pipeline.tables import COLUMNS, Cell, features, table_rows

FILES = (
    "records.jsonl",
    *(f"{table}.csv" for table in COLUMNS),
    "events.geojson",
    "failures.jsonl",
    "stats.json",
    "manifest.json",
)
"""What a run folder holds when the run is finished, in the order in which the files are put there."""

_PARTIAL = ".partial"


@dataclass(frozen=True, slots=True)
class Rendered:
    """One record as it will be written, so that worker processes do all of the work."""

    id: str
    sha256: str
    line: str
    rows: dict[str, list[list[Cell]]]
    features: list[str]
    warnings: list[str]


def render(record: Record) -> Rendered:
    """The record's line, table rows and map features."""
    return Rendered(
        record.article.id,
        record.article.sha256,
        record.model_dump_json(),
        {table: [[row[column] for column in COLUMNS[table]] for row in table_rows(record, table)] for table in COLUMNS},
        [json.dumps(feature, ensure_ascii=False) for feature in features(record)],
        [warning.code for warning in record.warnings],
    )


class RunFolder:
    """A run folder that is being written; a context manager that cleans up behind a run that fails.

    Raises:
        ConfigError: the folder holds the results of another run, and ``fresh`` was not asked for.
        ResourceError: the folder cannot be written to.
    """

    def __init__(self, path: Path, description: dict[str, Any], *, fresh: bool = False) -> None:
        self.path = path
        self.counts: Counter[str] = Counter()
        self.reasons: Counter[str] = Counter()
        self.warnings: Counter[str] = Counter()
        self.event_types: Counter[str] = Counter()
        self._inputs = hashlib.sha256()
        self._description = description
        self._partial = path / _PARTIAL
        self._files = ExitStack()
        if not fresh:
            self._refuse_another_run()
        try:
            shutil.rmtree(self._partial, ignore_errors=True)
            self._partial.mkdir(parents=True)
            self._records = self._open("records.jsonl")
            self._failures = self._open("failures.jsonl")
            self._map = self._open("events.geojson")
            self._map.write('{"type": "FeatureCollection", "features": [')
            self._tables = {}
            for table, columns in COLUMNS.items():
                self._tables[table] = csv.writer(self._open(f"{table}.csv"), lineterminator="\n")
                self._tables[table].writerow(columns)
        except OSError as error:
            self._files.close()
            raise ResourceError(f"cannot write to the run folder {path}: {error.strerror or error}") from error

    def _refuse_another_run(self) -> None:
        try:
            old = json.loads((self.path / "manifest.json").read_text("utf-8"))
        except (OSError, ValueError):
            return
        differing = changes(old, self._description)
        if differing:
            raise ConfigError(
                f"{self.path} holds the results of another run (different: {', '.join(differing)}); "
                "name another folder with -o, or replace them with --fresh"
            )

    def _open(self, name: str) -> TextIO:
        # newline="": line ends are the same on every system
        return self._files.enter_context((self._partial / name).open("w", encoding="utf-8", newline=""))

    def write(self, outcomes: Sequence[Rendered | Failure]) -> None:
        """Add outcomes, in the order of the input.

        Raises:
            ResourceError: the disk is full or gone.
        """
        with self._writing():
            for outcome in outcomes:
                self.counts["articles"] += 1
                if isinstance(outcome, Failure):
                    self._write_failure(outcome)
                else:
                    self._write_record(outcome)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise ResourceError(
                f"writing to {self.path} failed: {error.strerror or error}; what was there before is unchanged"
            ) from error

    def _write_failure(self, failure: Failure) -> None:
        self.counts["failures"] += 1
        self.reasons[failure.reason] += 1
        values = {key: value for key, value in asdict(failure).items() if key != "stage" or value is not None}
        self._failures.write(json.dumps(values, ensure_ascii=False) + "\n")
        self._inputs.update(f"{failure.id}\t{failure.reason}\n".encode())

    def _write_record(self, rendered: Rendered) -> None:
        self.counts["records"] += 1
        self.warnings.update(rendered.warnings)
        self._records.write(rendered.line + "\n")
        for table, rows in rendered.rows.items():
            self._tables[table].writerows(rows)
        of_type = COLUMNS["events"].index("type")
        self.event_types.update(str(row[of_type]) for row in rendered.rows["events"])
        for feature in rendered.features:
            self._map.write(f"{',' if self.counts['features'] else ''}\n{feature}")
            self.counts["features"] += 1
        for table in COLUMNS:
            self.counts[table] += len(rendered.rows[table])
        self._inputs.update(f"{rendered.id}\t{rendered.sha256}\n".encode())

    def finish(self, seconds: float) -> None:
        """Close the files, add figures and manifest, and move everything to its place.

        Raises:
            ResourceError: the disk is full or gone.
        """
        with self._writing():
            self._finish(seconds)

    def _finish(self, seconds: float) -> None:
        self._map.write("\n]}\n")
        self._files.close()
        stats = {
            **{key: self.counts[key] for key in ("articles", "records", "failures", *COLUMNS)},
            "failures_by_reason": dict(sorted(self.reasons.items())),
            "warnings_by_code": dict(sorted(self.warnings.items())),
            "events_by_type": dict(sorted(self.event_types.items())),
            "seconds": round(seconds, 2),
            "articles_per_second": round(self.counts["articles"] / seconds, 2) if seconds else None,
        }
        self._dump("stats.json", stats)
        inputs = {key: self.counts[key] for key in ("articles", "records", "failures")}
        hashed = (name for name in FILES if name not in ("stats.json", "manifest.json"))
        manifest = {
            **self._description,
            "inputs": {**inputs, "sha256": self._inputs.hexdigest()},
            "outputs": {name: hash_file(self._partial / name) for name in hashed},
        }
        self._dump("manifest.json", manifest)
        # without a manifest the folder does not claim to be whole while the files are being exchanged
        (self.path / "manifest.json").unlink(missing_ok=True)
        for name in FILES:
            (self._partial / name).replace(self.path / name)

    def _dump(self, name: str, value: object) -> None:
        text = json.dumps(value, ensure_ascii=False, indent=2)
        (self._partial / name).write_text(text + "\n", encoding="utf-8", newline="\n")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        # closing flushes what is buffered, which a full disk refuses once more
        with suppress(OSError):
            self._files.close()
        shutil.rmtree(self._partial, ignore_errors=True)
