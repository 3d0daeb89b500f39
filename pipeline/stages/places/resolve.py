"""From place names to places: the pure function that does the stage's work.

:func:`resolve` gathers the candidates of every name, weighs them in two passes (the second knows what the first
thought of the other names), and answers with one :class:`~pipeline.records.Place` per thing. The weights are a small
linear ranker (``models/gazetteer/resolution.yaml``), fitted by ``benchmarks/fit_places.py``; "none of these" is always
among the choices, so that an unknown village falls back to the place that the text puts it in, or stays unresolved.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import exp, log
from typing import Any

from pipeline import trace
from pipeline.gazetteer import Gazetteer, GazetteerEntry
from pipeline.gazetteer.names import name_key, short_unit_key
from pipeline.gazetteer.surface import ENGLISH_SPEAKING, in_no_english_speaking_country, lookup_surface
from pipeline.records import Candidate, Place, PlacePrecision, PlaceStatus
from pipeline.resources import load_yaml
from pipeline.stages.places.evidence import (
    NEAR_UNITS,
    UNIT_FEATURES,
    Context,
    Group,
    PlaceMention,
    Surroundings,
    contains,
    feature_class,
    km,
    match_features,
    prior,
    softmax,
    spread,
)

_FIRST, _MORE = 10, 10


@dataclass(frozen=True)
class ResolveOptions:
    """``min_margin``: a place whose lead over the second is smaller is ``ambiguous``. ``max_candidates``: kept in the
    record."""

    min_margin: float = 0.15
    max_candidates: int = 5


@lru_cache(maxsize=1)
def model() -> dict[str, Any]:
    """The weights of the ranker, by pass, and of the calibration."""
    data: dict[str, Any] = load_yaml("gazetteer", "resolution.yaml")
    return data


def dot(weights: Mapping[str, float], values: Mapping[str, float]) -> float:
    """The weighted sum of features; a feature without a weight counts nothing."""
    return sum(weights.get(name, 0.0) * value for name, value in values.items())


def resolve(
    mentions: Sequence[PlaceMention], context: Context, gazetteer: Gazetteer, options: ResolveOptions | None = None
) -> list[Place]:
    """The places that ``mentions`` name, in order of first mention, each with the entity ids of all its mentions.

    An unresolved place has no coordinates, but the country that the text speaks of, where it speaks of one.
    """
    options = options or ResolveOptions()
    groups = make_groups(mentions, context, gazetteer)
    rank(groups, context)
    return _places(groups, mentions, options, leading_country(groups, context))


def leading_country(groups: Sequence[Group], context: Context) -> str | None:
    """The country that most of the text speaks of, if one does: where an unresolved place probably lies."""
    countries = Surroundings(groups, context).countries
    best = max(countries, key=lambda code: (countries[code], code), default=None)
    return best if best and countries[best] >= 0.6 * sum(countries.values()) >= 0.5 else None


def make_groups(mentions: Sequence[PlaceMention], context: Context, gazetteer: Gazetteer) -> list[Group]:
    """Mentions that share a name and the place they are nested in, with candidates: one sense per name."""
    keys = [name_key(mention.text) for mention in mentions]
    nested: dict[tuple[str, str | None], str] = {}
    for mention, key in zip(mentions, keys, strict=True):
        if mention.within is not None:
            nested.setdefault((key, mention.unit), keys[mention.within])
    groups: dict[tuple[str, str | None, str | None, str | None], Group] = {}
    of_mention: list[Group] = []
    for index, (mention, key) in enumerate(zip(mentions, keys, strict=True)):
        parent = keys[mention.within] if mention.within is not None else nested.get((key, mention.unit))
        slot = (key, mention.unit, parent, mention.direction)
        group = groups.get(slot)
        if group is None:
            entries = _candidates(mention, gazetteer)
            unit = mention.unit
            if unit == "ADM1" and not any(entry.feature == "ADM1" for entry in entries):
                unit = "ADM"  # what a country calls a province may be of the second order
            if unit in ("ADM", "ADM2") and in_no_english_speaking_country(entries):
                # a district that the gazetteer lacks is known by the town that it is called after
                unit = unit if any(entry.feature in UNIT_FEATURES[unit] for entry in entries) else None
            group = Group(key, [], entries, unit=unit)
            spread(group, group.entries)
            groups[slot] = group
        group.mentions.append(index)
        group.cue = group.cue or mention.cue
        group.dateline = group.dateline or mention.dateline
        of_mention.append(group)
    for mention, group in zip(mentions, of_mention, strict=True):
        if mention.within is not None and of_mention[mention.within] is not group:
            group.within = group.within or of_mention[mention.within]
        if mention.beside is not None and of_mention[mention.beside] is not group:
            group.beside = group.beside or of_mention[mention.beside]
    found = list(groups.values())
    _narrow(found, context, gazetteer)
    return found


def _candidates(mention: PlaceMention, gazetteer: Gazetteer) -> list[GazetteerEntry]:
    entries = {entry.id: entry for entry in lookup_surface(mention.text, gazetteer)}
    short = short_unit_key(name_key(mention.text))
    if short and mention.unit:
        wanted = UNIT_FEATURES[mention.unit]
        for entry in gazetteer.entries(short):
            if entry.feature in wanted:
                entries.setdefault(entry.id, entry)
    if short and not entries:
        entries = {entry.id: entry for entry in gazetteer.entries(short)}
    if mention.unit:
        # "Idlib province" is no city, "the city of Idlib" no province, where the gazetteer has what the words say.
        for unit in (mention.unit, "ADM") if mention.unit == "ADM1" else (mention.unit,):
            agreeing = [entry for entry in entries.values() if entry.feature in UNIT_FEATURES[unit]]
            if agreeing:
                near = NEAR_UNITS.get(unit, ())
                return [*agreeing, *(entry for entry in entries.values() if entry.feature in near)]
    return list(entries.values())


def _narrow(groups: list[Group], context: Context, gazetteer: Gazetteer) -> None:
    """Keep the candidates that prominence or the rest of the text gives a chance."""
    everything = [group.entries for group in groups]
    for group, entries in zip(groups, everything, strict=True):
        entries.sort(key=lambda entry: (-prior(entry), entry.id))
        group.entries = entries[:_FIRST]
        group.weights = softmax([prior(entry) for entry in group.entries])
    surroundings = Surroundings(groups, context)
    for group, entries in zip(groups, everything, strict=True):
        rest = entries[_FIRST:]
        if rest:
            parents = [outer for other in (group.within, group.beside) if other for outer in other.entries[:5]]
            ranked = sorted(
                rest,
                key=lambda entry: (
                    -(
                        prior(entry)
                        + surroundings.names_near(group, entry)
                        + 4 * any(contains(outer, entry) for outer in parents)
                        + 4 * surroundings.units.get(entry.admin1_id or "", 0.0) / (surroundings.unit_total + 0.5)
                        + 2 * surroundings.countries.get(entry.country or "", 0.0) / (surroundings.total + 0.5)
                    ),
                    entry.id,
                ),
            )
            group.entries = [*group.entries, *ranked[:_MORE]]
        elif not entries:
            named = {code for code, share in surroundings.countries.items() if share >= 0.5}
            loose = [entry for entry in gazetteer.loose_entries(group.key) if not named or entry.country in named]
            group.entries = sorted(loose, key=lambda entry: (-prior(entry), entry.id))[:_FIRST]
        group.weights = softmax([prior(entry) for entry in group.entries])


def candidate_features(groups: Sequence[Group], index: int, surroundings: Surroundings) -> list[dict[str, float]]:
    """The features of every candidate of a group, and last those of "none of these"."""
    group = groups[index]
    total = sum(entry.population for entry in group.entries) + 1
    rows = []
    alone = all(km(entry.lat, entry.lon, group.entries[0].lat, group.entries[0].lon) < 60 for entry in group.entries)
    for entry, around in zip(group.entries, surroundings.features(index), strict=True):
        values = {**match_features(group, entry, entry.population / total), **around}
        if alone:
            values["alone"] = 1.0
            if entry.country not in ENGLISH_SPEAKING:
                values["alone_abroad"] = 1.0
        rows.append(values)
    none = {"none": 1.0}
    if group.entries and in_no_english_speaking_country(group.entries):
        none["none_abroad"] = 1.0
    if group.within is not None and not any("in_its_parent" in row for row in rows):
        none["none_in_parent"] = 1.0
    if surroundings.total and not any(row.get("country_share", 0.0) > 0.2 for row in rows):
        none["none_in_countries"] = 1.0
    if group.unit and any(row.get("unit_agrees") and row.get("alone_abroad") for row in rows):
        none["none_though_unit"] = 1.0
    rows.append(none)
    return rows


def rank(groups: list[Group], context: Context) -> None:
    """Set the weights of every group's candidates; the last weight, beyond the candidates, is "none of these"."""
    for step in ("first", "second"):
        surroundings = Surroundings(groups, context)
        scored = [
            softmax([dot(model()[step], values) for values in candidate_features(groups, index, surroundings)])
            for index in range(len(groups))
        ]
        for group, weights in zip(groups, scored, strict=True):
            group.weights = weights[:-1]


