"""Verdicts on single rows: what is wrong with a record, and into which class of error it falls.

One judge for each kind of question; :data:`JUDGES` names them. A judge looks at one row and its record (``None`` where
a stage failed) and returns what is wrong, nothing where all is right.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from benchmarks.datasets import Row
from pipeline.metrics import SpanLike, distance_km, left_over, match, overlap
from pipeline.records import Count, Entity, Event, Place, Record, Span

TOLL_KINDS = ("killed", "injured")
NEAR_KM = 161
PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
NER = {"GPE": "LOC", "LOC": "LOC", "FAC": "LOC", "PERSON": "PER", "ORG": "ORG", "NORP": "NORP"}
GOLD_NER = {
    "Location": "LOC",
    "Facility": "LOC",
    "Person": "PER",
    "Organization": "ORG",
    "Organisation": "ORG",
    "NORP": "NORP",
    "Nationality": "NORP",
}
"""The scorer's names for the common labels of prediction and gold."""
CASE = {
    "ARMED_CLASH": "Armed clash",
    "AIR_STRIKE": "Air/drone strike",
    "ART_MISS_ATTACK": "Shelling/artillery/missile attack",
    "REM_EXPLOS": "Remote explosive/landmine/IED",
    "SUIC_BOMB": "Suicide bomb",
    "GRENADE": "Grenade",
    "CHEM_WEAP": "Chemical weapon",
    "ATTACK": "Attack",
    "ABDUCT_DISSAP": "Abduction/forced disappearance",
    "SEX_VIOL": "Sexual violence",
    "MOB_VIOL": "Mob violence",
    "VIOL_DEMONSTR": "Violent demonstration",
    "FORCE_AGAINST_PROTEST": "Excessive force against protesters",
    "PEACE_PROTEST": "Peaceful protest",
    "PROTEST_WITH_INTER": "Protest with intervention",
    "GOV_REGAINS_TERIT": "Government regains territory",
    "NON_STATE_ACTOR_OVERTAKES_TER": "Non-state actor overtakes territory",
    "NON_VIOL_TERRIT_TRANSFER": "Non-violent transfer of territory",
    "HQ_ESTABLISHED": "Headquarters or base established",
    "DISR_WEAP": "Disrupted weapons use",
    "ARREST": "Arrests",
    "PROPERTY_DISTRUCT": "Looting/property destruction",
    "AGREEMENT": "Agreement",
    "CHANGE_TO_GROUP_ACT": "Change to group/activity",
}
"""The codes of the event_types set in ACLED's own words."""


@dataclass(frozen=True, slots=True)
class Wrong:
    """One mistake: its class, gold and prediction in words, and the words of the text it is about (``None``: all)."""

    row: Row
    why: str
    gold: str
    predicted: str
    span: SpanLike | None = None


Judge = Callable[[Row, Record | None], list[Wrong]]


def main_event(record: Record) -> Event | None:
    """The event that the record says is the news."""
    return next((event for event in record.events if event.id == record.main_event), None)


def best_of(count: Count | None) -> int:
    """The figure that the scorer takes: best, else low, else nothing."""
    if count is None:
        return 0
    return count.best if count.best is not None else count.low or 0


def show(count: Count | None) -> str:
    """Low/best/high, an open bound as a dash."""
    if count is None:
        return "null"
    return "/".join("-" if value is None else str(value) for value in (count.low, count.best, count.high))


def toll(kind: str) -> Judge:
    """The main event's best figure against gold, and where a wrong one went astray."""

    def judge(row: Row, record: Record | None) -> list[Wrong]:
        gold = row.gold.get(kind)
        if gold is None or row.gold.get("n_incidents", 1) != 1:
            return []
        right = {gold}
        if kind == "killed" and row.gold.get("killed_excluding_perpetrators") is not None:
            right.add(row.gold["killed_excluding_perpetrators"])
        if record is None:
            return [Wrong(row, "no record", str(gold), "")]
        main = main_event(record)
        count: Count | None = getattr(main.toll, kind) if main else None
        if best_of(count) in right:
            return []
        others = [event for event in record.events if event.id != record.main_event]
        if main is None:
            why = "no main event" if record.events else "no event"
        elif gold and any(best_of(getattr(event.toll, kind)) in right for event in others):
            why = "right toll on another event"
        elif gold and any(best_of(one) in right for one in record.casualties if one.kind == kind):
            why = "right figure read, wrong toll"
        elif not any(one.kind == kind for one in record.casualties):
            why = "no figure read"
        else:
            why = "too low" if best_of(count) < min(right) else "false alarm" if not gold else "too high"
        return [Wrong(row, why, str(gold), show(count))]

    return judge


