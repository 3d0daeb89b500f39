"""Events of records, or incidents of several articles, as a coder sees them: one happening, its sides, its sources."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from pipeline.errors import InputError
from pipeline.lexicon import kind_of, victim_group, weapon_class
from pipeline.link.incidents import Incident
from pipeline.records import (
    ActorKind,
    Article,
    Casualty,
    CasualtyKind,
    Count,
    Event,
    PlacePrecision,
    Record,
    Span,
    Status,
    VictimGroup,
)
from pipeline.resources import data_path

ARMED: tuple[ActorKind, ...] = ("military", "police", "rebel", "jihadist", "militia")


@dataclass(frozen=True, slots=True)
class Side:
    """Who does it or has it done to them. ``name``: as the article names an organisation, ``None`` for others."""

    words: str
    name: str | None
    kind: ActorKind
    country: str | None
    group: VictimGroup
    start: int
    end: int

    @property
    def acts(self) -> bool:
        """Whether these are people or powers, not a truck that was hit."""
        return bool(self.name) or self.kind != "unknown" or self.group != "unknown" or self.country is not None


@dataclass(frozen=True, slots=True)
class Where:
    """A place; ``lat`` and ``lon`` in WGS84 degrees, ``country`` ISO 3166-1 alpha-2."""

    name: str | None
    lat: float | None
    lon: float | None
    country: str | None
    admin1: str | None
    precision: PlacePrecision | None
    feature: str | None = None


@dataclass(frozen=True, slots=True)
class Coded:
    """One happening. ``articles``: independent sources only; ``refs``: all members as ARTICLE/EVENT.

    ``killed_figures`` are those that make up ``toll["killed"]``, if one article tells that toll. ``presumed``: people
    were killed or hurt, and no word says by whom or by what; it may as well have been an earthquake.
    """

    id: str
    type: str
    acled_event: str | None
    acled_sub_event: str | None
    status: Status
    earliest: date | None
    latest: date | None
    where: Where | None
    source: tuple[Side, ...]
    target: tuple[Side, ...]
    toll: Mapping[CasualtyKind, Count]
    killed_figures: tuple[Casualty, ...]
    articles: tuple[Article, ...]
    refs: tuple[str, ...]
    evidence: tuple[str, ...]
    presumed: bool = False

    @property
    def days(self) -> int | None:
        """How many days it may have been on; ``None`` without a date."""
        return None if self.earliest is None or self.latest is None else (self.latest - self.earliest).days + 1


@dataclass(frozen=True, slots=True)
class Country:
    """A country or territory of ISO 3166-1."""

    iso2: str
    iso3: str
    numeric: int | None
    name: str


@cache
def countries() -> dict[str, Country]:
    """Countries by their two letters."""
    with data_path("models", "exports", "countries.tsv").open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader((line for line in lines if not line.startswith("#")), delimiter="\t")
        return {
            row["iso2"]: Country(row["iso2"], row["iso3"], int(row["numeric"]) if row["numeric"] else None, row["name"])
            for row in rows
        }


def country_name(code: str | None) -> str | None:
    """The English name of a country; ``None`` for what is none."""
    found = countries().get(code or "")
    return found.name if found else None


def short_id(ref: str) -> str:
    """Ten hexadecimal digits that stand for an event or incident, the same in every run."""
    return hashlib.sha256(ref.encode()).hexdigest()[:10]


def code_event(record: Record, event: Event, text: str | None) -> Coded:
    """An event of one article. ``text``, if it is known, gives the sentences that speak of it."""
    ref = f"{record.article.id}/{event.id}"
    when = event.date
    figures = [f for f in record.casualties if f.event == event.id and f.kind == "killed"]
    source = tuple(_sides(record, event.source))
    return Coded(
        id=short_id(ref),
        type=event.type,
        acled_event=event.acled_event,
        acled_sub_event=event.acled_sub_event,
        status=event.status,
        earliest=date.fromisoformat(when.earliest) if when and when.earliest else None,
        latest=date.fromisoformat(when.latest) if when and when.latest else None,
        where=_where(record, event),
        source=source,
        target=tuple(_sides(record, event.target)),
        toll={kind: count for kind in _KINDS if (count := getattr(event.toll, kind)) is not None},
        killed_figures=tuple(_who(f, figures) for f in figures if f.counted and f.status == "asserted"),
        articles=(record.article,),
        refs=(ref,),
        evidence=tuple(_sentences(record, event, text)),
        presumed=_PRESUMED in event.rule and not any(side.acts for side in source),
    )


_PRESUMED = "harm without a word for its cause"  # as the events stage puts it into a rule


def _who(figure: Casualty, figures: Sequence[Casualty]) -> Casualty:
    """The figure with the victims of another that says the same: "three killed" and "three demonstrators"."""
    if figure.victims is not None and figure.victims.group != "unknown":
        return figure
    same = (
        other.victims
        for other in figures
        if (other.low, other.best, other.high) == (figure.low, figure.best, figure.high)
        and other.victims is not None
        and other.victims.group != "unknown"
    )
    return figure.model_copy(update={"victims": next(same, figure.victims)})


_KINDS: tuple[CasualtyKind, ...] = ("killed", "injured", "missing", "captured", "displaced")


def _where(record: Record, event: Event) -> Where | None:
    place = next((place for place in record.places if place.id == event.place), None)
    if place is None:
        return None
    name = place.name or next(iter(place.names_in_text), None)
    return Where(name, place.lat, place.lon, place.country, place.admin1, place.precision, place.feature)


def _sides(record: Record, participants: Sequence[Span]) -> Iterator[Side]:
    actors = {actor.id: actor for actor in record.actors}
    labels = {entity.id: entity.label for entity in record.entities}
    seen: set[str] = set()
    for one in participants:
        actor = actors.get(getattr(one, "actor", None) or "")
        kind, of = kind_of(one.text)
        country = of[0] if of else None
        name = None
        group = victim_group(one.text)
        if actor is not None:
            kind = actor.kind if actor.kind != "unknown" else kind
            country = actor.country or country
            person = any(labels.get(mention) == "PERSON" for mention in actor.mentions)
            state = any(labels.get(mention) in ("GPE", "NORP") for mention in actor.mentions)
            # a person is coded as what the person is, a state as its government or forces
            name = None if person or state else actor.name
            if person and kind == "unknown":
                group = "civilian"
        if one.text.lower() not in seen and (actor is not None or weapon_class(one.text) is None):
            seen.add(one.text.lower())
            yield Side(one.text, name, kind, country, group, one.start, one.end)


def _sentences(record: Record, event: Event, text: str | None) -> Iterator[str]:
    """The sentence of the trigger, and the first one that gives a figure."""
    if text is None:
        parts = (_joined(event.source), event.trigger.text, _joined(event.target))
        yield " – ".join(part for part in parts if part)
        return
    figures = [figure.start for figure in record.casualties if figure.event == event.id and figure.counted]
    seen: set[str] = set()
    for start in (event.trigger.start, *figures[:1]):
        for sentence in record.sentences:
            if sentence.start <= start < sentence.end and sentence.id not in seen:
                seen.add(sentence.id)
                yield " ".join(text[sentence.start : sentence.end].split())


def _joined(parts: Sequence[Span]) -> str:
    return "; ".join(part.text for part in parts)


def code_incidents(incidents: Iterable[Incident], members: Mapping[str, Coded]) -> Iterator[Coded]:
    """Incidents, with what their members say of sides, figures and sources.

    Args:
        members: events by ARTICLE/EVENT.

    Raises:
        InputError: an incident has a member that the run does not have.
    """
    for incident in incidents:
        refs = [f"{member.article}/{member.event}" for member in incident.members]
        missing = next((ref for ref in refs if ref not in members), None)
        if missing is not None:
            raise InputError(
                "wrong_type",
                f"incident {incident.id} has the member {missing}, which the run does not have: the incidents are of "
                "another run; link again, or write a row for each event with --per event",
            )
        coded = [members[ref] for ref in refs]
        own = [each for each, member in zip(coded, incident.members, strict=True) if member.copy_of is None] or coded
        yield _incident(incident, own, refs)


def _incident(incident: Incident, own: Sequence[Coded], refs: Sequence[str]) -> Coded:
    toll = {kind: Count(low=t.low, best=t.best, high=t.high) for kind, t in incident.toll.items()}
    killed = toll.get("killed")
    telling = [each for each in own if killed and (count := each.toll.get("killed")) and count.best == killed.best]
    when, place = incident.date, incident.place
    # the member that names its sides best speaks for all
    sides = max(own, key=lambda each: (_told(each), -own.index(each)))
    base = telling[0] if telling else own[0]
    where = None
    if place is not None:
        feature = next((e.where.feature for e in own if e.where and e.where.name == place.name), None)
        where = Where(place.name, place.lat, place.lon, place.country, place.admin1, place.precision, feature)
    articles: dict[str, Article] = {}
    for each in own:
        for article in each.articles:
            articles.setdefault(article.id, article)
    return replace(
        base,
        id=incident.id,
        type=incident.type,
        acled_event=incident.acled_event,
        acled_sub_event=incident.acled_sub_event,
        earliest=date.fromisoformat(when.earliest) if when else None,
        latest=date.fromisoformat(when.latest) if when else None,
        where=where,
        source=sides.source,
        target=sides.target,
        toll=toll,
        killed_figures=base.killed_figures if telling and sides is base else (),
        articles=tuple(articles.values()),
        refs=tuple(refs),
        evidence=tuple(dict.fromkeys(line for each in own for line in each.evidence))[:3],
        presumed=all(each.presumed for each in own),
    )


def _told(each: Coded) -> tuple[int, int]:
    named = sum(side.name is not None for side in (*each.source, *each.target))
    return bool([s for s in each.source if s.acts]) + bool([s for s in each.target if s.acts]), named


def code_of(days: int | None, limits: Mapping[int, int]) -> int | None:
    """The precision code for so many days; ``None`` without a date or beyond the last limit."""
    return next((code for limit, code in sorted(limits.items()) if days is not None and days <= limit), None)
