"""What annotation tools have in common: labelled spans with values, and labelled arrows between them.

Begin with :class:`Document`. Records and gold become documents (:mod:`pipeline.convert.records`,
:mod:`pipeline.convert.gold`), and each format writes and reads documents and nothing else. Offsets are half-open
``[start, end)`` in Unicode code points; a format that counts otherwise converts.

========================  ==========================================  ==========================================
label                     marks                                       values that people edit
========================  ==========================================  ==========================================
``GPE``, ``PERSON`` …     an entity                                   ``place.*``, ``actor.*`` on the first mention
``WHEN``                  a date expression                           ``earliest``, ``latest``, ``precision``
an event type             the trigger of an event                     ``status``, ``main``
``MENTION``               other words for an event
``PARTICIPANT``           words that fill a role                      ``role``, where it is another
``CITED``                 who is cited                                ``verb``
``killed`` … (a kind)     a casualty figure                           ``count``, ``status``, ``uncounted``,
                                                                      ``perpetrators``
``VICTIMS``               the words that name the victims             ``group``, ``countries``
========================  ==========================================  ==========================================

Arrows: ``same_place`` and ``same_actor`` from the first mention of a place or actor to each other one; from an event
``mention``, ``when``, ``place`` (to any mention of the place), ``source``, ``target``, ``other``, ``cited`` and
``casualty``; from a figure ``victims`` and ``cited``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import pairwise
from typing import Any, get_args

from pipeline.errors import InputError
from pipeline.ontology import event_types
from pipeline.records import ActorKind, CasualtyKind, DatePrecision, PlacePrecision, PlaceStatus, Status, VictimGroup

WHEN, MENTION, PARTICIPANT, CITED, VICTIMS = "WHEN", "MENTION", "PARTICIPANT", "CITED", "VICTIMS"
ENTITY, EVENT, FIGURE = "ENTITY", "EVENT", "FIGURE"
LAYERS = (ENTITY, WHEN, EVENT, MENTION, PARTICIPANT, CITED, FIGURE, VICTIMS)
"""Every label belongs to one layer, which a label tells by itself (:func:`layer`)."""

PREFIXES = dict(zip(LAYERS, "e d v m r q c w".split(), strict=True))
"""What the ids of a layer's marks begin with, unless a tool gave others."""

LINKS = ("same_place", "same_actor", "mention", "when", "place", "source", "target", "other", "cited", "casualty")
FIGURE_LINKS = ("victims", "cited")

CHOICES: dict[str, dict[str, tuple[str, ...]]] = {
    ENTITY: {
        "place.status": get_args(PlaceStatus),
        "place.precision": get_args(PlacePrecision),
        "actor.kind": get_args(ActorKind),
    },
    WHEN: {"precision": get_args(DatePrecision)},
    EVENT: {"status": get_args(Status)},
    FIGURE: {"status": get_args(Status)},
    VICTIMS: {"group": get_args(VictimGroup)},
}
"""Values that are chosen from a closed list."""

FLAGS: dict[str, tuple[str, ...]] = {EVENT: ("main",), FIGURE: ("uncounted", "perpetrators")}
"""Values that are true or left out."""

FREE: dict[str, tuple[str, ...]] = {
    ENTITY: (
        *(f"place.{key}" for key in ("gazetteer_id", "name", "lat", "lon", "country")),
        *("actor.name", "actor.country"),
    ),
    WHEN: ("earliest", "latest"),
    PARTICIPANT: ("role",),
    CITED: ("verb",),
    FIGURE: ("count",),
    VICTIMS: ("countries",),
}
"""Values that are written."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Words with a label. ``values`` are what people edit; ``rest`` is what only Dateline reads (scores, rules …)."""

    id: str
    label: str
    start: int
    end: int
    values: dict[str, Any] = field(default_factory=dict)
    rest: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Link:
    """An arrow between two marks, by their ids."""

    label: str
    head: str
    tail: str


@dataclass(frozen=True, slots=True)
class Document:
    """An article with its annotation.

    ``article`` are the fields of :class:`~pipeline.records.Article` that do not follow from the text; ``sentences`` the
    offsets of sentences, ``None`` where nobody marked them; ``rest`` what belongs to no words.
    """

    text: str
    article: dict[str, Any]
    sentences: tuple[tuple[int, int], ...] | None
    marks: tuple[Mark, ...]
    links: tuple[Link, ...]
    rest: dict[str, Any] = field(default_factory=dict)

    @property
    def id(self) -> str:
        return str(self.article["id"])

    def head(self) -> dict[str, Any]:
        """All but text, marks and links, as JSON values: what a format keeps for the document as a whole."""
        sentences = None if self.sentences is None else [list(span) for span in self.sentences]
        return {"article": self.article, "sentences": sentences, "rest": self.rest}


