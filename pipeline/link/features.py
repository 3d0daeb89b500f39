"""How alike two happenings are: the figures that a link is decided by, each with words for a human.

:func:`traits` takes from an event, once, what it is compared by. :func:`compare` gives a figure for every name in
:data:`FEATURES`; what is not known on both sides is 0, and where that itself says something there is a feature for it.
:class:`Judge` weighs them with the weights of ``models/linking.yaml``.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from operator import mul
from typing import NamedTuple

from pipeline.link.happenings import Happening, Number, Site
from pipeline.link.words import Bag, Rarity, cosine
from pipeline.metrics import distance_km
from pipeline.ontology import compatible
from pipeline.records import CasualtyKind

FEATURES = (
    "text",
    "names",
    "numbers",
    "rarest",
    "same_person",
    "other_persons",
    "same_surname",
    "same_actor",
    "days_overlap",
    "days_apart",
    "other_day",
    "published_apart",
    "same_place",
    "near_place",
    "same_admin1",
    "far_place",
    "other_country",
    "same_town_named",
    "other_towns",
    "same_toll",
    "other_toll",
    "same_type",
    "other_type",
)
"""The names of the figures, in their order."""
PLACE_RELATIONS = ("same_place", "near_place", "same_admin1", "far_place", "other_country")

NEAR_KM = 30.0
FAR_KM = 120.0
UNKNOWN_DAYS = 7  # between two days of publication that are not known: neither near nor far
FRESH_DAYS = 2
_MOST_DAYS = 400  # more apart says nothing more
_TOLLS: tuple[CasualtyKind, ...] = ("killed", "injured")
_GROWTH = 3  # a toll that later articles raise further than so many times speaks of another happening
_WIDE = frozenset({"admin1", "country", "region"})


class Traits(NamedTuple):
    """What an event is compared by. ``words``, ``names`` and ``numbers`` are bags of unit length.

    ``fresh``: the article came out within days of the event, which it dates to the day. ``names_of_place`` are in small
    letters; ``tolls`` are those of the killed and the injured.
    """

    article: str
    main: bool
    type: str
    words: Bag
    names: Bag
    numbers: Bag
    persons: bool
    full_names: frozenset[str]
    surnames: frozenset[str]
    actors: frozenset[str]
    published: int | None
    earliest: int | None
    latest: int | None
    fresh: bool
    place: Site | None
    names_of_place: frozenset[str]
    towns: frozenset[str]
    tolls: tuple[Number | None, ...]


def traits(one: Happening, rare: Rarity, *, whole: bool) -> Traits:
    """What an event is compared by, its whole article where ``whole`` and it is the article's news."""
    view = one.view(whole=whole)
    to_the_day = one.date is not None and one.date.precision == "day"
    fresh = to_the_day and one.published is not None and one.earliest is not None
    return Traits(
        article=one.key[0],
        main=one.main,
        type=one.type,
        words=rare.bag(view.words),
        names=rare.bag(view.names),
        numbers=rare.bag(dict.fromkeys(view.numbers, 1)),
        persons=bool(view.persons),
        full_names=frozenset(name for name in view.persons if " " in name),
        surnames=view.surnames,
        actors=frozenset(role.name.lower() for role in one.roles),
        published=one.published,
        earliest=one.earliest,
        latest=one.latest,
        fresh=fresh and (one.published or 0) - (one.earliest or 0) <= FRESH_DAYS,
        place=one.place,
        names_of_place=frozenset(name.lower() for name in one.place.names_in_text) if one.place else frozenset(),
        towns=one.towns,
        tolls=tuple(figure.number if (figure := one.figures.get(kind)) else None for kind in _TOLLS),
    )


def compare(one: Traits, other: Traits, rare: Rarity) -> list[float]:
    """The figures of a pair in the order of :data:`FEATURES`, the same whichever comes first."""
    shared = one.words.keys() & other.words.keys()
    # names and numbers are words as well
    names = [word for word in shared if word in one.names and word in other.names]
    numbers = [word for word in shared if word in one.numbers and word in other.numbers]
    return [
        cosine(one.words, other.words, shared),
        cosine(one.names, other.names, names),
        cosine(one.numbers, other.numbers, numbers),
        _rarest(shared, rare),
        *_people(one, other),
        *_times(one, other),
        *_where(one, other),
        *_tolls(one, other),
        float(one.type == other.type),
        float(not compatible(one.type, other.type)),
    ]


def _rarest(shared: Iterable[str], rare: Rarity) -> float:
    """How rare the three rarest words are that both have, 0 to 1."""
    return sum(sorted(map(rare, shared), reverse=True)[:3]) / (3 * rare.most)


def _people(one: Traits, other: Traits) -> tuple[float, ...]:
    """Full names in common, other people, and surnames in common."""
    last = len(one.surnames & other.surnames)
    return (
        math.log1p(len(one.full_names & other.full_names)),
        float(one.persons and other.persons and not last),
        math.log1p(last),
        float(not one.actors.isdisjoint(other.actors)),
    )


