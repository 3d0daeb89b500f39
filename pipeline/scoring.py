"""One article's record against its gold, stage by stage.

Begin with :func:`score_article`. Figures are named ``stage.slot``. ``stage.found`` (``sentences.spans``,
``entities.strict``) pairs gold with predictions one to one; every other slot is judged on what was paired, so each
figure says one thing: what was not found lowers ``found`` alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar, get_args

from pipeline.gold import PLACE_LABELS, GoldArticle, GoldEvent, ScoredLabel
from pipeline.metrics import Sheet, SpanLike, Tally, distance_km, left_over, match, overlap
from pipeline.records import Count, DateValue, Entity, Event, Place, Record, Span
from pipeline.resources import load_yaml
from pipeline.stages import STAGES

SCORED_LABELS: tuple[str, ...] = get_args(ScoredLabel)
TOLL_KINDS = ("killed", "injured", "missing", "captured", "displaced")
NEAR_KM = 161
"""100 miles, the field's usual measure of a right resolution (Leidner 2007)."""

G = TypeVar("G")
P = TypeVar("P")


def score_article(
    gold: GoldArticle, record: Record, *, dates: Sequence[DateValue] | None = None, stages: Iterable[str] = STAGES
) -> Sheet:
    """Score one record.

    Args:
        dates: what the dates stage read. Records keep only the dates of events, so without this the stage's own
            figures are left out.
        stages: the stages that ran; the figures of others are left out.
    """
    sheet = Sheet(gold.id, gold.text)
    ran = set(stages)
    if "sentences" in ran and gold.sentences:
        _sentences(sheet, gold, record)
    if "entities" in ran:
        _entities(sheet, gold, record)
    if "places" in ran:
        _places(sheet, gold, record)
    if "dates" in ran and dates is not None:
        _dates(sheet, gold, dates)
    if "actors" in ran:
        _actors(sheet, gold, record)
    if "events" in ran:
        events = _events(sheet, gold, record)
        if "casualties" in ran:
            _casualties(sheet, gold, record, events)
    return sheet


def _pair(
    sheet: Sheet,
    figure: str,
    gold: Sequence[G],
    predicted: Sequence[P],
    weight: Callable[[G, P], float],
    gold_span: Callable[[G], SpanLike],
    predicted_span: Callable[[P], SpanLike],
    name: Callable[[G | P], str],
) -> list[tuple[G, P]]:
    """Pair one to one and count found, missed and made up under ``figure``."""
    pairs = match(gold, predicted, weight)
    for _ in pairs:
        sheet.hit(figure)
    for one in left_over(gold, {i for i, _ in pairs}):
        sheet.miss(figure, gold_span(one), name(one))
    for other in left_over(predicted, {j for _, j in pairs}):
        sheet.false_alarm(figure, predicted_span(other), name(other))
    return [(gold[i], predicted[j]) for i, j in pairs]


def _pair_spans(sheet: Sheet, figure: str, gold: Sequence[Span], predicted: Sequence[Span]) -> list[tuple[Span, Span]]:
    """Pair spans that overlap, those that share most first."""
    return _pair(sheet, figure, gold, predicted, _shared, _itself, _itself, _text)


def _itself(span: Span) -> Span:
    return span


def _text(span: Span) -> str:
    return span.text


def _shared(one: SpanLike, other: SpanLike) -> float:
    return float(max(0, min(one.end, other.end) - max(one.start, other.start)))


def _sentences(sheet: Sheet, gold: GoldArticle, record: Record) -> None:
    said = [Span(start=s.start, end=s.end, text=gold.text[s.start : s.end]) for s in record.sentences]
    _pair(sheet, "sentences.spans", gold.sentences, said, _same_span, _itself, _itself, _text)


def _same_span(one: SpanLike, other: SpanLike) -> float:
    return float((one.start, one.end) == (other.start, other.end))


def _entities(sheet: Sheet, gold: GoldArticle, record: Record) -> None:
    """Strict: same span, same label. Partial: same label, spans overlap. By label: strict."""
    said = [entity for entity in record.entities if entity.label in SCORED_LABELS]
    for figure in ("entities.strict", "entities.partial"):
        sheet.count(figure, Tally())  # so that the sums stand before the labels
    for label in SCORED_LABELS:
        want = [entity for entity in gold.entities if entity.label == label]
        got = [entity for entity in said if entity.label == label]
        figure = f"entities.{label}"
        _pair(sheet, figure, want, got, _same_span, _itself, _itself, _labelled)
        sheet.count("entities.strict", sheet.tallies.get(figure, Tally()))
        partial = len(match(want, got, _shared))
        sheet.count("entities.partial", Tally(partial, len(got) - partial, len(want) - partial))


def _labelled(entity: Entity | Span) -> str:
    return f"{entity.text} ({getattr(entity, 'label', '')})"


