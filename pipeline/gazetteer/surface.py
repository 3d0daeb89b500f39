"""What recognition of known and of unknown place names share: the result, look-up as written, and the cue words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from pipeline.gazetteer.names import name_key
from pipeline.gazetteer.store import Gazetteer, GazetteerEntry
from pipeline.resources import load_yaml

MAX_TOKENS = 7
# Countries whose place names are also surnames and ordinary words of English, and repeat each other's.
ENGLISH_SPEAKING = frozenset({"US", "GB", "CA", "AU", "NZ", "IE", "ZA"})


@dataclass(frozen=True, slots=True)
class PlaceName:
    """A place name over tokens ``[start, end)``.

    ``score`` is the probability that the words name a place here, ``reason`` what spoke most for or against it,
    ``inside`` the label of the longer name that it is part of (``None`` where it stands alone).
    """

    start: int
    end: int
    score: float
    reason: str
    inside: str | None = None


def lookup_surface(text: str, gazetteer: Gazetteer) -> tuple[GazetteerEntry, ...]:
    """Places of this name as written: an abbreviation ("Miss.", "KY") only matches in its own capitals and stops."""
    exact = gazetteer.entries("=" + text) if len(text) <= 7 else ()
    if exact:
        return exact
    key = name_key(text)
    return gazetteer.entries(key) if len(key) > 2 else ()


@lru_cache(maxsize=1)
def cues() -> dict[str, Any]:
    """Word lists that speak for or against a place, as sets."""
    data: dict[str, Any] = load_yaml("gazetteer", "cues.yaml")
    return {name: frozenset(words) for name, words in data.items()}


def is_namelike(text: str) -> bool:
    """Whether a token is written as (part of) a name."""
    return text[0].isupper() or (text[0] in "'’‘`ʿʾ" and len(text) > 1 and text[1].isupper())


def in_no_english_speaking_country(entries: Iterable[GazetteerEntry]) -> bool:
    """Whether a name is out of reach of English namesakes: surnames, ordinary words, other towns called after one."""
    return all(entry.country not in ENGLISH_SPEAKING for entry in entries)
