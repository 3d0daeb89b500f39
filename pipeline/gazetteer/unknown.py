"""Finding place names that the gazetteer does not have, by what the words around call them.

"The village of X", "X district", "in X, Idlib", "near X (Idlib)": such a name is resolved by its transliteration
family, or to the place that it lies in.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from spacy.tokens import Doc

from pipeline.gazetteer.store import Gazetteer
from pipeline.gazetteer.surface import (
    MAX_TOKENS,
    PlaceName,
    cues,
    in_no_english_speaking_country,
    is_namelike,
    lookup_surface,
)

_CERTAINTY = 0.7


def unknown_names(doc: Doc, known: Sequence[PlaceName], gazetteer: Gazetteer) -> Iterator[PlaceName]:
    """Names that the gazetteer does not have and the words around call places; ``known`` are those that it has."""
    lists = cues()
    held = {index: name for name in known for index in range(name.start, name.end)}
    people = {index for ent in doc.ents if ent.label_ in ("NORP", "DATE") for index in range(ent.start, ent.end)}
    position = 0
    while position < len(doc):
        if not _opens(doc, position, held, people):
            position += 1
            continue
        end = position + 1
        while end < len(doc) and end - position < MAX_TOKENS and _continues(doc, end, held, people):
            end += 1
        inside = {held[index].start: held[index] for index in range(position, end) if index in held}
        whole = any(name.start == position and name.end == end for name in inside.values())
        reason = None if whole else _called_place(doc, position, end, held, lists, gazetteer)
        sure = [name for name in inside.values() if name.score >= 0.9 and name.inside is None]
        if reason and (not sure or (reason != "in_container" and all(name.end < end for name in sure))):
            yield PlaceName(position, end, _CERTAINTY, reason)
            after = end + (end < len(doc) and doc[end].text in lists["settlement_units"])  # "X village (Idlib)"
            bracketed = held.get(after + 1) if after < len(doc) and doc[after].text == "(" else None
            if bracketed is not None and bracketed.score < _CERTAINTY:
                yield PlaceName(bracketed.start, bracketed.end, _CERTAINTY, "container")
        position = end


def _opens(doc: Doc, index: int, held: Mapping[int, PlaceName], people: set[int]) -> bool:
    text = doc[index].text
    name = held.get(index)
    return (
        len(text) > 1
        and is_namelike(text)
        and not text.isupper()
        and index not in people
        and text.lower() not in cues()["not_places"]
        and (name is None or (name.start == index and (name.score < 0.9 or _goes_on(doc, name.end, held))))
    )


def _goes_on(doc: Doc, end: int, held: Mapping[int, PlaceName]) -> bool:
    """Whether a capitalised word that is no name of its own follows, as in "Tal Hamis" where only "Tal" is known."""
    if end >= len(doc) or end in held or not is_namelike(doc[end].text):
        return False
    return not doc[end].is_upper and doc[end].lower_ not in cues()["institutions"]


def _continues(doc: Doc, index: int, held: Mapping[int, PlaceName], people: set[int]) -> bool:
    """Whether a token goes on with a name: another capitalised word, or a hyphen or particle before one."""
    token = doc[index]
    following = doc[index + 1] if index + 1 < len(doc) else None
    if token.text == "-" or token.lower_ in ("al", "el", "ez", "az", "as", "ash", "ad", "ed"):
        return following is not None and (is_namelike(following.text) or following.text == "-")
    return is_namelike(token.text) and index not in people and (index not in held or held[index].score < 0.9)


def _called_place(
    doc: Doc, start: int, end: int, held: Mapping[int, PlaceName], lists: dict[str, Any], gazetteer: Gazetteer
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
        if name.end < len(doc) and doc[name.end].text == ")" and in_no_english_speaking_country(inner):
            return "in_container"
    locative = before in lists["static"]
    if locative and after in (",", "(") and (name := held.get(end + 1)) is not None and name.score >= 0.5:
        return "in_container"
    if locative and after in (",", "in", "of", "north", "south", "east", "west") and end + 1 < len(doc):
        for index in range(end + 1, min(len(doc), end + 5)):
            if (name := held.get(index)) is not None:
                # "in X, east of Hama" puts X near Hama, "in X, while in Hama" does not
                apart = after == "," and doc[index - 1].lower_ not in ("of", "from")
                return "in_container" if name.score >= 0.5 and not apart else None
            if not (doc[index].is_lower and doc[index].is_alpha):
                break
    return None
