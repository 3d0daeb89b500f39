"""Look-up of words and short phrases in a sentence: one pass over the tokens serves all entries of a table.

An entry is written as its words, the first in its base form where it is a verb: ``kill``, ``gun down``,
``take ~ hostage``. Hyphens are words, as in spaCy's tokens. ``~`` stands for a gap of up to :data:`GAP` words.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

from pipeline.inflect import verb_forms

T = TypeVar("T")
WordClass = Literal["verb", "noun", "adjective", "any"]
GAP = 8
# Words that a phrase may not reach across.
_BARRIERS = frozenset({".", ";", ":", "\n", "\n\n", ",", "!", "?", "that", "who", "which", "when", "after", "while"})


@dataclass(frozen=True, slots=True)
class Entry(Generic[T]):
    """One word or phrase behind its first word."""

    rest: tuple[str, ...]
    word_class: WordClass
    value: T


@dataclass(frozen=True, slots=True)
class Match(Generic[T]):
    """A match from token ``start`` to ``last``; ``gap`` tells that other words stand between."""

    start: int
    last: int
    gap: bool
    entry: Entry[T]


class WordTable(Generic[T]):
    """Entries by the surface forms of their first word."""

    def __init__(self) -> None:
        self._entries: dict[str, list[Entry[T]]] = {}

    def add(self, phrase: str, word_class: WordClass, value: T) -> None:
        """Add one entry; verbs are added under all their inflected forms, nouns under their plural as well."""
        first, *rest = phrase.lower().replace("-", " - ").split()
        forms: Iterable[str]
        if word_class == "verb" and rest and (first.endswith("ly") or rest[0] == "-"):
            # "sexually assault", "tear-gas": it is the second word that is inflected
            at = 0 if first.endswith("ly") else 1
            for form in verb_forms(rest[at]):
                self._insert(first, Entry((*rest[:at], form, *rest[at + 1 :]), word_class, value))
            return
        if word_class == "verb":
            forms = verb_forms(first)
        elif word_class == "noun" and not rest:
            forms = {first, plural(first)}
        else:
            forms = {first}
        if word_class == "noun" and rest:
            self._insert(first, Entry((*rest[:-1], plural(rest[-1])), word_class, value))
        for form in forms:
            self._insert(form, Entry(tuple(rest), word_class, value))

    def _insert(self, form: str, entry: Entry[T]) -> None:
        entries = self._entries.setdefault(form, [])
        if entry not in entries:
            entries.append(entry)
            entries.sort(key=lambda item: -len(item.rest))

    def __contains__(self, form: str) -> bool:
        return form in self._entries

    def matches(self, lower: Sequence[str], start: int, stop: int) -> list[Match[T]]:
        """All entries that match at ``start``, longest first; ``stop`` is the end of the sentence."""
        found = []
        for entry in self._entries.get(lower[start], ()):
            last = _match_rest(entry.rest, lower, start, stop)
            if last is not None:
                words = len(entry.rest) - entry.rest.count("~")
                found.append(Match(start, last, last - start > words, entry))
        return found


def _match_rest(rest: tuple[str, ...], lower: Sequence[str], start: int, stop: int) -> int | None:
    position = start
    gap = False
    for word in rest:
        if word == "~":
            gap = True
            continue
        reach = position + 1 + (GAP if gap else 0)
        for candidate in range(position + 1, min(reach + 1, stop)):
            if lower[candidate] == word:
                break
            if not gap or lower[candidate] in _BARRIERS:
                return None
        else:
            return None
        position, gap = candidate, False
    return position


def plural(noun: str) -> str:
    """The regular plural of an English noun; a noun that is one already comes back unchanged."""
    if noun.endswith("s") and not noun.endswith("ss"):
        return noun
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return noun[:-1] + "ies"
    if noun.endswith(("s", "x", "ch", "sh")):
        return noun + "es"
    if noun.endswith("man"):
        return noun[:-3] + "men"
    return noun + "s"
