"""Gold as documents and back, and gold as files: articles and YAML that quotes them.

What a person annotated need not be complete: a place with an id of the gazetteer and nothing else gets its name,
coordinates and precision from there; names of places that nobody linked are one unresolved place for each wording, or
the place of the same wording where there is one; a ``WHEN`` is a DATE entity, too.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, get_args

import yaml
from pydantic import ValidationError

from pipeline.atomic import replacing
from pipeline.convert.annotation import (
    CITED,
    ENTITY,
    EVENT,
    FIGURE,
    MENTION,
    PARTICIPANT,
    VICTIMS,
    WHEN,
    Document,
    Mark,
)
from pipeline.convert.records import (
    ACTOR_VALUES,
    PLACE_VALUES,
    ROLES,
    Builder,
    Reader,
    given,
    read_count,
    show_count,
    values_of,
)
from pipeline.errors import GoldError, InputError
from pipeline.gold import PLACE_LABELS, GoldArticle, ScoredLabel, add_counts, load_article
from pipeline.quotes import Quotes, find_words
from pipeline.records import Article, Count, Span

SCORED = frozenset(get_args(ScoredLabel))
Lookup = Callable[[str], dict[str, Any] | None]
"""Gives name, lat, lon, country and precision of a gazetteer id, or ``None``."""

_ARTICLE = ("title", "published", "source", "url")
_ALWAYS = ("published", "sentences", "entities", "main_event")
_LONG = 48  # characters: longer quotes are written by their first and last words


def from_gold(gold: GoldArticle) -> Document:
    """Gold as a document."""
    build = Builder()
    at = {(entity.start, entity.end): f"e{n}" for n, entity in enumerate(gold.entities)}
    anchors: dict[str, str] = {}
    values: dict[str, dict[str, Any]] = defaultdict(dict)
    rests: dict[str, dict[str, Any]] = defaultdict(dict)
    keys: tuple[str, ...]
    for kind, owners, keys in (("place", gold.places, PLACE_VALUES), ("actor", gold.actors, ACTOR_VALUES)):
        for owner in owners:
            first, *others = (at[span.start, span.end] for span in owner.mentions)
            values[first] |= given(owner, keys, f"{kind}.")
            rests[first][kind] = {"id": owner.id}
            anchors[owner.id] = first
            build.link(f"same_{kind}", first, *others)
    for number, entity in enumerate(gold.entities):
        id_ = f"e{number}"
        build.add(Mark(id_, entity.label, entity.start, entity.end, values[id_], rests[id_]))
    for when in gold.dates:
        build.share(WHEN, when, "earliest", "latest", "precision")
    for event in gold.events:
        told: dict[str, Any] = {} if event.status == "asserted" else {"status": event.status}
        told |= {"main": True} if event.id == gold.main_event else {}
        build.add(Mark(event.id, event.type, event.trigger.start, event.trigger.end, told))
        build.link("mention", event.id, *(build.share(MENTION, mention) for mention in event.mentions))
        if event.date is not None:
            build.link("when", event.id, build.share(WHEN, event.date, "earliest", "latest", "precision"))
        if event.place is not None:
            build.link("place", event.id, anchors[event.place])
        for role in ROLES:
            keys = ("role",) if role == "other" else ()
            build.link(role, event.id, *(build.share(PARTICIPANT, one, *keys) for one in getattr(event, role)))
        if event.attribution is not None:
            build.link("cited", event.id, build.share(CITED, event.attribution, "verb"))
    for number, figure in enumerate(gold.casualties):
        id_ = f"c{number}"
        told = {"count": show_count(figure.count)}
        told |= {} if figure.status == "asserted" else {"status": figure.status}
        told |= {} if figure.counted else {"uncounted": True}
        told |= {"perpetrators": True} if figure.perpetrators else {}
        build.add(Mark(id_, figure.kind, figure.start, figure.end, told))
        build.link("casualty", figure.event, id_)
        if figure.victims is not None:
            build.link("victims", id_, build.share(VICTIMS, figure.victims, "group", "countries"))
    article = gold.article.model_dump(include={"id", "body_start", *_ARTICLE}, exclude_none=True)
    sentences = tuple((sentence.start, sentence.end) for sentence in gold.sentences)
    return Document(gold.text, article, sentences or None, tuple(build.marks), tuple(build.links))


def to_gold(document: Document, lookup: Lookup | None = None) -> tuple[GoldArticle, list[str]]:
    """The gold that a document holds, and what it holds that gold has no room for, in words.

    Raises:
        GoldError: the annotation does not fit the guide; all misfits are listed.
    """
    assembly = _Assembly(document, lookup)
    try:
        return GoldArticle.model_validate(assembly.gold()), assembly.left_out()
    except ValidationError as error:
        misfits = [f"  {'.'.join(map(str, e['loc'])) or 'the whole'}: {e['msg']}" for e in error.errors()]
        raise GoldError("\n".join([f"the annotation of {document.id} is no gold:", *misfits])) from error
    except InputError as error:
        raise GoldError(f"the annotation of {document.id} is no gold: {error.message}") from error


class _Assembly:
    def __init__(self, document: Document, lookup: Lookup | None) -> None:
        self.document, self.read, self.lookup = document, Reader(document), lookup
        self.lost: dict[str, int] = defaultdict(int)
        self.place_of: dict[str, str] = {}
        self.ids: set[str] = {mark.id for mark in self.read.layer(EVENT)}

    def gold(self) -> dict[str, Any]:
        document, read = self.document, self.read
        places, actors = self._places(), self._actors()
        events = [self._event(mark) for mark in read.layer(EVENT)]
        figures = [told for mark in read.layer(FIGURE) if (told := self._figure(mark))]
        main = [mark.id for mark in read.layer(EVENT) if mark.values.get("main")]
        whens = read.layer(WHEN)
        return {
            "text": document.text,
            "article": Article(
                id=file_name(document.id),
                **{key: document.article.get(key) for key in _ARTICLE},
                body_start=document.article.get("body_start", 0),
                chars=len(document.text),
                sha256=hashlib.sha256(document.text.encode()).hexdigest(),
            ),
            "sentences": [
                {"start": start, "end": end, "text": document.text[start:end]}
                for start, end in document.sentences or ()
            ],
            "entities": self._entities(whens),
            "dates": [{**read.span(mark), **mark.values} for mark in whens],
            "places": places,
            "actors": actors,
            "events": events,
            "casualties": figures,
            "main_event": main[0] if main else None,
            "tolls": _tolls(figures),
        }

    def left_out(self) -> list[str]:
        return [f"{number} {what}" for what, number in sorted(self.lost.items())]

    def _entities(self, whens: Sequence[Mark]) -> list[dict[str, Any]]:
        dated = {(mark.start, mark.end) for mark in whens}
        kept: dict[tuple[int, int], dict[str, Any]] = {
            (mark.start, mark.end): {**self.read.span(mark), "label": "DATE"} for mark in whens
        }
        for mark in self.read.layer(ENTITY):
            at = mark.start, mark.end
            if mark.label not in SCORED:
                self.lost[f"entities labelled {mark.label}, which gold does not have"] += 1
            elif mark.label == "DATE" and at not in dated and any(_meet(at, other) for other in dated):
                self.lost["DATE entities that overlap a WHEN, which stands for them"] += 1
            else:
                kept.setdefault(at, {**self.read.span(mark), "label": mark.label})
        return [kept[at] for at in sorted(kept)]

    def _places(self) -> list[dict[str, Any]]:
        by_words: dict[str, list[list[Mark]]] = defaultdict(list)
        groups = [[mark for mark in group if mark.label in PLACE_LABELS] for group in self.read.groups("place")]
        groups = [group for group in groups if group]
        for group in groups:
            for words in {self._words(mark) for mark in group}:
                by_words[words].append(group)
        grouped = {mark.id for group in groups for mark in group}
        for mark in self.read.layer(ENTITY):
            if mark.label in PLACE_LABELS and mark.id not in grouped:
                known = by_words[self._words(mark)]
                if len(known) == 1:
                    known[0].append(mark)
                else:
                    groups.append([mark])
                    by_words[self._words(mark)] = [groups[-1]] if not known else [*known, groups[-1]]
        return [self._place(group) for group in groups]

    def _place(self, group: Sequence[Mark]) -> dict[str, Any]:
        anchor = group[0]
        place = values_of(anchor, "place", PLACE_VALUES)
        place.setdefault("status", "resolved" if "gazetteer_id" in place else "unresolved")
        if place["status"] != "resolved":
            if "gazetteer_id" in place:
                self.lost[f"ids and coordinates of {place['status']} places"] += 1
            place = {key: place[key] for key in ("status", "name", "country") if key in place}
        elif self.lookup and not {"name", "lat", "lon", "precision"} <= place.keys():
            place = {**(self.lookup(place.get("gazetteer_id", "")) or {}), **place}
        id_ = self._id(anchor, "place", place.get("name") or self._words(anchor))
        self.place_of |= dict.fromkeys((mark.id for mark in group), id_)
        return {"id": id_, **place, "mentions": self._mentions(group)}

    def _actors(self) -> list[dict[str, Any]]:
        found = []
        for group in self.read.groups("actor"):
            kept = [mark for mark in group if mark.label in SCORED]
            if not kept:
                continue
            actor = {"kind": "unknown", "name": self._words(kept[0]), **values_of(group[0], "actor", ACTOR_VALUES)}
            found.append({"id": self._id(group[0], "actor", actor["name"]), **actor, "mentions": self._mentions(kept)})
        return found

    def _mentions(self, group: Iterable[Mark]) -> list[dict[str, Any]]:
        return [self.read.span(mark) for mark in group]

    def _id(self, anchor: Mark, kind: str, name: str) -> str:
        """The id that the place or actor had, else one made of its name."""
        given_id = anchor.rest.get(kind, {}).get("id")
        base = id_ = str(given_id or re.sub(r"[\W_]+", "-", name.lower()).strip("-") or kind)
        number = 1
        while id_ in self.ids:
            number += 1
            id_ = f"{base}-{number}"
        self.ids.add(id_)
        return id_

    def _words(self, mark: Mark) -> str:
        return self.document.text[mark.start : mark.end]

    def _event(self, mark: Mark) -> dict[str, Any]:
        read = self.read
        place = next((p for p in read.to("place", mark.id, ENTITY) if p.id in self.place_of), None)
        when, cited = read.one("when", mark.id, WHEN), read.one("cited", mark.id, CITED)
        own = (mark.start, mark.end)
        mentions = [m for m in read.to("mention", mark.id, MENTION) if (m.start, m.end) != own]
        roles = {role: [read.span(one) for one in read.to(role, mark.id, PARTICIPANT)] for role in ROLES[:2]}
        return {
            "id": mark.id,
            "type": mark.label,
            "trigger": read.span(mark),
            "mentions": [read.span(mention) for mention in mentions],
            "date": {**read.span(when), **when.values} if when else None,
            "place": self.place_of[place.id] if place else None,
            **roles,
            "other": [
                {**read.span(one), "role": str(one.values.get("role", "other"))}
                for one in read.to("other", mark.id, PARTICIPANT)
            ],
            "status": mark.values.get("status", "asserted"),
            "attribution": {**read.span(cited), "verb": str(cited.values.get("verb", ""))} if cited else None,
        }

    def _figure(self, mark: Mark) -> dict[str, Any] | None:
        events = self.read.heads["casualty", mark.id]
        if not events:
            self.lost["figures that belong to no event"] += 1
            return None
        victims = self.read.one("victims", mark.id, VICTIMS)
        return {
            **self.read.span(mark),
            "event": events[0].id,
            "kind": mark.label,
            "count": read_count(mark),
            "victims": {**self.read.span(victims), **victims.values} if victims else None,
            "counted": not mark.values.get("uncounted", False),
            "perpetrators": bool(mark.values.get("perpetrators", False)),
            "status": mark.values.get("status", "asserted"),
        }


def _meet(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _tolls(figures: Iterable[dict[str, Any]]) -> dict[str, Any]:
    parts: dict[str, dict[str, list[Count]]] = defaultdict(lambda: defaultdict(list))
    for figure in figures:
        if figure["counted"] and figure["status"] == "asserted":
            parts[figure["event"]][figure["kind"]].append(Count(**figure["count"]))
    return {
        event: {kind: add_counts(counts).model_dump() for kind, counts in kinds.items()}
        for event, kinds in parts.items()
    }


def gazetteer_lookup() -> Lookup | None:
    """Looks ids up in the gazetteer, if there is one."""
    from pipeline.errors import ResourceError
    from pipeline.gazetteer import open_gazetteer
    from pipeline.stages.places.resolve import precision

    try:
        store = open_gazetteer()
    except ResourceError:
        return None

    def look(identity: str) -> dict[str, Any] | None:
        entry = store.by_id(identity)
        if entry is None:
            return None
        known = {"name": entry.name, "lat": entry.lat, "lon": entry.lon, "precision": precision(entry)}
        return known | ({"country": entry.country} if entry.country else {})

    return look


def file_name(id_: str) -> str:
    """An article's id as the name of a file: ``wire.jsonl#3`` is ``wire.jsonl-3``, ``a/b.txt`` is ``a-b``."""
    name = re.sub(r"[^\w.~-]+", "-", id_.removesuffix(".txt")).strip("-.")
    return name[:120] or "article"


