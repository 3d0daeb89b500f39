"""The run folder: what a run writes, all of it or nothing.

Everything is written into a hidden working folder inside the run folder and moved to its place when the run is
finished, the manifest last. A run that ends early leaves what was there before, and its work in the working folder,
where the same command finds it again (:mod:`pipeline.journal`).

A run folder behind a scheme (``s3://…``) is written the same way into a scratch folder of this machine and published
from there, an upload in the place of each move. No store exchanges several files at once either: a reader that waits
for the manifest, which is taken away first and comes last, sees whole results only.
"""

from __future__ import annotations

import csv
import hashlib
import json
import os
import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TextIO

from pipeline.articles import Failure
from pipeline.errors import ConfigError, ResourceError
from pipeline.journal import Journal, Progress, clear, fingerprints, lock, read_progress
from pipeline.manifest import explain_changes, hash_file
from pipeline.records import Record
from pipeline.remote import RemotePath
from pipeline.tables import COLUMNS, Cell, features, table_rows

FILES = (
    "records.jsonl",
    "articles.jsonl",
    *(f"{table}.csv" for table in COLUMNS),
    "events.geojson",
    "failures.jsonl",
    "stats.json",
    "manifest.json",
)
"""What a run folder holds when the run is finished, in the order in which the files are put there."""

LINKED_FILES = ("incidents.jsonl",)
"""What a linked run holds as well. Those that an earlier run left are taken away: they speak of its records."""

LINK_COUNTS = ("incidents", "incidents_of_several")
"""The counts that linking adds to ``stats.json``; ``incidents_of_several`` articles."""

_PARTIAL = ".partial"
_LINES = ("records.jsonl", "articles.jsonl", "failures.jsonl")
_SUMS = ("counts", "reasons", "warnings", "event_types", "stage_seconds")


@dataclass(frozen=True, slots=True)
class Rendered:
    """One record as it will be written, so that worker processes do all of the work."""

    id: str
    sha256: str
    line: str
    text: str
    rows: dict[str, list[list[Cell]]]
    features: list[str]
    warnings: list[str]


def render(record: Record, text: str) -> Rendered:
    """The record's line, table rows and map features, and a line with the analysed text that its offsets point into."""
    article = record.article
    return Rendered(
        article.id,
        article.sha256,
        record.model_dump_json(),
        json.dumps({"id": article.id, "sha256": article.sha256, "text": text}, ensure_ascii=False),
        {table: [[row[column] for column in COLUMNS[table]] for row in table_rows(record, table)] for table in COLUMNS},
        [json.dumps(feature, ensure_ascii=False) for feature in features(record)],
        [warning.code for warning in record.warnings],
    )


