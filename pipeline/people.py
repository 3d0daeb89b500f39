"""Nouns for people: which words can be victims, and what group they put a victim in.

The words stand in ``models/lexicons/people.yaml``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from pipeline.records import VictimGroup
from pipeline.resources import load_yaml
from pipeline.wordtable import plural


@dataclass(frozen=True)
class PeopleLexicon:
    """``singular``/``plural``: surface form to victim group; ``things``: forms that are never victims.

    ``collective`` nouns name people of an unknown number; of ``countable`` ones a number counts the people.
    ``sex``: word to "male" or "female", where it tells; ``anybody``: nouns that say nothing of who somebody is.
    """

    singular: dict[str, VictimGroup]
    plural: dict[str, VictimGroup]
    collective: frozenset[str]
    countable: frozenset[str]
    pronouns: frozenset[str]
    things: frozenset[str]
    combatant_modifiers: frozenset[str]
    civilian_modifiers: frozenset[str]
    sex: dict[str, str]
    anybody: frozenset[str]

    def is_person(self, word: str) -> bool:
        """True for a lower-case noun that names people, one or several."""
        return word in self.singular or word in self.plural or word in self.collective

    def group(self, words: Iterable[str]) -> VictimGroup:
        """The group that a noun phrase names; ``words`` in lower case, the head noun last."""
        *modifiers, head = list(words) or [""]
        own: VictimGroup = self.singular.get(head) or self.plural.get(head) or "unknown"
        if any(word in self.civilian_modifiers for word in modifiers):
            return "civilian"
        if own != "civilian" and any(word in self.combatant_modifiers for word in modifiers):
            return "combatant"
        if head in ("police", "military", "army", "patrol", "squad", "platoon", "militia", "garrison", "forces"):
            return "combatant"
        return own


@lru_cache(maxsize=1)
def people() -> PeopleLexicon:
    """The lexicon, read once."""
    data = load_yaml("lexicons", "people.yaml")
    singular: dict[str, VictimGroup] = {}
    plurals: dict[str, VictimGroup] = {}
    groups: tuple[VictimGroup, ...] = ("civilian", "combatant", "unknown")
    for group in groups:
        for noun in data[group]:
            singular.setdefault(noun, group)
            for form in data["plurals"].get(noun, [plural(noun)]):
                plurals.setdefault(form, group)
    things = frozenset(form for noun in data["things"] for form in (noun, plural(noun)))
    return PeopleLexicon(
        {noun: group for noun, group in singular.items() if noun not in plurals},
        plurals,
        frozenset(data["collective"]),
        frozenset(data["countable"]),
        frozenset(data["pronouns"]),
        things - set(singular) - set(plurals) - set(data["collective"]),
        frozenset(data["combatant_modifiers"]),
        frozenset(data["civilian_modifiers"]),
        {word: sex for sex, words in data["sex"].items() for word in words},
        frozenset(data["anybody"]),
    )