def document(text: str, head: Any, marks: Iterable[Mark], links: Iterable[Link], *, id_: str) -> Document:
    """The document that a format read; ``head`` as :meth:`Document.head` gave it, anything else where it is lost.

    Raises:
        InputError: ``wrong_type``: a mark lies outside of the text, two have one id, or a link leads nowhere.
    """
    head = head if isinstance(head, dict) else {}
    article = head.get("article") or {"id": id_}
    sentences = head.get("sentences")
    marks, links = tuple(marks), tuple(links)
    known = {mark.id for mark in marks}
    problems = [
        f"{mark.label} at {mark.start}–{mark.end} lies outside of the text of {len(text)} characters"
        for mark in marks
        if not 0 <= mark.start < mark.end <= len(text)
    ]
    problems += [f"two marks have the id {id_!r}" for id_ in _twice(mark.id for mark in marks)]
    problems += [
        f"the link {link.label!r} leads to {end!r}, which is no mark"
        for link in links
        for end in (link.head, link.tail)
        if end not in known
    ]
    if problems:
        raise InputError("wrong_type", f"{article['id']}: {'; '.join(problems[:5])}")
    spans = None if sentences is None else tuple((int(start), int(end)) for start, end in sentences)
    return Document(text, article, spans, marks, links, head.get("rest") or {})


def _twice(ids: Iterable[str]) -> list[str]:
    seen: set[str] = set()
    return [id_ for id_ in ids if id_ in seen or seen.add(id_)]  # type: ignore[func-returns-value]


@cache
def _fixed() -> dict[str, str]:
    labels = {label: label for label in (WHEN, MENTION, PARTICIPANT, CITED, VICTIMS)}
    labels |= dict.fromkeys(get_args(CasualtyKind), FIGURE)
    return labels | {name: EVENT for name, type_ in event_types().items() if not type_.abstract}


def layer(label: str) -> str:
    """The layer of a label; what is no label of ours is one of entities."""
    return _fixed().get(label, ENTITY)


def labels_of(of: str) -> tuple[str, ...]:
    """The labels of a closed layer: event types, kinds of figures, or the one label that is the layer."""
    return tuple(label for label, its in _fixed().items() if its == of)


def in_layer(marks: Iterable[Mark], of: str) -> list[Mark]:
    """The marks of a layer, in the order given."""
    return [mark for mark in marks if layer(mark.label) == of]


def natural(id_: str) -> tuple[tuple[int, int, str], ...]:
    """Sorts ``e2`` before ``e10``."""
    return tuple(
        (0, int(part), "") if part.isdecimal() else (1, 0, part) for part in re.split(r"([0-9]+)", id_) if part
    )


def plain(value: Any) -> str:
    """A value as people write it: text as it is, where it cannot be mistaken, else JSON."""
    if not isinstance(value, str):
        return json.dumps(value)
    if (
        value
        and value == value.strip()
        and value.isprintable()
        and not re.search(r'[;"\\]', value)
        and not _json(value)
    ):
        return value
    return json.dumps(value)


def parse(text: str) -> Any:
    """The value of :func:`plain`, or of what a person typed."""
    text = text.strip()
    return json.loads(text) if _json(text) else text


def _json(text: str) -> bool:
    try:
        json.loads(text)
    except ValueError:
        return False
    return True


@dataclass(frozen=True, slots=True)
class Token:
    """Words, marks of punctuation or white space at ``[start, end)``; ``space``: one blank follows, not in a token."""

    start: int
    end: int
    space: bool


_PIECES = re.compile(r"\w+|\s|[^\w\s]")


def tokens(text: str, marks: Sequence[Mark]) -> list[Token]:
    """The text cut into tokens such that every mark begins where a token begins and ends where one ends."""
    starts, ends = {mark.start for mark in marks}, {mark.end for mark in marks}
    edges = sorted({0, len(text)} | starts | ends | {edge for piece in _PIECES.finditer(text) for edge in piece.span()})
    found: list[Token] = []
    for start, end in pairwise(edges):
        blank = text[start:end] == " " and start not in starts and end not in ends
        if blank and found and not found[-1].space and not text[found[-1].start].isspace():
            found[-1] = replace(found[-1], space=True)
        else:
            found.append(Token(start, end, space=False))
    return found
