"""When and where: which date and which place of the sentence belongs to a trigger."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from spacy.tokens import Token

from pipeline.records import DateValue, Place
from pipeline.resources import load_yaml
from pipeline.syntax.context import PlaceMention
from pipeline.syntax.grammar import clause_verb, governors, is_verb

_LOCATIVE = frozenset(
    "in at near outside around inside on across along between throughout within over off through into toward towards "
    "close next north south east west northeast northwest southeast southwest".split()
)
_NOT_WHERE = frozenset({"from", "with", "between", "for", "about", "than", "like", "as"})
_FINENESS = {"point": 5, "settlement": 4, "admin2": 3, "admin1": 2, "region": 1, "country": 0}


def pick_date(head: Token, dates: Sequence[tuple[int, int, DateValue]]) -> DateValue | None:
    """The date that says when the trigger's event was.

    A date belongs to the verb whose clause it stands in; a trigger takes the dates of its own phrase, then of its own
    clause, then of the clauses that govern it. A noun also takes those of the clause that modifies it.

    Args:
        dates: those of the sentence as (first token, end token, value).
    """
    if not dates:
        return None
    verb = clause_verb(head)
    chain = [verb.i, *(above.i for above in governors(verb) if is_verb(above))]
    best: tuple[int, int, DateValue] | None = None
    for start, end, value in dates:
        token = head.doc[start:end].root
        if token.dep_ in ("poss", "compound", "nmod", "amod") and token.head.i != head.i:
            continue  # "Wednesday's incident": the date is the noun's own
        if token.dep_ == "pobj" and token.head.lower_ in ("by", "until", "since"):
            continue  # "by Tuesday the toll had risen", "the first since May": not when it happened
        owner = clause_verb(token)
        modifies = owner.dep_ in ("acl", "relcl") and owner.head.i == head.i
        if head.i != verb.i and ((head.is_ancestor(token) and owner.i == verb.i) or modifies):
            rank = 0
        elif owner.i in chain:
            rank = 1 + chain.index(owner.i)
        else:
            continue
        distance = abs(token.i - head.i)
        if best is None or (rank, distance) < best[:2]:
            best = (rank, distance, value)
    return best[2] if best is not None else None


def pick_place(head: Token, mentions: Sequence[PlaceMention], *, farthest: int = 3) -> Place | None:
    """The place that says where the trigger's event was, by syntax, the finest among the equally near.

    Args:
        farthest: how loosely the place may hang on the trigger: 0 on it, 1 on its verb, 2 and 3 within its clause.
    """
    best: tuple[tuple[int, int, int], Place] | None = None
    verb = clause_verb(head)
    for mention in mentions:
        token = _root(head.doc, mention.start, mention.end)
        rank = _rank(head, verb, token, mention.place)
        if rank is None or rank > farthest:
            continue
        fineness = _FINENESS.get(mention.place.precision or "", 0)
        key = (rank, -fineness, abs(token.i - head.i))
        if best is None or key < best[0]:
            best = (key, mention.place)
    return best[1] if best is not None else None


def _root(doc: object, start: int, end: int) -> Token:
    token: Token = doc[start:end].root  # type: ignore[index]
    return token


def _rank(head: Token, verb: Token, token: Token, place: Place) -> int | None:
    """How directly a place name says where the trigger happened: 0 best, ``None`` not at all."""
    preposition = _preposition(token)
    if preposition is None:
        # "Aleppo strikes", "the Beirut blast"; but "U.S. strikes" says who, and a bare name elsewhere nothing
        if place.precision == "country":
            return None
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
    return 2 if clause_verb(preposition).i == verb.i else None


def _preposition(token: Token) -> Token | None:
    """The preposition that says where a name stands; "the town of X" and "X province" stand where their noun does."""
    current = token
    for _ in range(8):
        if current.dep_ in ("pobj", "pcomp"):
            preposition = current.head
            noun = preposition.head
            if preposition.lower_ != "of" or not noun.tag_.startswith("NN"):
                return preposition
            current = noun
            continue
        inside = current.dep_ in ("compound", "nmod") and (
            current.head.ent_type_ == token.ent_type_ or current.head.lower_ in _kinds_of_place()
        )
        if (inside or current.dep_ in ("appos", "conj", "npadvmod", "dep")) and current.head.i != current.i:
            current = current.head
            continue
        return None
    return None


@lru_cache(maxsize=1)
def _kinds_of_place() -> frozenset[str]:
    """Common nouns for places: "city", "governorate", "area"."""
    return frozenset(load_yaml("gazetteer", "units.yaml")["classes"]) | frozenset(
        load_yaml("status.yaml")["place_anaphors"]
    )


def fineness(place: Place) -> int:
    """Rank of a place's precision, finest highest."""
    return _FINENESS.get(place.precision or "", 0)