def write_gold(folder: Path, gold: GoldArticle) -> None:
    """``articles/<id>.txt`` and ``gold/<id>.yaml``, read again to see that they say the same.

    Raises:
        GoldError: the text cannot stand in a text file (its first line would be read as something else, for instance).
        ResourceError: the files cannot be written.
    """
    article, annotation = folder / "articles" / f"{gold.id}.txt", folder / "gold" / f"{gold.id}.yaml"
    for path, content in ((article, _article_file(gold)), (annotation, gold_yaml(gold))):
        with replacing(path) as stream:
            stream.write(content)
    try:
        if load_article(annotation, article).text != gold.text:
            raise GoldError(f"{article}: the text does not survive being a text file")
    except GoldError:
        article.unlink()
        annotation.unlink()
        raise


def _article_file(gold: GoldArticle) -> str:
    front = {key: value for key in ("published", "source", "url") if (value := getattr(gold.article, key))}
    if not front and not gold.text.startswith(("---", "\ufeff")):
        return gold.text
    dumped = yaml.safe_dump(front or {"id": gold.id}, allow_unicode=True, sort_keys=False, width=10_000)
    return f"---\n{dumped}---\n{gold.text}"


def gold_yaml(gold: GoldArticle) -> str:
    """Gold as YAML that quotes the text; words that no quote can point at are given by their offsets."""
    quote = _Quoter(gold.text)
    plain: dict[str, Any] = {"article": gold.id, "published": gold.article.published}
    plain["sentences"] = quote.ordered(gold.sentences)
    plain["entities"] = quote.ordered(gold.entities)
    plain["dates"] = [_lean(quote.at(when), when, ("earliest", "latest", "precision")) for when in gold.dates]
    for key, owners, keys in (("places", gold.places, PLACE_VALUES), ("actors", gold.actors, ACTOR_VALUES)):
        plain[key] = [
            {
                "id": owner.id,
                **{k: v for k in keys if (v := getattr(owner, k)) is not None and (k, v) != ("status", "resolved")},
                "mentions": [quote.words(span) for span in owner.mentions],
            }
            for owner in owners
        ]
    plain["events"] = [_event_yaml(event, quote) for event in gold.events]
    plain["main_event"] = gold.main_event
    plain["casualties"] = [_casualty_yaml(figure, quote) for figure in gold.casualties]
    plain["tolls"] = {
        event: {kind: show_count(count) for kind, count in kinds.items()} for event, kinds in gold.tolls.items()
    }
    kept = {key: value for key, value in plain.items() if value not in ([], {}) or key in _ALWAYS}
    top = {key: kept.pop(key) for key in ("article", "published", "sentences")}
    return _dump(top, flow=False) + _dump(kept, flow=None)


