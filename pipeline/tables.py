"""Records as flat tables: one row per event, casualty figure, place or entity; and events as GeoJSON.

The columns are part of the contract: they may be added to, not renamed or removed. A value that the record does not
have is an empty cell (``None`` in a data frame), never 0.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from pipeline.errors import ConfigError, ResourceError, nearest
from pipeline.records import Casualty, CasualtyKind, Event, Participant, Place, Record, Span

if TYPE_CHECKING:
    import pandas as pd

Cell = str | int | float | bool | None
Row = dict[str, Cell]

KINDS: tuple[CasualtyKind, ...] = ("killed", "injured", "missing", "captured", "displaced")
_BOUNDS = ("low", "best", "high")
_ARTICLE = ("article_id", "published", "article_source", "url", "title")
_PLACE = ("place_name", "place_status", "gazetteer_id", "lat", "lon", "country", "admin1", "place_precision")

COLUMNS: dict[str, tuple[str, ...]] = {
    "events": (
        *_ARTICLE,
        *("event_id", "main", "type", "plover", "acled_event", "acled_sub_event", "status"),
        *("date_text", "date_earliest", "date_latest", "date_precision", "place_id"),
        *_PLACE,
        *("source", "target", "other", "attribution"),
        *(f"{kind}_{bound}" for kind in KINDS for bound in _BOUNDS),
        *("trigger", "trigger_start", "trigger_end", "mentions", "score", "rule"),
    ),
    "casualties": (
        *_ARTICLE,
        *("casualty_id", "event_id", "event_type", "kind", *_BOUNDS, "qualifier", "text", "start", "end"),
        *("victims", "victims_start", "victims_end", "group", "countries", "actor"),
        *("status", "attribution", "counted", "perpetrators", "rule"),
    ),
    "places": (
        *_ARTICLE,
        "place_id",
        *_PLACE,
        *("feature", "score", "names_in_text", "mentions", "events"),
    ),
    "entities": (
        *_ARTICLE,
        *("entity_id", "label", "text", "start", "end", "sentence_id", "place_id", "gazetteer_id", "actor_id", "actor"),
    ),
}
"""The columns of each table, in order."""


def table_rows(record: Record, table: str) -> Iterator[Row]:
    """The rows that one record adds to a table of :data:`COLUMNS`."""
    return _ROWS[table](record)


def features(record: Record) -> Iterator[dict[str, Any]]:
    """A GeoJSON feature for each event, in WGS84; the geometry of an event without coordinates is null."""
    for row in _events(record):
        lat, lon = row["lat"], row["lon"]
        geometry = None if lat is None else {"type": "Point", "coordinates": [lon, lat]}
        properties = {key: value for key, value in row.items() if key not in ("lat", "lon")}
        identity = f"{record.article.id}/{row['event_id']}"
        yield {"type": "Feature", "id": identity, "geometry": geometry, "properties": properties}


def to_geojson(records: Iterable[Record]) -> str:
    """All events of the records as one GeoJSON feature collection."""
    found = [feature for record in records for feature in features(record)]
    return json.dumps({"type": "FeatureCollection", "features": found}, ensure_ascii=False)


def to_frame(records: Iterable[Record], table: str = "events") -> pd.DataFrame:
    """One of the tables as a pandas data frame, with nullable types.

    Raises:
        ConfigError: there is no such table.
        ResourceError: pandas is not installed (``pip install "dateline[tables]"``).
    """
    if table not in COLUMNS:
        raise ConfigError(f"no table {table!r}.{nearest(table, COLUMNS)} Tables: {', '.join(COLUMNS)}")
    return frame([row for record in records for row in table_rows(record, table)], COLUMNS[table])


def frame(rows: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> pd.DataFrame:
    """Rows as a data frame with nullable types.

    Raises:
        ResourceError: pandas is not installed.
    """
    try:
        import pandas as pd
    except ImportError as error:
        raise ResourceError('data frames need pandas; type: pip install "dateline[tables]"') from error
    return pd.DataFrame(rows, columns=list(columns)).convert_dtypes()


def _article(record: Record) -> Row:
    article = record.article
    values = (article.id, article.published, article.source, article.url, article.title)
    return dict(zip(_ARTICLE, values, strict=True))


def _place(place: Place | None) -> Row:
    if place is None:
        return dict.fromkeys(_PLACE)
    name = place.name or "; ".join(place.names_in_text) or None
    at = (place.lat, place.lon, place.country, place.admin1, place.precision)
    return dict(zip(_PLACE, (name, place.status, place.gazetteer_id, *at), strict=True))


def _events(record: Record) -> Iterator[Row]:
    places = {place.id: place for place in record.places}
    for event in record.events:
        date = event.date
        yield {
            **_article(record),
            "event_id": event.id,
            "main": event.id == record.main_event,
            "type": event.type,
            "plover": event.plover,
            "acled_event": event.acled_event,
            "acled_sub_event": event.acled_sub_event,
            "status": event.status,
            "date_text": date.text if date else None,
            "date_earliest": date.earliest if date else None,
            "date_latest": date.latest if date else None,
            "date_precision": date.precision if date else None,
            "place_id": event.place,
            **_place(places.get(event.place or "")),
            "source": _joined(event.source),
            "target": _joined(event.target),
            "other": "; ".join(f"{other.role}: {other.text}" for other in event.other) or None,
            "attribution": event.attribution.text if event.attribution else None,
            **_toll(event),
            "trigger": event.trigger.text,
            "trigger_start": event.trigger.start,
            "trigger_end": event.trigger.end,
            "mentions": len(event.mentions),
            "score": event.score,
            "rule": event.rule,
        }


def _toll(event: Event) -> Row:
    toll: Row = {}
    for kind in KINDS:
        count = getattr(event.toll, kind)
        for bound in _BOUNDS:
            toll[f"{kind}_{bound}"] = getattr(count, bound) if count else None
    return toll


def _joined(parts: Iterable[Participant | Span]) -> str | None:
    return "; ".join(part.text for part in parts) or None


def _casualties(record: Record) -> Iterator[Row]:
    types = {event.id: event.type for event in record.events}
    actors = {actor.id: actor.name for actor in record.actors}
    for figure in record.casualties:
        yield {**_article(record), **_figure(figure, types, actors)}


def _figure(figure: Casualty, types: dict[str, str], actors: dict[str, str]) -> Row:
    victims = figure.victims
    return {
        "casualty_id": figure.id,
        "event_id": figure.event,
        "event_type": types.get(figure.event or ""),
        "kind": figure.kind,
        "low": figure.low,
        "best": figure.best,
        "high": figure.high,
        "qualifier": figure.qualifier,
        "text": figure.text,
        "start": figure.start,
        "end": figure.end,
        "victims": victims.text if victims else None,
        "victims_start": victims.start if victims else None,
        "victims_end": victims.end if victims else None,
        "group": victims.group if victims else None,
        "countries": "; ".join(victims.countries) or None if victims else None,
        "actor": actors.get(victims.actor or "") if victims else None,
        "status": figure.status,
        "attribution": figure.attribution.text if figure.attribution else None,
        "counted": figure.counted,
        "perpetrators": figure.perpetrators,
        "rule": figure.rule,
    }


def _places(record: Record) -> Iterator[Row]:
    for place in record.places:
        events = [event.id for event in record.events if event.place == place.id]
        yield {
            **_article(record),
            "place_id": place.id,
            **_place(place),
            "feature": place.feature,
            "score": place.score,
            "names_in_text": "; ".join(place.names_in_text) or None,
            "mentions": len(place.mentions),
            "events": "; ".join(events) or None,
        }


def _entities(record: Record) -> Iterator[Row]:
    gazetteer_ids = {place.id: place.gazetteer_id for place in record.places}
    actors = {actor.id: actor.name for actor in record.actors}
    for entity in record.entities:
        yield {
            **_article(record),
            "entity_id": entity.id,
            "label": entity.label,
            "text": entity.text,
            "start": entity.start,
            "end": entity.end,
            "sentence_id": entity.sentence,
            "place_id": entity.place,
            "gazetteer_id": gazetteer_ids.get(entity.place or ""),
            "actor_id": entity.actor,
            "actor": actors.get(entity.actor or ""),
        }


_ROWS: dict[str, Callable[[Record], Iterator[Row]]] = {
    "events": _events,
    "casualties": _casualties,
    "places": _places,
    "entities": _entities,
}
