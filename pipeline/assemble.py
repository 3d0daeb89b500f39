"""``Doc`` in, :class:`~pipeline.records.Record` out: the facts of all stages put together and checked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache
from hashlib import sha256
from typing import Any, cast

from pydantic import BaseModel
from spacy.tokens import Doc

from pipeline import facts
from pipeline.ontology import event_types
from pipeline.records import Article, Count, Event, Place, Record

# An event dated this many days before publication is background, not news.
_OLD_DAYS = 45
# A denial can be the news; what is only planned or feared seldom is.
_STATUS = {"asserted": 1.0, "negated": 0.7, "hypothetical": 0.0}


def to_record(doc: Doc, text: str | None = None) -> Record:
    """The record of an analysed text.

    Args:
        doc: a ``Doc`` that the stages have run on; stages that were left out leave their lists empty.
        text: the article's text, whose words and offsets the record gives; by default the one that the ``Doc`` was
            made from. It differs from ``doc.text`` in nothing but the case of letters (see :mod:`pipeline.truecase`).

    Raises:
        ValueError: the text is not the one that the ``Doc`` was made from.
    """
    text = facts.text(doc) if text is None else text
    events = facts.events(doc)
    article = facts.article(doc) or _anonymous(text)
    record = Record(
        article=article,
        sentences=facts.sentences(doc),
        entities=facts.entities(doc),
        places=facts.places(doc),
        actors=facts.actors(doc),
        events=events,
        casualties=facts.casualties(doc),
        main_event=main_event(events, published=article.published, headline_end=_headline_end(text)),
        warnings=facts.warnings(doc),
    )
    return record if text == doc.text else _quoting(record, text, read=doc.text)


def _quoting(record: Record, text: str, *, read: str) -> Record:
    """The record with the words of ``text`` where it quotes those that the stages ``read`` at the same offsets."""
    if len(text) != len(read):
        raise ValueError(f"the text has {len(text)} characters, but the Doc was made from one of {len(read)}")

    def quoted(value: Any) -> Any:
        if isinstance(value, list):
            return [quoted(item) for item in value]
        if not isinstance(value, BaseModel):
            return value
        changes = {name: quoted(getattr(value, name)) for name in type(value).model_fields}
        if {"start", "end", "text"} <= changes.keys():
            changes["text"] = text[changes["start"] : changes["end"]]
        if isinstance(value, Place):
            found = [(name, read.find(name)) for name in value.names_in_text]
            changes["names_in_text"] = [name if at < 0 else text[at : at + len(name)] for name, at in found]
        return value.model_copy(update=changes)

    return cast("Record", quoted(record))


def _anonymous(text: str) -> Article:
    return Article(id="text", chars=len(text), sha256=sha256(text.encode("utf-8", "surrogatepass")).hexdigest())


@cache
def _news(type_: str) -> float:
    return event_types()[type_].news


def _headline_end(text: str) -> int:
    """Offset behind the first paragraph where more follows; 0 where none does."""
    _head, separator, rest = text.lstrip().partition("\n\n")
    return len(text) - len(rest) if separator and rest.strip() else 0


def main_event(events: Sequence[Event], *, published: str | None = None, headline_end: int = 0) -> str | None:
    """The id of the event that the article reports as news, ``None`` where it reports none.

    What speaks for an event: it is asserted; its type is one that makes news; the headline tells of it; it is told
    early, often, and with a toll; it is not dated long before publication.

    Args:
        headline_end: offset behind the headline, 0 without one.
    """
    best: tuple[float, str] | None = None
    for order, event in enumerate(events):
        score = 2.0 * _news(event.type)
        score += _STATUS[event.status]
        score += 1.9 if _figure(event.toll.killed) else 0.9 if _figure(event.toll.injured) else 0.0
        score += 0.15 * min(len(event.mentions), 4)
        score += 1.5 * event.score
        score += 0.7 if event.mentions and event.mentions[0].start < headline_end else 0.0
        score -= 0.2 * min(order, 8)
        score -= 0.12 * min(_sentence(event), 10)
        if published is not None and event.date is not None and event.date.latest is not None:
            age = (date.fromisoformat(published) - date.fromisoformat(event.date.latest)).days
            score -= 1.2 if age > _OLD_DAYS else 0.0
        if best is None or score > best[0]:
            best = (score, event.id)
    return best[1] if best is not None else None


def _figure(count: Count | None) -> bool:
    return count is not None and bool(count.best or count.low or count.high)


def _sentence(event: Event) -> int:
    first = event.mentions[0].sentence if event.mentions else None
    return int(first[1:]) if first else 0
