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
from typing import Any

from spacy.tokens import Doc

from pipeline.gazetteer.names import name_key
from pipeline.gazetteer.store import Gazetteer, GazetteerEntry
from pipeline.resources import load_yaml

PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
_KEPT = "dateline_place_names"
_MAX_TOKENS = 7
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


def recognise(doc: Doc, gazetteer: Gazetteer, *, min_score: float = 0.5) -> list[PlaceName]:
    """The place names of a text, without overlaps, in order: those that the gazetteer knows, and those that the words
    around call places ("the village of X").

    The answer is kept with the ``Doc``, so that a second caller sees what the first saw even if ``doc.ents`` has
    changed in between; ``min_score`` filters it.
    """
    kept = doc.user_data.get(_KEPT)
    if kept is None:
        kept = [
            [name.start, name.end, name.score, name.reason, name.inside] for name in _recognise_all(doc, gazetteer)
        ]
        doc.user_data[_KEPT] = kept
    return [PlaceName(*row) for row in kept if row[2] >= min_score]


def is_place_name(text: str, gazetteer: Gazetteer) -> bool:
    """Whether the gazetteer knows a place of this name."""
    return bool(lookup_surface(text, gazetteer))


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


def _is_namelike(text: str) -> bool:
    return text[0].isupper() or (text[0] in "'’‘`ʿʾ" and len(text) > 1 and text[1].isupper())


def candidates(doc: Doc, gazetteer: Gazetteer) -> list[Candidate]:
    """Every run of words that the gazetteer knows, the longest first where two overlap."""
    connectors = cues()["connectors"]
    blocked = cues()["not_places"]
    texts = [token.text for token in doc]
    namelike = [bool(text.strip()) and _is_namelike(text) for text in texts]
    found: list[Candidate] = []
    position, size = 0, len(texts)
    while position < size:
        if not namelike[position] and texts[position].lower() not in ("al", "el"):
            position += 1
            continue
        stop = position + 1
        while stop < min(size, position + _MAX_TOKENS) and (
            namelike[stop] or texts[stop].lower() in connectors or texts[stop] == "-"
        ):
            stop += 1
        taken = 0
        for end in range(stop, position, -1):
            last = texts[end - 1]
            if not namelike[end - 1] and end - 1 != position and last not in (".",):
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
        self.seen: Counter[str] = Counter()
        for one in found:
            self.seen[one.key] += 1
            if self.labels[one.start] in PLACE_LABELS and self.spans[one.start] == (one.start, one.end):
                self.labelled[one.key] += 1
            country = one.entries[0].country
            if country and (
                one.entries[0].feature == "PCLI"
                or self.labels[one.start] in PLACE_LABELS
                and all(entry.country == country for entry in one.entries)
            ):
                self.countries[country] += 1
        self.at = {one.start: one for one in found}
        self.ending = {one.end: one for one in found}