def sub_event(row: Row, record: Record | None) -> list[Wrong]:
    """The main event's ACLED sub-event type against the set's code."""
    want = CASE.get(row.gold["event_type"])
    if want is None:
        return []
    if record is None:
        return [Wrong(row, "no record", want, "")]
    main = main_event(record)
    said = main.acled_sub_event if main else None
    if said == want:
        return []
    found = any(event.acled_sub_event == want for event in record.events)
    why = "other event is main" if found else f"said {said or (main.type if main else 'nothing')}"
    return [Wrong(row, f"{want}: {why}", want, str(said))]


def plover_root(row: Row, record: Record | None) -> list[Wrong]:
    """An event of the gold PLOVER root, whose source and target overlap gold's."""
    want = row.gold["event_type"].upper()
    same = [event for event in (record.events if record else []) if want in (event.plover or "").split("/")]
    spans = {role: [s for s in row.gold["spans"] if s["role"] == role] for role in ("source", "target")}
    gold = f"{want}, " + ", ".join(f"{role} {[s['text'] for s in found]}" for role, found in spans.items())

    def covers(event: Event, role: str) -> bool:
        said = event.source if role == "source" else event.target
        return not spans[role] or any(p.start < s["end"] and s["start"] < p.end for p in said for s in spans[role])

    if any(covers(event, "source") and covers(event, "target") for event in same):
        return []
    if not same:
        roots = sorted({event.plover or event.type for event in record.events}) if record else []
        return [Wrong(row, f"{want}: said {', '.join(roots) or 'nothing'}", gold, "")]
    lacks = [role for role in ("source", "target") if not any(covers(event, role) for event in same)]
    return [Wrong(row, f"role: {' and '.join(lacks) or 'pair'}", gold, "")]


def toponyms(row: Row, record: Record | None) -> list[Wrong]:
    """Toponyms that were missed or resolved elsewhere, and place names that gold does not have.

    "missed (NORP)" are mostly demonyms, which one set annotates and the scorer leaves out.
    """
    entities = {entity.id: entity for entity in record.entities} if record else {}
    said: list[tuple[Entity, Place]] = [
        (entities[mention], place)
        for place in (record.places if record else [])
        for mention in place.mentions
        if mention in entities and entities[mention].label in PLACE_LABELS
    ]
    wrong = []
    gold = [
        (Span(start=t["start"], end=t["end"], text=row.text[t["start"] : t["end"]]), t) for t in row.gold["toponyms"]
    ]
    for span, toponym in gold:
        if toponym.get("lat") is None:
            continue
        name = (
            f"{toponym['canonical']} ({toponym.get('admin1') or ''}, {toponym.get('country')}) {toponym['geonameid']}"
        )
        over = [(entity, place) for entity, place in said if overlap(span, entity)]
        if not over:
            labels = [e.label for e in entities.values() if overlap(span, e)]
            wrong.append(Wrong(row, f"missed ({', '.join(labels) or 'no entity'})", name, "", span))
        elif not any(_near(place, toponym) for _, place in over):
            place = over[0][1]
            shown = f"{place.name} ({place.admin1 or ''}, {place.country}) {place.gazetteer_id} {place.status}"
            known = any(c.gazetteer_id == f"geonames:{toponym['geonameid']}" for c in place.candidates)
            why = "unresolved" if place.lat is None else "another was chosen" if known else "no such candidate"
            wrong.append(Wrong(row, why, name, shown, span))
    for entity, place in said:
        if place.lat is not None and not any(overlap(entity, span) for span, _ in gold):
            wrong.append(Wrong(row, f"false alarm ({entity.label})", "", f"{place.name}, {place.country}", entity))
    return wrong


def _near(place: Place, toponym: dict[str, Any]) -> bool:
    if place.gazetteer_id == f"geonames:{toponym['geonameid']}":
        return True
    if place.lat is None or place.lon is None:
        return False
    # the scorer's own rule: the middles of large countries differ between gazetteers
    if place.precision == "country" and str(toponym.get("fcode")).startswith("PCL"):
        return (
            place.name == toponym.get("country")
            or distance_km(place.lat, place.lon, toponym["lat"], toponym["lon"]) < 900
        )
    return distance_km(place.lat, place.lon, toponym["lat"], toponym["lon"]) <= NEAR_KM