class RunFolder:
    """A run folder that is being written; a context manager that keeps what is done of a run that ends early.

    Raises:
        ConfigError: the folder holds the results of another run, or a part of one, and ``fresh`` was not asked for; or
            another process is writing it.
        ResourceError: the folder cannot be written to.
    """

    def __init__(self, path: Path | RemotePath, description: dict[str, Any], *, fresh: bool = False) -> None:
        self.path = path
        self.counts: Counter[str] = Counter()
        self.reasons: Counter[str] = Counter()
        self.warnings: Counter[str] = Counter()
        self.event_types: Counter[str] = Counter()
        self.stage_seconds: dict[str, float] = {}
        self.seconds = 0.0
        self.resumed = 0
        self._inputs = ""
        self._description = description
        self._partial = (path.scratch() if isinstance(path, RemotePath) else path) / _PARTIAL
        self._files: dict[str, TextIO] = {}
        self._stack = ExitStack()
        try:
            self._partial.mkdir(parents=True, exist_ok=True)
            self._stack.enter_context(lock(self._partial))
            progress = self._found(fresh=fresh)
            self.is_complete = progress is not None and progress.complete
            self._begin(progress)
        except OSError as error:
            self._close()
            raise ResourceError(f"cannot write to the run folder {path}: {error.strerror or error}") from error
        except ConfigError:
            self._close()
            raise

    def _found(self, *, fresh: bool) -> Progress | None:
        """What an earlier process did of this run, unless it was another run."""
        if fresh:
            clear(self._partial)
            return None
        progress = read_progress(self._partial)
        if progress is None:
            self._refuse(self._manifest(), f"{self.path} holds the results of another run")
            clear(self._partial)
        else:
            done = progress.state["counts"]["articles"]
            told = f"{self.path} holds an unfinished run of {done:,} articles with other settings"
            self._refuse(progress.description, told)
        return progress

    def _manifest(self) -> dict[str, Any] | None:
        try:
            with (self.path / "manifest.json").open("rb") as file:
                found = json.load(file)
        except (FileNotFoundError, ValueError):
            return None
        return found if isinstance(found, dict) else None

    def _refuse(self, old: dict[str, Any] | None, what: str) -> None:
        differing = [] if old is None else explain_changes(old, self._description)
        if differing:
            raise ConfigError(
                f"{what} (different: {', '.join(differing)}); name another folder with -o, or replace them with --fresh"
            )

    def _begin(self, progress: Progress | None) -> None:
        if progress is not None:
            self._restore(progress)
        if not self.is_complete:
            for name in (*_LINES, "events.geojson", *(f"{table}.csv" for table in COLUMNS)):
                self._files[name] = self._open(name, None if progress is None else progress.sizes[name])
        self._tables = {
            table: csv.writer(self._files[f"{table}.csv"], lineterminator="\n") for table in COLUMNS if self._files
        }
        if progress is None:
            self._files["events.geojson"].write('{"type": "FeatureCollection", "features": [')
            for table, columns in COLUMNS.items():
                self._tables[table].writerow(columns)
        self._journal = Journal(self._partial, self._description, progress)
        self._stack.callback(self._journal.close)

    def _restore(self, progress: Progress) -> None:
        state = progress.state
        for name in _SUMS:
            getattr(self, name).update(state[name])
        self.seconds, self._inputs = state["seconds"], state["inputs"]
        self.resumed = self.counts["articles"]
        self._batches = progress.batches

    _batches = 0

    def _open(self, name: str, size: int | None) -> TextIO:
        path = self._partial / name
        if size is None:
            path.unlink(missing_ok=True)
        else:
            os.truncate(path, size)
        # newline="": line ends are the same on every system
        return self._stack.enter_context(path.open("a", encoding="utf-8", newline=""))

    def done(self) -> Iterator[list[str]]:
        """Fingerprints of the inputs that an earlier process of this run has done, batch by batch."""
        return fingerprints(self._partial, self._batches)

    def write(
        self,
        outcomes: Sequence[Rendered | Failure],
        inputs: Sequence[str],
        *,
        seconds: float = 0.0,
        clock: Mapping[str, float] | None = None,
    ) -> None:
        """Add the outcomes of a batch, in the order of the input, and note in the journal that they are done.

        Args:
            inputs: the fingerprints of the inputs.
            seconds: the time since the last batch.
            clock: seconds that each stage took, in all processes together.

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
            self.seconds += seconds
            for name, spent in (clock or {}).items():
                self.stage_seconds[name] = self.stage_seconds.get(name, 0.0) + spent
            for file in self._files.values():
                file.flush()
            sizes = {name: os.fstat(file.fileno()).st_size for name, file in self._files.items()}
            self._journal.batch(inputs, sizes, self._state())
            self._batches += 1

    def _state(self) -> dict[str, Any]:
        return {**{name: getattr(self, name) for name in _SUMS}, "seconds": self.seconds, "inputs": self._inputs}

    @contextmanager
    def _writing(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            remote = isinstance(self.path, RemotePath)
            before = "" if remote else "what was there before is unchanged, and "
            raise ResourceError(
                f"writing to {self.path} failed: {error.strerror or error}; {before}what is done is kept"
                f"{f' in {self._partial}' if remote else ''}: the same command goes on from there"
            ) from error

    def _write_failure(self, failure: Failure) -> None:
        self.counts["failures"] += 1
        self.reasons[failure.reason] += 1
        values = {key: value for key, value in asdict(failure).items() if key != "stage" or value is not None}
        self._files["failures.jsonl"].write(json.dumps(values, ensure_ascii=False) + "\n")
        self._add_input(failure.id, failure.reason)

    def _write_record(self, rendered: Rendered) -> None:
        self.counts["records"] += 1
        self.warnings.update(rendered.warnings)
        self._files["records.jsonl"].write(rendered.line + "\n")
        self._files["articles.jsonl"].write(rendered.text + "\n")
        for table, rows in rendered.rows.items():
            self._tables[table].writerows(rows)
        of_type = COLUMNS["events"].index("type")
        self.event_types.update(str(row[of_type]) for row in rendered.rows["events"])
        for feature in rendered.features:
            self._files["events.geojson"].write(f"{',' if self.counts['features'] else ''}\n{feature}")
            self.counts["features"] += 1
        for table in COLUMNS:
            self.counts[table] += len(rendered.rows[table])
        self._add_input(rendered.id, rendered.sha256)

    def _add_input(self, identity: str, value: str) -> None:
        # a chain, because the state of a running hash cannot be put into the journal
        self._inputs = hashlib.sha256(f"{self._inputs}{identity}\t{value}\n".encode()).hexdigest()

    def finish(
        self,
        *,
        skipped: Mapping[str, int] | None = None,
        seconds: float = 0.0,
        link: Callable[[Path], Mapping[str, int]] | None = None,
    ) -> None:
        """Close the files, add figures and manifest, and move everything to its place.

        Args:
            skipped: how many inputs were left out on purpose, by reason.
            seconds: the time since the last batch.
            link: is given the folder with the finished files, writes :data:`LINKED_FILES` there, may write tables anew,
                and gives the counts that go into the figures.

        Raises:
            ResourceError: the disk is full or gone.
        """
        with self._writing():
            self.seconds += seconds
            if not self.is_complete:
                self._finish(skipped or {}, link)
                self._journal.complete()
            else:
                self._restore_linked()
            # without a manifest the folder does not claim to be whole while the files are being exchanged
            if (self._partial / "manifest.json").exists():
                _remove(self.path / "manifest.json")
                for name in LINKED_FILES if link is None else ():
                    _remove(self.path / name)
            for name in (*LINKED_FILES, *FILES):
                if (self._partial / name).exists():  # else moved already, before a process that was killed
                    _move(self._partial / name, self.path / name)
            self._whole = True

    _whole = False

    def _finish(self, skipped: Mapping[str, int], link: Callable[[Path], Mapping[str, int]] | None) -> None:
        self._files["events.geojson"].write("\n]}\n")
        for file in self._files.values():
            file.close()
        linked = dict(link(self._partial)) if link else {}
        self.counts.update(linked)
        stats = {
            **{key: self.counts[key] for key in ("articles", "records", "failures", *COLUMNS, *linked)},
            "failures_by_reason": dict(sorted(self.reasons.items())),
            "skipped_by_reason": dict(sorted(skipped.items())),
            "warnings_by_code": dict(sorted(self.warnings.items())),
            "events_by_type": dict(sorted(self.event_types.items())),
            "seconds": round(self.seconds, 2),
            "articles_per_second": round(self.counts["articles"] / self.seconds, 2) if self.seconds else None,
            "seconds_by_stage": {name: round(spent, 3) for name, spent in self.stage_seconds.items()},
        }
        self._dump("stats.json", stats)
        inputs = {key: self.counts[key] for key in ("articles", "records", "failures")}
        written = (*FILES[:-2], *(LINKED_FILES if link else ()))
        manifest = {
            **self._description,
            "inputs": {**inputs, "sha256": self._inputs},
            "outputs": {name: hash_file(self._partial / name) for name in written},
        }
        self._dump("manifest.json", manifest)

    def _restore_linked(self) -> None:
        """Take the counts of linking from the figures that a process wrote before it was killed."""
        path = self._partial if (self._partial / "stats.json").exists() else self.path
        with (path / "stats.json").open("rb") as file:
            stats = json.load(file)
        self.counts.update({key: stats[key] for key in LINK_COUNTS if key in stats})

    def _dump(self, name: str, value: object) -> None:
        text = json.dumps(value, ensure_ascii=False, indent=2)
        (self._partial / name).write_text(text + "\n", encoding="utf-8", newline="\n")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._whole or not self._batches:
            shutil.rmtree(self._partial, ignore_errors=True)
            if isinstance(self.path, RemotePath):
                with suppress(OSError):
                    self._partial.parent.rmdir()
        self._close()

    def _close(self) -> None:
        # closing flushes what is buffered, which a full disk refuses once more
        with suppress(OSError):
            self._stack.close()


def _move(file: Path, target: Path | RemotePath) -> None:
    if isinstance(target, Path):
        file.replace(target)
    else:
        target.put(file)


def _remove(file: Path | RemotePath) -> None:
    if isinstance(file, Path):
        file.unlink(missing_ok=True)
    else:
        file.unlink()