def features(doc: Doc, one: Candidate, evidence: _Evidence) -> dict[str, float]:
    """What speaks for and against a candidate, by name; the names are those of the weights."""
    lists = cues()
    out: dict[str, float] = {"bias": 1.0}
    label = evidence.labels[one.start]
    start, end = evidence.spans[one.start]
    if not label:
        out["ner_none"] = 1.0
    elif (start, end) == (one.start, one.end):
        out[f"ner_is_{_group(label)}"] = 1.0
    elif one.start >= start and one.end <= end:
        head = doc[one.start - 1].text if one.start > start else ""
        only_article = head.lower() == "the" and one.start - 1 == start and one.end == end
        if only_article and label in PLACE_LABELS:
            out["ner_is_GPE"] = 1.0
        else:
            out[f"ner_in_{_group(label)}"] = 1.0
            if one.start == start or (one.start == start + 1 and doc[start].lower_ == "the"):
                out["first_of_name"] = 1.0
            if one.end == end:
                out["last_of_name"] = 1.0
    else:
        out["ner_wider" if label in PLACE_LABELS else "ner_across"] = 1.0
    before = doc[one.start - 1] if one.start else None
    after = doc[one.end] if one.end < len(doc) else None
    best = one.entries[0]
    previous = before.lower_ if before is not None else "\n"
    following = after.lower_ if after is not None else "\n"
    if previous == "the" and one.start > 1:
        previous_word = doc[one.start - 2].lower_
        out["after_the"] = 1.0
    else:
        previous_word = previous
    for name in ("locative", "other_prepositions", "unit_of", "titles", "conquest"):
        if previous_word in lists[name]:
            out[f"after_{name}"] = 1.0
    if previous_word == "of" and one.start > 1 and doc[one.start - 2].lower_ in lists["units"]:
        out["after_unit_of"] = 1.0
    if following in lists["units"]:
        out["before_unit"] = 1.0
    if following in lists["institutions"]:
        out["before_institution"] = 1.0
    if following in lists["people"]:
        out["before_people"] = 1.0
    if following in lists["speech"]:
        out["before_speech"] = 1.0
    if after is not None and after.text == "'s" or following == "’s":
        out["possessive"] = 1.0
    if after is not None and after.text[:1].isupper() and one.end not in evidence.at and following not in lists["institutions"]:
        out["before_capital"] = 1.0
    if before is not None and before.text[:1].isupper() and not before.is_sent_start and one.start not in evidence.ending:
        out["after_capital"] = 1.0
    if following == "," and (one.end + 1) in evidence.at:
        other = evidence.at[one.end + 1]
        out["then_container" if _contains(other, one) else "then_place"] = 1.0
    if previous == "," and (one.start - 1) in evidence.ending:
        other = evidence.ending[one.start - 1]
        out["container_of_last" if _contains(one, other) else "after_place"] = 1.0
    if previous == "(" and following == ")":
        out["in_brackets"] = 1.0
        other = evidence.ending.get(one.start - 1)
        if other is not None and _equal_or_nested(other, one):
            out["equated"] = 1.0
    if following == "(" and (other := evidence.at.get(one.end + 1)) is not None and _equal_or_nested(one, other):
        out["equated"] = 1.0
    if following in ("(", "—", "–", "--", "-") and (one.start == 0 or previous.startswith("\n") or one.text.isupper()):
        out["dateline"] = 1.0
    if len(one.text) <= 3 and one.text.isalpha() and one.text.isupper() and previous != ",":
        out["bare_country_code" if best.feature == "PCLI" else "bare_code"] = 1.0
    if one.text.isupper() and len(one.text) > 3:
        out["all_capitals"] = 1.0
    words = one.text.split()
    own = 1 if "ner_is_PERSON" in out or "ner_in_PERSON" in out else 0
    if any(evidence.person_words[word.lower()] > own for word in words):
        out["in_a_person"] = 1.0
    labelled = evidence.labelled[one.key] - ("ner_is_GPE" in out)
    others = evidence.seen[one.key] - 1
    if others:
        out["labelled_elsewhere"] = max(0.0, labelled) / others
        out["seen_elsewhere"] = 1.0
    out["population"] = log10(max(entry.population or 1000 for entry in one.entries) + 1) / 7
    out["fame"] = log10(max(entry.fame for entry in one.entries) + 1)
    if any(entry.feature in ("PCLI", "CONT") for entry in one.entries):
        out["country"] = 1.0
    elif any(entry.feature == "ADM1" for entry in one.entries):
        out["first_order"] = 1.0
    if all(entry.match in ("alternate", "short") for entry in one.entries):
        out["other_name"] = 1.0
    if best.match == "overlay":
        out["overlay"] = 1.0
    if any(entry.fame >= 50 and entry.match in ("main", "overlay") for entry in one.entries):
        out["famous"] = 1.0
    if len(words) > 1:
        out["words"] = 1.0
    if _abroad(one.entries):
        if len(words) > 1:
            out["abroad_words"] = 1.0
        if any(evidence.countries[entry.country or ""] for entry in one.entries):
            out["abroad_in_country"] = 1.0
    if evidence.countries and any(evidence.countries[entry.country or ""] for entry in one.entries):
        out["in_country_of_text"] = 1.0
    tag = doc[one.end - 1].tag_
    if tag not in ("NNP", "NNPS"):
        out["not_proper"] = 1.0
    if doc[one.start].is_sent_start and len(words) == 1:
        out["sentence_start"] = 1.0
    if one.key in lists["words_too"]:
        out["word_too"] = 1.0
    return out


def _group(label: str) -> str:
    return label if label in ("GPE", "LOC", "FAC", "ORG", "PERSON", "NORP") else "OTHER"


def _abroad(entries: Sequence[GazetteerEntry]) -> bool:
    return all(entry.country not in ENGLISH_SPEAKING for entry in entries)


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
    unknown = list(_unknown(doc, known, gazetteer))
    covered = {index for name in unknown for index in range(name.start, name.end)}
    kept = [name for name in known if not covered.intersection(range(name.start, name.end))]
    return sorted([*kept, *unknown], key=lambda name: name.start)