def calibrated(best: float, second: float, none: float) -> float:
    """The probability that the best candidate is right, from the ranker's shares."""
    weights = model()["calibration"]
    clip = min(max(best, 1e-4), 1 - 1e-4)
    values = {"bias": 1.0, "logit": log(clip / (1 - clip)), "margin": best - second, "none": none}
    return 1 / (1 + exp(-dot(weights, values)))


_PRECISION: Mapping[str, PlacePrecision] = {
    "country": "country",
    "capital": "settlement",
    "first": "admin1",
    "second": "admin2",
    "lower": "admin2",
    "settlement": "settlement",
    "landmark": "point",
    "region": "region",
}


def precision(entry: GazetteerEntry) -> PlacePrecision:
    """How precisely an entry says where something is."""
    kind = feature_class(entry.feature)
    return _PRECISION[kind]


@dataclass(slots=True)
class _Outcome:
    entry: GazetteerEntry | None
    score: float
    status: PlaceStatus
    candidates: list[tuple[GazetteerEntry, float]]
    rule: str


def _decide(group: Group, options: ResolveOptions, decided: dict[int, _Outcome]) -> _Outcome:
    """What a group means; ``decided`` holds the groups already decided, by identity."""
    known = decided.get(id(group))
    if known is not None:
        return known
    decided[id(group)] = _Outcome(None, 0.0, "unresolved", [], "nested in itself")
    order = sorted(zip(group.entries, group.weights, strict=True), key=lambda pair: (-pair[1], pair[0].id))
    none = max(0.0, 1 - sum(group.weights))
    if order and order[0][1] > none:
        second = order[1][1] if len(order) > 1 else 0.0
        status: PlaceStatus = "resolved" if order[0][1] - second >= options.min_margin else "ambiguous"
        outcome = _Outcome(order[0][0], calibrated(order[0][1], second, none), status, order, "ranked first")
    elif group.within is not None and (parent := _decide(group.within, options, decided)).entry is not None:
        outcome = _Outcome(parent.entry, parent.score * 0.9, parent.status, order, "unknown name, parent taken")
    else:
        outcome = _Outcome(None, 0.0, "unresolved", order, "no candidate fits" if order else "unknown name")
    decided[id(group)] = outcome
    return outcome


