"""Stage ``actors``: who acts, with canonical name, country and kind, one actor however often it is named.

Persons and organisations among the entities are actors; a country is one where it acts ("Russia violated …", not
"in Russia" nor "Russia's coast"). The lexicon (:mod:`pipeline.lexicon`) tells the kind and country of known names; of
others the words of the name itself, the titles before it and the apposition beside it do.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from pydantic import BaseModel, ConfigDict
from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from pipeline import facts, trace
from pipeline.lexicon import (
    KnownActor,
    addressing_verbs,
    capital_of,
    countries_of,
    countries_within,
    describe,
    is_acronym,
    is_person,
    is_title,
    kind_of_name,
    kind_of_title,
    known_actor,
    name_of_country,
    normal,
)
from pipeline.records import Actor, ActorKind, Entity, Place

STAGE = "actors"
# Words that the phrase before or after a name may have.
_REACH = 18
_ADDRESSED = frozenset({"dobj", "iobj", "dative"})
_ACTING_AFTER = frozenset({"by", "against", "between", "with", "among"})


class Options(BaseModel):
    """``countries``: whether countries that act count as actors (their governments)."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    countries: bool = True


@dataclass
class _Group:
    """The mentions of one actor and what they say of it."""

    key: str
    label: str
    names: list[str] = field(default_factory=list)
    mentions: list[str] = field(default_factory=list)
    kinds: list[ActorKind] = field(default_factory=list)
    countries: list[str] = field(default_factory=list)
    known: KnownActor | None = None
    rule: str = ""


def find_actors(doc: Doc, entities: Sequence[Entity], *, countries: bool = True) -> list[Actor]:
    """The actors of a parsed ``Doc``, ids ``a0`` … by first mention.

    Args:
        entities: the entities of the stage ``entities``.
        countries: see :class:`Options`.
    """
    spans = {entity.id: span for entity in entities if (span := doc.char_span(entity.start, entity.end)) is not None}
    groups: dict[str, _Group] = {}
    persons = _person_keys(entities)
    aliases = _aliases(doc, entities, spans)
    for entity in entities:
        span = spans.get(entity.id)
        if span is None:
            continue
        group = None
        if entity.label == "PERSON":
            group = _group(groups, "person:" + persons.get(entity.text, normal(entity.text)), "PERSON")
            _read_person(span, group)
        elif entity.label == "ORG":
            name = aliases.get(normal(entity.text), normal(entity.text))
            known = known_actor(name)
            group = _group(groups, "org:" + (known.name if known else name), "ORG")
            group.known = group.known or known
            _read_organisation(span, group)
        elif entity.label in ("GPE", "LOC") and countries:
            code = _acting_country(span)
            if code is not None:
                group = _group(groups, "state:" + code, "GPE")
                group.countries.append(code)
                group.kinds.append("government")
                group.rule = "a country that acts"
        if group is not None:
            group.names.append(entity.text)
            group.mentions.append(entity.id)
    home = _home(facts.places(doc))
    return [_actor(number, group, home) for number, group in enumerate(groups.values())]


def _home(places: Sequence[Place]) -> str | None:
    """The country that nearly all places of the text lie in: that of officials and forces whose country is not said."""
    counts: Counter[str] = Counter()
    for place in places:
        if place.country is not None:
            counts[place.country] += len(place.mentions)
    if not counts:
        return None
    country, most = counts.most_common(1)[0]
    return country if most >= _MOST * counts.total() else None


_MOST = 0.8
_OF_A_STATE = frozenset({"government", "military", "police"})


def _group(groups: dict[str, _Group], key: str, label: str) -> _Group:
    return groups.setdefault(key, _Group(key, label))


def _actor(number: int, group: _Group, home: str | None) -> Actor:
    if group.label == "GPE":
        name = name_of_country(group.countries[0])
    elif group.known is not None:
        name = group.known.name
    else:
        name = normal(max(group.names, key=len))
    kinds = [kind for kind in group.kinds if kind != "unknown"]
    kind = group.known.kind if group.known else kinds[0] if kinds else "unknown"
    country = group.known.country if group.known else next(iter(group.countries), None)
    if country is None and group.known is None and kind in _OF_A_STATE:
        country = home
    return Actor(
        id=f"a{number}",
        name=name,
        country=country,
        kind=kind,
        mentions=group.mentions,
    )


