"""How the cost of linking grows: synthetic records, so many events, most told by one to four articles."""

from __future__ import annotations

import hashlib
import random
import resource
import time
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from pipeline.link.files import write_incidents
from pipeline.link.incidents import Incident
from pipeline.link.link import Linking, gather
from pipeline.link.settings import Wishes, link_settings
from pipeline.records import (
    Actor,
    Article,
    Count,
    DateValue,
    Entity,
    Event,
    Participant,
    Place,
    Record,
    Sentence,
    Span,
    Toll,
)

_SYLLABLES = [first + second for first in "bdfgklmnprstvz" for second in ("a", "e", "i", "o", "u", "ar", "en", "il")]
_START = date(2020, 1, 1)
_PER_DAY = 400  # happenings; a larger world has more days
_TYPES = ("attack", "shelling", "explosion", "armed_clash", "air_strike", "accident")


def scale(sizes: Sequence[int]) -> int:
    """Print processor seconds and memory for so many events: taking in records, grouping, writing the incidents.

    The time in which the records are made is left out.
    """
    head = f"{'events':>9} {'incidents':>9} {'pairs':>10} {'take s':>8} {'link s':>8} {'write s':>8}"
    print(f"{head} {'link+write ms/event':>20} {'peak MB':>7}")
    for size in sizes:
        started = time.process_time()
        making = _Making(size)
        found = gather(making, link_settings())
        ready = time.process_time()
        linking = Linking(found, link_settings(), Wishes())
        linking.run()
        linked = time.process_time()
        with TemporaryDirectory() as folder:
            write_incidents(Path(folder) / "incidents.jsonl", linking.assembly("median").incidents())
        done = time.process_time()
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        cells = (
            f"{len(found):>9} {len(linking.groups):>9} {len(linking.odds):>10} {ready - started - making.seconds:>8.1f}"
        )
        cells += f" {linked - ready:>8.1f} {done - linked:>8.1f}"
        print(f"{cells} {1000 * (done - ready) / len(found):>20.2f} {peak:>7}", flush=True)
        del found, linking
    return 0


def grow(old: int, new: int) -> int:
    """Print processor seconds for new events beside old ones that are linked already, and for all of them anew."""
    every = list(records(old + new))
    before, _ = _linked(every[:old], ())
    print(f"{'':<10} {'pairs':>10} {'take s':>8} {'link s':>8} {'write s':>8}")
    for name, previous in (("anew", ()), ("--previous", before)):
        _, cells = _linked(every, previous)
        print(f"{name:<10} {cells}", flush=True)
    return 0


def _linked(found: Sequence[Record], previous: Sequence[Incident]) -> tuple[list[Incident], str]:
    started = time.process_time()
    linking = Linking(gather(found, link_settings()), link_settings(), Wishes(), previous)
    ready = time.process_time()
    linking.run()
    linked = time.process_time()
    incidents = list(linking.assembly("median").incidents())
    for incident in incidents:
        incident.model_dump_json()
    seconds = (ready - started, linked - ready, time.process_time() - linked)
    return incidents, f"{len(linking.odds):>10} " + " ".join(f"{each:>8.1f}" for each in seconds)


class _Making:
    """The records, and the processor seconds in which they were made."""

    def __init__(self, events: int) -> None:
        self._events = events
        self.seconds = 0.0

    def __iter__(self) -> Iterator[Record]:
        made = records(self._events)
        while True:
            started = time.process_time()
            record = next(made, None)
            self.seconds += time.process_time() - started
            if record is None:
                return
            yield record


def records(events: int) -> Iterator[Record]:
    """Records of one event each, the same for the same number."""
    told, happening = 0, 0
    while told < events:
        world = random.Random(happening)  # noqa: S311  # no secret
        for telling in range(min(world.choice((1, 1, 2, 3, 4)), events - told)):
            yield _record(happening, telling, events)
            told += 1
        happening += 1


def _name(draw: random.Random, syllables: int) -> str:
    return "".join(draw.choice(_SYLLABLES) for _ in range(syllables)).capitalize()


def _given_name(draw: random.Random) -> str:
    """Of 2,000 names, each as frequent as its rank is low, as given names are."""
    return _name(random.Random(f"rank {int(2000 ** draw.random())}"), 2)  # noqa: S311


def _record(happening: int, telling: int, events: int) -> Record:
    world = random.Random(happening)  # noqa: S311
    day = _START + timedelta(days=world.randrange(max(1, events // _PER_DAY)))
    town = world.randrange(5000)
    at = random.Random(town)  # noqa: S311
    place = _name(at, 3)
    lat, lon = at.uniform(-50, 60), at.uniform(-120, 140)
    people = [f"{_given_name(world)} {_name(world, 3)}" for _ in range(3)]
    type_, killed = world.choice(_TYPES), world.randrange(0, 30)
    teller = random.Random(happening * 8 + telling)  # noqa: S311
    named = teller.sample(people, 2)
    text = f"{killed} people died in {place} on {day}. {named[0]} and {named[1]} said so to {_name(teller, 4)}."
    entities = []
    for number, (words, label) in enumerate(
        ((place, "GPE"), (named[0], "PERSON"), (named[1], "PERSON"), (text[:-1].rsplit(" ", 1)[1], "ORG"))
    ):
        start = text.index(words)
        entities.append(
            Entity(
                id=f"e{number}",
                start=start,
                end=start + len(words),
                text=words,
                label=label,
                place="p0" if number == 0 else None,
            )
        )
    said, died = text.index(str(day)), text.index("died")
    return Record(
        article=Article(
            id=f"a{happening}-{telling}",
            published=(day + timedelta(days=telling)).isoformat(),
            chars=len(text),
            sha256=hashlib.sha256(text.encode()).hexdigest(),
        ),
        sentences=[Sentence(id="s0", start=0, end=len(text))],
        entities=entities,
        places=[
            Place(
                id="p0",
                status="resolved",
                gazetteer_id=f"geonames:{town}",
                name=place,
                names_in_text=[place],
                lat=lat,
                lon=lon,
                country="XX",
                precision="settlement",
            )
        ],
        actors=[Actor(id="a0", name=named[0])],
        events=[
            Event(
                id="v0",
                type=type_,
                trigger=Span(start=died, end=died + 4, text="died"),
                date=DateValue(
                    start=said, end=said + 10, text=str(day), earliest=str(day), latest=str(day), precision="day"
                ),
                place="p0",
                source=[Participant(start=entities[1].start, end=entities[1].end, text=named[0], actor="a0")],
                toll=Toll(killed=Count(low=killed, best=killed, high=killed)),
                rule="synthetic",
            )
        ],
        main_event="v0",
    )
