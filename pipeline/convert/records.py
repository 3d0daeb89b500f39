"""Records as documents and back, without loss.

What follows from other values (the sentence of a mention, the PLOVER root of a type, a toll that is the sum of its
figures) is derived anew, so that a value that a person changed changes it; a record that says otherwise keeps its own.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pydantic import BaseModel, ValidationError

from pipeline.convert.annotation import (
    CITED,
    ENTITY,
    EVENT,
    FIGURE,
    MENTION,
    PARTICIPANT,
    PREFIXES,
    VICTIMS,
    WHEN,
    Document,
    Link,
    Mark,
    in_layer,
    natural,
)
from pipeline.errors import InputError
from pipeline.gold import add_counts
from pipeline.ontology import event_types
from pipeline.records import Casualty, Count, Event, Record, Span

PLACE_VALUES = ("status", "gazetteer_id", "name", "lat", "lon", "country", "precision")
ACTOR_VALUES = ("name", "country", "kind")
ROLES = ("source", "target", "other")
_ONTOLOGY = ("plover", "acled_event", "acled_sub_event")
_SPAN = ("start", "end", "text")


class Builder:
    """Collects marks and links; marks that several owners share, such as the date of two events, are made once."""

    def __init__(self) -> None:
        self.marks: list[Mark] = []
        self.links: list[Link] = []
        self._shared: dict[tuple[str, int, int, str], str] = {}
        self._numbers: dict[str, int] = defaultdict(int)

    def add(self, mark: Mark) -> str:
        self.marks.append(mark)
        return mark.id

    def share(self, label: str, span: Span, *keys: str, rest: Mapping[str, Any] | None = None) -> str:
        """The mark of these words with the values ``keys`` of ``span``, made when first asked for."""
        values = {key: value for key in keys if (value := getattr(span, key)) not in (None, [])}
        rest = dict(rest or {})
        key = (label, span.start, span.end, repr((values, rest)))
        if key not in self._shared:
            number = self._numbers[label]
            self._numbers[label] += 1
            made = Mark(f"{PREFIXES[label]}{number}", label, span.start, span.end, values, rest)
            self._shared[key] = self.add(made)
        return self._shared[key]

    def link(self, label: str, head: str, *tails: str) -> None:
        self.links += [Link(label, head, tail) for tail in tails]


def given(model: BaseModel, keys: Iterable[str], prefix: str = "") -> dict[str, Any]:
    """The values of a model that are there, by name."""
    return {prefix + key: value for key in keys if (value := getattr(model, key)) is not None}


def show_count(count: Count) -> str:
    """``low/best/high``, as gold has it."""
    return "/".join("null" if value is None else str(value) for value in (count.low, count.best, count.high))


def read_count(mark: Mark) -> dict[str, int | None]:
    """The count of a figure.

    Raises:
        InputError: it is missing or not ``low/best/high``.
    """
    parts = str(mark.values.get("count", "")).replace(" ", "").split("/")
    if len(parts) == 1 and parts[0].isdecimal():
        parts *= 3
    if len(parts) != 3 or not all(part == "null" or part.isdecimal() for part in parts):
        raise InputError(
            "wrong_type",
            f"the count of {mark.label!r} at {mark.start} is {mark.values.get('count')!r}; write low/best/high, such "
            "as 20/20/null",
        )
    return {
        name: None if part == "null" else int(part) for name, part in zip(("low", "best", "high"), parts, strict=True)
    }


def from_record(record: Record, text: str) -> Document:
    """A record as a document.

    Args:
        text: the analysed text, which the record does not hold.

    Raises:
        InputError: the text is not the one that was analysed.
    """
    if hashlib.sha256(text.encode()).hexdigest() != record.article.sha256:
        raise InputError(
            "wrong_type", f"{record.article.id}: the text is not the one that was analysed (SHA-256 differs)"
        )
    build = Builder()
    derived = _Derived(record)
    rest: dict[str, Any] = {}
    anchors = _entities(build, record, derived, rest)
    figures = {figure.id for figure in record.casualties}
    for event in record.events:
        _event(build, record, event, derived, anchors, figures)
    events = {event.id for event in record.events}
    for figure in record.casualties:
        _figure(build, figure, events)
    if record.warnings:
        rest["warnings"] = [warning.model_dump() for warning in record.warnings]
    if record.main_event is None:
        rest["main_event"] = None
    article = record.article.model_dump(exclude={"chars", "sha256"}, exclude_none=True)
    sentences = tuple((sentence.start, sentence.end) for sentence in record.sentences)
    return Document(text, article, sentences, tuple(build.marks), tuple(build.links), rest)


class _Derived:
    """What follows from the rest of a record."""

    def __init__(self, record: Record) -> None:
        self.sentences = [(s.start, s.end) for s in record.sentences]
        self.casualties: dict[str, list[str]] = defaultdict(list)
        self.tolls: dict[str, dict[str, Any]] = {}
        for figure in record.casualties:
            if figure.event is not None:
                self.casualties[figure.event].append(figure.id)
        for event in record.events:
            self.tolls[event.id] = toll([f for f in record.casualties if f.event == event.id])

    def sentence(self, start: int) -> str | None:
        return sentence_at(self.sentences, start)


def sentence_at(sentences: Sequence[tuple[int, int]], start: int) -> str | None:
    """The id of the sentence that an offset lies in."""
    return next((f"s{n}" for n, (begin, end) in enumerate(sentences) if begin <= start < end), None)


def toll(figures: Iterable[Casualty]) -> dict[str, Any]:
    """The sums of the figures that count, by kind."""
    kinds: dict[str, list[Count]] = defaultdict(list)
    for figure in figures:
        if figure.counted and figure.status == "asserted":
            kinds[figure.kind].append(Count(low=figure.low, best=figure.best, high=figure.high))
    return {kind: add_counts(counts).model_dump() for kind, counts in kinds.items()}


def _entities(build: Builder, record: Record, derived: _Derived, rest: dict[str, Any]) -> dict[str, str]:
    """Marks of entities with places and actors on their first mentions; returns the anchor of each place."""
    of_place = {mention: place.id for place in record.places for mention in place.mentions}
    of_actor = {mention: actor.id for actor in record.actors for mention in actor.mentions}
    known = {entity.id for entity in record.entities}
    anchors: dict[str, str] = {}
    values: dict[str, dict[str, Any]] = defaultdict(dict)
    rests: dict[str, dict[str, Any]] = defaultdict(dict)
    for kind, owners, keys in (("place", record.places, PLACE_VALUES), ("actor", record.actors, ACTOR_VALUES)):
        for owner in owners:
            first = owner.mentions[0] if owner.mentions else None
            if first is None or not set(owner.mentions) <= known or kind in rests[first]:
                rest.setdefault(f"{kind}s", []).append(owner.model_dump())
                continue
            values[first] |= given(owner, keys, f"{kind}.")
            rests[first][kind] = owner.model_dump(exclude={*keys, "mentions"}, exclude_none=True)
            if kind == "place":
                anchors[owner.id] = first
            build.link(f"same_{kind}", first, *owner.mentions[1:])
    for entity in record.entities:
        own = rests[entity.id]
        for key, is_, due in (
            ("sentence", entity.sentence, derived.sentence(entity.start)),
            ("in_place", entity.place, of_place.get(entity.id)),
            ("in_actor", entity.actor, of_actor.get(entity.id)),
        ):
            if is_ != due:
                own[key] = is_
        build.add(Mark(entity.id, entity.label, entity.start, entity.end, values[entity.id], own))
    return anchors


def _event(
    build: Builder, record: Record, event: Event, derived: _Derived, anchors: Mapping[str, str], figures: set[str]
) -> None:
    values: dict[str, Any] = {} if event.status == "asserted" else {"status": event.status}
    if event.id == record.main_event:
        values["main"] = True
    rest: dict[str, Any] = {"score": event.score, "rule": event.rule}
    rest |= {key: is_ for key, due in _roots(event.type).items() if (is_ := getattr(event, key)) != due}
    tolls = {kind: count for kind, count in event.toll.model_dump().items() if count is not None}
    if tolls != derived.tolls[event.id]:
        rest["toll"] = tolls
    if event.casualties != derived.casualties[event.id]:
        rest["casualties"] = event.casualties
    if event.place is not None and event.place not in anchors:
        rest["place"] = event.place
    build.add(Mark(event.id, event.type, event.trigger.start, event.trigger.end, values, rest))
    own: int | None = None
    for number, mention in enumerate(event.mentions):
        told = mention.sentence != derived.sentence(mention.start)
        if own is None and not told and (mention.start, mention.end) == (event.trigger.start, event.trigger.end):
            own = number
            continue
        build.link(
            "mention", event.id, build.share(MENTION, mention, rest={"sentence": mention.sentence} if told else {})
        )
    if own != _own_place(event.trigger, [m for n, m in enumerate(event.mentions) if n != own]):
        rest["trigger_at"] = own
    if event.date is not None:
        build.link("when", event.id, build.share(WHEN, event.date, "earliest", "latest", "precision"))
    if event.place is not None and event.place in anchors:
        build.link("place", event.id, anchors[event.place])
    for role in ROLES:
        for one in getattr(event, role):
            keys = ("role",) if role == "other" else ()
            build.link(role, event.id, build.share(PARTICIPANT, one, *keys, rest=given(one, ("actor",))))
    if event.attribution is not None:
        build.link("cited", event.id, build.share(CITED, event.attribution, "verb"))
    build.link("casualty", event.id, *(id_ for id_ in derived.casualties[event.id] if id_ in figures))


def _own_place(trigger: Span, others: Sequence[Span]) -> int:
    """Where the trigger stands among the mentions, in text order."""
    return sum((other.start, other.end) < (trigger.start, trigger.end) for other in others)


def _roots(type_: str) -> dict[str, str | None]:
    entry = event_types().get(type_)
    return {key: getattr(entry, key) if entry else None for key in _ONTOLOGY}


def _figure(build: Builder, figure: Casualty, events: set[str]) -> None:
    values: dict[str, Any] = {"count": show_count(figure)}
    values |= {} if figure.status == "asserted" else {"status": figure.status}
    values |= {} if figure.counted else {"uncounted": True}
    values |= {"perpetrators": True} if figure.perpetrators else {}
    rest = given(figure, ("qualifier", "rule", *(() if figure.event in events else ("event",))))
    build.add(Mark(figure.id, figure.kind, figure.start, figure.end, values, rest))
    if figure.attribution is not None:
        build.link("cited", figure.id, build.share(CITED, figure.attribution, "verb"))
    if figure.victims is not None:
        words = build.share(VICTIMS, figure.victims, "group", "countries", rest=given(figure.victims, ("actor",)))
        build.link("victims", figure.id, words)


class Reader:
    """A document by what leads where."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.marks = {mark.id: mark for mark in document.marks}
        self.tails: dict[tuple[str, str], list[Mark]] = defaultdict(list)
        self.heads: dict[tuple[str, str], list[Mark]] = defaultdict(list)
        for link in document.links:
            self.tails[link.label, link.head].append(self.marks[link.tail])
            self.heads[link.label, link.tail].append(self.marks[link.head])

    def layer(self, of: str) -> list[Mark]:
        return in_layer(self.document.marks, of)

    def to(self, label: str, head: str, *layers: str) -> list[Mark]:
        """The marks that an arrow of this label leads to, those of fitting layers."""
        return in_layer(self.tails[label, head], *layers) if layers else self.tails[label, head]

    def one(self, label: str, head: str, of: str) -> Mark | None:
        """The mark that an arrow of this label leads to; the first of several."""
        return next(iter(self.to(label, head, of)), None)

    def span(self, mark: Mark) -> dict[str, Any]:
        return {"start": mark.start, "end": mark.end, "text": self.document.text[mark.start : mark.end]}

    def groups(self, kind: str) -> list[list[Mark]]:
        """Entities that ``same_place`` or ``same_actor`` joins, or that have such values: the anchor first."""
        label, first = f"same_{kind}", {mark.id: mark.id for mark in self.layer(ENTITY)}

        def root(id_: str) -> str:
            while first[id_] != id_:
                id_ = first[id_]
            return id_

        order: list[str] = []
        for link in self.document.links:
            if link.label == label and link.head in first and link.tail in first:
                first[root(link.tail)] = root(link.head)
                order += [link.head, link.tail]
        order += [mark.id for mark in self.layer(ENTITY) if self.owns(mark, kind)]
        groups: dict[str, dict[str, Mark]] = defaultdict(dict)
        for id_ in order:
            groups[root(id_)].setdefault(id_, self.marks[id_])
        return [sorted(group.values(), key=lambda mark: not self.owns(mark, kind)) for group in groups.values()]

    @staticmethod
    def owns(mark: Mark, kind: str) -> bool:
        """Whether this mention carries the values of its place or actor."""
        return kind in mark.rest or any(key.startswith(f"{kind}.") for key in mark.values)


