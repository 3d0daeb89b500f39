"""Place tables: our own overlay and those that a user adds.

A table is UTF-8, one place a row, tab-separated, with a header of these columns (others are errors):

``id``       ``geonames:NUMBER`` to add names or better values to a GeoNames place; empty for a new place
``name``     how news writes it
``names``    other names, separated by ``|``; one that begins with ``=`` matches only as written ("=KY", "=Miss."),
             one that begins with ``-`` is a name of the sources that is taken away
``lat`` ``lon`` ``country`` ``admin1`` ``feature`` ``population``
             WGS84 degrees, ISO 3166-1 alpha-2, name of the first-order unit, GeoNames feature code, a number; for a
             GeoNames id that the sources already have, empty means "as there"
``source``   where the row comes from; required

Comma-separated tables (``.csv``) are read as well. Lines that begin with ``#`` are comments.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import ResourceError, nearest
from pipeline.gazetteer.names import name_key

COLUMNS = ("id", "name", "names", "lat", "lon", "country", "admin1", "feature", "population", "source")
_ID = re.compile(r"^(geonames:\d+|dateline:[a-z0-9-]+)$")


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row of a table, checked. ``where`` is the file and line, for messages."""

    id: str
    name: str
    names: tuple[str, ...]
    lat: float | None
    lon: float | None
    country: str | None
    admin1: str | None
    feature: str | None
    population: int | None
    source: str
    where: str


def slug(name: str) -> str:
    """``dateline:`` id of a place that GeoNames does not have, made from its name."""
    return "dateline:" + re.sub(r"[^a-z0-9]+", "-", name_key(name)).strip("-")


def read_tables(paths: Sequence[Path]) -> list[TableRow]:
    """The rows of several tables, in order.

    Raises:
        ResourceError: a file cannot be read, or a row is bad; the message gives its file, line and reason.
    """
    return [row for path in paths for row in _read_table(path)]


def _read_table(path: Path) -> Iterator[TableRow]:
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ResourceError(f"place table {path} cannot be read: {error}") from error
    delimiter = "," if path.suffix.lower() == ".csv" else "\t"
    lines = [(number, line) for number, line in enumerate(text.splitlines(), 1) if line.strip() and line[0] != "#"]
    if not lines:
        return
    header = next(csv.reader([lines[0][1]], delimiter=delimiter))
    for column in header:
        if column not in COLUMNS:
            raise ResourceError(
                f"{path}, line {lines[0][0]}: unknown column {column!r}.{nearest(column, COLUMNS)} "
                f"Columns are {', '.join(COLUMNS)}."
            )
    for number, line in lines[1:]:
        cells = next(csv.reader([line], delimiter=delimiter))
        where = f"{path}, line {number}"
        if len(cells) > len(header):
            raise ResourceError(f"{where}: {len(cells)} cells, but the header has {len(header)} columns")
        yield _check(dict(zip(header, (cell.strip() for cell in cells), strict=False)), where)


def _number(cells: dict[str, str], column: str, low: float, high: float, where: str) -> float | None:
    value = cells.get(column, "")
    if not value:
        return None
    try:
        number = float(value)
    except ValueError:
        raise ResourceError(f"{where}: {column} is {value!r}, not a number") from None
    if not low <= number <= high:
        raise ResourceError(f"{where}: {column} is {value}, outside {low:g} to {high:g}")
    return number


def _check(cells: dict[str, str], where: str) -> TableRow:
    for column in ("name", "source"):
        if not cells.get(column):
            raise ResourceError(f"{where}: no {column}; every row needs one")
    identity = cells.get("id") or slug(cells["name"])
    if not _ID.match(identity):
        raise ResourceError(
            f"{where}: id is {identity!r}; write geonames:NUMBER, dateline:some-name, or leave it empty"
        )
    lat = _number(cells, "lat", -90, 90, where)
    lon = _number(cells, "lon", -180, 180, where)
    if (lat is None) != (lon is None):
        raise ResourceError(f"{where}: lat and lon must both be given or both be empty")
    if lat is None and identity.startswith("dateline:"):
        raise ResourceError(f"{where}: a place without a GeoNames id needs lat and lon")
    country = cells.get("country") or None
    if country is not None and not re.fullmatch(r"[A-Z]{2}", country):
        raise ResourceError(f"{where}: country is {country!r}; write its ISO 3166-1 code, such as SY")
    population = _number(cells, "population", 0, 9e9, where)
    names = tuple(name.strip() for name in cells.get("names", "").split("|") if name.strip())
    return TableRow(
        identity,
        cells["name"],
        names,
        lat,
        lon,
        country,
        cells.get("admin1") or None,
        cells.get("feature") or None,
        None if population is None else int(population),
        cells["source"],
        where,
    )