def _unknown(doc: Doc, known: Sequence[PlaceName], gazetteer: Gazetteer) -> Iterator[PlaceName]:
    """Names that the gazetteer does not have and the words around call places: "the village of X", "X district",
    "in X, Idlib", "near X (Idlib)". They are resolved by transliteration, or to the place that they lie in."""
    lists = cues()
    held = {index: name for name in known for index in range(name.start, name.end)}
    people = {index for ent in doc.ents if ent.label_ in ("NORP", "DATE") for index in range(ent.start, ent.end)}
    position = 0
    while position < len(doc):
        if not _opens(doc, position, held, people):
            position += 1
            continue
        end = position + 1
        while end < len(doc) and end - position < _MAX_TOKENS and _continues(doc, end, held, people):
            end += 1
        inside = {held[index].start: held[index] for index in range(position, end) if index in held}
        whole = any(name.start == position and name.end == end for name in inside.values())
        reason = None if whole else _called_place(doc, position, end, held, lists, gazetteer)
        sure = [name for name in inside.values() if name.score >= 0.9 and name.inside is None]
        if reason and (not sure or reason != "in_container" and all(name.end < end for name in sure)):
            yield PlaceName(position, end, 0.7, reason)
            bracketed = held.get(end + 1) if end < len(doc) and doc[end].text == "(" else None
            if bracketed is not None and bracketed.score < 0.7:
                yield PlaceName(bracketed.start, bracketed.end, 0.7, "container")
        position = end


def _opens(doc: Doc, index: int, held: dict[int, PlaceName], people: set[int]) -> bool:
    text = doc[index].text
    name = held.get(index)
    return (
        len(text) > 1
        and _is_namelike(text)
        and not text.isupper()
        and index not in people
        and text.lower() not in cues()["not_places"]
        and (name is None or name.start == index and (name.score < 0.9 or _goes_on(doc, name.end, held)))
    )


def _goes_on(doc: Doc, end: int, held: dict[int, PlaceName]) -> bool:
    """Whether a capitalised word that is no name of its own follows, as in "Tal Hamis" where only "Tal" is known."""
    if end >= len(doc) or end in held or not _is_namelike(doc[end].text):
        return False
    return not doc[end].is_upper and doc[end].lower_ not in cues()["institutions"]


def _continues(doc: Doc, index: int, held: dict[int, PlaceName], people: set[int]) -> bool:
    """Whether a token goes on with a name: another capitalised word, or a hyphen or particle before one."""
    token = doc[index]
    following = doc[index + 1] if index + 1 < len(doc) else None
    if token.text == "-" or token.lower_ in ("al", "el", "ez", "az", "as", "ash", "ad", "ed"):
        return following is not None and (_is_namelike(following.text) or following.text == "-")
    return _is_namelike(token.text) and index not in people and (index not in held or held[index].score < 0.9)


def _called_place(
    doc: Doc, start: int, end: int, held: dict[int, PlaceName], lists: dict[str, Any], gazetteer: Gazetteer
) -> str | None:
    before = doc[start - 1].lower_ if start else ""
    if before in lists["titles"] or (before == "the" and start > 1):
        return None
    after = doc[end].text if end < len(doc) else ""
    if before == "of" and start > 1 and doc[start - 2].lower_ in lists["settlement_units"]:
        return "after_unit_of"
    if after in lists["settlement_units"] and not doc[start].is_sent_start:
        return "before_unit"
    if before in lists["villages"]:
        return "after_unit"
    if after == "(" and (name := held.get(end + 1)) is not None:
        inner = lookup_surface(doc[name.start : name.end].text, gazetteer)
        if name.end < len(doc) and doc[name.end].text == ")" and _abroad(inner):
            return "in_container"
    locative = before in lists["static"]
    if locative and after in (",", "(") and (name := held.get(end + 1)) is not None and name.score >= 0.5:
        return "in_container"
    if locative and after in ("in", "of") and end + 1 < len(doc):
        for index in range(end + 1, min(len(doc), end + 5)):
            if (name := held.get(index)) is not None:
                return "in_container" if name.score >= 0.5 else None
            if not (doc[index].is_lower and doc[index].is_alpha):
                break
    return None


def _known(doc: Doc, gazetteer: Gazetteer) -> Iterator[PlaceName]:
    weights = _weights()
    for one, values in judged(doc, gazetteer):
        parts = {name: weights.get(name, 0.0) * value for name, value in values.items()}
        score = 1 / (1 + exp(-max(-30.0, min(30.0, sum(parts.values())))))
        reason = max((name for name in parts if name != "bias"), key=lambda name: (abs(parts[name]), name))
        yield PlaceName(one.start, one.end, round(score, 4), reason, _inside(values))


def _inside(values: dict[str, float]) -> str | None:
    return next((name.removeprefix("ner_in_") for name in values if name.startswith("ner_in_")), None)
