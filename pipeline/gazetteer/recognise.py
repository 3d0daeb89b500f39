"""Finding place names in a text, by gazetteer and context.

:func:`recognise` is called on a ``Doc`` that a spaCy model has tagged and whose ``doc.ents`` are the model's own. It
looks every run of capitalised words up, and weighs for each name that the gazetteer knows what speaks for a place:
the model's label, the words around it, how well known the place is, what else the text says of it. The weights are a
logistic regression of a few dozen numbers (``models/gazetteer/recognition.yaml``), fitted by
``benchmarks/fit_places.py``.

The stage ``entities`` makes entities of the names that stand alone (:attr:`PlaceName.inside` is ``None``); the stage
``places`` also uses those inside a longer name ("Aleppo" in "the Aleppo Media Centre").
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import exp, log10

from spacy.tokens import Doc

from pipeline.gazetteer.names import name_key
from pipeline.gazetteer.store import Gazetteer, GazetteerEntry
from pipeline.gazetteer.surface import (
    ENGLISH_SPEAKING,
    MAX_TOKENS,
    PlaceName,
    cues,
    in_no_english_speaking_country,
    is_namelike,
    lookup_surface,
)
from pipeline.gazetteer.unknown import unknown_names
from pipeline.resources import load_yaml

__all__ = [
    "ENGLISH_SPEAKING",
    "KEPT",
    "PLACE_LABELS",
    "PlaceName",
    "cues",
    "is_place_name",
    "lookup_surface",
    "recognise",
]

PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
KEPT = "dateline_place_names"


def recognise(doc: Doc, gazetteer: Gazetteer, *, min_score: float = 0.5) -> list[PlaceName]:
    """The place names of a text, without overlaps, in order: those that the gazetteer knows, and those that the words
    around call places ("the village of X").

    The answer is kept with the ``Doc``, so that a second caller sees what the first saw even if ``doc.ents`` has
    changed in between; ``min_score`` filters it.
    """
    kept = doc.user_data.get(KEPT)
    if kept is None:
        kept = [[name.start, name.end, name.score, name.reason, name.inside] for name in _recognise_all(doc, gazetteer)]
        doc.user_data[KEPT] = kept
    return [PlaceName(*row) for row in kept if row[2] >= min_score]


def is_place_name(text: str, gazetteer: Gazetteer) -> bool:
    """Whether the gazetteer knows a place of this name."""
    return bool(lookup_surface(text, gazetteer))


@lru_cache(maxsize=1)
def _weights() -> dict[str, float]:
    weights: dict[str, float] = load_yaml("gazetteer", "recognition.yaml")["weights"]
    return weights


@dataclass(slots=True)
class Candidate:
    """A run of words that the gazetteer knows, before it is judged."""

    start: int
    end: int
    key: str
    text: str
    entries: tuple[GazetteerEntry, ...]


def candidates(doc: Doc, gazetteer: Gazetteer) -> list[Candidate]:
    """Every run of words that the gazetteer knows, the longest first where two overlap."""
    connectors = cues()["connectors"]
    blocked = cues()["not_places"]
    texts = [token.text for token in doc]
    namelike = [bool(text.strip()) and is_namelike(text) for text in texts]
    found: list[Candidate] = []
    position, size = 0, len(texts)
    while position < size:
        if not namelike[position] and texts[position].lower() not in ("al", "el"):
            position += 1
            continue
        stop = position + 1
        while stop < min(size, position + MAX_TOKENS) and (
            namelike[stop] or texts[stop].lower() in connectors or texts[stop] == "-"
        ):
            stop += 1
        taken = 0
        for end in range(stop, position, -1):
            last = texts[end - 1]
            if not namelike[end - 1] and end - 1 != position and last != ".":
                continue
            if last == "." and not (end - position == 2 and len(texts[position]) <= 5):
                continue
            text = doc[position:end].text
            if "\n" in text or len(text) < 2:
                continue
            entries = gazetteer.entries("=" + text) if last == "." else lookup_surface(text, gazetteer)
            if not entries or (end - position == 1 and (text.lower() in blocked or not namelike[position])):
                continue
            if gazetteer.demonym(text):
                continue
            longer = _with_head(doc, position, end, gazetteer)
            found.append(longer or Candidate(position, end, name_key(text), text, entries))
            taken = found[-1].end - position
            break
        position += taken or 1
    return found


def _with_head(doc: Doc, start: int, end: int, gazetteer: Gazetteer) -> Candidate | None:
    """The longer name that a lower-case head makes ("Jenin refugee camp", "Bab al-Hawa crossing"), if it is one."""
    heads = cues()["heads"]
    for stop in range(min(len(doc), end + 2), end, -1):
        if doc[stop - 1].text in heads and doc[end].text.islower():
            text = doc[start:stop].text
            entries = lookup_surface(text, gazetteer)
            if entries:
                return Candidate(start, stop, name_key(text), text, entries)
    return None


class _Evidence:
    """What the whole text says, gathered once."""

    def __init__(self, doc: Doc, found: Sequence[Candidate], gazetteer: Gazetteer) -> None:
        self.labels: list[str] = [""] * len(doc)
        self.spans: list[tuple[int, int]] = [(-1, -1)] * len(doc)
        self.person_words: Counter[str] = Counter()
        self.countries: Counter[str] = Counter()
        self.labelled: Counter[str] = Counter()
        for ent in doc.ents:
            for index in range(ent.start, ent.end):
                self.labels[index] = ent.label_
                self.spans[index] = (ent.start, ent.end)
            if ent.label_ == "PERSON" and len(ent) > 1:
                self.person_words.update(token.lower_ for token in ent)
            elif ent.label_ == "NORP":
                self.countries.update(gazetteer.demonym(ent.text))
            elif ent.label_ == "ORG" and len(ent) > 1:  # "Sudanese Armed Forces"
                for token in ent:
                    if token.text[0].isupper():
                        self.countries.update(gazetteer.demonym(token.text))
        self.seen: Counter[str] = Counter()
        for one in found:
            self.seen[one.key] += 1
            if self.labels[one.start] in PLACE_LABELS and self.spans[one.start] == (one.start, one.end):
                self.labelled[one.key] += 1
            country = one.entries[0].country
            if country and (
                one.entries[0].feature == "PCLI"
                or (self.labels[one.start] in PLACE_LABELS and all(entry.country == country for entry in one.entries))
            ):
                self.countries[country] += 1
        self.at = {one.start: one for one in found}
        self.ending = {one.end: one for one in found}


def features(doc: Doc, one: Candidate, evidence: _Evidence) -> dict[str, float]:
    """What speaks for and against a candidate, by name; the names are those of the weights."""
    out: dict[str, float] = {"bias": 1.0}
    _model_features(doc, one, evidence, out)
    _neighbour_features(doc, one, evidence, out)
    _linked_features(doc, one, evidence, out)
    _name_features(doc, one, out)
    _text_features(one, evidence, out)
    return out


def _model_features(doc: Doc, one: Candidate, evidence: _Evidence, out: dict[str, float]) -> None:
    """What the entity model says of these words."""
    label = evidence.labels[one.start]
    start, end = evidence.spans[one.start]
    if not label:
        out["ner_none"] = 1.0
    elif (start, end) == (one.start, one.end):
        out[f"ner_is_{_group(label)}"] = 1.0
    elif one.start >= start and one.end <= end:
        articled = one.start - 1 == start and one.end == end and doc[start].lower_ == "the"
        if articled and label in PLACE_LABELS:
            out["ner_is_GPE"] = 1.0
            return
        out[f"ner_in_{_group(label)}"] = 1.0
        if one.start == start or (one.start == start + 1 and doc[start].lower_ == "the"):
            out["first_of_name"] = 1.0
        if one.end == end:
            out["last_of_name"] = 1.0
    else:
        out["ner_wider" if label in PLACE_LABELS else "ner_across"] = 1.0


def _neighbour_features(doc: Doc, one: Candidate, evidence: _Evidence, out: dict[str, float]) -> None:
    """What the words right before and after say."""
    lists = cues()
    previous, following = _around(doc, one)
    if previous == "the" and one.start > 1:
        previous = doc[one.start - 2].lower_
        out["after_the"] = 1.0
    for name in ("locative", "other_prepositions", "unit_of", "titles", "conquest"):
        if previous in lists[name]:
            out[f"after_{name}"] = 1.0
    if previous == "of" and one.start > 1 and doc[one.start - 2].lower_ in lists["units"]:
        out["after_unit_of"] = 1.0
    for words, name in _FOLLOWING:
        if following in lists[words]:
            out[name] = 1.0
    target = one.start > 1 and doc[one.start - 2].lower_ in lists["targets"]
    if target and previous in ("of", "on", "against", "from", "to"):
        out["after_target"] = 1.0
    if following in ("'s", "’s"):
        out["possessive"] = 1.0
    if one.end < len(doc) and doc[one.end].text[:1].isupper():
        if one.end not in evidence.at and following not in lists["institutions"]:
            out["before_capital"] = 1.0
    if one.start and doc[one.start - 1].text[:1].isupper() and not doc[one.start - 1].is_sent_start:
        if one.start not in evidence.ending:
            out["after_capital"] = 1.0


_FOLLOWING = (
    ("units", "before_unit"),
    ("institutions", "before_institution"),
    ("people", "before_people"),
    ("speech", "before_speech"),
)


# What right before or behind a name says that it is a place.
_PLACE_CUES = (
    "after_locative",
    "after_unit_of",
    "after_conquest",
    "after_target",
    "before_unit",
    "container_of_last",
)


def _around(doc: Doc, one: Candidate) -> tuple[str, str]:
    """The words before and after, in lower case."""
    before = doc[one.start - 1].lower_ if one.start else "\n"
    return before, doc[one.end].lower_ if one.end < len(doc) else "\n"


def _linked_features(doc: Doc, one: Candidate, evidence: _Evidence, out: dict[str, float]) -> None:
    """What names next to this one say: "Oxford, North Carolina", "Dayro Zcuro (Deir ez-Zor)"; and datelines."""
    previous, following = _around(doc, one)
    after = evidence.at.get(one.end + 1)
    before = evidence.ending.get(one.start - 1)
    if previous == "," and one.start > 2 and doc[one.start - 2].lower_ in cues()["units"]:
        before = evidence.ending.get(one.start - 2)  # "Hays city, Hodeidah"
    if following == "," and after is not None:
        out["then_container" if _contains(after, one) else "then_place"] = 1.0
    if previous == "," and before is not None:
        out["container_of_last" if _contains(one, before) else "after_place"] = 1.0
    if previous == "(" and before is None and one.start > 2 and doc[one.start - 2].lower_ in cues()["units"]:
        before = evidence.ending.get(one.start - 2)  # "Kafr Zita village (Hama)"
    if previous == "(" and following == ")":
        out["in_brackets"] = 1.0
        if before is not None and _equal_or_nested(before, one):
            out["equated"] = 1.0
    if following == "(" and after is not None and _equal_or_nested(one, after):
        out["equated"] = 1.0
    if following in ("(", "—", "–", "--", "-") and (one.start == 0 or previous.startswith("\n") or one.text.isupper()):
        out["dateline"] = 1.0
    if len(one.text) <= 3 and one.text.isalpha() and one.text.isupper() and previous != ",":
        out["bare_country_code" if one.entries[0].feature == "PCLI" else "bare_code"] = 1.0


def _name_features(doc: Doc, one: Candidate, out: dict[str, float]) -> None:
    """What the name and the places of this name say."""
    entries = one.entries
    if one.text.isupper() and len(one.text) > 3:
        out["all_capitals"] = 1.0
    out["population"] = log10(max(entry.population or 1000 for entry in entries) + 1) / 7
    out["fame"] = log10(max(entry.fame for entry in entries) + 1)
    if any(entry.feature in ("PCLI", "CONT") for entry in entries):
        out["country"] = 1.0
    elif any(entry.feature == "ADM1" for entry in entries):
        out["first_order"] = 1.0
    if all(entry.match in ("alternate", "short") for entry in entries):
        out["other_name"] = 1.0
    if entries[0].match == "overlay":
        out["overlay"] = 1.0
    if any(entry.fame >= 50 and entry.match in ("main", "overlay") for entry in entries):
        out["famous"] = 1.0
    if " " in one.text:
        out["words"] = 1.0
    if doc[one.end - 1].tag_ not in ("NNP", "NNPS"):
        out["not_proper"] = 1.0
    if doc[one.start].is_sent_start and " " not in one.text:
        out["sentence_start"] = 1.0
    if one.key in cues()["words_too"]:
        out["word_too"] = 1.0


def _text_features(one: Candidate, evidence: _Evidence, out: dict[str, float]) -> None:
    """What the rest of the text says: persons of this name, the name elsewhere, the countries that it speaks of."""
    own = 1 if "ner_is_PERSON" in out or "ner_in_PERSON" in out else 0
    if any(evidence.person_words[word.lower()] > own for word in one.text.split()):
        out["in_a_person"] = 1.0
    others = evidence.seen[one.key] - 1
    if others:
        labelled = evidence.labelled[one.key] - ("ner_is_GPE" in out)
        out["labelled_elsewhere"] = max(0.0, labelled) / others
        out["seen_elsewhere"] = 1.0
    in_country = any(evidence.countries[entry.country or ""] for entry in one.entries)
    if in_country:
        out["in_country_of_text"] = 1.0
    if in_no_english_speaking_country(one.entries):
        if "words" in out:
            out["abroad_words"] = 1.0
        if in_country:
            out["abroad_in_country"] = 1.0
        if any(cue in out for cue in _PLACE_CUES):
            out["abroad_after_cue"] = 1.0


def _group(label: str) -> str:
    return label if label in ("GPE", "LOC", "FAC", "ORG", "PERSON", "NORP") else "OTHER"


def _equal_or_nested(one: Candidate, other: Candidate) -> bool:
    """Whether the two names share a place, or a place of one lies in a place of the other."""
    ids = {entry.id for entry in one.entries}
    return any(entry.id in ids for entry in other.entries) or _contains(other, one) or _contains(one, other)


def _contains(outer: Candidate, inner: Candidate) -> bool:
    """Whether some place of the one name lies in some place of the other, by the gazetteer's hierarchy."""
    units = {entry.id for entry in outer.entries}
    countries = {entry.country for entry in outer.entries if entry.feature == "PCLI"}
    return any(
        entry.admin1_id in units or entry.admin2_id in units or entry.country in countries
        for entry in inner.entries
        if entry.id not in units
    )