def _dump(value: dict[str, Any], *, flow: bool | None) -> str:
    text: str = yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=116, default_flow_style=flow)
    return text


def _lean(start: dict[str, Any], model: Any, keys: Iterable[str]) -> dict[str, Any]:
    return {**start, **{key: value for key in keys if (value := getattr(model, key)) not in (None, [])}}


def _event_yaml(event: Any, quote: _Quoter) -> dict[str, Any]:
    told: dict[str, Any] = {"id": event.id, "type": event.type, "trigger": quote.words(event.trigger)}
    told["mentions"] = [quote.words(span) for span in event.mentions]
    if event.date is not None:
        told["date"] = _lean(quote.at(event.date), event.date, ("earliest", "latest", "precision"))
    told |= {"place": event.place} if event.place else {}
    told |= {role: [quote.words(span) for span in getattr(event, role)] for role in ROLES[:2]}
    told["other"] = [_lean(quote.at(one), one, ("role",)) for one in event.other]
    told |= {} if event.status == "asserted" else {"status": event.status}
    if event.attribution is not None:
        told["attribution"] = _lean(quote.at(event.attribution), event.attribution, ("verb",))
    return {key: value for key, value in told.items() if value != []}


def _casualty_yaml(figure: Any, quote: _Quoter) -> dict[str, Any]:
    told: dict[str, Any] = {"event": figure.event, "kind": figure.kind, "count": show_count(figure.count)}
    told |= quote.at(figure)
    if figure.victims is not None:
        told["victims"] = _lean(quote.at(figure.victims), figure.victims, ("group", "countries"))
    told |= {} if figure.counted else {"counted": False}
    told |= {"perpetrators": True} if figure.perpetrators else {}
    return told | ({} if figure.status == "asserted" else {"status": figure.status})


