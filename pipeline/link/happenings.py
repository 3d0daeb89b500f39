"""What linking looks at: each event of a record that can be an incident, cut down to what tells it from others.

Everything is taken from the record; the article's text is not needed. Its words stand in for it: those of names,
figures, roles and triggers, which are what articles about one happening share. All types are plain tuples: they go to
disk and back (:mod:`pipeline.link.shelf`).
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from sys import intern
from typing import Literal, NamedTuple, get_args

from pipeline.link.words import words
from pipeline.ontology import event_types
from pipeline.records import Article, CasualtyKind, Count, DateValue, Event, Place, Record, Sentence, Span

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


class Figure(NamedTuple):
    """A toll that an article gives an event, the words that count for it, and who is cited."""

    number: Count
    text: tuple[Span, ...]
    attribution: str | None


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
    article: Article
    published: int | None
    earliest: int | None
    latest: int | None
    date: DateValue | None
    place: Place | None
    towns: frozenset[str]
    roles: tuple[Role, ...]
    figures: Mapping[CasualtyKind, Figure]
    evidence: tuple[Span, ...]
    local: View
    whole: View
    shape: tuple[str, ...]

    def view(self, *, whole: bool) -> View:
        """The whole article where it is the article's news that is compared, else the event's own sentences."""
        return self.whole if whole and self.main else self.local

    def toll(self, kind: CasualtyKind) -> Count | None:
        found = self.figures.get(kind)
        return found.number if found else None


def happenings(record: Record, *, min_news: float) -> Iterator[Happening]:
    """The asserted events of a record that are linked: the main one, and every incident with a date or a place.

    Args:
        min_news: types whose ``news`` in ``models/ontology.yaml`` is lower are words and policy, no incidents.
    """
    events = [event for event in record.events if event.status == "asserted"]
    chosen = [event for event in events if event.id == record.main_event or _is_incident(event, min_news)]
    if not chosen:
        return
    spans = _spans(record)
    whole = _view(record, [span for span, _ in spans])
    places = {place.id: place for place in record.places}
    in_order = sorted(spans, key=lambda item: (item[0].start, item[0].end))
    shape = tuple(intern(" ".join(words(span.text))) for span, _ in in_order)
    towns = frozenset(
        name.lower() for place in record.places if place.precision in _TOWNS for name in place.names_in_text
    )
    published = _ordinal(record.article.published)
    for event in chosen:
        earliest = _ordinal(event.date.earliest) if event.date else None
        # an article cannot tell what is still to come: such a date was read wrongly
        date_ = None if published is not None and earliest is not None and earliest > published else event.date
        yield Happening(
            key=(record.article.id, event.id),
            main=event.id == record.main_event,
            type=event.type,
            article=record.article,
            published=published,
            earliest=_ordinal(date_.earliest) if date_ else None,
            latest=_ordinal(date_.latest) if date_ else None,
            date=date_,
            place=places.get(event.place or ""),
            towns=towns,
            roles=tuple(_roles(event, record)),
            figures=_figures(event, record),
            evidence=tuple(_evidence(event)),
            local=_view(record, _near(event, spans, record)),
            whole=whole,
            shape=shape,
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
        count = getattr(event.toll, kind)
        if count is not None:
            own = [
                figure
                for figure in record.casualties
                if figure.event == event.id and figure.kind == kind and figure.counted and figure.status == "asserted"
            ]
            cited = next((figure.attribution for figure in own if figure.attribution), event.attribution)
            spans = tuple(Span(start=figure.start, end=figure.end, text=figure.text) for figure in own)
            found[kind] = Figure(count, spans, cited.text if cited else None)
    return found


def _evidence(event: Event) -> list[Span]:
    """Trigger and mentions, in text order, each once."""
    spans = {(span.start, span.end): span.text for span in (event.trigger, *event.mentions)}
    return [Span(start=start, end=end, text=text) for (start, end), text in sorted(spans.items())]


def _is_incident(event: Event, min_news: float) -> bool:
    return (event.place is not None or event.date is not None) and _news(event.type) >= min_news


@cache
def _news(type_: str) -> float:
    found = event_types().get(type_)
    return found.news if found else 0.0


def _spans(record: Record) -> list[tuple[Span, str | None]]:
    """Every piece of the text that the record quotes, with the event that it belongs to, each offset once."""
    found: dict[tuple[int, int], tuple[Span, str | None]] = {}

    def add(span: Span, event: str | None) -> None:
        found.setdefault((span.start, span.end), (span, event))

    for event in record.events:
        for span in (event.trigger, *event.mentions, *event.source, *event.target, *event.other):
            add(span, event.id)
    for figure in record.casualties:
        add(Span(start=figure.start, end=figure.end, text=figure.text), figure.event)
        if figure.victims:
            add(figure.victims, figure.event)
    for entity in record.entities:
        add(entity, None)
    return list(found.values())


def _near(event: Event, spans: Sequence[tuple[Span, str | None]], record: Record) -> list[Span]:
    """What the record quotes from the event's sentences, and what it says of the event elsewhere."""
    sentences = sentences_of(event, record)
    return [
        span
        for span, owner in spans
        if owner == event.id or (owner is None and any(s.start <= span.start < s.end for s in sentences))
    ]


def sentences_of(event: Event, record: Record) -> list[Sentence]:
    """The sentences that speak of an event, in text order."""
    starts = [sentence.start for sentence in record.sentences]
    at = {bisect_right(starts, mention.start) - 1 for mention in (event.trigger, *event.mentions)}
    return [record.sentences[index] for index in sorted(at) if index >= 0]


def _view(record: Record, spans: Sequence[Span]) -> View:
    labels = {(entity.start, entity.end): entity.label for entity in record.entities}
    cited = _cited(record)
    counted: Counter[str] = Counter()
    names: Counter[str] = Counter()
    persons = set()
    for span in spans:
        said = words(span.text)
        label = labels.get((span.start, span.end))
        counted.update(said)
        if label in _NAMED:
            names.update(said)
        if label == "PERSON" and said and said[-1] not in cited:
            persons.add(" ".join(said))
    numbers = frozenset(word for word in counted if word[0].isdigit())
    surnames = frozenset(person.split()[-1] for person in persons)
    return View(dict(counted), dict(names), frozenset(persons), surnames, numbers)


def _cited(record: Record) -> set[str]:
    """Words of those who are cited: an official speaks about one incident after another."""
    given = [event.attribution for event in record.events] + [figure.attribution for figure in record.casualties]
    return {word for attribution in given if attribution for word in words(attribution.text)}


def _ordinal(day: str | None) -> int | None:
    return date.fromisoformat(day).toordinal() if day else None
