"""When and where: which date and which place of the sentence belongs to a trigger."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from spacy.tokens import Doc, Span, Token

from pipeline.gazetteer.surface import ENGLISH_SPEAKING
from pipeline.records import DateValue, Place
from pipeline.resources import load_yaml
from pipeline.syntax.context import Context, PlaceMention
from pipeline.syntax.grammar import clause_verb, governors, is_verb

_LOCATIVE = frozenset(
    "in at near outside around inside on across along between throughout within over off through into toward towards "
    "close next north south east west northeast northwest southeast southwest".split()
)
_NOT_WHERE = frozenset({"from", "with", "between", "for", "about", "than", "like", "as"})
# "close to Hadithah", "next to Hadithah"
_BESIDE = frozenset({"close", "closer", "next", "near", "nearer", "adjacent", "opposite"})
# A blast is heard, a quake felt, elsewhere than where it happened.
_NOTICED = frozenset({"felt", "heard", "seen"})
_FINENESS = {"point": 6, "settlement": 5, "admin2": 4, "admin1": 2, "region": 1, "country": 0}
_LOCAL_REGION = 3  # mountains, countryside, an area of one province


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

    A province or country gives way to a finer place in it that the same clause names as what was hit or beside it, and
    a name that nobody could resolve to a place that somebody did.

    Args:
        farthest: how loosely the place may hang on the trigger: 0 on it, 1 on its verb, 2 and 3 within its clause, 4 as
            what it hits.
    """
    best: tuple[tuple[bool, int, int, int], PlaceMention] | None = None
    verb = clause_verb(head)
    for mention in mentions:
        token = _root(head.doc, mention.start, mention.end)
        rank = _rank(head, verb, token, mention.place)
        if rank is None or rank > farthest:
            continue
        if _refers(head.doc, mention, mentions):
            continue
        key = (mention.place.lat is None, rank, -fineness(mention.place), abs(token.i - head.i))
        if best is None or key < best[0]:
            best = (key, mention)
    if best is None:
        above = verb.head
        results = verb.tag_ == "VBG" and verb.dep_ in ("advcl", "xcomp", "acl") and above.i != verb.i
        # "shells hit Baghdad, killing two": the harm is where the blow is
        return pick_place(clause_verb(above), mentions, farthest=max(farthest, 4)) if results else None
    inner = [mention for mention in mentions if holds(best[1].place, mention.place) and may_be_where(head.doc, mention)]
    return min(inner, key=lambda mention: abs(mention.start - best[1].start)).place if inner else best[1].place


def _refers(doc: Doc, mention: PlaceMention, mentions: Sequence[PlaceMention]) -> bool:
    """True for what only tells where a place before it is: "Milaja (Idlib)", "Haftanin, Dahuk", "west of Sanaa"."""
    for other in mentions:
        between = [token.lower_ for token in doc[other.end : mention.start]]
        if other.place.lat is None or not between or len(between) > 8 or other.place.precision == "country":
            continue
        wider = between == [","] and fineness(mention.place) <= _FINENESS["admin1"]
        if wider or between == ["("] or (between[-1] in ("of", "from") and _DIRECTIONS.intersection(between)):
            return True
    return False


_DIRECTIONS = frozenset(
    "north south east west northeast northwest southeast southwest km kms kilometers kilometres miles".split()
)


def holds(outer: Place, inner: Place) -> bool:
    """True if a country, province, district or region holds a finer place, by what the gazetteer says of both."""
    if outer.lat is None or inner.lat is None or fineness(inner) <= fineness(outer) or outer.country != inner.country:
        return False
    if outer.precision == "country":
        return True
    if outer.precision not in ("admin1", "region") or outer.admin1 is None:
        return False
    return outer.admin1 == inner.admin1 or not _far_apart(
        outer, inner, 0.5
    )  # villages on its border may be filed beyond it


def says_where(doc: Doc, mention: PlaceMention) -> bool:
    """True for a name that a preposition of place introduces."""
    preposition = _preposition(_root(doc, mention.start, mention.end))
    return preposition is not None and _is_locative(preposition, mention.place)


def may_be_where(doc: Doc, mention: PlaceMention) -> bool:
    """False for a name in a phrase that says something else: whence, whose, or what kind of."""
    token = _root(doc, mention.start, mention.end)
    preposition = _preposition(token)
    if preposition is not None:
        return _is_locative(preposition, mention.place)
    return _phrase(token).dep_ not in ("poss", "compound", "nmod", "amod")


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
        phrase = _phrase(token)
        return 4 if phrase.dep_ in ("dobj", "nsubjpass") and phrase.head.i in (verb.i, head.i) else None
    if not _is_locative(preposition, place):
        return None
    climb = preposition
    for _ in range(12):
        climb = climb.head
        if climb.i == head.i:
            return 0
        if climb.i == verb.i:
            return None if verb.lower_ in _NOTICED else 1
        if climb.head.i == climb.i:
            break
    return 2 if clause_verb(preposition).i == verb.i and verb.lower_ not in _NOTICED else None


def _is_locative(preposition: Token, place: Place) -> bool:
    """Whether a preposition says where, not whence or with whom; "between" joins towns, but countries as sides."""
    word = preposition.lower_
    if word == "between":
        return fineness(place) > _FINENESS["admin1"]
    if word == "to" and preposition.i:
        return preposition.nbor(-1).lower_ in _BESIDE
    return word in _LOCATIVE and word not in _NOT_WHERE