class _Quoter:
    """The shortest quote that stands for a span, tried out before it is taken."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.quotes = Quotes(text)

    def words(self, span: Span, start: int | None = None) -> str | dict[str, Any]:
        """A quote, or the offsets where no quote leads to the span."""
        bare = {"start": span.start, "end": span.end, "text": span.text}
        for candidate in self._candidates(span, start):
            try:
                if self.quotes.span(candidate, start) == bare:
                    return candidate
            except ValueError:
                continue
        return bare

    def _candidates(self, span: Span, start: int | None) -> Iterator[str]:
        forms = [span.text]
        parts = span.text.split()
        if len(span.text) > _LONG and len(parts) > 4:
            forms = [
                f"{' '.join(parts[:2])} … {' '.join(parts[-2:])}",
                f"{parts[0]} … {' '.join(parts[-3:])}",
                span.text,
            ]
        for form in forms:
            yield form
            first = form.partition(" … ")[0]
            found = find_words(self.text, first, start or 0)
            if span.start in found:
                yield form.replace(first, f"{first}#{found.index(span.start) + 1}", 1)

    def at(self, span: Span) -> dict[str, Any]:
        """The same as the fields of a mapping."""
        words = self.words(Span(start=span.start, end=span.end, text=span.text))
        return {"text": words} if isinstance(words, str) else words

    def ordered(self, spans: Sequence[Any]) -> list[Any]:
        """Quotes of which each is looked for behind the one before."""
        found: list[Any] = []
        end = 0
        for span in spans:
            words = self.words(Span(start=span.start, end=span.end, text=span.text), end)
            label = getattr(span, "label", None)
            if label is None:
                found.append(words)
            else:
                found.append([words, label] if isinstance(words, str) else {**words, "label": label})
            end = span.end
        return found