def _places(
    groups: list[Group], mentions: Sequence[PlaceMention], options: ResolveOptions, country: str | None
) -> list[Place]:
    decided: dict[int, _Outcome] = {}
    gathered: dict[str, list[tuple[Group, _Outcome]]] = {}
    for group in groups:
        outcome = _decide(group, options, decided)
        direction = mentions[group.mentions[0]].direction
        slot = f"{outcome.entry.id} {direction or ''}" if outcome.entry else f"? {group.key}"
        gathered.setdefault(slot, []).append((group, outcome))
        _trace(group, outcome, mentions)
    ordered = sorted(gathered.values(), key=lambda parts: min(group.mentions[0] for group, _ in parts))
    return [_place(f"p{number}", parts, mentions, options, country) for number, parts in enumerate(ordered)]


def _place(
    identity: str,
    parts: list[tuple[Group, _Outcome]],
    mentions: Sequence[PlaceMention],
    options: ResolveOptions,
    country: str | None,
) -> Place:
    indices = sorted(index for group, _ in parts for index in group.mentions)
    names = list(dict.fromkeys(mentions[index].text for index in indices))
    entities = list(dict.fromkeys(mentions[index].entity for index in indices))
    outcome = max((outcome for _, outcome in parts), key=lambda outcome: (outcome.score, outcome.rule))
    candidates = [
        Candidate(gazetteer_id=entry.id, name=entry.name, country=entry.country, score=round(weight, 4))
        for entry, weight in outcome.candidates[: options.max_candidates]
        if weight >= 0.001
    ]
    entry = outcome.entry
    if entry is None:
        return Place(
            id=identity,
            status="unresolved",
            name=None,
            names_in_text=names,
            country=country,
            candidates=candidates,
            mentions=entities,
        )
    direction = mentions[indices[0]].direction
    certain = max(mentions[index].certain for index in indices)
    return Place(
        id=identity,
        status=outcome.status,
        gazetteer_id=entry.id,
        name=f"{direction} {entry.name}" if direction else entry.name,
        names_in_text=names,
        lat=entry.lat,
        lon=entry.lon,
        country=entry.country,
        admin1=entry.name if entry.feature == "ADM1" else entry.admin1,
        feature="RGN" if direction else entry.feature,
        precision="region" if direction else precision(entry),
        score=round(outcome.score * certain, 4),
        candidates=candidates,
        mentions=entities,
    )


def _trace(group: Group, outcome: _Outcome, mentions: Sequence[PlaceMention]) -> None:
    if not trace.on():
        return
    first = mentions[group.mentions[0]]
    shown = ", ".join(
        f"{entry.id} {entry.name} ({entry.feature}, {entry.admin1 or '-'}, {entry.country}) {weight:.3f}"
        for entry, weight in outcome.candidates[:5]
    )
    nested = f"; within {group.within.key!r}" if group.within else ""
    trace.note(
        "places",
        "added" if outcome.entry else "rejected",
        first.start,
        first.end,
        first.text,
        outcome.rule,
        f"score {outcome.score:.2f}, {outcome.status}{nested}; candidates: {shown or 'none'}",
    )