def _person_keys(entities: Iterable[Entity]) -> dict[str, str]:
    """Each person's name to the fullest name in the text that it is part of: "Milley" to "Mark A. Milley"."""
    names = {entity.text: normal(entity.text).lower().split() for entity in entities if entity.label == "PERSON"}
    # who begins or ends alike, in the order of the text: only those are compared, so that long texts cost no more
    alike: dict[str, list[str]] = {}
    for name, words in names.items():
        for word in {*words[:1], *words[-1:]}:
            alike.setdefault(word, []).append(name)
    place = {name: number for number, name in enumerate(names)}
    fullest: dict[str, str] = {}
    for name, words in names.items():
        best = name
        others = {other for word in (*words[:1], *words[-1:]) for other in alike[word]}
        for other in sorted(others, key=place.__getitem__):
            longer = names[other]
            if len(longer) > len(words) and (
                longer[-len(words) :] == words or longer[: len(words)] == words or _same_ends(words, longer)
            ):
                best = other if best == name or len(other) > len(best) else best
        fullest[name] = normal(best).lower()
    return {name: fullest.get(key, key) for name, key in fullest.items()}


def _same_ends(words: list[str], longer: list[str]) -> bool:
    """ "Mark Milley" and "Mark A. Milley"."""
    return len(words) > 1 and words[0] == longer[0] and words[-1] == longer[-1]


def _aliases(doc: Doc, entities: Sequence[Entity], spans: dict[str, Span]) -> dict[str, str]:
    """Short names to the long ones that the text gives them: "Free Coast Army (FCA)", "Wagner" after "Wagner Group"."""
    found: dict[str, str] = {}
    names = list(dict.fromkeys(normal(entity.text) for entity in entities if entity.label == "ORG"))
    text = facts.read_text(doc)
    previous: Entity | None = None
    for entity in entities:
        if previous is not None and previous.label == "ORG" and entity.label in ("ORG", "GPE", "PERSON"):
            between = text[previous.end : entity.start] if entity.start - previous.end < 4 else ""
            short = normal(entity.text)
            if between.strip() == "(" and is_acronym(short, previous.text):
                found[short] = normal(previous.text)
        previous = entity
    by_first: dict[str, list[str]] = {}
    for name in names:
        by_first.setdefault(name.split(" ")[0], []).append(name)
    for name in names:
        same = by_first[name.split(" ")[0]]
        longer = [other for other in same if other != name and other.startswith(name + " ")]
        if len(longer) == 1 and name not in found and known_actor(name) is None and len(name) > 3:
            found[name] = longer[0]
    return found


def _read_person(span: Span, group: _Group) -> None:
    """Kind and country by title and office: the words before the name, then the apposition after it."""
    before = _words_before(span)
    for words in (before, _words_after(span), _words_of(span)):
        if not words:
            continue
        titles = [kind for kind in _titles(words) if kind not in (None, "civilians", "unknown")]
        text = " ".join(token.text for token in words)
        said = describe(text)
        kind = titles[-1] if titles else said.kind
        beside = words is not before or is_person(words[-1].text) or (len(words) > 1 and is_person(words[-2].text))
        if kind is not None and (titles or kind != "civilians" or beside):
            group.kinds.append(kind)
            group.rule = group.rule or f"by {text!r}"
        codes = said.countries or ((said.known.country,) if said.known and said.known.country else ())
        group.countries.extend(codes)


def _titles(words: Sequence[Token]) -> list[ActorKind | None]:
    found: list[ActorKind | None] = []
    for position, token in enumerate(words):
        for size in (4, 3, 2, 1):
            part = words[position : position + size]
            title = " ".join(word.text for word in part)
            if len(part) == size and is_title(title) and (token.text[:1].isupper() or size > 1):
                found.append(kind_of_title(title))
                break
    return found


def _words_before(span: Span) -> list[Token]:
    """The office before a name: "Chief of Staff of the Coast Guard, General" before "Azad"."""
    found: list[Token] = []
    sentence = span.sent.start
    for index in range(span.start - 1, max(sentence, span.start - _REACH) - 1, -1):
        token = span.doc[index]
        if token.is_space and token.text.count("\n") < 2:
            continue  # a wrapped line
        if token.is_space or (token.tag_.startswith(("VB", "MD", "PRP", "W", "CC")) and token.lower_ != "and"):
            break
        if token.tag_ in ("IN", "TO", "RP") and token.lower_ not in ("of", "for"):
            break
        if token.text == "." and index and is_title(span.doc[index - 1].text):
            continue  # "Col" and "." are two tokens
        if token.text == "," and not found and _office_ends(span.doc, index):
            continue  # "the minister, Azad"
        if token.text in _STOPS and not (token.text == "," and found and _all_titles(found)):
            break
        if token.lower_ == "and" and not found:
            break  # "police and Azad" are two
        found.insert(0, token)
    if found and found[0].lower_ == "and":
        found = found[1:]
    # Without a noun for people before it, the stretch is no office.
    return found


_STOPS = frozenset(',(;:"“”.[]{}') | {"--", "—", "–", ")"}


def _office_ends(doc: Doc, comma: int) -> bool:
    """Whether "the minister" or "his brother" stands before the comma."""
    return comma > 1 and is_person(doc[comma - 1].text) and doc[comma - 2].tag_ in ("DT", "PRP$", "JJ", "NN", "POS")


