"""Places of events in coders' notes: ``python -m benchmarks.notes [--half a|b] [--count N] [--show N]``.

The notes are our own: sentences as coders of conflict write them, with a town, village or district drawn by chance from
the gazetteer. They measure whether a place that the gazetteer has is found, resolved and taken for the event's; not
what the gazetteer lacks. Half a is to develop on, b, with other sentences and other places, for the end.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import re
import sqlite3
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.datasets import Row
from benchmarks.measure import run_rows
from pipeline.build import build_nlp
from pipeline.config import load_config
from pipeline.gazetteer.store import default_path
from pipeline.records import Place, Record
from pipeline.stages.places.evidence import km

RADIUS_KM = 50
# {v} the place, {w} another near by, {p} its first-order unit, {a} and {b} who fights there
NOTES = {
    "a": (
        "On 14 March, {a} shelled {v} village in {p}. No fatalities were reported.",
        "Clashes between {a} and {b} near {v} ({p}). Four fighters were killed.",
        "An IED exploded on the {v}-{w} road in {p}, wounding two soldiers.",
        "Warplanes carried out three air strikes on {v} in the southern {p} countryside; two civilians were killed.",
        "{A} attacked a checkpoint in the {v} area, killing three policemen.",
        "A civilian was shot dead by unknown gunmen in {v}.",
        "Artillery of {a} targeted the outskirts of {v} in rural {p}.",
        "{A} raided {v} and arrested five men.",
        "Three members of {b} were killed by a landmine planted by {a} at {v}, {p}.",
        "In {v} town, {p} governorate, residents demonstrated against {a}. Security forces fired into the air.",
        "A motorcycle bomb went off in the centre of {v}; one child died and six people were hurt.",
        "Shelling by {a} on the {v} front injured two fighters of {b}.",
    ),
    "b": (
        "Around 3 June, mortar shells fired by {a} fell on houses in {v} ({p} province). One woman was killed.",
        "{A} clashed with {b} on the {v} axis, {p}. Casualties unknown.",
        "A drone struck a pickup truck between {v} and {w}, {p}, leaving two dead.",
        "Gunmen assassinated a tribal elder in the village of {v} in {p}.",
        "Unidentified men threw a grenade at a shop in {v}. There were no injuries.",
        "{A} took control of {v} after fighting with {b}.",
        "Two shepherds were abducted by {a} in the desert near {v}, {p} governorate.",
        "Intense bombardment by {a} hit {v} in the northern countryside of {p}.",
        "One soldier was killed and another wounded by a sniper in {v} district.",
        "Protesters blocked the road at {v} (west of {w}) over fuel prices.",
        "Looting: property of displaced families was seized by {a} in {v}, {p}.",
        "{B} destroyed a vehicle of {a} with a guided missile at {v} hill.",
    ),
}
# Who fights where, as notes call them.
FORCES = {
    "SY": (
        "regime forces",
        "the Syrian Democratic Forces",
        "HTS fighters",
        "Islamic State militants",
        "opposition factions",
    ),
    "IQ": ("Iraqi security forces", "Islamic State militants", "the Popular Mobilization Forces", "Peshmerga forces"),
    "YE": ("Houthi forces", "pro-government forces", "Southern Transitional Council forces", "AQAP militants"),
    "LB": ("Israeli forces", "Hezbollah fighters", "the Lebanese army"),
    "PS": ("Israeli forces", "Israeli settlers", "Palestinian militants"),
    "TR": ("Turkish security forces", "PKK militants"),
    "LY": ("the Libyan National Army", "GNA forces", "an armed group"),
    "SD": ("Rapid Support Forces", "Sudanese Armed Forces", "militiamen"),
    "EG": ("Egyptian security forces", "Islamic State militants"),
}
_FEATURES = ("PPL", "PPLC", "ADM2", "ADM3", "CMP")
_UNIT_WORD = re.compile(r"\s*\b(?:Governorate|Province|District|Muḩāfaz̧at|Mohafazat|Muhafazat|Region)\b\s*")


@dataclass(frozen=True)
class Note:
    """A note, and where its event is: degrees, and the country's code; ``toponyms`` are all places that it names, as
    the annotated sets give them (``start``, ``end``, ``surface``, ``lat``, ``lon``)."""

    row: Row
    lat: float
    lon: float
    country: str
    toponyms: tuple[dict[str, Any], ...] = ()


def plain(name: str) -> str:
    """A name as coders type it: without marks."""
    letters = unicodedata.normalize("NFKD", name.replace("‘", "").replace("’", "").replace("ı", "i"))
    return "".join(char for char in letters if not unicodedata.combining(char))


def notes(half: str, count: int, gazetteer: Path) -> Iterator[Note]:
    """The notes of a half, the same for the same gazetteer."""
    chance = random.Random(f"notes {half}")  # noqa: S311 -- a sample, not a secret
    connection = sqlite3.connect(f"{gazetteer.resolve().as_uri()}?mode=ro", uri=True)
    places: dict[str, list[tuple[str, float, float, str | None, float, float]]] = {}
    for country in FORCES:
        rows = connection.execute(
            "SELECT p.name, p.lat, p.lon, a.name, a.lat, a.lon, p.feature FROM place p "
            "LEFT JOIN place a ON a.number = p.admin1 WHERE p.country = ? ORDER BY p.id",
            (country,),
        ).fetchall()
        rows = [row[:6] for row in rows if row[6] in _FEATURES]
        places[country] = [row for row in rows if row[0].isprintable() and _half(row[0]) == half and row[3]]
    for number in range(count):
        country = chance.choice(sorted(FORCES))
        here = chance.choice(places[country])
        name, lat, lon, unit, *centre = here
        near = [row for row in places[country] if row[0] != name and km(lat, lon, row[1], row[2]) < 40]
        beside = chance.choice(near) if near else here
        other = beside[0]
        first, second = chance.sample(FORCES[country], 2)
        text = chance.choice(NOTES[half]).format(
            v=plain(name),
            w=plain(other),
            p=plain(_UNIT_WORD.sub("", unit or "")),
            a=first,
            b=second,
            A=first[0].upper() + first[1:],
            B=second[0].upper() + second[1:],
        )
        named = [(plain(name), lat, lon), (plain(other), beside[1], beside[2])]
        named.append((plain(_UNIT_WORD.sub("", unit or "")), centre[0], centre[1]))
        row = Row(f"note-{half}-{number}", text, None, name, {"place": name})
        yield Note(row, lat, lon, country, tuple(_toponyms(text, named)))


def _toponyms(text: str, named: Sequence[tuple[str, float, float]]) -> Iterator[dict[str, Any]]:
    """Where the text has the names, each word but once: the longest name has it."""
    taken: set[int] = set()
    for name, lat, lon in sorted(named, key=lambda place: -len(place[0])):
        for found in re.finditer(rf"\b{re.escape(name)}(?!\w)", text) if name else ():
            if not taken.intersection(range(*found.span())):
                taken.update(range(*found.span()))
                yield {"start": found.start(), "end": found.end(), "surface": name, "lat": lat, "lon": lon}


def _half(name: str) -> str:
    return "ab"[hashlib.sha256(name.encode()).digest()[0] % 2]


def event_place(record: Record | None) -> Place | None:
    """The place of the main event."""
    if record is None:
        return None
    event = next((event for event in record.events if event.id == record.main_event), None)
    return next((place for place in record.places if event is not None and place.id == event.place), None)


def outcome(note: Note, record: Record | None) -> str:
    """``right``, or the class of the error."""
    place = event_place(record)
    if record is None or record.main_event is None:
        return "no event"
    if place is None:
        return "event without place, none found" if not record.places else "event without place"
    if place.lat is None or place.lon is None:
        return "unresolved"
    if km(place.lat, place.lon, note.lat, note.lon) <= RADIUS_KM:
        return "right"
    return f"far, {'' if place.country == note.country else 'another country, '}{place.precision}"


def main(argv: list[str] | None = None) -> int:
    """Print the shares of right places and countries, and those of each class of error."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--half", choices=["a", "b"], default="a")
    parser.add_argument("--count", type=int, default=400)
    parser.add_argument("--config", type=Path)
    parser.add_argument("--show", type=int, default=0, help="print so many notes of each class of error")
    options = parser.parse_args(argv)
    config = load_config(options.config)
    asked = list(notes(options.half, options.count, config.gazetteer.path or default_path()))
    records, _ = run_rows(build_nlp(config), [note.row for note in asked])
    classes: Counter[str] = Counter()
    shown: Counter[str] = Counter()
    countries = 0
    for note in asked:
        record = records.get(note.row.id)
        place = event_place(record)
        countries += place is not None and place.country == note.country
        kind = outcome(note, record)
        classes[kind] += 1
        if kind != "right" and shown[kind] < options.show:
            shown[kind] += 1
            names = [(p.names_in_text, p.name, p.country) for p in record.places] if record else []
            print(f"{kind}: {note.row.text} [{note.country}] {names} -> {place.name if place else None}")
    print(
        f"half {options.half}, {len(asked)} notes: place@{RADIUS_KM}km {classes['right'] / len(asked):.3f}  "
        f"country {countries / len(asked):.3f}"
    )
    for kind, times in classes.most_common():
        print(f"  {times / len(asked):.3f} {kind}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
