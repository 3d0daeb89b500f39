"""The closed list of event types, read from ``models/ontology.yaml``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache

from pipeline.resources import load_yaml


@dataclass(frozen=True, slots=True)
class EventType:
    """A type with its PLOVER root and ACLED names; ``ancestors`` from the nearest parent up."""

    id: str
    plover: str | None
    acled_event: str | None
    acled_sub_event: str | None
    news: float
    abstract: bool
    ancestors: tuple[str, ...]

    @property
    def violent(self) -> bool:
        """True for violence of any kind; it is what tolls and coreference across types are about."""
        return self.id == "violence" or "violence" in self.ancestors


@lru_cache(maxsize=1)
def event_types() -> dict[str, EventType]:
    """All event types by id."""
    data = load_yaml("ontology.yaml")["types"]
    types: dict[str, EventType] = {}
    for name, entry in data.items():
        ancestors: list[str] = []
        parent = entry.get("parent")
        while parent:
            ancestors.append(parent)
            parent = data[parent].get("parent")
        acled = entry.get("acled") or [None, None]
        types[name] = EventType(
            name, entry.get("plover"), acled[0], acled[1], entry["news"], entry.get("abstract", False), tuple(ancestors)
        )
    return types


@cache
def compatible(first: str, second: str) -> bool:
    """True if words of both types may speak of one event: one type is the other, above it, or related to it."""
    types = event_types()
    if first == second or first in types[second].ancestors or second in types[first].ancestors:
        return True
    return any(first in group and second in group for group in load_yaml("ontology.yaml")["related"])


# Types beside violence that a toll can belong to.
_INCIDENTS = frozenset(
    "vehicle_collision accident man_made_disaster natural_disaster death displacement peaceful_protest "
    "protest_with_intervention happening".split()
)


def is_incident(type_: str) -> bool:
    """True for types that a toll can belong to: violence, accidents, disasters, protests."""
    return event_types()[type_].violent or type_ in _INCIDENTS
