"""What the resolver reads and weighs: mentions, context, and the features of a candidate.

Plain data only, so that the ranking can be tested without a text. See :mod:`pipeline.stages.places.resolve`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import asin, cos, exp, log10, radians, sin, sqrt

import numpy as np

from pipeline.gazetteer import GazetteerEntry

UNIT_FEATURES: Mapping[str, tuple[str, ...]] = {
    "ADM1": ("ADM1",),
    "ADM2": ("ADM2", "ADM3", "ADM4", "ADM5", "ADMD"),
    "ADM": ("ADM1", "ADM2", "ADM3", "ADM4", "ADM5", "ADMD", "RGN"),
    "PPL": ("PPL", "PPLC", "PPLX"),
    "PCLI": ("PCLI",),
    "RGN": ("RGN", "ADM1", "ADM2", "MTS", "VAL", "ISL", "ISLS", "PEN"),
}

# What a gazetteer may call a place that the words call by another unit: a village and the sub-district around it.
NEAR_UNITS: Mapping[str, tuple[str, ...]] = {
    "PPL": ("ADM2", "ADM3", "ADM4", "CMP"),
}

# Things at one spot: buildings, airports, bases, camps, crossings, dams, squares, streets, plants.
LANDMARKS = frozenset(
    "AIRB AIRF AIRP BDG BLDG CH CMP CTRF CUSTM DAM FCL FT GASF HSP HTL INDS INSM MKT MNMT MSQE MUS OILF PAL PASS PO "
    "PRK PRN PRT PSN RSTN SCH SHRN SQR ST STDM TMPL".split()
)


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A place name in a text.

    ``entity`` is the id of the entity it stands in, ``[start, end)`` its offsets, ``text`` its words without articles
    and unit words, ``unit`` the kind of unit that the words around it call it ("ADM1" for "Idlib province"; ``None``
    where they call it nothing), ``cue`` the kind that they hint at ("PPL" for "Idlib mayor"). ``within`` is the index
    of the mention that the text nests it in ("Milaja (Idlib)", "Oxford, North Carolina"), ``beside`` that of one that
    the text equates it with. ``direction`` is a compass word in front ("northern Syria"), ``certain`` the probability
    that the words name a place, ``literal`` false inside the name of an organisation.
    """

    entity: str
    start: int
    end: int
    text: str
    unit: str | None = None
    cue: str | None = None
    within: int | None = None
    beside: int | None = None
    direction: str | None = None
    certain: float = 1.0
    literal: bool = True
    dateline: bool = False


@dataclass(frozen=True, slots=True)
class Context:
    """What the whole text says of countries: ``demonyms`` counts country codes of adjectives and inhabitants."""

    demonyms: Mapping[str, int] = field(default_factory=dict)
    source: str | None = None


def km(a: float, b: float, c: float, d: float) -> float:
    """Great-circle distance in kilometres between ``(a, b)`` and ``(c, d)``, latitudes and longitudes in degrees."""
    a, b, c, d = radians(a), radians(b), radians(c), radians(d)
    h = sin((c - a) / 2) ** 2 + cos(a) * cos(c) * sin((d - b) / 2) ** 2
    return 12742 * asin(min(1.0, sqrt(h)))


def contains(outer: GazetteerEntry, inner: GazetteerEntry) -> bool:
    """Whether one place lies in another, by hierarchy; second-order units also by nearness."""
    if outer.id == inner.id:
        return False
    if outer.feature == "PCLI":
        return inner.country == outer.country and inner.feature != "PCLI"
    if outer.id in (inner.admin1_id, inner.admin2_id):
        return True
    if outer.feature in ("ADM1", "PCLI", "CONT"):
        return False
    if outer.feature in ("RGN", "ADM2", "ADM3", "ADMD", "ISL", "VAL", "PEN"):
        return outer.country in (inner.country, None) and km(outer.lat, outer.lon, inner.lat, inner.lon) < 60
    return (
        inner.feature in ("PPLX", "PPL", "FAC")
        and outer.population > 20 * (inner.population + 1)
        and km(outer.lat, outer.lon, inner.lat, inner.lon) < 30
    )