def values_of(mark: Mark, kind: str, keys: Iterable[str]) -> dict[str, Any]:
    """``place.*`` or ``actor.*`` of an anchor by their bare names, as text but for coordinates."""
    found = {key: mark.values[f"{kind}.{key}"] for key in keys if mark.values.get(f"{kind}.{key}") is not None}
    return {key: value if key in ("lat", "lon") else str(value) for key, value in found.items()}


def numbered(marks: Iterable[Mark], prefix: str) -> dict[str, str]:
    """Ids of a record for marks: those that look like one are kept, others get the numbers behind them."""
    marks = list(marks)
    kept = {mark.id for mark in marks if re.fullmatch(rf"{prefix}(0|[1-9][0-9]*)", mark.id)}
    number = max((int(id_[1:]) for id_ in kept), default=-1)
    names: dict[str, str] = {}
    for mark in marks:
        if mark.id not in kept:
            number += 1
        names[mark.id] = mark.id if mark.id in kept else f"{prefix}{number}"
    return names


def to_record(document: Document) -> Record:
    """The record that a document holds.

    Raises:
        InputError: a value does not fit the record contract.
    """
    try:
        return Record.model_validate(_Assembly(document).record())
    except ValidationError as error:
        told = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors()[:5])
        raise InputError("wrong_type", f"{document.id}: {told}") from error
    except InputError as error:
        raise InputError(error.reason, f"{document.id}: {error.message}") from error