def judged(doc: Doc, gazetteer: Gazetteer) -> Iterator[tuple[Candidate, dict[str, float]]]:
    """Every candidate with its features: what :func:`recognise` weighs, and what the weights are fitted on."""
    found = candidates(doc, gazetteer)
    evidence = _Evidence(doc, found, gazetteer)
    for one in found:
        yield one, features(doc, one, evidence)


def _recognise_all(doc: Doc, gazetteer: Gazetteer) -> list[PlaceName]:
    known = list(_known(doc, gazetteer))
    unknown = list(unknown_names(doc, known, gazetteer))
    covered = {index for name in unknown for index in range(name.start, name.end)}
    kept = [name for name in known if not covered.intersection(range(name.start, name.end))]
    return sorted([*kept, *unknown], key=lambda name: name.start)


def _known(doc: Doc, gazetteer: Gazetteer) -> Iterator[PlaceName]:
    weights = _weights()
    for one, values in judged(doc, gazetteer):
        parts = {name: weights.get(name, 0.0) * value for name, value in values.items()}
        score = 1 / (1 + exp(-max(-30.0, min(30.0, sum(parts.values())))))
        reason = max((name for name in parts if name != "bias"), key=lambda name: (abs(parts[name]), name))
        yield PlaceName(one.start, one.end, round(score, 4), reason, _inside(values))


def _inside(values: dict[str, float]) -> str | None:
    return next((name.removeprefix("ner_in_") for name in values if name.startswith("ner_in_")), None)