def _places(sheet: Sheet, gold: GoldArticle, record: Record) -> None:
    entities = {entity.id: entity for entity in record.entities}
    gold_of = {span.start: place for place in gold.places for span in place.mentions}
    place_of: dict[str, Place] = {mention: place for place in record.places for mention in place.mentions}
    wanted = sorted((span for place in gold.places for span in place.mentions), key=lambda span: span.start)
    # A record also links the place that an organisation's name holds; gold has the names that stand alone.
    said = [entities[id_] for id_ in place_of if id_ in entities and entities[id_].label in PLACE_LABELS]
    pairs = _pair_spans(sheet, "places.found", wanted, said)
    links: list[tuple[str, str]] = []
    for span, entity in pairs:
        want, got = gold_of[span.start], place_of[entity.id]  # type: ignore[attr-defined]
        links.append((want.id, got.id))
        got_id = got.gazetteer_id if got.status == "resolved" else None
        sheet.slot("places.id", span, want.gazetteer_id, got_id)
        far: float | None = None
        if want.lat is not None and want.lon is not None and got.lat is not None and got.lon is not None:
            far = distance_km(want.lat, want.lon, got.lat, got.lon)
            sheet.distances.append(far)
        where = None if want.lat is None else want.name
        there = None if got.lat is None else got.name or got.id
        near = far is not None and (far <= NEAR_KM or want.gazetteer_id == got_id)
        sheet.slot("places.161km", span, where, there, right=near)
    # Names of one place must end as one place, two places of one name as two, so places are paired by shared mentions.
    first = {owner.id: owner.mentions[0] for owner in gold.places}
    met = [place for place in record.places if any(got == place.id for _, got in links)]
    _pair(
        sheet,
        "places.grouped",
        [place for place in gold.places if any(want == place.id for want, _ in links)],
        met,
        lambda want, got: float(links.count((want.id, got.id))),
        lambda want: first[want.id],
        lambda got: entities[next(m for m in got.mentions if m in entities)],
        lambda place: f"{place.name or place.id} with {len(place.mentions)} mention(s)",
    )


def _dates(sheet: Sheet, gold: GoldArticle, dates: Sequence[DateValue]) -> None:
    for want, got in _pair_spans(sheet, "dates.found", gold.dates, dates):
        sheet.slot("dates.value", want, _when(want), _when(got))


def _when(value: object) -> str:
    """Earliest, latest and precision; an unresolved date is a value too, and a wrong one where gold resolves."""
    parts = (getattr(value, name) for name in ("earliest", "latest", "precision"))
    return " ".join(part or "unresolved" for part in parts)


def _actors(sheet: Sheet, gold: GoldArticle, record: Record) -> None:
    entities = {entity.id: entity for entity in record.entities}
    said = [(actor, [entities[m] for m in actor.mentions if m in entities]) for actor in record.actors]
    said = [(actor, spans) for actor, spans in said if spans]
    pairs = _pair(
        sheet,
        "actors.found",
        [(actor, list(actor.mentions)) for actor in gold.actors],
        said,
        lambda want, got: _overlaps(want[1], got[1]),
        lambda want: want[1][0],
        lambda got: got[1][0],
        lambda actor: actor[0].name,
    )
    for (want, spans), (got, _) in pairs:
        sheet.slot("actors.kind", spans[0], want.kind, got.kind)
        sheet.slot("actors.country", spans[0], want.country, got.country)


def _overlaps(gold: Sequence[SpanLike], predicted: Sequence[SpanLike]) -> int:
    """How many gold spans a prediction touches."""
    return sum(any(overlap(one, other) for other in predicted) for one in gold)


def _words(event: GoldEvent | Event) -> list[Span]:
    """All mentions of an event, its trigger first and once."""
    trigger = (event.trigger.start, event.trigger.end)
    return [event.trigger, *(span for span in event.mentions if (span.start, span.end) != trigger)]


def _same_event(gold: GoldEvent, predicted: Event) -> float:
    """0 unless a mention is shared. The trigger, the type and the status decide between events that share as many."""
    shared = _overlaps(_words(gold), _words(predicted))
    if not shared:
        return 0.0
    agrees = (overlap(gold.trigger, predicted.trigger), gold.type == predicted.type, gold.status == predicted.status)
    return shared + sum(bonus * ok for bonus, ok in zip((0.5, 0.25, 0.125), agrees, strict=True))


def _events(sheet: Sheet, gold: GoldArticle, record: Record) -> dict[str, str]:
    """Score events; returns the predicted event's id for each gold event that was found."""
    pairs = _pair(
        sheet,
        "events.found",
        gold.events,
        record.events,
        _same_event,
        lambda event: event.trigger,
        lambda event: event.trigger,
        lambda event: f"{event.type} {event.trigger.text!r}",
    )
    for want, got in pairs:
        sheet.slot("events.type", want.trigger, want.type, got.type)
        sheet.slot("events.plover", want.trigger, _plover(want.type), got.plover)
        _pair_spans(sheet, "events.mentions", _words(want), _words(got))
        sheet.slot("events.status", want.trigger, want.status, got.status)
        _pair_spans(sheet, "events.source", want.source, got.source)
        _pair_spans(sheet, "events.target", want.target, got.target)
        others = [span for span in got.other if any(span.role == one.role for one in want.other)]
        _pair(sheet, "events.other", want.other, others, _same_role, _itself, _itself, _text)
        _event_date(sheet, want, got)
        _event_place(sheet, gold, want, record, got)
        cited = want.attribution and got.attribution and overlap(want.attribution, got.attribution)
        sheet.slot(
            "events.attribution",
            want.trigger,
            want.attribution and want.attribution.text,
            got.attribution and got.attribution.text,
            right=bool(cited),
        )
    found = {want.id: got.id for want, got in pairs}
    main = found.get(gold.main_event or "", "missed") if gold.main_event else "none"
    trigger = next((event.trigger for event in gold.events if event.id == gold.main_event), None)
    sheet.slot(
        "events.main",
        trigger,
        _main(gold.events, gold.main_event),
        _main(record.events, record.main_event),
        right=main == (record.main_event or "none"),
    )
    return found