def _words_of(span: Span) -> list[Token]:
    """The organisation after "of", "from" or "with": "Azad of the Coast Guard"."""
    doc, index = span.doc, span.end
    if index + 1 >= len(doc) or doc[index].lower_ not in ("of", "from", "with"):
        return []
    index += doc[index + 1].lower_ == "the"
    index += 1
    found = []
    while index < len(doc) and doc[index].ent_type_ == "ORG":
        found.append(doc[index])
        index += 1
    return found


def _all_titles(tokens: Sequence[Token]) -> bool:
    return all(is_title(token.text) or token.text == "." for token in tokens)


def _words_after(span: Span) -> list[Token]:
    """The apposition after a name, an age left out: ", 45, a spokesman for the ministry,"."""
    doc, index = span.doc, span.end
    stop = min(span.sent.end, index + _REACH)
    if index >= stop or doc[index].text not in (",", "("):
        return []
    index += 1
    if index + 1 < stop and doc[index].like_num and doc[index + 1].text in (",", ")"):
        index += 2
    found = []
    while (
        index < stop
        and doc[index].text not in (",", ")", ";", ".")
        and not doc[index].tag_.startswith(("VB", "MD", "W", "PRP"))
    ):
        found.append(doc[index])
        index += 1
    if not found or found[0].tag_ in ("IN", "CC", "RB") or found[0].ent_type_ in ("GPE", "DATE"):
        return []
    return found


def _read_organisation(span: Span, group: _Group) -> None:
    """Kind and country by the words of the name, then by the words beside it."""
    kind = kind_of_name(span.text)
    if kind is not None:
        group.kinds.append(kind)
        group.rule = group.rule or "by the words of the name"
    group.countries.extend(countries_within(span.text))
    before = [token for token in _words_before(span) if token.tag_ != "IN"]
    near = before[-2:]
    if near:
        said = describe(" ".join(token.text for token in near))
        group.countries.extend(said.countries)
        if said.kind not in (None, "unknown", "civilians") and near[-1].text.islower():
            group.kinds.append(said.kind)
            group.rule = group.rule or f"by {' '.join(token.text for token in near)!r}"
    after = _words_after(span)
    if after and after[0].tag_ in ("DT", "JJ", "NN"):
        said = describe(" ".join(token.text for token in after))
        if said.kind not in (None, "unknown", "civilians"):
            group.kinds.append(said.kind)
        group.countries.extend(said.countries)


def _acting_country(span: Span) -> str | None:
    """The country code of a place name that acts, ``None`` for one that only tells where or whose."""
    codes = countries_of(span.text)
    capital = None if codes else capital_of(span.text)
    if not codes and capital is None:
        return None
    doc = span.doc
    if span.start > 1 and doc[span.start - 1].text == "," and doc[span.start - 2].ent_type_ in ("GPE", "LOC", "FAC"):
        return None  # "Basra, Iraq"
    token = span.root
    while token.dep_ in ("conj", "appos") and token.head.i != token.i:
        token = token.head
    if capital is not None:
        return (
            capital
            if token.dep_ == "nsubj" and token.head.tag_.startswith("VB") and token.head.lower_ != "is"
            else None
        )
    if token.dep_ in ("nsubj", "nsubjpass"):
        return codes[0]
    if token.dep_ in _ADDRESSED and token.head.lower_ in addressing_verbs():
        return codes[0]
    if token.dep_ == "pobj" and token.head.lower_ in _ACTING_AFTER:
        return codes[0]
    return None


class Actors:
    """The component: stores ``actors`` and writes each actor's id into its entities."""

    def __init__(self, options: Options) -> None:
        self.options = options

    def __call__(self, doc: Doc) -> Doc:
        facts.demand(doc, STAGE, "DEP")
        facts.borrow_entities(doc, STAGE)
        entities = facts.entities(doc)
        actors = find_actors(doc, entities, countries=self.options.countries)
        of_entity = {mention: actor.id for actor in actors for mention in actor.mentions}
        facts.put(doc, STAGE, actors)
        facts.put(doc, "entities", [one.model_copy(update={"actor": of_entity.get(one.id)}) for one in entities])
        if trace.on():
            by_id = {entity.id: entity for entity in entities}
            for actor in actors:
                first = by_id[actor.mentions[0]]
                detail = f"{actor.id} {actor.name}, {actor.country or 'no country'}, {len(actor.mentions)} mentions"
                trace.note(STAGE, "added", first.start, first.end, first.text, actor.kind, detail)
        return doc


@Language.factory(
    "dateline_actors",
    requires=["doc._.dateline_entities", "token.dep"],
    assigns=["doc._.dateline_actors"],
    default_config={"countries": True},
)
def make_actors(nlp: Language, name: str, countries: bool) -> Callable[[Doc], Doc]:
    """The component of stage ``actors``."""
    return Actors(Options.model_validate({"countries": countries}))
