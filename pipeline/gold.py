"""Gold annotation: what a careful reader says about an article, as typed spans with offsets.

A corpus folder holds ``articles/<id>.txt`` and ``gold/<id>.yaml``. Begin with :func:`load_gold`; what the fields mean
and how cases are decided stands in ``corpus/README.md``. The YAML quotes the article (:mod:`pipeline.quotes`); here the
quotes are half-open ``[start, end)`` spans in code points. Misfits raise :class:`~pipeline.errors.GoldError`.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from pipeline.articles import Failure
from pipeline.errors import GoldError, nearest
from pipeline.io import read_articles
from pipeline.ontology import event_types
from pipeline.quotes import DATED, IN_ORDER, IsoDate, Mentions, Quote, QuotedCount, QuotedSpan, Quotes, keep
from pipeline.records import (
    Actor,
    ActorKind,
    Article,
    Attribution,
    Casualty,
    CasualtyKind,
    Count,
    DatePrecision,
    DateValue,
    Entity,
    Event,
    Mention,
    OtherParticipant,
    Participant,
    Place,
    PlacePrecision,
    PlaceStatus,
    Record,
    Sentence,
    Span,
    Status,
    Toll,
    VictimGroup,
    Victims,
)
from pipeline.resources import load_yaml

ScoredLabel = Literal["PERSON", "NORP", "FAC", "ORG", "GPE", "LOC", "DATE", "WEAPON", "VEHICLE"]
PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})


class _Gold(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class GoldEntity(Span):
    """A name, or the words of a date, weapon or vehicle, without leading article and possessive."""

    label: ScoredLabel


class GoldDate(QuotedSpan):
    """A date expression; ``earliest`` and ``latest`` are ISO dates, ``None`` where it cannot be resolved."""

    earliest: IsoDate | None = Field(default=None, pattern=r"^\d{4}-\d\d-\d\d$")
    latest: IsoDate | None = Field(default=None, pattern=r"^\d{4}-\d\d-\d\d$")
    precision: DatePrecision | None = None

    @model_validator(mode="after")
    def _bounds(self) -> Self:
        if (self.earliest is None) != (self.latest is None) or (self.earliest is None) != (self.precision is None):
            raise ValueError(f"{self.text!r}: earliest, latest and precision are given together or not at all")
        if self.earliest and self.latest and date.fromisoformat(self.earliest) > date.fromisoformat(self.latest):
            raise ValueError(f"{self.text!r}: earliest {self.earliest} is after latest {self.latest}")
        return self


class GoldPlace(_Gold):
    """One place under all its names; ``lat`` and ``lon`` in WGS84 degrees, ``country`` ISO 3166-1 alpha-2."""

    id: str
    status: PlaceStatus = "resolved"
    gazetteer_id: str | None = Field(default=None, pattern=r"^(geonames:\d+|dateline:[a-z0-9-]+)$")
    name: str | None = None
    lat: float | None = Field(default=None, ge=-90, le=90)
    lon: float | None = Field(default=None, ge=-180, le=180)
    country: str | None = Field(default=None, pattern=r"^[A-Z]{2}$")
    precision: PlacePrecision | None = None
    mentions: Mentions = Field(min_length=1)

    @model_validator(mode="after")
    def _complete(self) -> Self:
        known = (self.gazetteer_id, self.name, self.lat, self.lon, self.precision)
        if self.status == "resolved" and None in known:
            raise ValueError(f"place {self.id!r} is resolved, so gazetteer_id, name, lat, lon and precision are due")
        if self.status != "resolved" and any(value is not None for value in (self.gazetteer_id, self.lat, self.lon)):
            raise ValueError(f"place {self.id!r} is {self.status}, yet it has an id or coordinates")
        return self


class GoldActor(_Gold):
    """A person, group or state; ``country`` is ISO 3166-1 alpha-2, ``mentions`` are entities."""

    id: str
    name: str
    country: str | None = Field(default=None, pattern=r"^[A-Z]{2}$")
    kind: ActorKind
    mentions: Mentions = Field(min_length=1)


class GoldOther(QuotedSpan):
    """A participant that is neither source nor target, with its ``role``."""

    role: str


class GoldAttribution(QuotedSpan):
    """Who is cited, and the verb or preposition that cites them."""

    verb: str


class GoldVictims(QuotedSpan):
    """The words that name the victims, without their number."""

    group: VictimGroup = "unknown"
    countries: list[Annotated[str, Field(pattern=r"^[A-Z]{2}$")]] = Field(default_factory=list)


class GoldEvent(_Gold):
    """One happening. ``mentions`` are its further mentions: the trigger is not repeated among them."""

    id: str
    type: str
    trigger: Quote
    mentions: Mentions = []
    date: Annotated[GoldDate | None, DATED] = None
    place: str | None = None
    source: list[Quote] = []
    target: list[Quote] = []
    other: list[GoldOther] = []
    status: Status = "asserted"
    attribution: GoldAttribution | None = None

    @field_validator("type")
    @classmethod
    def _known_type(cls, type_: str) -> str:
        types = load_yaml("ontology.yaml")["types"]
        if types.get(type_, {"abstract": True}).get("abstract"):
            what = "abstract; gold takes a type below it" if type_ in types else "not in models/ontology.yaml"
            raise ValueError(f"type {type_!r} is {what}.{nearest(type_, types.keys() - {type_})}")
        return type_


class GoldCasualty(QuotedSpan):
    """A figure of the text, ``text`` with its qualifier; ``counted`` is false where the toll takes another figure."""

    event: str
    kind: CasualtyKind
    count: QuotedCount
    victims: GoldVictims | None = None
    counted: bool = True
    perpetrators: bool = False
    status: Status = "asserted"


class GoldArticle(_Gold):
    """An article and everything that a careful reader says about it. Build it with :func:`load_gold`.

    Without any ``sentences`` these are neither checked nor scored: few annotation tools have them.
    """

    text: str
    article: Article
    sentences: Annotated[list[Span], IN_ORDER]
    entities: Annotated[list[GoldEntity], IN_ORDER, keep("entities")]
    dates: Annotated[list[GoldDate], keep("dates")] = []
    places: list[GoldPlace] = []
    actors: list[GoldActor] = []
    events: list[GoldEvent] = []
    casualties: list[GoldCasualty] = []
    main_event: str | None = None
    tolls: dict[str, dict[CasualtyKind, QuotedCount]] = {}

    @property
    def id(self) -> str:
        return self.article.id

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        problems = [*self._gaps(), *self._loose_ends(), *self._twice(), *self._wrong_tolls()]
        if problems:
            raise ValueError("; ".join(problems))
        return self

    def _gaps(self) -> Iterator[str]:
        if not self.sentences:  # nobody marked them
            return
        ends = [0, *(sentence.end for sentence in self.sentences)]
        starts = [*(sentence.start for sentence in self.sentences), len(self.text)]
        for end, start in zip(ends, starts, strict=True):
            if self.text[end:start].strip():
                yield f"no sentence covers {self.text[end:start].strip()!r}"

    def _loose_ends(self) -> Iterator[str]:
        events, places = {event.id for event in self.events}, {place.id for place in self.places}
        names = [("main_event", self.main_event, events), *(("tolls", event, events) for event in self.tolls)]
        names += [(f"place of event {event.id!r}", event.place, places) for event in self.events]
        names += [(f"event of casualty {casualty.text!r}", casualty.event, events) for casualty in self.casualties]
        for where, name, known in names:
            if name is not None and name not in known:
                yield f"{where}: unknown id {name!r}.{nearest(name, known)}"
        entities = {(entity.start, entity.end): entity for entity in self.entities}
        for kind, owners in (("place", self.places), ("actor", self.actors)):
            for owner in owners:
                for span in owner.mentions:
                    entity = entities.get((span.start, span.end))
                    if entity is None or (kind == "place" and entity.label not in PLACE_LABELS):
                        yield f"mention {span.text!r} of {kind} {owner.id!r} is no entity of a fitting label"
        named = {span.start for place in self.places for span in place.mentions}
        for entity in self.entities:
            if entity.label in PLACE_LABELS and entity.start not in named:
                yield f"{entity.label} {entity.text!r} at {entity.start} belongs to no place"
        for when in self.dates:
            if getattr(entities.get((when.start, when.end)), "label", None) != "DATE":
                yield f"date {when.text!r} at {when.start} is no entity labelled DATE"

    def _twice(self) -> Iterator[str]:
        ids = [owner.id for owners in (self.places, self.actors, self.events) for owner in owners]
        spans = [(s.start, s.text) for event in self.events for s in (event.trigger, *event.mentions)]
        mentioned = [(span.start, span.text) for place in self.places for span in place.mentions]
        for what, keys in (("id", ids), ("words of two events", spans), ("mention of two places", mentioned)):
            yield from (f"{what} given twice: {key}" for key, times in Counter(keys).items() if times > 1)

    def _wrong_tolls(self) -> Iterator[str]:
        """The toll of an event is the sum of its asserted, counted figures; a bound that one of them lacks is open."""
        for event in self.events:
            counts: dict[CasualtyKind, list[Count]] = {}
            for casualty in self.casualties:
                if casualty.event == event.id and casualty.counted and casualty.status == "asserted":
                    counts.setdefault(casualty.kind, []).append(casualty.count)
            given, due = self.tolls.get(event.id, {}), {kind: add_counts(parts) for kind, parts in counts.items()}
            if given != due:
                yield f"toll of {event.id!r} is given as {given}, its counted figures add up to {due}"


def add_counts(counts: Sequence[Count]) -> Count:
    """Sum of counts: ``low`` takes a missing bound as 0, ``best`` and ``high`` are open as soon as one is."""
    lows = [count.low for count in counts if count.low is not None]
    bounds = [count.best for count in counts], [count.high for count in counts]
    best, high = (None if None in values else sum(filter(None, values)) for values in bounds)
    return Count(low=sum(lows) if lows else None, best=best, high=high)


def load_article(gold: Path, article: Path) -> GoldArticle:
    """One gold file read against its article.

    Raises:
        GoldError: a file is missing or malformed, or an annotation does not fit the text; all misfits are listed.
    """
    for path in (gold, article):
        if not path.is_file():
            raise GoldError(f"{path} is missing; every article needs its gold and every gold its article.")
    if isinstance(found := next(iter(read_articles(article))), Failure):
        raise GoldError(f"{article}: {found.reason}: {found.message}")
    try:
        raw = yaml.safe_load(gold.read_text("utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise GoldError(f"{gold} cannot be read: {error}") from error
    if not isinstance(raw, dict):
        raise GoldError(f"{gold}: a mapping is due, with article, sentences, entities and so on.")
    told = (raw.pop("article", None), str(raw.pop("published", None) or "") or None)
    if told != (article.stem, found.published):
        raise GoldError(f"{gold} is for {told[0]} of {told[1]}, but {article} is {article.stem} of {found.published}.")
    raw["text"] = found.text
    raw["article"] = Article(
        id=article.stem,
        title=found.title,
        published=found.published,
        source=found.source,
        url=found.url,
        chars=len(found.text),
        sha256=hashlib.sha256(found.text.encode()).hexdigest(),
        body_start=found.body_start,
    )
    try:
        return GoldArticle.model_validate(raw, context=Quotes(found.text))
    except ValidationError as error:
        misfits = [f"  {'.'.join(map(str, e['loc'])) or 'the whole'}: {e['msg']}" for e in error.errors()]
        raise GoldError("\n".join([f"{gold} does not fit {article}:", *misfits])) from error


def load_gold(folder: Path) -> list[GoldArticle]:
    """Every article of a corpus folder with its gold, by id.

    Raises:
        GoldError: as :func:`load_article`, or the folder has no gold, or an article has none.
    """
    ids = sorted({path.stem for path in _files(folder)})
    if not ids:
        raise GoldError(f"{folder} has no articles/*.txt with gold/*.yaml; name a folder such as corpus/.")
    return [load_article(folder / f"gold/{id_}.yaml", folder / f"articles/{id_}.txt") for id_ in ids]


def _files(folder: Path) -> list[Path]:
    return sorted([*folder.glob("articles/*.txt"), *folder.glob("gold/*.yaml")])


def gold_hash(folder: Path) -> str:
    """SHA-256 over names and bytes of all articles and gold files, to pin figures to what they were measured on."""
    digest = hashlib.sha256()
    for path in _files(folder):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def as_record(gold: GoldArticle) -> Record:
    """The record of a program that makes no mistake: everything that gold says, under the names of the contract."""
    at = {(entity.start, entity.end): f"e{n}" for n, entity in enumerate(gold.entities)}
    owned = {(s.start, s.end): {"place": place.id} for place in gold.places for s in place.mentions}
    for actor in gold.actors:
        for span in actor.mentions:
            owned.setdefault((span.start, span.end), {})["actor"] = actor.id
    return Record(
        article=gold.article,
        sentences=[Sentence(id=f"s{n}", start=s.start, end=s.end) for n, s in enumerate(gold.sentences)],
        entities=[
            Entity(id=at[e.start, e.end], **_span(e), label=e.label, **owned.get((e.start, e.end), {}))
            for e in gold.entities
        ],
        places=[
            Place(
                **place.model_dump(exclude={"mentions"}),
                names_in_text=list(dict.fromkeys(span.text for span in place.mentions)),
                mentions=[at[span.start, span.end] for span in place.mentions],
            )
            for place in gold.places
        ],
        actors=[
            Actor(
                **actor.model_dump(exclude={"mentions"}),
                mentions=[at[span.start, span.end] for span in actor.mentions],
            )
            for actor in gold.actors
        ],
        events=[_event_record(gold, event) for event in gold.events],
        casualties=[
            Casualty(
                id=f"c{n}",
                **_span(one),
                event=one.event,
                kind=one.kind,
                **one.count.model_dump(),
                victims=Victims.model_validate(one.victims.model_dump()) if one.victims else None,
                status=one.status,
                counted=one.counted,
                perpetrators=one.perpetrators,
                rule="gold",
            )
            for n, one in enumerate(gold.casualties)
        ],
        main_event=gold.main_event,
    )


def _event_record(gold: GoldArticle, event: GoldEvent) -> Event:
    type_ = event_types()[event.type]
    return Event(
        id=event.id,
        type=event.type,
        plover=type_.plover,
        acled_event=type_.acled_event,
        acled_sub_event=type_.acled_sub_event,
        trigger=event.trigger,
        mentions=[Mention(**_span(span)) for span in (event.trigger, *event.mentions)],
        date=DateValue.model_validate(event.date.model_dump()) if event.date else None,
        place=event.place,
        source=[Participant(**_span(span)) for span in event.source],
        target=[Participant(**_span(span)) for span in event.target],
        other=[OtherParticipant(**_span(span), role=span.role) for span in event.other],
        status=event.status,
        attribution=Attribution.model_validate(event.attribution.model_dump()) if event.attribution else None,
        casualties=[f"c{n}" for n, one in enumerate(gold.casualties) if one.event == event.id],
        toll=Toll.model_validate(dict(gold.tolls.get(event.id, {}))),
        rule="gold",
    )


def _span(span: Span) -> dict[str, Any]:
    return {"start": span.start, "end": span.end, "text": span.text}
