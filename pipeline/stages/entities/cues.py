"""What the words beside a name tell of it: "the farmer Azad", "the company Azad", "in Azad"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipeline.lexicon import is_acronym
from pipeline.people import people
from pipeline.resources import load_yaml
from pipeline.stages.entities.names import Name, Words, covering

# Names of the model's that a cue may relabel; surer ones it leaves alone.
_UNSURE = 65.0


@dataclass(frozen=True)
class _Cues:
    before_organisation: frozenset[str]
    before_place: frozenset[str]
    takes_in: frozenset[str]
    no_person_after: frozenset[str]
    organisation_ends: frozenset[str]
    facility_ends: frozenset[str]
    kind_after: dict[str, str]


@lru_cache(maxsize=1)
def _cues() -> _Cues:
    data = dict(load_yaml("lexicons", "name_cues.yaml"))
    kinds = {noun: label for label, nouns in data.pop("kind_after").items() for noun in nouns}
    return _Cues(
        before_organisation=frozenset(data["before_organisation"]),
        before_place=frozenset(data["before_place"]),
        takes_in=frozenset(data["takes_in"]),
        no_person_after=frozenset(data["no_person_after"]),
        organisation_ends=frozenset(data["organisation_ends"]),
        facility_ends=frozenset(data["facility_ends"]),
        kind_after=kinds,
    )


def cued_names(words: Words, names: Sequence[Name]) -> Iterator[Name]:
    """The names again, with the label that the word before tells, where it tells one."""
    cues = _cues()
    nouns = people().singular
    for name in names:
        if name.score >= _UNSURE or name.label not in ("PERSON", "ORG", "GPE", "LOC", "FAC") or not name.start:
            continue
        before = words.texts[name.start - 1]
        two = words.texts[name.start - 2] if name.start > 1 else ""
        if before == "," and two in nouns and _determined(words, name.start - 3):
            before = two  # "their lawyer, Azad"
        if before in nouns and before not in cues.no_person_after and words.tags[name.start - 1] in ("NN", ","):
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


def _determined(words: Words, position: int) -> bool:
    return position >= 0 and words.tags[position] in ("DT", "PRP$", "JJ", "POS")


def ends_as_organisation(words: Words, name: Name) -> bool:
    """Whether a name's last word is one that names of organisations end in: "Azara Bank"."""
    return name.size > 1 and words.texts[name.end - 1] in _cues().organisation_ends


def _is_organisation(words: Words, name: Name, cues: _Cues) -> bool:
    return any(word in cues.organisation_ends or word == "of" for word in words.texts[name.start : name.end])


def named_by_their_end(words: Words, names: Sequence[Name]) -> Iterator[Name]:
    """Capitalised words that end as names of organisations do ("Azara Patriotic Front"), or of roads and buildings
    ("Azara Bridge"), whatever place is among them."""
    cues = _cues()
    held = covering([name for name in names if name.score >= _RUN or name.label == "ORG"], len(words))
    firm = covering([name for name in names if name.score >= _RUN], len(words))
    for position, word in enumerate(words.texts):
        organisation, facility = word in cues.organisation_ends, word in cues.facility_ends
        if not (organisation or facility) or not words.tags[position].startswith("NN"):
            continue
        taken = held if organisation else firm
        start = _run_before(words, position, taken) if taken[position] is None else position
        if start == position or _title_case(words, start, position):
            continue
        end = _with_object(words, position + 1) if organisation else position + 1
        yield Name(start, end, "ORG" if organisation else "FAC", _RUN, f"ends in {word!r}")


def _run_before(words: Words, position: int, taken: Sequence[Name | None]) -> int:
    start = position
    while start and position - start < _LONGEST_RUN:
        if _capital(words, start - 1) and taken[start - 1] is None:
            start -= 1
        elif start > 1 and words.texts[start - 1] == "-" and not words.spaces[start - 2] and _capital(words, start - 2):
            start -= 2  # "Anti-Corruption Commission"
        else:
            break
    return start


_LONGEST_RUN = 6


def _with_object(words: Words, end: int) -> int:
    """The end of a name with what it is of: "Central Bank of Azara"."""
    if words.texts[end : end + 1] not in (["of"], ["for"]):
        return end
    last = end + 1
    last += words.texts[last : last + 1] == ["the"]
    first = last
    while last < len(words) and _capital(words, last) and last - first < 4:
        last += 1
    return last if last > first else end


# Above what the gazetteer gives a place name inside.
_RUN = 83.0


def places_of_kind(words: Words, names: Sequence[Name]) -> Iterator[Name]:
    """Capitalised words before a common noun for a place: "the Azara quarter"."""
    kinds = _cues().kind_after
    held = covering([name for name in names if name.score >= _UNSURE], len(words))
    for position, word in enumerate(words.texts):
        label = kinds.get(word)
        if label is None or not position or not words.tags[position].startswith("NN"):
            continue
        start = position
        while (
            start and position - start < 5 and held[start - 1] is None and words.spaces[start - 1] | (start < position)
        ):
            before = words.texts[start - 1]
            if not (
                _capital(words, start - 1) or before == "-" or before.lower() in ("al", "el", "ez", "az", "ash", "as")
            ):
                break
            start -= 1
        if start < position and words.texts[start][:1].isupper() and not words.starts[start]:
            yield Name(start, position, label, 66.0, f"before {word!r}")


def _capital(words: Words, position: int) -> bool:
    word = words.texts[position]
    return word[:1].isupper() and words.tags[position] in ("NNP", "NNPS", "JJ") and not word.isspace()


def _title_case(words: Words, start: int, position: int) -> bool:
    """Whether the words around ``start`` to ``position`` are a headline in which every word has a capital."""
    first, last = start, position + 1
    while first and not words.starts[first] and start - first < _AROUND:
        first -= 1
    while last < len(words) and not words.starts[last] and last - position < _AROUND:
        last += 1
    around = [
        word
        for word in (*words.texts[first:start], *words.texts[position + 1 : last])
        if word.isalpha() and len(word) > 3
    ]
    return len(around) > 2 and sum(word[0].isupper() for word in around) > 0.75 * len(around)


_AROUND = 10


def acronyms(words: Words, names: Sequence[Name]) -> Iterator[Name]:
    """The short name that a text gives an organisation in brackets, there and wherever else it stands."""
    short: set[str] = set()
    for name in names:
        if name.label == "ORG" and name.size > 1 and words.texts[name.end : name.end + 1] == ["("]:
            word = words.texts[name.end + 1] if name.end + 2 < len(words) else ""
            if words.texts[name.end + 2 : name.end + 3] == [")"] and is_acronym(word, words.text(name.start, name.end)):
                short.add(word)
    for position, word in enumerate(words.texts):
        if word in short:
            yield Name(position, position + 1, "ORG", 84.0, "short for an organisation of the text")
