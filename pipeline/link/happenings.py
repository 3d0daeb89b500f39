"""What linking looks at: each event of a record that can be an incident, cut down to what tells it from others.

Everything is taken from the record; the article's text is not needed. Its words stand in for it: those of names,
figures, roles and triggers, which are what articles about one happening share. All types are plain tuples: they go to
disk and back (:mod:`pipeline.link.shelf`).
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Container, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from sys import intern
from typing import Literal, NamedTuple, get_args

from pipeline.link.words import words
from pipeline.ontology import event_types
from pipeline.records import CasualtyKind, Count, DatePrecision, Event, Place, PlacePrecision, Record

Key = tuple[str, str]
"""Article id and event id."""

KINDS: tuple[CasualtyKind, ...] = get_args(CasualtyKind)
_NAMED = frozenset({"PERSON", "ORG", "FAC", "NORP", "EVENT", "PRODUCT"})
_TOWNS = frozenset({"point", "settlement", None})


class View(NamedTuple):
    """Words of an article, or of the sentences that speak of one event.

    ``persons`` are names of people in small letters, ``surnames`` their last words; ``names``
    and ``words`` are counted; ``numbers`` are ages, house numbers and the like, as written in digits.
    """

    words: Mapping[str, int]
    names: Mapping[str, int]
    persons: frozenset[str]
    surnames: frozenset[str]
    numbers: frozenset[str]


class Quote(NamedTuple):
    """Words of an article, with their offsets."""

    start: int
    end: int
    text: str


class Number(NamedTuple):
    """A count with its bounds, as :class:`pipeline.records.Count`."""

    low: int | None
    best: int | None
    high: int | None


class Figure(NamedTuple):
    """A toll that an article gives an event, the words that count for it, and who is cited."""

    number: Number
    text: tuple[Quote, ...]
    attribution: str | None


class Dated(NamedTuple):
    """When an article says that it happened: its words, and ISO dates."""

    text: str
    earliest: str | None
    latest: str | None
    precision: DatePrecision | None


class Site(NamedTuple):
    """Where an article places it, as :class:`pipeline.records.Place`."""

    status: str
    gazetteer_id: str | None
    name: str | None
    names_in_text: tuple[str, ...]
    lat: float | None
    lon: float | None
    country: str | None
    admin1: str | None
    precision: PlacePrecision | None
    score: float


class Role(NamedTuple):
    """A named actor that did it (``source``) or had it done to them (``target``)."""

    role: Literal["source", "target"]
    name: str
    country: str | None


class Happening(NamedTuple):
    """One event as linking sees it.

    Days are proleptic ordinals (``date.toordinal``). ``shape`` is what the article's record quotes, in text order, by
    which copies are known; ``towns`` are the names of all narrow places in the article.
    """

    key: Key
    main: bool
    type: str
    source: str | None
    sha256: str
    published: int | None
    earliest: int | None
    latest: int | None
    date: Dated | None
    place: Site | None
    towns: frozenset[str]
    roles: tuple[Role, ...]
    figures: Mapping[CasualtyKind, Figure]
    evidence: tuple[Quote, ...]
    local: View
    whole: View
    shape: tuple[str, ...]

    def view(self, *, whole: bool) -> View:
        """The whole article where it is the article's news that is compared, else the event's own sentences."""
        return self.whole if whole and self.main else self.local

    @property
    def published_on(self) -> str | None:
        """The day of publication as an ISO date."""
        return date.fromordinal(self.published).isoformat() if self.published else None


def happenings(record: Record, *, min_news: float) -> Iterator[Happening]:
    """The asserted events of a record that are linked: the main one, and every incident with a date or a place.

    Args:
        min_news: types whose ``news`` in ``models/ontology.yaml`` is lower are words and policy, no incidents.
    """
    events = [event for event in record.events if event.status == "asserted"]
    chosen = [event for event in events if event.id == record.main_event or _is_incident(event, min_news)]
    if not chosen:
        return
    pieces = _pieces(record)
    cited = _cited(record)
    whole = _view(pieces, cited)
    places = {place.id: place for place in record.places}
    shape = tuple(intern(" ".join(piece.said)) for piece in sorted(pieces, key=lambda piece: (piece.start, piece.end)))
    towns = frozenset(
        name.lower() for place in record.places if place.precision in _TOWNS for name in place.names_in_text
    )
    published = _ordinal(record.article.published)
    for event in chosen:
        earliest = _ordinal(event.date.earliest) if event.date else None
        # an article cannot tell what is still to come: such a date was read wrongly
        date_ = None if published is not None and earliest is not None and earliest > published else event.date
        place = places.get(event.place or "")
        yield Happening(
            key=(record.article.id, event.id),
            main=event.id == record.main_event,
            type=event.type,
            source=record.article.source,
            sha256=record.article.sha256,
            published=published,
            earliest=_ordinal(date_.earliest) if date_ else None,
            latest=_ordinal(date_.latest) if date_ else None,
            date=Dated(date_.text, date_.earliest, date_.latest, date_.precision) if date_ else None,
            place=_site(place) if place else None,
            towns=towns,
            roles=tuple(_roles(event, record)),
            figures=_figures(event, record),
            evidence=tuple(_evidence(event)),
            local=_view(_near(event, pieces, record), cited),
            whole=whole,
            shape=shape,
        )


def _site(place: Place) -> Site:
    return Site(
        place.status,
        place.gazetteer_id,
        place.name,
        tuple(place.names_in_text),
        place.lat,
        place.lon,
        place.country,
        place.admin1,
        place.precision,
        place.score,
    )


def _roles(event: Event, record: Record) -> Iterator[Role]:
    actors = {actor.id: actor for actor in record.actors}
    for role in ("source", "target"):
        for participant in event.source if role == "source" else event.target:
            actor = actors.get(participant.actor or "")
            if actor is not None:
                yield Role("source" if role == "source" else "target", actor.name, actor.country)


def _figures(event: Event, record: Record) -> dict[CasualtyKind, Figure]:
    found: dict[CasualtyKind, Figure] = {}
    for kind in KINDS:
        count: Count | None = getattr(event.toll, kind)
        if count is not None:
            own = [
                figure
                for figure in record.casualties
                if figure.event == event.id and figure.kind == kind and figure.counted and figure.status == "asserted"
            ]
            cited = next((figure.attribution for figure in own if figure.attribution), event.attribution)
            quotes = tuple(Quote(figure.start, figure.end, figure.text) for figure in own)
            number = Number(count.low, count.best, count.high)
            found[kind] = Figure(number, quotes, cited.text if cited else None)
    return found


def _evidence(event: Event) -> list[Quote]:
    """Trigger and mentions, in text order, each once."""
    spans = {(span.start, span.end): span.text for span in (event.trigger, *event.mentions)}
    return [Quote(start, end, text) for (start, end), text in sorted(spans.items())]


def _is_incident(event: Event, min_news: float) -> bool:
    return (event.place is not None or event.date is not None) and _news(event.type) >= min_news


@cache
def _news(type_: str) -> float:
    found = event_types().get(type_)
    return found.news if found else 0.0


class _Piece(NamedTuple):
    """What the record quotes: its words, the entity label, the event that it belongs to, the sentence it begins in."""

    start: int
    end: int
    said: list[str]
    label: str | None
    event: str | None
    sentence: int


def _pieces(record: Record) -> list[_Piece]:
    """Every piece of the text that the record quotes, each offset once."""
    quoted: dict[tuple[int, int], tuple[str, str | None]] = {}
    for event in record.events:
        for span in (event.trigger, *event.mentions, *event.source, *event.target, *event.other):
            quoted.setdefault((span.start, span.end), (span.text, event.id))
    for figure in record.casualties:
        quoted.setdefault((figure.start, figure.end), (figure.text, figure.event))
        if figure.victims:
            quoted.setdefault((figure.victims.start, figure.victims.end), (figure.victims.text, figure.event))
    labels = {}
    for entity in record.entities:
        quoted.setdefault((entity.start, entity.end), (entity.text, None))
        labels[entity.start, entity.end] = entity.label
    starts = [sentence.start for sentence in record.sentences]
    return [
        _Piece(*at, words(text), labels.get(at), event, bisect_right(starts, at[0]) - 1)
        for at, (text, event) in quoted.items()
    ]


def _near(event: Event, pieces: Sequence[_Piece], record: Record) -> list[_Piece]:
    """What the record quotes from the event's sentences, and what it says of the event elsewhere."""
    starts = [sentence.start for sentence in record.sentences]
    at = {bisect_right(starts, mention.start) - 1 for mention in (event.trigger, *event.mentions)} - {-1}
    return [piece for piece in pieces if piece.event == event.id or (piece.event is None and piece.sentence in at)]


def _view(pieces: Sequence[_Piece], cited: Container[str]) -> View:
    counted: Counter[str] = Counter()
    names: Counter[str] = Counter()
    persons = set()
    for piece in pieces:
        counted.update(piece.said)
        if piece.label in _NAMED:
            names.update(piece.said)
        if piece.label == "PERSON" and piece.said and piece.said[-1] not in cited:
            persons.add(" ".join(piece.said))
    numbers = frozenset(word for word in counted if word[0].isdigit())
    surnames = frozenset(person.split()[-1] for person in persons)
    return View(dict(counted), dict(names), frozenset(persons), surnames, numbers)


def _cited(record: Record) -> set[str]:
    """Words of those who are cited: an official speaks about one incident after another."""
    given = [event.attribution for event in record.events] + [figure.attribution for figure in record.casualties]
    return {word for attribution in given if attribution for word in words(attribution.text)}


def _ordinal(day: str | None) -> int | None:
    return date.fromisoformat(day).toordinal() if day else None
