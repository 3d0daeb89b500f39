"""A run folder as the data of a report."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import Any

from pipeline.articles import REASONS
from pipeline.errors import InputError
from pipeline.link.files import read_incidents, read_runs
from pipeline.link.incidents import Incident
from pipeline.records import Record
from pipeline.report.page import Blocks, render, write_page
from pipeline.report.payload import CATEGORIES, slim, type_table
from pipeline.tables import COLUMNS, table_rows

_OF_ARTICLE = 5  # the columns of the events table that repeat the article
EVENT_COLUMNS = COLUMNS["events"][_OF_ARTICLE:]
ARTICLE_COLUMNS = ("id", "title", "published", "source", "url", "path", "events", "main", "block", "at")
INCIDENT_COLUMNS = (
    "id",
    "type",
    "earliest",
    "latest",
    "place",
    "country",
    "articles",
    "sources",
    "toll",
    "block",
    "at",
)


@dataclass(frozen=True, slots=True)
class Summary:
    """What a report holds: its file, articles, events, and how large it is in bytes."""

    out: Path
    articles: int
    events: int
    size: int


def write_report(run: Path, out: Path, *, texts: bool = True) -> Summary:
    """Write a run folder as one HTML file.

    Args:
        run: a folder that ``dateline run`` wrote; incidents that ``dateline link`` put there are shown as well.
        texts: False leaves the articles' texts out, for readers who may not be given them; the quoted words stay.

    Raises:
        InputError: the folder is no run folder, or its files do not belong together.
        ResourceError: ``out`` cannot be written.
    """
    if not (run / "records.jsonl").is_file():
        what = "has no records.jsonl" if run.is_dir() else "is no folder"
        raise InputError("unreadable", f"{str(run)!r} {what}; name a folder that `dateline run INPUT -o {run}` wrote")
    blocks = Blocks()
    articles: list[list[Any]] = []
    events: list[list[Any]] = []
    warnings: list[list[Any]] = []
    has_text = texts and (run / "articles.jsonl").is_file()
    for record, text in _with_texts(run, texts=has_text):
        number = len(articles)
        found = [[number, *(row[column] for column in EVENT_COLUMNS)] for row in table_rows(record, "events")]
        events += found
        warnings += ([number, warning.stage, warning.code, warning.message] for warning in record.warnings)
        about = record.article.model_dump(mode="json", exclude_none=True)
        at = blocks.add({"article": about, "text": text, "record": slim(record, with_text=text is not None)})
        main = next((event.type for event in record.events if event.id == record.main_event), None)
        meta = [about.get(name) for name in ARTICLE_COLUMNS[:6]]
        articles.append([*meta, len(found), main, *at])
    incidents = read_incidents(run / "incidents.jsonl") if (run / "incidents.jsonl").is_file() else None
    index = {
        "kind": "run",
        "name": run.resolve().name,
        "has_text": has_text,
        "categories": CATEGORIES,
        "types": type_table(),
        "articles": _table(ARTICLE_COLUMNS, articles),
        "events": _table(("article", *EVENT_COLUMNS), events),
        "warnings": _table(("article", "stage", "code", "message"), warnings),
        "failures": list(_json_lines(run / "failures.jsonl")),
        "reasons": REASONS,
        "incidents": None
        if incidents is None
        else _table(INCIDENT_COLUMNS, [_incident_row(incident, blocks) for incident in incidents]),
        "manifest": _json(run / "manifest.json"),
        "stats": _json(run / "stats.json"),
    }
    size = write_page(out, render(f"{run.resolve().name} – Dateline report", index, blocks, with_map=True))
    return Summary(out, len(articles), len(events), size)


def _table(columns: tuple[str, ...], rows: list[list[Any]]) -> dict[str, Any]:
    return {"columns": columns, "rows": rows}


def _with_texts(run: Path, *, texts: bool) -> Iterator[tuple[Record, str | None]]:
    """Each record with its text; the files have the same articles in the same order."""
    lines = _json_lines(run / "articles.jsonl") if texts else None
    if lines is None:
        yield from ((record, None) for record in read_runs([run]))
        return
    for record, line in zip_longest(read_runs([run]), lines):
        text = line.get("text") if isinstance(line, dict) else None
        if record is None or not isinstance(text, str) or _sha256(text) != record.article.sha256:
            what = "one more text" if record is None else f"another text for {record.article.id!r}"
            raise InputError(
                "unreadable",
                f"{run / 'articles.jsonl'} has {what} than records.jsonl tells of; the files are not of one run: "
                "repeat `dateline run`, or leave the texts out with --no-text",
            )
        yield record, text


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _json_lines(path: Path) -> Iterator[Any]:
    """The values of a file of JSON lines, none where there is no such file."""
    if not path.is_file():
        return
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            try:
                yield json.loads(line)
            except ValueError as error:
                raise InputError("bad_json", f"{path}, line {number}: {error}; repeat `dateline run`") from error


def _json(path: Path) -> Any:
    """The value of a JSON file, ``None`` where there is no such file."""
    if not path.is_file():
        return None
    try:
        return json.loads(path.read_text("utf-8"))
    except ValueError as error:
        raise InputError("bad_json", f"{path}: {error}; repeat `dateline run`") from error


def _incident_row(incident: Incident, blocks: Blocks) -> list[Any]:
    at = blocks.add(incident.model_dump(mode="json", exclude_none=True))
    date, place = incident.date, incident.place
    toll = {kind: [figure.low, figure.best, figure.high] for kind, figure in incident.toll.items()}
    return [
        incident.id,
        incident.type,
        date and date.earliest,
        date and date.latest,
        place and place.name,
        place and place.country,
        len({member.article for member in incident.members}),
        incident.sources,
        toll,
        *at,
    ]
