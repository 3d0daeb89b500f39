"""When and where: which date and which place of the sentence belongs to a trigger."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from pipeline.records import DateValue, Place
from pipeline.stages.events.grammar import clause_verb, governors, is_verb

_LOCATIVE = frozenset(
    {"in", "at", "near", "outside", "around", "inside", "on", "across", "along", "between", "throughout", "within", "over", "off", "through",
     "north", "south", "east", "west", "northeast", "northwest", "southeast", "southwest", "of", "into", "toward", "towards", "to", "around", "close", "next", "by", "against"}
)  # fmt: skip
_NOT_WHERE = frozenset({"from", "with", "between", "for", "about", "than", "like", "as"})
_FINENESS = {"point": 5, "settlement": 4, "admin2": 3, "admin1": 2, "region": 1, "country": 0}


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A place name in a sentence: token bounds and the place that it stands for."""

    start: int
    end: int
    place: Place


def pick_date(head: Token, dates: Sequence[tuple[int, int, DateValue]]) -> DateValue | None:
    """The date that says when the trigger's event was.

    A date belongs to the verb whose clause it stands in; a trigger takes the dates of its own clause, then those of
    the clause that governs it, then those inside its own modifiers.

    Args:
        dates: those of the sentence as (first token, end token, value).
    """
    if not dates:
        return None
    doc = head.doc
    chain = [clause_verb(head)]
    for above in governors(chain[0]):
        if is_verb(above):
            chain.append(above)
    best: tuple[int, int, DateValue] | None = None
    for start, end, value in dates:
        token = _root(doc, start, end)
        if head.is_ancestor(token) or any(t.i == head.i for t in governors(token)):
            rank = 0
        else:
            owner = clause_verb(token)
            if owner.i not in [verb.i for verb in chain]:
                continue
            rank = 1 + [verb.i for verb in chain].index(owner.i)
        distance = abs(token.i - head.i)
        if best is None or (rank, distance) < best[:2]:
            best = (rank, distance, value)
    return best[2] if best is not None else None


def pick_place(head: Token, mentions: Sequence[PlaceMention]) -> Place | None:
    """The place that says where the trigger's event was, by syntax, the finest among the equally near."""
    best: tuple[tuple[int, int, int], Place] | None = None
    verb = clause_verb(head)
    for mention in mentions:
        token = _root(head.doc, mention.start, mention.end)
        rank = _rank(head, verb, token)
        if rank is None:
            continue
        fineness = _FINENESS.get(mention.place.precision or "", 0)
        key = (rank, -fineness, abs(token.i - head.i))
        if best is None or key < best[0]:
            best = (key, mention.place)
    return best[1] if best is not None else None


def _root(doc: object, start: int, end: int) -> Token:
    token: Token = doc[start:end].root  # type: ignore[index]
    return token


def _rank(head: Token, verb: Token, token: Token) -> int | None:
    """How directly a place name says where the trigger happened: 0 best, ``None`` not at all."""
    preposition = _preposition(token)
    if preposition is None:
        # "Aleppo strikes", "the Beirut blast"; a bare name elsewhere says nothing of where
        if token.head.i == head.i and token.dep_ in ("compound", "nmod", "poss", "amod"):
            return 3 if token.dep_ != "poss" else None
        return 4 if token.dep_ in ("dobj", "nsubjpass") and token.head.i == verb.i else None
    word = preposition.lower_
    if word in _NOT_WHERE or word not in _LOCATIVE:
        return None
    climb = preposition
    for _ in range(12):
        climb = climb.head
        if climb.i == head.i:
            return 0
        if climb.i == verb.i:
            return 1
        if climb.head.i == climb.i:
            break
    return 2 if clause_verb(preposition).i == verb.i or verb.is_ancestor(token) else 3


def _preposition(token: Token) -> Token | None:
    current = token
    for _ in range(8):
        if current.dep_ in ("pobj", "pcomp"):
            return current.head
        if current.dep_ in ("appos", "conj", "compound", "nmod", "npadvmod", "dep") and current.head.i != current.i:
            current = current.head
            continue
        return None
    return None


def fineness(place: Place) -> int:
    """Rank of a place's precision, finest highest."""
    return _FINENESS.get(place.precision or "", 0)
