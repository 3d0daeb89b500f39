"""A link in words: what each figure of a pair says, for people who have to defend it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from pipeline.link.features import days_apart
from pipeline.link.happenings import Happening, Number, Site
from pipeline.link.words import Rarity

SHOWN = 8  # reasons


def describe(
    one: Happening,
    other: Happening,
    parts: Sequence[tuple[str, float]],
    rare: Rarity,
    *,
    whole: bool,
    shown: int = SHOWN,
) -> list[str]:
    """Such as ``+2.4 dates overlap: 2021-03-01 and 2021-03-01``; the number is what it adds to the log-odds."""
    return [f"{odds:+.1f} {_words(name, one, other, rare, whole=whole)}" for name, odds in parts[:shown]]


def _words(name: str, one: Happening, other: Happening, rare: Rarity, *, whole: bool) -> str:
    first, second = one.view(whole=whole), other.view(whole=whole)
    if name in ("text", "rarest"):
        return f"{_LABELS[name]}: {_rarest(set(first.words) & set(second.words), rare)}"
    if name == "names":
        return f"{_LABELS[name]}: {_rarest(set(first.names) & set(second.names), rare)}"
    if name == "numbers":
        return f"{_LABELS[name]}: {', '.join(sorted(first.numbers & second.numbers))}"
    if name in ("same_person", "same_surname"):
        full = {person for person in first.persons & second.persons if " " in person}
        last = first.surnames & second.surnames
        return f"{_LABELS[name]}: {', '.join(sorted(full if name == 'same_person' else last))}"
    if name == "same_actor":
        shared = {role.name for role in one.roles} & {role.name for role in other.roles}
        return f"{_LABELS[name]}: {', '.join(sorted(shared))}"
    if name in ("days_overlap", "days_apart", "other_day"):
        gap = days_apart(one, other)
        apart = f" ({gap} days)" if gap else ""
        return f"{_LABELS[name]}{apart}: {_days(one)} and {_days(other)}"
    if name == "published_apart":
        return f"{_LABELS[name]}: {one.published_on or 'unknown'} and {other.published_on or 'unknown'}"
    if name in ("same_place", "near_place", "same_admin1", "far_place", "other_country"):
        return f"{_LABELS[name]}: {_place(one.place)} and {_place(other.place)}"
    if name == "same_town_named":
        return f"{_LABELS[name]}: {', '.join(sorted(one.towns & other.towns))}"
    if name in ("same_toll", "other_toll"):
        return f"{_LABELS[name]}: {_tolls(one)} and {_tolls(other)}"
    if name in ("same_type", "other_type"):
        return f"{_LABELS[name]}: {one.type} and {other.type}"
    return _LABELS[name]


_LABELS = {
    "text": "words in common",
    "names": "names in common",
    "numbers": "numbers in common",
    "rarest": "rarest words in common",
    "same_person": "people in common",
    "same_surname": "surnames in common",
    "other_persons": "the people named are others",
    "same_actor": "actors in common",
    "days_overlap": "dates overlap",
    "days_apart": "dates are apart",
    "other_day": "days that are not the same",
    "published_apart": "days of publication",
    "same_place": "same place",
    "near_place": "places near each other",
    "same_admin1": "same province",
    "far_place": "places far apart",
    "other_country": "different countries",
    "same_town_named": "towns in common",
    "other_towns": "the towns named are others",
    "same_toll": "same toll",
    "other_toll": "tolls that do not fit",
    "same_type": "same type",
    "other_type": "types that do not fit",
}


def _rarest(shared: set[str], rare: Rarity) -> str:
    return ", ".join(sorted(shared, key=lambda word: (-rare(word), word))[:5]) or "none"


def _days(one: Happening) -> str:
    days = [date.fromordinal(day).isoformat() for day in (one.earliest, one.latest) if day is not None]
    return " to ".join(dict.fromkeys(days)) or "unknown"


def _place(place: Site | None) -> str:
    if place is None:
        return "unknown"
    return place.name or (place.names_in_text[0] if place.names_in_text else "unnamed")


def _tolls(one: Happening) -> str:
    return ", ".join(f"{kind} {_count(figure.number)}" for kind, figure in one.figures.items()) or "none"


def _count(count: Number) -> str:
    shown = count.best if count.best is not None else count.low
    return "?" if shown is None else str(shown)
