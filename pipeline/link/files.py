"""Runs in, incidents out: the files of ``dateline link``."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from pydantic import ValidationError

from pipeline.atomic import replacing
from pipeline.errors import InputError
from pipeline.link.happenings import Key
from pipeline.link.incidents import Incident
from pipeline.link.link import Linking, gather
from pipeline.link.settings import Wishes, link_settings
from pipeline.records import Record
from pipeline.tables import COLUMNS, table_rows

INCIDENTS_NAME = "incidents.jsonl"
"""Where a run folder has its incidents."""

EVENT_COLUMNS = (*COLUMNS["events"], "incident_id")
"""The events table with the incident of each event; empty where the event is not linked (denied, planned)."""


def read_runs(runs: Sequence[Path]) -> Iterator[Record]:
    """The records of run folders or ``records.jsonl`` files, one after the other.

    Raises:
        InputError: there is no such file, or it holds no records of this version.
    """
    for run in runs:
        path = run / "records.jsonl" if run.is_dir() else run
        try:
            with path.open(encoding="utf-8") as lines:
                for line in lines:
                    if line.strip():
                        yield Record.model_validate_json(line)
        except OSError as error:
            raise InputError(
                "unreadable",
                f"cannot read records from {str(run)!r}: {error.strerror or error}; name a folder that `dateline run` "
                "wrote, or its records.jsonl",
            ) from error
        except (ValidationError, UnicodeDecodeError) as error:
            raise InputError("bad_json", f"{path} does not hold records of this version: {error}") from error


def read_incidents(path: Path) -> list[Incident]:
    """Incidents that an earlier call wrote.

    Raises:
        InputError: there is no such file, or it holds something else.
    """
    try:
        return [Incident.model_validate_json(line) for line in path.read_text("utf-8").split("\n") if line.strip()]
    except OSError as error:
        raise InputError("unreadable", f"cannot read the incidents {path}: {error.strerror or error}") from error
    except (ValidationError, UnicodeDecodeError) as error:
        raise InputError("bad_json", f"{path} does not hold incidents of this version: {error}") from error


def write_incidents(path: Path, incidents: Iterable[Incident]) -> None:
    """One JSON object per line, the whole file or nothing.

    Raises:
        ResourceError: the file cannot be written.
    """
    with replacing(path) as stream:
        for incident in incidents:
            stream.write(incident.model_dump_json() + "\n")


def write_events(path: Path, records: Iterable[Record], incidents: Mapping[Key, str]) -> None:
    """The events table of the runs, with the column ``incident_id``.

    Args:
        incidents: the incident of each event that is linked.

    Raises:
        ResourceError: the file cannot be written.
    """
    with replacing(path) as stream:
        table = csv.writer(stream, lineterminator="\n")
        table.writerow(EVENT_COLUMNS)
        for record in records:
            for row in table_rows(record, "events"):
                row["incident_id"] = incidents.get((record.article.id, str(row["event_id"])))
                table.writerow([row[column] for column in EVENT_COLUMNS])


def link_folder(folder: Path) -> dict[str, int]:
    """Link the run in a folder: write ``incidents.jsonl`` and, with ``incident_id``, ``events.csv``.

    Returns the number of ``incidents``, and of those of several articles (``incidents_of_several``).

    Raises:
        ResourceError: the files cannot be written.
    """
    settings = link_settings()
    linking = Linking(gather(read_runs([folder]), settings), settings, Wishes())
    linking.run()
    assembly = linking.assembly(settings.best)
    write_incidents(folder / INCIDENTS_NAME, assembly.incidents())
    write_events(folder / "events.csv", read_runs([folder]), assembly.ids())
    return {"incidents": len(linking.groups), "incidents_of_several": linking.joined}