class _Assembly:
    def __init__(self, document: Document) -> None:
        self.read = Reader(document)
        self.document = document
        self.text = document.text
        self.sentences = list(document.sentences or ())
        names = {layer: numbered(self.read.layer(layer), PREFIXES[layer]) for layer in (ENTITY, EVENT, FIGURE)}
        self.entities, self.events, self.figures = names[ENTITY], names[EVENT], names[FIGURE]
        self.owners = {kind: self._owners(kind) for kind in ("place", "actor")}
        self.of = {
            kind: {mention: owner["id"] for owner in owners for mention in owner["mentions"]}
            for kind, owners in self.owners.items()
        }

    def record(self) -> dict[str, Any]:
        casualties = [self._casualty(mark) for mark in self.read.layer(FIGURE)]
        events = [self._event(mark, casualties) for mark in self.read.layer(EVENT)]
        main = [self.events[mark.id] for mark in self.read.layer(EVENT) if mark.values.get("main")]
        article = {
            **self.document.article,
            "chars": len(self.text),
            "sha256": hashlib.sha256(self.text.encode()).hexdigest(),
        }
        return {
            "article": article,
            "sentences": [{"id": f"s{n}", "start": s, "end": e} for n, (s, e) in enumerate(self.sentences)],
            "entities": _by_id(self._entity(mark) for mark in self.read.layer(ENTITY)),
            "places": _by_id(self.owners["place"]),
            "actors": _by_id(self.owners["actor"]),
            "events": _by_id(events),
            "casualties": _by_id(casualties),
            "main_event": main[0] if main else None,
            "warnings": self.document.rest.get("warnings", []),
        }

    def _owners(self, kind: str) -> list[dict[str, Any]]:
        keys = PLACE_VALUES if kind == "place" else ACTOR_VALUES
        found: list[dict[str, Any]] = []
        for group in self.read.groups(kind):
            anchor = group[0]
            owner = {**anchor.rest.get(kind, {}), **values_of(anchor, kind, keys)}
            text = self.text[anchor.start : anchor.end]
            if kind == "place":
                owner.setdefault("status", "resolved" if "gazetteer_id" in owner else "unresolved")
                owner.setdefault("names_in_text", list(dict.fromkeys(self.text[m.start : m.end] for m in group)))
            else:
                owner.setdefault("name", text)
            found.append({**owner, "mentions": [self.entities[mark.id] for mark in group]})
        found += self.document.rest.get(f"{kind}s", [])
        number = max((int(o["id"][1:]) for o in found if re.fullmatch(r"[pa][0-9]+", o.get("id", ""))), default=-1)
        for owner in found:
            if "id" not in owner:
                number += 1
                owner["id"] = f"{kind[0]}{number}"
        return found

    def _entity(self, mark: Mark) -> dict[str, Any]:
        id_ = self.entities[mark.id]
        return {
            "id": id_,
            **self.read.span(mark),
            "label": mark.label,
            "sentence": mark.rest.get("sentence", sentence_at(self.sentences, mark.start)),
            "place": mark.rest.get("in_place", self.of["place"].get(id_)),
            "actor": mark.rest.get("in_actor", self.of["actor"].get(id_)),
        }

    def _event(self, mark: Mark, casualties: Sequence[dict[str, Any]]) -> dict[str, Any]:
        read, id_, rest = self.read, self.events[mark.id], mark.rest
        own = [Casualty.model_validate(figure) for figure in casualties if figure["event"] == id_]
        own.sort(key=lambda figure: natural(figure.id))
        place = read.one("place", mark.id, ENTITY)
        when, cited = read.one("when", mark.id, WHEN), read.one("cited", mark.id, CITED)
        return {
            "id": id_,
            "type": mark.label,
            **_roots(mark.label),
            **{key: rest[key] for key in _ONTOLOGY if key in rest},
            "trigger": read.span(mark),
            "mentions": self._mentions(mark),
            "date": {**read.span(when), **when.values} if when else None,
            "place": self.of["place"].get(self.entities[place.id]) if place else rest.get("place"),
            **{role: [self._participant(one) for one in read.to(role, mark.id, PARTICIPANT)] for role in ROLES},
            "status": mark.values.get("status", "asserted"),
            "attribution": self._cited(cited),
            "casualties": rest.get("casualties", [figure.id for figure in own]),
            "toll": rest.get("toll", toll(own)),
            "score": rest.get("score", 1.0),
            "rule": rest.get("rule", "annotated"),
        }

    def _mentions(self, mark: Mark) -> list[dict[str, Any]]:
        others = self.read.to("mention", mark.id, MENTION)
        found = [
            {**self.read.span(m), "sentence": m.rest.get("sentence", sentence_at(self.sentences, m.start))}
            for m in others
        ]
        trigger = Span(**self.read.span(mark))
        spans = [Span(**self.read.span(m)) for m in others]
        at = mark.rest.get("trigger_at", _own_place(trigger, spans))
        if at is not None:
            found.insert(at, {**trigger.model_dump(), "sentence": sentence_at(self.sentences, mark.start)})
        return found

    def _participant(self, mark: Mark) -> dict[str, Any]:
        return {**self.read.span(mark), **mark.rest, **mark.values}

    def _cited(self, mark: Mark | None) -> dict[str, Any] | None:
        return {**self.read.span(mark), "verb": str(mark.values.get("verb", ""))} if mark else None

    def _casualty(self, mark: Mark) -> dict[str, Any]:
        events = [one for one in self.read.heads["casualty", mark.id] if one.id in self.events]
        victims = self.read.one("victims", mark.id, VICTIMS)
        return {
            **read_count(mark),
            "id": self.figures[mark.id],
            "event": self.events[events[0].id] if events else mark.rest.get("event"),
            "kind": mark.label,
            **self.read.span(mark),
            "qualifier": mark.rest.get("qualifier"),
            "victims": {**self.read.span(victims), **victims.rest, **victims.values} if victims else None,
            "status": mark.values.get("status", "asserted"),
            "attribution": self._cited(self.read.one("cited", mark.id, CITED)),
            "counted": not mark.values.get("uncounted", False),
            "perpetrators": bool(mark.values.get("perpetrators", False)),
            "rule": mark.rest.get("rule", "annotated"),
        }


def _by_id(items: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(items, key=lambda item: natural(item["id"]))
