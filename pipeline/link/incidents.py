"""The types of ``incidents.jsonl``: what the articles together say of one happening.

Begin with :class:`Incident`. As in a record, what no article says is ``None``.
"""

from __future__ import annotations

from typing import Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from pipeline.link.settings import BestRule
from pipeline.records import CasualtyKind, Count, DatePrecision, PlacePrecision, Span

INCIDENT_VERSION: Final = "1.0"


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Why(_Model):
    """The strongest link of a member into its incident, and what spoke for and against it."""

    article: str
    event: str
    probability: float = Field(ge=0, le=1)
    reasons: list[str] = Field(description="each with what it adds to the log-odds, the weightiest first")


class Member(_Model):
    """One event of one article. ``evidence`` are the words that speak of it, with offsets into that article.

    ``confidence`` is the probability that belongs to the mean log-odds between it and the other members; ``None`` where
    there is no other. ``copy_of``: the article whose story this one copies; it is no source of its own.
    """

    article: str
    event: str
    main: bool
    type: str
    published: str | None
    source: str | None
    evidence: list[Span]
    confidence: float | None = Field(ge=0, le=1)
    why: Why | None
    copy_of: str | None = None


class IncidentDate(_Model):
    """Between ``earliest`` and ``latest``, ISO dates; ``reason`` says whose date it is and who agrees."""

    earliest: str
    latest: str
    precision: DatePrecision | None
    reason: str


class IncidentPlace(_Model):
    """A place of one of the articles; ``reason`` says how many place it there."""

    gazetteer_id: str | None
    name: str | None
    lat: float | None
    lon: float | None
    country: str | None
    admin1: str | None
    precision: PlacePrecision | None
    reason: str


class IncidentActor(_Model):
    """Who did it or had it done to them, and how many independent sources say so."""

    name: str
    role: Literal["source", "target"]
    country: str | None
    sources: int


class SourceFigure(Count):
    """What one article gives as the toll. ``text`` are its words for the figures that count, with their offsets."""

    article: str
    event: str
    published: str | None
    attribution: str | None
    text: list[Span]
    copy_of: str | None = None


class IncidentToll(_Model):
    """``low``, ``best`` and ``high`` over independent sources; ``rule`` and ``reason`` say how ``best`` was chosen.

    ``high`` is ``None`` where the highest figure is open upwards ("at least 40").
    """

    low: int | None
    best: int | None
    high: int | None
    rule: BestRule
    reason: str
    figures: list[SourceFigure]


class NotJoined(_Model):
    """The incident that came nearest and was kept apart, by its nearest event."""

    incident: str
    article: str
    event: str
    probability: float
    reasons: list[str]


class Incident(_Model):
    """One happening, told by one or more articles.

    ``id`` is a hash of the earliest member, so a rerun gives the same; ``sources`` counts articles that are no copies.
    """

    schema_version: Literal["1.0"] = INCIDENT_VERSION
    id: str
    type: str
    plover: str | None
    acled_event: str | None
    acled_sub_event: str | None
    members: list[Member]
    sources: int
    date: IncidentDate | None
    place: IncidentPlace | None
    actors: list[IncidentActor]
    toll: dict[CasualtyKind, IncidentToll]
    disagreements: list[str]
    nearest: NotJoined | None


def incident_schema() -> dict[str, Any]:
    """The JSON Schema of one line of ``incidents.jsonl``."""
    return Incident.model_json_schema(mode="serialization")