def _times(one: Traits, other: Traits) -> tuple[float, ...]:
    """Days between the dates of the events and between the days of publication, as logarithms.

    Two articles, each fresh news of another day (``other_day``), tell two happenings: a town that is shelled again.
    """
    known = one.published is not None and other.published is not None
    between = abs((one.published or 0) - (other.published or 0)) if known else UNKNOWN_DAYS
    published_apart = math.log1p(min(between, _MOST_DAYS))
    gap = days_apart(one, other)
    if gap is None:
        return 0.0, 0.0, 0.0, published_apart
    other_day = gap > 1 and one.fresh and other.fresh
    return float(gap == 0), math.log1p(min(gap, _MOST_DAYS)), float(other_day), published_apart


def days_apart(one: Happening | Traits, other: Happening | Traits) -> int | None:
    """Days between the spans in which two events can have been, 0 where they overlap; ``None`` where one is open."""
    if one.earliest is None or other.earliest is None:
        return None
    last = (one.latest or one.earliest, other.latest or other.earliest)
    return max(0, one.earliest - last[1], other.earliest - last[0])


def _where(one: Traits, other: Traits) -> tuple[float, ...]:
    relation = place_relation(one, other)
    shared = not one.towns.isdisjoint(other.towns)
    return (
        *(float(relation == name) for name in PLACE_RELATIONS),
        float(shared),
        float(bool(one.towns and other.towns) and not shared),
    )


def place_relation(first: Traits, second: Traits) -> str | None:
    """How two places lie to each other, as the feature's name; ``None`` where that is not known.

    A wide place (province, country) holds the narrow one: "Syria" and "Homs" are no contradiction, and no evidence
    either beyond the country.
    """
    one, other = first.place, second.place
    if one is None or other is None:
        return None
    if one.gazetteer_id and one.gazetteer_id == other.gazetteer_id:
        return "same_admin1" if one.precision in _WIDE else "same_place"
    if "unresolved" in (one.status, other.status) and not first.names_of_place.isdisjoint(second.names_of_place):
        return "same_place"
    if one.country and other.country and one.country != other.country:
        return "other_country"
    if one.precision in _WIDE or other.precision in _WIDE:
        if one.admin1 and other.admin1:
            return "same_admin1" if one.admin1 == other.admin1 else "far_place"
        return None
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return None
    km = distance_km(one.lat, one.lon, other.lat, other.lon)
    if km <= NEAR_KM:
        return "near_place"
    if one.admin1 and one.admin1 == other.admin1 and km < FAR_KM:
        return "same_admin1"
    return "far_place" if km > FAR_KM else None


def _tolls(one: Traits, other: Traits) -> tuple[float, float]:
    """How many tolls are the same, and how many do not fit."""
    same = apart = 0.0
    for first, second in zip(one.tolls, other.tolls, strict=True):
        if first is not None and second is not None:
            relation = toll_relation(first, second, one.published, other.published)
            same += relation == "same"
            apart += relation == "other"
    return same, apart


def toll_relation(one: Number, other: Number, first_day: int | None, second_day: int | None) -> str | None:
    """``same``, ``revised`` (the later article has more), ``other``, or ``None`` where there is no figure."""
    first, second = _number(one), _number(other)
    if first is None or second is None:
        return None
    if first == second:
        return "same" if first else None
    if _meet(one, other):
        return "revised"
    if first_day is None or second_day is None:
        return "other"
    before, after = (first, second) if first_day <= second_day else (second, first)
    return "revised" if before <= after <= _GROWTH * (before + 1) else "other"


def _number(count: Number) -> int | None:
    return count.best if count.best is not None else count.low


def _meet(one: Number, other: Number) -> bool:
    """Whether one number can be both."""
    highs = [math.inf if count.high is None else count.high for count in (one, other)]
    return (one.low or 0) <= highs[1] and (other.low or 0) <= highs[0]


class Judge:
    """A logistic judge of pairs: ``bias`` and one weight per feature, 0 where none is given."""

    def __init__(self, bias: float, weights: Mapping[str, float]) -> None:
        self._bias = bias
        self._weights = [weights.get(name, 0.0) for name in FEATURES]

    def odds(self, figures: Sequence[float]) -> float:
        """Log-odds that the two are one happening."""
        return self._bias + math.fsum(map(mul, self._weights, figures))

    def reasons(self, figures: Sequence[float]) -> Sequence[tuple[str, float]]:
        """What each feature adds to the odds, the weightiest first; those that add nothing are left out."""
        parts = [(name, weight * figure) for name, weight, figure in zip(FEATURES, self._weights, figures, strict=True)]
        return sorted((part for part in parts if part[1]), key=lambda part: (-abs(part[1]), part[0]))


def probability(odds: float) -> float:
    """The probability of log-odds."""
    return 1 / (1 + math.exp(-odds)) if odds >= 0 else math.exp(odds) / (1 + math.exp(odds))