def _main(events: Sequence[GoldEvent | Event], main: str | None) -> str:
    return next((f"{event.type} {event.trigger.text!r}" for event in events if event.id == main), "none")


def _plover(type_: str) -> str | None:
    root: str | None = load_yaml("ontology.yaml")["types"][type_]["plover"]
    return root


def _same_role(gold: Span, predicted: Span) -> float:
    return _shared(gold, predicted) * (getattr(gold, "role", None) == getattr(predicted, "role", None))


def _event_date(sheet: Sheet, want: GoldEvent, got: Event) -> None:
    """Right if the days are; a date that stays unresolved is right if its words are."""
    right = want.date is not None and got.date is not None and _when(want.date) == _when(got.date)
    if right and want.date and got.date and want.date.earliest is None:
        right = overlap(want.date, got.date)
    shown = [date and f"{date.text}: {_when(date)}" for date in (want.date, got.date)]
    sheet.slot("events.date", want.trigger, *shown, right=right)


def _event_place(sheet: Sheet, gold: GoldArticle, want: GoldEvent, record: Record, got: Event) -> None:
    """Right if the gazetteer id is; an unresolved place is right if its words are."""
    place = next((place for place in gold.places if place.id == want.place), None)
    said = next((place for place in record.places if place.id == got.place), None)
    right = place is not None and said is not None and place.gazetteer_id == said.gazetteer_id
    if right and place and said and place.gazetteer_id is None:
        spans = [entity for entity in record.entities if entity.id in said.mentions]
        right = bool(_overlaps(place.mentions, spans))
    sheet.slot(
        "events.place", want.trigger, place and (place.name or place.id), said and (said.name or said.id), right=right
    )


def _casualties(sheet: Sheet, gold: GoldArticle, record: Record, events: dict[str, str]) -> None:
    said = record.casualties
    pairs = _pair(
        sheet,
        "casualties.found",
        gold.casualties,
        said,
        lambda want, got: overlap(want, got) * (1 + (want.kind == got.kind) + 0.5 * (_show(want.count) == _show(got))),
        lambda want: want,
        lambda got: got,
        lambda one: f"{one.kind} {one.text!r}",
    )
    for want, got in pairs:
        sheet.slot("casualties.kind", want, want.kind, got.kind)
        sheet.slot("casualties.count", want, _show(want.count), _show(got))
        sheet.slot("casualties.event", want, events.get(want.event, "missed"), got.event)
        sheet.slot("casualties.status", want, want.status, got.status)
        victims = want.victims and got.victims and overlap(want.victims, got.victims)
        sheet.slot(
            "casualties.victims",
            want,
            want.victims and want.victims.text,
            got.victims and got.victims.text,
            right=bool(victims),
        )
        if want.victims and got.victims:
            sheet.slot("casualties.group", want, want.victims.group, got.victims.group)
    _tolls(sheet, gold, record, events)


def _tolls(sheet: Sheet, gold: GoldArticle, record: Record, events: dict[str, str]) -> None:
    """``toll``: kind by kind on every event found. ``main_toll``: the whole toll of the main event, once an article."""
    predicted = {event.id: event for event in record.events}
    for want in gold.events:
        got = predicted.get(events.get(want.id, ""))
        if got is None:
            continue
        toll = gold.tolls.get(want.id, {})
        for kind in TOLL_KINDS:
            given, said = toll.get(kind), getattr(got.toll, kind)  # type: ignore[call-overload]
            sheet.slot("casualties.toll", want.trigger, _named(kind, given), _named(kind, said))
    main = predicted.get(record.main_event or "")
    wanted = gold.tolls.get(gold.main_event or "", {})
    trigger = next((event.trigger for event in gold.events if event.id == gold.main_event), None)
    given = [_named(kind, count) for kind in TOLL_KINDS if (count := wanted.get(kind))]  # type: ignore[call-overload]
    said = [_named(kind, count) for kind in TOLL_KINDS if main and (count := getattr(main.toll, kind))]
    sheet.slot(
        "casualties.main_toll", trigger, ", ".join(map(str, given)) or "none", ", ".join(map(str, said)) or "none"
    )


def _show(count: Count) -> str:
    return "/".join("null" if value is None else str(value) for value in (count.low, count.best, count.high))


def _named(kind: str, count: Count | None) -> str | None:
    return f"{kind} {_show(count)}" if count else None
