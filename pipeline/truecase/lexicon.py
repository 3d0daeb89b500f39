"""What the words of a text in capitals look like in normal case: the lexicons put together, once per process."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from pipeline.gazetteer.tables import read_tables
from pipeline.lexicon import known_actors, peoples
from pipeline.resources import data_path, load_yaml

LETTER = "[^\\W\\d_][\u0300-\u036f]*"
WORD = re.compile(rf"(?:{LETTER}\.){{2,}}|(?:[^\W_][\u0300-\u036f]*)+(?:['’ʼ](?:[^\W_][\u0300-\u036f]*)+)*")
"""A word, or the initials of a name or an abbreviation ("U.S."); a hyphen parts words."""
_LISTS = (
    "after_names",
    "articles",
    "before_months",
    "before_names",
    "before_of",
    "before_us",
    "breaks",
    "months",
    "only_beside_names",
    "short_months",
    "weekdays",
)


@dataclass(frozen=True)
class CaseLexicon:
    """Words in small letters, by how they are written.

    ``ordinary`` words take small letters, those of them in ``also_names`` a capital beside a name; ``acronyms`` stay;
    ``proper`` words (nations, capitals, peoples) always take a capital. ``phrases`` holds names of known case by their
    first word, the longest first; ``short_titles`` abbreviations that stand before names ("gen": "Gen"); ``lists`` the
    lists of ``models/lexicons/truecase.yaml``.
    """

    ordinary: frozenset[str]
    also_names: frozenset[str]
    acronyms: frozenset[str]
    proper: frozenset[str]
    phrases: dict[str, list[tuple[str, ...]]]
    short_titles: dict[str, str]
    lists: dict[str, frozenset[str]]
    prefixes: tuple[str, ...]

    def is_ordinary(self, base: str) -> bool:
        """Whether a word, a contraction ("didn't") or a word behind a known prefix takes small letters."""
        if base in self.ordinary:
            return True
        stem, mark, rest = re.sub("[’ʼ]", "'", base).partition("'")
        if mark and (rest == "t" or (rest in ("re", "ve", "ll", "d", "m") and stem in self.ordinary)):
            return True
        rests = (base[len(prefix) :] for prefix in self.prefixes if base.startswith(prefix))
        return any(len(rest) > 4 and rest in self.ordinary for rest in rests)


@lru_cache(maxsize=1)
def case_lexicon() -> CaseLexicon:
    """The lexicon, read when the first text in capitals is met."""
    data: dict[str, Any] = load_yaml("lexicons", "truecase.yaml")
    words = data_path("models", "lexicons", "words.txt").read_text("utf-8").split("\n")
    words = [word for word in words if word and word[0] != "#"]
    own_words = [*words, *data["words"]]
    for table in ("people", "weapons", "vehicles"):
        own_words += _strings(load_yaml("lexicons", f"{table}.yaml"))
    ordinary = frozenset(word for word in own_words if word.islower())

    nations = load_yaml("lexicons", "nations.yaml")
    states = [name for row in nations["countries"].values() for name in (*row["names"], *row["people"])]
    states += [*nations["seats"], *nations["capitals"]]
    actors = [name for name, actor in known_actors().items() if not actor.weak]
    tables = read_tables(sorted(data_path("models", "gazetteer").glob("places-*.tsv")))
    places = [name for row in tables for name in (row.name, *row.names)]
    names = [*data["phrases"], *states, *peoples(), *actors, *places]

    acronyms = {name.lower() for name in (*words, *names) if name.isupper() and name.isalpha() and len(name) > 2}
    # "western", "democratic" are peoples too, but ordinary words first
    proper = {name.lower() for name in states} | {name.lower() for name in peoples()} - ordinary
    lists = {key: frozenset(str(word).lower() for word in data[key]) for key in _LISTS}
    lists |= {key: frozenset(map(str, part)) for key, part in data["particles"].items()}
    return CaseLexicon(
        ordinary,
        frozenset(word.lower() for word in words if word.istitle()),
        frozenset(acronyms - ordinary) | {name.lower() for name in data["acronyms"]},
        frozenset(proper),
        _phrases(names, ordinary),
        {str(name).lower(): str(name) for name in load_yaml("lexicons", "abbreviations.yaml")["before_name"]},
        lists,
        tuple(data["prefixes"]),
    )


def _strings(value: object) -> Iterator[str]:
    """The words of all strings in a YAML file."""
    if isinstance(value, str):
        yield from value.split()
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _strings(part)


def _phrases(names: Iterable[str], ordinary: frozenset[str]) -> dict[str, list[tuple[str, ...]]]:
    found: dict[str, list[tuple[str, ...]]] = {}
    for name in dict.fromkeys(names):
        words = tuple(WORD.findall(name))
        if not words or name.startswith(("=", "-")) or name.islower():
            continue
        if len(words) > 1 or not (words[0].lower() in ordinary or words[0].isupper()):
            found.setdefault(words[0].lower(), []).append(words)
    for rows in found.values():
        rows.sort(key=len, reverse=True)
    return found
