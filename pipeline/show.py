"""Records, traces and run summaries as plain text for a terminal. Every function returns text; nothing prints."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from pipeline.records import Count, DateValue, Event, Place, Record, Sentence
from pipeline.tables import Row
from pipeline.trace import Decision

if TYPE_CHECKING:
    from pipeline.batch import RunSummary

MAX_CELL = 48
_GAP = "  "


def table(header: Sequence[str], rows: Iterable[Sequence[object]], *, max_cell: int = MAX_CELL) -> str:
    """Columns of equal width; long cells are cut with an ellipsis, ``None`` is a dash, numbers stand to the right."""
    cells = [[_cell(value, max_cell) for value in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(header, *cells, strict=True)]
    lines = [_GAP.join(name.ljust(width) for name, width in zip(header, widths, strict=True)).rstrip()]
    lines.append(_GAP.join("─" * width for width in widths))
    lines += (_GAP.join(text.ljust(width) for text, width in zip(row, widths, strict=True)).rstrip() for row in cells)
    return "\n".join(lines)


def _cell(value: object, max_cell: int) -> str:
    text = "–" if value is None or value == "" else " ".join(str(value).split())
    return text if len(text) <= max_cell else text[: max_cell - 1] + "…"


def count(low: object, best: object, high: object) -> str | None:
    """A figure with its bounds in the fewest signs: ``12``, ``≥300``, ``≤40``, ``20–30``, ``20–30 (25)``, ``≈20``."""
    if low is None and high is None:
        return None if best is None else f"≈{best}"
    if low == high:
        return str(low)
    bounds = f"≥{low}" if high is None else f"≤{high}" if low is None else f"{low}–{high}"
    return bounds + (f" ({best})" if best not in (None, high if low is None else low) else "")


def events(rows: Iterable[Row]) -> str:
    """The short table at the end of a run: when, what, where, how many, and whether it is said to have happened.

    The column that names the article is left out where there is only one.
    """
    rows = list(rows)
    header = ("", "date", "event", "place", "killed", "injured", "status", "source → target", "article")
    columns = len(header) - (len({row["article_id"] for row in rows}) == 1)
    return table(header[:columns], (_event_cells(row)[:columns] for row in rows), max_cell=36)


def _event_cells(row: Row) -> tuple[object, ...]:
    return (
        "★" if row["main"] else " ",
        _days(row["date_earliest"], row["date_latest"]) or row["date_text"],
        row["type"],
        row["place_name"],
        *(count(*(row[f"{kind}_{bound}"] for bound in ("low", "best", "high"))) for kind in ("killed", "injured")),
        row["status"],
        _roles(row["source"], row["target"]),
        row["article_id"],
    )


def _roles(source: object, target: object) -> str | None:
    return None if source is None and target is None else f"{source or '?'} → {target or '?'}"


def _days(earliest: object, latest: object) -> str | None:
    """A range of days in its shortest form: a day, a month, a year, or both ends."""
    if earliest is None and latest is None:
        return None
    if earliest and latest:
        first, last = date.fromisoformat(str(earliest)), date.fromisoformat(str(latest))
        next_day = last + timedelta(days=1)
        if first.day == next_day.day == 1:
            if (next_day.year - first.year) * 12 + next_day.month - first.month == 1:
                return f"{first:%Y-%m}"
            if first.month == next_day.month == 1 and next_day.year - first.year == 1:
                return f"{first:%Y}"
    return str(earliest) if earliest == latest else f"{earliest or '…'} – {latest or '…'}"


def run_summary(summary: RunSummary) -> str:
    """How much a run did and found, what failed, and where it is written."""
    lines = []
    more = summary.found - len(summary.events)
    if more > 0:
        lines.append(f"… and {more:,} more events in {summary.out / 'events.csv'}")
    rate = f"{(summary.articles - summary.resumed) / summary.seconds:.1f} articles/s" if summary.seconds else ""
    done = f"{_many(summary.records, 'record')} with {_many(summary.found, 'event')}"
    failed = _many(summary.failures, "failure")
    lines.append(f"{_many(summary.articles, 'article')}: {done}, {failed}; {summary.seconds:.1f} s, {rate}")
    if summary.incidents is not None:
        joined = f"{summary.joined:,} of them of several articles"
        lines.append(f"{_many(summary.incidents, 'incident')}, {joined}; see {summary.out / 'incidents.jsonl'}")
    if summary.failures:
        reasons = ", ".join(f"{reason} {number:,}" for reason, number in sorted(summary.reasons.items()))
        lines.append(f"failures: {reasons}; see {summary.out / 'failures.jsonl'}")
    if summary.warnings:
        lines.append(
            "warnings: " + ", ".join(f"{code} {number:,}" for code, number in sorted(summary.warnings.items()))
        )
    if summary.resumed:
        lines.append(f"{_many(summary.resumed, 'article')} of these had been done before the run was stopped")
    if summary.skipped:
        lines.append(
            "left out: " + ", ".join(f"{reason} {number:,}" for reason, number in sorted(summary.skipped.items()))
        )
    lines.append(f"written to {summary.out}")
    return "\n".join(lines)


def _many(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def facts(found: Sequence[Any], text: str) -> str:
    """What a stage found, one fact a line, with the words that it stands on."""
    if not found:
        return "(nothing found)"
    rows = [dict(_fact(fact, text)) for fact in found]
    header = list(rows[0])
    return table(header, ([row[name] for name in header] for row in rows), max_cell=72)


def _fact(fact: Any, text: str) -> Iterable[tuple[str, object]]:
    """The fields worth a column; nested spans by their words."""
    if isinstance(fact, Sentence):
        return [("id", fact.id), *_offsets(fact), ("text", text[fact.start : fact.end])]
    if isinstance(fact, Event):
        return _event_fact(fact)
    if isinstance(fact, Place):
        at = None if fact.lat is None else f"{fact.lat:.4f}, {fact.lon:.4f}"
        names = " = ".join(fact.names_in_text)
        plain = ("id", "status", "gazetteer_id", "name", "country", "admin1", "feature", "precision", "score")
        return [("in text", names), *((name, getattr(fact, name)) for name in plain), ("lat, lon", at)]
    return [(name, _value(value)) for name, value in fact]


def _offsets(fact: Sentence) -> list[tuple[str, object]]:
    return [("start", fact.start), ("end", fact.end)]


def _event_fact(event: Event) -> list[tuple[str, object]]:
    when = event.date
    return [
        ("id", event.id),
        ("type", event.type),
        ("trigger", f"{event.trigger.text} [{event.trigger.start}]"),
        ("date", _value(when)),
        ("place", event.place),
        ("source", _value(event.source)),
        ("target", _value(event.target)),
        ("status", event.status),
        ("says", event.attribution.text if event.attribution else None),
        ("mentions", "; ".join(mention.text for mention in event.mentions)),
        ("score", event.score),
        ("rule", event.rule),
    ]


def _value(value: Any) -> object:
    if isinstance(value, DateValue):
        return _days(value.earliest, value.latest) or value.text
    if isinstance(value, Count):
        return count(value.low, value.best, value.high)
    if hasattr(value, "text"):
        return value.text
    if isinstance(value, list):
        return "; ".join(str(_value(item)) for item in value) or None
    return value


def decisions(found: Iterable[Decision]) -> str:
    """A trace: what a stage read, added, changed and rejected, and by which rule."""
    rows = [(d.verdict, d.start, d.end, d.text, d.rule, d.detail) for d in found]
    if not rows:
        return "(no decision was noted)"
    return table(("verdict", "start", "end", "text", "rule", "why"), rows, max_cell=64)


def record(found: Record) -> str:
    """One record: its events with tolls, main event first."""
    from pipeline.tables import table_rows

    rows = sorted(table_rows(found, "events"), key=lambda row: not row["main"])
    return events(rows) if rows else f"{found.article.id}: no events"
