"""What the words beside a name tell of it: "the farmer Azad", "the company Azad", "in Azad"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipeline.people import people
from pipeline.resources import load_yaml
from pipeline.stages.entities.names import Name, Words

# Names of the model's that a cue may relabel; surer ones it leaves alone.
_UNSURE = 65.0


@dataclass(frozen=True)
class _Cues:
    before_organisation: frozenset[str]
    before_place: frozenset[str]
    takes_in: frozenset[str]
    no_person_after: frozenset[str]
    organisation_ends: frozenset[str]


@lru_cache(maxsize=1)
def _cues() -> _Cues:
    data = load_yaml("lexicons", "name_cues.yaml")
    return _Cues(**{name: frozenset(words) for name, words in data.items()})


def cued_names(words: Words, names: Sequence[Name]) -> Iterator[Name]:
    """The names again, with the label that the word before tells, where it tells one."""
    cues = _cues()
    nouns = people().singular
    for name in names:
        if name.score >= _UNSURE or name.label not in ("PERSON", "ORG", "GPE", "LOC", "FAC") or not name.start:
            continue
        before = words.texts[name.start - 1]
        two = words.texts[name.start - 2] if name.start > 1 else ""
        if before in nouns and before not in cues.no_person_after and words.tags[name.start - 1] == "NN":
            if name.label != "PERSON" and not _is_organisation(words, name, cues):
                yield Name(name.start, name.end, "PERSON", 68.0, f"after {before!r}")
        elif before in cues.before_organisation:
            if name.label != "ORG" and words.tags[name.start - 1] == "NN":
                yield Name(name.start, name.end, "ORG", 67.0, f"after {before!r}")
        elif before in cues.before_place and name.label in ("PERSON", "ORG"):
            text = words.texts[name.start]
            acronym = name.size == 1 and text.isupper()
            possessed = words.texts[name.end : name.end + 1] in (["'s"], ["’s"])
            if (
                two.lower() not in cues.takes_in
                and not acronym
                and not _is_organisation(words, name, cues)
                and not possessed
            ):
                yield Name(name.start, name.end, "GPE", 64.0, f"after {before!r}")


def _is_organisation(words: Words, name: Name, cues: _Cues) -> bool:
    return any(word in cues.organisation_ends or word == "of" for word in words.texts[name.start : name.end])