def names(row: Row, record: Record | None) -> list[Wrong]:
    """Names that were missed, made up, cut wrongly or given another label, in the scorer's four classes."""
    said = [entity for entity in (record.entities if record else []) if entity.label in NER]
    gold = [
        Entity(id="", start=e["start"], end=e["end"], text=row.text[e["start"] : e["end"]], label=e["label"])
        for e in row.gold["entities"]
        if e["label"] in GOLD_NER
    ]
    pairs = match(gold, said, lambda one, other: min(one.end, other.end) - max(one.start, other.start))
    wrong = [
        Wrong(row, f"{GOLD_NER[one.label]}: missed", one.text, "", one)
        for one in left_over(gold, {i for i, _ in pairs})
    ]
    made_up = left_over(said, {j for _, j in pairs})
    wrong += [Wrong(row, f"{NER[other.label]}: false alarm", "", other.text, other) for other in made_up]
    for i, j in pairs:
        one, other = gold[i], said[j]
        want, got = GOLD_NER[one.label], NER[other.label]
        if want != got:
            wrong.append(Wrong(row, f"{want}: said {got}", one.text, other.text, one))
        elif _bare(one) != _bare(other):
            wrong.append(Wrong(row, f"{want}: other borders", one.text, other.text, one))
    return wrong


def _bare(entity: Entity) -> tuple[int, int]:
    """The span without a leading article, which the scorer does not count."""
    article = re.match(r"(?:the|a|an)\s+", entity.text, re.IGNORECASE)
    return entity.start + (article.end() if article else 0), entity.end


EXPLOSIVE = frozenset(
    {
        "Remote explosive/landmine/IED",
        "Suicide bomb",
        "Grenade",
        "Air/drone strike",
        "Shelling/artillery/missile attack",
    }
)


def story(row: Row, record: Record | None) -> list[Wrong]:
    """Whether a full story has an incident at all, a bombing, a kidnapping, as gold's templates say."""
    types = {incident["incident_type"] for incident in row.gold["incidents"]}
    happened = [event for event in (record.events if record else []) if event.status == "asserted"]
    questions = {
        "incident": (bool(types), [e for e in happened if e.plover == "ASSAULT"]),
        "bombing": ("BOMBING" in types, [e for e in happened if e.acled_sub_event in EXPLOSIVE]),
        "kidnapping": ("KIDNAPPING" in types, [e for e in happened if "Abduction" in (e.acled_sub_event or "")]),
    }
    wrong = []
    for name, (want, found) in questions.items():
        said = ", ".join(f"{event.type} {event.trigger.text!r}" for event in found[:3])
        if want and not found:
            wrong.append(Wrong(row, f"{name} missed", ", ".join(sorted(types)), ""))
        elif found and not want:
            wrong.append(Wrong(row, f"{name} false alarm", ", ".join(sorted(types)), said))
    return wrong


JUDGES: dict[str, Judge] = {
    "killed": toll("killed"),
    "injured": toll("injured"),
    "type": sub_event,
    "root": plover_root,
    "toponyms": toponyms,
    "names": names,
    "story": story,
}


def describe(record: Record) -> list[str]:
    """A record's events and figures, a line each, the main event starred."""
    lines = []
    for event in record.events:
        star = "*" if event.id == record.main_event else " "
        roles = f"source={[p.text for p in event.source]} target={[p.text for p in event.target]}"
        tolls = " ".join(f"{kind} {show(getattr(event.toll, kind))}" for kind in TOLL_KINDS)
        words = [mention.text for mention in event.mentions] or [event.trigger.text]
        lines.append(f" {star}{event.id} {event.type} {words} {event.status} {tolls} {roles} [{event.rule}]")
    for one in record.casualties:
        victims = f"{one.victims.text!r} {one.victims.group}" if one.victims else "nobody"
        flags = ("" if one.counted else " not-counted") + (" perpetrators" if one.perpetrators else "")
        figure = f"{one.kind} {show(one)} {one.text!r}"
        lines.append(f"  {one.id} of {one.event}: {figure} {victims} {one.status}{flags} [{one.rule}]")
    return lines
