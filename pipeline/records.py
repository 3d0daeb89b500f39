"""The record contract, version 1.0: what one article yields.

Begin with :class:`Record`; everything else hangs from it. All offsets are half-open ``[start, end)`` in Unicode
code points into the analysed text, and ``text[start:end] == span.text`` holds for every span. A value that the
text does not give is ``None``, never ``0``, ``""`` or ``(0, 0)``. Fields may be added to these types, not renamed
or removed, without a new :data:`SCHEMA_VERSION`.

The same types carry facts between stages (see :mod:`pipeline.facts`), so a stage reads what a user reads.
"""

from __future__ import annotations

from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

SCHEMA_VERSION = "1.0"

EntityLabel = str
Status = Literal["asserted", "negated", "hypothetical"]
CasualtyKind = Literal["killed", "injured", "missing", "captured", "displaced"]
VictimGroup = Literal["civilian", "combatant", "unknown"]
PlaceStatus = Literal["resolved", "ambiguous", "unresolved"]
PlacePrecision = Literal["point", "settlement", "admin2", "admin1", "country", "region"]
DatePrecision = Literal["day", "week", "month", "year"]
ActorKind = Literal[
    "government",
    "military",
    "police",
    "rebel",
    "militia",
    "jihadist",
    "protesters",
    "civilians",
    "international",
    "media",
    "unknown",
]


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Span(_Model):
    """Words of the text: ``text`` stands at ``[start, end)``."""

    start: int = Field(ge=0)
    end: int = Field(ge=0)
    text: str

    @model_validator(mode="after")
    def _length_fits(self) -> Self:
        if self.end - self.start != len(self.text) or not self.text:
            raise ValueError(f"span [{self.start}, {self.end}) does not fit its text {self.text!r}")
        return self


class Article(_Model):
    """Where the text came from. ``body_start`` is the offset at which the body begins (0 without a separate title)."""

    id: str
    title: str | None = None
    published: str | None = Field(default=None, description="ISO date, YYYY-MM-DD")
    source: str | None = None
    url: str | None = None
    path: str | None = None
    chars: int = Field(ge=0, description="length of the analysed text in code points")
    sha256: str = Field(description="SHA-256 of the analysed text in UTF-8")
    body_start: int = 0


class Sentence(_Model):
    """A sentence at ``[start, end)``."""

    id: str
    start: int
    end: int


class Entity(Span):
    """A named entity; ``place`` and ``actor`` are ids in this record."""

    id: str
    label: EntityLabel
    sentence: str | None = None
    place: str | None = None
    actor: str | None = None


class Candidate(_Model):
    """A gazetteer entry that a name might stand for."""

    gazetteer_id: str
    name: str
    country: str | None = None
    score: float


class Place(_Model):
    """One place that the text names, however often and under however many names.

    ``lat``/``lon`` are WGS84 degrees; ``country`` is ISO 3166-1 alpha-2; ``mentions`` are entity ids.
    """

    id: str
    status: PlaceStatus
    gazetteer_id: str | None = None
    name: str | None = None
    names_in_text: list[str] = []
    lat: float | None = None
    lon: float | None = None
    country: str | None = None
    admin1: str | None = None
    feature: str | None = Field(default=None, description="GeoNames feature code, such as PPL or ADM1")
    precision: PlacePrecision | None = None
    score: float = Field(default=0.0, ge=0.0, le=1.0)
    candidates: list[Candidate] = []
    mentions: list[str] = []


class Actor(_Model):
    """A person, group or state that acts in the text; ``mentions`` are entity ids."""

    id: str
    name: str
    country: str | None = None
    kind: ActorKind = "unknown"
    mentions: list[str] = []


class DateValue(Span):
    """A date expression. ``earliest``/``latest`` are ISO dates, both ``None`` while the expression is unresolved."""

    earliest: str | None = None
    latest: str | None = None
    precision: DatePrecision | None = None


class Mention(Span):
    """A place in the text that speaks of an event."""

    sentence: str | None = None


class Participant(Span):
    """The words that fill a role; ``actor`` is an actor id in this record."""

    actor: str | None = None


class OtherParticipant(Participant):
    """A participant in another role than source or target."""

    role: str


class Attribution(Span):
    """Who is cited for a statement, and the verb or preposition that cites them."""

    verb: str


class Count(_Model):
    """A number of people with its bounds; ``low <= best <= high`` among those that are given."""

    low: int | None = Field(default=None, ge=0)
    best: int | None = Field(default=None, ge=0)
    high: int | None = Field(default=None, ge=0)

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        given = [value for value in (self.low, self.best, self.high) if value is not None]
        if given != sorted(given):
            raise ValueError(f"low <= best <= high does not hold for {self.low}/{self.best}/{self.high}")
        return self


class Toll(_Model):
    """The figures of an event, parts added up once; a kind that the text does not give is ``None``."""

    killed: Count | None = None
    injured: Count | None = None
    missing: Count | None = None
    captured: Count | None = None
    displaced: Count | None = None


class Event(_Model):
    """One happening, however many sentences speak of it."""

    id: str
    type: str
    plover: str | None = None
    acled_event: str | None = None
    acled_sub_event: str | None = None
    trigger: Span
    mentions: list[Mention] = []
    date: DateValue | None = None
    place: str | None = None
    source: list[Participant] = []
    target: list[Participant] = []
    other: list[OtherParticipant] = []
    status: Status = "asserted"
    attribution: Attribution | None = None
    casualties: list[str] = []
    toll: Toll = Toll()
    score: float = Field(default=0.0, ge=0.0, le=1.0)
    rule: str


class Victims(Span):
    """The words that name the victims. ``countries`` are ISO codes, ``actor`` an actor id in this record."""

    group: VictimGroup = "unknown"
    countries: list[str] = []
    actor: str | None = None


class Casualty(Count):
    """One figure of the text. ``text`` at ``[start, end)`` is the words of the figure, with their qualifier."""

    id: str
    event: str | None
    kind: CasualtyKind
    qualifier: str | None = None
    start: int
    end: int
    text: str
    victims: Victims | None = None
    status: Status = "asserted"
    attribution: Attribution | None = None
    counted: bool = Field(default=True, description="False where the toll takes another, later or wider figure")
    perpetrators: bool = Field(default=False, description="True where the victims are those who did it")
    rule: str


class RecordWarning(_Model):
    """Something about the article or its analysis that a reader should know."""

    stage: str
    code: str
    message: str


class Record(_Model):
    """Everything that one article yields."""

    schema_version: Literal["1.0"] = "1.0"
    article: Article
    sentences: list[Sentence] = []
    entities: list[Entity] = []
    places: list[Place] = []
    actors: list[Actor] = []
    events: list[Event] = []
    casualties: list[Casualty] = []
    main_event: str | None = None
    warnings: list[RecordWarning] = []


def json_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of one line of ``records.jsonl``."""
    return Record.model_json_schema(mode="serialization")
