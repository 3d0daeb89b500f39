"""What earlier stages found in a text, by token: what the events and casualties stages both read."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from operator import attrgetter, itemgetter
from typing import TypeVar

from spacy.tokens import Doc, Span, Token

from pipeline import facts
from pipeline.lexicon import describe
from pipeline.people import people
from pipeline.records import Actor, DateValue, Entity, Place
from pipeline.syntax.grammar import noun_phrase

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A place name in a text: token bounds and the place that it stands for."""

    start: int
    end: int
    place: Place


class Context:
    """What earlier stages found in the text, by token."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.lower = [token.lower_ for token in doc]
        self.article = facts.article(doc)
        self.published = self.article.published if self.article else None
        self.sentences = facts.sentences(doc)
        self.entities = facts.entities(doc)
        self.places: dict[str, Place] = {place.id: place for place in facts.places(doc)}
        self.actors: dict[str, Actor] = {actor.id: actor for actor in facts.actors(doc)}
        self.entity_at: dict[int, Entity] = {}
        self.place_mentions: list[PlaceMention] = []
        self.attributes: set[str] = set()  # ids of places in compounds, which say nothing of where
        for entity in self.entities:
            span = doc.char_span(entity.start, entity.end, alignment_mode="expand")
            if span is None:
                continue
            for token in span:
                self.entity_at[token.i] = entity
            if entity.place in self.places and entity.label in ("GPE", "LOC", "FAC"):
                if _in_compound(doc, span.end):
                    self.attributes.add(entity.place)
                else:
                    self.place_mentions.append(PlaceMention(span.start, span.end, self.places[entity.place]))
        headed = [
            mention
            for mention in self.place_mentions
            if mention.end + 1 < len(doc) and doc[mention.start].is_sent_start and doc[mention.end].text in _HEADS
        ]
        # "KARACHI: Fire at …" happened there; "BOGOTA — Rebels kidnapped …" was only filed there. Either opens an item.
        self.slugs: dict[int, Place] = {m.end + 1: m.place for m in headed if doc[m.end].text == ":"}
        self.items = frozenset(mention.end + 1 for mention in headed)
        self.dates: list[tuple[int, int, DateValue]] = []
        for date in facts.dates(doc):
            span = doc.char_span(date.start, date.end, alignment_mode="expand")
            if span is not None:
                self.dates.append((span.start, span.end, date))
        body = self.article.body_start if self.article else 0
        self.body_start = body or _first_line_end(doc)

    def dates_in(self, span: Span) -> list[tuple[int, int, DateValue]]:
        """The date expressions that begin in a span, in text order."""
        return _within(self.dates, span, itemgetter(0))

    def places_in(self, span: Span) -> list[PlaceMention]:
        """The place names that begin in a span, in text order."""
        return _within(self.place_mentions, span, attrgetter("start"))

    def country_at(self, token: int) -> str | None:
        """The country that the entity at a token belongs to or stands for."""
        entity = self.entity_at.get(token)
        if entity is None:
            return None
        actor = self.actors.get(entity.actor or "")
        if actor is not None and actor.country is not None:
            return actor.country
        place = self.places.get(entity.place or "")
        return place.country if place is not None else None

    def sides(self, heads: Iterable[Token]) -> frozenset[str]:
        """Who the participants are: country codes (upper case) and head nouns (lower case, singular)."""
        sides: set[str] = set()
        for head in heads:
            start, end = noun_phrase(head)
            said = describe(self.doc[start:end].text)
            sides |= set(said.sponsors or said.countries or {c for i in range(start, end) if (c := self.country_at(i))})
            if head.ent_type_ in ("GPE", "LOC", "FAC"):
                continue
            if not (head.ent_type_ or head.tag_.startswith("NNP") or people().is_person(head.lower_)):
                continue
            word = head.lower_
            sides.add(word[:-1] if word.endswith("s") and len(word) > 3 else word)
        return frozenset(side for side in sides if side not in _EMPTY_SIDES)


_HEADS = frozenset({":", "—", "–", "--", "-"})
_BLANK_LINE = re.compile(r"\n[ \t\r]*\n")
_EMPTY_SIDES = frozenset(
    "it they he she them him her who which that people person other one man men member soldier fighter number dozen "
    "force group militant attack blast bomb civilian officer 2 3".split()
)


def _in_compound(doc: Doc, end: int) -> bool:
    """True for a name that a hyphen makes an attribute of: "London-based", "Tripoli-backed"; not "Kirkuk-Hawija"."""
    return end + 1 < len(doc) and doc[end].text == "-" and not doc[end - 1].whitespace_ and doc[end + 1].is_lower


def _within(found: list[T], span: Span, start: Callable[[T], int]) -> list[T]:
    """The part of a list in text order that begins in the span; a long text is not read through for each sentence."""
    return found[bisect_left(found, span.start, key=start) : bisect_left(found, span.end, key=start)]


def _first_line_end(doc: Doc) -> int:
    """Character offset behind the first paragraph, which is the headline where more follows; 0 where none does."""
    text = facts.read_text(doc)
    blank = _BLANK_LINE.search(text, len(text) - len(text.lstrip()))
    return blank.end() if blank is not None else 0
