"""How alike two happenings are: the figures that a link is decided by, each with words for a human.

:func:`compare` gives a figure for every name in :data:`FEATURES`; what is not known on both sides is 0, and where that
itself says something there is a feature for it. :class:`Judge` weighs them with the weights of
``models/linking.yaml``.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.link.happenings import Happening, View
from pipeline.link.words import Bag, Rarity, cosine
from pipeline.metrics import distance_km
from pipeline.ontology import compatible
from pipeline.records import CasualtyKind, Count, Place

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
"""The names of the figures, in the order of the weights."""

NEAR_KM = 30.0
FAR_KM = 120.0
UNKNOWN_DAYS = 7  # between two days of publication that are not known: neither near nor far
FRESH_DAYS = 2
_TOLLS: tuple[CasualtyKind, ...] = ("killed", "injured")
_GROWTH = 3  # a toll that later articles raise further than so many times speaks of another happening
_WIDE = frozenset({"admin1", "country", "region"})


@dataclass(frozen=True, slots=True)
class Vectors:
    """The views of one happening as bags of unit length; ``persons`` and ``numbers`` with their rarity."""

    words: Bag
    names: Bag
    numbers: Bag


def vectors(view: View, rare: Rarity) -> Vectors:
    """Weigh the words of a view."""
    return Vectors(rare.bag(view.words), rare.bag(view.names), rare.bag(dict.fromkeys(sorted(view.numbers), 1)))


def compare(
    one: Happening, other: Happening, bags: tuple[Vectors, Vectors], rare: Rarity, *, whole: bool
) -> dict[str, float]:
    """The figures of a pair, the same whichever comes first."""
    first, second = one.view(whole=whole), other.view(whole=whole)
    return {
        "text": cosine(bags[0].words, bags[1].words),
        "names": cosine(bags[0].names, bags[1].names),
        "numbers": cosine(bags[0].numbers, bags[1].numbers),
        "rarest": _rarest(first, second, rare),
        **_people(one, other, first, second),
        **_times(one, other),
        **_where(one, other),
        **_tolls(one, other),
        "same_type": float(one.type == other.type),
        "other_type": float(not compatible(one.type, other.type)),
    }


def _rarest(first: View, second: View, rare: Rarity) -> float:
    """How rare the three rarest words are that both have, 0 to 1."""
    shared = sorted((rare(word) for word in first.words.keys() & second.words.keys()), reverse=True)[:3]
    return sum(shared) / (3 * rare.most) if shared else 0.0


def _people(one: Happening, other: Happening, first: View, second: View) -> dict[str, float]:
    full = {name for name in first.persons & second.persons if " " in name}
    last = first.surnames & second.surnames
    nobody = first.persons and second.persons and not last
    return {
        "same_person": math.log1p(len(full)),
        "same_surname": math.log1p(len(last)),
        "other_persons": float(bool(nobody)),
        "same_actor": float(
            bool({role.name.lower() for role in one.roles} & {role.name.lower() for role in other.roles})
        ),
    }


def _times(one: Happening, other: Happening) -> dict[str, float]:
    """Days between the dates of the events and between the days of publication, as logarithms.

    Two articles, each fresh news of another day (``other_day``), tell two happenings: a town that is shelled again.
    """
    found = {"days_overlap": 0.0, "days_apart": 0.0, "other_day": 0.0, "published_apart": 0.0}
    gap = days_apart(one, other)
    if gap is not None:
        found["days_overlap"] = float(gap == 0)
        found["days_apart"] = math.log1p(min(gap, 400))
        found["other_day"] = float(gap > 1 and _fresh(one) and _fresh(other))
    known = one.published is not None and other.published is not None
    between = abs((one.published or 0) - (other.published or 0)) if known else UNKNOWN_DAYS
    found["published_apart"] = math.log1p(min(between, 400))
    return found


def _fresh(one: Happening) -> bool:
    """Whether the article came out within days of the event, which it dates to the day."""
    if one.published is None or one.earliest is None or one.date is None or one.date.precision != "day":
        return False
    return one.published - one.earliest <= FRESH_DAYS


def days_apart(one: Happening, other: Happening) -> int | None:
    """Days between the spans in which two events can have been, 0 where they overlap; ``None`` where one is open."""
    if one.earliest is None or other.earliest is None:
        return None
    last = (one.latest or one.earliest, other.latest or other.earliest)
    return max(0, one.earliest - last[1], other.earliest - last[0])


def _where(one: Happening, other: Happening) -> dict[str, float]:
    found = dict.fromkeys(("same_place", "near_place", "same_admin1", "far_place", "other_country"), 0.0)
    relation = place_relation(one.place, other.place)
    if relation is not None:
        found[relation] = 1.0
    shared = one.towns & other.towns
    found["same_town_named"] = float(bool(shared))
    found["other_towns"] = float(bool(one.towns) and bool(other.towns) and not shared)
    return found


def place_relation(one: Place | None, other: Place | None) -> str | None:
    """How two places lie to each other, as the feature's name; ``None`` where that is not known.

    A wide place (province, country) holds the narrow one: "Syria" and "Homs" are no contradiction, and no evidence
    either beyond the country.
    """
    if one is None or other is None:
        return None
    if one.gazetteer_id and one.gazetteer_id == other.gazetteer_id:
        return "same_admin1" if one.precision in _WIDE else "same_place"
    names = [{name.lower() for name in place.names_in_text} for place in (one, other)]
    if "unresolved" in (one.status, other.status) and names[0] & names[1]:
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


def _tolls(one: Happening, other: Happening) -> dict[str, float]:
    same = apart = 0.0
    for kind in _TOLLS:
        relation = toll_relation(one, other, kind)
        same += relation == "same"
        apart += relation == "other"
    return {"same_toll": same, "other_toll": apart}


def toll_relation(one: Happening, other: Happening, kind: CasualtyKind) -> str | None:
    """``same``, ``revised`` (the later article has more), ``other``, or ``None`` where one gives no figure."""
    counts = one.toll(kind), other.toll(kind)
    if counts[0] is None or counts[1] is None:
        return None
    first, second = _number(counts[0]), _number(counts[1])
    if first is None or second is None:
        return None
    if first == second:
        return "same" if first else None
    if _meet(counts[0], counts[1]):
        return "revised"
    if one.published is None or other.published is None:
        return "other"
    before, after = (first, second) if one.published <= other.published else (second, first)
    return "revised" if before <= after <= _GROWTH * (before + 1) else "other"


def _number(count: Count) -> int | None:
    return count.best if count.best is not None else count.low


def _meet(one: Count, other: Count) -> bool:
    """Whether one number can be both."""
    highs = [math.inf if count.high is None else count.high for count in (one, other)]
    return (one.low or 0) <= highs[1] and (other.low or 0) <= highs[0]


@dataclass(frozen=True, slots=True)
class Judge:
    """A logistic judge of pairs: ``bias`` and one weight per feature."""

    bias: float
    weights: Mapping[str, float]

    def odds(self, figures: Mapping[str, float]) -> float:
        """Log-odds that the two are one happening."""
        return self.bias + math.fsum(self.weights.get(name, 0.0) * figures[name] for name in FEATURES)

    def reasons(self, figures: Mapping[str, float]) -> Sequence[tuple[str, float]]:
        """What each feature adds to the odds, the weightiest first; those that add nothing are left out."""
        parts = [(name, self.weights.get(name, 0.0) * figures[name]) for name in FEATURES]
        return sorted((part for part in parts if part[1]), key=lambda part: (-abs(part[1]), part[0]))


def probability(odds: float) -> float:
    """The probability of log-odds."""
    return 1 / (1 + math.exp(-odds)) if odds >= 0 else math.exp(odds) / (1 + math.exp(odds))
