"""Small made records for property tests: any text, spans that overlap or coincide, every field filled now and then."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

from pipeline.convert.annotation import Document
from pipeline.records import Record

WORDS = (
    *(
        "Rebels",
        "killed",
        "12 soldiers",
        "in",
        "Homs",
        "on",
        "Monday",
        "قُتل",
        "مدينة حمص",
        "🚒",
        "𐎠𐎡",
        "e\u0301",
        "Zākhō",
    ),
    *(" ", " ", "  ", "\n", "\r\n", "\n\n", "\t", "\u2028", "\u00a0", ".", ",", "“", "; ", "=", "#2", "…", "]", "\\"),
)
TYPES = ("attack", "air_strike", "agree")
STATUSES = ("asserted", "negated", "hypothetical")


@st.composite
def texts(draw: st.DrawFn) -> str:
    return "Report" + "".join(draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=24))) + "!"


class Drawer:
    """Draws parts of a record from one text."""

    def __init__(self, draw: Callable[[Any], Any], text: str) -> None:
        self.draw, self.text = draw, text

    def one_of(self, *values: Any) -> Any:
        return self.draw(st.sampled_from(values))

    def span(self) -> dict[str, Any]:
        start = self.draw(st.integers(0, len(self.text) - 1))
        end = self.draw(st.integers(start + 1, len(self.text)))
        return {"start": start, "end": end, "text": self.text[start:end]}

    def spans(self, most: int) -> list[dict[str, Any]]:
        count = self.draw(st.integers(0, most))
        found = {(span["start"], span["end"]): span for span in (self.span() for _ in range(count))}
        return list(found.values())

    def maybe(self, value: Any) -> Any:
        return value if self.draw(st.booleans()) else None

    def count(self) -> dict[str, int | None]:
        low, best, high = sorted(self.draw(st.lists(st.integers(0, 50), min_size=3, max_size=3)))
        return {"low": self.maybe(low), "best": self.maybe(best), "high": self.maybe(high)}

    def groups(self, ids: list[str]) -> list[list[str]]:
        """Some of the ids, in groups that share none."""
        found: dict[int, list[str]] = {}
        for id_ in ids:
            group = self.draw(st.integers(0, 3))
            if group:
                found.setdefault(group, []).append(id_)
        return list(found.values())

    def date(self) -> dict[str, Any]:
        known = {"earliest": "2021-03-01", "latest": "2021-03-31", "precision": "month"}
        return self.span() | (known if self.draw(st.booleans()) else {})

    def attribution(self) -> dict[str, Any]:
        return self.span() | {"verb": self.one_of("said", "according to", 'a "word"; or = two', "null", "12")}


@st.composite
def records(draw: st.DrawFn) -> tuple[Record, str]:
    """A record with the text it belongs to."""
    text = draw(texts())
    d = Drawer(draw, text)
    cut = draw(st.integers(1, len(text)))
    sentences = [(0, cut), (cut, len(text))] if cut < len(text) else [(0, cut)]

    def sentence(start: int) -> str:
        return next(f"s{n}" for n, (begin, end) in enumerate(sentences) if begin <= start < end)

    spans = d.spans(5)
    names = [f"e{n}" for n in range(len(spans))]
    places = [
        {
            "id": f"p{n}",
            "status": d.one_of("resolved", "ambiguous", "unresolved"),
            "gazetteer_id": d.maybe("geonames:169577"),
            "name": d.maybe(d.one_of("Homs", "حمص", "true", 'The "old"; town', "7")),
            "lat": d.maybe(34.7268),
            "lon": 36.7,
            "country": d.maybe("SY"),
            "score": 0.5,
            "names_in_text": ["Homs"],
            "candidates": [{"gazetteer_id": "geonames:1", "name": "x", "score": 0.1}],
            "mentions": mentions,
        }
        for n, mentions in enumerate([*d.groups(names), *([[]] if draw(st.booleans()) else [])])
    ]
    actors = [
        {"id": f"a{n}", "name": d.one_of("Army", "ق", "null"), "kind": "military", "mentions": mentions}
        for n, mentions in enumerate(d.groups(names))
    ]
    in_place = {m: place["id"] for place in places for m in place["mentions"]}
    as_actor = {m: actor["id"] for actor in actors for m in actor["mentions"]}
    entities = [
        {
            **span,
            "id": name,
            "label": d.one_of("GPE", "PERSON", "DATE", "CARDINAL"),
            "sentence": d.one_of(sentence(span["start"]), None),
            "place": in_place.get(name),
            "actor": as_actor.get(name),
        }
        for name, span in zip(names, spans, strict=True)
    ]
    triggers = d.spans(3)
    events = []
    for n, trigger in enumerate(triggers):
        others = [span | {"sentence": sentence(span["start"])} for span in d.spans(2)]
        if draw(st.booleans()):
            own = trigger | {"sentence": sentence(trigger["start"])}
            others = [own, *(span for span in others if span["start"] != trigger["start"])]
        events.append(
            {
                "id": f"v{n}",
                "type": d.one_of(*TYPES),
                "trigger": trigger,
                "mentions": others,
                "date": d.maybe(d.date()),
                "place": d.one_of(None, *(place["id"] for place in places)),
                "source": [span | {"actor": d.one_of(None, "a9")} for span in d.spans(2)],
                "target": d.spans(2),
                "other": [span | {"role": d.one_of("ally", "host 1", "12")} for span in d.spans(1)],
                "status": d.one_of(*STATUSES),
                "attribution": d.maybe(d.attribution()),
                "toll": {"killed": d.maybe(d.count())},
                "score": 0.25,
                "rule": "verb",
            }
        )
    casualties = [
        {
            **span,
            **d.count(),
            "id": f"c{n}",
            "event": d.one_of(None, "v7", *(event["id"] for event in events)),
            "kind": d.one_of("killed", "injured", "displaced"),
            "qualifier": d.maybe("at least"),
            "victims": d.maybe(
                d.span() | {"group": d.one_of("civilian", "unknown"), "countries": d.one_of([], ["SY"])}
            ),
            "status": d.one_of(*STATUSES),
            "attribution": d.maybe(d.attribution()),
            "counted": draw(st.booleans()),
            "perpetrators": draw(st.booleans()),
            "rule": "r",
        }
        for n, span in enumerate(d.spans(3))
    ]
    for event in events:
        event["casualties"] = [c["id"] for c in casualties if c["event"] == event["id"]]
    article = {
        "id": d.one_of("a.txt", "wire.jsonl#3", "dir/ب b.txt"),
        "title": d.maybe("Report"),
        "published": d.maybe("2021-04-01"),
        "source": d.maybe("Wire; 2"),
        "body_start": d.one_of(0, 2),
        "chars": len(text),
        "sha256": hashlib.sha256(text.encode()).hexdigest(),
    }
    warnings = [{"stage": "io", "code": "bad_date", "message": "m"}] if draw(st.booleans()) else []
    record = {
        "article": article,
        "sentences": [{"id": f"s{n}", "start": start, "end": end} for n, (start, end) in enumerate(sentences)],
        "entities": entities,
        "places": places,
        "actors": actors,
        "events": events,
        "casualties": casualties,
        "main_event": d.one_of(None, *(event["id"] for event in events)),
        "warnings": warnings,
    }
    return Record.model_validate(record), text


def same(one: Document, other: Document) -> bool:
    """Whether two documents say the same; the order of marks, and of links of different marks, says nothing."""
    return _content(one) == _content(other)


def _content(document: Document) -> object:
    links: dict[tuple[str, str], list[str]] = {}
    for link in document.links:
        links.setdefault((link.label, link.head), []).append(link.tail)
    marks = {mark.id: mark for mark in document.marks}
    return document.text, document.head(), marks, links