@dataclass(slots=True)
class Group:
    """The mentions of one name that mean one thing, with what it may mean.

    ``weights`` are the probabilities of ``entries`` so far.
    """

    key: str
    mentions: list[int]
    entries: list[GazetteerEntry]
    unit: str | None = None
    cue: str | None = None
    within: Group | None = None
    beside: Group | None = None
    dateline: bool = False
    weights: list[float] = field(default_factory=list)
    units: frozenset[str] = frozenset()
    cells: frozenset[tuple[int, int]] = frozenset()
    rarity: float = 0.0


def cell(entry: GazetteerEntry) -> tuple[int, int]:
    """A square of half a degree."""
    return int(entry.lat * 2 // 1), int(entry.lon * 2 // 1)


def spread(group: Group, entries: Sequence[GazetteerEntry]) -> None:
    """Note where in the world the name occurs at all, before the candidates are narrowed."""
    local = [entry for entry in entries if feature_class(entry.feature) not in ("country", "region")]
    group.units = frozenset(entry.admin1_id or entry.id for entry in local)
    group.cells = frozenset(cell(entry) for entry in local if entry.feature != "ADM1")
    group.rarity = 1 / (1 + log10(len(local)) * 2) if local else 0.0


def feature_class(feature: str) -> str:
    """One of country, capital, first, second, lower, settlement, landmark, region."""
    if feature.startswith("PCL"):
        return "country"
    if feature == "PPLC":
        return "capital"
    if feature == "ADM1":
        return "first"
    if feature == "ADM2":
        return "second"
    if feature.startswith("ADM"):
        return "lower"
    if feature.startswith("PPL"):
        return "settlement"
    return "landmark" if feature in LANDMARKS else "region"


def prior(entry: GazetteerEntry) -> float:
    """How often news means this one of several places of a name, before the text is looked at (a log weight)."""
    kind = _KIND_PRIOR[feature_class(entry.feature)]
    return 0.8 * log10(entry.population + 10) + 1.2 * log10(entry.fame + 1) + kind + _MATCH_PRIOR[entry.match]


_KIND_PRIOR: Mapping[str, float] = {
    "country": 4.0,
    "capital": 2.0,
    "first": 1.5,
    "second": -0.3,
    "lower": -1.0,
    "settlement": 0.0,
    "landmark": 0.8,
    "region": 0.8,
}
_MATCH_PRIOR: Mapping[str, float] = {"main": 0.6, "overlay": 1.2, "alternate": -0.6, "short": -0.2, "loose": -2.0}


def softmax(scores: Sequence[float]) -> list[float]:
    """Shares that add up to 1, by the exponentials of ``scores``."""
    if not scores:
        return []
    top = max(scores)
    parts = [exp(score - top) for score in scores]
    total = sum(parts)
    return [part / total for part in parts]


class _Points:
    """The few most likely points of each name: group, latitude, longitude, weight.

    They are kept as columns, because every candidate of a text is measured against all of them.
    """

    def __init__(self, points: Sequence[tuple[int, float, float, float]]) -> None:
        owners, self._latitudes, lon, self._weights = np.array(points, dtype=float).reshape(-1, 4).T
        self._lat, self._lon = np.radians(self._latitudes), np.radians(lon)
        self._cos = np.cos(self._lat)
        self._firsts = np.flatnonzero(np.diff(owners, prepend=-1.0))
        borders = [*self._firsts.tolist(), len(owners)]
        self._slices = {int(owners[first]): slice(first, end) for first, end in pairwise(borders)}

    def shares(self, entries: Sequence[GazetteerEntry], *, without: Sequence[int]) -> list[list[float]]:
        """How near each group with points is to each of the entries, 0 to its weight; 0 for those ``without``."""
        if not self._slices or not entries:
            return [[] for _ in entries]
        angles = [(entry.lat, radians(entry.lat), cos(radians(entry.lat)), radians(entry.lon)) for entry in entries]
        latitudes, lat, cos_lat, lon = np.array(angles).T[:, :, np.newaxis]
        h = np.sin((lat - self._lat) / 2) ** 2 + self._cos * cos_lat * np.sin((lon - self._lon) / 2) ** 2
        distances = 12742 * np.arcsin(np.minimum(1.0, np.sqrt(h)))
        near = np.abs(self._latitudes - latitudes) < 8
        shares = np.where(near, self._weights * np.exp(-distances / 100), 0.0)
        for number in without:
            if number in self._slices:
                shares[:, self._slices[number]] = 0.0
        best: list[list[float]] = np.maximum.reduceat(shares, self._firsts, axis=1).tolist()
        return best


class Surroundings:
    """What the other names of the text say, weighed by what they probably mean; gathered once per pass."""

    def __init__(self, groups: Sequence[Group], context: Context) -> None:
        self.groups = groups
        self.countries: dict[str, float] = {}
        self.units: dict[str, float] = {}
        for code, count in context.demonyms.items():
            self.countries[code] = self.countries.get(code, 0.0) + min(3, count)
        by_key: dict[str, list[int]] = {}
        for number, group in enumerate(groups):
            by_key.setdefault(group.key, []).append(number)
        self.namesakes = [by_key[group.key] for group in groups]
        self.by_group: list[dict[str, float]] = []
        self.units_by_group: list[dict[str, float]] = []
        for group in groups:
            own: dict[str, float] = {}
            units: dict[str, float] = {}
            times = 1 + log10(len(group.mentions))
            for entry, weight in zip(group.entries, group.weights, strict=True):
                share = times * weight
                if entry.country:
                    own[entry.country] = own.get(entry.country, 0.0) + share
                unit = entry.id if entry.feature == "ADM1" else entry.admin1_id
                if unit:
                    units[unit] = units.get(unit, 0.0) + share
            self.by_group.append(own)
            self.units_by_group.append(units)
            for code, share in own.items():
                self.countries[code] = self.countries.get(code, 0.0) + share
            for code, share in units.items():
                self.units[code] = self.units.get(code, 0.0) + share
        self.total = sum(self.countries.values())
        self.unit_names: dict[str, float] = {}
        self.cell_names: dict[tuple[int, int], float] = {}
        for group in groups:
            for unit in group.units:
                self.unit_names[unit] = self.unit_names.get(unit, 0.0) + group.rarity
            around = {(x + dx, y + dy) for x, y in group.cells for dx in (-1, 0, 1) for dy in (-1, 0, 1)}
            for square in around:
                self.cell_names[square] = self.cell_names.get(square, 0.0) + group.rarity
        self.unit_total = sum(self.units.values())
        self.points = _Points(
            [
                (number, entry.lat, entry.lon, weight)
                for number, group in enumerate(groups)
                for entry, weight in sorted(zip(group.entries, group.weights, strict=True), key=lambda pair: -pair[1])[
                    :3
                ]
                if weight > 0.1 and feature_class(entry.feature) not in ("country", "region", "first")
            ]
        )

    def names_near(self, group: Group, entry: GazetteerEntry) -> float:
        """How many other names of the text occur around ``entry``, rare names counting more."""
        x, y = cell(entry)
        support = self.cell_names.get((x, y), 0.0)
        if support and any((x + dx, y + dy) in group.cells for dx in (-1, 0, 1) for dy in (-1, 0, 1)):
            support -= group.rarity
        return support

    def features(self, index: int) -> list[dict[str, float]]:
        """What the text says for each candidate of group ``index`` as its meaning."""
        group = self.groups[index]
        # "Tripoli" and "the city of Tripoli" are groups of their own, yet neither bears out the other
        namesakes = self.namesakes[index]
        others = self.total - sum(sum(self.by_group[other].values()) for other in namesakes)
        other_units = self.unit_total - sum(sum(self.units_by_group[other].values()) for other in namesakes)
        rows: list[dict[str, float]] = []
        for entry, shares in zip(group.entries, self.points.shares(group.entries, without=namesakes), strict=True):
            out: dict[str, float] = {}
            own = sum(self.by_group[other].get(entry.country or "", 0.0) for other in namesakes)
            if entry.country and others > 0:
                out["country_share"] = (self.countries.get(entry.country, 0.0) - own) / (others + 0.5)
                if self.countries.get(entry.country, 0.0) - own >= 0.7:
                    out["country_named"] = 1.0
            unit = entry.id if entry.feature == "ADM1" else entry.admin1_id
            if unit:
                own = sum(self.units_by_group[other].get(unit, 0.0) for other in namesakes)
                if other_units > 0:
                    out["unit_share"] = (self.units.get(unit, 0.0) - own) / (other_units + 0.5)
                support = self.unit_names.get(unit, 0.0) - (group.rarity if unit in group.units else 0.0)
                out["names_in_unit"] = min(3.0, support) / 3
            out["names_near"] = min(3.0, self.names_near(group, entry)) / 3
            out["near_others"] = min(3.0, sum(shares)) / 3
            out["nearest_other"] = max(shares, default=0.0)
            rows.append(out)
        return rows


def _far_from(outer: Group, entry: GazetteerEntry) -> bool:
    """Whether an entry is out of reach of all that the place around it may mean."""
    likely = [place for place, weight in zip(outer.entries, outer.weights, strict=True) if weight > 0.05]
    if not likely or any(feature_class(place.feature) in ("country", "region") for place in likely):
        return False
    reach = {"first": 300.0}  # kilometres from the centre of a province; from that of a town or district 100
    return all(
        km(place.lat, place.lon, entry.lat, entry.lon) > reach.get(feature_class(place.feature), 100.0)
        for place in likely
    )


def match_features(group: Group, entry: GazetteerEntry, share: float) -> dict[str, float]:
    """What the name and the words around it say for ``entry``; ``share`` is its part of the group's population."""
    kind = feature_class(entry.feature)
    if kind in ("first", "second", "lower") and any(
        other.feature.startswith("PPL") and entry.id in (other.admin1_id, other.admin2_id) for other in group.entries
    ):
        kind = f"{kind}_of_namesake"
    out = {
        f"is_{kind}": 1.0,
        f"match_{entry.match}": 1.0,
        "population": log10(entry.population + 10) / 7,
        "population_share": share,
        "fame": log10(entry.fame + 1),
    }
    if not entry.population:
        out["population_unknown"] = 1.0
    if entry.match == "overlay" and not kind.startswith(("country", "first")):
        out["curated"] = 1.0
    if group.unit is not None:
        out["unit_agrees" if entry.feature in UNIT_FEATURES[group.unit] else "unit_differs"] = 1.0
    if group.cue is not None:
        out["cue_agrees" if entry.feature in UNIT_FEATURES[group.cue] else "cue_differs"] = 1.0
    for other, name in ((group.within, "within"), (group.beside, "beside")):
        if other is None:
            continue
        inside = same = 0.0
        for outer, weight in zip(other.entries, other.weights, strict=True):
            if outer.id == entry.id:
                same = 1.0
            elif contains(outer, entry):
                inside = max(inside, 0.5 + 0.5 * weight)
        if name == "within":
            out["in_its_parent" if inside else "not_in_its_parent"] = inside or 1.0
            if not inside and not same and _far_from(other, entry):
                out["far_from_its_parent"] = 1.0
        if same:
            out["equated"] = 1.0
    return out