def _preposition(token: Token) -> Token | None:
    """The preposition that says where a name stands; "the town of X" and "X province" stand where their noun does."""
    phrase = _phrase(token)
    return phrase.head if phrase.dep_ in ("pobj", "pcomp") else None


def _phrase(token: Token) -> Token:
    """The head of the phrase that a name is part of: "outskirts" of "the outskirts of X", "road" of "X road"."""
    current = token
    for _ in range(8):
        if current.dep_ in ("pobj", "pcomp"):
            preposition = current.head
            if preposition.lower_ != "of" or not preposition.head.tag_.startswith("NN"):
                break
            current = preposition.head
            continue
        kind = current.head.lower_ in _kinds_of_place()
        inside = (current.dep_ in ("compound", "nmod") and (kind or current.head.ent_type_ == token.ent_type_)) or (
            current.dep_ == "amod" and kind
        )
        if not (inside or current.dep_ in ("appos", "conj", "npadvmod", "dep")) or current.head.i == current.i:
            break
        current = current.head
    return current


@lru_cache(maxsize=1)
def _kinds_of_place() -> frozenset[str]:
    """Common nouns for places: "city", "governorate", "area", "road"."""
    units = load_yaml("gazetteer", "units.yaml")
    return frozenset([*units["classes"], *units["spots"], *load_yaml("status.yaml")["place_anaphors"]])


def place_told_before(
    context: Context, sentences: Sequence[Span], here: int, times: Mapping[str, int], datelines: frozenset[str]
) -> Place | None:
    """Where an event was whose own clauses do not say it: the place that the story is at by then.

    The place that a preposition of place introduces in the event's first sentence or, going back, in the three before
    it; else the dateline; else the one town or district that the text names most often.

    Args:
        here: the number of that sentence. times: how often the text names each place, by id. datelines: the ids of
            :func:`dateline_places`.
    """
    for number in range(here, max(-1, here - _BEFORE - 1), -1):
        near = [item for item in context.places_in(sentences[number]) if item.place.lat is not None]
        free = [item.place for item in near if says_where(context.doc, item)]
        if free:
            return max(free, key=lambda place: (place.score >= _POOR, fineness(place)))
    known = [place for place in context.places.values() if place.lat is not None]
    filed = [place for place in known if place.id in datelines]
    if len(filed) == 1:
        return filed[0]
    fine = (place.id for place in known if fineness(place) >= _FINENESS["admin2"])
    local = sorted((-times[place], place) for place in fine if times[place] or place not in context.attributes)
    if local and (len(local) == 1 or local[0][0] < local[1][0]):
        return context.places[local[0][1]]
    return None


_BEFORE = 3


def dateline_places(context: Context) -> frozenset[str]:
    """The ids of places that open a sentence as a dateline: "AKRON, Ohio -", "KABUL (Agency) —"; not "Ohio-based"."""
    found = set()
    for mention in context.place_mentions:
        if mention.start and not context.doc[mention.start].is_sent_start:
            continue
        bracket = False
        for token in context.doc[mention.end : mention.end + _DATELINE]:
            bracket = token.text == "(" or (bracket and token.text != ")")
            apart = token.text == "—" or context.doc[token.i - 1].whitespace_  # else it is a hyphen
            if token.text in _DASHES and apart and not bracket:
                found.add(mention.place.id)
                break
            if not (bracket or token.text in (",", ")", ".") or token.text[0].isupper()):
                break
    return frozenset(found)


_DATELINE = 12
_DASHES = frozenset({"—", "–", "--", "-"})


def steadied(context: Context, place: Place, times: Mapping[str, int], datelines: frozenset[str]) -> Place:
    """The place, or the one that the story is about where the place is a doubtful namesake far from it.

    "Shot in Roxbury" in a story about Boston is no Roxbury of another state. The story is about the town or district
    that it names most often, its dateline once more; measured on the development half of incident_linking.
    """
    if place.score >= _DOUBTFUL or fineness(place) < _FINENESS["admin2"]:
        return place
    weight = {other: times[other] + (other in datelines) for other in context.places}
    local = [
        other
        for other in context.places.values()
        if other.lat is not None and fineness(other) >= _FINENESS["admin2"] and other.id != place.id
    ]
    focus = max(local, key=lambda other: (weight[other.id], other.score, other.id), default=None)
    if focus is None or not _far_apart(place, focus, 1.0):
        return place
    outnumbered = len(place.candidates) >= _NAMESAKES and times[focus.id] > times[place.id]
    # towns repeat each other's names where English is spoken; elsewhere a dateline is where the reporter sits
    repeated = place.country in ENGLISH_SPEAKING or place.country != focus.country
    overruled = repeated and place.score < _POOR and weight[focus.id] > weight[place.id]
    return focus if (outnumbered or overruled) and focus.score > place.score else place


_DOUBTFUL, _POOR, _NAMESAKES = 0.7, 0.5, 3


def _far_apart(one: Place, other: Place, degrees: float) -> bool:
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return False
    return abs(one.lat - other.lat) > degrees or abs(one.lon - other.lon) > degrees


def fineness(place: Place) -> int:
    """Rank of a place's precision, finest highest."""
    if place.precision == "region" and place.admin1 is not None:
        return _LOCAL_REGION
    return _FINENESS.get(place.precision or "", 0)
